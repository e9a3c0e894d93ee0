"""
A question as columns: its outcome, a truth for each clause, and the amounts and days behind them.

Which clauses are columns: those that are asked of the subject. A clause about one record after
another is told by the answer for one subject.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tiaoli.population.lowering import Bounds, Lowering, Scope, Truth, Val
from tiaoli.population.schedule import Block, schedule
from tiaoli.population.terms import ASKED, Param, Rows, Sort, Term, Terms
from tiaoli.rules.amounts import AmountNode
from tiaoli.rules.citation import ClauseAmount, ClauseDay, ClauseRule
from tiaoli.rules.cohorts import TAKES_TURNS
from tiaoli.rules.expressions import Node
from tiaoli.rules.moments import ASKED_ON, AskedOn
from tiaoli.rules.question import COMPUTED, NOT_STATED, Question
from tiaoli.rules.records import RecordSet

Cited = ClauseRule | ClauseAmount | ClauseDay
"""A clause that has a column."""


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

    @property
    def outputs(self) -> tuple[Term, ...]:
        return tuple(dict.fromkeys(t for column in self.columns for t in column.parts.values()))


def plan(question: Question, *, terms: Terms | None = None) -> Plan:
    """
    The plan of a question in which no reading is left open. Raises NoColumns for a question with a
    node that cannot be read as columns.
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
        *(_flag(flag.id, into.truth(flag.rule, scope)) for flag in question.flags),
    ]
    names = [column.name for column in columns]
    assert len(set(names)) == len(names), "two columns of one name"
    asked = None if question.about is None else Rows(question.about, ASKED)
    outputs = tuple(dict.fromkeys(t for column in columns for t in column.parts.values()))
    return Plan(question, words, tuple(columns), schedule(outputs, asked=asked), asked)


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
    for node in _cited(question):
        number = times[node.clause] = times.get(node.clause, 0) + 1
        yield node.clause if number == 1 else f"{node.clause}#{number}", node


def _clause(name: str, node: Cited, into: Lowering, scope: Scope) -> Column:
    match node:
        case ClauseRule():
            return _truth(name, into.truth(node, scope))
        case ClauseAmount():
            return _amount(name, into.amount(node, scope))
    return _value(name, into.value(node, scope))


def _cited(question: Question) -> Iterator[Cited]:
    """The clauses that are asked of the subject, not of a record or a period in turn."""
    seen: set[int] = set()
    roots: list[Node] = [band.rule for band in question.bands]
    roots += [figure.value for figure in question.figures]
    ahead = roots[::-1]
    while ahead:
        node = ahead.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, ClauseRule | ClauseAmount | ClauseDay):
            yield node
        if not _goes_through_records(node):
            ahead.extend(reversed(tuple(node.parts())))


def _goes_through_records(node: Node) -> bool:
    parts = tuple(node.parts())
    return isinstance(node, TAKES_TURNS) or any(isinstance(p, RecordSet) for p in parts)


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
