"""
What is in a file: found from its bytes, never from its name or from what a browser says.

    content_of(raw, "scan.pdf")     Content("application/pdf", "pdf")

Raises Refused, in words, for anything that is not on the list, is damaged, or swells when opened.
"""

from __future__ import annotations

import csv
import io
import re
import struct
import warnings
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile, ZipInfo

import openpyxl

from tiaoli.facts.kinds import Label
from tiaoli.facts.problems import DossierError
from tiaoli.intake.encodings import decoded
from tiaoli.platform.audit.actions import Refused


@dataclass(frozen=True, slots=True)
class Content:
    """What a file is: ``type`` as it is served, ``extension`` as it is named."""

    type: str
    extension: str

    def named(self, name: str) -> str:
        """``name`` without folders and control characters, with the extension of the content."""
        plain = "".join(c for c in PurePath(name.replace("\\", "/")).name if c.isprintable())
        stem, dot, given = plain.rpartition(".")
        if dot and given.lower() in _SPELLINGS.get(self.extension, (self.extension,)):
            return plain[-200:]
        return f"{(stem or plain or 'file')[:180]}.{self.extension}"


PDF = Content("application/pdf", "pdf")
JPEG = Content("image/jpeg", "jpg")
PNG = Content("image/png", "png")
HEIC = Content("image/heic", "heic")
_OFFICE = "application/vnd.openxmlformats-officedocument"
XLSX = Content(f"{_OFFICE}.spreadsheetml.sheet", "xlsx")
DOCX = Content(f"{_OFFICE}.wordprocessingml.document", "docx")
CSV = Content("text/csv; charset=utf-8", "csv")
_SPELLINGS: Final = {"jpg": ("jpg", "jpeg"), "heic": ("heic", "heif")}

TAKEN: Final = Label(
    "可以上傳 PDF、JPG、PNG、HEIC、XLSX、DOCX、CSV。",
    "PDF, JPG, PNG, HEIC, XLSX, DOCX and CSV files are taken.",
)

_MOST_PARTS: Final = 5_000
_MOST_UNPACKED: Final = 150 * 1024 * 1024
_MOST_TIMES: Final = 200
"""An archive whose parts are larger than this when unpacked, or so many times larger, is a bomb."""


def content_of(raw: bytes, name: str) -> Content:
    """What ``raw`` is. Raises Refused where it is not taken; ``name`` is only for the message."""
    for starts, read in _READERS:
        if starts(raw):
            return read(raw, name)
    if (what := _known_otherwise(raw)) is not None:
        raise _refused(name, f"內容是{what.zh}，不能上傳。", f"is {what.en}, which is not taken.")
    return _csv(raw, name)


def _refused(name: str, zh: str, en: str) -> Refused:
    return Refused(Label(f"「{name}」{zh}{TAKEN.zh}", f'"{name}" {en} {TAKEN.en}'))


def _damaged(name: str, what: str) -> Refused:
    return _refused(
        name,
        f"像是 {what}，但已損壞或不完整。請重新存檔或掃描。",
        f"looks like {what}, but is damaged or cut off. Save or scan it again.",
    )


# --- Documents and pictures ---------------------------------------------------------------


def _pdf(raw: bytes, name: str) -> Content:
    if b"%%EOF" not in raw[-2048:]:
        raise _damaged(name, "PDF")
    return PDF


def _jpeg(raw: bytes, name: str) -> Content:
    if raw.rfind(b"\xff\xd9") < 4:  # telephones write more behind the end
        raise _damaged(name, "JPEG")
    return JPEG


def _png(raw: bytes, name: str) -> Content:
    at, first = 8, True
    while at + 12 <= len(raw):
        (length,) = struct.unpack(">I", raw[at : at + 4])
        chunk, end = raw[at + 4 : at + 8], at + 8 + length
        whole = end + 4 <= len(raw)
        if not whole or zlib.crc32(raw[at + 4 : end]) != int.from_bytes(raw[end : end + 4], "big"):
            break
        if first and chunk != b"IHDR":
            break
        if chunk == b"IEND":
            return PNG
        at, first = end + 4, False
    raise _damaged(name, "PNG")


_HEIC_BRANDS: Final = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")


def _heic(raw: bytes, name: str) -> Content:
    size = int.from_bytes(raw[:4], "big")
    if not 16 <= size <= min(len(raw), 1024) or b"meta" not in raw[: size + 64]:
        raise _damaged(name, "HEIC")
    return HEIC


def _is_heic(raw: bytes) -> bool:
    return raw[4:8] == b"ftyp" and raw[8:12] in _HEIC_BRANDS


# --- Office documents ---------------------------------------------------------------------


def _office(raw: bytes, name: str) -> Content:
    try:
        with ZipFile(io.BytesIO(raw)) as archive:
            parts = archive.infolist()
            _no_bomb(parts, len(raw), name)
            names = {part.filename for part in parts}
            content = _office_sort(names, name)
            if any(part.lower().endswith("vbaproject.bin") for part in names):
                raise _refused(name, "含有巨集，不能上傳。", "holds macros, which are not taken.")
            for part in parts:
                if part.filename.lower().endswith((".xml", ".rels")):
                    _plain_xml(archive, part, name)
            ElementTree.fromstring(archive.read("[Content_Types].xml"))
        if content is XLSX:
            _opened(raw)
    except (
        BadZipFile, KeyError, ValueError, TypeError, IndexError, OSError, EOFError, zlib.error,
        NotImplementedError, RuntimeError, ElementTree.ParseError,
    ):  # fmt: skip
        raise _damaged(name, "XLSX / DOCX") from None
    return content


def _no_bomb(parts: list[ZipInfo], size: int, name: str) -> None:
    unpacked = sum(part.file_size for part in parts)
    swells = unpacked > _MOST_UNPACKED or unpacked > max(size, 50_000) * _MOST_TIMES
    if len(parts) > _MOST_PARTS or swells:
        raise _refused(
            name,
            "是壓縮炸彈，或解開後過大。請另存較小的檔案。",
            "swells to an unreasonable size when opened. Save a smaller file.",
        )


def _office_sort(names: set[str], name: str) -> Content:
    if "[Content_Types].xml" in names:
        if "xl/workbook.xml" in names:
            return XLSX
        if "word/document.xml" in names:
            return DOCX
    raise _refused(
        name, "是壓縮檔，不能上傳。請解開後上傳裡面的檔案。", "is an archive. Unpack it first."
    )


def _plain_xml(archive: ZipFile, part: ZipInfo, name: str) -> None:
    """Parts that declare entities of their own can swell without end."""
    with archive.open(part) as opened:
        head = opened.read(4096)
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise _refused(
            name, "含有不允許的 XML 宣告。", "holds an XML declaration that is not allowed."
        )


def _opened(raw: bytes) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # on styles and validations, which are not read
        openpyxl.load_workbook(io.BytesIO(raw), read_only=True).close()


# --- Text ---------------------------------------------------------------------------------

_MARKUP: Final = re.compile(
    r"<\s*(?:!doctype|html|head|body|script|svg|iframe|object|embed|\?xml|\?php|math|img|a\s)",
    re.IGNORECASE,
)


def _csv(raw: bytes, name: str) -> Content:
    try:
        text = decoded(raw, name)
    except DossierError as error:
        says = error.problems[0].says
        raise _refused(name, f"不是認得的檔案（{says.zh}）", f"is not known ({says.en})") from None
    if any(ord(c) < 32 and c not in "\t\r\n\f" for c in text[:100_000]):
        raise _refused(name, "不是認得的檔案。", "is not a file that we know.")
    if _MARKUP.search(text[:100_000]) or text.startswith("#!"):
        raise _refused(name, "內容是網頁或程式，不能上傳。", "is a page or a program.")
    lines = text.splitlines()
    try:
        rows = [row for row, _ in zip(csv.reader(lines, strict=True), range(1000), strict=False)]
    except csv.Error:
        raise _damaged(name, "CSV") from None
    if not rows or not any(mark in lines[0] for mark in (",", ";", "\t")):
        raise _refused(name, "是文字檔，但不是表格。", "is a text, but no table.")
    return CSV


# --- What it is --------------------------------------------------------------------------


def _starts(*marks: bytes) -> Callable[[bytes], bool]:
    return lambda raw: raw.startswith(marks)


_READERS: Final[tuple[tuple[Callable[[bytes], bool], Callable[[bytes, str], Content]], ...]] = (
    (_starts(b"%PDF-"), _pdf),
    (_starts(b"\xff\xd8\xff"), _jpeg),
    (_starts(b"\x89PNG\r\n\x1a\n"), _png),
    (_is_heic, _heic),
    (_starts(b"PK\x03\x04", b"PK\x05\x06"), _office),
)

_OTHERWISE: Final = (
    ((b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe"), Label("程式", "a program")),
    ((b"\xd0\xcf\x11\xe0",), Label("舊式 Office 檔（.doc、.xls）", "an old Office file")),
    ((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ"), Label("壓縮檔", "an archive")),
    ((b"GIF8", b"BM", b"II*\x00", b"MM\x00*"), Label("另一種圖檔", "another sort of picture")),
)


def _known_otherwise(raw: bytes) -> Label | None:
    for marks, what in _OTHERWISE:
        if raw.startswith(marks):
            return what
    head = raw[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<", b"#!")):
        return Label("網頁、SVG 或程式", "a page, an SVG picture or a program")
    return None
