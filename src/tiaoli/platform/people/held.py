"""
What is held about a person, told by each app in its module ``about_people``: what can be
forgotten, what has to stay and why; and which organisations the person has dealings with.

    hold(Part(Label("紀錄", "records"), ("portfolio.record",), look, forget))

A test fails for a table with a person in it that no part speaks of.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q

from tiaoli.facts.kinds import Label
from tiaoli.platform.people.models import Organisation, Person


@dataclass(frozen=True, slots=True)
class Found:
    """Of one sort of thing: how many go, how many stay, and why those have to."""

    goes: int
    stays: int = 0
    because: Label | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """
    One sort of thing held about a person, in these ``tables`` (``app.model``, lower case).

    ``look`` counts and changes nothing; ``forget`` does what ``look`` told, in one transaction
    with all other parts, and must leave what stays as it was.
    """

    label: Label
    tables: tuple[str, ...]
    look: Callable[[Person], Found]
    forget: Callable[[Person], None]


PARTS: list[Part] = []
"""In the order of the apps."""

NEEDED: list[Callable[[Person], Label | None]] = []
"""Each says why name and number are still needed: an open case, a certificate that holds."""

CONCERNED: list[Callable[[Organisation], Q]] = []
"""Each says of which persons (a condition on them) an organisation has something to do with."""


def hold(part: Part) -> None:
    """Raises ValueError for a table that is told of twice."""
    told = {table for known in PARTS for table in known.tables}
    if twice := told & set(part.tables):
        raise ValueError(f"told of twice: {', '.join(sorted(twice))}")
    PARTS.append(part)


def needed_because(person: Person) -> list[Label]:
    """Why name and number have to stay; empty where nothing needs them."""
    return [why for asks in NEEDED if (why := asks(person)) is not None]
