"""
Cases at the edge, made by the solver: for every threshold and date that an answer may turn on, the
facts just inside and just outside, so that the whole outcome turns on that one comparison.

Just inside, the comparison is met by a hair, just outside it fails by a hair, and either way the
outcome would be another if it came out otherwise. Where the solver gives up on the whole outcome,
the clause around the comparison must turn on it instead, and the edge says so (``of_clause``).
Where it is asked of one record after another, those at the edge are the ones that matter, if that
can be.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from typing import Any

from tiaoli.answers.meaning import Conflict, amount, holds, value
from tiaoli.facts.dossier import Dossier
from tiaoli.facts.kinds import Label
from tiaoli.proofs.asked import resolved
from tiaoli.proofs.margins import (
    INSIDE,
    OUTSIDE,
    just_compared,
    last_start,
    same,
    without_loose_ends,
)
from tiaoli.proofs.reading import Reading, Row, SlotRow
from tiaoli.proofs.replacing import replaced
from tiaoli.proofs.scopes import placed
from tiaoli.proofs.search import Search, Verdict, search_again
from tiaoli.proofs.shapes import Shapes
from tiaoli.proofs.symbols import (
    Truth,
    added,
    choose,
    conj,
    disj,
    equal,
    lifted,
    neg,
)
from tiaoli.proofs.thresholds import Place, Threshold, before_target, targets_of
from tiaoli.rules.amounts import AmountNode
from tiaoli.rules.citation import ClauseRule
from tiaoli.rules.expressions import (
    NEVER,
    SATISFIED,
    AtLeastOf,
    Compare,
    Rule,
    Value,
)
from tiaoli.rules.moments import Within
from tiaoli.rules.question import Question
from tiaoli.rules.records import Served, any_record, records
from tiaoli.rules.regulation import Regulation

_LARGE = 900
"""With so many parts to be read, a question comes last: ``pass`` asks all that the others ask."""

_SIDES = {
    INSIDE: Label("剛好符合", "just met"),
    OUTSIDE: Label("差一點", "just missed"),
}
_EFFORT, _MOST_EFFORT = 1_000_000, 2_000_000
"""In the solver's own steps: for one look, and for all the looks for an edge."""

_STEPS: tuple[int | Fraction, ...] = (Fraction(1, 100), Fraction(1, 10), 1, 5, 10, 60)
"""By how much an amount may miss, the least that is possible."""


@dataclass(frozen=True, slots=True)
class Edge:
    """
    Facts on one side of a threshold; None where there are none (``open``: none were found).

    ``met``: whether the band in which the threshold stands is met; None where it is in a figure.
    ``of_clause``: what turns is the clause, which is met or not, and not the outcome.
    """

    threshold: Threshold
    place: Place
    side: str
    dossier: Dossier | None
    met: bool | None = None
    open: bool = False
    of_clause: bool = False

    @property
    def id(self) -> str:
        return f"{self.threshold.name}/{self.side}"

    @property
    def says(self) -> Label:
        what, side = self.threshold.says, _SIDES[self.side]
        return Label(f"{what.zh}：{side.zh}", f"{what.en}: {side.en}")


_MOST_PLACES = 4


def edges_of(
    regulation: Regulation, threshold: Threshold, *, on: datetime.date
) -> tuple[Edge, Edge]:
    """The case just inside and the case just outside, of the first goal for which there is one."""
    found: dict[str, Edge] = {}
    left = dict.fromkeys((INSIDE, OUTSIDE), _MOST_EFFORT)
    for goal in _goals(regulation, threshold):
        sides = [side for side in (INSIDE, OUTSIDE) if _is_wanted(found.get(side), goal)]
        maker = _Maker(threshold, goal, on) if sides else None
        for side in sides:
            assert maker is not None
            before = maker.search.spent
            edge = maker.edge(side, _MOST_EFFORT if goal.of_clause else left[side])
            left[side] -= maker.search.spent - before
            unsettled = edge.open or (side in found and found[side].open)
            found[side] = edge if edge.dossier is not None else replace(edge, open=unsettled)
    return found[INSIDE], found[OUTSIDE]


def _is_wanted(known: Edge | None, goal: _Goal) -> bool:
    """A clause by itself is asked only where the solver gave up on the outcomes."""
    if known is None or known.dossier is not None:
        return known is None
    return known.open or not goal.of_clause


@dataclass(frozen=True, slots=True)
class _Goal:
    """
    What is to turn on a comparison: a band of a question, once those ``before`` it have failed, a
    figure, or by itself the clause around the comparison.
    """

    question: Question
    place: Place
    root: Rule | Value
    before: list[Rule]
    of_clause: bool = False


def _goals(regulation: Regulation, threshold: Threshold) -> Iterator[_Goal]:
    """Outcomes before the clause, and the very large ones last among them."""
    readings = regulation.default_readings()
    places = sorted(threshold.places, key=lambda place: place.size > _LARGE)[:_MOST_PLACES]
    for place in places:
        question = resolved(regulation.question(place.question), readings)
        root = targets_of(question)[place.target]
        yield _Goal(question, place, root, before_target(question, place.target))
    question = resolved(regulation.question(places[0].question), readings)
    if (rule := _clause_around(question, threshold)) is not None:
        yield _Goal(question, places[0], rule, [], of_clause=True)


def _clause_around(question: Question, threshold: Threshold) -> Rule | None:
    """The rule of the clause, where the question has one and asks it of the subject."""
    shapes = Shapes()
    found = {
        (shapes.of(part.node), part.kind and part.kind.name): part.node
        for root in question.nodes()
        for part in placed(root)
        if isinstance(part.node, ClauseRule) and part.node.clause == threshold.clause
    }
    wanted = shapes.of(threshold.part.node)
    rules = [rule for (_, kind), rule in found.items() if kind is None]
    if len(found) != 1 or not rules or all(shapes.of(n) != wanted for n in rules[0].walk()):
        return None
    return rules[0]


class _Maker:
    def __init__(self, threshold: Threshold, goal: _Goal, on: datetime.date) -> None:
        self.threshold = threshold
        self.goal = goal
        self.place = goal.place
        self.on = on
        self.root, self.before = goal.root, goal.before
        # The node of this resolution that says the same as the threshold's.
        shapes = Shapes()
        wanted = shapes.of(goal.place.part.node)
        self.node = next(n for n in self.root.walk() if shapes.of(n) == wanted)
        self.met = replaced(self.root, self.node, SATISFIED)
        self.failed = replaced(self.root, self.node, NEVER)
        about = goal.question.about
        self.there = SATISFIED if about is None else any_record(records(about).whenever())
        self.search = Search(
            (*self.before, self.root, self.met, self.failed, self.there),
            on=on,
            as_of=goal.question.as_of,
            effort=_EFFORT,
        )

    def edge(self, side: str, effort: int) -> Edge:
        """Left open when ``effort`` is spent."""
        until, undecided = self.search.spent + effort, False
        for alone, by_how_much in product(self._alone(), self._steps(side)):
            if self.search.spent > until:
                undecided = True
                break
            for dossier in self._dossiers(side, by_how_much, alone):
                if (edge := self._confirmed(side, dossier)) is not None:
                    return edge
                undecided = True
                if self.search.spent > until:
                    break
            undecided = undecided or self.search.verdict is Verdict.OPEN
        return Edge(self.threshold, self.place, side, None, open=undecided)

    def _steps(self, side: str) -> tuple[int | Fraction, ...]:
        """By how much the comparison may miss; just inside it mostly does not."""
        if not (isinstance(self.node, Compare) and isinstance(self.node.left, AmountNode)):
            return (1,)
        return _STEPS if side == OUTSIDE or self.node.op in (">", "<") else _STEPS[:1]

    def _alone(self) -> tuple[bool, ...]:
        """
        Of several records it is sought that none turns but those at the edge; where there are no
        such facts, that any does.
        """
        return (False,) if self.place.part.kind is None else (True, False)

    def _dossiers(self, side: str, by: int | Fraction, alone: bool) -> Iterator[Dossier]:
        """Facts at the edge; where they will not do, those that leave no amount open."""
        wanted = conj((self._turns(side), self._at_the_edge(side, by, alone)))
        found = False
        for sought in search_again(self.search, wanted):
            found = True
            yield without_loose_ends(self.search.dossier(sought))
        for sought in search_again(self.search, wanted, 2, certain=True) if found else ():
            yield without_loose_ends(self.search.dossier(sought))

    def _turns(self, side: str) -> Truth:
        """The outcome would be another if the comparison came out otherwise."""
        read = self.search.reading
        other = self.failed if side == INSIDE else self.met
        if not isinstance(self.root, Rule):
            assert isinstance(self.root, Value)
            assert isinstance(other, Value)
            return conj((read.truth(self.there), neg(same(read, self.root, other))))
        earlier = [read.truth(self.there), *(neg(read.truth(rule)) for rule in self.before)]
        assert isinstance(other, Rule)
        mine, turned = read.truth(self.root), read.truth(other)
        differ = disj((conj((mine, neg(turned))), conj((neg(mine), turned))))
        return conj((differ, *earlier))

    def _at_the_edge(self, side: str, by: int | Fraction, alone: bool) -> Truth:
        """Some record is; ``alone``: and for no other the comparison would come out otherwise."""
        read = self.search.reading
        kind = self.place.part.kind
        if kind is None:
            return self._just(read, None, side, by)
        rows = [(SlotRow(read, slot), read.present(slot)) for slot in self.search.world.of(kind)]
        edges = [conj((there, self._just(read, row, side, by))) for row, there in rows]
        if not alone:
            return disj(edges)
        others = [
            disj((neg(there), edge, self._comes_out(read, row, side == OUTSIDE)))
            for (row, there), edge in zip(rows, edges, strict=True)
        ]
        return conj((disj(edges), *others))

    def _comes_out(self, read: Reading, row: Row, met: bool) -> Truth:
        assert isinstance(self.node, Rule)
        truth = read.truth(self.node, row)
        return truth if met else neg(truth)

    def _just(self, read: Reading, row: Row | None, side: str, by: int | Fraction) -> Truth:
        node = self.node
        match node:
            case Compare():
                return just_compared(read, row, node, side, by)
            case Within():
                return self._at_window(read, row, node, side)
            case AtLeastOf(number=number, rules=rules):
                met = added([choose(read.truth(rule, row), 1, 0) for rule in rules])
                return equal(met, number if side == INSIDE else number - 1)
            case Served():
                return self._served(read, node, side)
        return False

    def _at_window(self, read: Reading, row: Row | None, node: Within, side: str) -> Truth:
        day = read.value(node.day, row)
        first = self.threshold.edge == "start"
        limit = read.value(node.start if first else node.end, row)
        inside = 1 if first and node.exclusive else 0
        step = inside if side == INSIDE else inside - 1 if first else 1
        return conj(
            (neg(day.absent), neg(limit.absent), equal(day.term, lifted(limit.term) + step))
        )

    def _served(self, read: Reading, node: Served, side: str) -> Truth:
        """One record still running, that began on the last day that will do, or the day after."""
        starts = last_start(self.on, node)
        happens, ends = node.records.kind.happens or "", node.records.kind.ends or ""
        found = []
        for slot in self.search.world.of(node.records.kind):
            row = SlotRow(read, slot)
            first, last = row.attribute(happens), row.attribute(ends)
            day = starts.toordinal() + (0 if side == INSIDE else 1)
            found.append(conj((read.present(slot), last.absent, equal(first.term, day))))  # type: ignore[union-attr]  # days
        return disj(found)

    def _confirmed(self, side: str, dossier: Dossier) -> Edge | None:
        """The same by the reference reading."""
        case = self.search.case(dossier)
        if isinstance(self.root, Rule):
            other = self.failed if side == INSIDE else self.met
            assert isinstance(other, Rule)
            if any(holds(rule, case) is not False for rule in self.before):
                return None
            mine, turned = holds(self.root, case), holds(other, case)
            if None in (mine, turned) or mine is turned:
                return None
            of_clause = self.goal.of_clause
            return Edge(self.threshold, self.place, side, dossier, met=mine, of_clause=of_clause)
        turns = self._figure_turns(side, case)
        return Edge(self.threshold, self.place, side, dossier) if turns else None

    def _figure_turns(self, side: str, case: Any) -> bool:
        other = self.failed if side == INSIDE else self.met
        read = amount if isinstance(self.root, AmountNode) else value
        try:
            return bool(read(self.root, case) != read(other, case))  # type: ignore[arg-type]  # both are values
        except Conflict:
            return True  # met otherwise, two rows would be
