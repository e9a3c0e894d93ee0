"""
Mutants: a regulation with one thing changed in one place.

Questions that differ only by a number (``domain-1`` to ``domain-6``) are written once; a change in
one place of them is the same change in all, and one mutant. So is a change of a rule that several
questions share.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import partial
from typing import Any

from changes import changes

from tiaoli.answers.meaning import all_truths, any_truth, negated
from tiaoli.rules import Node, Question, Regulation, Rule
from tiaoli.rules.citation import Cited, ClauseRule, ShownBy, ToldIfMet
from tiaoli.rules.expressions import AllOf, AnyOf, Constant, Not
from tiaoli.rules.interpretation import ByReading, RuleByReading
from tiaoli.rules.ledgers import Cap, Once
from tiaoli.rules.question import Band, Figure


@dataclass(eq=False)
class Mutant:
    """``questions`` are those in which the change stands, the first one found first."""

    question: str
    clause: str
    says: str
    changed: dict[int, Node] = field(default_factory=dict)
    questions: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"{self.question} · {self.clause or '(no clause)'} · {self.says}"


class MutatedRegulation(Regulation):
    """A regulation whose parts need not fit any more: a clause dropped may leave a key unused."""

    def __post_init__(self) -> None:
        pass


def mutants(regulation: Regulation, *, all_readings: bool = False) -> list[Mutant]:
    """Every mutant, under the default readings or also where only others would notice."""
    defaults = None if all_readings else regulation.default_readings()
    found: dict[tuple[str, str, str], Mutant] = {}
    owner: dict[tuple[int, str], Mutant] = {}
    for question in regulation.questions.values():
        if question.summary:
            continue  # it says what others say
        family = re.sub(r"-\d+$", "-n", question.id)
        for node, path, clause in _places(question, defaults):
            for change in changes(node, partial(_settled, readings=defaults)):
                known = owner.get((id(node), change.says))
                if known is None:
                    key = (family, path, change.says)
                    known = found.setdefault(key, Mutant(question.id, clause, change.says))
                    known.changed[id(node)] = change.node
                    owner[id(node), change.says] = known
                if question.id not in known.questions:
                    known.questions.append(question.id)
    return list(found.values())


def _places(
    question: Question, readings: Mapping[str, str] | None
) -> Iterator[tuple[Node, str, str]]:
    """Each node once, where it stands, and the clause that it is part of."""
    seen: set[int] = set()
    roots: list[tuple[Node, str, str]] = [
        *((band.rule, f"band {n}", "") for n, band in enumerate(question.bands)),
        *((figure.value, f"figure {figure.name}", "") for figure in question.figures),
        (question.as_of, "as_of", ""),
    ]
    ahead = roots[::-1]
    while ahead:
        node, path, clause = ahead.pop()
        if id(node) in seen or _is_idle(node, readings):
            continue
        seen.add(id(node))
        if isinstance(node, Cited):
            clause = node.clause
        yield node, path, clause
        ahead.extend([(n, f"{path}.{at}", clause) for at, n in _below(node, readings)][::-1])


def _below(node: Node, readings: Mapping[str, str] | None) -> Iterator[tuple[str, Node]]:
    if isinstance(node, ByReading) and readings is not None:
        yield from ((name, n) for name, n in node.readings if name == readings[node.key])
        return
    if isinstance(node, ShownBy):  # made of clauses that stand elsewhere, and are changed there
        return
    if isinstance(node, Rule) and _settled(node, readings) is not None:
        return
    for one in fields(node):
        yield from _nodes_in(getattr(node, one.name), one.name)


def _is_idle(node: Node, readings: Mapping[str, str] | None) -> bool:
    """A cap that is drawn upon by nobody under these readings."""
    return isinstance(node, Cap | Once) and _settled(node.of, readings) is False


def _settled(rule: Rule, readings: Mapping[str, str] | None) -> bool | None:
    """Always met, or never, whatever the facts are: a reading asks for nothing, or rules it out."""
    match rule:
        case Constant(met=met):
            return met
        case RuleByReading(key=key, readings=options) if readings is not None:
            return next(_settled(r, readings) for name, r in options if name == readings[key])
        case ClauseRule(rule=inner) | ToldIfMet(rule=inner):
            return _settled(inner, readings)
        case AllOf(rules=rules):
            return all_truths(_settled(part, readings) for part in rules)
        case AnyOf(rules=rules):
            return any_truth(_settled(part, readings) for part in rules)
        case Not(rule=inner):
            return negated(_settled(inner, readings))
    return None


def _nodes_in(value: Any, at: str) -> Iterator[tuple[str, Node]]:
    if isinstance(value, Node):
        yield at, value
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _nodes_in(item, f"{at}.{number}")


def mutated(regulation: Regulation, mutant: Mutant) -> Regulation:
    """``regulation`` as the mutant has it. Shares what it can."""
    done: dict[int, Any] = {}
    questions = {
        name: _rebuilt_question(question, mutant.changed, done)
        if name in mutant.questions
        else question
        for name, question in regulation.questions.items()
    }
    kept = {one.name: getattr(regulation, one.name) for one in fields(regulation)}
    return MutatedRegulation(**{**kept, "questions": questions})


def _rebuilt_question(
    question: Question, changed: Mapping[int, Node], done: dict[int, Any]
) -> Question:
    def new(node: Any) -> Any:
        return _rebuilt(node, changed, done)

    return replace(
        question,
        bands=tuple(Band(band.outcome, new(band.rule)) for band in question.bands),
        figures=tuple(Figure(f.name, f.label, new(f.value)) for f in question.figures),
        as_of=new(question.as_of),
    )


def _rebuilt(value: Any, changed: Mapping[int, Node], done: dict[int, Any]) -> Any:
    if isinstance(value, tuple):
        items = tuple(_rebuilt(item, changed, done) for item in value)
        return value if all(a is b for a, b in zip(items, value, strict=True)) else items
    if not isinstance(value, Node):
        return value
    if id(value) in changed:
        return changed[id(value)]
    if id(value) not in done:
        old = {one.name: getattr(value, one.name) for one in fields(value)}
        new = {name: _rebuilt(part, changed, done) for name, part in old.items()}
        same = all(new[name] is old[name] for name in old)
        done[id(value)] = value if same else type(value)(**new)
    return done[id(value)]
