"""
Read this file first: one question, asked of a whole population at once.

1. The question is prepared under the chosen readings, and its numbers changed where a what-if asks
   for others (``changes``).
2. Its rules become terms, and the terms a program (``lowering``, ``schedule``, ``plan``).
3. An engine runs the program over the facts as columns (``kernel`` in memory, ``sql`` through
   Ibis). No engine looks at one person after another in Python.
4. The result is a table: an outcome for each subject, a truth for each clause, the amounts and
   days behind them (``results``). ``summary``, ``compare`` and ``bounds`` count what is in it.

A folder with the facts of many is worked out some subjects at a time (``tables.parts``), so that
memory depends on how many those are and not on how many there are.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from tiaoli.answers.prepared import prepare
from tiaoli.answers.refusals import NotInForce, checked_readings
from tiaoli.facts.kinds import Label
from tiaoli.population import kernel, results, sql
from tiaoli.population.changes import changed
from tiaoli.population.plan import Plan, plan
from tiaoli.population.tables import Columns, Facts, Parts, opened
from tiaoli.rules.question import Question
from tiaoli.rules.regulation import Regulation

__all__ = [
    "AT_A_TIME", "ENGINES", "Evaluation", "NotAsked", "Source", "check_engine", "evaluate",
    "evaluate_in_parts", "question_for",
]  # fmt: skip

ENGINES: Final = ("kernel", "duckdb", "postgres", "spark")
"""The kernel is in memory; the others work in SQL, where the facts are or in temporary tables."""

AT_A_TIME: Final = 50_000
"""Subjects of a folder that are in memory at once."""

Source = Facts | Columns | Parts | Path
"""Facts, the same as columns or in parts, or the folder in which their tables are."""
Tell = Callable[[int, int], None]
"""Called now and then with how many subjects are done, and of how many."""


class NotAsked(ValueError):
    """An engine that there is not, or one that is not told where the facts are."""

    def __init__(self, says: Label) -> None:
        self.says = says
        super().__init__(f"{says.zh} / {says.en}")


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """
    What a question came to. ``table`` (Arrow) has a row for each subject, or for each record that
    the question is about; its columns are described in ``results``.
    """

    regulation: Regulation
    question: str
    on: datetime.date
    readings: Mapping[str, str]
    changes: Mapping[str, str]
    plan: Plan
    table: Any


def question_for(
    regulation: Regulation,
    question: str,
    *,
    on: datetime.date,
    readings: Mapping[str, str] | None = None,
    changes: Mapping[str, str] | None = None,
) -> tuple[Question, Mapping[str, str]]:
    """
    The question with no reading left open and its numbers changed, and the readings used.

    Raises UnknownName, NotInForce, NoSuchParameter and UnreadableValue.
    """
    chosen = checked_readings(regulation, readings or {})
    prepared = prepare(regulation, regulation.question(question), chosen)
    edition = regulation.edition_on(on)
    if edition is None or not edition.in_hand:
        raise NotInForce(
            f"「{regulation.title.zh}」在 {on} 沒有可以計算的條文。 / "
            f"There is no text of {regulation.title.en} to work with on {on}."
        )
    return changed(prepared.question, changes or {}), prepared.readings


def evaluate(
    regulation: Regulation,
    question: str,
    facts: Source | None = None,
    *,
    on: datetime.date,
    readings: Mapping[str, str] | None = None,
    changes: Mapping[str, str] | None = None,
    engine: str = "kernel",
    database: Any = None,
    earliest: bool = False,
    threads: int | None = None,
    at_a_time: int = AT_A_TIME,
    tell: Tell | None = None,
) -> Evaluation:
    """
    Ask ``question`` of everybody in ``facts`` on the day ``on``; the result is held in memory.

    ``engine`` is one of ENGINES. For those in SQL, ``database`` is where they work: the address of
    a PostgreSQL (by default DATABASE_URL), the file of a DuckDB, or a connection of Ibis. Without
    ``facts`` they read the tables that lie there, which have the documented names and columns.

    Of a folder, ``at_a_time`` subjects are in memory at once. With ``earliest`` the table also says
    when those who do not qualify yet will by waiting alone. ``threads`` is for the engine in
    memory; those in SQL have nothing to ``tell`` between the beginning and the end.

    Raises as ``question_for`` does; NoColumns for a question that is asked of one subject only;
    NotAsked; FactsError for tables of a folder that are not as they should be; NotForSql where an
    engine, its driver or the tables in it are not there.
    """
    parts = list(
        evaluate_in_parts(
            regulation, question, facts, on=on, readings=readings, changes=changes,
            engine=engine, database=database, earliest=earliest, threads=threads,
            at_a_time=at_a_time, tell=tell,
        )
    )  # fmt: skip
    if len(parts) == 1:
        return parts[0]
    return replace(parts[0], table=pa.concat_tables(part.table for part in parts))


def evaluate_in_parts(
    regulation: Regulation,
    question: str,
    facts: Source | None = None,
    *,
    on: datetime.date,
    readings: Mapping[str, str] | None = None,
    changes: Mapping[str, str] | None = None,
    engine: str = "kernel",
    database: Any = None,
    earliest: bool = False,
    threads: int | None = None,
    at_a_time: int = AT_A_TIME,
    tell: Tell | None = None,
) -> Iterator[Evaluation]:
    """
    As ``evaluate``, one table after another, in order of subjects, and at least one: so many
    subjects in each where the engine in memory reads a folder, else all of them in one.
    """
    check_engine(engine, facts, database)
    asked, used = question_for(regulation, question, on=on, readings=readings, changes=changes)
    with ExitStack() as kept:
        source: Facts | Columns | Parts | None
        source = _read(facts, at_a_time, kept) if isinstance(facts, Path) else facts
        if engine == "kernel":
            assert source is not None
            found = _by_kernel(asked, source, on, earliest=earliest, threads=threads, tell=tell)
        else:
            made = plan(asked, earliest=earliest)
            found = _by_sql(made, source, on, engine=engine, database=database, tell=tell)
        for made, table in found:
            yield Evaluation(regulation, question, on, used, changes or {}, made, table)


def check_engine(engine: str, facts: object, database: object) -> None:
    """Raises NotAsked for an engine that there is not, and for one with nothing to read."""
    if engine not in ENGINES:
        raise NotAsked(_no_engine(engine))
    if facts is None and (engine == "kernel" or (engine != "postgres" and database is None)):
        raise NotAsked(_no_facts(engine))


def _read(folder: Path, at_a_time: int, kept: ExitStack) -> Facts | Parts:
    return kept.enter_context(opened(folder, most=at_a_time))


def _no_engine(engine: str) -> Label:
    return Label(
        f"沒有「{engine}」這個引擎；可用 {'、'.join(ENGINES)}。",
        f'There is no engine "{engine}": {", ".join(ENGINES)}.',
    )


def _no_facts(engine: str) -> Label:
    return Label(
        f"「{engine}」要讀哪裡的紀錄？請給表的資料夾（指令用 --facts）；"
        "資料庫裡的表請用 postgres。",
        f'Which facts is "{engine}" to read? Give a folder of tables (the option --facts of the '
        "command); tables in a database are for postgres.",
    )


# The engine in memory


def _by_kernel(
    asked: Question,
    source: Facts | Columns | Parts,
    on: datetime.date,
    *,
    earliest: bool,
    threads: int | None,
    tell: Tell | None,
) -> Iterator[tuple[Plan, Any]]:
    """One program for all parts: it takes for certain only what is so of everybody."""
    if isinstance(source, Parts):
        made, size = kernel.prepare(asked, source, earliest=earliest), source.size
        parts: Iterator[Columns] = map(Columns, source)
    else:
        columns = source if isinstance(source, Columns) else Columns(source)
        made, size = kernel.prepare(asked, columns, earliest=earliest), len(columns)
        parts = iter([columns])
    done = 0
    for part in parts:
        found = kernel.run(made, part, on, threads=threads, tell=_further(tell, done, size))
        yield made, results.table(made, part, found)
        done += len(part)


def _further(tell: Tell | None, before: int, size: int) -> Tell | None:
    """Tells what is done of a part as what is done of all."""
    return None if tell is None else lambda done, _: tell(before + done, size)


# Engines in SQL


def _by_sql(
    made: Plan,
    source: Facts | Columns | Parts | None,
    on: datetime.date,
    *,
    engine: str,
    database: Any,
    tell: Tell | None,
) -> Iterator[tuple[Plan, Any]]:
    """One query for everybody: there is nothing to tell of on the way."""
    size = _size(source)
    if tell is not None:
        tell(0, size)
    with sql.connected(engine, database) as connection, sql.told(connection):
        told = connection if source is None else _told(source, connection)
        there = sql.evaluate(made, told, on, backend=connection)
        table = _in_order(there.to_pyarrow())
    if tell is not None:
        tell(size, size)
    yield made, table


def _size(source: Facts | Columns | Parts | None) -> int:
    """How many subjects; of tables in a database that is not known beforehand."""
    if source is None:
        return 0
    return len(source) if isinstance(source, Columns) else source.size


def _told(source: Facts | Columns | Parts, connection: Any) -> Facts | Parts | Path:
    """What SQL reads; a folder of many, which has been checked, where it lies."""
    if isinstance(source, Columns):
        return source.facts
    reads_folders = getattr(connection, "name", "") != "postgres"
    if reads_folders and isinstance(source, Parts) and source.folder is not None:
        return source.folder
    return source


def _in_order(table: Any) -> Any:
    """By subject (and record), as the engine in memory has them."""
    names = [name for name in ("subject", "about") if name in table.column_names]
    return table.sort_by([(name, "ascending") for name in names])
