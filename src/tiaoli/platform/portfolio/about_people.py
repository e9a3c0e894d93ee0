"""What the portfolio holds about a person, and how it is forgotten."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from django.db import models, transaction

from tiaoli.facts.kinds import Label
from tiaoli.platform.people import mails
from tiaoli.platform.people.held import Found, Part, hold
from tiaoli.platform.people.models import Person
from tiaoli.platform.people.versions import clear_versions
from tiaoli.platform.portfolio.models import (
    Attestation,
    EvidenceFile,
    ImportBatch,
    IncompleteKind,
    Record,
)

Needs = Callable[[Person], Iterable[int]]
RECORDS_NEEDED: list[Needs] = []
"""Each gives the keys of records that a case or a certificate rests on."""
FILES_NEEDED: list[Needs] = []
"""Likewise of files."""

_WHY = Label("未結的案件或證明以這些為依據。", "An open case, or a certificate, rests on them.")


def _needed(person: Person, asks: list[Needs]) -> set[int]:
    return {key for ask in asks for key in ask(person)}


def _records(person: Person) -> tuple[models.QuerySet, models.QuerySet]:
    """Those that go, and those that stay."""
    held, kept = Record.objects.filter(person=person), _needed(person, RECORDS_NEEDED)
    return held.exclude(pk__in=kept), held.filter(pk__in=kept)


def _files(person: Person) -> tuple[models.QuerySet, models.QuerySet]:
    """A file stays for a record that stays, and for a document of a case that stays."""
    held, kept = EvidenceFile.objects.filter(person=person), _needed(person, FILES_NEEDED)
    _, records = _records(person)
    kept |= set(held.filter(records__in=records).values_list("pk", flat=True))
    return held.exclude(pk__in=kept), held.filter(pk__in=kept)


def _look(
    sort: Callable[[Person], tuple[models.QuerySet, models.QuerySet]], person: Person
) -> Found:
    goes, stays = (found.count() for found in sort(person))
    return Found(goes, stays, _WHY if stays else None)


def _forget_records(person: Person) -> None:
    goes, _ = _records(person)
    keys = list(goes.values_list("pk", flat=True))
    goes.delete()
    clear_versions(Record, keys)


def _forget_files(person: Person) -> None:
    goes, _ = _files(person)
    for file in goes:
        _delete_stored(file.file)
    goes.delete()


def _delete_stored(file: models.fields.files.FieldFile) -> None:
    """Once nothing names it any more."""
    storage, name = file.storage, file.name
    if name:
        transaction.on_commit(partial(storage.delete, name))


def _look_imports(person: Person) -> Found:
    return Found(ImportBatch.objects.filter(person=person).count())


def _forget_imports(person: Person) -> None:
    batches = ImportBatch.objects.filter(person=person)
    for batch in batches:
        _delete_stored(batch.file)
    batches.delete()


def _look_attested(person: Person) -> Found:
    return Found(Attestation.objects.filter(person=person).count())


def _forget_attested(person: Person) -> None:
    found = Attestation.objects.filter(person=person)
    mails.forget(found)
    found.delete()


def _look_incomplete(person: Person) -> Found:
    return Found(IncompleteKind.objects.filter(person=person).count())


def _forget_incomplete(person: Person) -> None:
    IncompleteKind.objects.filter(person=person).delete()


hold(
    Part(Label("履歷紀錄", "facts"), ("portfolio.record",), partial(_look, _records),
         _forget_records)
)  # fmt: skip
hold(
    Part(Label("證明檔案", "evidence files"), ("portfolio.evidencefile",),
         partial(_look, _files), _forget_files)
)  # fmt: skip
hold(
    Part(Label("匯入檔", "imported files"), ("portfolio.importbatch",), _look_imports,
         _forget_imports)
)  # fmt: skip
hold(
    Part(Label("外部見證", "attestations by others"), ("portfolio.attestation",), _look_attested,
         _forget_attested)
)  # fmt: skip
hold(
    Part(Label("未列完的種類", "kinds not listed in full"), ("portfolio.incompletekind",),
         _look_incomplete, _forget_incomplete)
)  # fmt: skip
