"""A query as named parts, each of which may use those before it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from tiaoli.population.sql.dialects import Dialect

__all__ = ["Part", "Query"]


@dataclass(frozen=True, slots=True)
class Part:
    """``uses``: the parts that it reads; ``dear``: worth keeping where it is read twice."""

    name: str
    sql: str
    uses: tuple[str, ...]
    dear: bool = True


@dataclass(eq=False, slots=True)
class Query:
    """Parts in the order in which they were added; names are made here."""

    dialect: Dialect
    own: Callable[[str], str]
    """Makes a name that nobody else has: a part may become a table."""
    parts: dict[str, Part] = field(default_factory=dict)
    read: Counter[str] = field(default_factory=Counter)

    def add(self, hint: str, sql: str, uses: Sequence[str], *, dear: bool = True) -> str:
        name = self.own(f"{hint}{len(self.parts)}")
        self.put(Part(name, sql, tuple(uses), dear))
        return name

    def put(self, part: Part) -> None:
        self.parts[part.name] = part
        self.read.update(part.uses)

    def is_kept(self, name: str) -> bool:
        """Whether it is worked out once for all that read it."""
        return self.read[name] > 1 and self.parts[name].dear

    def kept(self) -> Iterator[str]:
        """The parts that are worth a table of their own, in order."""
        return (name for name in self._in_order() if self.is_kept(name))

    def text(self, name: str, there: frozenset[str] = frozenset()) -> str:
        """The query that gives the part ``name``; those ``there`` are tables by now."""
        needed = self._needed(name, there)
        named = [
            self.dialect.part(one, self.parts[one].sql, kept=self.is_kept(one))
            for one in self._in_order()
            if one in needed
        ]
        return ("WITH " + ",\n".join(named) + "\n" if named else "") + self.parts[name].sql

    def _needed(self, name: str, there: frozenset[str]) -> set[str]:
        found: set[str] = set()
        ahead = [*self.parts[name].uses]
        while ahead:
            one = ahead.pop()
            if one not in found and one not in there and one in self.parts:
                found.add(one)
                ahead += self.parts[one].uses
        return found

    def _in_order(self) -> Iterator[str]:
        """What is read before what reads it."""
        done: set[str] = set()
        for name in self.parts:
            ahead = [name]
            while ahead:
                one = ahead[-1]
                wanted = [u for u in self.parts[one].uses if u in self.parts and u not in done]
                if wanted:
                    ahead += wanted
                    continue
                ahead.pop()
                if one not in done:
                    done.add(one)
                    yield one
