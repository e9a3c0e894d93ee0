"""
Amounts with their units: counts, hours, points, money.

Exact numbers only: integers and Decimal, hours as whole minutes. Hours never meet points.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeVar

from tiaoli.facts.kinds import Label, Type, Unit
from tiaoli.rules.errors import BrokenRegulation, MixedUnits
from tiaoli.rules.expressions import (
    AttributeOf,
    Rule,
    Value,
    _field_names,
    _must_be_rule,
    compare,
)
from tiaoli.rules.moments import DayNode
from tiaoli.rules.records import Records, RecordSet, Union


class AmountNode(Value):
    """A value that is an amount."""

    __slots__ = ()

    @property
    def type(self) -> Type:
        return Type.NUMBER

    def at_least(self, other: int | Amount) -> Rule:
        """以上, inclusive. A bare number is of the same unit only for counts."""
        return compare(self, ">=", _amount(other))

    def at_most(self, other: int | Amount) -> Rule:
        """以下, inclusive."""
        return compare(self, "<=", _amount(other))


@dataclass(frozen=True, slots=True, eq=False)
class Amount(AmountNode):
    """A number that stands in the text."""

    value: int | Decimal
    measured_in: Unit = Unit.ONE

    @property
    def unit(self) -> Unit:
        return self.measured_in


def number_of(value: int | Decimal | str) -> Amount:
    return Amount(_exact(value))


def hours(value: int | Decimal | str) -> Amount:
    """Hours, held as whole minutes."""
    minutes = _exact(value) * 60
    if minutes != int(minutes):
        raise ValueError(f"{value} hours is not a whole number of minutes")
    return Amount(int(minutes), Unit.MINUTE)


def points(value: int | Decimal | str) -> Amount:
    return Amount(_exact(value), Unit.POINT)


def twd(value: int) -> Amount:
    return Amount(_exact(value), Unit.TWD)


def _exact(value: int | Decimal | str) -> int | Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        raise MixedUnits(f"{value!r} is not an exact number: write an int, a Decimal or a string")
    return value if isinstance(value, int | Decimal) else Decimal(value)


def _amount(value: int | Amount) -> Amount:
    return value if isinstance(value, Amount) else number_of(value)


@dataclass(frozen=True, slots=True, eq=False)
class Count(AmountNode):
    """
    How many records; with ``distinct``, how many different values of that attribute.

    A record without the attribute is one of its own. ``distinct`` has one attribute name for each
    set of a union (the same work under its own name in each). With ``within``, values are the same
    only where that attribute is too: the session of one meeting is not that of another.
    """

    records: RecordSet
    distinct: tuple[str, ...] = ()
    within: str = ""
    label: Label | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Sum(AmountNode):
    """The sum of a value over the records. Values are never negative."""

    records: Records
    value: Value
    label: Label | None = None

    @property
    def unit(self) -> Unit:
        return self.value.unit


@dataclass(frozen=True, slots=True, eq=False)
class GroupedSum(AmountNode):
    """
    The sum over groups of records that are alike in ``by``: of each group its greatest value, or
    with a ``cap`` its sum, but no more than that. A record without the attribute is a group.
    """

    records: Records
    value: Value
    by: str
    cap: Amount | None = None
    label: Label | None = None

    @property
    def unit(self) -> Unit:
        return self.value.unit


@dataclass(frozen=True, slots=True, eq=False)
class Total(AmountNode):
    """Amounts of one unit added up."""

    amounts: tuple[AmountNode, ...]

    @property
    def unit(self) -> Unit:
        return self.amounts[0].unit


@dataclass(frozen=True, slots=True, eq=False)
class Capped(AmountNode):
    """The amount, but no more than ``cap``."""

    amount: AmountNode
    cap: Amount

    @property
    def unit(self) -> Unit:
        return self.amount.unit


@dataclass(frozen=True, slots=True, eq=False)
class Times(AmountNode):
    """An amount for each of a number: a fee per certificate, an hour per point."""

    amount: AmountNode
    number: Value

    @property
    def unit(self) -> Unit:
        return self.amount.unit


@dataclass(frozen=True, slots=True, eq=False)
class Excess(AmountNode):
    """By how much one amount is above another; nothing where it is not."""

    amount: AmountNode
    over: AmountNode

    @property
    def unit(self) -> Unit:
        return self.amount.unit


@dataclass(frozen=True, slots=True, eq=False)
class ReachedOn(DayNode):
    """The day on which the values of the records, added up day by day, first reach ``target``."""

    records: Records
    value: AttributeOf
    target: AmountNode


@dataclass(frozen=True, slots=True, eq=False)
class Table(AmountNode):
    """
    A schedule: the amount of the one row whose rule is met, else ``otherwise``.

    Rows exclude one another; two that are met at once are a conflict in the regulation. With
    ``in_order`` they need not: the first that is met counts.
    """

    rows: tuple[tuple[Rule, AmountNode], ...]
    otherwise: AmountNode
    in_order: bool = False

    @property
    def unit(self) -> Unit:
        return self.otherwise.unit


@dataclass(frozen=True, slots=True, eq=False)
class HowMany(AmountNode):
    """How many of the rules are met."""

    rules: tuple[Rule, ...]
    label: Label | None = None


@dataclass(frozen=True, slots=True, eq=False)
class NotStated(AmountNode):
    """The text gives no amount here. Never zero, never invented."""

    what: Label
    measured_in: Unit = Unit.ONE

    @property
    def unit(self) -> Unit:
        return self.measured_in


def count(of: RecordSet, *, distinct: str | tuple[str, ...] = (), within: str = "") -> Count:
    """How many records of the set, or how many different ones by an attribute."""
    names = (distinct,) if isinstance(distinct, str) else distinct
    sets = of.sets if isinstance(of, Union) else (of,)
    if names and len(names) == 1:
        names = names * len(sets)
    for one, name in zip(sets, names, strict=False):
        getattr(one, name)
        if within:
            getattr(one, within)
    return Count(of, names, within)


def sum_of(value: AttributeOf | AmountNode, of: Records) -> Sum:
    """``sum_of(training.hours, training.where(...))``."""
    _can_be_added_up(value, of)
    return Sum(of, value)


def sum_once(value: AttributeOf | AmountNode, of: Records, *, by: str) -> GroupedSum:
    """The sum, in which records alike in ``by`` (one session) count once, with the greatest."""
    _can_be_added_up(value, of)
    getattr(of, by)
    return GroupedSum(of, value, by)


def sum_capped(value: AttributeOf | AmountNode, of: Records, *, by: str, cap: Amount) -> GroupedSum:
    """The sum, to which records alike in ``by`` (one academic year) add no more than ``cap``."""
    _can_be_added_up(value, of)
    getattr(of, by)
    if value.unit is not cap.unit:
        raise MixedUnits(f"{value.unit.name} cannot be capped by {cap.unit.name}")
    return GroupedSum(of, value, by, cap)


def _can_be_added_up(value: AttributeOf | AmountNode, of: Records) -> None:
    if isinstance(value, AttributeOf) and value.kind.name != of.kind.name:
        raise MixedUnits(f"{value.name} is not an attribute of {of.kind.name}")
    if value.type not in (Type.NUMBER, Type.WHOLE, Type.DURATION):
        raise MixedUnits(f"a {value.type.value} cannot be added up")


def total(*amounts: AmountNode) -> Total:
    """Raises MixedUnits unless all are of one unit."""
    units = {amount.unit for amount in amounts}
    if len(units) != 1:
        raise MixedUnits(f"{' and '.join(sorted(u.name for u in units))} cannot be added up")
    return Total(amounts)


def capped(amount: AmountNode, cap: Amount) -> Capped:
    compare(amount, "<=", cap)
    return Capped(amount, cap)


def amount_table(
    *rows: tuple[Rule, AmountNode], otherwise: AmountNode, in_order: bool = False
) -> Table:
    """Raises MixedUnits unless every row is of one unit."""
    for _, amount in rows:
        if amount.unit is not otherwise.unit:
            raise MixedUnits(f"{amount.unit.name} in a schedule of {otherwise.unit.name}")
    return Table(rows, otherwise, in_order)


def excess(amount: AmountNode, over: AmountNode) -> Excess:
    compare(amount, ">=", over)
    return Excess(amount, over)


def how_many(*rules: Rule) -> HowMany:
    """``how_many(a, b, c).at_least(2)``, where the number itself matters; see ``at_least_of``."""
    return HowMany(tuple(map(_must_be_rule, rules)))


Labelled = TypeVar("Labelled", bound=AmountNode)


def called(zh: str, en: str, amount: Labelled) -> Labelled:
    """
    ``called("教師", "teachers", count(...))``: an amount by the name that people know it by, which
    says what is counted. Only an amount that is made of records, rules or two others has one.
    """
    if "label" not in _field_names(type(amount)):
        raise BrokenRegulation(f"a {type(amount).__name__} cannot be called “{en}”")
    return replace(amount, label=Label(zh, en))  # type: ignore[type-var]  # every concrete node is a dataclass


def reached_on(value: AttributeOf, of: Records, target: AmountNode) -> ReachedOn:
    """``reached_on(payment.amount, payment.where(...), fee)``: the day the fee is paid in full."""
    sum_of(value, of)
    compare(value, ">=", target)
    if of.kind.happens is None:
        raise BrokenRegulation(f"{of.kind.name} has no day on which it happens")
    return ReachedOn(of, value, target)


_COUNTING = (Unit.ONE, Unit.ITEM, Unit.DAY)


def times(amount: AmountNode, number: Value, *, per: Unit = Unit.ONE) -> Times:
    """``times(twd(200), copies)``; an hour for each point is ``per=Unit.POINT``."""
    if number.unit is not per and not (per is Unit.ONE and number.unit in _COUNTING):
        what = "a plain number" if per is Unit.ONE else f"a number of {per.name}"
        raise MixedUnits(f"an amount is multiplied by {what}")
    return Times(amount, number)


def not_stated(zh: str, en: str, unit: Unit = Unit.ONE) -> NotStated:
    """The text is silent: ``not_stated("換證費", "renewal fee", Unit.TWD)``."""
    return NotStated(Label(zh, en), unit)
