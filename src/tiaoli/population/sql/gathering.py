"""What is gathered over the rows of a loop, grouped by the block around it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from tiaoli.population.schedule import Fold
from tiaoli.population.sql.allotting import allotted
from tiaoli.population.sql.keys import as_key, joined_key
from tiaoli.population.sql.problems import UnknownOperation
from tiaoli.population.sql.query import Query
from tiaoli.population.sql.simplifying import PICKED
from tiaoli.population.sql.writing import Relation, Writer
from tiaoli.population.terms import Agg

__all__ = ["AGGREGATES", "Gathered", "gathered"]


@dataclass(frozen=True, slots=True)
class Gathered:
    """A part of the query with the columns of the aggregates that are in it, by their number."""

    name: str
    columns: Mapping[int, str]


def gathered(
    rel: Relation, key: Sequence[str], folds: Sequence[Fold], writer: Writer, query: Query
) -> list[Gathered]:
    """All in one grouping, but for what is grouped twice."""
    for fold in folds:
        if fold.agg.data.how not in AGGREGATES:
            raise UnknownOperation(fold.agg.data.how.value)
    work = _Work(rel, key, writer, query)
    plain = [fold for fold in folds if fold.agg.data.how in _PLAIN]
    blocks = [fold for fold in folds if fold.agg.data.how is Agg.BLOCKS]
    found = work.groups([f for f in folds if f.agg.data.how in _GROUPS])
    found += work.ledgers([f for f in folds if f.agg.data.how is Agg.LEDGER])
    if plain or blocks:
        found.append(work.plain(plain, blocks))
    return found


class _Work:
    """The loop in hand."""

    def __init__(self, rel: Relation, key: Sequence[str], writer: Writer, query: Query) -> None:
        self.rel, self.key, self.writer, self.query = rel, key, writer, query
        self.by = ", ".join(f"p.{column}" for column in key)

    def args(self, fold: Fold) -> list[str]:
        return [self.writer.sql(arg, self.rel) for arg in fold.args]

    def plain(self, folds: Sequence[Fold], blocks: Sequence[Fold]) -> Gathered:
        columns = {fold.agg.number: _PLAIN[fold.agg.data.how](self, fold) for fold in folds}
        columns |= self.blocks(blocks)
        chosen = [self.by, *(f"{sql} AS a{number}" for number, sql in columns.items())]
        sql = f"SELECT {', '.join(chosen)}\nFROM {self.rel.name} p GROUP BY {self.by}"
        name = self.query.add("g", sql, [self.rel.name])
        return Gathered(name, {number: f"a{number}" for number in columns})

    def blocks(self, folds: Sequence[Fold]) -> dict[int, str]:
        """
        Periods of service that touch or overlap are one block. A period begins one where those
        before it have ended; of its days those count that none before it has.
        """
        before: dict[tuple[int, ...], str] = {}
        made: list[str] = []
        for fold in folds:
            which = tuple(arg.number for arg in fold.args)
            if which not in before:
                before[which] = f"w{len(before)}"
                taken, first, last, _ = self.args(fold)
                window = f"PARTITION BY {self.by} ORDER BY {first} {_BEFORE}"
                ended = f"max(CASE WHEN {taken} THEN {last} END) OVER ({window})"
                made.append(f"{ended} AS {before[which]}")
        if made:
            sql = f"SELECT p.*, {', '.join(made)}\nFROM {self.rel.name} p"
            self.rel = replace(self.rel, name=self.query.add("w", sql, [self.rel.name]))
        return {
            fold.agg.number: self._block(fold, before[tuple(arg.number for arg in fold.args)])
            for fold in folds
        }

    def _block(self, fold: Fold, before: str) -> str:
        taken, first, last, on = self.args(fold)
        begun = f"{taken} AND {first} < {on}"
        ended = f"p.{before}"
        match fold.agg.data.part:
            case "start":
                return f"min({first}) FILTER (WHERE {begun})"
            case "blocks":
                begins = f"{begun} AND ({ended} IS NULL OR {first} > {ended} + 1)"
                return f"count(*) FILTER (WHERE {begins})"
            case "days":
                start = f"greatest({first}, coalesce({ended} + 1, {first}))"
                days = f"greatest(0, least({last}, {on} - 1) - {start} + 1)"
                return self.writer.dialect.whole(f"sum({days}) FILTER (WHERE {begun})")
        raise UnknownOperation(f"blocks {fold.agg.data.part}")

    def groups(self, folds: Sequence[Fold]) -> list[Gathered]:
        """Grouped by a key of the records first; a record without one is a group by itself."""
        found: dict[tuple[int, ...], dict[int, str]] = {}
        which: dict[tuple[int, ...], Fold] = {}
        for fold in folds:
            args = tuple(arg.number for arg in fold.args)
            which.setdefault(args, fold)
            best = fold.agg.data.how is Agg.GROUPS_BEST
            found.setdefault(args, {})[fold.agg.number] = "best" if best else "total"
        return [Gathered(self._group(which[args]), columns) for args, columns in found.items()]

    def _group(self, fold: Fold) -> str:
        taken, value, has_key, key, *cap = self.args(fold)
        own = self.writer.dialect.as_text(f"p.{self.rel.binders[fold.agg.data.binders[0]]}")
        text = as_key(fold.args[3], key, self.writer.dialect)
        group = f"CASE WHEN {has_key} THEN 'k' || {text} ELSE 'r' || {own} END"
        whole = self.writer.dialect.whole
        added = whole(f"sum({value})")
        worth = f"least(max({cap[0]}), {added})" if cap else f"max({value})"
        inner = (
            f"SELECT {self.by}, {worth} AS worth\n"
            f"FROM {self.rel.name} p WHERE {taken} GROUP BY {self.by}, {group}"
        )
        sql = (
            f"SELECT {self.by}, {whole('sum(p.worth)')} AS total, max(p.worth) AS best\n"
            f"FROM (\n{inner}\n) p GROUP BY {self.by}"
        )
        return self.query.add("g", sql, [self.rel.name])

    def ledgers(self, folds: Sequence[Fold]) -> list[Gathered]:
        found: dict[tuple[int, ...], list[Fold]] = {}
        for fold in folds:
            found.setdefault(tuple(arg.number for arg in fold.args), []).append(fold)
        gathered = []
        for same in found.values():
            name = allotted(self.rel, self.key, same[0], self.writer, self.query)
            parts = {fold.agg.number: fold.agg.data.part.split(":")[0] for fold in same}
            gathered.append(Gathered(name, parts))
        return gathered


_BEFORE: Final = "ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING"


def _any(work: _Work, fold: Fold) -> str:
    return f"bool_or({work.args(fold)[0]})"


def _count(work: _Work, fold: Fold) -> str:
    return f"count(*) FILTER (WHERE {work.args(fold)[0]})"


def _sum(work: _Work, fold: Fold) -> str:
    taken, value = work.args(fold)
    return work.writer.dialect.whole(f"sum({value}) FILTER (WHERE {taken})")


def _extreme(name: str) -> Callable[[_Work, Fold], str]:
    def write(work: _Work, fold: Fold) -> str:
        taken, value, *place = work.args(fold)
        if fold.agg.data.part == PICKED:
            return work.writer.dialect.at_greatest(value, place, taken)
        return f"{name}({value}) FILTER (WHERE {taken})"

    return write


def _middle(work: _Work, fold: Fold) -> str:
    taken, value = work.args(fold)
    return work.writer.dialect.middle(value, taken)


def _distinct(work: _Work, fold: Fold) -> str:
    """Of several kinds the keys themselves, to be put together."""
    taken, first, *pairs = work.args(fold)
    dialect = work.writer.dialect
    several = len(fold.agg.data.binders) > 1
    if several or pairs:
        first = as_key(fold.args[1], first, dialect)
        terms = fold.args[3::2]
        first = joined_key([first], list(zip(terms, pairs[::2], pairs[1::2], strict=True)), dialect)
    if several:
        return dialect.list_of(first, taken)
    return f"count(DISTINCT {first}) FILTER (WHERE {taken})"


_PLAIN: Final[Mapping[Agg, Callable[[_Work, Fold], str]]] = {
    Agg.ANY: _any,
    Agg.COUNT: _count,
    Agg.SUM: _sum,
    Agg.LEAST: _extreme("min"),
    Agg.GREATEST: _extreme("max"),
    Agg.MIDDLE: _middle,
    Agg.DISTINCT: _distinct,
}
_GROUPS: Final = frozenset({Agg.GROUPS_TOTAL, Agg.GROUPS_BEST})

AGGREGATES: Final = frozenset(_PLAIN) | _GROUPS | {Agg.BLOCKS, Agg.LEDGER}
"""Everything that can be gathered."""
