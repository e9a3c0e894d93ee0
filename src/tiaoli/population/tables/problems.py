"""What is wrong with facts as columns: all of it, each with how often and where it is first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from tiaoli.facts.kinds import Label
from tiaoli.facts.problems import Problem

__all__ = ["AtRows", "FactsError", "at_rows", "found_at", "moved", "together"]

_ROWS_NAMED: Final = 5
_PRINTED_AT_MOST: Final = 50


class FactsError(ValueError):
    """Facts that cannot be used as they are. ``problems`` holds everything found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        count = len(self.problems)
        head = f"紀錄表有 {count} 處要修正。 / The tables need {count} correction(s)."
        listed = [f"{n}. {p}" for n, p in enumerate(self.problems[:_PRINTED_AT_MOST], 1)]
        more = count - _PRINTED_AT_MOST
        rest = [f"……另有 {more} 處。 / … and {more} more."] if more > 0 else []
        return "\n".join([head, *listed, *rest])


def found_at(where: Any) -> Any:
    """The rows, counted from 0, on which ``where`` is true; null is not."""
    if not isinstance(where, np.ndarray):
        where = where.fill_null(False).to_numpy(zero_copy_only=False)
    return np.flatnonzero(where)


@dataclass(frozen=True, slots=True)
class AtRows(Problem):
    """
    One problem that ``count`` cells of a column have; ``rows`` are the first rows of them, counted
    from 0. ``what`` is the same for the same problem wherever it is found.
    """

    source: str
    column: str
    what: object
    rows: tuple[int, ...]
    count: int


def at_rows(
    source: str, column: str, rows: Any, says: Label, *, what: str | None = None
) -> list[Problem]:
    """
    One problem for all ``rows`` that have it; none where there are no such rows. Where ``says``
    tells what was found in the first of them, ``what`` names the problem without it.
    """
    if len(rows) == 0:
        return []
    first = tuple(int(row) for row in np.unique(rows)[:_ROWS_NAMED])
    place = _place(source, column, first, len(rows))
    return [AtRows(place, says, source, column, what or says, first, len(rows))]


def _place(source: str, column: str, rows: tuple[int, ...], count: int) -> str:
    first = ", ".join(str(row + 1) for row in rows)
    more = "" if count <= _ROWS_NAMED else f" … ({count} rows)"
    return f"{source} · {column} · rows {first}{more}"


def moved(problem: Problem, rows: Mapping[str, Any]) -> Problem:
    """The problem of a part as one of the whole; ``rows``: by source, where each row stands."""
    if not isinstance(problem, AtRows):
        return problem
    first = tuple(int(rows[problem.source][row]) for row in problem.rows)
    place = _place(problem.source, problem.column, first, problem.count)
    return replace(problem, place=place, rows=first)


def together(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each problem once, with all the rows that have it."""
    found: dict[object, Problem] = {}
    for one in problems:
        key = (one.source, one.column, one.what) if isinstance(one, AtRows) else one
        found[key] = _both(found[key], one) if key in found else one
    return tuple(found.values())


def _both(one: Problem, other: Problem) -> Problem:
    if not (isinstance(one, AtRows) and isinstance(other, AtRows)):
        return one
    earlier = min(one, other, key=lambda problem: problem.rows)
    rows, count = tuple(sorted({*one.rows, *other.rows}))[:_ROWS_NAMED], one.count + other.count
    place = _place(one.source, one.column, rows, count)
    return replace(earlier, place=place, rows=rows, count=count)
