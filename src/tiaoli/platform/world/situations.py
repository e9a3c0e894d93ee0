"""
Who files what in the invented world: for each state of each procedure a situation in which the
text itself lets a file come to it (``situations.toml``), and whom it is about (``parts.toml``).

The facts of a part are told around a day of its own. A case that is opened on another day moves
them, so that they stand in the same way to the day of the case, whenever the world is made.
"""

from __future__ import annotations

import datetime
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

Plain = dict[str, Any]


class BrokenSituation(ValueError):
    """A situation of a part that there is not, or two for one state."""


@dataclass(frozen=True, slots=True)
class Part:
    """What is known of somebody; see ``parts.toml``."""

    name: str
    born: datetime.date
    facts: tuple[Plain, ...]
    series: tuple[Plain, ...] = ()

    def born_on(self, moved: int) -> datetime.date:
        return _moved(self.born, moved)

    def told(self, moved: int, number: int) -> list[Plain]:
        """
        The facts as plain data with ids, ``moved`` by so many days; ``number`` chooses where a
        value is one of several.
        """
        counted: Counter[str] = Counter()
        made = []
        for fact in (*self.facts, *(one for of in self.series for one in _again(of))):
            kind = fact["kind"]
            counted[kind] += 1
            values = {name: _value(value, moved, number) for name, value in fact.items()}
            made.append({"id": f"{kind}:{counted[kind]}", "evidence": "documented", **values})
        return made


def _again(series: Plain) -> Iterator[Plain]:
    fact, name = series["fact"], series["numbered"]
    days = {n: v for n, v in fact.items() if isinstance(v, datetime.date)}
    for number in range(series["times"]):
        later = {n: _moved(day, number * series["every"]) for n, day in days.items()}
        yield {**fact, **later, name: f"{fact[name]}-{number + 1:03}"}


def _value(value: Any, moved: int, number: int) -> Any:
    match value:
        case {"any": several}:
            return several[number % len(several)]
        case datetime.date():
            return _moved(value, moved).isoformat()
    return value


def _moved(day: datetime.date, days: int) -> datetime.date:
    return day + datetime.timedelta(days=days)


@dataclass(frozen=True, slots=True)
class Batch:
    """A step that is taken on the last day of one of these months, or after it."""

    step: str
    months: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Situation:
    """See ``situations.toml``."""

    regulation: str
    procedures: tuple[str, ...]
    part: str
    on: datetime.date
    states: frozenset[str] = frozenset()
    typed: Mapping[str, Any] = field(default_factory=dict)
    leaves: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    others: Mapping[str, str] = field(default_factory=dict)
    role: str | None = None
    about: bool = False
    shared: bool = False
    employer: str = ""
    through: str = ""
    batch: Batch | None = None


@cache
def parts() -> Mapping[str, Part]:
    """Every part by its name."""
    return {
        name: Part(name, told["born"], tuple(told["facts"]), tuple(told.get("series", ())))
        for name, told in _read("parts.toml").items()
    }


@cache
def situations() -> tuple[Situation, ...]:
    """
    In the order of the file. Raises BrokenSituation for a part that is nowhere told, and for two
    situations of one state.
    """
    made = tuple(_situation(told) for told in _read("situations.toml")["situation"])
    seen: set[tuple[str, str, str]] = set()
    for one in made:
        if unknown := {one.part, *one.others.values()} - parts().keys():
            raise BrokenSituation(f"{one.regulation} {one.procedures}: no part {sorted(unknown)}")
        for key in ((one.regulation, p, s) for p in one.procedures for s in one.states or ("",)):
            if key in seen:
                raise BrokenSituation(f"two situations of {key}")
            seen.add(key)
    return made


def _situation(told: Plain) -> Situation:
    given = {**told, "procedures": tuple(told["procedures"])}
    given["states"] = frozenset(told.get("states", ()))
    if "batch" in told:
        given["batch"] = Batch(told["batch"]["step"], tuple(told["batch"]["months"]))
    return Situation(**given)


def situation_of(regulation: str, procedure: str, state: str) -> Situation | None:
    """The one that names the state, else the one of all the procedure's other states."""
    of_all = None
    for one in situations():
        if one.regulation == regulation and procedure in one.procedures:
            if state in one.states:
                return one
            of_all = of_all if one.states else one
    return of_all


def _read(name: str) -> Plain:
    text = files("tiaoli.platform.world").joinpath(name).read_text(encoding="utf-8")
    return tomllib.loads(text)
