"""
Scales: the levels that a text gives for one item, from the lowest to the highest.

What a level's words say and how it is decided are kept apart. Words taken literally leave gaps and
overlap, and a regulation has to say what it does about them; see ``proofs`` for finding them.
"""

from __future__ import annotations

from dataclasses import dataclass

from tiaoli.facts.kinds import Label
from tiaoli.rules.citation import clause
from tiaoli.rules.errors import BrokenRegulation
from tiaoli.rules.expressions import SATISFIED, Rule


@dataclass(frozen=True, slots=True, eq=False)
class Level:
    """
    One level: ``rule`` decides it, ``text`` are its words taken literally where they differ.

    ``rule`` cites ``clause``.
    """

    clause: str
    rule: Rule
    text: Rule | None = None

    @property
    def literal(self) -> Rule:
        """The words of the level, nothing added and nothing left out."""
        return self.rule if self.text is None else self.text


@dataclass(frozen=True, slots=True, eq=False)
class Scale:
    """
    ``levels`` from the lowest (1) to the highest. ``given`` is what every set of facts satisfies,
    so that what cannot be is not looked at.
    """

    item: str
    label: Label
    levels: tuple[Level, ...]
    given: Rule = SATISFIED

    def level(self, number: int) -> Level:
        """By its number, from 1."""
        return self.levels[number - 1]


def level(clause_id: str, rule: Rule, *, text: Rule | None = None) -> Level:
    """``level("NM-6.5.L4", kinds.at_least(5))``; the clause is cited."""
    return Level(clause_id, clause(clause_id, rule), text)


def scale(item: str, label: Label, *levels: Level, given: Rule = SATISFIED) -> Scale:
    """Raises BrokenRegulation for fewer than two levels or one clause given twice."""
    clauses = [one.clause for one in levels]
    if len(levels) < 2 or len(set(clauses)) < len(clauses):
        raise BrokenRegulation(f"{item}: a scale has two levels or more, each a clause of its own")
    return Scale(item, label, levels, given)
