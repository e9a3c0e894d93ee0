"""A question asked of a whole population in one query."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

from tiaoli.population.plan import Plan, plan
from tiaoli.population.sql.days import Days
from tiaoli.population.sql.dialects import Dialect
from tiaoli.population.sql.query import Query
from tiaoli.population.sql.relations import Relations
from tiaoli.population.sql.results import answers
from tiaoli.population.sql.simplifying import simplified
from tiaoli.population.sql.sources import Source, opened
from tiaoli.population.sql.views import Views
from tiaoli.population.sql.writing import Writer
from tiaoli.population.tables.facts import Facts
from tiaoli.rules.question import Question

__all__ = ["evaluate"]

_LONG = 400_000
"""Letters of a query from which on it is worked out in steps."""

_STEP = 60_000
"""Letters of one step: planning takes more than twice as long for twice as many."""


def evaluate(
    question: Plan | Question,
    source: Facts | Path | str | Any,
    on: datetime.date,
    *,
    backend: Any = None,
    subjects: str | None = None,
    staged: bool | None = None,
) -> Any:
    """
    The answers of ``question`` (no reading left open) on the day ``on``, as a table of Ibis: a row
    for each subject, or for each record that the question may be about.

    ``source`` is a folder of Parquet tables, Facts, or a connection of Ibis whose tables have the
    documented names and columns. ``backend`` is the connection that works it out, by default a
    DuckDB in this process. ``subjects`` is the kind of the subjects where the tables do not show
    it. ``staged``: in steps, with temporary tables; by default where the engine needs it.

    The columns: ``subject`` (and ``about``), ``outcome``, a truth for each clause (null: unknown),
    ``<figure>__low`` and ``<figure>__high`` for amounts, days under their own names.

    Raises NotForSql, with what to do, before anything is worked out.
    """
    if isinstance(question, Plan) and question.of is not None:
        raise ValueError("a plan whose terms are another question's is the kernel's own")
    found = opened(source, backend, subjects)
    return _run(question if isinstance(question, Plan) else plan(question), found, on, staged)


def _run(asked: Plan, source: Source, on: datetime.date, staged: bool | None) -> Any:
    engine = source.engine
    query, relations, last = written(asked, source, on)
    days = Days(source, on)
    for name, looked in relations.moving:
        engine.put(name, days.table(looked))
    done: frozenset[str] = frozenset()
    if staged or (staged is None and _must_be_staged(query, last, engine.dialect)):
        for name in query.steps(_STEP):
            engine.keep(name, query.text(name, done))
            done |= {name}
    return engine.view("answers", query.text(last, done))


def _must_be_staged(query: Query, last: str, dialect: Dialect) -> bool:
    return dialect.in_steps or len(query.text(last)) > _LONG


def written(asked: Plan, source: Source, on: datetime.date) -> tuple[Query, Relations, str]:
    """The query, and the part of it that gives the answers."""
    dialect = source.engine.dialect
    asked = simplified(asked, can_pick=dialect.can_pick)
    writer, query = Writer(dialect, on), Query(dialect, source.engine.own)
    views = Views(source, dialect)
    relations = Relations(asked, writer, views, query)
    rel = relations.written()
    last = query.add("answers", answers(asked, rel, writer), [rel.name])
    views.written(query)
    return query, relations, last
