"""What is looked at in one table: the same as in a dossier that is read, column by column."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tiaoli.facts.kinds import Attribute, Kind, Label, Type
from tiaoli.facts.options import no_such_option
from tiaoli.facts.problems import Problem, expected
from tiaoli.facts.records import ends_early, misnamed
from tiaoli.facts.vocabulary import KINDS
from tiaoli.population.tables.layout import (
    AMOUNTS_BELOW,
    FIRST_DAY,
    ID,
    INCOMPLETE,
    LAST_DAY,
    SUBJECT,
    mark_of,
    own_column,
)
from tiaoli.population.tables.order import combined
from tiaoli.population.tables.problems import at_rows, found_at
from tiaoli.population.tables.records import amount_limit, day_limit

__all__ = ["check_table"]

_CONTROL: Final = r"[^\P{Cc}\t\r\n]"
"""As in a dossier: control characters, apart from those that part lines and columns."""

_MOMENTS_FROM: Final = pa.scalar(FIRST_DAY).cast(pa.timestamp("s"))
_MOMENTS_TO: Final = pa.scalar(LAST_DAY).cast(pa.timestamp("s"))
_A_DAY: Final = pa.scalar(86400, pa.duration("s"))


def check_table(source: str, kind: Kind, table: Any) -> list[Problem]:
    """Everything that is wrong with the cells of ``table``, whose columns have their types."""
    problems = [p for name in (SUBJECT, ID) for p in _identity(source, name, table[name])]
    for attribute in kind.attributes.values():
        if attribute.name in table.column_names:
            problems += _CHECKS[attribute.type](source, attribute, table[attribute.name])
            problems += _said_twice(source, attribute, table)
    problems += _tiers(source, own_column(kind, "tier"), table)
    problems += _kinds(source, table)
    return problems + _out_of_order(source, kind, table)


# --- Texts -------------------------------------------------------------------------------


def _identity(source: str, name: str, column: Any) -> Iterator[Problem]:
    yield from at_rows(source, name, found_at(column.is_null()), _no_id(name))
    yield from _unclean(source, name, column)


def _no_id(name: str) -> Label:
    what = Label("當事人編號", "the id of the subject") if name == SUBJECT else _RECORD_ID
    return Label(
        f"每一列都要有{what.zh}；這裡是空的。請補上。",
        f"Every row has {what.en}; here there is none. Add it.",
    )


_RECORD_ID: Final = Label("紀錄編號", "the id of the record")


def _unclean(source: str, name: str, column: Any) -> Iterator[Problem]:
    """Texts that no dossier can hold. Each text is looked at once, however often it stands."""
    texts = column.unique()
    for wrong, says in (
        (pc.match_substring_regex(texts, _CONTROL), _CONTROL_CHARACTERS),
        (_padded(texts), _PADDED),
    ):
        if len(bad := texts.filter(wrong)):
            yield from at_rows(source, name, found_at(pc.is_in(column, value_set=bad)), says)


def _padded(texts: Any) -> Any:
    return pc.or_(pc.not_equal(pc.utf8_trim_whitespace(texts), texts), pc.equal(texts, ""))


_CONTROL_CHARACTERS: Final = Label(
    "文字裡有看不見的控制字元。請重新輸入這一格。",
    "The text holds invisible control characters. Type it again.",
)
_PADDED: Final = Label(
    "文字是空的，或前後有空白。請去掉空白；沒有文字時請留空（null）。",
    "The text is empty, or has space around it. Take the space away; of no text make a null.",
)


def _texts(source: str, attribute: Attribute, column: Any) -> Iterator[Problem]:
    yield from _unclean(source, attribute.name, column)


def _each_text(source: str, attribute: Attribute, column: Any) -> Iterator[Problem]:
    items, rows = _items(column)
    yield from at_rows(source, attribute.name, rows[found_at(items.is_null())], _EMPTY_ITEM)
    for wrong, says in (
        (pc.match_substring_regex(items, _CONTROL), _CONTROL_CHARACTERS),
        (_padded(items), _PADDED),
    ):
        yield from at_rows(source, attribute.name, rows[found_at(wrong)], says)


_EMPTY_ITEM: Final = Label(
    "清單裡有空的一項（null）。請刪去或補上。",
    "An item of the list is null. Take it away, or add what it is.",
)


def _items(column: Any) -> tuple[Any, Any]:
    """The items of all lists, and the row that each is in."""
    lists = combined(column)
    lengths = pc.list_value_length(lists).fill_null(0).to_numpy()
    return pc.list_flatten(lists), np.repeat(np.arange(len(lists)), lengths)


# --- Options -----------------------------------------------------------------------------


def _option(source: str, attribute: Attribute, column: Any) -> Iterator[Problem]:
    yield from _options_in(source, attribute, combined(column), np.arange(len(column)))


def _each_option(source: str, attribute: Attribute, column: Any) -> Iterator[Problem]:
    items, rows = _items(column)
    yield from at_rows(source, attribute.name, rows[found_at(items.is_null())], _EMPTY_ITEM)
    yield from _options_in(source, attribute, items, rows)


def _options_in(source: str, attribute: Attribute, items: Any, rows: Any) -> Iterator[Problem]:
    """One problem for each word that is no option."""
    words = items.unique().drop_null()
    known = pa.array(attribute.option_names, pa.string())
    for word in words.filter(pc.invert(pc.is_in(words, value_set=known))).to_pylist():
        says = no_such_option(attribute, word).says
        yield from at_rows(source, attribute.name, rows[found_at(pc.equal(items, word))], says)


# --- Amounts and days --------------------------------------------------------------------


def _amounts(source: str, attribute: Attribute, column: Any) -> Iterator[Problem]:
    zh, en = "零以上的數量", "an amount of zero or more"
    below = found_at(pc.less(column, 0))
    yield from _first_of(
        source,
        attribute,
        column,
        below,
        lambda found: expected(attribute, zh, en, found).says,
        what="below",
    )
    above = found_at(pc.greater_equal(column, pa.scalar(AMOUNTS_BELOW)))
    yield from _first_of(
        source, attribute, column, above, lambda found: amount_limit(attribute, found)
    )


def _first_of(
    source: str,
    attribute: Attribute,
    column: Any,
    rows: Any,
    says: Callable[[object], Label],
    *,
    what: str = "limit",
) -> list[Problem]:
    """The problem of ``rows``, with what was found in the first of them."""
    if len(rows) == 0:
        return []
    found = column[int(rows[0])].as_py()
    return at_rows(source, attribute.name, rows, says(found), what=what)


def _days(source: str, attribute: Attribute, column: Any) -> Iterator[Problem]:
    outside = pc.or_(pc.less(column, FIRST_DAY), pc.greater(column, LAST_DAY))
    yield from _first_of(
        source, attribute, column, found_at(outside), lambda day: day_limit(attribute, day)
    )


def _moments(source: str, attribute: Attribute, column: Any) -> Iterator[Problem]:
    after = pc.greater_equal(column, pc.add(_MOMENTS_TO, _A_DAY))
    outside = found_at(pc.or_(pc.less(column, _MOMENTS_FROM), after))
    yield from _first_of(
        source, attribute, column, outside, lambda found: day_limit(attribute, found)
    )


def _nothing(_source: str, _attribute: Attribute, _column: Any) -> Iterator[Problem]:
    return iter(())


_CHECKS: Final[dict[Type, Callable[[str, Attribute, Any], Iterator[Problem]]]] = {
    Type.TEXT: _texts,
    Type.REFERENCE: _texts,
    Type.TEXTS: _each_text,
    Type.CHOICE: _option,
    Type.CHOICES: _each_option,
    Type.WHOLE: _amounts,
    Type.NUMBER: _amounts,
    Type.DURATION: _amounts,
    Type.DAY: _days,
    Type.MOMENT: _moments,
    Type.YES_NO: _nothing,
}


# --- The record as a whole ---------------------------------------------------------------


def _said_twice(source: str, attribute: Attribute, table: Any) -> list[Problem]:
    mark = mark_of(attribute)
    if mark not in table.column_names:
        return []
    rows = found_at(pc.and_(table[mark], table[attribute.name].is_valid()))
    says = Label(
        f"「{attribute.label.zh}」有值，{mark} 卻又標記。請兩者留一。",
        f'"{attribute.label.en}" has a value, and {mark} is true as well. Keep one of the two.',
    )
    return at_rows(source, mark, rows, says)


def _tiers(source: str, name: str, table: Any) -> list[Problem]:
    if name not in table.column_names:
        return []
    wrong = pc.or_(pc.less(table[name], 1), pc.greater(table[name], 3))
    says = Label(
        "佐證程度是 1（自行申報）、2（附有文件）或 3（已向來源查證）。請改正。",
        "The tier is 1 (claimed), 2 (documented) or 3 (verified at the source). Correct it.",
    )
    return at_rows(source, name, found_at(wrong), says)


def _kinds(source: str, table: Any) -> Iterator[Problem]:
    if INCOMPLETE not in table.column_names:
        return
    items, rows = _items(table[INCOMPLETE])
    yield from at_rows(source, INCOMPLETE, rows[found_at(items.is_null())], _EMPTY_ITEM)
    words = items.unique().drop_null()
    unknown = words.filter(pc.invert(pc.is_in(words, value_set=pa.array(KINDS))))
    for word in unknown.to_pylist():
        says = misnamed("紀錄種類", "kind of record", word, KINDS)
        yield from at_rows(source, INCOMPLETE, rows[found_at(pc.equal(items, word))], says)


def _out_of_order(source: str, kind: Kind, table: Any) -> list[Problem]:
    """Periods that end before they start."""
    if kind.happens is None or kind.ends is None:
        return []
    if not {kind.happens, kind.ends} <= set(table.column_names):
        return []
    start, end = table[kind.happens], table[kind.ends]
    rows = found_at(pc.less(end, start))
    if len(rows) == 0:
        return []
    one = int(rows[0])
    return at_rows(source, kind.ends, rows, ends_early(kind, start[one], end[one]), what="early")
