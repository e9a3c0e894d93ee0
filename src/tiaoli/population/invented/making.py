"""
Invented populations, made column by column: no person is looked at one by one.

Nobody in them exists. The shares are invented too: they are chosen so that every rule has somebody
on either side of it, and are no statement about any profession.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tiaoli.facts.kinds import Attribute, Kind, Type
from tiaoli.population.invented.modelled import after_model
from tiaoli.population.invented.recipe import Recipe, Sort
from tiaoli.population.invented.rows import Cells, Rows, stream
from tiaoli.population.tables import Facts, arrow_type, mark_of
from tiaoli.population.tables.layout import FIRST_DAY, ID, INCOMPLETE, LAST_DAY, SUBJECT, own_column

__all__ = ["made"]

_UNSAID: Final = 0.012
"""The share of cells of which nobody has said anything."""
_NONE: Final = 0.006
"""The share of cells of which it is known that there is no value."""
_MORE_MAY_EXIST: Final = 0.01
_ZEAL: Final = (0.15, 0.4, 0.7)
_SURE: Final = (0.0, 0.05, 0.25, 0.6)
"""Of each zeal, the share of those whose records are mostly in order."""
_FIRM: Final = 0.97
_EPOCH: Final = 719_163  # date(1970, 1, 1).toordinal()


def made(recipe: Recipe, number: int, seed: int, on: datetime.date) -> Facts:
    """``number`` subjects as ``recipe`` has them, the same for the same seed."""
    who = _who(number)
    after = int(number * recipe.model.share) if recipe.model else 0
    found = _drawn(recipe, who.slice(0, number - after), seed, on)
    if recipe.model and after:
        found = _beside(found, after_model(recipe.model, who.slice(number - after), seed, on))
    own = found.subjects.append_column(INCOMPLETE, _incomplete(recipe, number, seed))
    return Facts(found.subject_kind, own, found.records)


def _drawn(recipe: Recipe, who: Any, seed: int, on: datetime.date) -> Facts:
    number = len(who)
    zeal = np.searchsorted(_ZEAL, stream(seed, "zeal").random(number), side="right")
    sure = stream(seed, "sure").random(number) < np.array(_SURE)[zeal]
    tables: dict[str, list[Any]] = {}
    counts: dict[str, Any] = {}
    for sort in recipe.sorts:
        counts[sort.name] = _counts(sort, zeal, seed)
        rows = Rows(on, counts[sort.name], counts, _firm(sort, sure, counts[sort.name], seed))
        ids = _numbered(sort.name, rows)
        tables.setdefault(sort.kind.name, []).append(_table(sort, rows, who, ids, seed))
    subject = recipe.subject
    once = np.ones(number, np.int64)
    rows = Rows(on, once, counts, _firm(subject, sure, once, seed))
    own = _table(subject, rows, who, who, seed)
    records = {kind: _together(of) for kind, of in tables.items()}
    return Facts(subject.kind.name, own, records)


def _beside(some: Facts, others: Facts) -> Facts:
    """Two populations as one, ``others`` after ``some``."""
    kinds = dict.fromkeys((*some.records, *others.records))
    records = {
        kind: _together([of.records[kind] for of in (some, others) if kind in of.records])
        for kind in kinds
    }
    return Facts(some.subject_kind, _together([some.subjects, others.subjects]), records)


def _together(tables: list[Any]) -> Any:
    return pa.concat_tables(tables, promote_options="default")


def _who(number: int) -> Any:
    width = len(str(number))
    digits = pa.array(np.arange(1, number + 1)).cast(pa.string())
    padded = pc.utf8_lpad(digits, width, "0")
    return pc.binary_join_element_wise("p", padded, "")


def _numbered(name: str, rows: Rows) -> Any:
    pool = pa.array([f"{name}-{n}" for n in range(1, int(rows.counts.max(initial=0)) + 1)])
    return pool.cast(pa.string()).take(pa.array(rows.place))


def _firm(sort: Sort, sure: Any, counts: Any, seed: int) -> Any:
    whose = np.repeat(sure, counts)
    return whose & (stream(seed, sort.name, "firm").random(len(whose)) < _FIRM)


def _counts(sort: Sort, zeal: Any, seed: int) -> Any:
    random = stream(seed, sort.name, "count")
    most = np.array(sort.most)[zeal]
    if not sort.exact:
        less = random.integers(-1, 2, len(zeal)) * (most > 0)
        most = np.maximum(most + np.where(zeal == 3, np.abs(less), less), 0)
    return np.where(random.random(len(zeal)) < sort.share, most, 0)


def _incomplete(recipe: Recipe, number: int, seed: int) -> Any:
    """For one in a hundred, a kind of which more records may exist."""
    random = stream(seed, "incomplete")
    kinds = sorted({sort.kind.name for sort in recipe.sorts})
    open_ = random.random(number) < _MORE_MAY_EXIST
    named = pa.array(kinds).take(pa.array(random.integers(0, len(kinds), int(open_.sum()))))
    offsets = np.concatenate([[0], np.cumsum(open_)]).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), named)


def _table(sort: Sort, rows: Rows, who: Any, ids: Any, seed: int) -> Any:
    columns = {SUBJECT: who.take(pa.array(rows.owner)), ID: ids}
    for name, draw in sort.draws.items():
        attribute = sort.kind.attributes[name]
        rows.drawn[name] = draw(rows, attribute, stream(seed, sort.name, name))
    drawn = _in_order(sort.kind, rows.drawn)
    for name, cells in drawn.items():
        columns |= _columns(sort.kind, name, cells, rows, stream(seed, sort.name, name, "absent"))
    tiers = stream(seed, sort.name, "tier").integers(1, 4, rows.total)
    columns[own_column(sort.kind, "tier")] = pa.array(tiers.astype(np.int8))
    return pa.table(columns)


def _in_order(kind: Kind, drawn: Mapping[str, Cells]) -> dict[str, Cells]:
    """Days within the limits, and no period that ends before it begins."""
    found = dict(drawn)
    for name, cells in drawn.items():
        if kind.attributes[name].type is Type.DAY:
            kept = np.clip(cells.values, FIRST_DAY.toordinal(), LAST_DAY.toordinal())
            found[name] = Cells(kept, left_out=cells.left_out)
    if kind.happens in found and kind.ends in found:
        start, end = found[kind.happens], found[kind.ends]
        found[kind.ends] = Cells(np.maximum(start.values, end.values), left_out=end.left_out)
    return found


def _columns(
    kind: Kind, name: str, cells: Cells, rows: Rows, random: np.random.Generator
) -> dict[str, Any]:
    """The column, and the mark of what is absent in the other way."""
    attribute = kind.attributes[name]
    chance = random.random(rows.total)
    unsaid = chance < _UNSAID
    none = (chance >= _UNSAID) & (chance < _UNSAID + _NONE)
    if name in _ALWAYS.get(kind.name, ()):
        unsaid = none = np.zeros(rows.total, dtype=bool)
    usual, other = (none, unsaid) if attribute.absent.value == "none" else (unsaid, none)
    null = usual | other
    if cells.left_out is not None:
        null |= cells.left_out
    columns = {name: _column(attribute, cells, null)}
    if other.any():
        columns[mark_of(attribute)] = pa.array(other)
    return columns


_ALWAYS: Final = {"judgement": ("clause",)}
"""A ruling is on something."""


def _column(attribute: Attribute, cells: Cells, null: Any) -> Any:
    if cells.lengths is not None:
        return _lists(cells, null)
    pool = cells.pool or attribute.option_names
    if pool and attribute.type in (Type.TEXT, Type.REFERENCE, Type.CHOICE):
        return pa.array(pool, pa.string()).take(pa.array(cells.values, pa.int64(), mask=null))
    if attribute.type is Type.NUMBER:
        return _decimals(attribute, cells.values, null)
    numbers: Any = cells.values
    if attribute.type is Type.DAY:
        numbers = (numbers - _EPOCH).astype(np.int32)
    elif attribute.type is Type.MOMENT:
        numbers = numbers - (_EPOCH - 1) * 86_400
    elif attribute.type is Type.YES_NO:
        numbers = numbers.astype(bool)
    return pa.array(numbers, mask=null).cast(arrow_type(attribute))


def _lists(cells: Cells, null: Any) -> Any:
    """Lists with what they hold taken out where there is none."""
    kept = cells.values[np.repeat(~null, cells.lengths)]
    lengths = np.where(null, 0, cells.lengths)
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    items = pa.array(cells.pool, pa.string()).take(pa.array(kept))
    return pa.ListArray.from_arrays(pa.array(offsets), items, mask=pa.array(null))


def _decimals(attribute: Attribute, millionths: Any, null: Any) -> Any:
    """Whole millionths as decimals: 128 bits each, of which the upper half is the sign."""
    halves = np.stack([millionths, millionths >> 63], axis=1).astype("<i8")
    validity = pa.array(~null).buffers()[1]
    return pa.Array.from_buffers(
        arrow_type(attribute), len(millionths), [validity, pa.py_buffer(halves.tobytes())]
    )
