"""Tables of a spreadsheet: XLSX cells with the values they were last saved with."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from typing import Any, Final, Never
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

import openpyxl
from openpyxl.utils import get_column_letter

from tiaoli.facts.kinds import Label
from tiaoli.facts.names import nearest
from tiaoli.facts.problems import DossierError, Problem, Unreadable

__all__ = ["workbook_rows"]

_FAULTS: Final = frozenset(
    ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!")
)
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[\s/>]")
_BROKEN: Final = (
    BadZipFile, KeyError, ValueError, TypeError, IndexError, OSError, ElementTree.ParseError,
)  # fmt: skip


def workbook_rows(raw: bytes, place: str, sheet: str | None) -> Iterator[list[object]]:
    """The rows of ``sheet``, or of the only one there is, from row 1 on."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # on styles and validations, which are not read
        try:
            rows = list(_rows(raw, place, sheet))
        except _BROKEN as error:
            if isinstance(error, DossierError):
                raise
            raise DossierError([Problem(place, _unreadable())]) from None
    return iter(rows)


def _rows(raw: bytes, place: str, sheet: str | None) -> Iterator[list[object]]:
    book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
    table: Any = book[_chosen(book.sheetnames, place, sheet)]
    if not hasattr(table, "iter_rows"):
        raise DossierError([Problem(place, _unreadable())])
    table.reset_dimensions()  # what the file says of its size is often wrong
    # The path inside the file is private to openpyxl, which drops what we look for.
    unsaved = _unsaved_formulas(raw, table._worksheet_path)
    for number, cells in enumerate(table.iter_rows(values_only=True), 1):
        row = [_plain(cell) for cell in cells]
        yield _with_faults(row, number, unsaved) if unsaved else row


def _chosen(names: list[str], place: str, sheet: str | None) -> str:
    if sheet in names:
        return sheet or ""
    if sheet is not None:
        hint = nearest(sheet, names)
        says = Label(
            f"檔案裡沒有「{sheet}」工作表。{hint.zh}", f'There is no sheet "{sheet}". {hint.en}'
        )
        raise DossierError([Problem(f"{place} · sheet", says)])
    return names[0] if len(names) == 1 else _ask_which(names, place)


def _ask_which(names: list[str], place: str) -> Never:
    says = Label(
        f"檔案有 {len(names)} 個工作表（{'、'.join(names)}），請用 sheet 寫明要讀哪一個。",
        f"The file has {len(names)} sheets ({', '.join(names)}); name one with sheet.",
    )
    raise DossierError([Problem(f"{place} · sheet", says)])


def _plain(cell: object) -> object:
    """A spreadsheet has one type of number: 3.0 is how it may hold 3."""
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    if isinstance(cell, str) and cell in _FAULTS:
        return Unreadable(
            Label(
                f"這一格是試算表的錯誤值「{cell}」。請改正公式或直接填值。",
                f'This cell holds the spreadsheet error "{cell}". '
                "Correct its formula or type the value.",
            )
        )
    return cell


def _unsaved_formulas(raw: bytes, sheet_path: str) -> frozenset[tuple[int, str]]:
    """Row and column letters of formulas whose result was never saved with the file."""
    xml = ZipFile(io.BytesIO(raw)).read(sheet_path)
    if not _FORMULA.search(xml):
        return frozenset()
    cells = (e for _, e in ElementTree.iterparse(io.BytesIO(xml)) if _local(e) == "c")
    found = (cell.get("r", "") for cell in cells if _has_no_result(cell))
    return frozenset((int(at.lstrip(_LETTERS)), at.rstrip(_DIGITS)) for at in found if at)


_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_DIGITS: Final = "0123456789"


def _local(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _has_no_result(cell: ElementTree.Element) -> bool:
    # A formula that gives "" is saved as an empty text, with t="str".
    parts = {_local(part): part.text for part in cell}
    return "f" in parts and not parts.get("v") and cell.get("t") != "str"


def _with_faults(
    row: list[object], number: int, unsaved: frozenset[tuple[int, str]]
) -> list[object]:
    return [
        _unsaved() if (number, get_column_letter(column)) in unsaved else cell
        for column, cell in enumerate(row, 1)
    ]


def _unsaved() -> Unreadable:
    return Unreadable(
        Label(
            "這一格是公式，但檔案裡沒有存下結果。請用試算表打開檔案、存檔後再讀。",
            "This cell is a formula whose result is not in the file. "
            "Open the file in a spreadsheet, save it, and read it again.",
        )
    )


def _unreadable() -> Label:
    return Label(
        "這不是可讀的 XLSX 檔（可能有密碼、是舊的 .xls，或已損壞）。請另存為 .xlsx。",
        "This is not a readable XLSX file (it may have a password, be an old .xls, or be damaged). "
        "Save it as .xlsx.",
    )
