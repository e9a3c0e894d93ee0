"""Bytes of a file to text, strictly: a byte that cannot be read is reported, never replaced."""

from __future__ import annotations

import codecs
from typing import Final

from tiaoli.facts.kinds import Label
from tiaoli.facts.problems import DossierError, Problem

__all__ = ["ENCODINGS", "decoded"]

ENCODINGS: Final = {
    "utf-8": "utf-8-sig",
    "utf8": "utf-8-sig",
    "utf-16": "utf-16",
    "cp950": "cp950",
    "big5": "cp950",
}
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OF_TABLES: Final = ("utf-8-sig", "cp950")


def decoded(raw: bytes, place: str, *, encodings: tuple[str, ...] = _OF_TABLES) -> str:
    """The text of ``raw`` in the encoding its first bytes name, or the first that fits."""
    named = tuple(codec for mark, codec in _MARKS if raw.startswith(mark))
    furthest: UnicodeDecodeError | None = None
    for encoding in named or encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError as error:
            furthest = max(furthest or error, error, key=lambda e: e.start)
    assert furthest is not None
    raise DossierError([_undecodable(raw, place, furthest)]) from None


def _undecodable(raw: bytes, place: str, error: UnicodeDecodeError) -> Problem:
    row = raw.count(b"\n", 0, error.start) + 1
    byte, value = error.start + 1, raw[error.start]
    encoding = error.encoding.removesuffix("-sig")
    return Problem(
        f"{place} row {row}",
        Label(
            f"第 {byte} 個位元組（0x{value:02X}）不是 {encoding} 文字。"
            "請另存為 UTF-8（試算表選「CSV UTF-8」）。",
            f"Byte {byte} (0x{value:02X}) is not {encoding} text. "
            'Save the file as UTF-8 (in a spreadsheet, "CSV UTF-8").',
        ),
    )
