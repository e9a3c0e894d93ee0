"""Certificates, and whoever issues and changes them, for the tests of what is issued."""

from __future__ import annotations

import datetime
from typing import Any

from acting import DAY

from tiaoli.platform.audit.actions import Actor
from tiaoli.platform.certificates.actions import Change
from tiaoli.platform.certificates.issuing import issue
from tiaoli.platform.certificates.models import Certificate
from tiaoli.platform.people.models import Organisation, Person, Post
from tiaoli.platform.people.seats import actor_of, seats_of
from tiaoli.platform.portfolio.models import Record
from tiaoli.platform.world import making

TO = datetime.date(2031, 6, 29)
"""The last day of what ``issued`` makes."""
ONE = datetime.timedelta(days=1)


def domain(whose: Person, number: str = "3", **values: Any) -> Record:
    return making.fact(
        whose,
        "domain_certificate",
        {"domain": number, "issue_date": DAY.isoformat(), "status": "valid", **values},
    )


def office(society: Organisation, email: str = "s@example.org") -> Actor:
    return seat(society, Post.SECRETARIAT, email, "陳秘書")


def seat(society: Organisation, post: Post, email: str = "x@example.org", name: str = "") -> Actor:
    account = making.officer(society, post, email, name)
    return actor_of(account, seats_of(account, DAY)[0])


def issued(by: Actor, record: Record, **named: Any) -> Certificate:
    given: dict[str, Any] = {
        "regulation": "ir-instructor", "procedure": "initial", "issuer": by.organisation,
        "decision": {"clauses": ["IRI-7.3"]}, "first": DAY, "last": TO,
    }  # fmt: skip
    return issue(by, record, **(given | named))


def change(first: datetime.date = DAY, seen: int = 1, reason: str = "理由") -> Change:
    return Change(first, reason, "IRI-7.3", seen)
