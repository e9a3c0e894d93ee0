"""Records in words: a value with its unit and its option's label, a line that says which it is."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tiaoli.facts import vocabulary
from tiaoli.facts.dates import both
from tiaoli.facts.kinds import Attribute, Kind, Label, Type
from tiaoli.facts.values import NONE_WORDS
from tiaoli.platform.portfolio.models import Record

NOT_KNOWN = Label("不知道", "not known")
NONE = Label("無", "none")


def value_words(attribute: Attribute | None, value: Any) -> Label:
    """A value as it is kept (``Record.values``), as a person reads it."""
    if value is None:
        return NOT_KNOWN
    if attribute is None:
        return Label(str(value), str(value))
    if isinstance(value, str) and value in NONE_WORDS and value not in attribute.option_names:
        return NONE
    match attribute.type:
        case Type.YES_NO:
            return Label("是", "yes") if value else Label("否", "no")
        case Type.CHOICE:
            return attribute.option_label(str(value))
        case Type.CHOICES:
            labels = [attribute.option_label(name) for name in value]
            return Label(
                "、".join(option.zh for option in labels), ", ".join(option.en for option in labels)
            )
        case Type.TEXTS:
            return Label("、".join(value), "; ".join(value))
        case Type.DAY:
            return _day(str(value))
        case Type.MOMENT:
            return _moment(str(value))
        case Type.DURATION:
            return _duration(str(value))
        case Type.WHOLE | Type.NUMBER:
            unit = attribute.unit.label
            return Label(f"{value} {unit.zh}".strip(), f"{value} {unit.en}".strip())
    return Label(str(value), str(value))


def _day(text: str) -> Label:
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        return Label(text, text)
    return Label(both(day), both(day, "en"))


def _moment(text: str) -> Label:
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError:
        return Label(text, text)
    day, hour = moment.date(), f"{moment:%H:%M}"
    return Label(f"{both(day)} {hour}", f"{both(day, 'en')} {hour}")


def _duration(text: str) -> Label:
    if text.endswith("min"):
        minutes = text.removesuffix("min").strip()
        return Label(f"{minutes} 分鐘", f"{minutes} min")
    return Label(f"{text} 小時", f"{text} h")


@dataclass(frozen=True, slots=True)
class Said:
    """One attribute of a record, in words."""

    name: str
    label: Label
    value: Label


def said(record: Record) -> list[Said]:
    """What a record says, in the order of its kind; what it leaves out is left out."""
    kind = vocabulary.KINDS.get(record.kind)
    attributes = {} if kind is None else kind.attributes
    return [
        Said(name, label_of(attributes.get(name), name), value_words(attributes.get(name), value))
        for name, value in sorted(record.values.items(), key=lambda item: _place(kind, item[0]))
    ]


def label_of(attribute: Attribute | None, name: str) -> Label:
    return Label(name, name) if attribute is None else attribute.label


def _place(kind: Kind | None, name: str) -> int:
    names = [] if kind is None else list(kind.attributes)
    return names.index(name) if name in names else len(names)


def kind_label(name: str) -> Label:
    """What a kind is called; its name where the vocabulary no longer has it."""
    kind = vocabulary.KINDS.get(name)
    return Label(name, name) if kind is None else kind.label


def line(record: Record, most: int = 4) -> Label:
    """A record in one line, without its day: what tells it from others of its kind."""
    parts = list(_telling(record))[:most]
    return Label("・".join(p.zh for p in parts), " · ".join(p.en for p in parts))


def _telling(record: Record) -> Iterator[Label]:
    kind = vocabulary.KINDS.get(record.kind)
    attributes = {} if kind is None else kind.attributes
    happens = None if kind is None else kind.happens
    order = (Type.TEXT, Type.CHOICE, Type.TEXTS, Type.CHOICES, Type.DURATION, Type.NUMBER)
    for one in said(record):
        attribute = attributes.get(one.name)
        if attribute is None or one.name == happens or record.values[one.name] is None:
            continue
        if attribute.type in order:
            short = Label(_short(one.value.zh), _short(one.value.en))
            yield short
        elif attribute.type is Type.YES_NO and record.values[one.name]:
            yield attribute.label


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"
