"""
The people of a ``crowd``, and all that is theirs, so many times over: by the database, for a
benchmark that wants 100,000. Triggers do not run: the versions of rows are those of the first.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from django.db import connection, models, transaction

from tiaoli.platform.applications.models import Application, StepTaken
from tiaoli.platform.audit.models import Event
from tiaoli.platform.certificates.models import Certificate, StatusChange
from tiaoli.platform.fees.models import Notice, Receipt
from tiaoli.platform.people.models import Coming, Membership, Person
from tiaoli.platform.portfolio.models import Record
from tiaoli.platform.reviews.models import Assignment

_FURTHER: Final = 10_000_000
"""So much further are the keys of each copy."""
_PEOPLE: Final = "subject LIKE 'c%%' AND id < {0}"
_THEIRS: Final = "{1} IN (SELECT id FROM people_person WHERE subject LIKE 'c%%' AND id < {0})"
_OF_FILES: Final = "application_id IN (SELECT id FROM applications_application WHERE {})"


def copy(times: int) -> None:
    """As many again, so many times."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        theirs = _THEIRS.format(_FURTHER, "person_id")
        _copied(Person, times, _PEOPLE.format(_FURTHER), unique={"subject", "number_index"},
                nulled={"account_id"})  # fmt: skip
        for model in (Membership, Coming):
            _copied(model, times, theirs, moved={"person_id"})
        _copied(Record, times, theirs, moved={"person_id"})
        _copied(Application, times, theirs, moved={"person_id"}, unique={"number"})
        for model in (StepTaken, Assignment):
            _copied(model, times, _OF_FILES.format(theirs), moved={"application_id"})
        _copied(Notice, times, _THEIRS.format(_FURTHER, "payer_id"), moved={"payer_id"},
                unique={"number", "case"})  # fmt: skip
        paid = "notice_id IN (SELECT id FROM fees_notice WHERE {})"
        _copied(Receipt, times, paid.format(_THEIRS.format(_FURTHER, "payer_id")),
                moved={"notice_id"}, unique={"number"})  # fmt: skip
        _copied(Certificate, times, theirs, moved={"person_id", "record_id"},
                unique={"number", "token"})  # fmt: skip
        held = "certificate_id IN (SELECT id FROM certificates_certificate WHERE {})"
        _copied(StatusChange, times, held.format(theirs), moved={"certificate_id"})
        _copied(Event, times, _THEIRS.format(_FURTHER, "person"), moved={"person"},
                unique={"hash"})  # fmt: skip
        cursor.execute("SET LOCAL session_replication_role = origin")


def _copied(
    model: type[models.Model],
    times: int,
    where: str,
    *,
    moved: Collection[str] = (),
    unique: Collection[str] = (),
    nulled: Collection[str] = (),
) -> None:
    """Rows of a table; ``moved`` are keys of what is copied as well, ``unique`` differ."""
    columns: dict[str, Any] = {}
    for field in model._meta.concrete_fields:
        name = f'"{field.column}"'
        columns[name] = f"b.{name}"
        if field.primary_key or field.column in moved:
            columns[name] = f"b.{name} + copy * {_FURTHER}::bigint"
        elif field.column in unique:
            columns[name] = f"left(b.{name}, {(field.max_length or 40) - 6}) || '-' || copy"
        elif field.column in nulled:
            columns[name] = "NULL"
    table = f'"{model._meta.db_table}"'
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(columns.values())}"
            f" FROM {table} b, generate_series(1, %s) copy"
            f" WHERE {where} AND b.{_key(model)} < {_FURTHER}",
            [times],
        )


def _key(model: type[models.Model]) -> str:
    key = model._meta.pk
    assert key is not None, "every table has one"
    return f'"{key.column}"'
