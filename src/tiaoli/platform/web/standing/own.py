"""A person's own facts on a page: read once, with where each record opens."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from tiaoli.answers.answer import Missing
from tiaoli.facts.kinds import Label
from tiaoli.platform import clock
from tiaoli.platform.people.models import Organisation, Person
from tiaoli.platform.people.seats import readings_of, runs
from tiaoli.platform.portfolio.models import Record
from tiaoli.platform.web.answers import Links, address, clause_address
from tiaoli.platform.web.days import day_typed


def day_asked(written: str) -> tuple[datetime.date, Label | None]:
    """The day that somebody typed, today where nothing was; and what is wrong with it."""
    day, wrong = day_typed(written)
    return day or clock.today(), wrong


@dataclass(frozen=True, slots=True)
class Asking:
    """Under whose readings, as of which day."""

    day: datetime.date
    organisation: Organisation | None
    readings: Mapping[str, str]


def asking(regulation: str, day: datetime.date) -> Asking:
    """The organisation that runs a regulation on a day, and how it reads the text."""
    return Asking(day, runs(regulation, day), readings_of(regulation, day))


def links_of(person: Person, regulation: str) -> Links:
    """From an answer about a person to the pages of their portfolio."""
    found = Record.objects.filter(person=person, removed=None)
    numbers = dict(found.values_list("fact", "pk"))

    def fact(fact_id: str) -> str | None:
        number = numbers.get(fact_id)
        return None if number is None else address("portfolio_record", number)

    def add(missing: Missing) -> str | None:
        if missing.fact is not None:
            return fact(missing.fact)
        return None if missing.sort == "judgement" else add_address(missing.kind)

    return Links(fact, add, clause_address(regulation))


def add_address(kind: str | None) -> str | None:
    """Where a record of a kind is added."""
    return None if kind is None else address("portfolio_add", kind)
