"""The facts of dossiers, as columns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from tiaoli.facts.dossier import Dossier, Fact
from tiaoli.facts.kinds import Attribute, Kind, Label
from tiaoli.facts.problems import Problem
from tiaoli.facts.values import absent_value
from tiaoli.facts.vocabulary import find
from tiaoli.population.tables.facts import Facts
from tiaoli.population.tables.files import checked
from tiaoli.population.tables.layout import (
    ID,
    INCOMPLETE,
    SUBJECT,
    arrow_type,
    mark_of,
    own_column,
)
from tiaoli.population.tables.problems import FactsError
from tiaoli.population.tables.records import cell_of, limit_on

__all__ = ["from_dossiers"]


def from_dossiers(dossiers: Iterable[Dossier], *, subjects: str = "practitioner") -> Facts:
    """
    The facts of ``dossiers``, without loss: ``Facts.dossier`` gives each of them back. Where there
    are no dossiers, ``subjects`` is the kind of the subjects that there are none of.

    Raises FactsError where the subjects are of several kinds or share an id, and where a value
    is beyond what a column holds (days, decimal places, amounts; see ``layout``).
    """
    problems: list[Problem] = []
    rows: defaultdict[str, list[tuple[str, Fact]]] = defaultdict(list)
    incomplete: dict[str, list[str]] = {}
    kinds: dict[str, str] = {}
    for dossier in dossiers:
        subject = dossier.subject
        if subject.id in incomplete:
            problems.append(Problem(subject.id, _two_dossiers(subject.id)))
        incomplete[subject.id] = sorted(dossier.incomplete)
        kinds.setdefault(subject.kind, subject.id)
        for fact in (subject, *dossier.facts):
            rows[fact.kind].append((subject.id, fact))
    if len(kinds) > 1:
        problems.append(Problem("dossiers", _several_kinds(kinds)))
    own = next(iter(kinds), subjects)
    rows.setdefault(own, [])
    tables = {name: _table(find(name), of, problems) for name, of in rows.items()}
    if problems:
        raise FactsError(problems)
    told = [incomplete[whose] if fact.id == whose else None for whose, fact in rows[own]]
    if any(told):
        tables[own] = tables[own].append_column(INCOMPLETE, pa.array(told, pa.list_(pa.string())))
    return checked(tables, {name: name for name in tables}, subjects=own)


def _two_dossiers(subject: str) -> Label:
    return Label(
        f"有兩份卷宗的當事人編號都是「{subject}」。請合成一份，或換一個編號。",
        f'Two dossiers have a subject with the id "{subject}". Make one of them, or choose '
        "another id.",
    )


def _several_kinds(kinds: Mapping[str, str]) -> Label:
    listed = [f"{kind}（{subject}）" for kind, subject in kinds.items()]
    named = [f"{kind} ({subject})" for kind, subject in kinds.items()]
    return Label(
        f"一個母體只能有一種當事人；這裡有{'、'.join(listed)}。請分開轉成欄位。",
        f"A population has subjects of one kind; here are {', '.join(named)}. "
        "Make columns of each kind by itself.",
    )


def _table(kind: Kind, rows: Sequence[tuple[str, Fact]], problems: list[Problem]) -> Any:
    """The records of one kind. What nobody tells has no column."""
    columns = {
        SUBJECT: pa.array([whose for whose, _ in rows], pa.string()),
        ID: pa.array([fact.id for _, fact in rows], pa.string()),
    }
    for attribute in kind.attributes.values():
        columns |= _columns(attribute, rows, problems)
    tiers = [int(fact.tier) for _, fact in rows]
    if set(tiers) - {1}:
        columns[own_column(kind, "tier")] = pa.array(tiers, pa.int8())
    places = [fact.place or None for _, fact in rows]
    if any(places):
        columns[own_column(kind, "place")] = pa.array(places, pa.string())
    return pa.table(columns)


def _columns(
    attribute: Attribute, rows: Sequence[tuple[str, Fact]], problems: list[Problem]
) -> dict[str, Any]:
    cells, marks = [], []
    for whose, fact in rows:
        value = fact.values.get(attribute.name, absent_value(attribute))
        beyond = limit_on(attribute, value)
        if beyond is not None:
            problems.append(Problem(f"{whose} · {fact.id} · {attribute.name}", beyond))
        cell, mark = cell_of(attribute, None if beyond else value)
        cells.append(cell)
        marks.append(mark)
    columns: dict[str, Any] = {}
    if any(cell is not None for cell in cells):
        columns[attribute.name] = pa.array(cells, arrow_type(attribute))
    if any(marks):
        columns[mark_of(attribute)] = pa.array(marks, pa.bool_())
    return columns
