"""How long something took: hours or minutes as people write them, whole minutes as we keep them."""

from __future__ import annotations

import re
import unicodedata
from datetime import time, timedelta
from decimal import Decimal
from typing import Final

from tiaoli.facts.kinds import Attribute
from tiaoli.facts.numbers import number_of
from tiaoli.facts.problems import Unreadable, expected

__all__ = ["read_duration", "write_duration"]

_NUMBER: Final = r"[0-9]{1,9}(?:\.[0-9]{1,9})?"
_WORDS: Final = re.compile(
    rf"(?:(?P<hours>{_NUMBER})\s*(?:h|hrs?|hours?|小時|時))?\s*"
    rf"(?:(?P<minutes>{_NUMBER})\s*(?:m|mins?|minutes?|分鐘?))?",
    re.IGNORECASE,
)
_CLOCK: Final = re.compile(r"(?P<hours>[0-9]{1,5}):(?P<minutes>[0-5][0-9])")
_MINUS: Final = ("-", "−")


def read_duration(attribute: Attribute, raw: object) -> int:
    """Whole minutes. A number by itself counts hours."""
    if isinstance(raw, time):
        minutes = _seconds_of_clock(raw) / 60
    elif isinstance(raw, timedelta):
        minutes = Decimal(raw // timedelta(microseconds=1)) / 60_000_000
    elif isinstance(raw, str) and (worded := _worded(raw)) is not None:
        minutes = worded
    else:
        minutes = _bare_hours(attribute, raw) * 60
    return _whole_minutes(attribute, minutes, raw)


def _seconds_of_clock(raw: time) -> Decimal:
    seconds = raw.hour * 3600 + raw.minute * 60 + raw.second
    return Decimal(seconds) + Decimal(raw.microsecond) / 1_000_000


def _worded(raw: str) -> Decimal | None:
    text = unicodedata.normalize("NFKC", raw).strip()
    found = _CLOCK.fullmatch(text) or _WORDS.fullmatch(text)
    if found is None or not text:
        return None
    return Decimal(found["hours"] or 0) * 60 + Decimal(found["minutes"] or 0)


def _bare_hours(attribute: Attribute, raw: object) -> Decimal:
    if isinstance(raw, str) and unicodedata.normalize("NFKC", raw).strip().startswith(_MINUS):
        raise _negative(attribute, raw)
    hours = number_of(raw)
    if hours is None:
        raise expected(
            attribute,
            "時數，例如 3.5、50 分、3:30",
            'a number of hours such as 3.5, or "50 min", or "3:30"',
            raw,
        )
    return hours


def _whole_minutes(attribute: Attribute, minutes: Decimal, raw: object) -> int:
    if minutes < 0:
        raise _negative(attribute, raw)
    if minutes != int(minutes):
        raise expected(
            attribute, "整數分鐘的時間（例如 20 分）", 'whole minutes (such as "20 min")', raw
        )
    return int(minutes)


def _negative(attribute: Attribute, raw: object) -> Unreadable:
    return expected(attribute, "零以上的時數", "a duration of zero or more", raw)


def write_duration(minutes: int) -> str:
    """Hours where they end exactly (``3.5``), minutes where they do not (``50 min``)."""
    if minutes % 3:
        return f"{minutes} min"
    hours, rest = divmod(minutes, 60)
    return f"{Decimal(hours) + Decimal(rest) / 60}"
