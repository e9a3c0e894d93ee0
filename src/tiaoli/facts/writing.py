"""A dossier written back as plain data, and as the one text that its fingerprint is taken of."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from tiaoli.facts import vocabulary
from tiaoli.facts.dossier import Dossier, Fact
from tiaoli.facts.durations import write_duration
from tiaoli.facts.kinds import NONE, Attribute, Type
from tiaoli.facts.options import option_named
from tiaoli.facts.values import absent_value

__all__ = ["canonical", "write_dossier"]

_NONE_WORDS: Final = ("none", "無")


def write_dossier(dossier: Dossier) -> dict[str, Any]:
    """Plain data that any JSON or YAML writer takes and that reads back as the same dossier."""
    return {
        "subject": _record(dossier.subject),
        "facts": [_record(fact) for fact in dossier.facts],
        "incomplete": sorted(dossier.incomplete),
    }


def canonical(dossier: Dossier) -> str:
    """One text per content: neither the order of facts nor where they were read from matters."""
    data = write_dossier(dossier)
    data["facts"].sort(key=lambda record: record["id"])
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _record(fact: Fact) -> dict[str, Any]:
    attributes = vocabulary.find(fact.kind).attributes
    return {
        "id": fact.id,
        "kind": fact.kind,
        "evidence": fact.tier.name.lower(),
        **{
            name: _written(attribute, fact.values[name])
            for name, attribute in attributes.items()
            if name in fact.values and fact.values[name] is not absent_value(attribute)
        },
    }


def _written(attribute: Attribute, value: Any) -> Any:
    if value is NONE:
        return next(word for word in _NONE_WORDS if option_named(attribute, word) is None)
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds" if value.second else "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if attribute.type is Type.DURATION and value is not None:
        return write_duration(value)
    return list(value) if isinstance(value, tuple | frozenset | list) else value
