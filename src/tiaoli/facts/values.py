"""One value of one attribute, from what a person wrote to what a rule can reckon with."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any, Final

from tiaoli.facts.dates import UnreadableDate, parse_day
from tiaoli.facts.durations import read_duration
from tiaoli.facts.kinds import NONE, Absent, Attribute, Label, Type
from tiaoli.facts.numbers import read_number, read_whole
from tiaoli.facts.options import folded, no_such_option, option_named
from tiaoli.facts.problems import Unreadable, expected

__all__ = [
    "NONE_WORDS",
    "UNKNOWN_WORDS",
    "absent_value",
    "clean_text",
    "read_id",
    "read_value",
]

UNKNOWN_WORDS: Final = frozenset({"unknown", "不明", "未知"})
NONE_WORDS: Final = frozenset({"none", "無"})

_YES_NO: Final = {
    "true": True, "yes": True, "y": True, "是": True,
    "false": False, "no": False, "n": False, "否": False,
}  # fmt: skip
_LIST_MARKS: Final = re.compile(r"[、;；\n]")
_MOMENT: Final = re.compile(r"(?P<day>.+?)(?:\s+|T)(?P<time>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)")


def absent_value(attribute: Attribute) -> Any:
    """What leaving the attribute out says: not known (None), or that there is none (NONE)."""
    return NONE if attribute.absent is Absent.NONE else None


def read_value(attribute: Attribute, raw: object) -> Any:
    """The typed value of ``raw``. Raises Unreadable where it cannot be read with certainty."""
    if isinstance(raw, Unreadable):
        raise raw
    if isinstance(raw, str):
        raw = clean_text(raw)
        if not raw:
            return absent_value(attribute)
        if _says_nothing(attribute, raw):
            return NONE if folded(raw) in NONE_WORDS else None
    return None if raw is None else _READERS[attribute.type](attribute, raw)


def _says_nothing(attribute: Attribute, text: str) -> bool:
    # An option of this very name is the better reading.
    word = folded(text)
    return word in UNKNOWN_WORDS | NONE_WORDS and option_named(attribute, text) is None


def clean_text(text: str) -> str:
    """``text`` without outer space. Raises Unreadable where it holds control characters."""
    text = text.strip()
    if not text.isprintable() and any(_is_control(character) for character in text):
        raise Unreadable(
            Label(
                f"文字裡有看不見的控制字元：{text[:60]!r}。請重新輸入這一格。",
                f"The text holds invisible control characters: {text[:60]!r}. Type it again.",
            )
        )
    return text


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs"} and character not in "\t\r\n"


def read_id(raw: object) -> str:
    """The id of a record: a text, or a whole number taken as one."""
    if isinstance(raw, int) and not isinstance(raw, bool):
        return str(raw)
    if isinstance(raw, str) and (text := clean_text(raw)):
        return text
    if isinstance(raw, Unreadable):
        raise raw
    raise Unreadable(
        Label(
            f"編號要填文字，例如 pub-1；這裡是「{'' if raw is None else raw}」。",
            f'An id is a text such as pub-1; found "{"" if raw is None else raw}".',
        )
    )


def _read_text(attribute: Attribute, raw: object) -> str:
    if isinstance(raw, int) and not isinstance(raw, bool):
        return str(raw)
    if isinstance(raw, str):
        return clean_text(raw)
    raise expected(attribute, "文字（必要時加上引號）", "a text (put it in quotes)", raw)


def _read_yes_no(attribute: Attribute, raw: object) -> bool:
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, str) and (word := folded(raw)) in _YES_NO:
        return _YES_NO[word]
    raise expected(attribute, "「是」或「否」", "yes or no", raw)


def _read_day(attribute: Attribute, raw: object) -> date:
    if isinstance(raw, int) and not isinstance(raw, bool):
        raw = str(raw)
    if not isinstance(raw, str | date):
        raise expected(attribute, "日期，例如 2026-06-30", "a day such as 2026-06-30", raw)
    try:
        return parse_day(raw)
    except UnreadableDate as problem:
        raise Unreadable(Label(problem.zh, problem.en)) from None


def _read_moment(attribute: Attribute, raw: object) -> datetime:
    if isinstance(raw, datetime) and raw.tzinfo is None:
        return raw
    text = unicodedata.normalize("NFKC", raw).strip() if isinstance(raw, str) else ""
    if found := _MOMENT.fullmatch(text):
        return datetime.combine(_read_day(attribute, found["day"]), _clock(attribute, found, raw))
    raise _no_moment(attribute, raw)


def _clock(attribute: Attribute, found: re.Match[str], raw: object) -> time:
    written = found["time"]
    try:
        return time.fromisoformat(written.zfill(8 if written.count(":") == 2 else 5))
    except ValueError:
        raise _no_moment(attribute, raw) from None


def _no_moment(attribute: Attribute, raw: object) -> Unreadable:
    return expected(
        attribute,
        "台北時間的日期與時刻，例如 2026-06-30 14:30",
        "a day and time in Taipei such as 2026-06-30 14:30",
        raw,
    )


def _read_choice(attribute: Attribute, raw: object) -> str:
    if isinstance(raw, bool) or not isinstance(raw, str | int):
        raise expected(attribute, "一個選項（文字）", "one option, as a text", raw)
    name = option_named(attribute, str(raw))
    if name is None:
        raise no_such_option(attribute, str(raw))
    return name


def _read_choices(attribute: Attribute, raw: object) -> tuple[str, ...]:
    chosen = {_read_choice(attribute, item) for item in _items(attribute, raw)}
    return tuple(name for name in attribute.option_names if name in chosen)


def _read_texts(attribute: Attribute, raw: object) -> tuple[str, ...]:
    texts = (_read_text(attribute, item) for item in _items(attribute, raw))
    return tuple(text for text in texts if text)


def _items(attribute: Attribute, raw: object) -> list[object]:
    """A list as it stands; a text parted at ``、`` or ``;``; a number by itself."""
    if isinstance(raw, list | tuple):
        return list(raw)
    if isinstance(raw, str) and option_named(attribute, raw) is None:
        return [part.strip() for part in _LIST_MARKS.split(raw) if part.strip()]
    return [raw]


_READERS: Final[Mapping[Type, Callable[[Attribute, object], Any]]] = {
    Type.TEXT: _read_text,
    Type.TEXTS: _read_texts,
    Type.WHOLE: read_whole,
    Type.NUMBER: read_number,
    Type.DURATION: read_duration,
    Type.YES_NO: _read_yes_no,
    Type.DAY: _read_day,
    Type.MOMENT: _read_moment,
    Type.CHOICE: _read_choice,
    Type.CHOICES: _read_choices,
    Type.REFERENCE: _read_text,
}
