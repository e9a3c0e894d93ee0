"""One record in the values of a dossier, and the same record in the cells of its row."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from tiaoli.facts.dossier import Fact, Tier
from tiaoli.facts.kinds import NONE, Attribute, Kind, Label, Type
from tiaoli.facts.problems import shown
from tiaoli.facts.values import absent_value
from tiaoli.population.tables.layout import (
    AMOUNTS_BELOW,
    FIRST_DAY,
    ID,
    LAST_DAY,
    PLACES,
    mark_of,
    own_column,
)

__all__ = ["amount_limit", "cell_of", "day_limit", "limit_on", "place_limit", "records_of"]

_MILLIONTH: Final = Decimal(1).scaleb(-PLACES)


def records_of(kind: Kind, table: Any) -> list[Fact]:
    """The records of ``kind`` in the rows of ``table``."""
    rows = table.num_rows
    columns = {name: table[name].to_pylist() for name in table.column_names}
    empty: list[Any] = [None] * rows
    tiers, places = own_column(kind, "tier"), own_column(kind, "place")
    values = {
        name: _values(attribute, columns.get(name, empty), columns.get(mark_of(attribute), empty))
        for name, attribute in kind.attributes.items()
    }
    return [
        Fact(
            columns[ID][n],
            kind.name,
            {name: of[n] for name, of in values.items()},
            Tier(columns.get(tiers, empty)[n] or Tier.CLAIMED),
            columns.get(places, empty)[n] or "",
        )
        for n in range(rows)
    ]


def _values(attribute: Attribute, cells: Sequence[Any], marks: Sequence[Any]) -> list[Any]:
    usual = absent_value(attribute)
    other = None if usual is NONE else NONE
    return [
        (other if mark else usual) if cell is None else _value(attribute, cell)
        for cell, mark in zip(cells, marks, strict=True)
    ]


def _value(attribute: Attribute, cell: Any) -> Any:
    match attribute.type:
        case Type.TEXTS:
            return tuple(cell)
        case Type.CHOICES:
            return tuple(name for name in attribute.option_names if name in cell)
        case Type.NUMBER:
            whole = cell.to_integral_value()
            return whole if whole == cell else cell.normalize()
    return cell


def cell_of(attribute: Attribute, value: Any) -> tuple[Any, bool]:
    """The cell for ``value``, and its mark. Only within the limits, see ``limit_on``."""
    if value is None or value is NONE:
        return None, value is not absent_value(attribute)
    match attribute.type:
        case Type.TEXTS | Type.CHOICES:
            return list(value), False
        case Type.NUMBER:
            return Decimal(value).quantize(_MILLIONTH), False
    return value, False


def limit_on(attribute: Attribute, value: Any) -> Label | None:
    """Why ``value``, which a dossier may well hold, cannot be held in a column."""
    if value is None or value is NONE:
        return None
    match attribute.type:
        case Type.WHOLE | Type.DURATION | Type.NUMBER:
            if abs(value) >= AMOUNTS_BELOW:
                return amount_limit(attribute, value)
            if Decimal(value) != round(Decimal(value), PLACES):
                return place_limit(attribute, value)
        case Type.MOMENT if value.microsecond:
            return second_limit(attribute, value)
        case Type.DAY | Type.MOMENT:
            day = datetime.date(value.year, value.month, value.day)
            return None if FIRST_DAY <= day <= LAST_DAY else day_limit(attribute, value)
    return None


def amount_limit(attribute: Attribute, found: object) -> Label:
    label, most = attribute.label, f"{AMOUNTS_BELOW:,}"
    return Label(
        f"欄位存不下的數量：「{label.zh}」要小於 {most}；這裡是「{shown(found)}」。請查明單位。",
        f'A column holds amounts below {most}; "{label.en}" is "{shown(found)}". Check the unit.',
    )


def place_limit(attribute: Attribute, found: object) -> Label:
    label = attribute.label
    return Label(
        f"欄位只存小數 {PLACES} 位；「{label.zh}」是「{shown(found)}」。請寫到第 {PLACES} 位為止。",
        f'A column holds {PLACES} decimal places; "{label.en}" is "{shown(found)}". '
        f"Write no more than {PLACES}.",
    )


def second_limit(attribute: Attribute, found: object) -> Label:
    label = attribute.label
    return Label(
        f"欄位的時刻只存到秒；「{label.zh}」是「{shown(found)}」。請寫到秒為止。",
        f'A column holds moments to the second; "{label.en}" is "{shown(found)}". '
        "Write whole seconds.",
    )


def day_limit(attribute: Attribute, found: object) -> Label:
    label = attribute.label
    return Label(
        f"欄位只存 {FIRST_DAY} 至 {LAST_DAY} 的日期；「{label.zh}」是「{shown(found)}」。"
        "請查明年份。",
        f'A column holds days from {FIRST_DAY} to {LAST_DAY}; "{label.en}" is "{shown(found)}". '
        "Check the year.",
    )
