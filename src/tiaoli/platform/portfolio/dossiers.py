"""
From records to a dossier, and from a fact to a record: the only place where the two meet.

Everything that is asked of a person (their standing, an application, a certificate) is asked of
the dossier made here.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from tiaoli.facts import vocabulary
from tiaoli.facts.dossier import Dossier, Fact
from tiaoli.facts.kinds import Type
from tiaoli.facts.reading import DossierError, Problem, read_dossier, write_dossier
from tiaoli.facts.records import read_record
from tiaoli.platform.people.models import Person
from tiaoli.platform.portfolio.models import Record

SUBJECT_KIND = "practitioner"


def dossier_of(person: Person, more: Iterable[Mapping[str, Any]] = ()) -> Dossier:
    """
    All that is on file about a person, and ``more`` facts as plain data (a file under way, a what
    if). Raises DossierError where ``more`` cannot be read.
    """
    return read_dossier(plain_dossier(person, more))


def plain_dossier(person: Person, more: Iterable[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """The same as plain data, as it is frozen with an application."""
    records = Record.objects.filter(person=person, removed=None).order_by("happens", "pk")
    return {
        "subject": _subject(person),
        "facts": [plain_fact(record) for record in records] + [dict(fact) for fact in more],
        "incomplete": sorted(person.incomplete_kinds.values_list("kind", flat=True)),
    }


def plain_fact(record: Record) -> dict[str, Any]:
    """One record as a dossier writes it."""
    return {
        "id": record.fact, "kind": record.kind, "evidence": record.tier, **record.values,
    }  # fmt: skip


def _subject(person: Person) -> dict[str, Any]:
    subject: dict[str, Any] = {"id": person.subject, "kind": SUBJECT_KIND, "name": person.name}
    if person.date_of_birth is not None:
        subject["date_of_birth"] = person.date_of_birth.isoformat()
    if person.nationality:
        subject["nationality"] = person.nationality
    return subject


def checked_values(kind: str, written: Mapping[str, Any]) -> dict[str, Any]:
    """
    The attributes of one fact as they are kept: days ISO, numbers exact, absent ones left out.

    Raises DossierError with a Problem for each attribute that cannot be read; its ``place`` ends
    in the name of the attribute.
    """
    problems: list[Problem] = []
    draft = read_record({"kind": kind, **written}, kind, problems)
    if problems or draft is None:
        raise DossierError(problems)
    subject = Fact("s", SUBJECT_KIND, {}, place="")
    plain = write_dossier(Dossier(subject, (draft.fact("f"),)))["facts"][0]
    return {name: value for name, value in plain.items() if name not in ("id", "kind", "evidence")}


def day_of(kind: str, values: Mapping[str, Any]) -> datetime.date | None:
    """The day from which a fact exists, by which lists are sorted."""
    declared = vocabulary.find(kind)
    written = values.get(declared.happens or "")
    if written is None and declared.happens is None:
        days = (n for n, a in declared.attributes.items() if a.type is Type.DAY and n in values)
        written = values.get(next(days, ""))
    try:
        return datetime.date.fromisoformat(str(written))
    except ValueError:
        return None


def next_fact(person: Person, kind: str) -> str:
    """An id that no record of the person ever had. Whoever makes a record locks the person."""
    taken = set(Record.objects.filter(person=person, kind=kind).values_list("fact", flat=True))
    number = len(taken) + 1
    while f"{kind}:{number}" in taken:
        number += 1
    return f"{kind}:{number}"
