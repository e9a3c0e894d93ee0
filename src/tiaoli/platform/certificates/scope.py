"""What a certificate is of: the attributes of its record, labelled, in words of two languages."""

from __future__ import annotations

from typing import Any, Final

from tiaoli.answers.in_words import shown_value
from tiaoli.facts import vocabulary
from tiaoli.facts.dates import both
from tiaoli.facts.dossier import Fact
from tiaoli.facts.kinds import NONE, Attribute, Label, Type
from tiaoli.facts.reading import read_dossier
from tiaoli.platform.certificates.shown_in_record import (
    ISSUED,
    NUMBERS,
    REVOKED,
    STATUS,
    last_day_of,
)
from tiaoli.platform.portfolio.dossiers import SUBJECT_KIND
from tiaoli.platform.portfolio.models import Record
from tiaoli.rules.procedure import VALID_FROM

_SAID_ELSEWHERE: Final = (*NUMBERS, ISSUED, VALID_FROM, REVOKED, STATUS)
_TEXTS: Final = (Type.TEXT, Type.TEXTS)


def scope_of(record: Record) -> list[dict[str, Any]]:
    """
    ``{"label": {zh, en}, "value": {zh, en}, "text": bool}`` of each attribute that is known.

    Free text may name somebody: the public page leaves it out. What a certificate says by itself
    (its number, its dates, its status) is left out here.
    """
    kind = vocabulary.find(record.kind)
    elsewhere = {*_SAID_ELSEWHERE, kind.happens, last_day_of(record.kind)}
    values = _read(record).values
    return [
        {
            "label": {"zh": attribute.label.zh, "en": attribute.label.en},
            "value": _words(attribute, values[name]),
            "text": attribute.type in _TEXTS,
        }
        for name, attribute in kind.attributes.items()
        if name not in elsewhere
        and attribute.type is not Type.REFERENCE
        and values.get(name) not in (None, NONE, (), "")
    ]


def _read(record: Record) -> Fact:
    dossier = read_dossier(
        {
            "subject": {"id": "subject", "kind": SUBJECT_KIND},
            "facts": [{"id": "shown", "kind": record.kind, **record.values}],
        }
    )
    return dossier.facts[0]


def _words(attribute: Attribute, value: Any) -> dict[str, str]:
    match attribute.type:
        case Type.DAY:
            return {"zh": both(value), "en": both(value, "en")}
        case Type.MOMENT:
            return {"zh": f"{value:%Y-%m-%d %H:%M}", "en": f"{value:%Y-%m-%d %H:%M}"}
        case Type.TEXTS:
            return {"zh": "、".join(value), "en": ", ".join(value)}
    label: Label = shown_value(attribute, value)
    return {"zh": label.zh, "en": label.en}
