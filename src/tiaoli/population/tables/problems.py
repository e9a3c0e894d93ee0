"""What is wrong with facts as columns: all of it, each with how often and where it is first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import numpy as np

from tiaoli.facts.kinds import Label
from tiaoli.facts.problems import Problem

__all__ = ["FactsError", "at_rows", "found_at"]

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


def at_rows(source: str, column: str, rows: Any, says: Label) -> list[Problem]:
    """One problem for all ``rows`` that have it; none where there are no such rows."""
    if len(rows) == 0:
        return []
    first = ", ".join(str(int(row) + 1) for row in np.unique(rows)[:_ROWS_NAMED])
    count = f"rows {first}" if len(rows) <= _ROWS_NAMED else f"rows {first} … ({len(rows)} rows)"
    return [Problem(f"{source} · {column} · {count}", says)]
