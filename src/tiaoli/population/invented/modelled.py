"""
Subjects made after a model, of which everything is in order, each with slips of its own: so that
there are some who meet even what asks for hundreds of records at once, and some who miss by one.
"""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tiaoli.facts.kinds import Kind, Type
from tiaoli.facts.reading import read_dossier
from tiaoli.facts.vocabulary import find
from tiaoli.population.invented.days import add_months
from tiaoli.population.invented.rows import stream
from tiaoli.population.tables import Facts, from_dossiers
from tiaoli.population.tables.layout import ID, SUBJECT

__all__ = ["Model", "after_model"]

_SLIPS: Final = (0.0, 0.0005, 0.002, 0.01, 0.03)
"""One of these is the share of records that a subject lacks, and of cells in which it slipped."""
_WHOLE_COLUMNS: Final = 5
"""So many times as often a subject slips in one attribute of all records of a kind."""
_GIVEN_UP: Final = (0, 0, 1, 6, 20)
"""One of these is how many groups of records a subject does without, beside that."""
_LOST: Final = 0.3
"""The share of slips that leave a cell empty."""


@dataclass(frozen=True, slots=True)
class Model:
    """
    ``file``: in ``recipes``, what is in order on the day ``on`` that it names. ``share``: of how
    many subjects it is the model. Records whose ids are alike up to a hyphen are a group; some
    subjects do without some groups, or, with ``instead``, have another value in its records.
    """

    file: str
    share: float
    instead: Mapping[str, tuple[str, str | int]] = field(default_factory=dict)


def after_model(model: Model, who: Any, seed: int, on: datetime.date) -> Facts:
    """Subjects called as ``who`` says, made after ``model`` as it would be on the day ``on``."""
    whole = _as_of(model, on)
    slips = np.array(_SLIPS)[stream(seed, "model").integers(0, len(_SLIPS), len(who))]
    groups = _groups(whole)
    many = np.array(_GIVEN_UP)[stream(seed, "model", "given up").integers(0, 5, len(who))]
    chance = stream(seed, "model", "which").random((len(who), len(groups)))
    given_up = chance < (many / len(groups))[:, None]
    own = _copied(find(whole.subject_kind), whole.subjects, slips, seed)
    own = own.set_column(own.column_names.index(SUBJECT), SUBJECT, who)
    own = own.set_column(own.column_names.index(ID), ID, who)
    records = {}
    for kind, table in whole.records.items():
        made = _copied(find(kind), table, slips, seed)
        owner = made[SUBJECT].to_numpy()
        of = np.array([groups[kind, _group(id_)] for id_ in made[ID].to_pylist()])
        without = given_up[owner, of]
        made = made.set_column(made.column_names.index(SUBJECT), SUBJECT, who.take(pa.array(owner)))
        if kind in model.instead:
            records[kind] = _instead(made, *model.instead[kind], without)
        else:
            lacking = stream(seed, "model", kind).random(len(owner)) < slips[owner]
            records[kind] = made.filter(pa.array(~(without | lacking)))
    return Facts(whole.subject_kind, own, records)


def _groups(whole: Facts) -> dict[tuple[str, str], int]:
    """A number for each group of records."""
    ids = ((kind, name) for kind, of in whole.records.items() for name in of[ID].to_pylist())
    names = dict.fromkeys((kind, _group(name)) for kind, name in ids)
    return {name: number for number, name in enumerate(names)}


def _group(name: str) -> str:
    return name.rpartition("-")[0] or name


def _instead(table: Any, attribute: str, value: str | int, where: Any) -> Any:
    column = table[attribute].combine_chunks()
    chosen = pc.if_else(pa.array(where), pa.scalar(value, column.type), column)
    return table.set_column(table.column_names.index(attribute), attribute, chosen)


def _as_of(model: Model, on: datetime.date) -> Facts:
    """The model as columns, every day as far from ``on`` as it is from the model's own."""
    text = files("tiaoli.population.invented.recipes").joinpath(model.file)
    told = tomllib.loads(text.read_text(encoding="utf-8"))
    given = [*told["facts"], *(fact for again in told["series"] for fact in _again(again))]
    facts = from_dossiers([read_dossier({"subject": told["subject"], "facts": given})])
    later = (on - datetime.date.fromisoformat(told["on"])).days
    own = _later(facts.subjects, later)
    records = {kind: _later(table, later) for kind, table in facts.records.items()}
    return Facts(facts.subject_kind, own, records)


def _again(series: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    first = datetime.date.fromisoformat(series["first"]).toordinal()
    later = np.arange(series["times"]) * series["months"]
    for n, ordinal in enumerate(add_months(np.full(len(later), first), later), 1):
        day = datetime.date.fromordinal(int(ordinal)).isoformat()
        fact = series["fact"]
        yield {**fact, "id": f"{fact['id']}-{n}", **dict.fromkeys(series["days"], day)}


def _later(table: Any, days: int) -> Any:
    for place, column in enumerate(table.schema):
        if pa.types.is_date32(column.type):
            moved = pc.add(table[column.name].cast(pa.int32()), pa.scalar(days, pa.int32()))
            table = table.set_column(place, column.name, moved.cast(pa.date32()))
    return table


def _copied(kind: Kind, table: Any, slips: Any, seed: int) -> Any:
    """The rows of ``table`` once for each of ``slips``, whose numbers stand as SUBJECT."""
    row = np.tile(np.arange(len(table)), len(slips))
    owner = np.repeat(np.arange(len(slips)), len(table))
    columns = {SUBJECT: pa.array(owner)}
    for name in table.column_names:
        column = table[name].combine_chunks()
        attribute = kind.attributes.get(name)
        if name == SUBJECT:
            continue
        if attribute is None or attribute.type is Type.REFERENCE:
            columns[name] = column.take(pa.array(row))
            continue
        random = stream(seed, "model", kind.name, name)
        everywhere = random.random(len(slips)) < slips * _WHOLE_COLUMNS
        slipped = (random.random(len(row)) < slips[owner]) | everywhere[owner]
        lost = slipped & (random.random(len(row)) < _LOST)
        plain = column.take(pa.array(row))
        if attribute.type is Type.YES_NO:
            other = pc.invert(plain)
        elif attribute.type is Type.CHOICE:
            options = pa.array(attribute.option_names, pa.string())
            other = options.take(pa.array(random.integers(0, len(options), len(row))))
        else:
            other = column.take(pa.array(random.integers(0, len(column), len(row))))
        slipped &= column.is_valid().take(pa.array(row)).to_numpy(zero_copy_only=False)
        chosen = _chosen(plain, other, slipped)
        columns[name] = _chosen(chosen, pa.nulls(len(row), column.type), slipped & lost)
    return _in_order(kind, pa.table(columns))


def _chosen(plain: Any, other: Any, where: Any) -> Any:
    """``other`` where it is so, also of lists."""
    both = pa.concat_arrays([plain, other.cast(plain.type)])
    return both.take(pa.array(np.arange(len(plain)) + len(plain) * where))


def _in_order(kind: Kind, table: Any) -> Any:
    """No period that ends before it begins."""
    if kind.happens not in table.column_names or kind.ends not in table.column_names:
        return table
    start, end = table[kind.happens], table[kind.ends]
    before = pc.fill_null(pc.less(end, start), False)
    kept = pc.if_else(before, start, end)
    return table.set_column(table.column_names.index(kind.ends), kind.ends, kept)
