"""
Columns as plain numbers. The least number of an integer type says that the value is not known, the
one after it that there is none; every other is a value.

| type | numbers |
|---|---|
| DAY | int32, ``date.toordinal`` |
| MOMENT | int64, seconds since 0001-01-01 00:00 |
| YES_NO | int8, 0 or 1 |
| CHOICE | int16, place of the option in ``Attribute.option_names`` |
| CHOICES | int64, one bit for each option |
| TEXT, REFERENCE | int32, code in the texts of the population |
| WHOLE, DURATION | int64 |
| NUMBER | int64, millionths |
| TEXTS | ``Lists``: codes of each row, and a state for each row |
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tiaoli.facts.kinds import Absent, Attribute, Type
from tiaoli.population.tables.layout import PLACES
from tiaoli.population.tables.order import combined
from tiaoli.population.tables.texts import Texts

__all__ = ["NO_ROW", "Lists", "encoded", "none_of", "number_type", "unknown_of"]

NO_ROW: Final = -1
"""No such record, where a row is named."""

GIVEN, UNKNOWN, NONE = 0, 1, 2
"""The states of a list."""

_EPOCH: Final = 719_163  # date(1970, 1, 1).toordinal()
_A_DAY: Final = 86_400
_NUMBERS: Final = {
    Type.DAY: np.int32,
    Type.MOMENT: np.int64,
    Type.YES_NO: np.int8,
    Type.CHOICE: np.int16,
    Type.CHOICES: np.int64,
    Type.TEXT: np.int32,
    Type.REFERENCE: np.int32,
    Type.WHOLE: np.int64,
    Type.DURATION: np.int64,
    Type.NUMBER: np.int64,
}


@dataclass(frozen=True, slots=True, eq=False)
class Lists:
    """
    Lists of texts: those of row ``n`` are ``codes[offsets[n]:offsets[n + 1]]``. ``states`` says of
    each row whether the list is given (0), not known (1) or none (2).
    """

    offsets: Any
    codes: Any
    states: Any

    @property
    def nbytes(self) -> int:
        return int(self.offsets.nbytes + self.codes.nbytes + self.states.nbytes)


def number_type(of: Type) -> Any:
    """The numpy type of the numbers for values of ``of``; lists of texts have none."""
    return np.dtype(_NUMBERS[of])


def unknown_of(of: Type) -> int:
    """The number that says that a value of ``of`` is not known."""
    return int(np.iinfo(number_type(of)).min)


def none_of(of: Type) -> int:
    """The number that says that there is no value of ``of``."""
    return unknown_of(of) + 1


def encoded(attribute: Attribute, column: Any, mark: Any, rows: int, texts: Texts) -> Any:
    """The numbers of ``column``, as it stands. Without one, what leaving it out means."""
    if attribute.type is Type.TEXTS:
        return _lists(attribute, column, mark, rows, texts)
    usual, other = unknown_of(attribute.type), none_of(attribute.type)
    if attribute.absent is Absent.NONE:
        usual, other = other, usual
    if column is None:
        numbers = np.full(rows, usual, dtype=number_type(attribute.type))
    else:
        whole = combined(column)
        numbers = _plain(attribute, whole, texts).astype(number_type(attribute.type), copy=True)
        numbers[whole.is_null().to_numpy(zero_copy_only=False)] = usual
    if mark is not None:
        numbers[_marked(mark)] = other
    return numbers


def _marked(mark: Any) -> Any:
    return combined(mark).fill_null(False).to_numpy(zero_copy_only=False)


def _plain(attribute: Attribute, column: Any, texts: Texts) -> Any:
    """The numbers of the values that are given; what stands for the others does not matter."""
    match attribute.type:
        case Type.DAY:
            return _integers(column.cast(pa.int32())) + np.int32(_EPOCH)
        case Type.MOMENT:
            return _integers(column.cast(pa.int64())) + (_EPOCH - 1) * _A_DAY
        case Type.YES_NO:
            return _integers(column.cast(pa.int8()))
        case Type.CHOICE:
            names = pa.array(attribute.option_names, pa.string())
            return _integers(pc.index_in(column, value_set=names))
        case Type.CHOICES:
            return _bits(attribute, column)
        case Type.NUMBER:
            return _millionths(column)
        case Type.TEXT | Type.REFERENCE:
            return texts.codes(column)
    return _integers(column)


def _integers(column: Any) -> Any:
    return column.fill_null(0).to_numpy(zero_copy_only=False)


def _millionths(column: Any) -> Any:
    """A decimal of six places is a whole number of 128 bits, and fits in the lower 64."""
    assert column.type == pa.decimal128(18, PLACES)
    halves = np.frombuffer(column.buffers()[1] or b"", dtype="<i8").reshape(-1, 2)
    return halves[column.offset : column.offset + len(column), 0]


def _bits(attribute: Attribute, column: Any) -> Any:
    bits = np.zeros(len(column), dtype=np.int64)
    lengths = pc.list_value_length(column).fill_null(0).to_numpy()
    rows = np.repeat(np.arange(len(column)), lengths)
    names = pa.array(attribute.option_names, pa.string())
    chosen = _integers(pc.index_in(pc.list_flatten(column), value_set=names))
    for place in range(len(names)):
        bits[rows[chosen == place]] |= np.int64(1 << place)
    return bits


def _lists(attribute: Attribute, column: Any, mark: Any, rows: int, texts: Texts) -> Lists:
    usual, other = (NONE, UNKNOWN) if attribute.absent is Absent.NONE else (UNKNOWN, NONE)
    if column is None:
        lengths = np.zeros(rows, dtype=np.int64)
        codes = np.zeros(0, dtype=np.int32)
        states = np.full(rows, usual, dtype=np.int8)
    else:
        lists = combined(column)
        lengths = pc.list_value_length(lists).fill_null(0).to_numpy()
        codes = texts.codes(pc.list_flatten(lists))
        null = lists.is_null().to_numpy(zero_copy_only=False)
        states = np.where(null, usual, GIVEN).astype(np.int8)
    if mark is not None:
        states[_marked(mark)] = other
    return Lists(np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64), codes, states)
