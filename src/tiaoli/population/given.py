"""
What is given to a program beside the facts: numbers and days that are the same for everybody, and
days as a function of other days. All of them come from the functions that answers use.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from tiaoli.answers.case import TAIWAN, Case
from tiaoli.answers.meaning import MOVEMENTS, value
from tiaoli.facts import periods
from tiaoli.facts.dossier import Dossier, Fact
from tiaoli.population.terms import Moving, Param

_NOBODY = Dossier(Fact("", "practitioner", {}), ())


def number_of(param: Param) -> int:
    """A number that stands in the text, in units of its scale."""
    node: Any = param.node
    match param.what:
        case "amount":
            return int(node.value * 10**param.scale)
        case "number":
            return int(node.number)
        case "days_needed":
            return periods.days_needed(node.years, node.first_day_counts)
    raise ValueError(f"a {param.what} is no number")


def day_of(param: Param, on: datetime.date) -> datetime.date:
    """A day that follows from the day of asking alone."""
    found = value(param.node, Case(_NOBODY, on, on))  # type: ignore[arg-type]  # a day
    assert isinstance(found, datetime.date)
    return found


def movement_of(moving: Moving) -> Callable[[datetime.date], datetime.date]:
    """The day that another becomes."""
    node: Any = moving.node
    if moving.what == "moved":
        move, period = MOVEMENTS[node.movement], node.period
        return lambda day: move(day, period, TAIWAN)
    years, counts = periods.Period(years=node.years), node.first_day_counts
    return lambda day: periods.completion(day, years, first_day_counts=counts)


def has_turns(moving: Moving) -> bool:
    """Whether the day hangs on the number of a period too."""
    return moving.what in ("nth_start", "nth_end")


def nth_of(moving: Moving) -> Callable[[datetime.date, int], datetime.date]:
    """The first or the last day of the period with a number, from 0, that begins on a day."""
    node: Any = moving.node
    period: periods.Period = node.period
    if moving.what == "nth_start":
        return lambda day, number: periods.nth_of(day, period, number).first
    return lambda day, number: periods.nth_of(day, period, number).last or day
