"""The hand-written SQL, run by DuckDB on tables of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
from names import NAMES
from questions import DAY

from tiaoli.population.tables import Facts

_HERE = Path(__file__).parent


def made_its_own(connection: Any, facts: Facts) -> None:
    """The tables as they come, kept by DuckDB in its own way."""
    for kind in facts.kinds():
        connection.register("arriving", facts.table(kind))
        connection.execute(f"CREATE TABLE {kind} AS SELECT * FROM arriving")
        connection.unregister("arriving")


class WrittenInSql:
    """``rt3.sql`` or ``credits.sql``; the tables are made DuckDB's own before anything is timed."""

    def __init__(self, question: str, facts: Facts) -> None:
        self.question = question
        text = (_HERE / f"{question.lower()}.sql").read_text(encoding="utf-8")
        macros, self._query = text.split("-- the question\n")
        self.connection = duckdb.connect()
        made_its_own(self.connection, facts)
        self.connection.execute(macros)

    def answers(self, threads: int) -> dict[str, Any]:
        self.connection.execute(f"SET threads = {threads}")
        done = self.connection.sql(self._query, params={"asked": DAY}).to_arrow_table()
        return {
            name: done[name].combine_chunks().to_numpy(zero_copy_only=False)
            for name in NAMES[self.question]
        }
