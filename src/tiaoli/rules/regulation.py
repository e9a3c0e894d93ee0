"""
A regulation: its clauses in the order of the text, and everything that was made of them.

Building one checks that its parts fit: every citation has a clause, every key that a rule uses is
registered with the same readings, every switchable key is used, every guard names a question.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from itertools import pairwise

from tiaoli.facts.kinds import Label, Type, Unit
from tiaoli.facts.names import nearest
from tiaoli.rules.citation import clause_ids, judged_clause_ids
from tiaoli.rules.errors import BrokenRegulation
from tiaoli.rules.expressions import Node
from tiaoli.rules.findings import KnownFinding
from tiaoli.rules.interpretation import ByReading, Interpretation
from tiaoli.rules.procedure import FigureOf, Procedure, Transition, questions_named
from tiaoli.rules.question import Figure, Question


class Place(Enum):
    """What became of a clause."""

    ENCODED = "encoded"
    HUMAN_JUDGEMENT = "human_judgement"
    INFORMATIVE = "informative"
    NOT_STATED = "not_stated"

    @property
    def label(self) -> Label:
        return _PLACE_LABELS[self]


_PLACE_LABELS = {
    Place.ENCODED: Label("已編碼", "encoded"),
    Place.HUMAN_JUDGEMENT: Label("由人判斷", "human judgement"),
    Place.INFORMATIVE: Label("說明性", "informative"),
    Place.NOT_STATED: Label("條文未規定", "not stated"),
}


@dataclass(frozen=True, slots=True)
class Clause:
    """One provision, in our own words. ``left`` says why nothing is computed, where nothing is."""

    id: str
    where: Label
    says: Label
    kind: str
    left: Place | None = None
    because: Label | None = None


@dataclass(frozen=True, slots=True)
class Edition:
    """
    A version of the text and the days on which it is in force, ``[first, until)``.

    ``first`` None: the text gives no commencement. ``in_hand`` False: it was in force, but its
    text is not available, so nothing can be decided by it.
    """

    id: str
    label: Label
    first: datetime.date | None = None
    until: datetime.date | None = None
    in_hand: bool = True
    clause: str | None = None

    def in_force(self, day: datetime.date) -> bool:
        return (self.first is None or self.first <= day) and (
            self.until is None or day < self.until
        )


class UnknownName(LookupError):
    """A question, key or reading that the regulation does not have."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Regulation:
    """One instrument, complete. Raises BrokenRegulation where its parts do not fit."""

    id: str
    title: Label
    issuer: Label
    subject: Label
    editions: tuple[Edition, ...]
    clauses: Mapping[str, Clause]
    interpretations: Mapping[str, Interpretation]
    questions: Mapping[str, Question]
    procedures: tuple[Procedure, ...] = ()
    findings: tuple[KnownFinding, ...] = ()

    def __post_init__(self) -> None:
        _check_citations(self)
        _check_keys(self)
        _check_guards(self)
        _check_editions(self)
        _check_findings(self)

    def __repr__(self) -> str:
        return f"<Regulation {self.id}>"

    def nodes(self) -> tuple[Node, ...]:
        return tuple(node for question in self.questions.values() for node in question.nodes())

    def question(self, name: str) -> Question:
        """Raises UnknownName, naming the nearest."""
        try:
            return self.questions[name]
        except KeyError:
            raise _unknown(self, "問題", "question", name, self.questions) from None

    def interpretation(self, key: str) -> Interpretation:
        try:
            return self.interpretations[key]
        except KeyError:
            raise _unknown(
                self, "解釋鍵", "interpretation key", key, self.interpretations
            ) from None

    def edition_on(self, day: datetime.date) -> Edition | None:
        return next((edition for edition in self.editions if edition.in_force(day)), None)

    def default_readings(self) -> dict[str, str]:
        return {key: i.default for key, i in self.interpretations.items()}

    def cited(self) -> frozenset[str]:
        """The clauses that some question, procedure or edition cites."""
        return _cited(self)

    def place_of(self, clause_id: str) -> Place | None:
        """What became of a clause; None means that it has no place yet."""
        if left := self.clauses[clause_id].left:
            return left
        if clause_id in _judged(self):
            return Place.HUMAN_JUDGEMENT
        return Place.ENCODED if clause_id in _cited(self) else None

    def coverage(self) -> dict[Place | None, tuple[str, ...]]:
        """The ids of the clauses by what became of them, in the order of the text."""
        found: dict[Place | None, list[str]] = {}
        for clause_id in self.clauses:
            found.setdefault(self.place_of(clause_id), []).append(clause_id)
        return {place: tuple(ids) for place, ids in found.items()}


def _unknown(
    regulation: Regulation, zh: str, en: str, name: str, valid: Mapping[str, object]
) -> UnknownName:
    hint = nearest(name, valid)
    return UnknownName(
        f"「{regulation.id}」沒有名為「{name}」的{zh}。{hint.zh} / "
        f"{regulation.id} has no {en} {name!r}. {hint.en}"
    )


@lru_cache(maxsize=64)
def _cited(regulation: Regulation) -> frozenset[str]:
    in_rules = frozenset[str]().union(*map(clause_ids, regulation.nodes()))
    in_steps = {c for p in regulation.procedures for t in p.transitions for c in t.clauses}
    in_editions = {e.clause for e in regulation.editions if e.clause}
    return in_rules | in_steps | in_editions


@lru_cache(maxsize=64)
def _judged(regulation: Regulation) -> frozenset[str]:
    return frozenset[str]().union(*map(judged_clause_ids, regulation.nodes()))


def _check_citations(regulation: Regulation) -> None:
    if unknown := (_cited(regulation) | _judged(regulation)) - regulation.clauses.keys():
        raise BrokenRegulation(f"{regulation.id} cites clauses it does not have: {sorted(unknown)}")


def _check_keys(regulation: Regulation) -> None:
    used: set[str] = set()
    for node in regulation.nodes():
        for choice in node.walk():
            if isinstance(choice, ByReading):
                used.add(choice.key)
                _check_readings(regulation, choice)
    switchable = {key for key, i in regulation.interpretations.items() if not i.is_convention}
    if idle := switchable - used:
        raise BrokenRegulation(f"{regulation.id}: nothing uses the keys {sorted(idle)}")


def _check_readings(regulation: Regulation, choice: ByReading) -> None:
    known = regulation.interpretation(choice.key)
    written = {name for name, _ in choice.readings}
    if written != set(known.option_names):
        raise BrokenRegulation(
            f"{choice.key} is registered with {sorted(known.option_names)} "
            f"but written with {sorted(written)}"
        )


def _check_guards(regulation: Regulation) -> None:
    for procedure in regulation.procedures:
        for step in procedure.transitions:
            for guard in step.guards:
                outcomes = regulation.question(guard.question).outcomes
                if not set(guard.outcomes) <= set(outcomes):
                    raise BrokenRegulation(
                        f"{procedure.id}.{step.id}: {guard.question} answers {outcomes}"
                    )
            for name in step.shows:
                for asked in questions_named(name, procedure.file):
                    regulation.question(asked)
            _check_figures(regulation, f"{procedure.id}.{step.id}", step)


_SPANS = (Unit.DAY, Unit.MONTH, Unit.YEAR)


def _check_figures(regulation: Regulation, place: str, step: Transition) -> None:
    """
    A fee is an amount of money, a beginning is a day; a deadline and a term are a day, or a length
    of time.
    """
    for named in (step.deadline, step.opens, step.lasts):
        for figure in _figures(regulation, place, named, step):
            if not (figure.value.type is Type.DAY or figure.value.unit in _SPANS):
                raise BrokenRegulation(f"{place}: {figure.name} is no day and no length of time")
    for figure in _figures(regulation, place, step.begins, step):
        if figure.value.type is not Type.DAY:
            raise BrokenRegulation(f"{place}: {figure.name} is no day")
    for named in (step.fee, step.once_paid):
        for figure in _figures(regulation, place, named, step):
            if figure.value.unit is not Unit.TWD:
                raise BrokenRegulation(f"{place}: {figure.name} is no amount of money")


def _figures(
    regulation: Regulation, place: str, named: FigureOf | None, step: Transition
) -> Iterator[Figure]:
    if named is None:
        return
    for asked in questions_named(named.question, step.output):
        figures = regulation.question(asked).figures
        found = [f for f in figures if named.figure in (None, f.name)]
        if len(found) != 1:
            names = [figure.name for figure in figures]
            raise BrokenRegulation(f"{place}: one figure of {asked} has to be meant, of {names}")
        yield found[0]


def _check_editions(regulation: Regulation) -> None:
    days = [
        (e.first or datetime.date.min, e.until or datetime.date.max) for e in regulation.editions
    ]
    for (_, until), (first, _) in pairwise(days):
        if until != first:
            raise BrokenRegulation(
                f"{regulation.id}: its editions leave a gap or overlap at {first}"
            )


def _check_findings(regulation: Regulation) -> None:
    register = regulation.interpretations.keys()
    for finding in regulation.findings:
        if unknown := set(finding.clauses) - regulation.clauses.keys():
            raise BrokenRegulation(f"{regulation.id}: a finding names {sorted(unknown)}")
        if unknown := set(finding.settled_by) - register:
            raise BrokenRegulation(f"{regulation.id}: no key is registered as {sorted(unknown)}")
    if len({finding.identity for finding in regulation.findings}) < len(regulation.findings):
        raise BrokenRegulation(f"{regulation.id}: a finding is declared twice")
