"""A name as the public sees it: enough for whoever knows the person, too little for others."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

CIRCLE: Final = "○"
_PARTS: Final = re.compile(r"([\s‧·・•.\-]+)")


def masked(name: str) -> str:
    """
    王小明 → 王○明; 王明 → 王○; Mayaw‧Kilang → M○○‧K○○. Every part of a long name is masked by
    itself, and no part that is written in letters tells how long it is.
    """
    pieces = _PARTS.split(name.strip())
    several = len([piece for piece in pieces if piece and not _PARTS.fullmatch(piece)]) > 1
    return "".join(
        piece if _PARTS.fullmatch(piece) else _part(piece, several=several)
        for piece in pieces
        if piece
    )


def _part(part: str, *, several: bool) -> str:
    first, rest = part[0], part[1:]
    if not rest:
        return first
    if "CJK" not in unicodedata.name(first, "") or several:
        return f"{first}{CIRCLE * 2}"
    return first + CIRCLE if len(rest) == 1 else first + CIRCLE * (len(rest) - 1) + rest[-1]
