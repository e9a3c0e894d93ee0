"""
Section 4, row 11: study at a research institution, by the day up to a week, by the week beyond it.

Seven days are worth fourteen points and eight days five: the table says so, and the readings that
would soften it are keys.
"""

from __future__ import annotations

from tiaoli.facts.kinds import Unit
from tiaoli.regulations.rrt_ce.credit_terms import entry, in_cycle
from tiaoli.rules import (
    AmountNode,
    Value,
    amount_clause,
    amount_table,
    excess,
    points,
    portion,
    reading,
    sum_of,
    times,
    total,
)
from tiaoli.rules.amounts import Amount

_DAYS = entry.days
_WEEK = Amount(7, Unit.DAY)
_A_DAY = Amount(1, Unit.DAY)


def _by_the_week(pooled: tuple[Value, ...]) -> AmountNode:
    weeks = portion(_DAYS, _WEEK, pooled=pooled)
    days = portion(_DAYS, _A_DAY, pooled=pooled)
    in_whole_weeks = times(points(7), weeks)
    floor = times(points(5), weeks)
    over = excess(times(points(1), days), in_whole_weeks)
    return amount_clause(
        "RRT-4.11.b",
        reading(
            "rrt.mode11.partial_week",
            floor=floor,
            ceil=times(points(5), portion(_DAYS, _WEEK, up=True, pooled=pooled)),
            weeks_plus_days=total(floor, over, over),
            no_worse_off=total(points(14), excess(floor, points(14))),
        ),
    )


def _study(how_long: AmountNode, pooled: tuple[Value, ...]) -> AmountNode:
    return amount_table(
        (
            how_long.at_most(_WEEK),
            amount_clause("RRT-4.11.a", times(points(2), _DAYS)),
        ),
        otherwise=_by_the_week(pooled),
    )


_own_days = times(_A_DAY, portion(_DAYS, _A_DAY))
_all_days = sum_of(_DAYS, entry.where(entry.mode.is_("11"), in_cycle))

institution_study = reading(
    "rrt.mode11.accumulate",
    per_programme=_study(_own_days, ()),
    per_cycle=_study(_all_days, (entry.mode,)),
)
