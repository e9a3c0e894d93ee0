"""
What a certificate says, said by the fact that it shows: in what its kind declares (the day on which
it happens, the day on which it ends), or else by the names of attributes alone.

A kind that declares none of these attributes is left as it is. Which kinds do is the vocabulary's
affair; nothing here knows one.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Final

from tiaoli.facts import vocabulary
from tiaoli.facts.kinds import Attribute, Type
from tiaoli.facts.vocabulary import UnknownKind
from tiaoli.platform import clock
from tiaoli.platform.certificates.models import Certificate
from tiaoli.platform.portfolio.dossiers import checked_values, day_of
from tiaoli.platform.portfolio.models import Record

NUMBERS: Final = ("certificate_number", "number")
"""Where the number of a certificate is written: the first that the kind declares, as a text."""
ISSUED: Final = "issue_date"
"""When it was issued, where that is not the day on which the record happens."""
EXPIRY: Final = "expiry_date"
"""Its last day, where the kind declares no day on which it ends."""
STATUS: Final = "status"
"""A choice; each status of a certificate is its option of the same name, where it has one."""
REVOKED: Final = "revoked_date"


def said_on_issue(kind: str, number: str, last: datetime.date | None) -> dict[str, Any]:
    """The attributes that a new certificate settles."""
    attributes = _attributes(kind)
    says: dict[str, Any] = {}
    name = next((n for n in NUMBERS if n in attributes and attributes[n].type is Type.TEXT), None)
    if name is not None:
        says[name] = number
    if last is not None and (name := last_day_of(kind)) is not None:
        says[name] = last.isoformat()
    return says


def last_day_of(kind: str) -> str | None:
    """The attribute that says until when such a record holds; None where the kind has none."""
    declared = vocabulary.KINDS.get(kind)
    if declared is not None and declared.ends is not None:
        return declared.ends
    return EXPIRY if _is_day(kind, EXPIRY) else None


def said_on_change(kind: str, status: str, first: datetime.date) -> dict[str, Any]:
    """The attributes that another status settles; empty where the kind has no word for it."""
    says: dict[str, Any] = {}
    attribute = _attributes(kind).get(STATUS)
    if attribute is not None and status in attribute.option_names:
        says[STATUS] = status
    if status == Certificate.Status.REVOKED and _is_day(kind, REVOKED):
        says[REVOKED] = first.isoformat()
    return says


def write(record: Record, says: Mapping[str, Any]) -> dict[str, Any]:
    """
    Put ``says`` (None: take out) in a record locked by whoever calls, and return what it said
    before of the same attributes. Raises DossierError where a value cannot be read.
    """
    before = {name: record.values.get(name) for name in says}
    if before == dict(says):
        return before
    values = {**record.values, **says}
    record.values = checked_values(record.kind, {n: v for n, v in values.items() if v is not None})
    record.happens = day_of(record.kind, record.values)
    record.changed = clock.now()
    record.version += 1
    record.save(update_fields=["values", "happens", "changed", "version"])
    return before


def _is_day(kind: str, name: str) -> bool:
    attribute = _attributes(kind).get(name)
    return attribute is not None and attribute.type is Type.DAY


def _attributes(kind: str) -> Mapping[str, Attribute]:
    """None where the vocabulary no longer has the kind: its records are then left as they are."""
    try:
        return vocabulary.find(kind).attributes
    except UnknownKind:
        return {}
