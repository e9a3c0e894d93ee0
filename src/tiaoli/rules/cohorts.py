"""
One after another: an amount worked out for each record of a cohort, or for each year of a period.

Inside ``of_each`` the record whose turn it is is ``its(resident)``; inside ``of_each_period`` the
period whose turn it is runs from ``PERIOD_START`` to ``PERIOD_END``, both included.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from tiaoli.facts.kinds import Attribute, Kind, Label, Unit
from tiaoli.facts.periods import Period
from tiaoli.rules.amounts import AmountNode
from tiaoli.rules.errors import BrokenRegulation, MixedUnits
from tiaoli.rules.expressions import AttributeValue, Rule, Value, _must_be_rule, attribute_of
from tiaoli.rules.moments import DayNode, _day
from tiaoli.rules.records import Records


class Fold(Enum):
    """How the amounts of many become one."""

    LEAST = "least"  # everyone reaches it
    GREATEST = "greatest"  # somebody reaches it
    MAJORITY = "majority"  # more than half reach it
    MEDIAN = "median"  # the middle one; of two, the lower
    MEAN = "mean"  # truncated after six decimals
    SUM = "sum"
    LAST = "last"  # the last period


class Quantifier(Enum):
    """Of how many a rule must hold."""

    ALL = "all"
    ANY = "any"
    MAJORITY = "majority"  # more than half


@dataclass(frozen=True, slots=True, eq=False)
class Its(AttributeValue):
    """An attribute of the record whose turn it is."""

    kind: Kind
    attribute: Attribute

    @property
    def name(self) -> str:
        return f"{self.kind.name}.{self.attribute.name}"


@dataclass(frozen=True, slots=True)
class Turn:
    """The record whose turn it is. Its attributes are values."""

    kind: Kind

    def __getattr__(self, name: str) -> Its:
        if name.startswith("__"):
            raise AttributeError(name)
        return Its(self.kind, attribute_of(self.kind, name).attribute)


@dataclass(frozen=True, slots=True, eq=False)
class PeriodStart(DayNode):
    """The first day of the period whose turn it is."""


@dataclass(frozen=True, slots=True, eq=False)
class PeriodEnd(DayNode):
    """The last day of the period whose turn it is."""


PERIOD_START = PeriodStart()
PERIOD_END = PeriodEnd()


@dataclass(frozen=True, slots=True, eq=False)
class OfEach(AmountNode):
    """
    ``each`` of every record of ``records``, folded into one; of no records, ``otherwise``.

    A record for which ``each`` is not stated is passed over.
    """

    records: Records
    each: AmountNode
    fold: Fold
    otherwise: AmountNode

    @property
    def unit(self) -> Unit:
        return self.each.unit


@dataclass(frozen=True, slots=True, eq=False)
class OfEachPeriod(AmountNode):
    """
    ``each`` of every complete ``period`` from ``start`` to ``until`` (both included), folded into
    one; where none is complete, ``otherwise``. ``first`` and ``last`` choose by number, from 1.
    """

    start: Value
    until: Value
    period: Period
    each: AmountNode
    fold: Fold
    otherwise: AmountNode
    first: int = 1
    last: int | None = None

    @property
    def unit(self) -> Unit:
        return self.each.unit


@dataclass(frozen=True, slots=True, eq=False)
class EachOne(Rule):
    """``rule`` holds of all (any, most) of ``records``; of no records all do, and none."""

    records: Records
    rule: Rule
    quantifier: Quantifier = Quantifier.ALL


@dataclass(frozen=True, slots=True, eq=False)
class EachPeriod(Rule):
    """``rule`` holds in all (any, most) of the complete periods, as ``OfEachPeriod`` has them."""

    start: Value
    until: Value
    period: Period
    rule: Rule
    quantifier: Quantifier = Quantifier.ALL
    first: int = 1
    last: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class KnownIf(AmountNode):
    """``amount``, which is not known unless ``rule`` is met: a year without any log is no zero."""

    rule: Rule
    amount: AmountNode
    asks: Label

    @property
    def unit(self) -> Unit:
        return self.amount.unit


@dataclass(frozen=True, slots=True, eq=False)
class Share(AmountNode):
    """``part`` of ``whole`` in percent, truncated after six decimals; not stated of nothing."""

    part: AmountNode
    whole: AmountNode
    label: Label | None = None

    @property
    def unit(self) -> Unit:
        return Unit.PERCENT


@dataclass(frozen=True, slots=True, eq=False)
class YearOf(AmountNode):
    """The calendar year of a day, as a number."""

    day: Value


def its(of: Records) -> Turn:
    """``its(resident).start_date``, inside ``of_each(resident, ...)``."""
    return Turn(of.kind)


def of_each(of: Records, each: AmountNode, *, fold: Fold, otherwise: AmountNode) -> OfEach:
    """Raises MixedUnits unless both amounts are of one unit."""
    _one_unit(each, otherwise)
    if fold is Fold.LAST:
        raise BrokenRegulation("the last of records is latest(...); only periods have a last one")
    return OfEach(of, each, fold, otherwise)


def of_each_period(
    start: Value,
    until: Value,
    period: Period,
    each: AmountNode,
    *,
    fold: Fold,
    otherwise: AmountNode,
    first: int = 1,
    last: int | None = None,
) -> OfEachPeriod:
    """``of_each_period(its(resident).start_date, AS_OF, years(1), cases, fold=..., ...)``."""
    _one_unit(each, otherwise)
    _numbered(first, last)
    return OfEachPeriod(_day(start), _day(until), period, each, fold, otherwise, first, last)


def each_one(of: Records, rule: Rule, quantifier: Quantifier = Quantifier.ALL) -> EachOne:
    """``each_one(resident, any_record(training.where(training.resident.same_as(its(...)))))``."""
    return EachOne(of, _must_be_rule(rule), quantifier)


def each_period(
    start: Value,
    until: Value,
    period: Period,
    rule: Rule,
    quantifier: Quantifier = Quantifier.ALL,
    *,
    first: int = 1,
    last: int | None = None,
) -> EachPeriod:
    _numbered(first, last)
    return EachPeriod(
        _day(start), _day(until), period, _must_be_rule(rule), quantifier, first, last
    )


def known_if(rule: Rule, amount: AmountNode, zh: str, en: str) -> KnownIf:
    """``known_if(any_record(log), count(log), "第二年的病例紀錄", "the cases of year two")``."""
    return KnownIf(_must_be_rule(rule), amount, Label(zh, en))


def share(part: AmountNode, whole: AmountNode) -> Share:
    """``share(count(passed), count(sat))``, in percent."""
    if part.unit is not whole.unit:
        raise MixedUnits(f"{part.unit.name} is no share of {whole.unit.name}")
    return Share(part, whole)


def year_of(day: Value) -> YearOf:
    return YearOf(_day(day))


def _one_unit(each: AmountNode, otherwise: AmountNode) -> None:
    if each.unit is not otherwise.unit:
        raise MixedUnits(f"{each.unit.name} of each, but {otherwise.unit.name} of none")


def _numbered(first: int, last: int | None) -> None:
    if first < 1 or (last is not None and last < first):
        raise BrokenRegulation(f"there are no periods from number {first} to {last}")


TAKES_TURNS = (OfEach, OfEachPeriod, EachOne, EachPeriod)
"""What is worked out again and again, with another record or period in hand."""
