"""A table of a dossier, opened: its header and its rows, with nothing yet said of their meaning."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from tiaoli.facts.kinds import Label
from tiaoli.facts.names import nearest
from tiaoli.facts.problems import DossierError, Problem, shown
from tiaoli.facts.rows import TableRows
from tiaoli.intake.delimited import delimited_rows
from tiaoli.intake.encodings import ENCODINGS, decoded
from tiaoli.intake.opening import bytes_of
from tiaoli.intake.workbooks import workbook_rows

__all__ = ["open_table"]

_TEXT: Final = (".csv", ".tsv", ".txt")
_WORKBOOK: Final = (".xlsx", ".xlsm")


def open_table(described: object, folder: Path) -> TableRows:
    """
    The table that ``described`` (an item of a dossier's ``tables``) names, relative to ``folder``.

    Never raises: what is wrong with the file is in ``problems``, so that every table is tried.
    """
    plan = described if isinstance(described, Mapping) else {}
    file, sheet = plan.get("file"), plan.get("sheet")
    if not isinstance(file, str) or not file.strip():
        return TableRows("")  # the reader of the dossier says so
    place = f"{file} [{sheet}]" if sheet else file
    try:
        rows = _opened(plan, folder / file.strip(), place)
        return _table(place, rows, _mapped(plan))
    except DossierError as error:
        return TableRows(place, problems=error.problems)


def _mapped(plan: Mapping[Any, object]) -> frozenset[str]:
    columns = plan.get("columns")
    headers = [*columns.values()] if isinstance(columns, Mapping) else []
    return frozenset(h.strip() for h in (*headers, plan.get("id_column")) if isinstance(h, str))


def _opened(plan: Mapping[Any, object], path: Path, place: str) -> Iterable[Sequence[object]]:
    suffix = path.suffix.lower()
    if suffix in _TEXT:
        encodings = _encodings(plan, place)
        return delimited_rows(_text(path, place, encodings), place, _mapped(plan))
    if suffix in _WORKBOOK:
        return workbook_rows(bytes_of(path, place), place, _sheet(plan, place))
    says = Label(
        f"不會讀「{suffix}」表格。請另存為 .xlsx 或 .csv。",
        f'Tables of type "{suffix}" are not read. Save it as .xlsx or .csv.',
    )
    raise DossierError([Problem(place, says)])


def _text(path: Path, place: str, encodings: tuple[str, ...] | None) -> str:
    raw = bytes_of(path, place)
    return decoded(raw, place, encodings=encodings) if encodings else decoded(raw, place)


def _encodings(plan: Mapping[Any, object], place: str) -> tuple[str, ...] | None:
    name = plan.get("encoding")
    if name is None:
        return None
    if isinstance(name, str) and name.strip().lower() in ENCODINGS:
        return (ENCODINGS[name.strip().lower()],)
    hint = nearest(shown(name), ENCODINGS)
    says = Label(
        f"不認得「{shown(name)}」編碼。{hint.zh}", f'No encoding "{shown(name)}". {hint.en}'
    )
    raise DossierError([Problem(f"{place} · encoding", says)])


def _sheet(plan: Mapping[Any, object], place: str) -> str | None:
    sheet = plan.get("sheet")
    if sheet is None or isinstance(sheet, str):
        return sheet
    says = Label("sheet 要填工作表的名稱（文字）。", "sheet takes the name of a sheet, as a text.")
    raise DossierError([Problem(f"{place} · sheet", says)])


def _table(place: str, rows: Iterable[Sequence[object]], mapped: frozenset[str]) -> TableRows:
    numbered = list(enumerate(rows, 1))
    header = _header(numbered[0][1]) if numbered else ()
    if not any(header):
        raise DossierError([Problem(f"{place} row 1", _no_header())])
    body = [(number, cells) for number, cells in numbered[1:] if not _is_blank(cells)]
    ignored = tuple(title for title in header if title and title not in mapped)
    blank = len(numbered) - 1 - len(body)
    return TableRows(place, header, body, blank_rows=blank, ignored_columns=ignored)


def _header(cells: Sequence[object]) -> tuple[str, ...]:
    titles = ["" if cell is None else str(cell).strip() for cell in cells]
    while titles and not titles[-1]:
        titles.pop()
    return tuple(titles)


def _is_blank(cells: Sequence[object]) -> bool:
    return all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in cells)


def _no_header() -> Label:
    return Label(
        "表格是空的，或第一列不是表頭。請在第一列寫上各欄的名稱。",
        "The table is empty, or its first row is no header. Name the columns in the first row.",
    )
