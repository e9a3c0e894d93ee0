"""
From records to a dossier, and from a fact to a record: the only place where the two meet.

Everything that is asked of a person (their standing, an application, a certificate) is asked of
the dossier made here.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q, QuerySet

from tiaoli.facts import vocabulary
from tiaoli.facts.dossier import Dossier, Fact
from tiaoli.facts.kinds import Label, Type
from tiaoli.facts.reading import DossierError, Problem, read_dossier, write_dossier
from tiaoli.facts.records import read_record
from tiaoli.facts.values import NONE_WORDS
from tiaoli.platform.people.models import Person
from tiaoli.platform.portfolio.models import Record
from tiaoli.population.tables.records import limit_on

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

    Raises DossierError with a Problem for each attribute that cannot be read, or is beyond the
    limits (``beyond_limits``); its ``place`` ends in the name of the attribute.
    """
    problems: list[Problem] = []
    draft = read_record({"kind": kind, **written}, kind, problems)
    if draft is not None:
        beyond = beyond_limits(kind, draft.values)
        problems += [Problem(f"{kind} · {name}", says) for name, says in beyond.items()]
    if problems or draft is None:
        raise DossierError(problems)
    subject = Fact("s", SUBJECT_KIND, {}, place="")
    plain = write_dossier(Dossier(subject, (draft.fact("f"),)))["facts"][0]
    return {name: value for name, value in plain.items() if name not in ("id", "kind", "evidence")}


def beyond_limits(kind: str, values: Mapping[str, Any]) -> dict[str, Label]:
    """
    By attribute, why a value cannot be reckoned with for everybody at once: an amount too large,
    too many decimal places, a day too far away (``population.tables``).
    """
    attributes = vocabulary.find(kind).attributes
    found = {name: limit_on(attributes[name], value) for name, value in values.items()}
    return {name: says for name, says in found.items() if says is not None}


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


def checked_record(person: Person, kind: str, written: Mapping[str, Any]) -> dict[str, Any]:
    """
    As ``checked_values``, and that it says something, and refers to records that are there.

    Raises DossierError, so that the dossier of the person can always be read.
    """
    values = checked_values(kind, written)
    if not any(value is not None for value in values.values()):
        says = Label("請至少填寫一個欄位。", "Fill in at least one field.")
        raise DossierError([Problem(kind, says)])
    if problems := reference_problems(person, kind, values):
        raise DossierError(problems)
    return values


def reference_problems(person: Person, kind: str, values: Mapping[str, Any]) -> list[Problem]:
    """What is wrong with the references of a record: to nothing, or to another kind."""
    problems = []
    for name, attribute in vocabulary.find(kind).attributes.items():
        to = values.get(name)
        if attribute.type is Type.REFERENCE and isinstance(to, str) and to not in NONE_WORDS:
            found = referable(person, attribute.refers_to).filter(fact=to)
            if to != person.subject and not found.exists():
                problems.append(Problem(f"{kind} · {name}", _no_such_record(to)))
    return problems


def referable(person: Person, to: str | None) -> QuerySet[Record]:
    """The records of a person that an attribute may refer to; ``to`` is a kind, or ``*``."""
    records = Record.objects.filter(person=person, removed=None)
    return records if to in (None, "*") else records.filter(kind=to)


def referring(record: Record) -> QuerySet[Record]:
    """The records on file that refer to this one."""
    names = Q(pk__in=())
    for kind in vocabulary.KINDS.values():
        for name, attribute in kind.attributes.items():
            if attribute.type is Type.REFERENCE:
                names |= Q(kind=kind.name, **{f"values__{name}": record.fact})
    return Record.objects.filter(names, person=record.person, removed=None)


def _no_such_record(to: str) -> Label:
    return Label(
        f"您的履歷裡沒有編號「{to}」的這種紀錄。請先新增那筆紀錄，再從清單選取。",
        f'Your portfolio has no such record with the id "{to}". Add it first, then choose it.',
    )


def attribute_of(problem: Problem) -> str:
    """The attribute that a problem of ``checked_values`` is about; "" for the record as a whole."""
    return problem.place.rpartition(" · ")[2] if " · " in problem.place else ""
