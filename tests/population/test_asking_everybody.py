"""What is counted over a population adds up, and the commands say it, or say what is wrong."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import pyarrow.csv
import pyarrow.parquet
import pytest
from typer.testing import CliRunner

from tiaoli.cli.main import app
from tiaoli.facts.kinds import Label
from tiaoli.population import Columns, bounds, compare, evaluate, parameters, save, summary
from tiaoli.population.changes import NoSuchParameter, UnreadableValue
from tiaoli.population.chart import svg
from tiaoli.population.compare import NotTheSameSubjects
from tiaoli.population.evaluation import Evaluation, question_for
from tiaoli.population.invented import people
from tiaoli.population.plan import GOAL
from tiaoli.population.summary import stopped_by, truths
from tiaoli.regulations import catalogue

ON = datetime.date(2026, 6, 30)
LADDER = catalogue.find("rt-ladder")
HOURS = "RTL-5.RT3.ADMIN.a.hours"


@pytest.fixture(scope="module")
def columns() -> Columns:
    return Columns(people("rt-ladder", 1500, 3, ON))


def rt3(columns: Columns) -> Evaluation:
    return asked(columns, {})


def asked(columns: Columns, changes: dict[str, str]) -> Evaluation:
    return evaluate(LADDER, "RT3", columns, on=ON, changes=changes)


# --- Counting -----------------------------------------------------------------------------


def test_a_waterfall_adds_up(columns: Columns) -> None:
    found = rt3(columns)
    of = summary(found.plan, found.table)
    assert sum(of.outcomes.values()) == of.subjects == 1500
    (fall,) = of.waterfalls
    left = fall.subjects
    for one in fall.falls:
        assert one.before == left
        left -= one.stopped
    assert left == fall.passed + fall.open
    assert fall.passed == of.outcomes["eligible"] == np.count_nonzero(goal(found) > 0)


def goal(found: Evaluation) -> Any:
    return truths(found.table, GOAL)


def test_who_is_stopped_by_one_condition_alone_meets_all_others(columns: Columns) -> None:
    found = rt3(columns)
    (route,) = found.plan.routes
    names = stopped_by(found.plan, found.table).to_pylist()
    alone = [row for row, name in enumerate(names) if name is not None]
    assert alone
    for row in alone:
        truth = {step.name: found.table[column][row].as_py() for step, column in route}
        assert [name for name, met in truth.items() if not met] == [names[row]]


def test_ways_to_a_goal_are_told_apart() -> None:
    domains = evaluate(
        catalogue.find("ir-instructor"), "domain-3", people("ir-instructor", 200, 3, ON), on=ON
    )
    of = summary(domains.plan, domains.table)
    assert len(of.waterfalls) == 2
    assert max(fall.passed for fall in of.waterfalls) <= of.outcomes.get("eligible", 0)


# --- What if ------------------------------------------------------------------------------


def test_the_number_that_stands_in_the_text_changes_nothing(columns: Columns) -> None:
    before, after = rt3(columns), asked(columns, {HOURS: "8"})
    assert before.table.equals(after.table)
    assert compare(before.plan, before.table, after.table).turns == ()


def test_who_gains_and_who_loses_is_who_reaches_the_goal_on_one_side(columns: Columns) -> None:
    before, after = rt3(columns), asked(columns, {"RTL-4A.RT3.PUB.window": "1y", HOURS: "0"})
    found = compare(before.plan, before.table, after.table)
    one, other = goal(before) > 0, goal(after) > 0
    assert found.lost == np.count_nonzero(one & ~other) > 0
    assert found.gained == np.count_nonzero(other & ~one)
    assert sum(turn.subjects for turn in found.turns) == found.subjects - found.same
    assert "RTL-4A.RT3.PUB" in found.turns[0].clauses


def test_tables_of_other_subjects_are_not_compared(columns: Columns) -> None:
    one, other = rt3(columns), rt3(columns.part(0, 10))
    with pytest.raises(NotTheSameSubjects, match="1500"):
        compare(one.plan, one.table, other.table)


def test_every_parameter_of_a_question_can_be_set_to_what_it_is() -> None:
    question, _ = question_for(LADDER, "RT3", on=ON)
    found = {one.name: one.value for one in parameters(question)}
    assert found[HOURS] == "8"
    assert found["RTL-4A.RT3.PUB.window"] == "5y"
    again, _ = question_for(LADDER, "RT3", on=ON, changes=found)
    assert {one.name: one.value for one in parameters(again)} == found


def test_a_parameter_that_is_not_there_names_the_nearest(columns: Columns) -> None:
    with pytest.raises(NoSuchParameter, match=HOURS):
        asked(columns, {"RTL-5.RT3.ADMN.a.hours": "12"})


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (HOURS, "many"), (HOURS, "-1"), (HOURS, "0.001"), ("RTL-4A.RT3.PUB.window", "soon"),
        ("RTL-4A.RT3.YEARS.service", "1.5"), ("RTL-2.1.day", "2026-02-30"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_read_is_told(columns: Columns, name: str, text: str) -> None:
    with pytest.raises(UnreadableValue, match=name):
        asked(columns, {name: text})


# --- Bounds, charts -----------------------------------------------------------------------


def test_between_what_is_certain_and_what_is_possible(columns: Columns) -> None:
    found = rt3(columns)

    def again(facts: Any) -> Any:
        return evaluate(LADDER, "RT3", facts, on=ON).table

    limit = bounds(found.plan, found.table, columns.facts, again)
    undecided = int(np.count_nonzero(goal(found) < 0))
    assert limit.certain == np.count_nonzero(goal(found) > 0)
    assert limit.possible == limit.certain + undecided > limit.certain
    assert all(0 <= one.settles <= undecided and one.places > 0 for one in limit.unknowns)
    assert limit.unknowns[0].settles > 0


def test_a_chart_has_a_bar_for_each_condition(columns: Columns) -> None:
    found = rt3(columns)
    (fall,) = summary(found.plan, found.table).waterfalls
    title = Label("標題 <&>", "title")
    picture = svg(fall, title, lambda one: Label(one.step.name, one.step.name))
    texts = [element.text for element in ET.fromstring(picture).iter() if element.text]
    assert "標題 <&>" in texts
    assert {one.step.name for one in fall.falls} <= set(texts)


# --- Commands -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("people") / "radiographers"
    save(people("rt-ladder", 200, 3, ON), path)
    return path


def said(*words: object) -> Any:
    return CliRunner().invoke(app, [str(word) for word in words])


def test_the_command_counts_writes_and_draws(folder: Path, tmp_path: Path) -> None:
    table, plain, chart = (tmp_path / f"rt3.{end}" for end in ("parquet", "csv", "svg"))
    asks = ("population", "rt-ladder", "RT3", "--facts", folder, "--on", "115/06/30")
    first = said(*asks, "--out", table, "--chart", chart, "--json")
    assert first.exit_code == 0, first.output
    told = json.loads(first.stdout)
    assert told["subjects"] == 200 == sum(told["outcomes"].values())
    assert pyarrow.parquet.read_table(table).num_rows == 200
    assert said(*asks, "--out", plain, "--engine", "duckdb").exit_code == 0
    read = pyarrow.csv.read_csv(plain)
    assert read["outcome"].to_pylist() == pyarrow.parquet.read_table(table)["outcome"].to_pylist()
    assert ET.parse(chart).getroot().tag.endswith("svg")


def test_the_command_compares(folder: Path) -> None:
    asks = ("compare", "rt-ladder", "RT3", "--facts", folder, "--on", "2026-06-30", "--lang", "en")
    found = said(*asks, "--set", "RTL-4A.RT3.PUB.window=1d")
    assert found.exit_code == 0, found.output
    assert "of 200 unchanged" in found.stdout
    assert said(*asks).exit_code == 2
    assert said(*asks, "--set", "hours").exit_code == 2


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("population", "rt-ladder", "RT3", "--facts", "nowhere"), 3),
        (("population", "rt-ladder", "RT9", "--facts", "nowhere"), 2),
        (("population", "rt-ladder", "RT3", "--facts", "nowhere", "--out", "x.doc"), 2),
        (("population", "rrt-ce", "filing", "--facts", "nowhere"), 3),
        (("invent", "nobody", "--out", "x"), 2),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(
    words: tuple[str, ...], code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    found = said(*words)
    assert found.exit_code == code
    assert "Traceback" not in found.output
    assert list(tmp_path.iterdir()) == []


def test_a_question_of_one_subject_only_says_so(folder: Path) -> None:
    found = said("population", "nm-program", "rank", "--facts", folder, "--on", "2026-06-30")
    assert found.exit_code == 2
    assert "tiaoli ask" in found.output


def test_parameters_are_listed() -> None:
    found = said("parameters", "rt-ladder", "RT3", "--json")
    assert HOURS in {one["name"] for one in json.loads(found.stdout)}
