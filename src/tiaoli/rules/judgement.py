"""
What only a person can decide, and what is taken for granted until somebody does.

A human judgement is a fact: an attestation by a named person. Without it the rule is unknown; it
is never turned into met or not met by the program.
"""

from __future__ import annotations

from dataclasses import dataclass

from tiaoli.facts.kinds import Label
from tiaoli.rules.expressions import Rule


@dataclass(frozen=True, slots=True, eq=False)
class Judged(Rule):
    """The latest ``judgement`` fact on ``clause``; unknown without one."""

    clause: str
    question: Label
    who: Label


def judged(clause: str, zh: str, en: str, *, who: tuple[str, str] = ("審查人", "reviewer")) -> Rule:
    """``judged("ART-3", "是否能獨立操作", "operates independently")``."""
    return Judged(clause, Label(zh, en), Label(*who))


@dataclass(frozen=True, slots=True, eq=False)
class Presumed(Rule):
    """
    ``rule``, taken as ``met`` or not while it is unknown. The answer still lists what could
    settle it.
    """

    rule: Rule
    met: bool
    because: Label


def presumed(rule: Rule, met: bool, zh: str, en: str) -> Rule:
    """``presumed(accepted_by_panel, False, "小組未認定前不計", "not counted before a ruling")``."""
    return Presumed(rule, met, Label(zh, en))
