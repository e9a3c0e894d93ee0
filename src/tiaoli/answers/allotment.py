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
    under with its key (None: under none), ``single`` the group of which only one counts (the
    earliest, or the ``highest``), ``pool`` those that are rounded together (None: by itself).
    ``known`` False: cap, group or pool is not known.
    """

    id: str
    inside: bool | None
    added: bool | None
    raw: Bounds
    factor: Bounds
    room: Hashable = None
    most: Exact = 0
    single: Hashable = None
    highest: bool = False
    pool: Hashable = None
    known: bool = True

    @property
    def is_exact(self) -> bool:
        settled = self.inside is not None and self.added is not None and self.known
        return settled and self.raw[0] == self.raw[1] and self.factor[0] == self.factor[1]


@dataclass(frozen=True, slots=True)
class Share:
    """
    What became of one line: ``adjusted`` is raw times factor, in whole steps where they are asked
    for, and what it would count without a cap; ``repeated`` counts nothing.
    """

    line: Line
    adjusted: Exact
    counted: Exact
    repeated: bool = False


def shares(lines: Sequence[Line], *, cap_first: bool, step: Exact = 0) -> list[Share]:
    """Every exact line that is inside, in turn. What is not exact counts as its certain part."""
    inside = [line for line in lines if line.inside]
    winners = _winners(inside)
    left: dict[Hashable, Exact] = {}
    pools: dict[Hashable, Exact] = {}
    found = []
    for line in inside:
        raw, factor = line.raw[0], line.factor[0]
        before = pools.get(line.pool, 0) if line.pool is not None else 0
        adjusted = _added_to(before, raw * factor, step)
        if line.single is not None and winners[line.single] is not line:
            found.append(Share(line, adjusted, 0, repeated=True))
            continue
        kept = _kept(line, raw if cap_first else adjusted, left)
        multiplied = kept * factor if cap_first else raw * factor
        counted = _added_to(before, multiplied, step) if cap_first else kept
        pools[line.pool] = before + multiplied
        found.append(Share(line, adjusted, counted))
    return found


def _kept(line: Line, want: Exact, left: dict[Hashable, Exact]) -> Exact:
    """What the cap of a line, if it has one, has left for it."""
    if line.room is None:
        return want
    kept = min(want, left.setdefault(line.room, line.most))
    left[line.room] -= kept
    return kept


def _added_to(before: Exact, number: Exact, step: Exact) -> Exact:
    """What ``number`` adds to the whole steps of what was there before."""
    return in_steps(before + number, step) - in_steps(before, step)


def in_steps(number: Exact, step: Exact) -> Exact:
    """Truncated to whole steps; of no step, as it is."""
    return number // step * step if step else number


def _winners(lines: Sequence[Line]) -> dict[Hashable, Line]:
    winners: dict[Hashable, Line] = {}
    for line in lines:
        best = winners.setdefault(line.single, line)
        if line.highest and line.raw[0] * line.factor[0] > best.raw[0] * best.factor[0]:
            winners[line.single] = line
    return winners


def total(lines: Sequence[Line], *, cap_first: bool, more: bool = False, step: Exact = 0) -> Bounds:
    """What the lines that are added count together; ``more``: there may be further lines."""
    lines = [line for line in lines if line.inside is not False]
    if not more and all(line.is_exact for line in lines):
        found = shares(lines, cap_first=cap_first, step=step)
        exact = sum((share.counted for share in found if share.line.added), 0)
        return exact, exact
    rooms = {line.room: line.most for line in lines if line.known and line.room is not None}
    low: Exact = 0
    high: Exact | None = None if more else 0
    for room, most in rooms.items():
        how = _How(cap_first, step)
        low += _certain(lines, room, most, how, more=more)
        high = _plus(high, _possible(lines, room, most, how))
    for line in lines:
        if not line.known or line.room is None:
            low += _certain_alone(line, lines, step)
            high = _plus(high, _worth(line, step)[1] if line.added is not False else 0)
    return low, high


@dataclass(frozen=True, slots=True)
class _How:
    """Whether the caps come before the factor, and to what steps is rounded."""

    cap_first: bool
    step: Exact


def _worth(line: Line, step: Exact) -> Bounds:
    """Raw times factor in whole steps; with others in a pool it may round up to one step more."""
    low, high = line.raw[0] * line.factor[0], _product(line.raw, line.factor)
    extra = 0 if line.known and line.pool is None else step
    return in_steps(low, step), None if high is None else in_steps(high, step) + extra


def _certain(lines: Sequence[Line], room: Hashable, most: Exact, how: _How, *, more: bool) -> Exact:
    """What is left of a cap's certain fill once others have taken all that they might."""
    own = [line for line in lines if line.known and line.room == room]
    fill: Exact = 0
    cut: Exact = 0
    taken: Exact | None = None if more and not all(line.added for line in own) else 0
    least: list[Exact] = []
    for line in lines:
        mine = line.known and line.room == room
        if not mine and line.known:
            continue
        least += [line.factor[0]]
        low, high = line.raw if how.cap_first else _worth(line, how.step)
        if mine and line.inside and not _may_repeat(line, lines):
            fill += low
            cut += how.step if low else 0
        if line.added is not True:
            taken = _plus(taken, high)
    if taken is None or more:
        return 0
    certain = max(0, min(fill, most) - taken)
    return max(0, certain * min(least) - cut) if how.cap_first else certain


def _possible(lines: Sequence[Line], room: Hashable, most: Exact, how: _How) -> Exact | None:
    own = [line for line in lines if line.known and line.room == room and line.added is not False]
    if not own:
        return 0
    fill: Exact | None = 0
    for line in own:
        fill = _plus(fill, (line.raw if how.cap_first else _worth(line, how.step))[1])
    possible = most if fill is None else min(fill, most)
    if not how.cap_first:
        return possible
    factors = [line.factor[1] for line in own]
    if None in factors:
        return None
    return possible * max(f for f in factors if f is not None) + how.step * len(own)


def _certain_alone(line: Line, lines: Sequence[Line], step: Exact) -> Exact:
    if not (line.inside and line.added and line.known) or _may_repeat(line, lines):
        return 0
    return _worth(line, step)[0]


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
