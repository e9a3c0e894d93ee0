"""Who may open a page of a portfolio: by whose the record, file, import or attestation is."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404

from tiaoli.facts.kinds import Label
from tiaoli.platform.audit.actions import Actor
from tiaoli.platform.people.models import Person
from tiaoli.platform.portfolio.models import Attestation, EvidenceFile, ImportBatch, Record
from tiaoli.platform.portfolio.permissions import (
    VERIFYING,
    is_own,
    may_change,
    may_open_file,
    may_see,
    may_verify,
)
from tiaoli.platform.web.guard import seated

an_office = seated(*VERIFYING)
"""Whoever verifies what the people of an institution or society have entered."""

_NOT_YOURS = Label("這不是您的資料。", "This is not yours.")


def my_record(actor: Actor, record: int, **address: Any) -> Label | None:
    found = get_object_or_404(Record.objects.select_related("person"), pk=record)
    return None if is_own(actor, found.person) else _NOT_YOURS


def my_import(actor: Actor, batch: int, **address: Any) -> Label | None:
    found = get_object_or_404(ImportBatch.objects.select_related("person"), pk=batch)
    return may_change(actor, found.person)


def my_attestation(actor: Actor, attestation: int, **address: Any) -> Label | None:
    found = get_object_or_404(Attestation.objects.select_related("person"), pk=attestation)
    return may_change(actor, found.person)


def opens_file(actor: Actor, file: int, **address: Any) -> Label | None:
    return may_open_file(actor, get_object_or_404(EvidenceFile, pk=file))


def of_our_staff(actor: Actor, person: int, **address: Any) -> Label | None:
    return may_see(actor, get_object_or_404(Person, pk=person))


def for_us_to_verify(actor: Actor, record: int, **address: Any) -> Label | None:
    found = get_object_or_404(Record.objects.select_related("person"), pk=record)
    return may_verify(actor, found)
