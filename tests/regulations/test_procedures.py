"""Every declared procedure can be run: somebody's turn until the end, a file, days and terms."""

from collections.abc import Iterator

import pytest

from tiaoli.facts.vocabulary import find
from tiaoli.regulations import catalogue
from tiaoli.rules import TIME, Procedure, Regulation, Transition

ALL = [
    pytest.param(catalogue.find(name), procedure, id=f"{name}:{procedure.id}")
    for name in catalogue.ids()
    for procedure in catalogue.find(name).procedures
]
PARTIES = {"applicant", "organiser", "facility", "director"}
"""Those who file; every other role belongs to the house that receives the file."""

FOR_LIFE = {("ir-instructor", "lifetime", "certify")}
"""The certificates that have no last day."""

KEPT = {("nm-program", "recurring-duties", "certificates")}
"""What somebody else issued, and is only kept here."""

ABOUT_ANOTHER = {
    ("rrt-ce", "review", "reviewer"),
    ("rrt-ce", "publication", "course_case"),
    ("rrt-ce", "change", "course_case"),
    ("rrt-ce", "change", "course_session"),
    ("rrt-ce", "network-completion", "course_case"),
    ("rrt-ce", "roster", "course_case"),
    ("rrt-ce", "false-credit", "course_case"),
    ("rrt-ce", "early-advertising", "course_case"),
    ("rrt-ce", "quality", "audit"),
    ("rrt-ce", "payment", "course_case"),
}
"""Procedures with a question about a record that is neither their file nor left behind by them."""


def asked_by(step: Transition) -> Iterator[str]:
    yield from (guard.question for guard in step.guards)
    figures = (step.deadline, step.opens, step.fee, step.begins, step.lasts)
    names = [*(f.question for f in figures if f is not None), *step.shows]
    yield from (name for name in names if "{" not in name)


@pytest.mark.parametrize(("regulation", "procedure"), ALL)
def test_what_is_asked_is_about_the_file_or_what_a_step_left_behind(
    regulation: Regulation, procedure: Procedure
) -> None:
    at_hand = {step.output.kind for step in procedure.transitions if step.output is not None}
    if procedure.file is not None:
        at_hand.add(procedure.file.kind)
    asked = {
        regulation.question(name).about for step in procedure.transitions for name in asked_by(step)
    }
    elsewhere = {(regulation.id, procedure.id, about) for about in asked - at_hand if about}
    declared = {place for place in ABOUT_ANOTHER if place[:2] == (regulation.id, procedure.id)}
    assert elsewhere == declared


@pytest.mark.parametrize(("regulation", "procedure"), ALL)
def test_a_credential_is_issued_with_its_term(regulation: Regulation, procedure: Procedure) -> None:
    without = {
        (regulation.id, procedure.id, step.id)
        for step in procedure.transitions
        if step.output is not None and find(step.output.kind).credential and step.lasts is None
    }
    assert without <= FOR_LIFE | KEPT


APPLIED_FOR = [
    case
    for case in ALL
    if case.values[1].file is not None
    and case.values[1].file.kind in ("application", "course_case", "personal_case")
    and case.id not in ("rrt-ce:review", "ir-instructor:replacement")
]
"""What is applied for with documents that may be lacking."""


@pytest.mark.parametrize(("regulation", "procedure"), APPLIED_FOR)
def test_a_file_is_returned_for_correction_and_resubmitted(
    regulation: Regulation, procedure: Procedure
) -> None:
    returns = [step for step in procedure.transitions if step.id.startswith("ask_for_more")]
    assert returns != []
    for asking in returns:
        lacking = str(asking.target)
        resubmitted = [step for step in procedure.from_state(lacking) if not step.unprompted]
        assert {step.by.id for step in resubmitted} <= PARTIES
        assert lacking not in {step.target for step in resubmitted}


@pytest.mark.parametrize(("regulation", "procedure"), APPLIED_FOR)
def test_a_file_is_taken_back_wherever_it_may_be_returned(
    regulation: Regulation, procedure: Procedure
) -> None:
    (taken_back,) = (step for step in procedure.transitions if step.id == "withdraw")
    returns = [step for step in procedure.transitions if step.id.startswith("ask_for_more")]
    places = {place for step in returns for place in (*step.source, step.target)}
    assert places <= set(taken_back.source)
    assert taken_back.by.id in PARTIES


@pytest.mark.parametrize(("regulation", "procedure"), ALL)
def test_a_draft_is_the_turn_of_whoever_files(regulation: Regulation, procedure: Procedure) -> None:
    drafts = [state.id for state in procedure.states if state.id == "draft"]
    assert {role.id for state in drafts for role in procedure.turn(state)} <= PARTIES


@pytest.mark.parametrize(("regulation", "procedure"), ALL)
def test_no_step_out_of_an_end_dates_the_file_anew(
    regulation: Regulation, procedure: Procedure
) -> None:
    finals = {state.id for state in procedure.states if state.final}
    anew = [s.id for s in procedure.transitions if s.dates and finals & set(s.source)]
    assert anew == []


@pytest.mark.parametrize(("regulation", "procedure"), ALL)
def test_time_takes_only_steps_whose_question_can_turn(
    regulation: Regulation, procedure: Procedure
) -> None:
    by_time = [step for step in procedure.transitions if step.by == TIME]
    for guard in (guard for step in by_time for guard in step.guards):
        assert set(guard.outcomes) < set(regulation.question(guard.question).outcomes)


@pytest.mark.parametrize(("regulation", "procedure"), ALL)
def test_every_name_is_told_in_both_languages(regulation: Regulation, procedure: Procedure) -> None:
    named = [*procedure.states, *procedure.transitions, *procedure.roles]
    labels = [procedure.label, *(thing.label for thing in named)]
    assert [label for label in labels if not (label.zh and label.en)] == []


def test_every_document_of_an_application_is_asked_for_by_some_step() -> None:
    asked = {
        document
        for name in ("rt-ladder", "ir-instructor", "radiation-operator")
        for procedure in catalogue.find(name).procedures
        for step in procedure.transitions
        for document in step.documents
    }
    known = set(find("application").attributes["documents"].option_names)
    assert known - asked == {"other"}
