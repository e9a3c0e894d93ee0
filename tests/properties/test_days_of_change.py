"""The days on which an answer may change are found exactly, for rules of the whole algebra."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from itertools import pairwise

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from strategies.dossiers import CLAUSES, KEYS, dossiers
from strategies.plain import near_the_edge
from strategies.rules import readings, rules

from tiaoli.answers import Course
from tiaoli.answers.meaning import Conflict
from tiaoli.answers.prepared import prepare
from tiaoli.facts.dossier import Dossier
from tiaoli.facts.kinds import Label
from tiaoli.rules import (
    ASKED_ON,
    Clause,
    Edition,
    Interpretation,
    Option,
    Regulation,
    Rule,
    Value,
    days,
    days_after,
    keys_of,
    latest,
    look_back,
    or_else,
    qualifies,
    records,
)

WORDS = Label("字", "words")
ONE_DAY = datetime.timedelta(days=1)
_file = records("application")

reference_days = st.sampled_from(
    [
        ASKED_ON,
        ASKED_ON,
        or_else(latest(_file, _file.decision_date).decision_date, ASKED_ON),
        or_else(latest(records("level_award")).approval_date, ASKED_ON),
        days_after(ASKED_ON, 30),
        look_back(ASKED_ON, days(20)),
    ]
)
"""The day of asking, the day of a record, or a day counted from that of asking."""


def regulation_of(rule: Rule, as_of: Value) -> Regulation:
    """A regulation with one question, which asks for ``rule``."""
    return Regulation(
        id="made-up",
        title=WORDS,
        issuer=WORDS,
        subject=WORDS,
        editions=(Edition("only", WORDS),),
        clauses={clause: Clause(clause, WORDS, WORDS, "condition") for clause in CLAUSES},
        interpretations={key: _key(key) for key in sorted(keys_of(rule))},
        questions={"asked": qualifies("asked", WORDS, WORDS, rule, as_of=as_of)},
    )


def _key(key: str) -> Interpretation:
    options = tuple(Option(name, WORDS) for name in KEYS[key])
    return Interpretation(key, "1", WORDS, WORDS, options, options[0].name, WORDS)


def course_of(rule: Rule, as_of: Value, read: Mapping[str, str], dossier: Dossier) -> Course:
    regulation = regulation_of(rule, as_of)
    prepared = prepare(regulation, regulation.question("asked"), read)
    return Course(regulation, prepared, dossier)


@given(rules(), reference_days, readings, dossiers, near_the_edge)
@settings(max_examples=settings().max_examples * 4)
def test_between_two_days_of_change_every_day_has_one_outcome(
    rule: Rule, as_of: Value, read: Mapping[str, str], dossier: Dossier, around: datetime.date
) -> None:
    course = course_of(rule, as_of, read, dossier)
    start = around - 60 * ONE_DAY
    try:
        outcomes = [(start + n * ONE_DAY, course.outcome(start + n * ONE_DAY)) for n in range(120)]
    except Conflict:
        assume(False)
    turned = {day for (_, before), (day, after) in pairwise(outcomes) if before != after}
    assert sorted(turned - set(course.days)) == []
