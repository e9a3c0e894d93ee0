"""Facts as columns read one by one, the slow way, to hold the quick way against."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from tiaoli.facts.dossier import Dossier, Fact
from tiaoli.facts.kinds import NONE, Attribute, Type
from tiaoli.facts.values import absent_value
from tiaoli.facts.vocabulary import find
from tiaoli.population.tables import Columns, Lists, none_of, unknown_of
from tiaoli.regulations import catalogue
from tiaoli.regulations.cases import cases

_START = datetime.datetime(1, 1, 1)


def named(dossier: Dossier, subject: str) -> Dossier:
    """The same dossier of somebody else."""
    own = dossier.subject
    renamed = Fact(subject, own.kind, own.values, own.tier, own.place)
    return Dossier(renamed, dossier.facts, dossier.incomplete)


def fact(kind: str, fact_id: str, **values: Any) -> Fact:
    of = find(kind).attributes
    return Fact(fact_id, kind, {name: absent_value(a) for name, a in of.items()} | values)


def alone(*facts: Fact, who: str = "甲") -> Dossier:
    return Dossier(fact("practitioner", who), facts)


def worked(regulation_id: str) -> list[Dossier]:
    folder = catalogue.folder_of(regulation_id)
    assert folder is not None
    found = [case.dossier for case in cases(folder)]
    return [named(d, f"{d.subject.id} {n}") for n, d in enumerate(found)]


def plain(dossier: Dossier) -> tuple[Any, ...]:
    """Everything that a dossier says, to be compared; lists of options are sets."""
    told = sorted((_told(fact) for fact in dossier.facts), key=lambda fact: fact[0])
    return _told(dossier.subject), told, dossier.incomplete


def _told(fact: Fact) -> tuple[Any, ...]:
    attributes = find(fact.kind).attributes
    values = {
        name: frozenset(value)
        if attributes[name].type is Type.CHOICES and isinstance(value, tuple)
        else value
        for name, value in fact.values.items()
    }
    return fact.id, fact.kind, values, fact.tier, fact.place


def value_at(columns: Columns, kind: str, attribute: Attribute, row: int) -> Any:
    """What the number in one row says."""
    numbers = columns.values(kind, attribute.name)
    if isinstance(numbers, Lists):
        first, last = numbers.offsets[row], numbers.offsets[row + 1]
        texts = tuple(columns.text_of(int(code)) for code in numbers.codes[first:last])
        return (texts, None, NONE)[numbers.states[row]]
    number = int(numbers[row])
    if number in (unknown_of(attribute.type), none_of(attribute.type)):
        return None if number == unknown_of(attribute.type) else NONE
    return _value(columns, attribute, number)


def _value(columns: Columns, attribute: Attribute, number: int) -> Any:
    match attribute.type:
        case Type.DAY:
            return datetime.date.fromordinal(number)
        case Type.MOMENT:
            return _START + datetime.timedelta(seconds=number)
        case Type.YES_NO:
            return bool(number)
        case Type.CHOICE:
            return attribute.option_names[number]
        case Type.CHOICES:
            names = enumerate(attribute.option_names)
            return frozenset(name for place, name in names if number >> place & 1)
        case Type.NUMBER:
            return Decimal(number) / 10**6
        case Type.TEXT | Type.REFERENCE:
            return columns.text_of(number)
    return number


def rows_of(columns: Columns, kind: str, subject: int) -> Iterator[int]:
    offsets = columns.offsets(kind)
    return iter(range(int(offsets[subject]), int(offsets[subject + 1])))


def dossier_at(columns: Columns, kinds: tuple[str, ...], subject: int) -> dict[str, list[Any]]:
    """By kind, the id and the values of every record of one subject, in order of rows."""
    return {
        kind: [
            (
                columns.ids(kind)[row].as_py(),
                int(columns.tiers(kind)[row]),
                {
                    name: value_at(columns, kind, attribute, row)
                    for name, attribute in find(kind).attributes.items()
                },
            )
            for row in rows_of(columns, kind, subject)
        ]
        for kind in kinds
    }


def dossier_read(dossier: Dossier, kinds: tuple[str, ...]) -> dict[str, list[Any]]:
    """The same from the dossier itself."""
    return {
        kind: [
            (fact.id, int(fact.tier), _told(fact)[2])
            for fact in sorted(dossier.of(kind), key=lambda fact: fact.id)
        ]
        for kind in kinds
    }
