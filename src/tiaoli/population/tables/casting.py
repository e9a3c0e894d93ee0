"""
Columns as somebody wrote them, made into the types of the layout; what cannot be is told by row.

A column of the right family is taken where nothing is lost: a shorter integer, microseconds that
are all zero, a dictionary of texts. Nothing is guessed: a text is no number, and a binary fraction
is no decimal one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as pt

from tiaoli.facts.kinds import Label
from tiaoli.facts.problems import Problem
from tiaoli.population.tables.layout import AMOUNTS_BELOW, PLACES
from tiaoli.population.tables.problems import at_rows, found_at

__all__ = ["named_type", "typed"]

_MOST, _LEAST = pa.scalar(AMOUNTS_BELOW), pa.scalar(-AMOUNTS_BELOW)
_WIDE: Final = pa.decimal128(38, PLACES)
_NAMES: Final = {
    pa.string(): Label("文字（string）", "string"),
    pa.list_(pa.string()): Label("文字的清單（list<string>）", "list<string>"),
    pa.int64(): Label("整數（int64）", "int64"),
    pa.int8(): Label("整數（int8）", "int8"),
    pa.decimal128(18, PLACES): Label(
        f"十進位小數（decimal128(18, {PLACES})）", f"decimal128(18, {PLACES})"
    ),
    pa.bool_(): Label("是否（bool）", "bool"),
    pa.date32(): Label("日期（date32）", "date32"),
    pa.timestamp("s"): Label(
        "台北時間、不帶時區的時刻（timestamp[s]）", "timestamp[s] in Taipei, without a zone"
    ),
}


def named_type(wanted: Any) -> Label:
    return _NAMES[wanted]


@dataclass(frozen=True, slots=True)
class _Family:
    """Types that may stand for another where nothing is lost, and which rows would lose."""

    takes: Callable[[Any], bool]
    loses: Callable[[Any], Any] | None = None


def _is_text(given: Any) -> bool:
    if pt.is_dictionary(given):
        return _is_text(given.value_type)
    return bool(pt.is_string(given) or pt.is_large_string(given) or pt.is_string_view(given))


def _is_texts(given: Any) -> bool:
    listed = pt.is_list(given) or pt.is_large_list(given) or pt.is_fixed_size_list(given)
    return listed and (_is_text(given.value_type) or pt.is_null(given.value_type))


def _is_number(given: Any) -> bool:
    return bool(pt.is_decimal(given) or pt.is_integer(given))


def _is_moment(given: Any) -> bool:
    return bool(pt.is_timestamp(given) and given.tz is None)


def _out_of_reach(column: Any) -> Any:
    """Numbers too large, or with more decimal places than are held."""
    if pt.is_decimal(column.type):
        column = column.cast(pa.decimal256(76, column.type.scale))
    too_large = pc.or_(pc.greater_equal(column, _MOST), pc.less_equal(column, _LEAST))
    if not pt.is_decimal(column.type) or column.type.scale <= PLACES:
        return too_large
    return pc.or_(too_large, pc.not_equal(pc.round(column, ndigits=PLACES), column))


def _parts_of_a_second(column: Any) -> Any:
    return pc.not_equal(pc.floor_temporal(column, unit="second"), column)


_FAMILIES: Final = {
    pa.string(): _Family(_is_text),
    pa.list_(pa.string()): _Family(_is_texts),
    pa.int64(): _Family(pt.is_integer),
    pa.int8(): _Family(pt.is_integer, lambda column: pc.greater(column, 127)),
    pa.decimal128(18, PLACES): _Family(_is_number, _out_of_reach),
    pa.bool_(): _Family(pt.is_boolean),
    pa.date32(): _Family(pt.is_date),
    pa.timestamp("s"): _Family(_is_moment, _parts_of_a_second),
}


def typed(source: str, name: str, column: Any, wanted: Any) -> tuple[Any | None, list[Problem]]:
    """``column`` in the type ``wanted``, or None and why not."""
    if column.type == wanted:
        return column, []
    if pt.is_null(column.type):
        return column.cast(wanted), []
    family = _FAMILIES[wanted]
    if not family.takes(column.type):
        return None, [Problem(f"{source} · {name}", _wrong_type(wanted, column.type))]
    if family.loses is not None and len(rows := found_at(family.loses(column))):
        found = column[int(rows[0])].as_py()
        return None, at_rows(source, name, rows, _would_lose(wanted, found), what="loss")
    return _cast(column, wanted), []


def _cast(column: Any, wanted: Any) -> Any:
    if wanted == pa.decimal128(18, PLACES):
        return column.cast(_WIDE).cast(wanted)
    if pt.is_dictionary(column.type):
        return column.cast(column.type.value_type).cast(wanted)
    return column.cast(wanted)


def _wrong_type(wanted: Any, found: Any) -> Label:
    name = named_type(wanted)
    return Label(
        f"這一欄要是{name.zh}；檔案裡是 {found}。請依欄位說明改寫這一欄。",
        f"This column is {name.en}; the file has {found}. Write it as the layout says.",
    )


def _would_lose(wanted: Any, found: object) -> Label:
    name = named_type(wanted)
    return Label(
        f"「{found}」放不進{name.zh}，會失去位數。請改正數值或精度。",
        f'"{found}" does not fit {name.en} without loss. Correct the value or its precision.',
    )
