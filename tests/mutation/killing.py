"""Whether a worked case notices: it expects something else than the changed regulation answers."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mutants import Mutant, mutated

from tiaoli.answers import Answer, Course, Detail, ask, clause_met, outcome
from tiaoli.answers.answer import Quantity
from tiaoli.answers.prepared import prepare
from tiaoli.regulations import catalogue
from tiaoli.regulations.cases import WorkedCase, cases, regression_cases
from tiaoli.rules import Regulation


@dataclass(frozen=True, eq=False)
class Check:
    """A worked case under its readings, or with one of them exchanged for its outcome alone."""

    case: WorkedCase
    readings: Mapping[str, str]
    outcome: str
    in_full: bool

    def notices(self, regulation: Regulation) -> bool:
        return self.outcome_differs(regulation) or self.answer_differs(regulation)

    def outcome_differs(self, regulation: Regulation) -> bool:
        case = self.case
        found = outcome(
            regulation,
            case.question,
            case.dossier,
            on=case.on,
            readings=self.readings,
            about=case.about,
        )
        return found != self.outcome

    def answer_differs(self, regulation: Regulation) -> bool:
        """What is expected besides the outcome, by the explained reading."""
        expected = self.case.expected
        if not self.in_full:
            return False
        if expected.clauses and self._met_differently(regulation):
            return True
        if (
            expected.value or expected.decided_by or expected.not_counted or expected.missing
        ) and self._told_differently(regulation):
            return True
        return (expected.earliest or expected.until) is not None and self._dated_otherwise(
            regulation
        )

    def _met_differently(self, regulation: Regulation) -> bool:
        case = self.case
        asked = {"on": case.on, "readings": self.readings, "about": case.about}
        return any(
            clause_met(regulation, case.question, clause, case.dossier, **asked) is not met
            for clause, met in case.expected.clauses.items()
        )

    def _told_differently(self, regulation: Regulation) -> bool:
        case, expected = self.case, self.case.expected
        answer = ask(
            regulation,
            case.question,
            case.dossier,
            on=case.on,
            readings=self.readings,
            about=case.about,
            detail=Detail.REASONS,
        )
        told = {n.fact for reason in answer.walk() for n in reason.not_counted}
        asked = {name for m in answer.missing for name in (m.clause, m.fact, m.kind) if name}
        values = _written(answer)
        return (
            {name: values.get(name) for name in expected.value} != dict(expected.value)
            or not set(expected.decided_by) <= set(answer.decided_by)
            or not set(expected.not_counted) <= told
            or not set(expected.missing) <= asked
        )

    def _dated_otherwise(self, regulation: Regulation) -> bool:
        case, expected = self.case, self.case.expected
        question = regulation.question(case.question)
        prepared = prepare(regulation, question, self.readings)
        course = Course(regulation, prepared, case.dossier, case.about)
        spell = None if question.goal is None else course.spell_of(question.goal, case.on)
        first: datetime.date | None = None if spell is None else spell.first
        last: datetime.date | None = None if spell is None else spell.last
        return (expected.earliest is not None and expected.earliest != first) or (
            expected.until is not None and expected.until != last
        )


def _written(answer: Answer) -> dict[str, str]:
    return {
        name: str(shown.at_least) if isinstance(shown, Quantity) else str(shown)
        for name, shown in answer.value.items()
    }


def checks(regulation_id: str) -> dict[str, list[Check]]:
    """Every case of a regulation, and every reading that it says turns it, by question."""
    found: dict[str, list[Check]] = {}
    for check in _checks(regulation_id):
        found.setdefault(check.case.question, []).append(check)
    return found


def _checks(regulation_id: str) -> Iterator[Check]:
    folder = catalogue.folder_of(regulation_id)
    for case in (*cases(folder), *regression_cases(folder)) if folder is not None else ():
        yield Check(case, case.readings, case.expected.outcome, in_full=True)
        for key, (reading, expected) in case.flips.items():
            yield Check(case, {**case.readings, key: reading}, expected, in_full=False)


def killer(
    regulation: Regulation, mutant: Mutant, by_question: Mapping[str, list[Check]]
) -> Check | None:
    """
    The first case that notices; None where none does. It moves to the front, as it may well
    notice the next mutant too.
    """
    changed = mutated(regulation, mutant)
    for differs in (Check.outcome_differs, Check.answer_differs):
        for question in mutant.questions:
            listed = by_question.get(question, [])
            for number, check in enumerate(listed):
                if _breaks_or(differs, check, changed):
                    listed.insert(0, listed.pop(number))
                    return check
    return None


def _breaks_or(differs: object, check: Check, changed: Regulation) -> bool:
    """A regulation that can no longer be answered (two rows of a schedule met) is noticed too."""
    try:
        return bool(differs(check, changed))
    except ValueError:
        return True
