"""
The tables of these pages: one place says what stands in their columns, for page and export alike.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from tiaoli.facts.kinds import Label

FORMS: Final = ("csv", "xlsx")


@dataclass(frozen=True, slots=True)
class Column:
    """What stands at its head, and in the cell of a row."""

    label: Label
    cell: Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows, which may be many and are read once, and their columns."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Any]

    def written(self, lang: str) -> Iterator[list[str]]:
        """Head and rows as texts: an identity number or a date is never taken for a number."""
        yield [column.label.in_(lang) for column in self.columns]
        for row in self.rows:
            yield [_text(column.cell(row), lang) for column in self.columns]


def _text(value: Any, lang: str) -> str:
    if value is None:
        return ""
    return value.in_(lang) if isinstance(value, Label) else str(value)


def exported(table: Table, form: str, lang: str) -> HttpResponse:
    """The table as a file to keep: CSV (UTF-8 with BOM) or XLSX (every cell a text)."""
    if form == "csv":
        text = b"".join(_csv_lines(table, lang))
        response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    else:
        response = HttpResponse(
            _workbook(table, lang),
            content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        )
    response["Content-Disposition"] = f'attachment; filename="{table.name}.{form}"'
    response["Cache-Control"] = "no-store"
    return response


def _csv_lines(table: Table, lang: str) -> Iterator[bytes]:
    yield b"\xef\xbb\xbf"
    for row in table.written(lang):
        line = io.StringIO()
        csv.writer(line).writerow([_harmless(cell) for cell in row])
        yield line.getvalue().encode("utf-8")


def _harmless(cell: str) -> str:
    """A spreadsheet that opens a CSV runs what begins like a formula; a quote stops it."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def _workbook(table: Table, lang: str) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(table.name[:31])
    for row in table.written(lang):
        cells = []
        for text in row:
            cell = WriteOnlyCell(sheet, value=text)
            cell.data_type, cell.number_format = "s", "@"
            cells.append(cell)
        sheet.append(cells)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()
