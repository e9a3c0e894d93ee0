"""A procedure that could not be run is refused where it is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tiaoli.facts.kinds import Label
from tiaoli.rules import (
    ASKED_ON,
    SATISFIED,
    TIME,
    BrokenRegulation,
    Clause,
    Edition,
    Figure,
    FigureOf,
    Procedure,
    Regulation,
    Role,
    State,
    Transition,
    Written,
    clause,
    computes,
    qualifies,
    twd,
)
from tiaoli.rules.regulation import UnknownName
from tiaoli.rules.steps import (
    APPLICANT,
    DRAFT,
    INCOMPLETE,
    SECRETARIAT,
    WITHDRAWN,
    returned,
    withdrawal,
)

WORDS = Label("字", "words")
OTHER = Label("別的字", "other words")
STATES = (State("draft", WORDS), State("done", WORDS, final=True))
STEP = Transition("send", WORDS, ("draft",), "done", by=APPLICANT)
LEVEL = qualifies("level", WORDS, WORDS, clause("ART-1", SATISFIED))


def procedure(**parts: Any) -> Procedure:
    whole: dict[str, Any] = {
        "id": "way",
        "label": WORDS,
        "states": STATES,
        "transitions": (STEP,),
    }
    return Procedure(**{**whole, **parts})


def regulation(**parts: Any) -> Regulation:
    whole: dict[str, Any] = {
        "id": "made-up",
        "title": WORDS,
        "issuer": WORDS,
        "subject": WORDS,
        "editions": (Edition("only", WORDS),),
        "clauses": {"ART-1": Clause("ART-1", WORDS, WORDS, "condition")},
        "interpretations": {},
        "questions": {"level": LEVEL},
    }
    return Regulation(**{**whole, **parts})


def refused(error: type[Exception], make: Callable[[], object]) -> str:
    with pytest.raises(error) as caught:
        make()
    return str(caught.value)


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        (
            {"states": (*STATES, State("lost", WORDS))},
            "way: no step leads to ['lost']",
        ),
        (
            {"transitions": (replace(STEP, target="gone"),)},
            "way.send speaks of unknown ['gone']",
        ),
        ({"transitions": (STEP, STEP)}, "way: two steps are called ['send']"),
        ({"states": (*STATES, STATES[0])}, "way: two states are called ['draft']"),
        (
            {"transitions": (STEP, replace(STEP, id="again", by=Role("applicant", OTHER)))},
            "way: two roles share a name",
        ),
        (
            {"transitions": (replace(STEP, by=TIME),)},
            "way.send happens by itself at any time",
        ),
    ],
)
def test_a_procedure_goes_between_states_that_can_be_reached(
    parts: dict[str, Any], told: str
) -> None:
    assert refused(BrokenRegulation, lambda: procedure(**parts)) == told


THERE = State("there", WORDS)
ON = replace(STEP, id="on", source=("draft",), target="there")
BACK = replace(STEP, id="back", source=("there",), target="there")


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({"states": (*STATES, THERE), "transitions": (STEP, ON)}, "way: there waits for nobody"),
        (
            {
                "states": (*STATES, THERE),
                "transitions": (STEP, ON, replace(BACK, target="draft", unprompted=True)),
            },
            "way: there waits for nobody",
        ),
        (
            {"states": (*STATES, THERE), "transitions": (STEP, ON, BACK)},
            "way: there leads to no end",
        ),
        (
            {"states": (*STATES, THERE), "transitions": (STEP, ON, replace(BACK, target=None))},
            "way: there leads to no end",
        ),
        (
            {"transitions": (STEP, replace(STEP, id="undo", source=("done",), target="draft"))},
            "way: done waits for somebody, though it is final",
        ),
    ],
    ids=["dead end", "only unprompted", "circle", "staying", "final"],
)
def test_somebody_is_waited_for_until_the_end(parts: dict[str, Any], told: str) -> None:
    assert refused(BrokenRegulation, lambda: procedure(**parts)) == told


def test_whose_turn_it_is_leaves_out_what_nobody_waits_for() -> None:
    way = procedure(
        states=(*STATES, WITHDRAWN),
        transitions=(
            replace(STEP, by=SECRETARIAT),
            withdrawal(APPLICANT, "draft"),
        ),
    )
    assert (way.turn("draft"), way.turn("done"), way.roles) == (
        (SECRETARIAT,),
        (),
        (SECRETARIAT, APPLICANT),
    )


def test_a_returned_file_comes_back_to_where_it_was() -> None:
    at_the_desk = State("filed", WORDS)
    way = procedure(
        states=(DRAFT, at_the_desk, INCOMPLETE, STATES[1]),
        transitions=(
            replace(STEP, target="filed"),
            *returned("filed", SECRETARIAT, APPLICANT),
            replace(STEP, id="grant", source=("filed",), by=SECRETARIAT),
        ),
    )
    assert (way.turn("incomplete"), way.reached_from("incomplete")) == (
        (APPLICANT,),
        {"incomplete", "filed", "done"},
    )


FILE = Written("application", (("type", "initial"),))


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        (
            {"file": Written("application", (("type", "unheard_of"),))},
            "way: application.type cannot be 'unheard_of'",
        ),
        (
            {"file": FILE, "transitions": (replace(STEP, documents=("horoscope",)),)},
            "way.send: no file has the documents ['horoscope']",
        ),
        (
            {"transitions": (replace(STEP, documents=("application_form",)),)},
            "way.send: no file has no documents",
        ),
        (
            {"file": FILE, "transitions": (replace(STEP, dates=("type",)),)},
            "way.send: type is not a day",
        ),
        (
            {"file": FILE, "transitions": (replace(STEP, dates=("paid_on",)),)},
            "way.send: application has no paid_on",
        ),
        (
            {
                "transitions": (
                    replace(STEP, output=Written("certificate"), begins=FigureOf("term")),
                )
            },
            "way.send: certificate has no valid_from",
        ),
        (
            {"file": FILE, "transitions": (replace(STEP, adds=(("decided_by", "me"),)),)},
            "way.send: application.decided_by cannot be 'me'",
        ),
        (
            {"transitions": (replace(STEP, output=Written("society_review", (("mood", "x"),))),)},
            "way.send: society_review has no mood",
        ),
    ],
    ids=["type", "document", "no file", "no day", "no attribute", "no beginning", "adds", "output"],
)
def test_a_procedure_speaks_of_records_that_there_are(parts: dict[str, Any], told: str) -> None:
    assert refused(BrokenRegulation, lambda: procedure(**parts)) == told


FEE = computes("fee", WORDS, WORDS, Figure("fee", WORDS, twd(200)))
DUE = computes(
    "due", WORDS, WORDS, Figure("due", WORDS, ASKED_ON), Figure("first", WORDS, ASKED_ON)
)


@pytest.mark.parametrize(
    ("step", "told"),
    [
        (replace(STEP, deadline=FigureOf("fee")), "way.send: fee is no day and no length of time"),
        (replace(STEP, fee=FigureOf("due", "first")), "way.send: first is no amount of money"),
        (
            replace(STEP, once_paid=FigureOf("due", "first")),
            "way.send: first is no amount of money",
        ),
        (
            replace(STEP, output=Written("radiation_certificate"), begins=FigureOf("fee")),
            "way.send: fee is no day",
        ),
        (
            replace(STEP, lasts=FigureOf("due")),
            "way.send: one figure of due has to be meant, of ['due', 'first']",
        ),
        (
            replace(STEP, opens=FigureOf("due", "frist")),
            "way.send: one figure of due has to be meant, of ['due', 'first']",
        ),
    ],
    ids=["deadline", "fee", "fee of before", "beginning", "two figures", "no figure"],
)
def test_a_step_names_one_figure_of_its_sort(step: Transition, told: str) -> None:
    questions = {"level": LEVEL, "fee": FEE, "due": DUE}
    whole = {"questions": questions, "procedures": (procedure(transitions=(step,)),)}
    assert refused(BrokenRegulation, lambda: regulation(**whole)) == told


def test_a_name_with_an_attribute_stands_for_a_question_of_each_option() -> None:
    step = replace(STEP, shows=("may-be-{level}",))
    whole = {"procedures": (procedure(transitions=(step,), file=Written("application")),)}
    assert "may-be-RT1" in refused(UnknownName, lambda: regulation(**whole))
