"""
The dossier of an application: the facts that it was handed in on, the file itself, what its steps
left behind, and what was found since.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, Final

from tiaoli.facts import vocabulary
from tiaoli.facts.kinds import Type
from tiaoli.facts.reading import read_dossier
from tiaoli.facts.writing import canonical
from tiaoli.platform.applications import declared
from tiaoli.platform.applications.found import found_in
from tiaoli.platform.applications.models import Application, Document, LeftRecord, Snapshot
from tiaoli.platform.people.models import Person
from tiaoli.platform.portfolio.dossiers import plain_dossier, plain_fact

FILE: Final = "file"
"""The id, in the dossier of an application, of the record that travels."""

DOCUMENTS: Final = "documents"
"""The attribute of a file in which its documents are listed (``rules.procedure``)."""

Plain = dict[str, Any]


def file_fact(application: Application, file: Mapping[str, Any] | None = None) -> Plain:
    """The record that travels, as a dossier writes it."""
    _, procedure = declared.of(application)
    assert procedure.file is not None, "only procedures with a file are run"
    written = dict(procedure.file.says) | dict(application.file if file is None else file)
    # The house keeps the file: it is as sure as what it wrote there.
    return {"id": FILE, "kind": procedure.file.kind, "evidence": "verified", **_whole(written)}


def _whole(written: Mapping[str, Any]) -> Plain:
    return {name: value for name, value in written.items() if value not in (None, "")}


def earlier_files(person: Person, without: Application | None = None) -> list[Plain]:
    """The other files that a person has handed in: some rules count them."""
    others = Application.objects.filter(person=person, submitted__isnull=False)
    if without is not None:
        others = others.exclude(pk=without.pk)
    return [{**file_fact(other), "id": f"{FILE}:{other.number}"} for other in others.order_by("pk")]


def latest_snapshot(application: Application) -> Snapshot | None:
    """The facts as they were handed in last."""
    return application.snapshots.order_by("-pk").first()


def is_open(application: Application) -> bool:
    """Whether the file is with whoever filed it, who may still change it."""
    _, procedure = declared.of(application)
    return not application.final and application.state in declared.open_states(procedure)


def facts_in_hand(application: Application) -> Plain:
    """What the person has on file now, and the files handed in before: not yet this file."""
    return plain_dossier(application.person, earlier_files(application.person, application))


def plain_of(application: Application, file: Mapping[str, Any], left: Iterable[Any]) -> Plain:
    """
    What questions are asked of: frozen since it was handed in, or as it is now while it is open.
    ``left`` are its ``left_records``.
    """
    snapshot = None if is_open(application) else latest_snapshot(application)
    base = facts_in_hand(application) if snapshot is None else snapshot.dossier
    found = found_in(application)
    new = {fact["id"]: fact for fact in map(plain_fact, left)}
    kept = [
        fact
        for fact in base["facts"]
        if fact["id"] != FILE and fact["id"] not in new and fact["id"] not in found.rejected
    ]
    facts = [*kept, *new.values(), file_fact(application, file), *found.facts]
    ids = {fact["id"] for fact in facts}
    return {**base, "facts": [_without_lost(fact, ids) for fact in facts]}


def _without_lost(fact: Plain, ids: set[str]) -> Plain:
    """A fact that names one which was rejected names nothing any more."""
    attributes = vocabulary.find(fact["kind"]).attributes
    return {
        name: value
        for name, value in fact.items()
        if name not in attributes or attributes[name].type is not Type.REFERENCE or value in ids
    }


def left_records(application: Application) -> list[Any]:
    """The records that the steps of an application left behind, in the order of the steps."""
    left = LeftRecord.objects.filter(step__application=application, record__removed=None)
    return [one.record for one in left.select_related("record").order_by("pk")]


def documents_of(application: Application) -> list[Document]:
    """The documents that were handed in and not taken back, by option."""
    kept = application.documents.filter(removed=None).select_related("evidence")
    return list(kept.order_by("option", "pk"))


def with_documents(application: Application) -> Plain:
    """The file with the documents that count: handed in, and not refused."""
    options = {d.option for d in documents_of(application) if d.refused is None}
    file = dict(application.file)
    file.pop(DOCUMENTS, None)
    return {**file, DOCUMENTS: sorted(options)} if options else file


def fingerprint_of(plain: Plain) -> str:
    """SHA-256 of the facts, whatever their order."""
    return hashlib.sha256(canonical(read_dossier(plain)).encode()).hexdigest()
