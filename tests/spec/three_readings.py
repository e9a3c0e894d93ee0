"""One example of the language: a rule, the facts it meets, a day, and the truth expected."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from tiaoli.answers.case import Case
from tiaoli.answers.compiled import compiled
from tiaoli.answers.explain import Reader, explain
from tiaoli.answers.meaning import Truth, holds
from tiaoli.facts.dossier import Dossier
from tiaoli.facts.kinds import Label
from tiaoli.facts.reading import read_dossier
from tiaoli.rules import Rule, clause_ids

TODAY = "2026-06-30"


def dossier(*facts: Mapping[str, Any], incomplete: tuple[str, ...] = ()) -> Dossier:
    return read_dossier(
        {"subject": {"id": "someone"}, "facts": list(facts), "incomplete": list(incomplete)}
    )


def case(told: Dossier, on: str = TODAY, about: str | None = None) -> Case:
    day = datetime.date.fromisoformat(on)
    return Case(told, day, day, about)


def check(
    rule: Rule, told: Dossier, expected: Truth, *, on: str = TODAY, about: str | None = None
) -> None:
    """The reference, the quick and the explained reading all find ``expected``."""
    met = case(told, on, about)
    says = {clause_id: Label(clause_id, clause_id) for clause_id in clause_ids(rule)}
    found = (holds(rule, met), compiled(rule)(met), explain(rule, Reader(met, says)).truth)
    assert found == (expected, expected, expected)
