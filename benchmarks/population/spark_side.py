"""
The contestants that run on Spark: tiaoli's reading in SQL, and the hand-written SQL. Both read the
same Parquet tables, which stand in the folder of the people before anything is timed.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

from measured import Maker, serve, timed

_SETTINGS = {"spark.master": "local[2]", "spark.driver.memory": "4g", "spark.log.level": "ERROR"}


class _OnSpark:
    """``parts["session"]``: the start of Java and of the session."""

    def __init__(self, question: str, folder: Path) -> None:
        from data import PARQUET, tables
        from questions import QUESTIONS

        from tiaoli.population import sql

        self.asked, self.folder = QUESTIONS[question], folder / PARQUET
        self.parts: dict[str, float] = {}
        facts = tables(folder)
        self.read = sum(table.nbytes for table in (facts.subjects, *facts.records.values()))
        del facts
        with timed(self.parts, "session"):
            self.connection = sql.spark(**_SETTINGS)


class _Reading(_OnSpark):
    def __init__(self, question: str, folder: Path) -> None:
        super().__init__(question, folder)
        with timed(self.parts, "plan"):
            self.plan = self.asked.plan

    def run(self, threads: int) -> Any:
        from questions import DAY

        from tiaoli.population import sql

        return sql.evaluate(self.plan, self.folder, DAY, backend=self.connection).to_pyarrow()

    def answers(self, found: Any) -> dict[str, Any]:
        from reading import told

        return told(self.asked.question, found.sort_by("subject"))


class _Sql(_OnSpark):
    def __init__(self, question: str, folder: Path) -> None:
        from written_in_sql import WrittenInSqlOnSpark

        super().__init__(question, folder)
        with timed(self.parts, "write"):
            self.written = WrittenInSqlOnSpark(question, self.connection, self.folder)

    def run(self, threads: int) -> Any:
        return self.written.answers()

    def answers(self, found: Any) -> dict[str, Any]:
        return dict(found)


def _reading() -> Maker:
    import_module("questions")
    import_module("pyspark.sql")
    import_module("tiaoli.population.sql")
    return _Reading


def _sql() -> Maker:
    import_module("written_in_sql")
    import_module("pyspark.sql")
    return _Sql


if __name__ == "__main__":
    serve({"reading": _reading, "sql": _sql})
