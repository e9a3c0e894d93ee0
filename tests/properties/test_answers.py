"""What holds of every answer, for people a little different from those of the worked cases."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from perturbed import (
    REGULATIONS,
    WITH_A_GOAL,
    WORKED,
    Asked,
    asked_in,
    attribute_at,
    every_blank,
    perturbed,
    possible_values,
    told,
    worked,
)
from strategies.known import Place, with_value

from tiaoli.answers import Answer, Course, Detail
from tiaoli.answers.case import Case
from tiaoli.answers.fingerprint import fingerprint
from tiaoli.answers.meaning import value as value_of
from tiaoli.answers.prepared import prepare
from tiaoli.facts.calendar import UnknownWorkday
from tiaoli.facts.dossier import Dossier, Fact
from tiaoli.facts.kinds import Type
from tiaoli.facts.reading import read_dossier, write_dossier
from tiaoli.facts.vocabulary import find

ONE_DAY = datetime.timedelta(days=1)
EXAMPLES = settings().max_examples
FEWER, FEW = settings(max_examples=EXAMPLES // 3), settings(max_examples=EXAMPLES // 12)
"""For what takes longer: every day of a year, every reading of the text."""

every_regulation = pytest.mark.parametrize("regulation_id", REGULATIONS)


# --- One outcome --------------------------------------------------------------------------


@every_regulation
@given(data=st.data())
def test_the_outcome_is_the_same_by_every_reading(regulation_id: str, data: st.DataObject) -> None:
    asked = data.draw(perturbed(regulation_id))
    assume(text_is_in_hand(asked))
    prepared = prepare(asked.regulation, asked.regulation.question(asked.question), asked.readings)
    reference = prepared.reference_outcome(prepared.case(asked.dossier, asked.on, asked.about))
    assert asked.outcome() == reference
    assert asked.answer(Detail.REASONS).outcome == reference


def text_is_in_hand(asked: Asked) -> bool:
    """By an edition whose text is missing, nothing is decided whatever the rules would say."""
    edition = asked.regulation.edition_on(asked.on)
    return edition is not None and edition.in_hand


@every_regulation
@given(data=st.data())
@FEWER
def test_the_order_in_which_facts_are_told_changes_nothing(
    regulation_id: str, data: st.DataObject
) -> None:
    asked = data.draw(perturbed(regulation_id))
    facts = data.draw(st.permutations(asked.dossier.facts))
    shuffled = Dossier(asked.dossier.subject, tuple(facts), asked.dossier.incomplete)
    assert asked.with_dossier(shuffled).answer().to_json() == asked.answer().to_json()


@every_regulation
@given(data=st.data())
@FEWER
def test_an_answer_survives_json(regulation_id: str, data: st.DataObject) -> None:
    answer = data.draw(perturbed(regulation_id)).answer()
    assert Answer.from_json(answer.to_json()) == answer
    assert Answer.from_json(json.loads(json.dumps(answer.to_json()))) == answer


# --- What is missing ----------------------------------------------------------------------


def asked_for(answer: Answer) -> set[Place]:
    return {(m.fact, m.attribute) for m in answer.missing if m.fact and m.attribute}


@every_regulation
@given(data=st.data())
def test_what_nobody_asks_for_does_not_change_the_outcome(
    regulation_id: str, data: st.DataObject
) -> None:
    asked = data.draw(perturbed(regulation_id))
    answer = asked.answer(Detail.REASONS)
    unasked = [place for place in every_blank(asked.dossier) if place not in asked_for(answer)]
    filled = data.draw(told(asked, unasked))
    assert filled.outcome() == answer.outcome


@every_regulation
@given(data=st.data())
def test_the_one_thing_that_is_missing_can_settle_the_answer(
    regulation_id: str, data: st.DataObject
) -> None:
    """
    Of several missing things one alone may settle nothing: an alternative opens only once another
    is closed. But where a single one is missing, some value of it gives another answer. (A
    reference is known by the records there are, a reference date is asked for in any case, and so
    is whether the record asked about is there yet, before anything about it.)
    """
    asked = data.draw(worked(regulation_id))
    fact = data.draw(st.sampled_from(asked.dossier.facts or (asked.dossier.subject,)))
    for name, value in fact.values.items():
        forgotten = asked.with_dossier(with_value(asked.dossier, (fact.id, name), None))
        answer = forgotten.answer(Detail.REASONS)
        if (
            len(answer.missing) == 1
            and asked_for(answer) == {(fact.id, name)}
            and value is not None
            and attribute_at(forgotten.dossier, (fact.id, name)).type is not Type.REFERENCE
            and not reference_date_is_open(forgotten)
            and not says_whether_it_is_there(asked, fact, name)
        ):
            assert can_settle(forgotten, (fact.id, name), answer)


def reference_date_is_open(asked: Asked) -> bool:
    prepared = prepare(asked.regulation, asked.regulation.question(asked.question), asked.readings)
    as_of = prepared.question.as_of
    return value_of(as_of, Case(asked.dossier, asked.on, asked.on, asked.about)) is None


def says_whether_it_is_there(asked: Asked, fact: Fact, name: str) -> bool:
    """The attribute is the day from which the record asked about exists."""
    about = asked.regulation.question(asked.question).about
    return fact.kind == about and name == find(fact.kind).happens


def can_settle(asked: Asked, place: Place, answer: Answer) -> bool:
    values = possible_values(attribute_at(asked.dossier, place), asked.dossier, asked.on)
    told = (asked.with_dossier(with_value(asked.dossier, place, value)) for value in values)
    return any(differs(other, answer) for other in told)


def differs(asked: Asked, answer: Answer) -> bool:
    """Days for which nobody has a calendar of working days are refused, and settle nothing."""
    try:
        other = asked.answer(Detail.REASONS)
    except UnknownWorkday:
        return False
    return (other.outcome, other.value) != (answer.outcome, answer.value)


@every_regulation
@given(data=st.data())
def test_only_what_is_unknown_is_asked_for(regulation_id: str, data: st.DataObject) -> None:
    asked = data.draw(perturbed(regulation_id))
    answer = asked.answer(Detail.REASONS)
    unknown = {(f.id, a) for f in asked.dossier.facts for a, v in f.values.items() if v is None}
    assert asked_for(answer) - unknown == set()


# --- Over time ----------------------------------------------------------------------------


@every_regulation
@given(data=st.data())
@FEWER
def test_between_the_days_of_change_nothing_changes(
    regulation_id: str, data: st.DataObject
) -> None:
    """Every day of some fourteen months, one by one."""
    asked = data.draw(perturbed(regulation_id))
    start = asked.on + ONE_DAY * data.draw(st.sampled_from([-1500, -800, -200, -30, 200, 800]))
    spells = course_of(asked).spells()
    for n in range(420):
        day = start + ONE_DAY * n
        (spell,) = [s for s in spells if (s.first or day) <= day <= (s.last or day)]
        assert (day, spell.outcome) == (day, outcome_on(asked, day))


@pytest.mark.parametrize("regulation_id", [r for r in REGULATIONS if WITH_A_GOAL[r]])
@given(data=st.data())
@FEWER
def test_from_when_and_until_when_are_as_stepping_through_the_days_finds_them(
    regulation_id: str, data: st.DataObject
) -> None:
    asked = data.draw(perturbed(regulation_id, goal=True))
    goal = asked.regulation.question(asked.question).goal
    answer = asked.answer()
    if answer.outcome != goal:
        ahead = (asked.on + ONE_DAY * n for n in range(400))
        first = next((day for day in ahead if outcome_on(asked, day) == goal), None)
        assert first == (answer.earliest if within(answer.earliest, asked.on) else None)
    elif answer.until is not None:
        assert outcome_on(asked, answer.until) == goal != outcome_on(asked, answer.until + ONE_DAY)
    if answer.earliest is not None:
        assert outcome_on(asked, answer.earliest) == goal
        assert outcome_on(asked, answer.earliest - ONE_DAY) != goal


def course_of(asked: Asked) -> Course:
    question = asked.regulation.question(asked.question)
    prepared = prepare(asked.regulation, question, asked.readings)
    return Course(asked.regulation, prepared, asked.dossier, asked.about)


def outcome_on(asked: Asked, day: datetime.date) -> str:
    """The outcome on one day; outside every edition there is none."""
    if asked.regulation.edition_on(day) is None:
        return "not_in_force"
    return replace(asked, on=day).outcome()


def within(day: datetime.date | None, start: datetime.date) -> bool:
    return day is not None and day < start + 400 * ONE_DAY


# --- Readings -----------------------------------------------------------------------------


@every_regulation
@given(data=st.data())
@FEW
def test_a_reading_is_named_exactly_where_it_would_change_the_answer(
    regulation_id: str, data: st.DataObject
) -> None:
    asked = data.draw(perturbed(regulation_id))
    answer = asked.answer()
    named = {(flip.key, flip.reading): (flip.outcome, flip.value) for flip in answer.sensitivity}
    found = {}
    for key, interpretation in asked.regulation.interpretations.items():
        for option in interpretation.option_names:
            other = asked.with_readings({**answer.interpretations, key: option})
            given_then = other.answer(Detail.REASONS)
            if (given_then.outcome, given_then.value) != (answer.outcome, answer.value):
                found[key, option] = (given_then.outcome, given_then.value)
    assert named == found


# --- Fingerprints -------------------------------------------------------------------------


@every_regulation
@given(data=st.data())
def test_a_dossier_written_and_read_again_has_the_same_fingerprint(
    regulation_id: str, data: st.DataObject
) -> None:
    asked = data.draw(perturbed(regulation_id))
    again = read_dossier(json.loads(json.dumps(write_dossier(asked.dossier))))
    assert print_of(asked.with_dossier(again)) == print_of(asked)


@every_regulation
@given(data=st.data())
def test_another_fact_day_or_reading_has_another_fingerprint(
    regulation_id: str, data: st.DataObject
) -> None:
    asked = data.draw(perturbed(regulation_id))
    subject, facts, incomplete = (
        asked.dossier.subject,
        asked.dossier.facts,
        asked.dossier.incomplete,
    )
    others = [
        asked,
        replace(asked, on=asked.on + ONE_DAY),
        *(asked.with_dossier(Dossier(subject, facts[:n], incomplete)) for n in range(len(facts))),
        *(asked.with_readings(readings) for readings in one_reading_changed(asked)),
    ]
    assert len({print_of(other) for other in others}) == len(others)


def one_reading_changed(asked: Asked) -> list[dict[str, str]]:
    used = {**asked.regulation.default_readings(), **asked.readings}
    return [
        {**used, key: option}
        for key, interpretation in asked.regulation.interpretations.items()
        for option in interpretation.option_names
        if option != used[key]
    ]


def print_of(asked: Asked) -> str:
    return fingerprint(
        asked.regulation,
        asked.question,
        asked.dossier,
        on=asked.on,
        readings={**asked.regulation.default_readings(), **asked.readings},
        about=asked.about,
    )


@every_regulation
def test_an_answer_carries_its_fingerprint(regulation_id: str) -> None:
    asked = asked_in(regulation_id, WORKED[regulation_id][0])
    answer = asked.answer()
    assert answer.fingerprint == fingerprint(
        asked.regulation,
        asked.question,
        asked.dossier,
        on=asked.on,
        readings=answer.interpretations,
        about=asked.about,
    )


# --- More never hurts ---------------------------------------------------------------------

BETTER_AND_BETTER = ("ineligible", "not_yet", "needs_review", "eligible")

_ARTICLE = {"type": "journal_article", "peer_reviewed": True, "author_role": "first"}
_FIELD = {"type": "advanced_field", "issuer_type": "school", "document_type": "pass_certificate"}
_REPORT = {"type": "oral_report", "professional": True, "presenter": "presenter", "event": "more"}
_CIRCLE = {"type": "qcc", "role": "leader", "activity_id": "more", "start_date": "2024-01-01"}
_DUTY = {"institution": "H1", "item": "介入攝影", "role": "directs", "start_date": "2020-02-29"}

QUALIFYING = [
    {"kind": "publication", **_ARTICLE, "publication_date": "2024-03-01", "work_id": "more"},
    {"kind": "patent", "grant_date": "2024-03-01", "work_id": "more"},
    {"kind": "training", "type": "patient_safety", "hours": 4, "end_date": "2025-02-28"},
    {"kind": "training", **_FIELD, "hours": 20, "end_date": "2024-02-29"},
    {"kind": "presentation", **_REPORT, "date": "2024-02-29"},
    {"kind": "case_discussion", "event": "E2", "date": "2024-02-29"},
    {"kind": "quality_activity", **_CIRCLE, "end_date": "2025-12-31"},
    {"kind": "clinical_duty", **_DUTY},
]


@pytest.mark.parametrize("more", QUALIFYING, ids=lambda more: str(more["kind"]))
@given(data=st.data())
def test_one_more_qualifying_record_never_lowers_an_outcome(
    more: dict[str, object], data: st.DataObject
) -> None:
    asked = data.draw(perturbed("rt-ladder").filter(lambda one: one.question.startswith("RT")))
    (fact,) = read_dossier({"subject": {"id": "x"}, "facts": [{"id": "more", **more}]}).facts
    before, after = asked.outcome(), asked.with_dossier(asked.dossier.with_facts(fact)).outcome()
    assert BETTER_AND_BETTER.index(before) <= BETTER_AND_BETTER.index(after)
