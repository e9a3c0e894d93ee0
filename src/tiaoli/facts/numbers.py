"""Numbers as people write them, exactly: nothing is rounded and nothing is guessed."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Final

from tiaoli.facts.kinds import Attribute
from tiaoli.facts.problems import expected

__all__ = ["number_of", "read_number", "read_whole"]

_WRITTEN: Final = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_MOST_DIGITS: Final = 28  # beyond this, decimal arithmetic would round


def number_of(raw: object) -> Decimal | None:
    """The number that ``raw`` is, or None where it is none (nor a truth value, nor infinite)."""
    if isinstance(raw, bool):
        return None
    if isinstance(raw, str):
        raw = unicodedata.normalize("NFKC", raw).strip().replace("−", "-")
        return _in_range(Decimal(raw)) if _WRITTEN.fullmatch(raw) else None
    if isinstance(raw, int | float | Decimal):
        return _in_range(Decimal(repr(raw) if isinstance(raw, float) else raw))
    return None


def _in_range(number: Decimal) -> Decimal | None:
    if not number.is_finite() or abs(number.adjusted()) > _MOST_DIGITS:
        return None
    return number if len(number.as_tuple().digits) <= _MOST_DIGITS else None


def read_number(attribute: Attribute, raw: object) -> Decimal:
    number = number_of(raw)
    if number is None:
        raise expected(attribute, "數字，例如 12 或 3.5", "a number such as 12 or 3.5", raw)
    if number.is_signed():
        raise expected(attribute, "零以上的數字", "a number of zero or more", raw)
    return number


def read_whole(attribute: Attribute, raw: object) -> int:
    number = number_of(raw)
    if number is None or number.as_tuple().exponent != 0:
        raise expected(attribute, "整數，例如 3", "a whole number such as 3", raw)
    if number.is_signed():
        raise expected(attribute, "零以上的整數", "a whole number of zero or more", raw)
    return int(number)
