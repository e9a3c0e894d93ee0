"""The hand-written code that engines are measured against gives their answers: to be worth it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tiaoli.population import kernel
from tiaoli.population.tables import Columns, Facts

BENCHMARKS = Path(__file__).parents[2] / "benchmarks" / "population"
PEOPLE = 2_000


@pytest.fixture(scope="module", autouse=True)
def _benchmarks() -> Iterator[None]:
    """The files of the benchmark are scripts: found in their folder, for these tests alone."""
    before = set(sys.modules)
    sys.path.insert(0, str(BENCHMARKS))
    yield
    sys.path.remove(str(BENCHMARKS))
    for name in set(sys.modules) - before:
        if str(BENCHMARKS) in str(getattr(sys.modules[name], "__file__", "")):
            del sys.modules[name]


@pytest.fixture(scope="module", params=["RT3", "credits"])
def population(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Path, Facts]:
    data = import_module("data")
    folder = tmp_path_factory.mktemp(request.param)
    return request.param, folder, data.prepared(request.param, PEOPLE, folder)


@pytest.fixture(scope="module")
def expected(population: tuple[str, Path, Facts]) -> Mapping[str, Any]:
    """What the kernel answers, by the names of the hand-written answers."""
    questions, names = import_module("questions"), import_module("names")
    question, _, facts = population
    asked = questions.QUESTIONS[question]
    found = kernel.run(asked.plan, Columns(facts), questions.DAY, threads=1)
    told = questions.answers_of(asked.plan, found)
    return {mine: told[name] for mine, name in names.NAMES[question].items()}


def test_numpy_by_hand_is_the_kernel(
    population: tuple[str, Path, Facts], expected: Mapping[str, Any]
) -> None:
    question, folder, _ = population
    numbers = import_module("encoded").Numbers(folder)
    found = import_module(f"{question.lower()}_numpy").answers(numbers)
    assert _differing(found, expected) == []


def test_sql_by_hand_is_the_kernel(
    population: tuple[str, Path, Facts], expected: Mapping[str, Any]
) -> None:
    question, folder, facts = population
    pytest.importorskip("duckdb")
    written = import_module("written_in_sql").WrittenInSql(question, facts, folder)
    assert _differing(written.answers(1), expected) == []


def test_c_by_hand_is_the_kernel(
    population: tuple[str, Path, Facts], expected: Mapping[str, Any]
) -> None:
    question, folder, _ = population
    numbers = import_module("encoded").Numbers(folder)
    written = import_module("written_in_c").WrittenInC(question.lower(), numbers)
    assert _differing(written.answers(), expected) == []


def _differing(found: Mapping[str, Any], expected: Mapping[str, Any]) -> list[str]:
    """What is not the same for everybody; how much is possible means nothing without a limit."""
    differing = []
    for name, other in expected.items():
        limited: Any = True
        if name.endswith("_high"):
            limited = np.asarray(expected[name.replace("_high", "_limited")], dtype=bool)
        same = np.asarray(found[name], dtype=np.int64) == np.asarray(other, dtype=np.int64)
        if not (same | ~np.broadcast_to(limited, same.shape)).all():
            differing.append(name)
    return differing
