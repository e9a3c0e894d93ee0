"""
A program as relations: a block is a query with a row for each subject, record and turn that is
open, and a column for each term that is wanted further on.

A term becomes a column where it is used again; else it is written where it is used. A loop is the
block's rows beside the rows of a kind (the kind's rows alone, where nothing but the subject of the
block is needed), grouped by the block again, with all that is gathered in one grouping.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from tiaoli.population.plan import Plan
from tiaoli.population.schedule import Block, Close, Emit, Fold, Loop, Step
from tiaoli.population.sql.gathering import Gathered, gathered
from tiaoli.population.sql.problems import UnknownOperation
from tiaoli.population.sql.query import Query
from tiaoli.population.sql.views import Views
from tiaoli.population.sql.writing import LOOKUPS, OPERATIONS, ROW_OPS, Relation, Writer, is_at_hand
from tiaoli.population.terms import Agg, Binder, Rows, Sort, Term, Turns, walk

__all__ = ["MOST_TURNS", "Relations"]

MOST_TURNS: Final = 60
_CHEAP: Final = 3
"""Operations that are sooner done twice than kept as a column."""
_DEEP: Final = 40
"""Operations inside one another; engines limit them."""

_COMPARES: Final = frozenset({"eq", "lt", "le"})
_BY_ITSELF: Final = frozenset({Agg.GROUPS_TOTAL, Agg.GROUPS_BEST, Agg.LEDGER})
"""Aggregates in which a record may stand for itself, so that its number is needed."""


class Relations:
    """Makes the parts of a query of a plan; ``written`` is the last of them."""

    def __init__(self, plan: Plan, writer: Writer, views: Views, query: Query) -> None:
        self.plan = plan
        self.writer = writer
        self.views = views
        self.query = query
        self.uses: Counter[int] = Counter()
        for term in walk(plan.outputs):
            if term.op not in OPERATIONS:
                raise UnknownOperation(term.op)
            self.uses.update(arg.number for arg in term.args)
        self.uses.update(term.number for term in plan.outputs)
        self.moving: dict[tuple[str, int], tuple[str, list[Term]]] = {}
        """Tables of days that become others: their names, and the terms that look into them."""
        self._found: dict[int, tuple[Loop, list[Term]]] = {}

    def written(self) -> Relation:
        """The relation in which every output can be written."""
        root = Relation(self.views.subjects, ("s",), {}, {})
        marks = self._incomplete()
        root = replace(root, has=dict(marks))
        return self._block(self.plan.program, root, ())

    def _incomplete(self) -> Iterable[tuple[int, str]]:
        for term in walk(self.plan.outputs):
            if term.op == "incomplete":
                yield term.number, self.views.incomplete(term.data)

    # A block

    def _block(self, block: Block, rel: Relation, after: Sequence[Term]) -> Relation:
        """The relation of ``block`` when all its steps are done; ``after``: what is then wanted."""
        ahead: list[Step] = [step for step in block.steps if isinstance(step, Loop | Close | Emit)]
        while ahead:
            if isinstance(ahead[0], Emit):
                return self.ready(rel, ahead[0].outputs, ())
            assert isinstance(ahead[0], Loop), "a block goes on with a loop"
            if not ahead[0].folds:
                return self._asked(ahead[0], rel)
            loops, closes, ahead = _stage(ahead)
            rest = [*self._wanted(ahead), *after]
            rel = self._staged(rel, (loops, closes), rest)
        return self.ready(rel, after, ())

    def _wanted(self, steps: Iterable[Step]) -> list[Term]:
        found: list[Term] = []
        for step in steps:
            if isinstance(step, Emit):
                found += step.outputs
            elif isinstance(step, Loop):
                found += self._needs(step)
        return found

    def _asked(self, loop: Loop, rel: Relation) -> Relation:
        """One row for each record asked about; the last loop of a program about records."""
        needs = self._needs(loop)
        rel = self.ready(rel, (), needs, needs)
        body = self._opened(loop, rel, needs)
        return self._block(loop.body, body, ())

    def _needs(self, loop: Loop) -> list[Term]:
        """What a loop's body takes from around it."""
        if id(loop) not in self._found:
            self._found[id(loop)] = (loop, _outside(_wanted_of(loop), loop))
        return self._found[id(loop)][1]

    def _staged(
        self,
        rel: Relation,
        steps: tuple[Sequence[Loop], Sequence[Close]],
        rest: Sequence[Term],
    ) -> Relation:
        """All loops that hang on nothing but what is there, beside the relation."""
        loops, closes = [one for loop in steps[0] for one in _apart(loop, rel)], steps[1]
        every = list(dict.fromkeys(term for loop in loops for term in self._needs(loop)))
        rel = self.ready(rel, (), every, [*every, *rest])
        found: list[Gathered] = []
        for loop in loops:
            body = self._opened(loop, rel, self._needs(loop))
            body = self._block(loop.body, body, _wanted_of(loop))
            found += gathered(body, rel.key, loop.folds, self.writer, self.query)
        return self._beside(rel, found, [close.agg for close in closes], rest)

    def _beside(
        self, rel: Relation, found: Sequence[Gathered], aggs: Sequence[Term], rest: Sequence[Term]
    ) -> Relation:
        """The relation with what was gathered; of no records, what is there of none."""
        has = self._live(rel.has, rest)
        columns = {column: f"p.{column}" for column in (*rel.key, *has.values())}
        joins = []
        for number, one in enumerate(found):
            on = " AND ".join(f"j{number}.{column} = p.{column}" for column in rel.key)
            joins.append(f"LEFT JOIN {one.name} j{number} ON {on}")
        for agg in aggs:
            parts = [
                f"j{number}.{one.columns[agg.number]}"
                for number, one in enumerate(found)
                if agg.number in one.columns
            ]
            columns[f"t{agg.number}"] = self._closed(agg, parts)
            has[agg.number] = f"t{agg.number}"
        uses = (rel.name, *(one.name for one in found))
        source = "\n".join([f"{rel.name} p", *joins])
        return replace(rel, name=self._layer("b", columns, source, uses), has=has)

    def _closed(self, agg: Term, parts: Sequence[str]) -> str:
        how = agg.data.how
        if len(agg.data.binders) > 1:
            if how is not Agg.DISTINCT:
                raise UnknownOperation(f"{how.value} over several kinds")
            return self.writer.dialect.how_many_in(parts)
        if how is Agg.ANY:
            return " OR ".join(f"coalesce({part}, FALSE)" for part in parts)
        (part,) = parts
        if agg.sort is Sort.BOOL:
            none = "TRUE" if how is Agg.LEDGER else "FALSE"
            return f"coalesce({part}, {none})"
        return part if agg.sort is Sort.DAY else f"coalesce({part}, 0)"

    # The rows of a loop

    def _opened(self, loop: Loop, rel: Relation, needs: Sequence[Term]) -> Relation:
        """The rows of a loop beside what is needed of the block around it."""
        binder = loop.binder
        depth = f"k{len(rel.key)}"
        key = (*rel.key, depth)
        columns = {column: f"p.{column}" for column in rel.key}
        has: dict[int, str] = {}
        for term in needs:
            has[term.number] = rel.has[term.number]
            columns[has[term.number]] = f"p.{has[term.number]}"
        if isinstance(binder, Turns):
            until = MOST_TURNS if binder.until is None else binder.until
            source, uses = self._turns(loop, rel, columns, has, (binder.first, until)), [rel.name]
            columns[depth] = "g.n"
        else:
            asked = not loop.folds
            numbered = asked or _is_numbered(loop)
            view = self.views.of(binder.kind, numbered=numbered)
            columns |= {depth: "k.r"} if numbered else {}
            key = key if numbered else rel.key
            columns |= {"about": "k.id"} if asked else {}
            for term in _of_row(loop, needs):
                has[term.number] = _name(term)
                columns[_name(term)] = "k." + self.views.column(term)
            if asked or needs or len(rel.key) > 1:
                source, uses = f"{rel.name} p JOIN {view} k ON k.s = p.s", [rel.name, view]
            else:
                columns["s"] = "k.s"
                source, uses = f"{view} k", [view]
        binders = {**rel.binders, binder: depth}
        opened = Relation("", key if loop.folds else (*key, "about"), binders, has)
        chosen = ", ".join(f"{sql} AS {column}" for column, sql in columns.items())
        inner = f"SELECT {chosen} FROM {source}"
        where = self._filter(loop, opened)
        if where:
            inner = f"SELECT p.* FROM (\n{inner}\n) p WHERE {where}"
        return replace(opened, name=self.query.add("l", inner, uses))

    def _turns(
        self,
        loop: Loop,
        rel: Relation,
        columns: dict[str, str],
        has: dict[int, str],
        span: tuple[int, int],
    ) -> str:
        """
        The numbers of periods. Where all that is gathered compares the end or the start of a
        period, they come with it from the table of days, and no period is tried in vain.
        """
        first, until = span
        for term in _common(loop):
            for moved in (arg for arg in term.args if arg.op == "moved" and term.op in _COMPARES):
                day, *turn = moved.args
                if turn and turn[0].data == loop.binder and loop.binder not in day.free:
                    table, terms = self._table_of(moved)
                    terms.append(moved)
                    has[moved.number] = _name(moved)
                    columns[_name(moved)] = "g.m"
                    on = f"g.d = {self.writer.sql(day, rel)} AND g.n >= {first} AND g.n < {until}"
                    return f"{rel.name} p JOIN {table} g ON {on}"
        return f"{rel.name} p CROSS JOIN {self.writer.dialect.turns(first, until)}"

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
        return all(t.op not in LOOKUPS and t.op != "agg" for t in self._pending(rel, [term]))

    # Columns

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
        for term in self._pending(rel, [*roots, *columns]):
            assert term.op != "agg", f"{term} is needed before it is there"
            below = max((level.get(arg.number, 0) for arg in _parts(term)), default=0)
            sizes = [size.get(arg.number, (0, 0)) for arg in term.args]
            cost, depth = 1 + sum(s for s, _ in sizes), 1 + max((d for _, d in sizes), default=0)
            again = self.uses[term.number] > 1 and cost > _CHEAP
            if term.op in LOOKUPS or term.number in forced or again or depth > _DEEP:
                if below == len(layers):
                    layers.append([])
                layers[below].append(term)
                level[term.number], size[term.number] = below + 1, (0, 0)
            else:
                level[term.number], size[term.number] = below, (cost, depth)
        return layers

    def _pending(self, rel: Relation, roots: Iterable[Term]) -> list[Term]:
        """What has no column yet, parts before wholes."""
        seen: set[int] = set()
        found: list[Term] = []
        ahead = [(term, False) for term in roots]
        while ahead:
            term, done = ahead.pop()
            if done:
                found.append(term)
            elif not (term.number in seen or term.number in rel.has or _is_there(term)):
                seen.add(term.number)
                ahead.append((term, True))
                if term.op != "agg":
                    ahead.extend((arg, False) for arg in _parts(term))
        return found

    def _live(self, has: Mapping[int, str], rest: Iterable[Term]) -> dict[int, str]:
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
                ahead.extend(_parts(term))
        return found

    def _more(self, rel: Relation, layer: Sequence[Term], rest: Sequence[Term]) -> Relation:
        """The relation with a column for each of ``layer``, and without what nobody wants."""
        has = dict(rel.has)
        joins: dict[str, str] = {}
        uses = [rel.name]
        made: dict[str, str] = {}
        for term in layer:
            column = _name(term)
            made[column] = self._column(term, rel, joins, uses)
            has[term.number] = column
        live = self._live(has, rest)
        columns = {c: f"p.{c}" for c in (*rel.key, *live.values()) if c not in made}
        columns |= {c: sql for c, sql in made.items() if c in live.values()}
        source = "\n".join([f"{rel.name} p", *(f"LEFT JOIN {on}" for on in joins.values())])
        joined = any(one.op in LOOKUPS for one in layer)
        name = self._layer("m" if joined else "c", columns, source, uses)
        return replace(rel, name=name, has=live)

    def _layer(
        self, hint: str, columns: Mapping[str, str], source: str, uses: Sequence[str]
    ) -> str:
        chosen = ", ".join(f"{sql} AS {column}" for column, sql in columns.items())
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
            on = f"{alias}.s = p.s AND {alias}.r = {self.writer.sql(row, rel)}"
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
        (name,) = _parts(term)
        named = self.writer.sql(name, rel)
        to = term.data[2]
        view = self.views.of(to, numbered=True)
        alias = self._join(f"id {name.number} {to}", joins, uses, view)
        joins[f"id {name.number} {to}"] = (
            f"{view} {alias} ON {alias}.s = p.s AND {alias}.id = {named}"
        )
        return f"coalesce({alias}.r, -1)"

    def _table_of(self, term: Term) -> tuple[str, list[Term]]:
        """The table of days of a rule of the calendar, and the terms that look into it."""
        which = (term.data.what, id(term.data.node))
        if which not in self.moving:
            self.moving[which] = (f"days{len(self.moving)}", [])
        name, terms = self.moving[which]
        return self.query.own(name), terms

    def _moved(self, term: Term, rel: Relation, joins: dict[str, str]) -> str:
        table, terms = self._table_of(term)
        terms.append(term)
        place = f"moved {term.number}"
        joins[place] = ""
        alias = f"j{list(joins).index(place)}"
        day, *turn = (self.writer.sql(arg, rel) for arg in term.args)
        on = f"{alias}.d = {day}" + "".join(f" AND {alias}.n = {number}" for number in turn)
        joins[place] = f"{table} {alias} ON {on}"
        return f"{alias}.m"


def _stage(steps: Sequence[Step]) -> tuple[list[Loop], list[Close], list[Step]]:
    """The loops that come next, the aggregates that are there after them, and what is left."""
    loops: list[Loop] = []
    closes: list[Close] = []
    for at, step in enumerate(steps):
        if isinstance(step, Loop) and step.folds and not closes:
            loops.append(step)
        elif isinstance(step, Close):
            closes.append(step)
        else:
            return loops, closes, list(steps[at:])
    return loops, closes, []


def _wanted_of(loop: Loop) -> list[Term]:
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
        if term.number in seen or _is_there(term):
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
    ahead = _wanted_of(loop)
    while ahead:
        term = ahead.pop()
        if term.number not in seen:
            seen.add(term.number)
            yield term
            ahead.extend(_parts(term))


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


def _apart(loop: Loop, rel: Relation) -> list[Loop]:
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


def _is_there(term: Term) -> bool:
    return is_at_hand(term) or term.op in ROW_OPS


def _parts(term: Term) -> tuple[Term, ...]:
    """What a term is made of; a reference is made of the name that it gives."""
    if term.op != "referred":
        return term.args
    kind, attribute, _ = term.data
    where = (kind, attribute, "value")
    return (Term("at", Sort.TEXT, term.args, where, 0, term.free, -term.number - 1),)


def _name(term: Term) -> str:
    """The column of a term."""
    return f"t{term.number}" if term.number >= 0 else f"u{-term.number}"
