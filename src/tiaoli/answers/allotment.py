"""
How caps are shared out: the arithmetic of a ledger, on numbers alone.

Where all is known, the lines take their turn and each gets what its cap has left. Where something
is not, only bounds are given: what is certain whatever the unknown may be, and what is possible.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

Exact = int | Decimal
Bounds = tuple[Exact, Exact | None]
"""What is certain, and what is possible (None: no limit is known)."""


@dataclass(frozen=True, slots=True)
class Line:
    """
    One record of a ledger. ``inside`` and ``added`` are truths, ``room`` names the cap it falls
    under with its key (None: under none), ``single`` the group of which only one counts
    (``preferred`` before the earliest). ``known`` False: cap or group is not known.
    """

    id: str
    inside: bool | None
    added: bool | None
    raw: Bounds
    factor: Bounds
    room: Hashable = None
    most: Exact = 0
    single: Hashable = None
    preferred: bool = False
    known: bool = True

    @property
    def is_exact(self) -> bool:
        settled = self.inside is not None and self.added is not None and self.known
        return settled and self.raw[0] == self.raw[1] and self.factor[0] == self.factor[1]


@dataclass(frozen=True, slots=True)
class Share:
    """What became of one line: ``adjusted`` is raw times factor; ``repeated`` counts nothing."""

    line: Line
    adjusted: Exact
    counted: Exact
    repeated: bool = False


def shares(lines: Sequence[Line], *, cap_first: bool) -> list[Share]:
    """Every exact line that is inside, in turn. What is not exact counts as its certain part."""
    left: dict[Hashable, Exact] = {}
    inside = [line for line in lines if line.inside]
    winners = _winners(inside)
    found = []
    for line in inside:
        raw, factor = line.raw[0], line.factor[0]
        repeated = line.single is not None and winners[line.single] is not line
        want = 0 if repeated else raw if cap_first else raw * factor
        if line.room is not None:
            want = min(want, left.setdefault(line.room, line.most))
            left[line.room] -= want
        found.append(Share(line, raw * factor, want * factor if cap_first else want, repeated))
    return found


def _winners(lines: Sequence[Line]) -> dict[Hashable, Line]:
    winners: dict[Hashable, Line] = {}
    for line in lines:
        best = winners.setdefault(line.single, line)
        if line.preferred and not best.preferred:
            winners[line.single] = line
    return winners


def total(lines: Sequence[Line], *, cap_first: bool, more: bool = False) -> Bounds:
    """What the lines that are added count together; ``more``: there may be further lines."""
    lines = [line for line in lines if line.inside is not False]
    if not more and all(line.is_exact for line in lines):
        exact = sum((s.counted for s in shares(lines, cap_first=cap_first) if s.line.added), 0)
        return exact, exact
    rooms = {line.room: line.most for line in lines if line.known and line.room is not None}
    low: Exact = 0
    high: Exact | None = None if more else 0
    for room, most in rooms.items():
        low += _certain(lines, room, most, cap_first=cap_first, more=more)
        high = _plus(high, _possible(lines, room, most, cap_first=cap_first))
    for line in lines:
        if not line.known or line.room is None:
            low += _certain_alone(line, lines)
            high = _plus(high, _product(line.raw, line.factor) if line.added is not False else 0)
    return low, high


def _certain(
    lines: Sequence[Line], room: Hashable, most: Exact, *, cap_first: bool, more: bool
) -> Exact:
    """What is left of a cap's certain fill once others have taken all that they might."""
    own = [line for line in lines if line.known and line.room == room]
    fill: Exact = 0
    taken: Exact | None = None if more and not all(line.added for line in own) else 0
    least: list[Exact] = []
    for line in lines:
        mine = line.known and line.room == room
        if not mine and line.known:
            continue
        least += [line.factor[0]]
        if mine and line.inside and not _may_repeat(line, lines):
            fill += line.raw[0] if cap_first else line.raw[0] * line.factor[0]
        if line.added is not True:
            taken = _plus(taken, line.raw[1] if cap_first else _product(line.raw, line.factor))
    if taken is None or more:
        return 0
    certain = max(0, min(fill, most) - taken)
    return certain * min(least) if cap_first else certain


def _possible(
    lines: Sequence[Line], room: Hashable, most: Exact, *, cap_first: bool
) -> Exact | None:
    own = [line for line in lines if line.known and line.room == room and line.added is not False]
    if not own:
        return 0
    fill: Exact | None = 0
    for line in own:
        fill = _plus(fill, line.raw[1] if cap_first else _product(line.raw, line.factor))
    possible = most if fill is None else min(fill, most)
    if not cap_first:
        return possible
    factors = [line.factor[1] for line in own]
    return None if None in factors else possible * max(f for f in factors if f is not None)


def _certain_alone(line: Line, lines: Sequence[Line]) -> Exact:
    if not (line.inside and line.added and line.known) or _may_repeat(line, lines):
        return 0
    return line.raw[0] * line.factor[0]


def _may_repeat(line: Line, lines: Iterable[Line]) -> bool:
    """Another line may be the one of its group that counts."""
    if line.single is None:
        return False
    return any(
        other is not line and (not other.known or other.single == line.single) for other in lines
    )


def _product(a: Bounds, b: Bounds) -> Exact | None:
    if a[1] == 0 or b[1] == 0:
        return 0
    return None if a[1] is None or b[1] is None else a[1] * b[1]


def _plus(a: Exact | None, b: Exact | None) -> Exact | None:
    return None if a is None or b is None else a + b
