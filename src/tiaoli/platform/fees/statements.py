"""
A giro statement read from a file: case number, amount, day and payer of each line.

Banks name their columns as they like, put titles above them and totals below. A line that cannot
be read is told, with its number in the file, and never posted.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain as joined
from itertools import islice
from typing import Any, Final

from tiaoli.facts.dates import UnreadableDate, parse_day
from tiaoli.facts.kinds import Label
from tiaoli.facts.numbers import number_of
from tiaoli.facts.problems import DossierError, Problem, Unreadable, shown
from tiaoli.intake.delimited import delimited_rows
from tiaoli.intake.encodings import decoded
from tiaoli.intake.workbooks import workbook_rows

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "case": (
        "案號", "案件編號", "案件號碼", "繳費編號", "繳款編號", "通訊欄", "附言", "摘要",
        "case", "case number", "case no", "reference", "memo",
    ),
    "amount": (
        "金額", "存入金額", "入帳金額", "繳款金額", "繳費金額", "存款金額",
        "amount", "deposit", "credit", "amount twd",
    ),
    "received": (
        "日期", "入帳日", "入帳日期", "繳費日", "繳費日期", "存款日", "存款日期",
        "交易日", "交易日期",
        "date", "received", "value date", "transaction date",
    ),
    "payer": (
        "付款人", "存款人", "繳款人", "匯款人", "寄款人", "姓名", "戶名",
        "payer", "payer name", "remitter", "name", "from",
    ),
}  # fmt: skip
"""What each column may be called; the payer may be left out."""
MOST_BYTES: Final = 5 * 1024 * 1024
MOST_LINES: Final = 20_000
_NEEDED: Final = ("case", "amount", "received")
_HEADER_WITHIN: Final = 15
_MONEY: Final = re.compile(r"(?i)nt\$|twd|ntd|[$＄,，元整\s]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line; ``line`` is its row in the file."""

    line: int
    case: str
    amount: Decimal
    received: datetime.date
    payer: str = ""

    def plain(self) -> dict[str, Any]:
        return {
            "line": self.line,
            "case": self.case,
            "amount": str(self.amount),
            "received": self.received.isoformat(),
            "payer": self.payer,
        }

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> Line:
        return cls(
            plain["line"],
            plain["case"],
            Decimal(plain["amount"]),
            datetime.date.fromisoformat(plain["received"]),
            plain["payer"],
        )


@dataclass(frozen=True, slots=True)
class LineProblem:
    """What is wrong with a line."""

    line: int
    says: Label


def read_statement(raw: bytes, name: str) -> tuple[list[Line], list[LineProblem]]:
    """
    The lines of a CSV or XLSX file, and what is wrong with those that cannot be read.

    Raises DossierError where the file as a whole cannot: another format, no header, too long.
    """
    if len(raw) > MOST_BYTES:
        raise _whole(name, "檔案超過 5 MB，請分開匯入。", "The file is over 5 MB: part it.")
    numbered = enumerate(_rows(raw, name), 1)
    columns = _header(name, numbered)
    lines: list[Line] = []
    problems: list[LineProblem] = []
    for number, cells in numbered:
        if number > MOST_LINES:
            raise _whole(
                name, f"超過 {MOST_LINES} 列，請分開匯入。", f"Over {MOST_LINES} rows: part it."
            )
        if all(_text(cell) == "" for cell in cells):
            continue
        try:
            lines.append(_line(number, {n: _cell(cells, at) for n, at in columns.items()}))
        except Unreadable as unreadable:
            problems.append(LineProblem(number, unreadable.says))
    if not lines and not problems:
        raise _whole(name, "表頭下面沒有資料。", "There is nothing below the header.")
    return lines, problems


def normal_case(written: str) -> str:
    """A case number as it is compared: half width, upper case, without spaces."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", written)).upper()


def _rows(raw: bytes, name: str) -> Iterator[Sequence[object]]:
    suffix = name.lower().rpartition(".")[2]
    if suffix in ("csv", "txt", "tsv"):
        names = frozenset(joined.from_iterable(COLUMNS.values()))
        return delimited_rows(decoded(raw, name), name, names)
    if suffix in ("xlsx", "xlsm"):
        return workbook_rows(raw, name, None)
    raise _whole(
        name,
        f"對帳檔要是 .csv 或 .xlsx；這是「.{suffix}」。",
        f'A statement is .csv or .xlsx; this is ".{suffix}".',
    )


def _header(name: str, numbered: Iterable[tuple[int, Sequence[object]]]) -> dict[str, int]:
    """Where each column is, in the first row that names all that are needed."""
    best: dict[str, int] = {}
    for _, cells in islice(iter(numbered), _HEADER_WITHIN):
        found = _named(cells)
        if all(column in found for column in _NEEDED):
            return found
        best = max(best, found, key=len)
    lacking = [column for column in _NEEDED if column not in best]
    zh = "；".join("、".join(COLUMNS[column][:3]) for column in lacking)
    en = "; ".join(", ".join(n for n in COLUMNS[column] if n.isascii()) for column in lacking)
    raise _whole(
        name,
        f"找不到表頭。缺少這些欄（每一欄寫其中一個名稱）：{zh}。",
        f"There is no header. These columns are lacking (any one of the names): {en}.",
    )


def _named(cells: Sequence[object]) -> dict[str, int]:
    titles = [unicodedata.normalize("NFKC", _text(cell)).lower().rstrip(":. ") for cell in cells]
    found: dict[str, int] = {}
    for column, names in COLUMNS.items():
        at = next((titles.index(name) for name in names if name in titles), None)
        if at is not None:
            found[column] = at
    return found


def _cell(cells: Sequence[object], at: int) -> object:
    return cells[at] if at < len(cells) else None


def _line(number: int, cells: Mapping[str, object]) -> Line:
    for cell in cells.values():
        if isinstance(cell, Unreadable):
            raise cell
    day = cells["received"]
    if _text(day) == "":
        raise Unreadable(_NO_DAY)
    try:
        received = parse_day(day if isinstance(day, datetime.date) else _text(day))
    except UnreadableDate as error:
        raise Unreadable(Label(error.zh, error.en)) from None
    return Line(
        number,
        _text(cells["case"])[:60],
        _amount(cells["amount"]),
        received,
        _text(cells.get("payer"))[:100],
    )


_NO_DAY: Final = Label(
    "這一列沒有日期（若是合計列，可以不理會）。",
    "This row has no date (if it is a total, that is as it should be).",
)


def _amount(cell: object) -> Decimal:
    written = _MONEY.sub("", unicodedata.normalize("NFKC", cell)) if isinstance(cell, str) else cell
    amount = number_of(written)
    if amount is None or amount <= 0 or amount != round(amount, 2):
        raise Unreadable(
            Label(
                f"金額要是大於零的數字，例如 1,000；這裡是「{shown(cell)}」。",
                f'An amount is a number above zero such as 1,000; found "{shown(cell)}".',
            )
        )
    return amount


def _text(cell: object) -> str:
    return "" if cell is None else str(cell).strip()


def _whole(name: str, zh: str, en: str) -> DossierError:
    return DossierError([Problem(name, Label(zh, en))])
