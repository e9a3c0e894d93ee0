"""
Ledgers: what each activity counts, in order of time, until a cap is full.

A ledger keeps every record apart: its raw amount, its factor, and what of it is counted. Caps that
may bind one record at once do not exist here; of two that are written, the first applies.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tiaoli.facts.kinds import Type, Unit
from tiaoli.facts.periods import Period
from tiaoli.rules.amounts import Amount, AmountNode, number_of
from tiaoli.rules.errors import BrokenRegulation, MixedUnits
from tiaoli.rules.expressions import (
    NEVER,
    SATISFIED,
    AttributeOf,
    AttributeValue,
    Node,
    Rule,
    Value,
)
from tiaoli.rules.records import Records


@dataclass(frozen=True, slots=True, eq=False)
class Portion(AmountNode):
    """
    How many times ``each`` goes into ``amount``, in whole ``step``s, truncated (or taken up).

    With ``pooled``, the records of a ledger that agree on those values are added up before they
    are rounded: each gets what it adds to the steps of the records before it.
    """

    amount: Value
    each: Amount
    step: Amount
    up: bool = False
    pooled: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class PeriodsIn(AmountNode):
    """How many times ``period`` is complete from ``start`` to ``end``, both days included."""

    start: Value
    end: Value
    period: Period


@dataclass(frozen=True, slots=True, eq=False)
class ListLength(AmountNode):
    """How many items a list of choices or texts holds; of no list, none."""

    value: Value


@dataclass(frozen=True, slots=True, eq=False)
class During(Rule):
    """``day`` lies in the period of one of the records (``happens`` to ``ends``, inclusive)."""

    day: Value
    records: Records


@dataclass(frozen=True, slots=True, eq=False)
class Cap(Node):
    """The records that meet ``of`` and agree on ``by`` count no more than ``most`` together."""

    clause: str
    of: Rule
    most: Amount
    by: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Once(Node):
    """
    Of the records that meet ``of`` and agree on ``by``, one: the earliest, or with ``highest`` the
    one that is worth most (raw amount times factor), of several such the earliest.
    """

    clause: str
    of: Rule
    by: tuple[Value, ...]
    highest: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Ledger(AmountNode):
    """
    What the records that meet ``within`` count together.

    All of ``records`` take part, in order of ``day`` (those that meet ``first`` before the others):
    they fill caps although they are not added. ``cap_first`` holds the caps against the raw
    amounts, and multiplies what is left. With ``step``, what comes of multiplying is truncated to
    whole steps, once for all records that agree on ``pooled``: each gets what it adds to the steps
    of those before it. Only then is it held against a cap that comes after.
    """

    records: Records
    day: Value
    raw: AmountNode
    factor: AmountNode
    caps: tuple[Cap, ...] = ()
    once: tuple[Once, ...] = ()
    cap_first: bool = False
    first: Rule = NEVER
    within: Rule = SATISFIED
    step: Amount | None = None
    pooled: tuple[Value, ...] = ()

    @property
    def unit(self) -> Unit:
        return self.raw.unit


def portion(
    amount: Value,
    each: Amount,
    step: Amount | None = None,
    *,
    up: bool = False,
    pooled: tuple[Value, ...] = (),
) -> Portion:
    """``portion(entry.hours, minutes(50), number_of("0.1"))``. Raises MixedUnits."""
    if amount.unit is not each.unit:
        raise MixedUnits(f"{amount.unit.name} is not divided by {each.unit.name}")
    return Portion(amount, each, number_of(1) if step is None else step, up, pooled)


def periods_in(start: Value, end: Value, period: Period) -> PeriodsIn:
    """``periods_in(entry.start_date, entry.end_date, years(1))``: full years of practice."""
    if start.type is not Type.DAY or end.type is not Type.DAY:
        raise MixedUnits("periods are counted between two days")
    return PeriodsIn(start, end, period)


def length_of(value: AttributeValue) -> ListLength:
    if value.type not in (Type.CHOICES, Type.TEXTS):
        raise MixedUnits(f"{value.name} is a {value.type.value}, not a list")
    return ListLength(value)


def during(day: Value, of: Records) -> Rule:
    if of.kind.happens is None or of.kind.ends is None:
        raise BrokenRegulation(f"{of.kind.name} has no period in which a day may lie")
    if day.type is not Type.DAY:
        raise MixedUnits("a day lies in a period")
    return During(day, of)


def ledger(
    of: Records,
    raw: AmountNode,
    *,
    day: AttributeOf,
    factor: AmountNode | None = None,
    caps: tuple[Cap, ...] = (),
    once: tuple[Once, ...] = (),
    cap_first: bool = False,
    first: Rule = NEVER,
    within: Rule = SATISFIED,
    step: Amount | None = None,
    pooled: tuple[Value, ...] = (),
) -> Ledger:
    """Raises MixedUnits where a cap is of another unit than the amounts."""
    for cap in caps:
        if cap.most.unit is not raw.unit:
            raise MixedUnits(f"{cap.most.unit.name} is no cap for {raw.unit.name}")
    times = number_of(1) if factor is None else factor
    return Ledger(of, day, raw, times, caps, once, cap_first, first, within, step, pooled)


def minutes(value: int) -> Amount:
    return Amount(value, Unit.MINUTE)


TENTH = Amount(Decimal("0.1"))
HUNDREDTH = Amount(Decimal("0.01"))
