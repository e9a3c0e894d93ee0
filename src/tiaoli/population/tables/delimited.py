"""
The cells of a CSV file in the types of the layout, and columns as such cells.

Every cell is read as the text that it is; the layout says what it has to be. Days are written
2026-06-30, moments 2026-06-30 14:30:00, yes and no ``true`` and ``false``, durations in whole
minutes, lists with ``;`` between their parts, an empty list as ``[]``. An empty cell is null.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from tiaoli.facts.kinds import Label
from tiaoli.facts.problems import Problem
from tiaoli.population.tables.layout import PLACES
from tiaoli.population.tables.order import combined
from tiaoli.population.tables.problems import at_rows, found_at

__all__ = ["MARKS", "PARSING", "as_texts", "written", "wrote"]

MARKS: Final = ";；、"
"""Each of these parts the items of a list, as in a dossier."""

_EMPTY_LIST: Final = "[]"
_DAY: Final = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_MOMENT: Final = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[ T]([01][0-9]|2[0-3])(:[0-5][0-9]){1,2}$"
_MONTH_ENDS: Final = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
_A_DAY: Final = 86400

_SAYS: Final = {
    pa.int64(): Label("整數，例如 90", "a whole number such as 90"),
    pa.int8(): Label("1、2 或 3", "1, 2 or 3"),
    pa.decimal128(18, PLACES): Label(
        f"小數 {PLACES} 位以內的數字，例如 3.5",
        f"a number such as 3.5, of no more than {PLACES} decimal places",
    ),
    pa.bool_(): Label("true 或 false", "true or false"),
    pa.date32(): Label("日期，例如 2026-06-30", "a day such as 2026-06-30"),
    pa.timestamp("s"): Label(
        "台北時間的日期與時刻，例如 2026-06-30 14:30:00",
        "a day and time in Taipei such as 2026-06-30 14:30:00",
    ),
}


PARSING: Final = pyarrow.csv.ParseOptions(newlines_in_values=True)


def as_texts(path: Path) -> Any:
    """How a file is to be read: every cell as the text that it is; an empty one is null."""
    with pyarrow.csv.open_csv(path, parse_options=PARSING) as opened:
        names = opened.schema.names
    return pyarrow.csv.ConvertOptions(
        column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=True, null_values=[""]
    )


def written(source: str, name: str, cells: Any, wanted: Any) -> tuple[Any, list[Problem]]:
    """The texts ``cells`` in the type ``wanted``; those that are none are null, and told."""
    if wanted == pa.string():
        return cells, []
    if wanted == pa.list_(pa.string()):
        return pa.chunked_array([_listed(combined(cells))]), []
    cells = pc.utf8_trim_whitespace(cells)
    good = _SHAPES[wanted](cells)
    rows = found_at(pc.invert(good))
    says = _not(wanted, cells[int(rows[0])]) if len(rows) else _ANY
    problems = at_rows(source, name, rows, says, what="unreadable")
    kept = pc.if_else(good, cells, pa.scalar(None, pa.string()))
    return (_moments(kept) if wanted == pa.timestamp("s") else kept.cast(wanted)), problems


_ANY: Final = Label("", "")


def _not(wanted: Any, found: Any) -> Label:
    says = _SAYS[wanted]
    return Label(
        f"要填{says.zh}；這裡是「{found}」。請改正，不知道時請留空。",
        f'Takes {says.en}; found "{found}". Correct it, or leave it empty if nobody knows.',
    )


def _matching(pattern: str) -> Callable[[Any], Any]:
    return lambda cells: pc.match_substring_regex(cells, pattern)


def _is_day(cells: Any) -> Any:
    """Written as a day, and one that the calendar has."""
    shaped = pc.match_substring_regex(cells, _DAY)
    return pc.and_(shaped, _in_calendar(pc.if_else(shaped, cells, "2000-01-01")))


def _in_calendar(cells: Any) -> Any:
    year, month, day = (
        pc.utf8_slice_codeunits(combined(cells), first, last)
        .cast(pa.int64())
        .fill_null(1)
        .to_numpy()
        for first, last in ((0, 4), (5, 7), (8, 10))
    )
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    ends = _MONTH_ENDS[np.where(month > 12, 0, month)] + (leap & (month == 2))
    return pa.chunked_array([pa.array((year > 0) & (day > 0) & (day <= ends))])


def _is_moment(cells: Any) -> Any:
    shaped = pc.match_substring_regex(cells, _MOMENT)
    return pc.and_(shaped, _in_calendar(pc.if_else(shaped, cells, "2000-01-01")))


_SHAPES: Final = {
    pa.int64(): _matching(r"^[+-]?[0-9]{1,15}$"),
    pa.int8(): _matching(r"^[1-3]$"),
    pa.decimal128(18, PLACES): _matching(rf"^[+-]?[0-9]{{1,12}}(\.[0-9]{{1,{PLACES}}})?$"),
    pa.bool_(): _matching(r"^(true|false)$"),
    pa.date32(): _is_day,
    pa.timestamp("s"): _is_moment,
}


def _moments(cells: Any) -> Any:
    """Days and times of day apart, since both of ``T`` and a space may part them."""
    whole = combined(cells)
    days = pc.utf8_slice_codeunits(whole, 0, 10).cast(pa.date32()).cast(pa.int32())
    clock = [pc.utf8_slice_codeunits(whole, at, at + 2) for at in (11, 14, 17)]
    hour, minute, second = (
        pc.if_else(pc.equal(part, ""), "0", part).cast(pa.int64()) for part in clock
    )
    of_day = pc.add(pc.multiply(hour, 3600), pc.add(pc.multiply(minute, 60), second))
    seconds = pc.add(pc.multiply(days.cast(pa.int64()), _A_DAY), of_day)
    return pa.chunked_array([seconds.cast(pa.timestamp("s"))])


def _listed(cells: Any) -> Any:
    """The items of each list, without outer space; of ``[]`` there are none."""
    parts = pc.split_pattern_regex(cells, f"[{MARKS}]")
    empty = pc.equal(pc.utf8_trim_whitespace(cells), _EMPTY_LIST).fill_null(False)
    lengths = pc.if_else(empty, 0, pc.list_value_length(parts))
    inside = pc.list_flatten(parts.filter(pc.invert(empty)))
    offsets = np.concatenate([[0], np.cumsum(lengths.fill_null(0).to_numpy())])
    return pa.ListArray.from_arrays(
        pa.array(offsets, pa.int32()),
        pc.utf8_trim_whitespace(inside),
        mask=pc.is_null(cells),
    )


def wrote(source: str, name: str, column: Any) -> tuple[Any, list[Problem]]:
    """A column as a CSV file holds it. A list with an item that holds ``;`` cannot be written."""
    if column.type != pa.list_(pa.string()):
        return column, []
    lists = combined(column)
    items = pc.list_flatten(lists)
    parted = pc.or_(pc.match_substring_regex(items, f"[{MARKS}]"), pc.equal(items, _EMPTY_LIST))
    rows = pc.list_parent_indices(lists).filter(parted).to_numpy()
    problems = at_rows(source, name, rows, _has_mark())
    joined = pc.binary_join(lists, ";")
    empty = pc.equal(pc.list_value_length(lists), 0)
    return pa.chunked_array([pc.if_else(empty, _EMPTY_LIST, joined)]), problems


def _has_mark() -> Label:
    return Label(
        f"清單裡有一項含有「{'」「'.join(MARKS)}」，寫成CSV會變成兩項。請改存成 Parquet。",
        f"An item of the list holds one of {MARKS} and would be read as two. Save as Parquet.",
    )
