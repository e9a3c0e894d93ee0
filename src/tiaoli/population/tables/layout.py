"""
The columns of the tables, derived from the vocabulary: nothing about a kind is written here.

A table holds the records of one kind. ``subject`` says whose dossier a record is in, ``id`` which
record of that dossier it is; every attribute stands under its own name; ``tier`` and ``place`` say
how well and where the record is evidenced. A subject has a record of its own, whose id is that of
the subject; it alone has ``incomplete``.

Null is what leaving the attribute out means for that attribute: that nobody has said, or that there
is none. A mark, a column beside it, says where null means the other of the two.
"""

from __future__ import annotations

import datetime
from typing import Any, Final

import pyarrow as pa

from tiaoli.facts.kinds import Absent, Attribute, Kind, Type

__all__ = [
    "AMOUNTS_BELOW",
    "FIRST_DAY",
    "ID",
    "INCOMPLETE",
    "LAST_DAY",
    "PLACES",
    "SUBJECT",
    "arrow_type",
    "attribute_of",
    "mark_of",
    "own_column",
    "schema",
]

SUBJECT: Final = "subject"
ID: Final = "id"
INCOMPLETE: Final = "incomplete"

AMOUNTS_BELOW: Final = 10**12
"""No amount is so large: a million million hours, points or becquerels."""

PLACES: Final = 6
"""Decimal places of a number. As a whole number of millionths it still fits in 64 bits."""

FIRST_DAY: Final = datetime.date(1900, 1, 1)
LAST_DAY: Final = datetime.date(2199, 12, 31)

_TEXTS: Final = pa.list_(pa.string())
_TYPES: Final = {
    Type.TEXT: pa.string(),
    Type.TEXTS: _TEXTS,
    Type.WHOLE: pa.int64(),
    Type.NUMBER: pa.decimal128(18, PLACES),
    Type.DURATION: pa.int64(),
    Type.YES_NO: pa.bool_(),
    Type.DAY: pa.date32(),
    Type.MOMENT: pa.timestamp("s"),
    Type.CHOICE: pa.string(),
    Type.CHOICES: _TEXTS,
    Type.REFERENCE: pa.string(),
}


def arrow_type(attribute: Attribute) -> Any:
    """What a column of ``attribute`` is made of."""
    return _TYPES[attribute.type]


def mark_of(attribute: Attribute) -> str:
    """The column that says where null means the other of not known and none."""
    return f"{attribute.name}__{'unknown' if attribute.absent is Absent.NONE else 'none'}"


def attribute_of(kind: Kind, column: str) -> Attribute | None:
    """The attribute that ``column`` holds, or marks."""
    return kind.attributes.get(column.rsplit("__", 1)[0])


def own_column(kind: Kind, name: str) -> str:
    """
    The column of what every record has: ``tier``, ``place``. Where the kind has an attribute of
    that name (the place of a lecture), the attribute keeps it and this is ``place__record``.
    """
    return f"{name}__record" if name in kind.attributes else name


def schema(kind: Kind) -> Any:
    """Every column that the table of ``kind`` may have, in order. Only two of them have to be."""
    fields = [pa.field(SUBJECT, pa.string(), nullable=False), pa.field(ID, pa.string(), False)]
    for attribute in kind.attributes.values():
        fields.append(pa.field(attribute.name, arrow_type(attribute)))
        fields.append(pa.field(mark_of(attribute), pa.bool_()))
    fields.append(pa.field(own_column(kind, "tier"), pa.int8()))
    fields.append(pa.field(own_column(kind, "place"), pa.string()))
    if kind.subject:
        fields.append(pa.field(INCOMPLETE, _TEXTS))
    return pa.schema(fields)
