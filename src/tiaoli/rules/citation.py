"""Citation: every part of a rule that answers to a clause of the text says so."""

from __future__ import annotations

from dataclasses import dataclass

from tiaoli.facts.kinds import Label, Unit
from tiaoli.rules.amounts import AmountNode
from tiaoli.rules.expressions import Node, Rule, Value, _must_be_rule
from tiaoli.rules.judgement import Judged, Presumed
from tiaoli.rules.ledgers import Cap, Once
from tiaoli.rules.moments import DayNode


@dataclass(frozen=True, slots=True, eq=False)
class ClauseRule(Rule):
    """``rule``, as clause ``clause`` of the text demands it."""

    clause: str
    rule: Rule


@dataclass(frozen=True, slots=True, eq=False)
class ClauseAmount(AmountNode):
    """``amount``, as clause ``clause`` of the text gives it."""

    clause: str
    amount: AmountNode

    @property
    def unit(self) -> Unit:
        return self.amount.unit


@dataclass(frozen=True, slots=True, eq=False)
class ClauseDay(DayNode):
    """``day``, as clause ``clause`` of the text fixes it."""

    clause: str
    day: Value


Cited = ClauseRule | ClauseAmount | ClauseDay | Cap | Once


@dataclass(frozen=True, slots=True, eq=False)
class ShownBy(Rule):
    """Met as the clauses within ``rule`` are, which stand and are explained elsewhere."""

    rule: Rule


def shown_by(rule: Rule) -> Rule:
    """A clause made concrete by others: told by naming them, not by telling them again."""
    return ShownBy(_must_be_rule(rule))


@dataclass(frozen=True, slots=True, eq=False)
class Named(Rule):
    """``rule``, told by the name that people know it by, and not in its parts."""

    label: Label
    rule: Rule


def named(zh: str, en: str, rule: Rule) -> Rule:
    """``named("撰寫報告", "report writing", any_record(...))``."""
    return Named(Label(zh, en), _must_be_rule(rule))


@dataclass(frozen=True, slots=True, eq=False)
class ToldIfMet(Rule):
    """``rule``, passed over in silence where it is not met: one of several outcomes tried."""

    rule: Rule


def told_if_met(rule: Rule) -> Rule:
    """What an outcome turns on, and not what the outcomes before it would have turned on."""
    return ToldIfMet(_must_be_rule(rule))


def clause(clause_id: str, rule: Rule) -> Rule:
    """``clause("RTL-5.RT3.TEACH", held & supervised)``."""
    return ClauseRule(clause_id, _must_be_rule(rule))


def amount_clause(clause_id: str, amount: AmountNode) -> AmountNode:
    """The same for an amount: points, a fee."""
    return ClauseAmount(clause_id, amount)


def day_clause(clause_id: str, day: Value) -> Value:
    """The same for a day: an expiry, a due date."""
    return ClauseDay(clause_id, day)


def clause_ids(node: Node) -> frozenset[str]:
    """Every clause cited in ``node``."""
    return frozenset(n.clause for n in node.walk() if isinstance(n, Cited))


def judged_clause_ids(node: Node) -> frozenset[str]:
    """Every clause that ``node`` leaves to a named person: asked for, or waiting for a ruling."""
    return frozenset(
        n.clause
        for n in node.walk()
        if isinstance(n, Judged) or (isinstance(n, ClauseRule) and _waits(n.rule))
    )


def _waits(rule: Rule) -> bool:
    """Not taken as met until somebody has ruled so."""
    return isinstance(rule, Presumed) and not rule.met
