"""
The JSON Schema of a dossier file, so that an editor can complete and check one, and the vocabulary
as plain lists for printing. Both are derived from the declared kinds and say nothing of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from tiaoli.facts.dossier import Tier
from tiaoli.facts.kinds import Absent, Attribute, Kind, Label, Option, Type
from tiaoli.facts.values import NONE_WORDS, UNKNOWN_WORDS
from tiaoli.facts.vocabulary import KINDS

__all__ = ["json_schema"]

_DIGIT: Final = "[0-9０-９]"
_DAY: Final = (
    r"(民國前|民前|(中華)?民國|ROC|西元|公元)?\s*"
    rf"(元|{_DIGIT}{{1,4}})\s*"
    rf"([-/.－／．]{_DIGIT}{{1,2}}[-/.－／．]{_DIGIT}{{1,2}}"
    rf"|年\s*{_DIGIT}{{1,2}}\s*月\s*{_DIGIT}{{1,2}}\s*日)"
    rf"|{_DIGIT}{{7,8}}"
)
_CLOCK: Final = r"(\s+|T)[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?"
_SPAN: Final = r"[0-9]+(\.[0-9]+)?\s*"
_DURATION: Final = (
    rf"^\s*({_SPAN}|({_SPAN}(h|hrs?|hours?|小時|時)\s*)?({_SPAN}(m|mins?|minutes?|分鐘?))?"
    r"|[0-9]+:[0-5][0-9])\s*$"
)
_DECIMAL: Final = r"^\s*[+]?[0-9]+(\.[0-9]+)?\s*$"
_WHOLE: Final = r"^\s*[+]?[0-9]+\s*$"
_LIST: Final = "[、;；\n]"
_YES_NO: Final = ("yes", "是", "no", "否")
_DEFAULT_SUBJECT: Final = "practitioner"

Schema = dict[str, Any]


def json_schema(kinds: Mapping[str, Kind] = KINDS) -> Schema:
    """The JSON Schema (2020-12) of a dossier file that may tell facts of ``kinds``."""
    subjects = [kind for kind in kinds.values() if kind.subject]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": _both(Label("卷宗", "Dossier")),
        "type": "object",
        "additionalProperties": False,
        "required": ["subject"],
        "properties": {
            "subject": {
                "title": _both(Label("當事人或案件", "Whom or what the dossier is about")),
                **_by_kind(subjects, "fact", otherwise=_DEFAULT_SUBJECT),
            },
            "facts": {
                "title": _both(Label("紀錄", "Facts")),
                "type": "array",
                "items": _by_kind(kinds.values(), "fact"),
            },
            "tables": {
                "title": _both(Label("附表（CSV或XLSX）", "Attached tables (CSV or XLSX)")),
                "type": "array",
                "items": _by_kind(kinds.values(), "table"),
            },
            "incomplete": {
                "title": _both(
                    Label("可能還有未列出紀錄的種類", "Kinds of which more records may exist")
                ),
                "type": "array",
                "uniqueItems": True,
                "items": {"enum": list(kinds)},
            },
        },
        "$defs": {
            "evidence": _evidence(),
            **{f"fact.{name}": _fact(kind) for name, kind in kinds.items()},
            **{f"table.{name}": _table(kind) for name, kind in kinds.items()},
        },
    }


def _both(label: Label) -> str:
    return label.zh if label.zh == label.en else f"{label.zh} / {label.en}"


def _by_kind(kinds: Iterable[Kind], part: str, *, otherwise: str | None = None) -> Schema:
    """
    An object told apart by its ``kind``; its other keys are those of that kind. ``otherwise`` is
    the kind of one that names none; without it, the kind has to be named.
    """
    known = {kind.name: kind for kind in kinds}
    named = {"required": ["kind"]}
    cases = [
        {
            "if": {"properties": {"kind": {"const": name}}, **named},
            "then": {"$ref": f"#/$defs/{part}.{name}"},
        }
        for name in known
    ]
    if otherwise in known:
        cases.append({"if": {"not": named}, "then": {"$ref": f"#/$defs/{part}.{otherwise}"}})
    return {
        "type": "object",
        **({} if otherwise in known else named),
        "properties": {
            "kind": {"oneOf": [{"const": k.name, "title": _both(k.label)} for k in known.values()]}
        },
        "allOf": cases,
    }


def _evidence() -> Schema:
    tiers = [Option(tier.name.lower(), tier.label) for tier in Tier]
    return {"title": _both(Label("佐證程度", "Evidence")), "anyOf": _options(tiers)}


def _fact(kind: Kind) -> Schema:
    return {
        "title": _both(kind.label),
        "description": _about(kind),
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "id": {"type": ["string", "integer"], "title": _both(Label("紀錄編號", "Id"))},
            "kind": {"const": kind.name},
            "evidence": {"$ref": "#/$defs/evidence"},
            "note": {
                "type": "string",
                "title": _both(Label("備註（規則不讀）", "Note, read by no rule")),
            },
            **{name: _attribute(attribute) for name, attribute in kind.attributes.items()},
        },
    }


def _table(kind: Kind) -> Schema:
    names = list(kind.attributes)
    cells = {"type": "object", "additionalProperties": {"type": ["string", "number", "boolean"]}}
    return {
        "title": _both(Label(f"附表：{kind.label.zh}", f"Table: {kind.label.en}")),
        "type": "object",
        "additionalProperties": False,
        "required": ["file", "kind", "columns"],
        "properties": {
            "file": {
                "type": "string",
                "minLength": 1,
                "title": _both(Label("檔名", "File name")),
            },
            "kind": {"const": kind.name},
            "columns": {
                "title": _both(Label("屬性與欄名", "Attribute to column header")),
                "type": "object",
                "propertyNames": {"enum": names},
                "additionalProperties": {"type": "string"},
            },
            "values": {
                "title": _both(Label("儲存格文字與選項", "Cell text to option")),
                "type": "object",
                "propertyNames": {"enum": names},
                "additionalProperties": cells,
            },
            "constants": {
                "title": _both(Label("每列相同的屬性", "Attributes alike in every row")),
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    name: {"$ref": f"#/$defs/fact.{kind.name}/properties/{name}"} for name in names
                },
            },
            "evidence": {"$ref": "#/$defs/evidence"},
            "sheet": {"type": "string", "title": _both(Label("工作表", "Sheet"))},
            "encoding": {"type": "string", "title": _both(Label("文字編碼", "Encoding"))},
            "id_column": {"type": "string", "title": _both(Label("編號欄", "Column of ids"))},
        },
    }


def _attribute(attribute: Attribute) -> Schema:
    return {
        "title": _both(attribute.label),
        "description": _meaning(attribute),
        "anyOf": [
            *_written(attribute),
            {"enum": [*sorted(UNKNOWN_WORDS), None], "title": _both(Label("不知道", "not known"))},
            {"enum": sorted(NONE_WORDS), "title": _both(Label("沒有", "there is none"))},
        ],
    }


def _about(kind: Kind) -> str:
    zh, en = [], []
    for name, before_zh, before_en in (
        (kind.happens, "成立日：", "exists from"),
        (kind.ends, "結束日：", "ends on"),
    ):
        if name is not None:
            label = kind.attributes[name].label
            zh.append(f"{before_zh}{label.zh}")
            en.append(f"{before_en}: {label.en}")
    return _both(Label("；".join(zh), "; ".join(en)))


def _meaning(attribute: Attribute) -> str:
    unit = attribute.unit.label
    zh = [f"單位：{unit.zh}"] if unit.zh else []
    en = [f"unit: {unit.en}"] if unit.en else []
    if attribute.refers_to is not None:
        zh.append(f"填另一筆紀錄的編號（{attribute.refers_to}）")
        en.append(f"id of another record ({attribute.refers_to})")
    if attribute.absent is Absent.NONE:
        zh.append("未填表示沒有")
        en.append("left out: there is none")
    else:
        zh.append("未填表示不知道")
        en.append("left out: not known")
    return _both(Label("；".join(zh), "; ".join(en)))


def _written(attribute: Attribute) -> list[Schema]:
    """How a value of the attribute's type may be written; any one of these forms will do."""
    text = {"type": ["string", "integer"], "minLength": 1}
    match attribute.type:
        case Type.TEXT | Type.REFERENCE:
            return [text]
        case Type.TEXTS:
            return [text, {"type": "array", "items": text}]
        case Type.WHOLE:
            return [{"type": "integer", "minimum": 0}, {"type": "string", "pattern": _WHOLE}]
        case Type.NUMBER:
            return [{"type": "number", "minimum": 0}, {"type": "string", "pattern": _DECIMAL}]
        case Type.DURATION:
            return [{"type": "number", "minimum": 0}, {"type": "string", "pattern": _DURATION}]
        case Type.YES_NO:
            return [{"type": "boolean"}, {"enum": list(_YES_NO)}]
        case Type.DAY:
            return [{"type": "string", "pattern": rf"^\s*({_DAY})\s*$"}, {"type": "integer"}]
        case Type.MOMENT:
            return [{"type": "string", "pattern": rf"^\s*({_DAY}){_CLOCK}\s*$"}]
        case Type.CHOICE:
            return _options(attribute.options)
        case Type.CHOICES:
            one = _options(attribute.options)
            return [
                *one,
                {"type": "array", "items": {"anyOf": one}},
                {"type": "string", "pattern": _LIST},
            ]


def _options(options: Iterable[Option]) -> list[Schema]:
    """The name of an option, which an editor offers, or one of its labels."""
    named = list(options)
    return [
        {
            "oneOf": [
                {"const": spelling, "title": _both(option.label)}
                for option in named
                for spelling in _spellings(option.name)
            ]
        },
        {
            "enum": sorted({word for o in named for word in (o.label.zh, o.label.en)}),
            "title": _both(Label("選項的中文或英文名稱", "the option's label")),
        },
    ]


def _spellings(name: str) -> list[str | int]:
    """The option name, and the number that a file makes of it where it is written in digits."""
    return [name, int(name)] if name.isdecimal() else [name]
