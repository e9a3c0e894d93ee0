"""What cannot be meant is refused where it is written, and told with what was probably meant."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tiaoli.facts.kinds import Label, Unit
from tiaoli.facts.vocabulary import UnknownKind
from tiaoli.rules import (
    AS_OF,
    SATISFIED,
    Clause,
    Edition,
    Figure,
    FigureOf,
    Guard,
    Interpretation,
    MixedUnits,
    NoSuchAttribute,
    NoSuchOption,
    NotTrueOrFalse,
    Option,
    Procedure,
    Question,
    Regulation,
    Role,
    Rule,
    State,
    Transition,
    all_of,
    amount_table,
    any_of,
    any_record,
    at_least_of,
    clause,
    count,
    date_of,
    each_from_a_different_event,
    every,
    hours,
    latest,
    lookback,
    not_stated,
    number_of,
    points,
    qualifies,
    reading,
    records,
    related,
    served,
    sum_of,
    times,
    total,
    twd,
    years,
)
from tiaoli.rules.errors import BrokenRegulation
from tiaoli.rules.regulation import UnknownName

paper, course, credit = records("publication"), records("training"), records("credit_entry")
HAS_PAPER = any_record(paper)
ROLE: Any = paper.author_role
HOURS: Any = course.hours
OF_TWO_SORTS: dict[str, Any] = {"a": SATISFIED, "b": hours(1)}


def refused(error: type[Exception], write: Callable[[], Any]) -> str:
    """What one is told on writing something that cannot be meant."""
    with pytest.raises(error) as caught:
        write()
    return str(caught.value)


# --- A rule is not a condition of Python --------------------------------------------------


@pytest.mark.parametrize(
    "write",
    [
        lambda: bool(HAS_PAPER),
        lambda: HAS_PAPER and SATISFIED,
        lambda: HAS_PAPER or SATISFIED,
        lambda: not HAS_PAPER,
    ],
    ids=["if", "and", "or", "not"],
)
def test_a_rule_is_neither_true_nor_false(write: Callable[[], Any]) -> None:
    assert refused(NotTrueOrFalse, write) == (
        "a AnyRecord is neither true nor false until it meets a dossier. "
        "Combine rules with & | ~ or all_of(), any_of(), not with and, or, not."
    )


@pytest.mark.parametrize(
    "write",
    [
        lambda: paper.where(ROLE == "first"),
        lambda: all_of(HAS_PAPER, ROLE == "first"),
        lambda: clause("ART-1", ROLE == "first"),
    ],
)
def test_a_comparison_by_python_is_no_rule(write: Callable[[], Any]) -> None:
    assert refused(TypeError, write) == (
        "a rule is needed here, not False. "
        "Did you write == between a value and an option? Use .is_(...)."
    )


@pytest.mark.parametrize("join", [all_of, any_of])
def test_nothing_cannot_be_asked_of_nothing(join: Callable[[], Rule]) -> None:
    assert refused(ValueError, join) == "all_of() and any_of() take at least one rule"


@pytest.mark.parametrize("number", [0, 3])
def test_one_cannot_ask_for_more_rules_than_there_are(number: int) -> None:
    told = refused(ValueError, lambda: at_least_of(number, HAS_PAPER, SATISFIED))
    assert told == f"any {number} of 2 rules cannot be asked for"


# --- Names --------------------------------------------------------------------------------


def test_a_misspelt_kind_is_told_with_the_nearest() -> None:
    told = refused(UnknownKind, lambda: records("publicaton"))
    assert told == (
        "沒有「publicaton」這種紀錄。您要的是不是：publication、application、qualification？ / "
        "There is no kind of fact 'publicaton'. "
        "Did you mean publication or application or qualification?"
    )


def test_a_misspelt_attribute_is_told_with_the_nearest() -> None:
    told = refused(NoSuchAttribute, lambda: course.hour)
    assert told == "training has no attribute 'hour'. Did you mean hours?"
    assert refused(NoSuchAttribute, lambda: latest(course).hour) == told


def test_a_misspelt_option_is_told_with_the_nearest() -> None:
    told = refused(NoSuchOption, lambda: paper.author_role.is_("firts"))
    assert told == "publication.author_role has no option 'firts'. Did you mean first or co_first?"
    told = refused(NoSuchOption, lambda: course.topics.includes("imagequality"))
    assert told.endswith("Did you mean image_quality or care_quality?")


OTHER_KIND = "publication.author_role is not an attribute of training"


@pytest.mark.parametrize(
    ("write", "told"),
    [
        (lambda: course.where(paper.author_role.is_("first")), OTHER_KIND),
        (lambda: course.where(~(HAS_PAPER | paper.author_role.is_("first"))), OTHER_KIND),
        (lambda: every(course, paper.author_role.is_("first")), OTHER_KIND),
        (
            lambda: related(course, (paper.work_id, paper.work_id)),
            "publication.work_id is not an attribute of training",
        ),
        (
            lambda: each_from_a_different_event(paper, course, event="event"),
            "publication has no attribute 'event'. There are 15 valid names.",
        ),
    ],
)
def test_a_set_has_the_attributes_of_its_own_kind(write: Callable[[], Any], told: str) -> None:
    found = refused(NoSuchAttribute, write)
    assert found.split(".")[0] == told.split(".", maxsplit=1)[0]


def test_other_records_may_be_asked_for_inside_a_condition() -> None:
    long = every(course, course.hours >= hours(1))
    enough = sum_of(course.hours, course).at_least(hours(8))
    assert any_record(paper.where(long, enough, any_record(course))) is not None


# --- Units --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("write", "told"),
    [
        (lambda: course.hours >= points(8), "MINUTE cannot be compared with POINT"),
        (lambda: total(hours(1), points(1)), "MINUTE and POINT cannot be added up"),
        (lambda: count(paper).at_least(hours(1)), "ONE cannot be compared with MINUTE"),
        (
            lambda: amount_table((SATISFIED, twd(1)), otherwise=points(1)),
            "TWD in a schedule of POINT",
        ),
        (lambda: times(twd(1), hours(1)), "an amount is multiplied by a plain number"),
        (lambda: course.end_date <= number_of(3), "a day cannot be compared with a number"),
        (lambda: paper.author_role <= AS_OF, "a choice cannot be compared with a day"),
        (
            lambda: HOURS >= 8,
            "8 has no unit. Write hours(8), points(200), twd(1000), number_of(3) or a day.",
        ),
        (
            lambda: sum_of(course.hours, course).at_least(8),
            "MINUTE cannot be compared with ONE",
        ),
        (lambda: lookback(course.hours, years(1)), None),
        (lambda: sum_of(course.end_date, course), "a day cannot be added up"),
        (
            lambda: sum_of(course.hours, paper),
            "training.hours is not an attribute of publication",
        ),
        (
            lambda: count(paper).same_as(number_of(2)),
            "amounts are compared with .at_least() and .at_most(), not .same_as()",
        ),
        (lambda: paper.author_role.same_as(AS_OF), "a choice is never the same as a day"),
        (
            lambda: course.hours.is_("8"),
            "training.hours is a duration; .is_() asks of a choice or text",
        ),
        (
            lambda: paper.author_role.includes("first"),
            "publication.author_role is a choice, not a list",
        ),
        (
            lambda: paper.peer_reviewed.is_("yes"),
            "publication.peer_reviewed is a yes_no; 'yes' is not",
        ),
    ],
)
def test_units_and_types_never_mix(write: Callable[[], Any], told: str | None) -> None:
    found = refused(MixedUnits, write)
    assert found == told or (told is None and found.startswith("a day is needed here, not "))


@pytest.mark.parametrize("write", [hours, points, twd, number_of])
@pytest.mark.parametrize("amount", [1.5, True])
def test_amounts_are_exact(write: Callable[[Any], Any], amount: Any) -> None:
    told = refused(MixedUnits, lambda: write(amount))
    assert told == f"{amount} is not an exact number: write an int, a Decimal or a string"


def test_hours_are_whole_minutes() -> None:
    told = refused(ValueError, lambda: hours("0.01"))
    assert told == "0.01 hours is not a whole number of minutes"


def test_service_is_counted_from_periods_since_a_day() -> None:
    told = refused(BrokenRegulation, lambda: served(paper, 1))
    assert told == "publication has no period to count service from"
    service = records("clinical_service")
    told = refused(BrokenRegulation, lambda: served(service, 1, since=hours(1)))
    assert told == "service is counted since a day"


def test_the_latest_of_a_kind_without_a_day_needs_one() -> None:
    told = refused(BrokenRegulation, lambda: latest(records("application")))
    assert told == "say by which day the latest application is meant"


# --- Readings -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("write", "error", "told"),
    [
        (
            lambda: reading("key", only=SATISFIED),
            BrokenRegulation,
            "key: a choice of readings needs at least two",
        ),
        (
            lambda: reading("key", **OF_TWO_SORTS),
            MixedUnits,
            "key: its readings are of different sorts",
        ),
        (
            lambda: reading("key", a=points(1), b=hours(1)),
            MixedUnits,
            "key: its readings are of different units",
        ),
    ],
)
def test_all_readings_of_a_key_are_of_one_sort(
    write: Callable[[], Any], error: type[Exception], told: str
) -> None:
    assert refused(error, write) == told


# --- A regulation whose parts do not fit --------------------------------------------------

WORDS = Label("字", "words")
KEY = Interpretation("key", "1", WORDS, WORDS, (Option("a", WORDS), Option("b", WORDS)), "a", WORDS)
BY_KEY = reading("key", a=HAS_PAPER, b=SATISFIED)
QUESTION = qualifies("level", WORDS, WORDS, clause("ART-1", BY_KEY))
STATES = (State("draft", WORDS), State("done", WORDS, final=True))
STEP = Transition("send", WORDS, ("draft",), "done", by=Role("applicant", WORDS))


def regulation(**parts: Any) -> Regulation:
    whole: dict[str, Any] = {
        "id": "made-up",
        "title": WORDS,
        "issuer": WORDS,
        "subject": WORDS,
        "editions": (Edition("only", WORDS),),
        "clauses": {"ART-1": Clause("ART-1", WORDS, WORDS, "condition")},
        "interpretations": {"key": KEY},
        "questions": {"level": QUESTION},
    }
    return Regulation(**{**whole, **parts})


def procedure(**parts: Any) -> Procedure:
    whole: dict[str, Any] = {
        "id": "way",
        "label": WORDS,
        "states": STATES,
        "transitions": (STEP,),
    }
    return Procedure(**{**whole, **parts})


def test_a_regulation_whose_parts_fit_is_made() -> None:
    assert regulation(procedures=(procedure(),)).coverage() != {}


def asking(rule: Rule) -> dict[str, Question]:
    return {"level": qualifies("level", WORDS, WORDS, rule)}


THREE = reading("key", a=HAS_PAPER, b=SATISFIED, c=SATISFIED)
GAP = (
    Edition("old", WORDS, until=datetime.date(2020, 1, 1)),
    Edition("new", WORDS, first=datetime.date(2020, 1, 2)),
)
OVERLAP = (
    Edition("old", WORDS, until=datetime.date(2020, 1, 2)),
    Edition("new", WORDS, first=datetime.date(2020, 1, 1)),
)


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({"questions": asking(clause("ART-9", BY_KEY))}, "cites clauses it does not have"),
        ({"questions": asking(HAS_PAPER)}, "made-up: nothing uses the keys ['key']"),
        (
            {"questions": asking(THREE)},
            "key is registered with ['a', 'b'] but written with ['a', 'b', 'c']",
        ),
        ({"editions": GAP}, "made-up: its editions leave a gap or overlap at 2020-01-02"),
        ({"editions": OVERLAP}, "made-up: its editions leave a gap or overlap at 2020-01-01"),
        (
            {
                "procedures": (
                    procedure(transitions=(replace(STEP, guards=(Guard("level", ("yes",)),)),)),
                )
            },
            "way.send: level answers ('eligible', 'not_yet', 'needs_review')",
        ),
    ],
    ids=["clause", "idle key", "readings", "gap", "overlap", "guard"],
)
def test_parts_that_do_not_fit_are_refused(parts: dict[str, Any], told: str) -> None:
    assert refused(BrokenRegulation, lambda: regulation(**parts)).find(told) >= 0


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        (
            {"questions": asking(reading("kye", a=HAS_PAPER, b=SATISFIED))},
            "made-up has no interpretation key 'kye'. Did you mean key?",
        ),
        (
            {"procedures": (procedure(transitions=(replace(STEP, fee=FigureOf("levle")),)),)},
            "made-up has no question 'levle'. Did you mean level?",
        ),
        (
            {
                "procedures": (
                    procedure(transitions=(replace(STEP, guards=(Guard("lvel", ("x",)),)),)),
                )
            },
            "made-up has no question 'lvel'. Did you mean level?",
        ),
    ],
    ids=["key", "fee", "guard"],
)
def test_unknown_names_are_told_with_the_nearest(parts: dict[str, Any], told: str) -> None:
    assert refused(UnknownName, lambda: regulation(**parts)).endswith(told)


def test_a_question_may_answer_that_the_text_says_nothing() -> None:
    silent = Question(
        "fee",
        WORDS,
        WORDS,
        figures=(Figure("fee", WORDS, not_stated("費用", "fee", Unit.TWD)),),
    )
    assert silent.outcomes == ("computed", "unknown", "not_stated")


def test_a_day_that_does_not_exist_is_refused_where_it_is_written() -> None:
    assert refused(ValueError, lambda: date_of(2025, 2, 29)) == "day is out of range for month"
