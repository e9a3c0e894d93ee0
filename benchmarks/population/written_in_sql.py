"""
The hand-written SQL, run by DuckDB on tables of its own, and by Spark in its dialect on Parquet.

It is written once, for DuckDB. ``for_spark`` puts the macros where they are called and has sqlglot
say in the words of Spark what it has others for; no part is written twice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import sqlglot
from names import NAMES
from questions import DAY
from sqlglot import exp

from tiaoli.population import sql
from tiaoli.population.tables import Facts

_HERE = Path(__file__).parent
MEMORY = "9GB"
Macro = tuple[list[str], exp.Expression]
"""The names of what is given to it, and what it stands for."""


def limited_duckdb(folder: Path) -> Any:
    """
    DuckDB with a limit to its memory: those that take turns are all there at once. Beyond it,
    DuckDB puts in ``folder`` what it can, where it goes with the rest even if it is killed.
    """
    return sql.duckdb(memory_limit=MEMORY, temp_directory=str(folder / "spilled"))


def made_its_own(connection: Any, facts: Facts) -> None:
    """The tables as they come, kept by DuckDB in its own way."""
    for kind in facts.kinds():
        connection.register("arriving", facts.table(kind))
        connection.execute(f"CREATE TABLE {kind} AS SELECT * FROM arriving")
        connection.unregister("arriving")


def _text(question: str) -> tuple[str, str]:
    """The macros, and the query."""
    text = (_HERE / f"{question.lower()}.sql").read_text(encoding="utf-8")
    macros, query = text.split("-- the question\n")
    return macros, query


def _columns(question: str, done: Any) -> dict[str, Any]:
    return {
        name: done[name].combine_chunks().to_numpy(zero_copy_only=False) for name in NAMES[question]
    }


class WrittenInSql:
    """``rt3.sql`` or ``credits.sql``; the tables are made DuckDB's own before anything is timed."""

    def __init__(self, question: str, facts: Facts, folder: Path) -> None:
        self.question = question
        macros, self._query = _text(question)
        self.connection = limited_duckdb(folder).con
        made_its_own(self.connection, facts)
        self.connection.execute(macros)

    def answers(self, threads: int) -> dict[str, Any]:
        self.connection.execute(f"SET threads = {threads}")
        done = self.connection.sql(self._query, params={"asked": DAY}).to_arrow_table()
        return _columns(self.question, done)


class WrittenInSqlOnSpark:
    """The same on Spark, from the Parquet tables of a folder."""

    def __init__(self, question: str, connection: Any, folder: Path) -> None:
        """``connection``: of Ibis, as ``tiaoli.population.sql.spark`` gives it."""
        self.question, self._session = question, connection._session
        for path in sorted(folder.glob("*.parquet")):
            self._session.read.parquet(str(path.absolute())).createOrReplaceTempView(path.stem)
        self._query = for_spark(question)

    def answers(self) -> dict[str, Any]:
        return _columns(self.question, self._session.sql(self._query).toArrow())


def for_spark(question: str) -> str:
    """The query of ``question`` as Spark reads it, with the day that is asked about in it."""
    macros, query = _text(question)
    named = _macros(macros)
    tree = sqlglot.parse_one(query, read="duckdb").transform(lambda node: _in_place(node, named))
    return str(tree.sql("spark"))


def _macros(text: str) -> Mapping[str, Macro]:
    made = [one for one in sqlglot.parse(text, read="duckdb") if one is not None]
    return {
        one.this.this.name: ([given.name for given in one.this.expressions], one.expression)
        for one in made
    }


def _in_place(node: Any, macros: Mapping[str, Macro]) -> Any:
    """What a macro stands for where it is called; the day where it is asked for."""
    if isinstance(node, exp.Parameter | exp.Placeholder):
        return exp.cast(exp.Literal.string(DAY.isoformat()), "date")
    if not isinstance(node, exp.Anonymous) or node.name not in macros:
        return node
    names, body = macros[node.name]
    whole = body.copy().transform(_given(dict(zip(names, node.expressions, strict=True))))
    return exp.paren(whole.transform(lambda inner: _in_place(inner, macros)))


def _given(values: Mapping[str, Any]) -> Callable[[Any], Any]:
    def put(node: Any) -> Any:
        is_name = isinstance(node, exp.Column) and not node.table and node.name in values
        return exp.paren(values[node.name].copy()) if is_name else node

    return put
