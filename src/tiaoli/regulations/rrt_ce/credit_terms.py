"""The licence cycle in which activities count, and the days by which they are placed in it."""

from __future__ import annotations

from tiaoli.rules import (
    Rule,
    Value,
    all_of,
    any_of,
    between,
    clause,
    days_after,
    latest,
    no,
    or_else,
    reading,
    records,
)

entry = records("credit_entry")
licence_cycle = records("licence_cycle")
cycle = latest(licence_cycle)

first_day: Value = cycle.from_date
last_day = days_after(cycle.renewal_date, -1)

UNIVERSITY = entry.mode.is_("8")


def _in_the_cycle(day: Value) -> Rule:
    """Of a dossier without a cycle, everything is looked at together."""
    return any_of(no(licence_cycle), between(day, first_day, last_day))


_posted = or_else(entry.posted_date, entry.date)
_ended = or_else(entry.end_date, entry.date)
_began = or_else(entry.start_date, entry.date)

in_cycle = reading(
    "rrt.credit.cycle_date",
    posting_date=_in_the_cycle(_posted),
    activity_date=any_of(
        all_of(~UNIVERSITY, _in_the_cycle(entry.date)),
        all_of(
            UNIVERSITY,
            clause(
                "RRT-5.2.6.c",
                reading(
                    "rrt.mode8.cycle_allocation",
                    term_end_date=_in_the_cycle(_ended),
                    term_start_date=_in_the_cycle(_began),
                ),
            ),
        ),
    ),
)
"""A course attended before renewal and posted after it belongs to the old cycle."""

before_the_cycle = entry.date < first_day

standing = entry.where(clause("RRT-8.1.a", ~entry.status.is_in("void", "reversed", "not_counted")))
"""What has been reported and is not void."""
