"""
The five services, and who provides them: the department, the hospital, or a partner.

The text says at one place that the hospital must have them and at another that the department
must; ``SELF_COUNT_BASIS`` is the one switch for both.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

from tiaoli.facts.vocabulary.programme import SERVICES
from tiaoli.rules import (
    AS_OF,
    AmountNode,
    Records,
    Rule,
    Value,
    all_of,
    any_of,
    any_record,
    called,
    how_many,
    named,
    reading,
    records,
    related,
)

Where = Literal["hospital", "department"]

service = records("medical_service")
agreement = records("partner_agreement")

ALL_FIVE = ("gamma", "pet", "therapy", "ria", "cyclotron")
BOTH_IMAGING = ("gamma", "pet")
OTHER_THREE = ("therapy", "ria", "cyclotron")
_SETS = {
    5: ("五項訓練", "the five areas"),
    3: ("治療、放免、加速器三項", "therapy, radioimmunoassay and cyclotron"),
}

continuous = service.continuous.is_(True)
"""Of a service: it is in continuous operation."""

_IN_HOUSE = {"hospital": ("department", "hospital"), "department": ("department",)}


def _in_place(what: str, *by: str, on: Value) -> Records:
    ended = service.operating_to
    return service.whenever().where(
        service.service.is_(what),
        service.provided_by.is_in(*by),
        service.operating_from <= on,
        any_of(ended.is_absent(), ended >= on),
    )


@cache
def own(what: str, where: Where, *, on: Value = AS_OF, running: Rule = continuous) -> Rule:
    """
    The lead hospital (or its department, as the text has it ``where`` this is asked) provides the
    service itself on the day. ``running`` is asked of the service; SATISFIED asks nothing more.
    """

    def by(whose: Where) -> Rule:
        found = _in_place(what, *_IN_HOUSE[whose], on=on).where(running)
        zh, en = SERVICES[what]
        return named(f"自有{zh}", f"{en} of its own", any_record(found))

    hospitals, departments = by("hospital"), by("department")
    as_written = hospitals if where == "hospital" else departments
    return reading(
        "SELF_COUNT_BASIS", as_written=as_written, hospital=hospitals, department=departments
    )


@cache
def at_partner(what: str, *, on: Value = AS_OF) -> Rule:
    """An agreement in force on the day names the service, and it does not lie idle there."""
    idle = _in_place(what, "partner", on=on).where(service.continuous.is_(False))
    arranged = agreement.whenever().where(
        agreement.services.includes(what),
        agreement.signed_date <= on,
        any_of(agreement.valid_to.is_absent(), agreement.valid_to >= on),
        ~related(idle, (agreement.partner, service.provider)),
    )
    zh, en = SERVICES[what]
    return named(f"{zh}外訓", f"{en} at a partner", any_record(arranged))


@cache
def joint(what: str, where: Where, *, on: Value = AS_OF, running: Rule = continuous) -> Rule:
    """Not provided by itself, but arranged at a partner."""
    return all_of(~own(what, where, on=on, running=running), at_partner(what, on=on))


@cache
def self_trained(
    where: Where,
    of: tuple[str, ...] = ALL_FIVE,
    *,
    on: Value = AS_OF,
    running: Rule = continuous,
) -> AmountNode:
    """
    How many of the services it trains in itself: s of all five, c of therapy, radioimmunoassay and
    cyclotron (``OTHER_THREE``).
    """
    place = {"hospital": ("院內", "hospital"), "department": ("科內", "department")}[where]
    number = how_many(*(own(what, where, on=on, running=running) for what in of))
    zh, en = _SETS[len(of)]
    return called(f"{zh}中{place[0]}自訓的項數", f"trained in the {place[1]}, of {en}", number)


@cache
def jointly_trained(
    where: Where,
    of: tuple[str, ...] = ALL_FIVE,
    *,
    on: Value = AS_OF,
    running: Rule = continuous,
) -> AmountNode:
    """j: how many it does not train in itself but arranges at a partner."""
    number = how_many(*(joint(what, where, on=on, running=running) for what in of))
    zh, en = _SETS[len(of)]
    return called(f"{zh}中合訓的項數", f"trained jointly, of {en}", number)
