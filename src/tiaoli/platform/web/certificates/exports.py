"""A table as CSV or XLSX, some rows at a time: none is held whole, and no cell is a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

import openpyxl
from django.http import HttpResponse, StreamingHttpResponse

from tiaoli.platform.web.sending import PartByPart

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_ROWS_AT_ONCE: Final = 500
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def table(
    form: str, name: str, header: Sequence[str], rows: Iterable[Sequence[str]]
) -> HttpResponse | StreamingHttpResponse:
    """``form`` is csv (UTF-8 with BOM) or xlsx. Cells are text, as they are written."""
    if form == "csv":
        response = PartByPart(_csv(header, rows), content_type="text/csv; charset=utf-8")
    else:
        response = HttpResponse(_xlsx(header, rows), content_type=_XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


def _csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield "\ufeff" + _line(header)
    ahead = iter(rows)
    while some := list(islice(ahead, _ROWS_AT_ONCE)):
        yield "".join(_line([_safe(cell) for cell in row]) for row in some)


def _line(cells: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()


def _safe(cell: str) -> str:
    """A spreadsheet would run what begins so."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _xlsx(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("register")
    sheet.append(list(header))
    for row in rows:
        sheet.append([_safe(cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
