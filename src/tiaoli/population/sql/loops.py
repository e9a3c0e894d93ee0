"""
The rows of a loop: the records of a kind, or the numbers of periods, beside the rows of the block
around it; the records alone, where nothing but the subject of the block is needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from tiaoli.population.schedule import Emit, Fold, Loop
from tiaoli.population.sql.layers import Layers, Looked, is_there, name_of, parts_of
from tiaoli.population.sql.views import NUMBER
from tiaoli.population.sql.writing import LOOKUPS, Relation
from tiaoli.population.terms import Agg, Binder, Rows, Term, Turns

__all__ = ["MOST_TURNS", "Loops", "apart", "wanted_of"]

MOST_TURNS: Final = 60

_COMPARES: Final = frozenset({"eq", "lt", "le"})
_BY_ITSELF: Final = frozenset({Agg.GROUPS_TOTAL, Agg.GROUPS_BEST, Agg.LEDGER})
"""Aggregates in which a record may stand for itself, so that its number is needed."""


class Loops:
    """Opens loops."""

    def __init__(self, layers: Layers) -> None:
        self.layers = layers
        self.writer, self.views, self.query = layers.writer, layers.views, layers.query
        self._found: dict[int, tuple[Loop, list[Term]]] = {}

    def needs(self, loop: Loop) -> list[Term]:
        """What a loop's body takes from around it."""
        if id(loop) not in self._found:
            self._found[id(loop)] = (loop, _outside(wanted_of(loop), loop))
        return self._found[id(loop)][1]

    def opened(self, loop: Loop, rel: Relation, needs: Sequence[Term]) -> Relation:
        """The rows of a loop beside what is needed of the block around it."""
        if isinstance(loop.binder, Turns):
            return self._periods(loop, rel, needs)
        if loop.folds and not needs and len(rel.key) == 1:
            return self._records(loop, rel)
        return self._beside(loop, rel, needs)

    def _records(self, loop: Loop, rel: Relation) -> Relation:
        """The records of a kind, whosever they are."""
        binder = loop.binder
        assert isinstance(binder, Rows)
        numbered = _is_numbered(loop)
        view = self.views.of(binder.kind, numbered=numbered)
        has = {term.number: self.views.column(term) for term in _of_row(loop, ())}
        key = (*rel.key, NUMBER) if numbered else rel.key
        opened = Relation(view, key, {**rel.binders, binder: NUMBER}, has)
        where = self._filter(loop, opened)
        if not where:
            return opened
        sql = f"SELECT p.*\nFROM {view} p WHERE {where}"
        return replace(opened, name=self.query.add("l", sql, [view]))

    def _beside(self, loop: Loop, rel: Relation, needs: Sequence[Term]) -> Relation:
        """The records of a kind beside the rows of the block around them."""
        binder, asked = loop.binder, not loop.folds
        assert isinstance(binder, Rows)
        numbered = asked or _is_numbered(loop)
        view = self.views.of(binder.kind, numbered=numbered)
        depth, columns, has = _depth(rel), *_taken_along(rel, needs)
        columns |= {depth: f"k.{NUMBER}"} if numbered else {}
        columns |= {"about": "k.id"} if asked else {}
        for term in _of_row(loop, needs):
            has[term.number] = name_of(term)
            columns[name_of(term)] = "k." + self.views.column(term)
        key = (*rel.key, *([depth] if numbered else []), *(["about"] if asked else []))
        opened = Relation("", key, {**rel.binders, binder: depth}, has)
        source = f"{rel.name} p JOIN {view} k ON k.s = p.s"
        return self._chosen(loop, opened, columns, source, [rel.name, view])

    def _periods(self, loop: Loop, rel: Relation, needs: Sequence[Term]) -> Relation:
        """
        The numbers of periods. Where all that is gathered compares the end or the start of a
        period, they come with it from the table of days, and no period is tried in vain.
        """
        binder = loop.binder
        assert isinstance(binder, Turns)
        depth, columns, has = _depth(rel), *_taken_along(rel, needs)
        columns[depth] = "g.n"
        until = MOST_TURNS if binder.until is None else binder.until
        compared = _compared_period(loop, binder)
        if compared is None:
            source = f"{rel.name} p CROSS JOIN {self.writer.dialect.turns(binder.first, until)}"
        else:
            table, looked = self.layers.table_of(compared.term)
            looked.append(compared)
            has[compared.term.number] = name_of(compared.term)
            columns[name_of(compared.term)] = "g.m"
            day = self.writer.sql(compared.term.args[0], rel)
            on = f"g.d = {day} AND g.n >= {binder.first} AND g.n < {until}"
            source = f"{rel.name} p JOIN {table} g ON {on}"
        opened = Relation("", (*rel.key, depth), {**rel.binders, binder: depth}, has)
        return self._chosen(loop, opened, columns, source, [rel.name])

    def _chosen(
        self,
        loop: Loop,
        opened: Relation,
        columns: Mapping[str, str],
        source: str,
        uses: Sequence[str],
    ) -> Relation:
        chosen = ", ".join(f"{sql} AS {column}" for column, sql in columns.items())
        inner = f"SELECT {chosen}\nFROM {source}"
        where = self._filter(loop, opened)
        if where:
            inner = f"SELECT p.* FROM (\n{inner}\n) p WHERE {where}"
        return replace(opened, name=self.query.add("l", inner, uses))

    def _filter(self, loop: Loop, rel: Relation) -> str:
        """What every aggregate of a loop asks of a record, as far as it is plain to see."""
        return " AND ".join(
            self._loose(term, rel)
            for term in _common(loop)
            if term.op != "const" and self._is_plain(term, rel)
        )

    def _loose(self, term: Term, rel: Relation) -> str:
        """A truth that may be null, which is as good as false here; engines join by equality."""
        if term.op in ("eq", "lt", "le") and term.number not in rel.has:
            return self.writer.plain_compare(term, [self.writer.sql(arg, rel) for arg in term.args])
        return self.writer.sql(term, rel)

    def _is_plain(self, term: Term, rel: Relation) -> bool:
        return all(t.op not in LOOKUPS and t.op != "agg" for t in self.layers.pending(rel, [term]))


def _depth(rel: Relation) -> str:
    """The column of the number that a loop adds to the key."""
    return f"k{len(rel.key)}"


def _taken_along(rel: Relation, needs: Sequence[Term]) -> tuple[dict[str, str], dict[int, str]]:
    """The columns that the rows of a loop have of the block around them, and their terms."""
    has = {term.number: rel.has[term.number] for term in needs}
    return {column: f"p.{column}" for column in (*rel.key, *has.values())}, has


def _compared_period(loop: Loop, binder: Turns) -> Looked | None:
    """The end or start of a period that every aggregate compares; and what it may not be after."""
    found: Term | None = None
    for term in _common(loop):
        for moved in (arg for arg in term.args if arg.op == "moved" and term.op in _COMPARES):
            day, *turn = moved.args
            if turn and turn[0].data == binder and binder not in day.free:
                found = found or moved
                if found is moved and moved is term.args[0] and term.op != "eq":
                    return Looked(moved, term.args[1])
    return None if found is None else Looked(found)


def wanted_of(loop: Loop) -> list[Term]:
    """What is to be known of each row of a loop."""
    if loop.folds:
        return [arg for fold in loop.folds for arg in fold.args]
    return [term for step in loop.body.steps if isinstance(step, Emit) for term in step.outputs]


def _outside(wanted: Iterable[Term], loop: Loop) -> list[Term]:
    """What has been worked out around a loop and is needed in it."""
    open = frozenset(loop.body.chain)
    seen: set[int] = set()
    found: list[Term] = []
    ahead = list(wanted)
    while ahead:
        term = ahead.pop()
        if term.number in seen or is_there(term):
            continue
        seen.add(term.number)
        if term.free <= open and loop.binder not in term.free:
            found.append(term)
        else:
            ahead.extend(term.args)
    return found


def _of_row(loop: Loop, needs: Sequence[Term]) -> list[Term]:
    """What is asked of the record of a loop itself, in its body and deeper."""
    return [term for term in _inside(loop, needs) if _is_of(term, loop.binder)]


def _is_of(term: Term, binder: Binder) -> bool:
    return term.op == "at" and term.args[0].op == "row" and term.args[0].data == binder


def _inside(loop: Loop, needs: Sequence[Term]) -> Iterator[Term]:
    seen = {term.number for term in needs}
    ahead = wanted_of(loop)
    while ahead:
        term = ahead.pop()
        if term.number not in seen:
            seen.add(term.number)
            yield term
            ahead.extend(parts_of(term))


def _is_numbered(loop: Loop) -> bool:
    """Whether the numbers of the records matter: they say which is meant, or go first."""
    if any(isinstance(step, Loop) for step in loop.body.steps):
        return True
    if any(fold.agg.data.how in _BY_ITSELF for fold in loop.folds):
        return True
    return any(
        arg.op == "row" and arg.data == loop.binder
        for term in _inside(loop, ())
        if term.op not in ("at", "referred")
        for arg in term.args
    )


def _conjuncts(term: Term) -> tuple[Term, ...]:
    return term.args if term.op == "and" else (term,)


def _common(loop: Loop) -> list[Term]:
    """What every aggregate of a loop asks of a record that it takes."""
    sets = [_conjuncts(fold.args[0]) for fold in loop.folds]
    return [t for t in sets[0] if all(t in other for other in sets[1:])] if sets else []


def apart(loop: Loop, rel: Relation) -> list[Loop]:
    """
    Records beside records: what takes only those that are equal in something is looked up by it,
    apart from what takes others, so that not all are held beside all. Whether any is this or that
    is whether any is this, or any is that.
    """
    nested = any(isinstance(step, Loop) for step in loop.body.steps)
    if len(rel.key) == 1 or nested or not isinstance(loop.binder, Rows):
        return [loop]
    found: dict[frozenset[int], list[Fold]] = {}
    for fold in loop.folds:
        for one in _alternatives(fold):
            equal = (t.number for t in _conjuncts(one.args[0]) if _is_equality(t, loop.binder))
            found.setdefault(frozenset(equal), []).append(one)
    if not any(found):
        return [loop]
    return [Loop(loop.binder, loop.body, tuple(folds)) for folds in found.values()]


def _alternatives(fold: Fold) -> Iterator[Fold]:
    (taken, *_), agg = fold.args, fold.agg
    if agg.data.how is not Agg.ANY or taken.op != "or":
        yield fold
        return
    for one in taken.args:
        yield Fold(replace(agg, args=(one,)), 0)


def _is_equality(term: Term, binder: Binder) -> bool:
    if term.op != "eq":
        return False
    one, other = (binder in arg.free for arg in term.args)
    return one is not other
