"""
Kinds of fact: what a record is called, which attributes it has, and what leaving one out means.

    paper = kind("paper", "論文", "Paper",
                 role=choice("作者身分", "Author role", first=("第一作者", "First author")),
                 published=day("發表日", "Publication date"), happens="published")

declares records such as ``{kind: paper, role: first, published: 2024-05-01}``. A kind says nothing
about who qualifies for anything; it only fixes the words in which facts are told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import Enum
from typing import Final

__all__ = ["NONE", "Absent", "Attribute", "Kind", "Label", "Option", "Type", "Unit"]


@dataclass(frozen=True, slots=True)
class Label:
    """What a person reads, Chinese (Taiwan) first, English beside it."""

    zh: str
    en: str

    def in_(self, lang: str) -> str:
        return self.en if lang == "en" else self.zh


class Type(Enum):
    TEXT = "text"
    TEXTS = "texts"  # several texts
    WHOLE = "whole"  # int
    NUMBER = "number"  # Decimal
    DURATION = "duration"  # int, in minutes; written as hours
    YES_NO = "yes_no"
    DAY = "day"
    MOMENT = "moment"  # date and time, Asia/Taipei
    CHOICE = "choice"  # one of the declared options
    CHOICES = "choices"  # any of the declared options
    REFERENCE = "reference"  # the id of another fact


class Unit(Enum):
    """What a number counts. Two numbers of different units are never added or compared."""

    ONE = ("", "")
    MINUTE = ("分鐘", "min")
    HOUR = ("小時", "h")
    DAY = ("日", "days")
    MONTH = ("個月", "months")
    YEAR = ("年", "years")
    POINT = ("分", "points")
    CREDIT = ("學分", "credits")
    TWD = ("元", "TWD")
    PERCENT = ("%", "%")
    PERSON = ("人", "persons")
    CASE = ("例", "cases")
    TEST = ("件", "tests")
    ITEM = ("項", "items")
    TIMES = ("倍", "times")
    BECQUEREL = ("貝克", "Bq")
    MICROSIEVERT_PER_HOUR = ("微西弗/小時", "µSv/h")
    KILOVOLT = ("千伏", "kV")
    KILOELECTRONVOLT = ("千電子伏", "keV")

    @property
    def label(self) -> Label:
        return Label(*self.value)


class Absent(Enum):
    """What it means when a record does not give an attribute."""

    UNKNOWN = "unknown"  # nobody has said; a rule that needs it stays undecided
    NONE = "none"  # there is none: not revoked, not ended, no number


class _NoSuchValue(Enum):
    NONE = "none"

    def __repr__(self) -> str:
        return "NONE"


NONE: Final = _NoSuchValue.NONE
"""The attribute is known to have no value (``None`` in a fact means that it is not known)."""


@dataclass(frozen=True, slots=True)
class Option:
    name: str
    label: Label


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of a kind. Numbers carry their unit; choices carry their options."""

    name: str
    type: Type
    label: Label
    unit: Unit = Unit.ONE
    options: tuple[Option, ...] = field(default=(), repr=False)
    absent: Absent = Absent.UNKNOWN
    refers_to: str | None = None

    def optional(self) -> Attribute:
        """The same attribute, where leaving it out says that there is none."""
        return replace(self, absent=Absent.NONE)

    @property
    def option_names(self) -> tuple[str, ...]:
        return tuple(option.name for option in self.options)

    def option_label(self, name: str) -> Label:
        return next((o.label for o in self.options if o.name == name), Label(name, name))


@dataclass(frozen=True, slots=True)
class Kind:
    """
    A kind of record.

    ``happens``  the day attribute from which the record exists: a paper published tomorrow is not
                 a paper yet. Without one, a record counts whenever it is on file.
    ``ends``     the day attribute on which a period ends (inclusive); absent = still running.
    ``effort``   how hard one more such record is to come by, in working days of the person
                 concerned; None = nothing that a person can add by an effort of their own.
                 A planning weight of this project, not of any regulation.
    ``credential``  it says what its subject has been granted, and a certificate shows it: from the
                 day on which it ``happens`` to the one on which it ``ends`` (or an attribute
                 ``expiry_date``), by a text ``number`` and a choice ``status``, where it has them.
    """

    name: str
    label: Label
    attributes: Mapping[str, Attribute] = field(repr=False)
    happens: str | None = None
    ends: str | None = None
    effort: Decimal | None = None
    subject: bool = False
    credential: bool = False

    def __hash__(self) -> int:
        return hash(self.name)


def kind(
    name: str,
    zh: str,
    en: str,
    /,
    *,
    happens: str | None = None,
    ends: str | None = None,
    effort: str | int | None = None,
    subject: bool = False,
    credential: bool = False,
    **attributes: Attribute,
) -> Kind:
    """Declare a kind of fact. Raises ValueError where the declaration contradicts itself."""
    named = {key: replace(attribute, name=key) for key, attribute in attributes.items()}
    for role, key in (("happens", happens), ("ends", ends)):
        if key is not None and (key not in named or named[key].type is not Type.DAY):
            raise ValueError(f"kind {name}: {role}={key!r} must name one of its day attributes")
    if taken := named.keys() & {"id", "kind", "evidence"}:
        raise ValueError(f"kind {name}: {sorted(taken)} belong to every fact, choose another name")
    return Kind(
        name=name,
        label=Label(zh, en),
        attributes=named,
        happens=happens,
        ends=ends,
        effort=None if effort is None else Decimal(effort),
        subject=subject,
        credential=credential,
    )


def text(zh: str, en: str) -> Attribute:
    return Attribute("", Type.TEXT, Label(zh, en))


def texts(zh: str, en: str) -> Attribute:
    return Attribute("", Type.TEXTS, Label(zh, en))


def whole(zh: str, en: str, unit: Unit = Unit.ONE) -> Attribute:
    return Attribute("", Type.WHOLE, Label(zh, en), unit)


def number(zh: str, en: str, unit: Unit = Unit.ONE) -> Attribute:
    return Attribute("", Type.NUMBER, Label(zh, en), unit)


def duration(zh: str, en: str) -> Attribute:
    """Written in hours (``3.5``) or minutes (``50 min``); held as whole minutes."""
    return Attribute("", Type.DURATION, Label(zh, en), Unit.MINUTE)


def yes_no(zh: str, en: str) -> Attribute:
    return Attribute("", Type.YES_NO, Label(zh, en))


def day(zh: str, en: str) -> Attribute:
    return Attribute("", Type.DAY, Label(zh, en))


def moment(zh: str, en: str) -> Attribute:
    return Attribute("", Type.MOMENT, Label(zh, en))


def choice(zh: str, en: str, **options: tuple[str, str]) -> Attribute:
    return Attribute("", Type.CHOICE, Label(zh, en), options=_options(options))


def choices(zh: str, en: str, **options: tuple[str, str]) -> Attribute:
    return Attribute("", Type.CHOICES, Label(zh, en), options=_options(options))


def reference(zh: str, en: str, to: str) -> Attribute:
    return Attribute("", Type.REFERENCE, Label(zh, en), refers_to=to)


def _options(options: Mapping[str, tuple[str, str]]) -> tuple[Option, ...]:
    return tuple(Option(name, Label(*label)) for name, label in options.items())
