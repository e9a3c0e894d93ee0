"""Section 4: how much of each mode counts, and what counts only once."""

from __future__ import annotations

from collections.abc import Iterator

from tiaoli.regulations.rrt_ce.credit_terms import entry, in_cycle
from tiaoli.rules import (
    NEVER,
    SATISFIED,
    Cap,
    Once,
    Rule,
    all_of,
    any_of,
    date_of,
    month_end_on_or_after,
    points,
    reading,
)

mode = entry.mode

MODE_CAPS: tuple[tuple[str, str, int], ...] = (
    ("RRT-4.4.c", "4", 60),
    ("RRT-4.5.b", "5", 80),
    ("RRT-4.6.b", "6", 80),
    ("RRT-4.7.e", "7", 50),
    ("RRT-4.9.b", "9", 15),
    ("RRT-4.11.c", "11", 30),
    ("RRT-4.13.b", "13", 25),
)
"""Clause, mode, points."""

_SEVERAL_ROLES = ("4", "7", "11")
_ANY_DAY = date_of(2000, 1, 1)
_period = reading(
    "rrt.cap.period",
    licence_cycle=_ANY_DAY,
    calendar_year=month_end_on_or_after(entry.date, 12),
    lifetime=_ANY_DAY,
)
_of_the_period = reading(
    "rrt.cap.period", licence_cycle=in_cycle, calendar_year=SATISFIED, lifetime=SATISFIED
)


def _mode_caps() -> Iterator[Cap]:
    for clause_id, which, most in MODE_CAPS:
        of = all_of(mode.is_(which), _of_the_period)
        if which not in _SEVERAL_ROLES:
            yield Cap(clause_id, of, points(most), (_period,))
            continue
        pooled = reading("rrt.cap.roles_pooled", whole_mode=SATISFIED, each_role=NEVER)
        apart = reading("rrt.cap.roles_pooled", whole_mode=NEVER, each_role=SATISFIED)
        yield Cap(clause_id, all_of(of, pooled), points(most), (_period,))
        yield Cap(clause_id, all_of(of, apart), points(most), (_period, entry.role))


def _semester_cap(school: bool) -> Cap:
    applies = reading(
        "rrt.mode8.semester",
        person_semester_pool=NEVER if school else SATISFIED,
        per_school=SATISFIED if school else NEVER,
    )
    by = (entry.semester, entry.school) if school else (entry.semester,)
    return Cap("RRT-4.8.b", all_of(mode.is_("8"), applies), points(15), by)


CAPS = (*_mode_caps(), _semester_cap(school=False), _semester_cap(school=True))


def _speeches() -> Rule:
    held = entry.role.is_in("lecturer", "special_speaker", "speaker", "main_presenter")
    return all_of(any_of(mode.is_in("1", "2", "3", "4"), mode.is_("9")), held)


ONCE = (
    Once(
        "RRT-4.5.a",
        all_of(
            mode.is_("5"),
            entry.assessment_passed.is_(True),
            reading("rrt.mode5.repeat", once_per_course_ever=SATISFIED, once_per_cycle=in_cycle),
        ),
        (entry.source_id,),
    ),
    Once(
        "RRT-4.7.a",
        all_of(mode.is_("7"), reading("rrt.mode7.role", max_role_per_paper=SATISFIED, sum=NEVER)),
        (entry.source_id,),
        highest=True,
    ),
    Once(
        "RRT-4.3.d",
        all_of(
            _speeches(),
            reading("rrt.speech.repeat", count_each_occasion=NEVER, once=SATISFIED),
        ),
        (entry.source_id,),
    ),
)
"""
The same recording, the same paper (RRT-4.7.a: the highest of the parts one has in it), and (as a
reading) the same talk.
"""
