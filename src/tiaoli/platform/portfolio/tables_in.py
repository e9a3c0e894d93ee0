"""
An uploaded table as it is kept until it is confirmed: a header, and the cells of each row as text.

Opening and decoding are those of ``tiaoli.intake``. Cells become texts that are read back as the
same values; a cell that the file itself calls faulty keeps what is wrong with it.
"""

from __future__ import annotations

import datetime
import io
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import openpyxl

from tiaoli.facts.kinds import Attribute, Kind, Label
from tiaoli.facts.options import folded
from tiaoli.facts.problems import Unreadable
from tiaoli.facts.rows import TableRows
from tiaoli.facts.vocabulary import KINDS
from tiaoli.intake.tables import open_table
from tiaoli.platform.audit.actions import Refused
from tiaoli.platform.portfolio.contents import CSV, XLSX, content_of

MOST_ROWS: Final = 20_000
BEYOND: Final = "＋"
"""How columns beyond the header are named: ＋1, ＋2."""

Cell = str | dict[str, str]


@dataclass(frozen=True, slots=True)
class Opened:
    """``rows`` pairs the number of each row in the file (the header is 1) with its cells."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, Cell]], ...]
    sheets: tuple[str, ...] = ()
    sheet: str = ""
    told: tuple[Label, ...] = ()


def opened(raw: bytes, name: str, sheet: str = "") -> Opened:
    """The table in a XLSX or CSV file. Raises Refused with all that is wrong with the file."""
    content = content_of(raw, name)
    if content not in (XLSX, CSV):
        says = Label("要匯入的檔案請存成 XLSX 或 CSV。", "Save what is imported as XLSX or CSV.")
        raise Refused(says)
    sheets = _sheets(raw) if content is XLSX else ()
    chosen = sheet if sheet in sheets else (sheets[0] if sheets else "")
    described = {"file": f"table.{content.extension}", **({"sheet": chosen} if chosen else {})}
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / described["file"]).write_bytes(raw)
        table = open_table(described, Path(folder))
    if table.problems:
        faults = [problem.says for problem in table.problems]
        raise Refused(Label(" ".join(f.zh for f in faults), " ".join(f.en for f in faults)))
    if len(table.rows) > MOST_ROWS:
        raise Refused(_too_many(len(table.rows)))
    header = _own_names(table.header)
    return Opened(header, tuple(_rows(header, table)), sheets, chosen, tuple(_told(raw, table)))


def _sheets(raw: bytes) -> tuple[str, ...]:
    book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True)
    return tuple(book.sheetnames)


def _too_many(rows: int) -> Label:
    return Label(
        f"檔案有 {rows} 列，一次最多 {MOST_ROWS} 列。請分成幾個檔案。",
        f"The file has {rows} rows, and {MOST_ROWS} is the most at once. Part it.",
    )


def _own_names(header: Sequence[str]) -> tuple[str, ...]:
    """Each column under a name of its own: a title that is there twice is numbered."""
    seen: Counter[str] = Counter()
    names = []
    for place, title in enumerate(header, 1):
        name = title or f"第 {place} 欄"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(names)


def _rows(header: Sequence[str], table: TableRows) -> Iterable[tuple[int, dict[str, Cell]]]:
    for number, cells in table.rows:
        kept = {name: _kept(cell) for name, cell in zip(header, cells, strict=False)}
        for place, cell in enumerate(cells[len(header) :], 1):
            if cell not in (None, ""):
                kept[f"{BEYOND}{place}"] = _kept(cell)
        yield number, {name: cell for name, cell in kept.items() if cell != ""}


def _kept(cell: object) -> Cell:
    match cell:
        case None:
            return ""
        case Unreadable():
            return {"zh": cell.says.zh, "en": cell.says.en}
        case bool():
            return "true" if cell else "false"
        case datetime.datetime():
            midnight = cell.time() == datetime.time()
            return cell.date().isoformat() if midnight else cell.isoformat(" ", "seconds")
        case datetime.timedelta():
            minutes, rest = divmod(cell, datetime.timedelta(minutes=1))
            return f"{minutes} min" if not rest else str(cell)
        case datetime.date() | datetime.time():
            return cell.isoformat()
    return str(cell).strip()


def _told(raw: bytes, table: TableRows) -> Iterable[Label]:
    if not raw.startswith(b"PK"):
        yield _encoding(raw)
    if table.blank_rows:
        yield Label(f"略過 {table.blank_rows} 列空白列。", f"{table.blank_rows} blank rows.")


def _encoding(raw: bytes) -> Label:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        name = "UTF-16"
    else:
        try:
            raw.decode("utf-8")
            name = "UTF-8"
        except UnicodeDecodeError:
            name = "Big5 (cp950)"
    return Label(
        f"文字編碼讀作 {name}；若有亂碼，請另存為 UTF-8 再上傳。",
        f"Read as {name}; if characters look wrong, save it as UTF-8.",
    )


# --- Which column is which ---------------------------------------------------------------


def guessed_columns(kind: Kind, header: Sequence[str]) -> dict[str, str]:
    """attribute -> header: by name or label; else by a title that holds, or is part of, one."""
    free = dict.fromkeys(header)
    found: dict[str, str] = {}
    for attribute in kind.attributes.values():
        for title in free:
            if _plain(title) in _names(attribute):
                found[attribute.name] = title
                del free[title]
                break
    for attribute in kind.attributes.values():
        if attribute.name not in found:
            near = [title for title in free if _is_near(_plain(title), attribute)]
            if len(near) == 1 and not _elsewhere(near[0], kind, attribute, found):
                found[attribute.name] = near[0]
                del free[near[0]]
    return {name: found[name] for name in kind.attributes if name in found}


def guessed_kind(header: Sequence[str]) -> str:
    """The kind that has most of these columns; "" where none has two."""
    best = {
        kind.name: len(guessed_columns(kind, header)) for kind in KINDS.values() if not kind.subject
    }
    name = max(best, key=lambda kind: best[kind])
    return name if best[name] >= 2 else ""


def _plain(title: str) -> str:
    return folded(title).partition("(")[0].strip().replace(" ", "_")


def _names(attribute: Attribute) -> set[str]:
    return {_plain(word) for word in (attribute.name, attribute.label.zh, attribute.label.en)}


def _is_near(title: str, attribute: Attribute) -> bool:
    return len(title) >= 2 and any(
        len(name) >= 2 and (title in name or name in title) for name in _names(attribute)
    )


def _elsewhere(title: str, kind: Kind, mine: Attribute, found: Mapping[str, Any]) -> bool:
    others = (a for a in kind.attributes.values() if a.name not in found and a is not mine)
    return any(_is_near(_plain(title), other) for other in others)
