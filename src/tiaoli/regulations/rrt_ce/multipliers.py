"""Section 4, rows 14 and 15, and remark 3: the factor for practice on an island or far away."""

from __future__ import annotations

from decimal import Decimal

from tiaoli.regulations.rrt_ce.credit_terms import entry, first_day, last_day
from tiaoli.rules import (
    SATISFIED,
    AmountNode,
    Records,
    Rule,
    all_of,
    amount_clause,
    amount_table,
    any_of,
    any_record,
    clause,
    during,
    number_of,
    or_else,
    reading,
    records,
)

practice = records("practice_registration")

islands = practice.where(
    practice.outlying_island.is_(True),
    reading(
        "rrt.island.definition",
        offshore_islands_act=SATISFIED,
        five_named_islands=practice.island.is_in(
            "penghu", "kinmen", "matsu", "green_island", "orchid_island"
        ),
    ),
)

_still_remote = clause(
    "RRT-4.R3.d",
    reading(
        "rrt.remote.grandfather",
        once_listed_continues=SATISFIED,
        continuous_practice_only=any_of(
            practice.delisted_date.is_absent(), practice.start_date < practice.delisted_date
        ),
    ),
)
remote_areas = practice.where(
    practice.remote_area.is_(True),
    any_of(
        clause("RRT-4.R3.a", practice.remote_list.is_("mountain")),
        clause("RRT-4.R3.b", all_of(practice.remote_list.is_("under_resourced"), _still_remote)),
        clause("RRT-4.R3.c", all_of(practice.remote_list.is_("shortage"), _still_remote)),
    ),
)


def _practising(there: Records) -> Rule:
    """Registered there on the day of the activity; where the course was held does not matter."""
    in_the_cycle = there.where(
        practice.start_date <= last_day, or_else(practice.end_date, last_day) >= first_day
    )
    return reading(
        "rrt.multiplier.date_test",
        activity_date=during(entry.date, there),
        posting_date=during(or_else(entry.posted_date, entry.date), there),
        whole_cycle=any_record(in_the_cycle),
    )


_excluded = reading(
    "rrt.multiplier.excluded",
    main_table_mode_10=entry.mode.is_("10"),
    appendix_ten=entry.mode.is_("12"),
)
_wanted = reading(
    "rrt.multiplier.optional",
    auto_with_evidence=any_of(entry.factor_requested.is_absent(), entry.factor_requested.is_(True)),
    on_request=entry.factor_requested.is_(True),
)
_on_an_island = all_of(_wanted, clause("RRT-4.14.b", ~_excluded), _practising(islands))
_far_away = all_of(
    _wanted,
    clause(
        "RRT-4.15.b",
        reading("rrt.multiplier.row15_wording", same_as_14=~_excluded, literal=_excluded),
    ),
    _practising(remote_areas),
)
_DOUBLE = amount_clause("RRT-4.14.a", number_of(2))

factor: AmountNode = amount_table(
    (
        all_of(_on_an_island, _far_away),
        reading("rrt.multiplier.overlap", max=_DOUBLE, product=number_of(3)),
    ),
    (all_of(_on_an_island, ~_far_away), _DOUBLE),
    (all_of(~_on_an_island, _far_away), amount_clause("RRT-4.15.a", number_of(Decimal("1.5")))),
    otherwise=number_of(1),
)
