"""The contestants that need tiaoli, or nothing but what tiaoli has: see ``measured``."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

from measured import Maker, serve, timed


class _Kernel:
    """tiaoli's kernel, from tables as they come."""

    def __init__(self, question: str, folder: Path) -> None:
        from data import tables
        from questions import QUESTIONS, WHAT_IF

        from tiaoli.population import kernel
        from tiaoli.population.tables import Columns

        self.kernel, self.asked = kernel, QUESTIONS[question]
        self.parts: dict[str, float] = {}
        facts = tables(folder)
        with timed(self.parts, "encode"):
            self.columns = Columns(facts)
            self._encode()
        self.read = sum(table.nbytes for table in (facts.subjects, *facts.records.values()))
        self.parts["columns"] = self.columns.memory()
        with timed(self.parts, "plan"):
            self.plan = kernel.prepare(self.asked.prepared(), self.columns)
        with timed(self.parts, "compile"):
            kernel.run(self.plan, self.columns.part(0, min(1, len(self.columns))), self._day())
        self.changes = WHAT_IF if question == "RT3" else {}

    def _encode(self) -> None:
        for kind, names in self.asked.reads.items():
            self.columns.offsets(kind)
            self.columns.incomplete(kind)
            for name in names:
                self.columns.values(kind, name)

    def _day(self) -> Any:
        from questions import DAY

        return DAY

    def run(self, threads: int) -> Any:
        return self.kernel.run(self.plan, self.columns, self._day(), threads=threads)

    def answers(self, found: Any) -> dict[str, Any]:
        from names import NAMES
        from questions import answers_of

        told = answers_of(self.plan, found)
        question = self.asked.question
        return {mine: told[name] for mine, name in NAMES[question].items()}


class _WhatIf(_Kernel):
    """The same with another number in the text: how long from there to the answer."""

    def __init__(self, question: str, folder: Path) -> None:
        super().__init__(question, folder)
        before = self._libraries()
        assert before, "the program of the question as it stands is not where it is looked for"
        with timed(self.parts, "what-if plan"):
            changed = self.kernel.prepare(self.asked.prepared(self.changes), self.columns)
        found = self.kernel.run(changed, self.columns, self._day(), threads=1)
        plain = self.kernel.run(self.plan, self.columns, self._day(), threads=1)
        assert self._met(changed, found) < self._met(self.plan, plain), "nothing was changed"
        self.parts["compiled"] = self._libraries() - before

    def _libraries(self) -> int:
        """How many programs have been compiled: the cache was empty when this process began."""
        return len(list(self.kernel.cache_folder().rglob("*.so")))

    def _met(self, plan: Any, found: Any) -> int:
        return int(found[plan.column("RTL-5.RT3.ADMIN.a").parts["met"]].sum())

    def run(self, threads: int) -> Any:
        plan = self.kernel.prepare(self.asked.prepared(self.changes), self.columns)
        return self.kernel.run(plan, self.columns, self._day(), threads=threads)


class _Reading:
    """tiaoli's reading in SQL, on DuckDB's own tables."""

    def __init__(self, question: str, folder: Path) -> None:
        from data import tables
        from questions import DAY, QUESTIONS
        from written_in_sql import limited_duckdb, made_its_own

        from tiaoli.population.sql.evaluating import written

        self.asked, self.parts = QUESTIONS[question], {}
        facts = tables(folder)
        self.read = sum(table.nbytes for table in (facts.subjects, *facts.records.values()))
        self.backend = limited_duckdb(folder)
        with timed(self.parts, "encode"):
            made_its_own(self.backend.con, facts)
        self.kinds = facts.kinds()
        with timed(self.parts, "plan"):
            self.plan = self.asked.plan
        with timed(self.parts, "write"):
            written(self.plan, self._source(), DAY)

    def run(self, threads: int) -> Any:
        self.backend.con.execute(f"SET threads = {threads}")
        return self._answers().to_pyarrow()

    def _source(self) -> Any:
        """Not through ``sql.evaluate``, which would take the tables as they arrived."""
        from tiaoli.population.sql.engines import Engine
        from tiaoli.population.sql.sources import Source

        found = {kind: self.backend.table(kind) for kind in self.kinds}
        return Source(Engine.of(self.backend), found, "practitioner")

    def _answers(self) -> Any:
        from questions import DAY

        from tiaoli.population.sql.evaluating import _run

        return _run(self.plan, self._source(), DAY, None)

    def answers(self, found: Any) -> dict[str, Any]:
        from reading import told

        return told(self.asked.question, found.sort_by("subject"))


class _Sql:
    """Hand-written SQL, on the same tables of DuckDB."""

    def __init__(self, question: str, folder: Path) -> None:
        from data import tables
        from written_in_sql import WrittenInSql

        facts = tables(folder)
        self.read = sum(table.nbytes for table in (facts.subjects, *facts.records.values()))
        self.parts: dict[str, float] = {}
        with timed(self.parts, "encode"):
            self.written = WrittenInSql(question, facts, folder)

    def run(self, threads: int) -> Any:
        return self.written.answers(threads)

    def answers(self, found: Any) -> dict[str, Any]:
        return dict(found)


class _OnNumbers:
    """Hand-written C or NumPy, on columns of plain numbers that stand ready."""

    def __init__(self, question: str, folder: Path, *, in_c: bool) -> None:
        from encoded import Numbers

        self.parts: dict[str, float] = {}
        with timed(self.parts, "load"):
            numbers = Numbers(folder)
        self.read = numbers.nbytes
        if in_c:
            from written_in_c import WrittenInC

            with timed(self.parts, "compile"):
                self._answers = WrittenInC(question.lower(), numbers).answers
        else:
            from importlib import import_module

            module = import_module(f"{question.lower()}_numpy")
            self._answers = lambda: module.answers(numbers)

    def run(self, threads: int) -> Any:
        assert threads == 1
        return self._answers()

    def answers(self, found: Any) -> dict[str, Any]:
        return dict(found)


def _kernel() -> Maker:
    """What is imported here counts as the cold start."""
    import_module("questions")
    import_module("tiaoli.population.kernel")

    return _Kernel


def _what_if() -> Maker:
    _kernel()
    return _WhatIf


def _reading() -> Maker:
    import_module("questions")

    from tiaoli.population import sql

    sql.duckdb()
    return _Reading


def _sql() -> Maker:
    import_module("written_in_sql")

    return _Sql


def _numpy() -> Maker:
    import_module("encoded")

    return lambda question, folder: _OnNumbers(question, folder, in_c=False)


def _c() -> Maker:
    import_module("written_in_c")

    return lambda question, folder: _OnNumbers(question, folder, in_c=True)


if __name__ == "__main__":
    serve(
        {
            "kernel": _kernel,
            "what-if": _what_if,
            "reading": _reading,
            "sql": _sql,
            "numpy": _numpy,
            "c": _c,
        }
    )
