"""The JSON Schema of an answer: names and shapes that others may rely on."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

_LABEL: Json = {
    "type": "object",
    "properties": {"zh": {"type": "string"}, "en": {"type": "string"}},
    "required": ["zh", "en"],
    "additionalProperties": False,
}
_DAY: Json = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_EXACT: Json = {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}
_SHOWN: Json = {
    "description": "an amount with its unit, a day, or words; null where there is nothing to show",
    "anyOf": [
        {"type": "null"},
        {
            "type": "object",
            "properties": {
                "at_least": _EXACT,
                "at_most": {"anyOf": [_EXACT, {"type": "null"}]},
                "unit": {"type": "string"},
            },
            "required": ["at_least", "at_most", "unit"],
            "additionalProperties": False,
        },
        {
            "type": "object",
            "properties": {"day": _DAY},
            "required": ["day"],
            "additionalProperties": False,
        },
        {"$ref": "#/$defs/label"},
    ],
}
_VALUES: Json = {"type": "object", "additionalProperties": {"$ref": "#/$defs/shown"}}
_TEXT_OR_NULL: Json = {"type": ["string", "null"]}
_DAY_OR_NULL: Json = {"anyOf": [_DAY, {"type": "null"}]}


def _closed(properties: Json) -> Json:
    """An object that has these properties, all of them and no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list_of(item: Json) -> Json:
    return {"type": "array", "items": item}


_REASON = _closed(
    {
        "clause": _TEXT_OR_NULL,
        "outcome": {"enum": ["met", "not_met", "unknown", "waived", "counted"]},
        "says": {"$ref": "#/$defs/label"},
        "have": {"$ref": "#/$defs/shown"},
        "need": {"$ref": "#/$defs/shown"},
        "window": {
            "anyOf": [
                {"type": "null"},
                {"type": "array", "items": _DAY, "minItems": 2, "maxItems": 2},
            ]
        },
        "counted": _list_of({"type": "string"}),
        "not_counted": _list_of(
            _closed(
                {
                    "fact": {"type": "string"},
                    "why": {"$ref": "#/$defs/label"},
                    "clause": _TEXT_OR_NULL,
                    "near": {"type": "boolean"},
                }
            )
        ),
        "children": _list_of({"$ref": "#/$defs/reason"}),
    }
)

_MISSING = _closed(
    {
        "sort": {"enum": ["attribute", "judgement", "records"]},
        "asks": {"$ref": "#/$defs/label"},
        "clause": _TEXT_OR_NULL,
        "fact": _TEXT_OR_NULL,
        "kind": _TEXT_OR_NULL,
        "attribute": _TEXT_OR_NULL,
    }
)

_FLAG = _closed({"id": {"type": "string"}, "says": {"$ref": "#/$defs/label"}})

_FLIP = _closed(
    {
        "key": {"type": "string"},
        "reading": {"type": "string"},
        "outcome": {"type": "string"},
        "value": _VALUES,
    }
)

ANSWER_SCHEMA: Json = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Tiaoli answer",
    "$defs": {"label": _LABEL, "shown": _SHOWN, "reason": _REASON},
    **_closed(
        {
            "regulation": {"type": "string"},
            "edition": {"type": "string"},
            "question": {"type": "string"},
            "subject": {"type": "string"},
            "on": _DAY,
            "about": _TEXT_OR_NULL,
            "outcome": {"type": "string"},
            "decided_by": _list_of({"type": "string"}),
            "flags": _list_of(_FLAG),
            "value": _VALUES,
            "partly": _VALUES,
            "reasons": _list_of({"$ref": "#/$defs/reason"}),
            "missing": _list_of(_MISSING),
            "earliest": _DAY_OR_NULL,
            "until": _DAY_OR_NULL,
            "interpretations": {"type": "object", "additionalProperties": {"type": "string"}},
            "sensitivity": _list_of(_FLIP),
            "evidence": {"enum": ["claimed", "documented", "verified", None]},
            "fingerprint": {"type": "string"},
        }
    ),
}
