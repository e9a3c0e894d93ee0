"""
Read this file first: one question, asked of a whole population at once.

1. The question is prepared under the chosen readings, and its numbers changed where a what-if asks
   for others (``changes``).
2. Its rules become terms, and the terms a program (``lowering``, ``schedule``, ``plan``).
3. An engine runs the program over the facts as columns (``kernel`` in memory, ``sql`` through
   Ibis). No engine looks at one person after another in Python.
4. The result is a table: an outcome for each subject, a truth for each clause, the amounts and
   days behind them (``results``). ``summary``, ``compare`` and ``bounds`` count what is in it.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tiaoli.answers.prepared import prepare
from tiaoli.answers.refusals import NotInForce, checked_readings
from tiaoli.population import kernel, results, sql
from tiaoli.population.changes import changed
from tiaoli.population.plan import Plan, plan
from tiaoli.population.tables import Columns, Facts, load
from tiaoli.rules.question import Question
from tiaoli.rules.regulation import Regulation

__all__ = ["Evaluation", "evaluate", "question_for"]

ENGINES = ("kernel", "duckdb")
"""Engines that need nothing but the facts; others are asked through ``sql.evaluate``."""

Source = Facts | Columns | Path
"""Facts, the same as columns, or the folder in which their tables are."""
Tell = Callable[[int, int], None]
"""Called now and then with how many subjects are done, and of how many."""


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
    facts: Source,
    *,
    on: datetime.date,
    readings: Mapping[str, str] | None = None,
    changes: Mapping[str, str] | None = None,
    engine: str = "kernel",
    earliest: bool = False,
    threads: int | None = None,
    tell: Tell | None = None,
) -> Evaluation:
    """
    Ask ``question`` of everybody in ``facts`` on the day ``on``.

    ``engine`` is one of ENGINES; with ``earliest`` the table also says when those who do not
    qualify yet will by waiting alone. ``threads`` and ``tell`` are for the engine in memory.

    Raises as ``question_for`` does, and NoColumns for a question that is asked of one subject only.
    """
    asked, used = question_for(regulation, question, on=on, readings=readings, changes=changes)
    if engine == "kernel":
        columns = facts if isinstance(facts, Columns) else Columns(_facts(facts))
        made = kernel.prepare(asked, columns, earliest=earliest)
        found = kernel.run(made, columns, on, threads=threads, tell=tell)
        table = results.table(made, columns, found)
    else:
        made = plan(asked, earliest=earliest)
        table = _in_order(sql.evaluate(made, _told(facts), on).to_pyarrow())
    return Evaluation(regulation, question, on, used, changes or {}, made, table)


def _facts(source: Facts | Path) -> Facts:
    return load(source) if isinstance(source, Path) else source


def _told(source: Source) -> Facts | Path:
    """What SQL reads: tables, or the folder in which they are."""
    return source.facts if isinstance(source, Columns) else source


def _in_order(table: Any) -> Any:
    """By subject (and record), as the engine in memory has them."""
    names = [name for name in ("subject", "about") if name in table.column_names]
    return table.sort_by([(name, "ascending") for name in names])
