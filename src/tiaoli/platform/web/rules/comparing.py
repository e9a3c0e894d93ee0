"""A comparison on a page: what was compared, whether it is there yet, and what came of it."""

from __future__ import annotations

import base64
import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tiaoli.facts.kinds import Label
from tiaoli.platform.people.models import Person
from tiaoli.platform.portfolio.models import Comparison
from tiaoli.platform.web.answers import Chip, chip, clause_address
from tiaoli.rules import Regulation

_MOST_CLAUSES = 8


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """One thing that the other side has otherwise: a reading of a key, or a number."""

    name: str
    before: Label | None
    after: Label
    key: bool


@dataclass(frozen=True, slots=True)
class AskedShown:
    """What was compared: ``reading`` where it is the one change, so that it can be chosen."""

    question: Label
    day: datetime.date
    changes: tuple[ChangeShown, ...]
    key: str = ""
    reading: str = ""


def asked_shown(regulation: Regulation, one: Comparison) -> AskedShown:
    """In the words of the text of today; bare names where it has changed since."""
    asked = regulation.questions.get(one.question)
    now, then = one.before["readings"], one.after["readings"]
    tried = {key: reading for key, reading in then.items() if now.get(key) != reading}
    changes = [_reading(regulation, key, now.get(key), then[key]) for key in tried]
    changes += [
        ChangeShown(name, None, Label(value, value), key=False)
        for name, value in one.after["changes"].items()
    ]
    key, reading = next(iter(tried.items()), ("", ""))
    label = Label(one.question, one.question) if asked is None else asked.label
    return AskedShown(label, one.day, tuple(changes), key, reading)


def _reading(regulation: Regulation, key: str, before: str | None, after: str) -> ChangeShown:
    known = regulation.interpretations.get(key)
    was = known.default if known is not None and before is None else before
    if known is None or not {was, after} <= set(known.option_names):
        return ChangeShown(key, None, Label(after, after), key=True)
    return ChangeShown(key, known.label(was or ""), known.label(after), key=True)


@dataclass(frozen=True, slots=True)
class TurnShown:
    """So many go from one outcome to another; ``named`` are people of one's own society."""

    before: Chip
    after: Chip
    subjects: int
    clauses: tuple[tuple[str, str | None, int], ...]
    further_clauses: int
    named: tuple[str, ...]
    own: int


@dataclass(frozen=True, slots=True)
class FallShown:
    """One condition on both sides; None where a side does not have it."""

    says: Label
    before: Mapping[str, int] | None
    after: Mapping[str, int] | None

    @property
    def stops(self) -> bool:
        """Whether it stops anybody, or may, on either side."""
        return any(fall["stopped"] or fall["open"] for fall in (self.before, self.after) if fall)


@dataclass(frozen=True, slots=True)
class WaterfallShown:
    """A way to the goal as pictures (addresses of data) and as a table; ``idle`` stop nobody."""

    pictures: tuple[tuple[Label, str], ...]
    falls: tuple[FallShown, ...]
    idle: tuple[FallShown, ...]
    passed: tuple[int, int]
    open: tuple[int, int]


def turns_shown(regulation: Regulation, one: Comparison) -> tuple[TurnShown, ...]:
    """Every change of outcome; names are those of today, and of nobody forgotten since."""
    turns = one.found["turns"]
    names = _names({key for turn in turns for key in turn["named"]})
    asked = regulation.questions.get(one.question)
    goal = None if asked is None else asked.goal
    return tuple(_turn(regulation, turn, names, goal) for turn in turns)


def left_out_shown(one: Comparison) -> list[str]:
    """The first few of the organisation's own who were left out, by the names of today."""
    keys = one.found["left_out_named"]
    names = _names(set(keys))
    return [names[key] for key in keys if key in names]


def _names(keys: set[int]) -> dict[int, str]:
    people = Person.objects.filter(pk__in=keys, forgotten=None)
    return dict(people.values_list("pk", "name"))


def _turn(
    regulation: Regulation, turn: Mapping[str, Any], names: Mapping[int, str], goal: str | None
) -> TurnShown:
    url = clause_address(regulation.id)
    clauses = tuple((name, url(name.partition("#")[0]), number) for name, number in turn["clauses"])
    return TurnShown(
        chip(turn["before"], goal),
        chip(turn["after"], goal),
        turn["subjects"],
        clauses[:_MOST_CLAUSES],
        max(0, len(clauses) - _MOST_CLAUSES),
        tuple(names[key] for key in turn["named"] if key in names),
        turn["own"],
    )


def waterfalls_shown(one: Comparison, lang: str) -> tuple[WaterfallShown, ...]:
    """Clause by clause on both sides, for each way to the goal that both have."""
    return tuple(_waterfall(way, lang) for way in one.found["ways"])


def _waterfall(way: Mapping[str, Any], lang: str) -> WaterfallShown:
    before, after = way["sides"]
    falls = [FallShown(Label(**fall["says"]), *fall["sides"]) for fall in way["falls"]]
    return WaterfallShown(
        tuple((Label(**side["title"]), _as_address(side[lang])) for side in (before, after)),
        tuple(fall for fall in falls if fall.stops),
        tuple(fall for fall in falls if not fall.stops),
        (before["passed"], after["passed"]),
        (before["open"], after["open"]),
    )


def _as_address(picture: str) -> str:
    data: Any = base64.b64encode(picture.encode("utf-8"))
    return f"data:image/svg+xml;base64,{data.decode('ascii')}"
