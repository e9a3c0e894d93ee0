"""The hand-written SQL, run by DuckDB on the tables as they come."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
from names import NAMES
from questions import DAY

from tiaoli.population.tables import Facts

_HERE = Path(__file__).parent


class WrittenInSql:
    """``rt3.sql`` or ``credits.sql``; the tables are made DuckDB's own before anything is timed."""

    def __init__(self, question: str, facts: Facts, threads: int) -> None:
        self.question = question
        text = (_HERE / f"{question.lower()}.sql").read_text(encoding="utf-8")
        macros, self._query = text.split("-- the question\n")
        self.connection = duckdb.connect(config={"threads": threads})
        for kind in facts.kinds():
            table = facts.table(kind)
            self.connection.register("arriving", table)
            self.connection.execute(f"CREATE TABLE {kind} AS SELECT * FROM arriving")
            self.connection.unregister("arriving")
        self.connection.execute(macros)

    def answers(self) -> dict[str, Any]:
        done = self.connection.sql(self._query, params={"asked": DAY}).to_arrow_table()
        return {
            name: done[name].combine_chunks().to_numpy(zero_copy_only=False)
            for name in NAMES[self.question]
        }
