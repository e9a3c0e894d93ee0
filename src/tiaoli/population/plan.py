"""
A question as columns: its outcome, a truth for each clause, and the amounts and days behind them.

Which clauses are columns: those that are asked of the subject. A clause about one record after
another is told by the answer for one subject.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from tiaoli.population.earliest import earliest_day, goal_truth
from tiaoli.population.goal import Measure, Step, goal_band, measures, routes
from tiaoli.population.lowering import Bounds, Lowering, Scope, Truth, Val
from tiaoli.population.schedule import Block, schedule
from tiaoli.population.terms import ASKED, Moving, Param, Rows, Sort, Term, Terms
from tiaoli.population.walking import of_the_subject
from tiaoli.rules.amounts import AmountNode
from tiaoli.rules.citation import ClauseAmount, ClauseDay, ClauseRule
from tiaoli.rules.expressions import Node
from tiaoli.rules.moments import ASKED_ON, AskedOn
from tiaoli.rules.question import COMPUTED, NOT_STATED, Question

Cited = ClauseRule | ClauseAmount | ClauseDay
"""A clause that has a column."""
Taken = TypeVar("Taken", Param, Moving)


@dataclass(frozen=True, slots=True)
class Column:
    """
    One column of the result. ``sort`` is outcome, truth, amount, day, number or flag; ``name`` the
    clause, figure or flag; ``parts`` its terms by name (``met`` and ``possible`` of a truth).
    """

    sort: str
    name: str
    parts: dict[str, Term]


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """A question ready for an engine: what is to be worked out, and in which order."""

    question: Question
    words: tuple[str, ...]
    """The outcomes; the column of the outcome holds their numbers."""
    columns: tuple[Column, ...]
    program: Block
    asked: Rows | None
    routes: tuple[tuple[tuple[Step, str], ...], ...] = ()
    """The ways to the goal: their conditions in the order of the text, each with its column."""
    measures: tuple[Measure, ...] = ()
    """What is measured; the column of each has its name."""
    of: Plan | None = None
    """The plan whose terms these are, where a question was planned that counts with others."""
    instead: Mapping[Node, Node] = field(default_factory=dict)
    """By node of the terms the one that stands there in this question: an engine asks ``now``."""

    def now(self, data: Taken) -> Taken:
        """What a term takes as given, as it is in this question."""
        node = self.instead.get(data.node)
        return data if node is None else replace(data, node=node)

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)

    @property
    def outputs(self) -> tuple[Term, ...]:
        return tuple(dict.fromkeys(t for column in self.columns for t in column.parts.values()))


def plan(question: Question, *, terms: Terms | None = None, earliest: bool = False) -> Plan:
    """
    The plan of a question in which no reading is left open; with ``earliest`` also when those who
    do not qualify yet will. Raises NoColumns for a question with a node that cannot be read as
    columns.
    """
    into = Lowering(terms or Terms(), about=question.about)
    scope = Scope()
    into.asked_on = into.as_of = into.terms.param(Param("day", ASKED_ON), Sort.DAY)
    dated = into.terms.boolean(True)
    if not isinstance(question.as_of, AskedOn):
        found = into.value(question.as_of, scope)
        dated = found.known
        into.as_of = into.terms.select(found.given, found.term, into.asked_on)
    words = question.outcomes
    columns = [
        Column("outcome", "outcome", {"outcome": _outcome(question, words, dated, into, scope)}),
        *_clauses(question, into, scope),
        *_figures(question, into, scope),
        *_goal(question, dated, into, scope),
        *(_earliest(question, into, scope) if earliest else ()),
        *_measured(question, into, scope),
        *(_flag(flag.id, into.truth(flag.rule, scope)) for flag in question.flags),
    ]
    told = _routes(question, columns, into, scope)
    names = [column.name for column in columns]
    assert len(set(names)) == len(names), "two columns of one name"
    asked = None if question.about is None else Rows(question.about, ASKED)
    outputs = tuple(dict.fromkeys(t for column in columns for t in column.parts.values()))
    program = schedule(outputs, asked=asked)
    return Plan(question, words, tuple(columns), program, asked, told, measures(question))


def _outcome(
    question: Question, words: tuple[str, ...], dated: Term, into: Lowering, scope: Scope
) -> Term:
    """The first band that is met, or open, gives the outcome."""
    terms = into.terms
    number = {word: terms.whole(at) for at, word in enumerate(words)}
    undecided = number[question.undecided]
    found = number[question.otherwise]
    if question.otherwise == COMPUTED:
        found = _figures_outcome(question, number, into, scope)
    for band in reversed(question.bands):
        truth = into.truth(band.rule, scope)
        found = terms.select(truth.possible, undecided, found)
        found = terms.select(truth.met, number[band.outcome], found)
    return terms.select(dated, found, undecided)


def _figures_outcome(
    question: Question, number: dict[str, Term], into: Lowering, scope: Scope
) -> Term:
    terms = into.terms
    known, given = [], []
    for figure in question.figures:
        if isinstance(figure.value, AmountNode):
            found = into.amount(figure.value, scope)
            known.append(terms.either(terms.neg(found.stated), into.exact(found)))
            given.append(found.stated)
        else:
            value = into.value(figure.value, scope)
            known.append(value.known)
            given.append(value.given)
    stated = number.get(NOT_STATED, number[question.undecided])
    of_known = terms.select(terms.both(*given), number[COMPUTED], stated)
    return terms.select(terms.both(*known), of_known, number[question.undecided])


def _figures(question: Question, into: Lowering, scope: Scope) -> Iterator[Column]:
    for figure in question.figures:
        if isinstance(figure.value, AmountNode):
            yield _amount(figure.name, into.amount(figure.value, scope))
        else:
            yield _value(figure.name, into.value(figure.value, scope))


def _clauses(question: Question, into: Lowering, scope: Scope) -> Iterator[Column]:
    for name, node in cited_clauses(question):
        yield _clause(name, node, into, scope)


def cited_clauses(question: Question) -> Iterator[tuple[str, Cited]]:
    """
    The clauses that are asked of the subject, in written order, each by the name of its column. A
    clause that stands in several places has as many: ``RTL-5``, ``RTL-5#2``.
    """
    times: dict[str, int] = {}
    for node, _ in of_the_subject(question):
        if not isinstance(node, ClauseRule | ClauseAmount | ClauseDay):
            continue
        number = times[node.clause] = times.get(node.clause, 0) + 1
        yield node.clause if number == 1 else f"{node.clause}#{number}", node


def _clause(name: str, node: Cited, into: Lowering, scope: Scope) -> Column:
    match node:
        case ClauseRule():
            return _truth(name, into.truth(node, scope))
        case ClauseAmount():
            return _amount(name, into.amount(node, scope))
    return _value(name, into.value(node, scope))


def _goal(question: Question, dated: Term, into: Lowering, scope: Scope) -> Iterator[Column]:
    """Whether the outcome that people work towards is there, or may be once all is known."""
    if goal_band(question) is None:
        return
    terms, reached = into.terms, goal_truth(question, into, scope)
    met = terms.both(dated, reached.met)
    yield _truth(GOAL, Truth(met, terms.either(terms.neg(dated), reached.possible)))


def _earliest(question: Question, into: Lowering, scope: Scope) -> Iterator[Column]:
    found = earliest_day(question, into, scope)
    if found is not None:
        yield _value(EARLIEST, found)


GOAL = "goal"
"""The column that says whether the outcome people work towards is there, or may be."""

EARLIEST = "earliest"
"""The first day on which somebody qualifies by waiting alone, where that is asked for."""


def _routes(
    question: Question, columns: list[Column], into: Lowering, scope: Scope
) -> tuple[tuple[tuple[Step, str], ...], ...]:
    """The conditions of the goal; one that is no clause of its own is given a column."""
    own = {id(node): name for name, node in cited_clauses(question)}

    def name_of(step: Step) -> str:
        if id(step.rule) in own:
            return own[id(step.rule)]
        columns.append(_truth(f"step.{step.name}", into.truth(step.rule, scope)))
        return columns[-1].name

    return tuple(tuple((step, name_of(step)) for step in route) for route in routes(question))


def _measured(question: Question, into: Lowering, scope: Scope) -> Iterator[Column]:
    for measure in measures(question):
        yield _amount(measure.name, into.amount(measure.compare.left, scope))


def _truth(name: str, truth: Truth) -> Column:
    return Column("truth", name, {"met": truth.met, "possible": truth.possible})


def _amount(name: str, found: Bounds) -> Column:
    parts = {
        "stated": found.stated, "low": found.low, "high": found.high, "limited": found.limited,
    }  # fmt: skip
    return Column("amount", name, parts)


def _value(name: str, found: Val) -> Column:
    sort = "day" if found.term.sort is Sort.DAY else "number"
    return Column(sort, name, {"known": found.known, "given": found.given, "value": found.term})


def _flag(name: str, truth: Truth) -> Column:
    return Column("flag", f"flag.{name}", {"met": truth.met, "possible": truth.possible})
