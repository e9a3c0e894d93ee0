"""
Columns of a relation: a term becomes a column where it is used again, or where another table is
looked into for it; else it is written where it is used.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from tiaoli.population.sql.problems import UnknownOperation
from tiaoli.population.sql.query import Query
from tiaoli.population.sql.views import NUMBER, Views
from tiaoli.population.sql.writing import LOOKUPS, OPERATIONS, ROW_OPS, Relation, Writer, is_at_hand
from tiaoli.population.terms import Sort, Term, walk

__all__ = ["Layers", "Looked", "is_there", "name_of", "parts_of"]

_CHEAP: Final = 3
"""Operations that are sooner done twice than kept as a column."""
_DEEP: Final = 40
"""Operations inside one another; engines limit them."""


@dataclass(frozen=True, slots=True)
class Looked:
    """A term that looks into a table of days; ``until``: no later day matters, if it is a day."""

    term: Term
    until: Term | None = None


class Layers:
    """
    Adds columns to relations, layer by layer: a column may be made of those of earlier layers.

    ``moving``: the tables of days that become others, by name what looks into them.
    """

    def __init__(self, outputs: Sequence[Term], writer: Writer, views: Views, query: Query) -> None:
        self.writer = writer
        self.views = views
        self.query = query
        self.moving: dict[tuple[str, int], tuple[str, list[Looked]]] = {}
        self._uses: Counter[int] = Counter()
        for term in walk(outputs):
            if term.op not in OPERATIONS:
                raise UnknownOperation(term.op)
            self._uses.update(arg.number for arg in term.args)
        self._uses.update(term.number for term in outputs)

    def ready(
        self,
        rel: Relation,
        roots: Sequence[Term],
        columns: Sequence[Term],
        rest: Sequence[Term] = (),
    ) -> Relation:
        """
        The relation with ``columns``, and with all that it takes to write ``roots``; ``rest`` is
        wanted later on.
        """
        for layer in self._layers(rel, roots, {term.number for term in columns}, columns):
            rel = self._more(rel, layer, [*roots, *columns, *rest])
        return rel

    def _layers(
        self, rel: Relation, roots: Sequence[Term], forced: set[int], columns: Sequence[Term]
    ) -> list[list[Term]]:
        layers: list[list[Term]] = []
        level: dict[int, int] = {}
        size: dict[int, tuple[int, int]] = {}
        for term in self.pending(rel, [*roots, *columns]):
            assert term.op != "agg", f"{term} is needed before it is there"
            below = max((level.get(arg.number, 0) for arg in parts_of(term)), default=0)
            sizes = [size.get(arg.number, (0, 0)) for arg in term.args]
            cost, depth = 1 + sum(s for s, _ in sizes), 1 + max((d for _, d in sizes), default=0)
            again = self._uses[term.number] > 1 and cost > _CHEAP
            if term.op in LOOKUPS or term.number in forced or again or depth > _DEEP:
                if below == len(layers):
                    layers.append([])
                layers[below].append(term)
                level[term.number], size[term.number] = below + 1, (0, 0)
            else:
                level[term.number], size[term.number] = below, (cost, depth)
        return layers

    def pending(self, rel: Relation, roots: Iterable[Term]) -> list[Term]:
        """What has no column yet, parts before wholes."""
        seen: set[int] = set()
        found: list[Term] = []
        ahead = [(term, False) for term in roots]
        while ahead:
            term, done = ahead.pop()
            if done:
                found.append(term)
            elif not (term.number in seen or term.number in rel.has or is_there(term)):
                seen.add(term.number)
                ahead.append((term, True))
                if term.op != "agg":
                    ahead.extend((arg, False) for arg in parts_of(term))
        return found

    def live(self, has: Mapping[int, str], rest: Iterable[Term]) -> dict[int, str]:
        """The columns that are still wanted."""
        seen: set[int] = set()
        found: dict[int, str] = {}
        ahead = list(rest)
        while ahead:
            term = ahead.pop()
            if term.number in seen:
                continue
            seen.add(term.number)
            if term.number in has:
                found[term.number] = has[term.number]
            elif term.op != "agg":
                ahead.extend(parts_of(term))
        return found

    def _more(self, rel: Relation, layer: Sequence[Term], rest: Sequence[Term]) -> Relation:
        """The relation with a column for each of ``layer``, and without what nobody wants."""
        has = dict(rel.has)
        joins: dict[str, str] = {}
        uses = [rel.name]
        made: dict[str, str] = {}
        for term in layer:
            column = name_of(term)
            made[column] = self._column(term, rel, joins, uses)
            has[term.number] = column
        live = self.live(has, rest)
        columns = {c: f"p.{c}" for c in (*rel.key, *live.values()) if c not in made}
        columns |= {c: sql for c, sql in made.items() if c in live.values()}
        source = "\n".join([f"{rel.name} p", *(f"LEFT JOIN {on}" for on in joins.values())])
        joined = any(one.op in LOOKUPS for one in layer)
        name = self.layer("m" if joined else "c", columns, source, uses)
        return replace(rel, name=name, has=live)

    def layer(self, hint: str, columns: Mapping[str, str], source: str, uses: Sequence[str]) -> str:
        chosen = ", ".join(
            sql if sql == f"p.{column}" else f"{sql} AS {column}" for column, sql in columns.items()
        )
        fence = self.writer.dialect.fence
        return self.query.add(hint, f"SELECT {chosen}\nFROM {source}{fence}", uses)

    def _column(self, term: Term, rel: Relation, joins: dict[str, str], uses: list[str]) -> str:
        match term.op:
            case "at":
                return self._at(term, rel, joins, uses)
            case "referred":
                return self._referred(term, rel, joins, uses)
            case "moved":
                return self._moved(term, rel, joins)
        return self.writer.sql(term, rel)

    def _at(self, term: Term, rel: Relation, joins: dict[str, str], uses: list[str]) -> str:
        """Of a record that a row names."""
        (row,) = term.args
        place = f"row {row.number} {term.data[0]}"
        view = self.views.of(term.data[0], numbered=True)
        alias = self._join(place, joins, uses, view)
        if not joins[place]:
            on = f"{alias}.s = p.s AND {alias}.{NUMBER} = {self.writer.sql(row, rel)}"
            joins[place] = f"{view} {alias} ON {on}"
        found = f"{alias}.{self.views.column(term)}"
        return f"coalesce({found}, FALSE)" if term.sort is Sort.BOOL else found

    def _join(self, place: str, joins: dict[str, str], uses: list[str], view: str) -> str:
        """The name of the table that is joined for ``place``."""
        if place not in joins:
            joins[place] = ""
            uses.append(view)
        return f"j{list(joins).index(place)}"

    def _referred(self, term: Term, rel: Relation, joins: dict[str, str], uses: list[str]) -> str:
        """The number of the record of a kind that another names by its id."""
        (name,) = parts_of(term)
        named = self.writer.sql(name, rel)
        to = term.data[2]
        view = self.views.of(to, numbered=True)
        alias = self._join(f"id {name.number} {to}", joins, uses, view)
        joins[f"id {name.number} {to}"] = (
            f"{view} {alias} ON {alias}.s = p.s AND {alias}.id = {named}"
        )
        return f"coalesce({alias}.{NUMBER}, -1)"

    def table_of(self, term: Term) -> tuple[str, list[Looked]]:
        """The table of days of a rule of the calendar, and what looks into it."""
        which = (term.data.what, id(term.data.node))
        if which not in self.moving:
            self.moving[which] = (f"days{len(self.moving)}", [])
        name, looked = self.moving[which]
        return self.query.own(name), looked

    def _moved(self, term: Term, rel: Relation, joins: dict[str, str]) -> str:
        table, looked = self.table_of(term)
        looked.append(Looked(term))
        place = f"moved {term.number}"
        joins[place] = ""
        alias = f"j{list(joins).index(place)}"
        day, *turn = (self.writer.sql(arg, rel) for arg in term.args)
        on = f"{alias}.d = {day}" + "".join(f" AND {alias}.n = {number}" for number in turn)
        joins[place] = f"{table} {alias} ON {on}"
        return f"{alias}.m"


def is_there(term: Term) -> bool:
    """Whether it takes no column."""
    return is_at_hand(term) or term.op in ROW_OPS


def parts_of(term: Term) -> tuple[Term, ...]:
    """What a term is made of; a reference is made of the name that it gives."""
    if term.op != "referred":
        return term.args
    kind, attribute, _ = term.data
    where = (kind, attribute, "value")
    return (Term("at", Sort.TEXT, term.args, where, 0, term.free, -term.number - 1),)


def name_of(term: Term) -> str:
    """The column of a term."""
    return f"t{term.number}" if term.number >= 0 else f"u{-term.number}"
