"""Days that crowd around the edges of windows: exactly on them, a day before, a day after."""

from __future__ import annotations

import datetime
from typing import Any, Final

import numpy as np

from tiaoli.facts.kinds import Attribute
from tiaoli.facts.periods import look_back, months, years
from tiaoli.population.invented.rows import Cells, Draw, Rows

__all__ = ["add_months", "after", "days", "moments", "spells"]

_YEARS: Final = (1, 2, 3, 4, 5, 6, 10)
_MONTHS: Final = (1, 3, 6)
_CLOCK: Final = (540, 600, 690, 719, 720, 721, 810, 1019, 1020, 1021, 1439)


def edges(on: datetime.date) -> Any:
    """The days from which the usual windows run, those on which they end, and leap days."""
    anchors = {on, *(look_back(on, years(n)) for n in _YEARS)}
    anchors |= {look_back(on, months(n)) for n in _MONTHS}
    anchors |= {add_day(on, n) for n in _MONTHS}
    leaps = (year for year in range(on.year - 12, on.year + 2) if year % 4 == 0)
    anchors |= {datetime.date(year, 2, 29) for year in leaps if year % 100 or year % 400 == 0}
    around = {day.toordinal() + off for day in anchors for off in (-1, 0, 1)}
    return np.array(sorted(around), dtype=np.int64)


def add_day(on: datetime.date, later: int) -> datetime.date:
    return datetime.date.fromordinal(int(add_months(np.array([on.toordinal()]), later)[0]))


def add_months(ordinals: Any, later: Any) -> Any:
    """So many months later; where that month is too short, its last day."""
    since = (ordinals - _EPOCH).astype("datetime64[D]")
    month = since.astype("datetime64[M]")
    day = (since - month.astype("datetime64[D]")).astype(np.int64)
    target = month + np.asarray(later).astype("timedelta64[M]")
    first, following = target.astype("datetime64[D]"), (target + 1).astype("datetime64[D]")
    length = (following - first).astype(np.int64)
    return (first.astype(np.int64) + np.minimum(day, length - 1)) + _EPOCH


_EPOCH: Final = 719_163  # date(1970, 1, 1).toordinal()


def days(back: int = 10, ahead: int = 0, edge: float = 0.35, least: int = 0) -> Draw:
    """
    Days from ``back`` years before the day of asking until ``least`` years before it, or ``ahead``
    months after it; a share ``edge`` at the edge of a window. Firm ones are mostly recent.
    """

    def draw(rows: Rows, _attribute: Attribute, random: np.random.Generator) -> Cells:
        first = look_back(rows.on, years(back)).toordinal() - 1
        last = look_back(add_day(rows.on, ahead), years(least)).toordinal() + 1
        found = _between(rows.on, (first, last), rows.total, edge, random)
        recent = random.integers(last - (last - first) // 3, last, rows.total)
        return Cells(np.where(rows.firm & (random.random(rows.total) < 0.6), recent, found))

    return draw


def _between(
    on: datetime.date, within: tuple[int, int], count: int, edge: float, random: np.random.Generator
) -> Any:
    first, last = within
    every = edges(on)
    near = every[(every >= first) & (every <= last)]
    at_edge = random.random(count) < edge
    any_day = random.integers(first, last + 1, count)
    return np.where(at_edge, near[random.integers(0, len(near), count)], any_day)


def after(attribute: str, *later: int, off: tuple[int, ...] = (-1, 0, 0, 1)) -> Draw:
    """One of ``later`` months after another day of the record, give or take a day."""

    def draw(rows: Rows, _attribute: Attribute, random: np.random.Generator) -> Cells:
        base = rows.drawn[attribute].values
        chosen = np.array(later)[random.integers(0, len(later), rows.total)]
        around = np.array(off)[random.integers(0, len(off), rows.total)]
        return Cells(add_months(base, chosen) + around)

    return draw


def moments(attribute: str, *before: int) -> Draw:
    """A time of day on another day of the record, or ``before`` so many days; in seconds."""

    def draw(rows: Rows, _attribute: Attribute, random: np.random.Generator) -> Cells:
        minutes = np.array(_CLOCK)[random.integers(0, len(_CLOCK), rows.total)]
        earlier = np.array(before or (0,))[random.integers(0, len(before or (0,)), rows.total)]
        day = rows.drawn[attribute].values - earlier - 1
        return Cells(day * 86_400 + minutes * 60)

    return draw


def spells(start: str, end: str, back: int = 12) -> tuple[str, str, Draw, Draw]:
    """
    Periods of one subject one after another: they touch, overlap, or leave out a day or a month.
    The first begins at the edge of a window more often than not; the last mostly still runs.
    """

    def starts(rows: Rows, _attribute: Attribute, random: np.random.Generator) -> Cells:
        first, until = look_back(rows.on, years(back)).toordinal() - 1, rows.on.toordinal()
        early = _between(rows.on, (first, (first + until) // 2), len(rows.counts), 0.6, random)
        some = _between(rows.on, (first, until), len(rows.counts), 0.6, random)
        since = np.where(rows.firm, early[rows.owner], some[rows.owner])
        share = (until - since) * rows.place // np.maximum(rows.counts[rows.owner], 1)
        return Cells(since + share)

    def ends(rows: Rows, _attribute: Attribute, random: np.random.Generator) -> Cells:
        begun = rows.drawn[start].values
        is_last = rows.place == rows.counts[rows.owner] - 1
        following = np.where(is_last, rows.on.toordinal(), np.append(begun[1:], 0))
        gap = np.array([-31, -2, -1, -1, -1, -1, 20])[random.integers(0, 7, rows.total)]
        gap = np.where(rows.firm, -1, gap)
        stopped = (random.random(rows.total) < 0.2) & ~rows.firm
        over = following + np.where(is_last, random.integers(-400, 3, rows.total), gap)
        return Cells(np.maximum(over, begun), left_out=is_last & ~stopped)

    return start, end, starts, ends
