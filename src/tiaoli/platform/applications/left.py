"""
A step leaves its records: in the portfolio of the person, verified by the house that decided, each
with its last day, and a certificate where it is a credential.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tiaoli.facts.kinds import Kind, Label
from tiaoli.facts.periods import last_day
from tiaoli.facts.vocabulary import find
from tiaoli.platform import clock
from tiaoli.platform.applications import declared
from tiaoli.platform.applications.confirming import confirm, confirmable
from tiaoli.platform.applications.inquiry import Inquiry, period_of
from tiaoli.platform.applications.leaving import Leaving, first_day, records_of
from tiaoli.platform.applications.models import Application, LeftRecord, StepTaken
from tiaoli.platform.applications.seeing import organisation_of, receiver_of
from tiaoli.platform.audit.actions import Actor, Refused
from tiaoli.platform.certificates import issuing
from tiaoli.platform.certificates.models import Certificate
from tiaoli.platform.people.models import Person
from tiaoli.platform.portfolio.dossiers import day_of, next_fact
from tiaoli.platform.portfolio.models import Record, Source, Tier
from tiaoli.rules import Transition


@dataclass(frozen=True, slots=True)
class PointTold:
    """One thing to put right: in words, of which clause, fact or document."""

    says: str
    clause: str = ""
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """
    What whoever takes a step adds to it.

    ``values``   attributes of the record left behind; ``options`` for which of several
    ``on_file``  the id of a fact that is in the portfolio already and is what the step leaves
    ``confirmed``  the ids of facts that the person told, and that a house finds to be so
    ``points``   what is to be put right, where the file is returned
    """

    remark: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    options: tuple[str, ...] | None = None
    on_file: str = ""
    confirmed: tuple[str, ...] = ()
    points: tuple[PointTold, ...] = ()


@dataclass(frozen=True, slots=True)
class Taking:
    """A step that is being taken, by whom, on a row that is held."""

    by: Actor
    row: Application
    step: Transition
    taken: StepTaken


def leave(taking: Taking, leaves: Leaving, given: Given) -> None:
    """
    Make the records. Raises DossierError where what was given cannot be read, and Refused where
    something is lacking.
    """
    row, taken = taking.row, taking.taken
    person = Person.objects.select_for_update(no_key=True).get(pk=row.person_id)
    if given.on_file and leaves.may_be_on_file:
        made = [_on_file(person, leaves.kind, given.on_file)]
    elif given.confirmed:
        made = _confirmed(taking, leaves, given.confirmed)
    else:
        values = records_of(leaves, given.values, given.options)
        made = [_record(taking, person, leaves.kind, one) for one in values]
    for record in made:
        left = LeftRecord.objects.create(step=taken, record=record)
        left.last = _last_day(taking, record)
        if leaves.kind.credential:
            left.certificate = _certify(taking, record, left.last, replaces=len(made) == 1)
        left.save()


def _on_file(person: Person, kind: Kind, fact: str) -> Record:
    there = Record.objects.filter(person=person, fact=fact, kind=kind.name, removed=None).first()
    if there is None:
        raise Refused(Label("檔案裡沒有這筆紀錄。", "There is no such record on file."))
    return there


def _confirmed(taking: Taking, leaves: Leaving, facts: tuple[str, ...]) -> list[Record]:
    there = {record.fact: record for record in confirmable(taking.row, leaves, hold=True)}
    if not set(facts) <= there.keys():
        raise Refused(
            Label(
                "有紀錄在送件後改過、移除，或已經認定。請重新載入，再看一次。",
                "A record was changed or taken out since the file was handed in, or is confirmed "
                "already. Load the page again and look once more.",
            )
        )
    house = organisation_of(taking.row, taking.step.by.seat)
    return [confirm(there[fact], leaves, house=house, by=taking.by.by) for fact in facts]


def _record(taking: Taking, person: Person, kind: Kind, values: Mapping[str, Any]) -> Record:
    now, by, seat = clock.now(), taking.by, taking.step.by.seat
    house = organisation_of(taking.row, seat) if seat in declared.HOUSE else None
    return Record.objects.create(
        person=person,
        fact=next_fact(person, kind.name),
        kind=kind.name,
        values=dict(values),
        tier=Tier.CLAIMED if house is None else Tier.VERIFIED,
        source=Source.PROCEDURE,
        happens=day_of(kind.name, values),
        entered_by=by.account,
        entered=now,
        changed=now,
        verified_by=house,
        verified_name="" if house is None else by.by,
        verified=None if house is None else now,
    )


def _last_day(taking: Taking, record: Record) -> datetime.date | None:
    """Until when it has effect, asked of the regulation with the record in place."""
    if taking.step.lasts is None:
        return None
    inquiry = Inquiry(taking.row, taking.taken.day)
    term = inquiry.term(taking.step.lasts, {**inquiry.values, **record.values}, None)
    if term is None or term.how != "given":
        return None
    if term.length is None:
        return term.day
    period = period_of(term.length)
    first = first_day(find(record.kind), record.values, taking.taken.day)
    return None if period is None else last_day(first, period)


def _certify(
    taking: Taking, record: Record, last: datetime.date | None, *, replaces: bool
) -> Certificate:
    row, step, taken = taking.row, taking.step, taking.taken
    about = row.about
    old = about if replaces and about is not None and about.kind == record.kind else None
    issuer = organisation_of(row, step.by.seat) or receiver_of(row)
    assert issuer is not None, "a file that is decided has an office or an employer"
    return issuing.issue(
        taking.by,
        record,
        regulation=row.regulation,
        procedure=row.procedure,
        issuer=issuer,
        decision={
            "application": row.number,
            "step": step.id,
            "on": taken.day.isoformat(),
            "by": taking.by.by,
            "clauses": list(step.clauses),
            "answers": dict(taken.answers),
            "readings": dict(Inquiry(row, taken.day).readings),
            "file": dict(row.file),
        },
        first=first_day(find(record.kind), record.values, taken.day),
        last=last,
        replaces=old,
    )
