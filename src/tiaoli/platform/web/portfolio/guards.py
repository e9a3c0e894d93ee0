"""
Who may open a page of a portfolio: by whose the record, file, import or attestation is.

A number that nothing has is answered as one that is somebody else's: neither tells a stranger
what there is.
"""

from __future__ import annotations

from typing import Any

from tiaoli.facts.kinds import Label
from tiaoli.platform.audit.actions import Actor
from tiaoli.platform.people.models import Person
from tiaoli.platform.portfolio.models import Attestation, EvidenceFile, ImportBatch, Record
from tiaoli.platform.portfolio.permissions import (
    VERIFYING,
    is_own,
    may_open_file,
    may_see,
    may_verify,
)
from tiaoli.platform.web.guard import NOT_HERE, seated

an_office = seated(*VERIFYING)
"""Whoever verifies what the people of an institution or society have entered."""


def my_record(actor: Actor, record: int, **address: Any) -> Label | None:
    return _own(actor, Record, record)


def my_import(actor: Actor, batch: int, **address: Any) -> Label | None:
    return _own(actor, ImportBatch, batch)


def my_attestation(actor: Actor, attestation: int, **address: Any) -> Label | None:
    return _own(actor, Attestation, attestation)


def _own(actor: Actor, model: Any, pk: int) -> Label | None:
    found = model.objects.select_related("person").filter(pk=pk).first()
    return None if found is not None and is_own(actor, found.person) else NOT_HERE


def opens_file(actor: Actor, file: int, **address: Any) -> Label | None:
    found = EvidenceFile.objects.select_related("person").filter(pk=file).first()
    return None if found is not None and may_open_file(actor, found) is None else NOT_HERE


def of_our_staff(actor: Actor, person: int, **address: Any) -> Label | None:
    found = Person.objects.filter(pk=person).first()
    return None if found is not None and may_see(actor, found) is None else NOT_HERE


def for_us_to_verify(actor: Actor, record: int, **address: Any) -> Label | None:
    """Nobody verifies their own, and they are told so: they know that it is there."""
    found = Record.objects.select_related("person").filter(pk=record).first()
    if found is None:
        return NOT_HERE
    why_not = may_verify(actor, found)
    return why_not if why_not is None or is_own(actor, found.person) else NOT_HERE
