"""By how little values may lie on this side of an edge, and facts without loose ends."""

from __future__ import annotations

import datetime
from dataclasses import replace
from fractions import Fraction

from tiaoli.facts import periods
from tiaoli.facts.dossier import Dossier, Fact
from tiaoli.facts.kinds import NONE, Type
from tiaoli.facts.vocabulary import find
from tiaoli.proofs.reading import Reading, Row
from tiaoli.proofs.symbols import (
    Number,
    Truth,
    added,
    conj,
    disj,
    equal,
    neg,
)
from tiaoli.rules.amounts import AmountNode
from tiaoli.rules.expressions import (
    Compare,
    Value,
)
from tiaoli.rules.records import Served

INSIDE, OUTSIDE = "inside", "outside"
"""The two sides of a threshold: just met, and just missed."""


def without_loose_ends(dossier: Dossier) -> Dossier:
    """The same without references to records that are not there, as a dossier that is read is."""
    return replace(dossier, facts=tuple(_tied_up(fact, dossier) for fact in dossier.facts))


def _tied_up(fact: Fact, dossier: Dossier) -> Fact:
    attributes = find(fact.kind).attributes
    loose = {
        name: NONE
        for name, named in fact.values.items()
        if attributes[name].type is Type.REFERENCE
        and isinstance(named, str)
        and named not in dossier.by_id
    }
    return replace(fact, values={**fact.values, **loose}) if loose else fact


def last_start(on: datetime.date, node: Served) -> datetime.date:
    """The latest first day from which the service is complete on the day of asking."""
    start = on
    while True:
        span = periods.Span(start, None)
        if periods.has_served(
            (span,),
            node.years,
            on,
            first_day_counts=node.first_day_counts,
            complete_on_last_day=node.complete_on_last_day,
        ):
            return start
        start -= datetime.timedelta(days=1)


def same(read: Reading, one: Value, other: Value) -> Truth:
    """The two come to the same: one amount or day, or none."""
    if isinstance(one, AmountNode):
        a, b = read.amount(one), read.amount(other)
        stated = disj((conj((a.stated, b.stated)), conj((neg(a.stated), neg(b.stated)))))
        return conj((stated, equal(a.term, b.term)))
    x, y = read.value(one), read.value(other)
    both = disj((conj((x.absent, y.absent)), conj((neg(x.absent), neg(y.absent)))))
    return conj((both, disj((x.absent, equal(x.term, y.term)))))


def just_compared(
    read: Reading, row: Row | None, node: Compare, side: str, by: int | Fraction
) -> Truth:
    """The two sides are just as far from one another as ``side`` asks."""
    left, right, op = node.left, node.right, node.op
    if isinstance(left, AmountNode) or isinstance(right, AmountNode):
        a, b = read.amount(left, row), read.amount(right, row)
        there: list[Truth] = [a.stated, b.stated]
        one, other = a.term, b.term
    else:
        x, y = read.value(left, row), read.value(right, row)
        there, one, other = [neg(x.absent), neg(y.absent)], x.term, y.term
    off = {">=": -by, "<=": by, ">": by, "<": -by, "==": by}[op]
    strict = op in (">", "<")
    at = off if (side == INSIDE) is strict else 0
    return conj((*there, equal(one, _plus(other, at))))


def _plus(number: Number, by: int | Fraction) -> Number:
    if by == 0:
        return number
    if isinstance(number, int | Fraction):
        return number + by
    return added((number, by))
