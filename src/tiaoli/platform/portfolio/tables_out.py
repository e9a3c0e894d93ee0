"""Tables that people fill in and get back: a template of a kind; rows with what is wrong."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from tiaoli.facts.kinds import Absent, Attribute, Kind, Type
from tiaoli.platform.portfolio.models import ImportBatch, ImportRow

_TEXT = "@"
_ROWS_WITH_LISTS = 2_000
_LONGEST_LIST = 250
"""Characters that a spreadsheet takes for the list of a cell."""


def template(kind: Kind) -> bytes:
    """
    An XLSX with one header row in Chinese. All cells are texts, so that ids keep their zeros and
    days stay as they are typed; choices have their list, each header a note.
    """
    book, sheet = _book(kind.label.zh)
    for place, attribute in enumerate(kind.attributes.values(), 1):
        cell = sheet.cell(1, place, attribute.label.zh)
        cell.font, cell.number_format = Font(bold=True), _TEXT
        cell.comment = Comment(_note(attribute), "Tiaoli", height=160, width=320)
        column = get_column_letter(place)
        sheet.column_dimensions[column].width = max(12, 2 * len(attribute.label.zh) + 4)
        sheet.column_dimensions[column].number_format = _TEXT
        _offer(sheet, column, attribute)
    return _saved(book)


def _note(attribute: Attribute) -> str:
    lines = [f"{attribute.label.en}（{attribute.name}）", _written(attribute)]
    if attribute.options:
        lines.append("、".join(option.label.zh for option in attribute.options))
    absent = "沒有" if attribute.absent is Absent.NONE else "不知道"
    return "\n".join([*lines, f"留空＝{absent}"])


def _written(attribute: Attribute) -> str:
    unit = attribute.unit.label.zh
    return {
        Type.TEXT: "文字",
        Type.TEXTS: "幾段文字，以「、」分開",
        Type.WHOLE: f"整數 {unit}",
        Type.NUMBER: f"數字 {unit}",
        Type.DURATION: "時數，如 3.5、50 分、3:30",
        Type.YES_NO: "是／否／不明",
        Type.DAY: "日期，如 115/06/30 或 2026-06-30",
        Type.MOMENT: "日期與時刻，如 115/06/30 14:30",
        Type.CHOICE: "擇一",
        Type.CHOICES: "可複選，以「、」分開",
        Type.REFERENCE: "另一筆紀錄的編號",
    }[attribute.type]


def _offer(sheet: Worksheet, column: str, attribute: Attribute) -> None:
    words = [option.label.zh for option in attribute.options]
    if attribute.type is Type.YES_NO:
        words = ["是", "否", "不明"]
    listed = ",".join(words)
    plain = not any("," in word or '"' in word for word in words)
    single = attribute.type in (Type.CHOICE, Type.YES_NO)
    if single and plain and 0 < len(listed) <= _LONGEST_LIST:
        choice = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True)
        choice.showErrorMessage = False
        choice.add(f"{column}2:{column}{_ROWS_WITH_LISTS}")
        sheet.add_data_validation(choice)


def with_faults(batch: ImportBatch, rows: Iterable[ImportRow]) -> bytes:
    """The rows as they are now, and in a last column what is to be put right."""
    book, sheet = _book("待修正")
    header = [*batch.header, "問題 Problems"]
    _append(sheet, 1, header)
    for place, row in enumerate(rows, 2):
        cells = [row.cells.get(title, "") for title in batch.header]
        texts = ["" if isinstance(cell, dict) else str(cell) for cell in cells]
        says = "\n".join(f"{p['header']}：{p['zh']} {p['en']}" for p in row.problems)
        _append(sheet, place, [*texts, says])
    return _saved(book)


def _book(title: str) -> tuple[Workbook, Worksheet]:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "".join(c for c in title if c not in r"[]:*?/\\")[:31] or "1"
    sheet.freeze_panes = "A2"
    return book, sheet


def _append(sheet: Worksheet, number: int, texts: Sequence[str]) -> None:
    for place, text in enumerate(texts, 1):
        cell = sheet.cell(number, place)
        assert isinstance(cell, Cell)
        cell.value, cell.data_type = text, "s"  # a text that starts with = is no formula
        cell.number_format, cell.alignment = _TEXT, Alignment(vertical="top", wrap_text=False)
        cell.font = Font(bold=number == 1)


def _saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
