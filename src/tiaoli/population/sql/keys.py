"""Keys of several values as one text; texts of records hold no control characters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tiaoli.population.sql.dialects import Dialect
from tiaoli.population.terms import Sort, Term

__all__ = ["as_key", "joined_key"]

_NEXT, _NONE = 31, 30
_TEXTS: Final = frozenset({Sort.TEXT, Sort.CHOICE})


def as_key(term: Term, sql: str, dialect: Dialect) -> str:
    """A value as a text."""
    return sql if term.sort in _TEXTS else dialect.as_text(sql)


def joined_key(
    first: Sequence[str], pairs: Sequence[tuple[Term, str, str]], dialect: Dialect
) -> str:
    """``first`` and then each value that there is; each pair says whether there is one."""
    next_one, none = dialect.letter(_NEXT), dialect.letter(_NONE)
    parts = [
        f"CASE WHEN {has} THEN {next_one} || coalesce({as_key(term, value, dialect)}, '') "
        f"ELSE {none} END"
        for term, has, value in pairs
    ]
    return " || ".join([*first, *parts])
