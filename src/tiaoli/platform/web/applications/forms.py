"""A form made from attributes of the vocabulary: what is asked, what was typed, what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from tiaoli.facts.kinds import Absent, Attribute, Label, Type
from tiaoli.platform.applications.options import Refusal
from tiaoli.platform.web.days import FORMS


@dataclass(frozen=True, slots=True)
class Choosable:
    """An option; ``refused`` where it would be as things are, ``barred`` where it stays so."""

    name: str
    label: Label
    chosen: bool
    refused: Label | None = None
    barred: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """One attribute on a page."""

    attribute: Attribute
    value: str
    options: tuple[Choosable, ...]
    problem: Label | None
    required: bool

    @property
    def name(self) -> str:
        return self.attribute.name

    @property
    def id(self) -> str:
        return f"f-{self.attribute.name}"

    @property
    def sort(self) -> str:
        """Which control it takes: ``choice``, ``choices``, ``day``, ``long`` or ``line``."""
        match self.attribute.type:
            case Type.CHOICE | Type.YES_NO:
                return "choice"
            case Type.CHOICES:
                return "choices"
            case Type.DAY:
                return "day"
            case Type.TEXTS:
                return "long"
        return "line"

    @property
    def hint(self) -> Label | None:
        """How it is written, where that is not plain."""
        match self.attribute.type:
            case Type.DAY:
                return FORMS
            case Type.DURATION:
                return Label("小時，例如 3.5；或「50 分鐘」", "hours such as 3.5, or “50 min”")
            case Type.MOMENT:
                return Label("例如 115/06/30 14:30", "such as 2026-06-30 14:30")
            case Type.TEXTS:
                return Label("一行一項", "one in each line")
            case Type.WHOLE | Type.NUMBER if self.attribute.unit.label.zh:
                return self.attribute.unit.label
        return None


_YES_NO = (("yes", Label("是", "yes")), ("no", Label("否", "no")))


def fields_of(
    attributes: Iterable[Attribute],
    values: Mapping[str, Any],
    typed: Mapping[str, Any],
    problems: Mapping[str, Label],
    refused: Mapping[str, Mapping[str, Refusal]] | None = None,
) -> list[Field]:
    """What stands in a form: as it was typed where that could not be read, else as it is kept."""
    return [
        _field(a, typed.get(a.name, values.get(a.name)), problems, (refused or {}).get(a.name, {}))
        for a in attributes
    ]


def _field(
    attribute: Attribute,
    value: Any,
    problems: Mapping[str, Label],
    refused: Mapping[str, Refusal],
) -> Field:
    if isinstance(value, bool):
        value = "yes" if value else "no"
    several = [str(one) for one in value] if isinstance(value, list | tuple) else [str(value or "")]
    named = (
        _YES_NO
        if attribute.type is Type.YES_NO
        else tuple((option.name, option.label) for option in attribute.options)
    )
    options = tuple(
        Choosable(
            name,
            label,
            name in several,
            refused[name].says if name in refused else None,
            name in refused and refused[name].for_good and name not in several,
        )
        for name, label in named
    )
    shown = "\n".join(several) if attribute.type is Type.TEXTS else several[0]
    return Field(
        attribute,
        shown,
        options,
        problems.get(attribute.name),
        attribute.absent is Absent.UNKNOWN,
    )


def typed_in(post: QueryDict, attributes: Iterable[Attribute]) -> dict[str, Any]:
    """What a form sent, by attribute; an attribute that the form did not show is left out."""
    shown = set(post.getlist("shown"))
    return {
        a.name: post.getlist(a.name) if a.type is Type.CHOICES else post.get(a.name, "")
        for a in attributes
        if a.name in shown
    }
