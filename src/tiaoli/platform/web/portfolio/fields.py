"""
Fields made from a kind of the vocabulary: one builder for every kind, and what was typed in them.

    shown = fields_of(kind, filled_from(record.values, kind), person=person)
    written = posted(kind, request.POST)      as ``checked_record`` takes it

Beside each field stands what leaving it empty says, as the kind declares it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.http import QueryDict

from tiaoli.facts.kinds import Absent, Attribute, Kind, Label, Type
from tiaoli.facts.options import option_named
from tiaoli.facts.problems import Problem
from tiaoli.facts.values import NONE_WORDS
from tiaoli.platform.people.models import Person
from tiaoli.platform.portfolio.dossiers import attribute_of, referable
from tiaoli.platform.portfolio.wording import kind_label, line
from tiaoli.platform.web.days import FORMS

Typed = Mapping[str, str | list[str]]
"""What stands in each field: a text, or the options ticked."""

_FEW: Final = 5
_MOST_REFERENCES: Final = 200


@dataclass(frozen=True, slots=True)
class Offered:
    """One option of a field."""

    value: str
    label: Label
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """``look`` names the template part: text, lines, number, duration, day, moment, radio, …"""

    name: str
    label: Label
    look: str
    value: str = ""
    unit: Label | None = None
    hint: Label | None = None
    empty: Label | None = None
    offered: tuple[Offered, ...] = ()
    in_minutes: bool = False
    errors: tuple[Label, ...] = field(default=())

    @property
    def id(self) -> str:
        return f"field-{self.name}"


def fields_of(
    kind: Kind,
    typed: Typed,
    problems: Iterable[Problem] = (),
    *,
    person: Person | None = None,
    only: Iterable[str] | None = None,
) -> list[Field]:
    """The fields of a kind (or ``only`` some of them), filled, with their errors beside them."""
    told: dict[str, list[Label]] = {}
    for problem in problems:
        told.setdefault(attribute_of(problem), []).append(problem.says)
    names = list(kind.attributes) if only is None else list(only)
    return [
        _field(kind.attributes[name], typed, tuple(told.get(name, ())), person) for name in names
    ]


def errors_of_whole(kind: Kind, problems: Iterable[Problem]) -> list[Label]:
    """What is wrong with the record, and stands beside no field."""
    return [p.says for p in problems if attribute_of(p) not in kind.attributes]


def _field(
    attribute: Attribute, typed: Typed, errors: tuple[Label, ...], person: Person | None
) -> Field:
    value = typed.get(attribute.name, "")
    text = value if isinstance(value, str) else "\n".join(value)
    made = Field(
        attribute.name,
        attribute.label,
        _look(attribute),
        text,
        unit=attribute.unit.label if attribute.unit.label.zh else None,
        hint=_HINTS.get(attribute.type),
        empty=_left_empty(attribute),
        offered=_offered(attribute, value, person),
        errors=errors,
    )
    if attribute.type is not Type.DURATION:
        return made
    minutes = text.endswith("min")
    plain = text.removesuffix("min").strip()
    return _replaced(made, value=plain, in_minutes=minutes, unit=None)


def _replaced(made: Field, **new: Any) -> Field:
    return Field(**{name: new.get(name, getattr(made, name)) for name in Field.__slots__})


def _look(attribute: Attribute) -> str:
    match attribute.type:
        case Type.TEXTS:
            return "lines"
        case Type.WHOLE | Type.NUMBER:
            return "number"
        case Type.DURATION:
            return "duration"
        case Type.DAY:
            return "day"
        case Type.MOMENT:
            return "moment"
        case Type.YES_NO:
            return "radio"
        case Type.CHOICE:
            return "radio" if len(attribute.options) <= _FEW else "select"
        case Type.CHOICES:
            return "ticks"
        case Type.REFERENCE:
            return "select"
    return "text"


_HINTS: Final = {
    Type.TEXTS: Label("一行一項", "one on each line"),
    Type.DAY: FORMS,
    Type.MOMENT: Label("例如 115/06/30 14:30", "such as 2026-06-30 14:30"),
}


def _left_empty(attribute: Attribute) -> Label:
    if attribute.absent is Absent.NONE:
        return Label("選填；留空表示沒有", "optional; empty: there is none")
    return Label("留空表示不知道", "empty: not known")


def _none_word(attribute: Attribute) -> str:
    return next(w for w in sorted(NONE_WORDS) if option_named(attribute, w) is None)


def _unknown_word(attribute: Attribute) -> str:
    return "不明" if option_named(attribute, "不明") is None else "unknown"


def _offered(
    attribute: Attribute, value: str | list[str], person: Person | None
) -> tuple[Offered, ...]:
    if attribute.type is Type.REFERENCE:
        return _records_offered(attribute, str(value), person)
    if attribute.type is Type.CHOICES:
        chosen = {value} if isinstance(value, str) else set(value)
        return tuple(Offered(o.name, o.label, o.name in chosen) for o in attribute.options)
    if attribute.type is Type.YES_NO:
        says = [Offered("yes", Label("是", "yes")), Offered("no", Label("否", "no"))]
    elif attribute.type is Type.CHOICE:
        says = [Offered(option.name, option.label) for option in attribute.options]
    else:
        return ()
    none, unknown = Label("無", "none"), Label("不知道", "not known")
    if attribute.absent is Absent.NONE:
        says += [Offered("", none), Offered(_unknown_word(attribute), unknown)]
    else:
        says += [Offered("", unknown)]
        if value in NONE_WORDS and option_named(attribute, str(value)) is None:
            says += [Offered(_none_word(attribute), none)]
    if value not in {one.value for one in says}:
        says.insert(0, Offered(str(value), Label(str(value), str(value))))
    return tuple(Offered(one.value, one.label, one.value == value) for one in says)


def _records_offered(
    attribute: Attribute, value: str, person: Person | None
) -> tuple[Offered, ...]:
    none = _left_empty(attribute)
    found = [Offered("", none, not value)]
    if person is not None:
        for record in referable(person, attribute.refers_to).order_by("-happens")[
            :_MOST_REFERENCES
        ]:
            says, label = line(record, 2), kind_label(record.kind)
            day = "" if record.happens is None else f" {record.happens.isoformat()}"
            words = Label(f"{label.zh}{day} {says.zh}", f"{label.en}{day} {says.en}")
            found.append(Offered(record.fact, words, record.fact == value))
    if value and value not in {one.value for one in found}:
        found.append(Offered(value, Label(value, value), True))
    return tuple(found)


def filled_from(values: Mapping[str, Any], kind: Kind) -> dict[str, str | list[str]]:
    """What stands in the fields of a record that is there."""
    return {
        name: _filled(kind.attributes[name], value)
        for name, value in values.items()
        if name in kind.attributes
    }


def _filled(attribute: Attribute, value: Any) -> str | list[str]:
    if value is None:
        absent = attribute.absent is Absent.NONE
        return _unknown_word(attribute) if absent else ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return [str(item) for item in value]
    return str(value)


def posted(kind: Kind, data: QueryDict) -> dict[str, str | list[str]]:
    """What was typed, as fields show it again and ``checked_record`` reads it."""
    return {
        name: _posted(attribute, data)
        for name, attribute in kind.attributes.items()
        if name in data or f"{name}.shown" in data
    }


def _posted(attribute: Attribute, data: QueryDict) -> str | list[str]:
    if attribute.type is Type.CHOICES:
        return [value for value in data.getlist(attribute.name) if value]
    text = str(data.get(attribute.name, "")).strip()
    if attribute.type is Type.DURATION and text and data.get(f"{attribute.name}.unit") == "min":
        return f"{text} min"
    return text


def as_written(kind: Kind, typed: Typed) -> dict[str, object]:
    """As a record is written: nothing ticked is left out, lines become a list."""
    written: dict[str, object] = {}
    for name, value in typed.items():
        attribute = kind.attributes[name]
        if attribute.type is Type.TEXTS and isinstance(value, str) and "\n" in value:
            written[name] = [part.strip() for part in value.splitlines() if part.strip()]
        else:
            written[name] = value if value != [] else ""
    return written
