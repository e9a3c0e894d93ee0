"""Some subjects at a time, everything comes to what it comes to for all of them at once."""

from __future__ import annotations

import datetime
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import pytest
from test_table_errors import CASES, PEOPLE, folder
from typer.testing import CliRunner

from tiaoli.cli import populations
from tiaoli.cli.main import app
from tiaoli.facts.vocabulary import find
from tiaoli.population import (
    Columns,
    Counts,
    Facts,
    evaluate,
    evaluate_in_parts,
    load,
    save,
    summary,
)
from tiaoli.population.evaluation import AT_A_TIME
from tiaoli.population.invented import people
from tiaoli.population.tables import FactsError, Parts, batches, from_dossiers, opened
from tiaoli.regulations import catalogue

ON = datetime.date(2026, 6, 30)
LADDER = catalogue.find("rt-ladder")


@pytest.fixture(autouse=True)
def rooms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Tables are read a few rows at a time, and nothing that was put aside is left behind."""
    aside = tmp_path / "aside"
    aside.mkdir()
    monkeypatch.setattr(batches, "_ROWS", 7)
    monkeypatch.setattr(batches, "_BYTES", 1500)
    monkeypatch.setattr(tempfile, "tempdir", str(aside))
    yield
    assert list(aside.iterdir()) == []


def in_disorder(facts: Facts, into: Path, *, form: Any = "parquet") -> Path:
    """A folder whose rows stand anyhow, with one more subject of whom nothing is told."""
    draw = np.random.default_rng(1)
    nobody = {"subject": ["m-nothing-told"], "id": ["m-nothing-told"]}
    subjects = pa.concat_tables([facts.subjects, pa.table(nobody)], promote_options="default")
    of_all = {facts.subject_kind: subjects, **facts.records}
    shuffled = {
        kind: table.take(pa.array(draw.permutation(table.num_rows)))
        for kind, table in of_all.items()
    }
    own = shuffled.pop(facts.subject_kind)
    save(Facts(facts.subject_kind, own, shuffled), into, form=form)
    return into


@pytest.mark.parametrize("form", ["parquet", "csv"])
@pytest.mark.parametrize(
    ("regulation_id", "question", "number"),
    [("rt-ladder", "RT3", 40), ("radiation-operator", "may-operate", 20)],
)
def test_the_result_is_the_same_however_many_at_a_time(
    regulation_id: str, question: str, number: int, form: Any, tmp_path: Path
) -> None:
    regulation = catalogue.find(regulation_id)
    facts = people(regulation_id, number, 5, ON)
    where = in_disorder(facts, tmp_path / "facts", form=form)
    at_once = evaluate(regulation, question, Columns(load(where)), on=ON)
    for at_a_time in (3, number):
        parts = list(evaluate_in_parts(regulation, question, where, on=ON, at_a_time=at_a_time))
        assert len(parts) == -(-(number + 1) // at_a_time)
        assert all(part.plan is at_once.plan for part in parts), "another program"
        whole = evaluate(regulation, question, where, on=ON, at_a_time=at_a_time)
        assert whole.table.equals(at_once.table)
        counts = Counts(at_once.plan)
        for part in parts:
            counts.add(part.table)
        assert counts.summary() == summary(at_once.plan, at_once.table)


def test_what_is_certain_is_what_is_certain_of_everybody(tmp_path: Path) -> None:
    facts = people("rrt-ce", 40, 5, ON)
    where = in_disorder(facts, tmp_path / "facts")
    columns = Columns(load(where))
    with opened(where, most=3) as parts:
        assert isinstance(parts, Parts)
        asked = [
            (kind, name, part)
            for kind in columns.facts.kinds()
            for name in columns.facts.table(kind).column_names
            if name in find(kind).attributes
            for part in ("given", "known", "complete")
        ]
        told = {where: parts.certain(*where) for where in asked}
    assert told == {where: columns.certain(*where) for where in asked}
    assert set(told.values()) == {True, False}


def test_progress_is_told_of_everybody(tmp_path: Path) -> None:
    save(people("rt-ladder", 20, 5, ON), tmp_path / "facts")
    told: list[tuple[int, int]] = []
    evaluate(
        LADDER, "RT3", tmp_path / "facts", on=ON, at_a_time=8, threads=1,
        tell=lambda done, of: told.append((done, of)),
    )  # fmt: skip
    assert told == [(8, 20), (16, 20), (20, 20)]


# What is wrong


def room(tmp_path: Path) -> Path:
    path = tmp_path / "facts"
    path.mkdir()
    return path


def said(where: Path, most: int | None) -> dict[str, str]:
    with pytest.raises(FactsError) as raised, opened(where, most=most):
        pass
    return {problem.place: problem.says.en for problem in raised.value.problems}


@pytest.mark.parametrize(("kind", "table", "place", "says"), CASES.values(), ids=CASES)
def test_what_is_wrong_is_told_as_of_all_at_once(
    kind: str, table: Any, place: str, says: str, tmp_path: Path
) -> None:
    where = folder(room(tmp_path), **{kind: table})
    if table is None:
        (where / "training.parquet").write_bytes(b"PAR1")
    told = said(where, 1)
    assert list(told) == [place]
    assert told == said(where, None)


def test_what_is_wrong_in_many_places_is_told_once_with_the_rows_of_the_file(
    tmp_path: Path,
) -> None:
    who = ["乙", "甲", "丁"] * 10
    training = pa.table(
        {
            "subject": who,
            "id": [str(n % 14) for n in range(30)],
            "hours": pa.array([60, -1, -2] * 10),
            "end_date": [datetime.date(2024 - n * 10, 1, 1) for n in range(30)],
        }
    )
    where = folder(room(tmp_path), training=training)
    told = said(where, 1)
    assert told == said(where, None)
    assert sorted(told) == [
        "training.parquet · end_date · rows 14, 15, 16, 17, 18 … (17 rows)",
        "training.parquet · hours · rows 2, 3, 5, 6, 8 … (20 rows)",
        "training.parquet · subject · rows 3, 6, 9, 12, 15 … (10 rows)",
    ]


def test_a_dangling_reference_is_a_warning_with_the_row_of_the_file(tmp_path: Path) -> None:
    operations = {"subject": ["甲", "乙", "甲"], "id": ["1", "1", "2"], "source": ["s", "s", None]}
    sources = pa.table({"subject": ["甲"], "id": ["s"]})
    tables = {"operation": pa.table(operations), "radiation_source": sources}
    with opened(folder(room(tmp_path), practitioner=PEOPLE, **tables), most=1) as parts:
        (warning,) = parts.warnings
    assert warning.place == "operation.parquet · source · rows 2"


# The command


def test_the_command_says_and_writes_the_same_for_any_chunk(tmp_path: Path) -> None:
    save(people("rt-ladder", 50, 5, ON), tmp_path / "facts")
    told, written, texts = [], [], []
    for chunk in (9, 50):
        table, plain = tmp_path / f"{chunk}.parquet", tmp_path / f"{chunk}.csv"
        for out in (table, plain):
            ran = CliRunner().invoke(
                app,
                ["population", "rt-ladder", "RT3", "--facts", str(tmp_path / "facts"), "--json",
                 "--on", "2026-06-30", "--chunk", str(chunk), "--out", str(out)],
            )  # fmt: skip
            assert ran.exit_code == 0, ran.output
        told.append(json.loads(ran.stdout))
        written.append(pyarrow.parquet.read_table(table))
        texts.append(plain.read_text(encoding="utf-8"))
    assert told[0] == told[1]
    assert written[0].equals(written[1])
    assert texts[0] == texts[1]


def test_a_comparison_says_the_same_for_any_chunk(tmp_path: Path) -> None:
    save(people("rt-ladder", 50, 5, ON), tmp_path / "facts")
    told = []
    for chunk in (9, 50):
        ran = CliRunner().invoke(
            app,
            ["compare", "rt-ladder", "RT3", "--facts", str(tmp_path / "facts"), "--json", "--on",
             "2026-06-30", "--chunk", str(chunk), "--set", "RTL-4A.RT3.PUB.window=1d"],
        )  # fmt: skip
        assert ran.exit_code == 0, ran.output
        told.append(json.loads(ran.stdout))
    assert told[0] == told[1]
    assert told[0]["subjects"] == 50


def test_the_command_has_as_many_in_memory_as_the_library() -> None:
    assert populations.AT_A_TIME == AT_A_TIME


def test_nobody_at_all_is_a_population_too(tmp_path: Path) -> None:
    save(from_dossiers([]), tmp_path / "facts")
    assert evaluate(LADDER, "RT3", tmp_path / "facts", on=ON, at_a_time=1).table.num_rows == 0
