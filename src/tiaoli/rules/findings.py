"""
Known findings: what the checks find in a regulation and its makers have looked at.

Gaps, overlaps and cliffs that stand in the text are declared, with why they are known and the open
point that settles them, if one does. What is found must be declared, and what is declared, found.
"""

from __future__ import annotations

from dataclasses import dataclass

from tiaoli.facts.kinds import Label


@dataclass(frozen=True, slots=True)
class KnownFinding:
    """``check`` found it in ``clauses``; ``settled_by`` are numbers of the register of keys."""

    check: str
    clauses: tuple[str, ...]
    says: Label
    settled_by: tuple[str, ...] = ()

    @property
    def identity(self) -> tuple[str, tuple[str, ...]]:
        return self.check, tuple(sorted(self.clauses))
