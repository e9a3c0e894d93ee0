"""
Ranking: who comes first by a total, where totals that lie close together give way to a priority.

"Within three points" is not transitive, so a text that says no more can be read in three ways.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from tiaoli.facts.kinds import Type
from tiaoli.rules.amounts import Amount, AmountNode
from tiaoli.rules.errors import BrokenRegulation, MixedUnits
from tiaoli.rules.expressions import AttributeOf, AttributeValue, Node, Rule
from tiaoli.rules.records import Picked, Records


class RankingMethod(Enum):
    """
    ``ANCHORED_BAND``  the highest total left takes along all that lie within the width of it;
                       these are ordered by priority, then by total; and so on
    ``CHAINED``        the same, but each total takes along the next one within the width of it
    ``PAIRWISE``       two at a time; where that goes round in a circle nobody in it comes first
    """

    ANCHORED_BAND = "anchored_band"
    CHAINED = "chained"
    PAIRWISE = "pairwise"


@dataclass(frozen=True, slots=True, eq=False)
class Contest(Node):
    """Those who are ranked. More of ``total`` and more of ``priority`` is better."""

    records: Records
    total: AttributeOf
    priority: AttributeOf
    width: Amount


@dataclass(frozen=True, slots=True, eq=False)
class Rank(AmountNode):
    """
    The place of one of them, from 1. Those who are equal, or in a circle, share the best place.

    Not stated for a record that is not among them.
    """

    contest: Contest
    whose: Picked
    method: RankingMethod


@dataclass(frozen=True, slots=True, eq=False)
class InCycle(Rule):
    """Compared two at a time, it comes before one that comes before it, by way of others."""

    contest: Contest
    whose: Picked


@dataclass(frozen=True, slots=True, eq=False)
class Tied(Rule):
    """Another one has the same total and the same priority."""

    contest: Contest
    whose: Picked


def contest(of: Records, *, total: AttributeOf, priority: AttributeOf, width: Amount) -> Contest:
    """``contest(contender, total=contender.total, priority=contender.self_trained, ...)``."""
    for value in (total, priority):
        if value.kind.name != of.kind.name or value.type not in (Type.NUMBER, Type.WHOLE):
            raise BrokenRegulation(f"{of.kind.name} cannot be ranked by {value.name}")
    if total.unit is not width.unit:
        raise MixedUnits(f"{total.unit.name} cannot lie within {width.unit.name}")
    return Contest(of, total, priority, width)


def rank(among: Contest, whose: AttributeValue, method: RankingMethod) -> Rank:
    """``rank(round, the(contender).programme, RankingMethod.CHAINED)``: any attribute will do."""
    return Rank(among, _one_of(among, whose), method)


def in_cycle(among: Contest, whose: AttributeValue) -> Rule:
    return InCycle(among, _one_of(among, whose))


def tied(among: Contest, whose: AttributeValue) -> Rule:
    return Tied(among, _one_of(among, whose))


def _one_of(among: Contest, whose: AttributeValue) -> Picked:
    if not isinstance(whose, Picked) or whose.records.kind.name != among.records.kind.name:
        raise BrokenRegulation(f"say which {among.records.kind.name} is meant: the(...), latest()")
    return whose
