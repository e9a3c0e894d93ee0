"""Invented populations are what tables may hold, come out alike, and stand on every edge."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.compute as pc
import pytest

from tiaoli.answers import outcome
from tiaoli.facts.kinds import Type
from tiaoli.facts.periods import look_back, months, years
from tiaoli.facts.vocabulary import find
from tiaoli.population import evaluate
from tiaoli.population.invented import RECIPES, NoSuchRecipe, people
from tiaoli.population.invented.days import add_months
from tiaoli.population.invented.making import made
from tiaoli.population.invented.recipe import Recipe
from tiaoli.population.invented.rows import stream
from tiaoli.population.tables import Columns, Facts, Lists, load, none_of, save, unknown_of
from tiaoli.regulations import catalogue
from tiaoli.rules.expressions import AttributeValue, Node
from tiaoli.rules.records import Picked, Records

ON = datetime.date(2026, 6, 30)
LARGE = {"nm-program": 1_000}
"""A programme has some hundreds of records, of which every sort occurs sooner."""


@cache
def large(recipe: str) -> Facts:
    return people(recipe, LARGE.get(recipe, 20_000), 1, ON)


@cache
def columns_of(recipe: str) -> Columns:
    return Columns(large(recipe))


def told(recipe: str) -> list[tuple[str, str]]:
    """Every kind and attribute that the recipe tells."""
    sorts = (RECIPES[recipe].subject, *RECIPES[recipe].sorts)
    return sorted({(sort.kind.name, name) for sort in sorts for name in sort.draws})


def contents(facts: Facts) -> dict[str, Any]:
    return {kind: facts.table(kind).to_pydict() for kind in facts.kinds()}


def given_of(columns: Columns, kind: str, name: str) -> Any:
    """The numbers of the values that are given."""
    values = columns.values(kind, name)
    if isinstance(values, Lists):
        return values.codes
    return values[values > none_of(find(kind).attributes[name].type)]


def absences_of(columns: Columns, kind: str, name: str) -> tuple[bool, bool]:
    """Whether the attribute is anywhere not known, and anywhere none."""
    values, of = columns.values(kind, name), find(kind).attributes[name].type
    if isinstance(values, Lists):
        return bool(np.any(values.states == 1)), bool(np.any(values.states == 2))
    return bool(np.any(values == unknown_of(of))), bool(np.any(values == none_of(of)))


@pytest.mark.parametrize("recipe", RECIPES)
def test_what_is_invented_is_what_tables_may_hold(recipe: str, tmp_path: Path) -> None:
    facts = people(recipe, 60, 3, ON)
    save(facts, tmp_path)
    again = load(tmp_path)
    assert (again.size, again.total) == (60, facts.total)
    assert contents(again) == contents(facts)


@pytest.mark.parametrize("recipe", RECIPES)
def test_the_same_seed_makes_the_same_people_and_another_makes_others(recipe: str) -> None:
    once = contents(people(recipe, 40, 5, ON))
    assert contents(people(recipe, 40, 5, ON)) == once
    assert contents(people(recipe, 40, 6, ON)) != once


def test_the_stream_is_the_same_on_every_machine() -> None:
    assert stream(5, "training", "hours").integers(0, 1000, 6).tolist() == [
        *(186, 566, 526, 124, 106, 603)
    ]
    assert stream(5, "training", "hours").random() != stream(5, "training", "day").random()


def test_a_sort_more_leaves_the_others_as_they_were() -> None:
    whole = RECIPES["rt-ladder"]
    fewer = Recipe(whole.subject, [s for s in whole.sorts if s.name != "patent"])
    expected = contents(people("rt-ladder", 30, 2, ON))
    del expected["patent"]
    found = contents(made(fewer, 30, 2, ON))
    for found_or_not in (expected, found):
        del found_or_not["practitioner"]["incomplete"]
    assert found == expected


@pytest.mark.parametrize("recipe", RECIPES)
def test_every_attribute_has_several_values(recipe: str) -> None:
    columns = columns_of(recipe)
    different = {of: len(np.unique(given_of(columns, *of))) for of in told(recipe)}
    assert {of for of, count in different.items() if count < 2} == set()


@pytest.mark.parametrize("recipe", RECIPES)
def test_every_attribute_is_not_known_here_and_none_there(recipe: str) -> None:
    columns = columns_of(recipe)
    of_many = [of for of in told(recipe) if columns.rows(of[0]) > 2000]
    absent = {of: absences_of(columns, *of) for of in of_many if of != ("judgement", "clause")}
    assert {of for of, both in absent.items() if both != (True, True)} == set()


@pytest.mark.parametrize("recipe", RECIPES)
def test_every_option_occurs(recipe: str) -> None:
    columns = columns_of(recipe)
    missing = []
    for kind, name in told(recipe):
        attribute = find(kind).attributes[name]
        if attribute.type is Type.CHOICE:
            there = {attribute.option_names[n] for n in np.unique(given_of(columns, kind, name))}
            missing += [(kind, name, o) for o in attribute.option_names if o not in there]
    assert missing == []


@pytest.mark.parametrize("recipe", RECIPES)
def test_about_one_in_a_hundred_has_more_than_is_listed(recipe: str) -> None:
    marked = large(recipe).subjects["incomplete"]
    share = pc.sum(pc.greater(pc.list_value_length(marked), 0)).as_py() / len(marked)
    assert 0.005 < share < 0.02


@pytest.mark.parametrize(
    ("recipe", "kind", "name"),
    [
        ("rt-ladder", "clinical_service", "start_date"),
        ("rt-ladder", "publication", "publication_date"),
        ("ir-instructor", "talk", "date"),
        ("radiation-operator", "qualification", "end_date"),
        ("rrt-ce", "credit_entry", "date"),
        ("nm-program", "passport_entry", "date"),
    ],
)
def test_days_stand_on_the_edges_of_windows_and_beside_them(
    recipe: str, kind: str, name: str
) -> None:
    days = set(np.unique(columns_of(recipe).values(kind, name)).tolist())
    windows = [*(look_back(ON, years(n)) for n in (1, 2, 3)), look_back(ON, months(6)), ON]
    leap = datetime.date(2024, 2, 29)
    wanted = {day.toordinal() + off for day in (*windows, leap) for off in (-1, 0, 1)}
    assert wanted - days - {ON.toordinal() + 1} == set()


def test_service_touches_overlaps_and_is_broken() -> None:
    columns = columns_of("rt-ladder")
    start = columns.values("clinical_service", "start_date").astype(np.int64)
    end = columns.values("clinical_service", "end_date").astype(np.int64)
    owner = columns.owners("clinical_service")
    known = (start > 0) & (end > 0)
    pair = known[:-1] & known[1:] & (owner[:-1] == owner[1:])
    gaps = set((start[1:] - end[:-1] - 1)[pair].tolist())
    assert {0, 1, 30} <= gaps
    assert min(gaps) < 0


def test_periods_begin_before_they_end_and_some_still_run() -> None:
    columns = columns_of("rt-ladder")
    start = columns.values("membership", "from_date")
    end = columns.values("membership", "to_date")
    given = (start > 0) & (end > 0)
    assert bool(np.all(start[given] <= end[given]))
    assert 0.3 < float(np.mean(end < 0)) < 0.95


def test_references_lead_to_records_and_some_to_nobody() -> None:
    columns = columns_of("radiation-operator")
    rows = columns.references("operation", "source", "radiation_source")
    assert 0.8 < float(np.mean(rows >= 0)) < 0.99
    named = columns.values("operation", "source")
    assert int(np.sum(named == columns.codes["nobody"])) > 0


def test_counts_come_to_a_threshold_and_to_one_more_and_one_fewer() -> None:
    ids = columns_of("ir-instructor").ids("case_log")
    owner = columns_of("ir-instructor").owners("case_log")
    mine = owner[pc.starts_with(ids, "biopsy").to_numpy(zero_copy_only=False)]
    assert {299, 300, 301} <= set(np.bincount(mine).tolist())


def test_sums_come_to_a_threshold_and_just_below() -> None:
    table = people("rrt-ce", 2000, 4, ON).records["credit_entry"]
    course = table.filter(pc.starts_with(table["id"], "course"))
    full = course.group_by("subject").aggregate([("points", "sum"), ("points", "count")])
    counts = course.group_by("subject").aggregate([("id", "count")])
    whole = full.join(counts, "subject").filter(pc.field("points_count") == pc.field("id_count"))
    sums = {str(total.normalize()) for total in whole["points_sum"].to_pylist()}
    assert {"119.9", "1.2E+2", "120.1"} <= sums


def test_several_records_are_of_one_event() -> None:
    columns = columns_of("rt-ladder")
    events = columns.values("presentation", "event").astype(np.int64)
    pairs = columns.owners("presentation") * 1_000_000 + events
    given = pairs[events >= 0]
    assert len(np.unique(given)) < len(given)


def test_people_of_one_number_more_have_longer_ids() -> None:
    assert people("cec-licence", 9, 1, ON).subjects["id"].to_pylist()[-1] == "p9"
    ids = people("cec-licence", 10, 1, ON).subjects["id"].to_pylist()
    assert ids == sorted(ids)
    assert (ids[0], ids[-1]) == ("p01", "p10")


@pytest.mark.parametrize("recipe", RECIPES)
def test_a_population_may_be_of_nobody(recipe: str) -> None:
    nobody = people(recipe, 0, 1, ON)
    assert (nobody.size, nobody.total) == (0, 0)
    assert list(nobody.to_dossiers()) == []


def test_a_recipe_that_nobody_wrote_names_the_nearest() -> None:
    with pytest.raises(NoSuchRecipe, match="Did you mean rt-ladder"):
        people("rt-lader", 1, 1, ON)


def test_months_later_end_with_the_month() -> None:
    days = [datetime.date(2024, 2, 29), datetime.date(2024, 1, 31), datetime.date(2023, 12, 31)]
    later = add_months(np.array([day.toordinal() for day in days]), np.array([12, 1, -10]))
    assert [datetime.date.fromordinal(int(day)) for day in later] == [
        datetime.date(2025, 2, 28),
        datetime.date(2024, 2, 29),
        datetime.date(2023, 2, 28),
    ]


ASKED = [
    ("rt-ladder", "RT1", {"eligible", "not_yet", "ineligible", "needs_review"}),
    ("rt-ladder", "RT2", {"eligible", "not_yet", "ineligible", "needs_review"}),
    ("ir-instructor", "domain-3", {"eligible", "not_yet", "needs_review"}),
    ("ir-instructor", "renewal-3", {"eligible", "not_yet", "not_held", "too_early", "expired"}),
    ("radiation-operator", "may-operate", {"authorised", "not_authorised", "needs_review"}),
    ("rrt-ce", "credits", {"computed", "needs_review"}),
    ("cec-licence", "readiness", {"eligible", "not_yet", "needs_review"}),
    ("cec-licence", "renewal-window", {"open", "overdue", "too_early", "unknown"}),
]


@pytest.mark.parametrize(("recipe", "question", "expected"), ASKED)
def test_a_question_is_answered_in_every_way(
    recipe: str, question: str, expected: set[str]
) -> None:
    regulation = catalogue.find(recipe)
    found = people(recipe, 400, 7, ON).to_dossiers()
    assert expected <= {outcome(regulation, question, dossier, on=ON) for dossier in found}


PROGRAMMES = 300
LEVELS = {f"level_{n}" for n in range(1, 6)}
ITEMS = [name for name in catalogue.find("nm-program").questions if name[0].isdigit()]


@cache
def programmes() -> Columns:
    """With other seeds one or two levels, which few programmes have, are now and then missing."""
    return Columns(people("nm-program", PROGRAMMES, 9, ON))


def outcomes_of(question: str) -> Counter[str]:
    found = evaluate(catalogue.find("nm-program"), question, programmes(), on=ON, threads=1)
    return Counter(found.table["outcome"].to_pylist())


def test_there_are_27_items() -> None:
    assert len(ITEMS) == 27


@pytest.mark.parametrize("item", ITEMS)
def test_some_programme_has_each_level_of_an_item(item: str) -> None:
    assert LEVELS - outcomes_of(item).keys() == set()


def test_some_programmes_pass_and_some_fail() -> None:
    found = outcomes_of("pass")
    assert 0.1 < found["pass"] / PROGRAMMES < 0.4
    assert found["fail"] >= 3
    assert found["not_eligible"] < 0.8 * PROGRAMMES


def test_some_programmes_turn_on_one_score() -> None:
    assert outcomes_of("pass-turns")["would_pass"] > 0


NOT_TOLD = {
    "nm-program": {"allocation_round", "contender"},  # of a round, which is a subject of its own
    "rrt-ce": {  # of course cases, which organisers file
        "agenda_item", "attendance_record", "change_request", "course_case", "course_session",
        "decision", "improvement_plan", "lecturer_profile", "organiser", "payment", "programme_day",
        "reviewer", "roster", "sanction",
    },
}  # fmt: skip


def asked_of(node: Node) -> Iterator[tuple[str, str]]:
    """The attributes of which ``node`` asks: as a value, or by name to group records by."""
    if isinstance(node, Picked):
        yield node.records.kind.name, node.attribute.name
    elif isinstance(node, AttributeValue):
        yield node.kind.name, node.attribute.name
    for by in (getattr(node, "by", None), getattr(node, "event", None)):
        if isinstance(by, str):
            yield from ((of.kind.name, by) for of in node.parts() if isinstance(of, Records))


@pytest.mark.parametrize("recipe", RECIPES)
def test_a_recipe_tells_everything_that_its_questions_ask(recipe: str) -> None:
    asked = {
        of
        for question in catalogue.find(recipe).questions.values()
        for top in question.nodes()
        for node in top.walk()
        for of in asked_of(node)
    }
    left = asked - set(told(recipe))
    assert {(k, n) for k, n in left if k not in NOT_TOLD.get(recipe, ())} == set()
