"""
A program as relations: a block is a query with a row for each subject, record and turn that is
open, and a column for each term that is wanted further on (``layers``).

A loop is the block's rows beside those of the loop (``loops``), grouped by the block again, with
all that is gathered in one grouping.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tiaoli.population.plan import Plan
from tiaoli.population.schedule import Block, Close, Emit, Loop, Step
from tiaoli.population.sql.gathering import Gathered, gathered
from tiaoli.population.sql.layers import Layers, Looked
from tiaoli.population.sql.loops import Loops, apart, wanted_of
from tiaoli.population.sql.problems import UnknownOperation
from tiaoli.population.sql.query import Query
from tiaoli.population.sql.simplifying import PICKED
from tiaoli.population.sql.views import Views
from tiaoli.population.sql.writing import Relation, Writer
from tiaoli.population.terms import Agg, Sort, Term, walk

__all__ = ["Relations"]


class Relations:
    """Makes the parts of a query of a plan; ``written`` is the last of them."""

    def __init__(self, plan: Plan, writer: Writer, views: Views, query: Query) -> None:
        self.plan = plan
        self.writer = writer
        self.views = views
        self.query = query
        self.layers = Layers(plan.outputs, writer, views, query)
        self.loops = Loops(self.layers)

    @property
    def moving(self) -> Iterable[tuple[str, Sequence[Looked]]]:
        """The tables of days that the query needs: their names, and what looks into them."""
        return self.layers.moving.values()

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

    def _block(self, block: Block, rel: Relation, after: Sequence[Term]) -> Relation:
        """The relation of ``block`` when all its steps are done; ``after``: what is then wanted."""
        ahead: list[Step] = [step for step in block.steps if isinstance(step, Loop | Close | Emit)]
        while ahead:
            if isinstance(ahead[0], Emit):
                return self.layers.ready(rel, ahead[0].outputs, ())
            assert isinstance(ahead[0], Loop), "a block goes on with a loop"
            if not ahead[0].folds:
                return self._asked(ahead[0], rel)
            loops, closes, ahead = _stage(ahead)
            rest = [*self._wanted(ahead), *after]
            rel = self._staged(rel, (loops, closes), rest)
        return self.layers.ready(rel, after, ())

    def _wanted(self, steps: Iterable[Step]) -> list[Term]:
        found: list[Term] = []
        for step in steps:
            if isinstance(step, Emit):
                found += step.outputs
            elif isinstance(step, Loop):
                found += self.loops.needs(step)
        return found

    def _asked(self, loop: Loop, rel: Relation) -> Relation:
        """One row for each record asked about; the last loop of a program about records."""
        needs = self.loops.needs(loop)
        rel = self.layers.ready(rel, (), needs, needs)
        body = self.loops.opened(loop, rel, needs)
        return self._block(loop.body, body, ())

    def _staged(
        self,
        rel: Relation,
        steps: tuple[Sequence[Loop], Sequence[Close]],
        rest: Sequence[Term],
    ) -> Relation:
        """All loops that hang on nothing but what is there, beside the relation."""
        loops, closes = [one for loop in steps[0] for one in apart(loop, rel)], steps[1]
        every = list(dict.fromkeys(term for loop in loops for term in self.loops.needs(loop)))
        rel = self.layers.ready(rel, (), every, [*every, *rest])
        found: list[Gathered] = []
        for loop in loops:
            body = self.loops.opened(loop, rel, self.loops.needs(loop))
            body = self._block(loop.body, body, wanted_of(loop))
            found += gathered(body, rel.key, loop.folds, self.writer, self.query)
        return self._beside(rel, found, [close.agg for close in closes], rest)

    def _beside(
        self, rel: Relation, found: Sequence[Gathered], aggs: Sequence[Term], rest: Sequence[Term]
    ) -> Relation:
        """The relation with what was gathered; of no records, what is there of none."""
        has = self.layers.live(rel.has, rest)
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
        return replace(rel, name=self.layers.layer("b", columns, source, uses), has=has)

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
        if agg.sort is Sort.DAY or agg.data.part == PICKED:
            return part
        return f"coalesce({part}, 0)"


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
