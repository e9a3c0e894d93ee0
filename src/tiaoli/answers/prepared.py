"""
A question made ready: its rules under chosen readings, compiled once and kept.

The outcome of a question is decided here and nowhere else: bands in order, an unknown band stops.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from types import MappingProxyType

from tiaoli.answers.case import Case
from tiaoli.answers.compiled import Compiled, compiled
from tiaoli.answers.meaning import Range, Truth, amount, any_truth, holds, value
from tiaoli.facts.dossier import Dossier
from tiaoli.facts.kinds import NONE
from tiaoli.rules.amounts import AmountNode
from tiaoli.rules.citation import ClauseRule
from tiaoli.rules.expressions import Value
from tiaoli.rules.interpretation import keys_of, resolve
from tiaoli.rules.moments import AskedOn
from tiaoli.rules.question import COMPUTED, NOT_STATED, Band, Figure, Flag, Question
from tiaoli.rules.regulation import Regulation


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """``question`` has no reading left open; ``readings`` are those it was made with."""

    question: Question
    readings: Mapping[str, str]
    quick: tuple[Compiled, ...]

    def case(self, dossier: Dossier, on: datetime.date, about: str | None = None) -> Case:
        """The case on a day of asking; a reading may move the reference date."""
        case = Case(dossier, on, on, about)
        if isinstance(self.question.as_of, AskedOn):
            return case
        as_of = value(self.question.as_of, case)
        if isinstance(as_of, datetime.date):
            return replace(case, as_of=as_of)
        return replace(case, undated=as_of is None)

    def outcome(self, case: Case) -> str:
        """The quick reading."""
        return self._outcome(case, self.quick)

    def reference_outcome(self, case: Case) -> str:
        """The same, by ``meaning`` alone."""
        return self._outcome(case, [partial(holds, band.rule) for band in self.question.bands])

    def clause_met(self, clause: str, case: Case) -> Truth:
        """Whether a clause is met in some place where it is asked; by ``meaning`` alone."""
        asked = (
            node
            for node in self.question.walk()
            if isinstance(node, ClauseRule) and node.clause == clause
        )
        return any_truth(holds(rule, case) for rule in asked)

    def _outcome(self, case: Case, truths: Sequence[Callable[[Case], Truth]]) -> str:
        question = self.question
        if case.undated or (question.about is not None and not self.is_about(case)):
            return question.undecided
        for band, truth_of in zip(question.bands, truths, strict=True):
            truth = truth_of(case)
            if truth is None:
                return question.undecided
            if truth:
                return band.outcome
        if question.otherwise != COMPUTED:
            return question.otherwise
        return self._figures_outcome(case)

    def is_about(self, case: Case) -> bool:
        facts = case.dossier.of(self.question.about or "")
        return bool(facts) if case.about is None else any(f.id == case.about for f in facts)

    def _figures_outcome(self, case: Case) -> str:
        found = [figure_value(figure.value, case) for figure in self.question.figures]
        if any(one is None for one in found):
            return self.question.undecided
        return NOT_STATED if any(one is NONE for one in found) else COMPUTED


@lru_cache(maxsize=64)
def figure_value(node: Value, case: Case) -> object:
    """
    An exact amount or a day; ``None`` where not known, ``NONE`` where not stated or absent.

    An answer asks for each figure twice, for its outcome and to show it.
    """
    if isinstance(node, AmountNode):
        found: Range | None = amount(node, case)
        return NONE if found is None else found.exact
    return value(node, case)


def prepare(regulation: Regulation, question: Question, readings: Mapping[str, str]) -> Prepared:
    """``question`` under ``readings`` (by default the regulation's own)."""
    return _chosen(regulation, question, readings) if readings else _default(regulation, question)


@lru_cache(maxsize=512)
def _default(regulation: Regulation, question: Question) -> Prepared:
    return _chosen(regulation, question, {})


def _chosen(regulation: Regulation, question: Question, readings: Mapping[str, str]) -> Prepared:
    keys = question_keys(question)
    chosen = tuple(
        (key, readings.get(key, regulation.interpretations[key].default)) for key in keys
    )
    return _prepared(question, chosen)


@lru_cache(maxsize=512)
def question_keys(question: Question) -> tuple[str, ...]:
    return tuple(sorted(frozenset[str]().union(*map(keys_of, question.nodes()))))


@lru_cache(maxsize=4096)
def _prepared(question: Question, chosen: tuple[tuple[str, str], ...]) -> Prepared:
    readings = dict(chosen)
    bands = tuple(Band(b.outcome, resolve(b.rule, readings)) for b in question.bands)
    figures = tuple(Figure(f.name, f.label, resolve(f.value, readings)) for f in question.figures)
    resolved = replace(
        question,
        bands=bands,
        figures=figures,
        flags=tuple(Flag(f.id, f.label, resolve(f.rule, readings)) for f in question.flags),
        as_of=resolve(question.as_of, readings),
    )
    return Prepared(
        resolved, MappingProxyType(readings), tuple(compiled(band.rule) for band in bands)
    )
