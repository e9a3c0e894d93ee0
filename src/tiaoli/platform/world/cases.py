"""
Cases in every state of every procedure that a person files, on days that lead up to today.

Nothing is written past the platform, and all of it in the order of time: certificates are issued on
their days, cases opened and taken from step to step on theirs, so that the trail reads as if it had
been written day by day. What the text lets nobody come to is told, not made.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from random import Random
from typing import Final, Protocol

from tiaoli.platform import clock
from tiaoli.platform.applications import declared
from tiaoli.platform.people.models import Person
from tiaoli.platform.world.situations import Situation, situation_of
from tiaoli.platform.world.timetable import at_night, days_up_to, in_office_hours, last_month_end
from tiaoli.platform.world.walking import Officers, Stuck, Walk
from tiaoli.rules import Procedure, Regulation, Seat, Transition


@dataclass(frozen=True, slots=True)
class Missing:
    """A state without a case, and why: Chinese and English."""

    regulation: str
    procedure: str
    state: str
    why: str


@dataclass(frozen=True, slots=True)
class Brought:
    """How many cases there are now, and the states without one."""

    cases: int
    missing: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A case that is to be, and at which moments it is opened and taken on."""

    regulation: Regulation
    procedure: Procedure
    state: str
    situation: Situation
    path: tuple[Transition, ...]
    moments: tuple[datetime.datetime, ...]

    @property
    def who(self) -> str:
        """Plans of one person have the same."""
        about = self.regulation.id if self.situation.shared else self.procedure.id
        return f"{self.regulation.id}:{about}:{self.state}"

    @property
    def moved(self) -> int:
        """So many days later than it is told does the situation come about."""
        return (self.moments[0].date() - self.situation.on).days


def planned(today: datetime.date) -> tuple[list[Plan], list[Missing]]:
    """A plan for every state, and those that no situation is told for."""
    plans, missing = [], []
    for regulation, procedure in declared.for_persons():
        for state in (one.id for one in procedure.states):
            situation = situation_of(regulation.id, procedure.id, state)
            if situation is None:
                why = "沒有為它寫下情境 / no situation is told for it"
                missing.append(Missing(regulation.id, procedure.id, state, why))
                continue
            by_way_of = situation.through or procedure.initial.id
            path = (
                *_ways(procedure, procedure.initial.id)[by_way_of],
                *_ways(procedure, by_way_of)[state],
            )
            moments = _moments(regulation, procedure, state, path, situation, today=today)
            plans.append(Plan(regulation, procedure, state, situation, path, moments))
    return plans, missing


def _ways(procedure: Procedure, start: str) -> dict[str, tuple[Transition, ...]]:
    """The shortest way from one state to each; nobody withdraws what they have only begun."""
    found: dict[str, tuple[Transition, ...]] = {start: ()}
    ahead = [start]
    while ahead:
        state = ahead.pop(0)
        for step in procedure.from_state(state):
            target = step.leads_from(state)
            too_soon = step.unprompted and state == procedure.initial.id and len(step.source) > 1
            if target not in found and not too_soon:
                found[target] = (*found[state], step)
                ahead.append(target)
    return found


def _moments(
    regulation: Regulation,
    procedure: Procedure,
    state: str,
    path: tuple[Transition, ...],
    situation: Situation,
    *,
    today: datetime.date,
) -> tuple[datetime.datetime, ...]:
    """At which the case is opened, and each step is taken; those of one person on one day."""
    whose = "shared" if situation.shared else procedure.id
    days = days_up_to(
        today,
        len(path),
        Random(f"{regulation.id}:{whose}:{state}"),
        ended=procedure.state(state).final,
        batch=_batch(situation, path, today),
    )
    draw = Random(f"{regulation.id}:{procedure.id}:{state}")
    moments = [in_office_hours(days[0], draw)]
    for day, step in zip(days[1:], path, strict=True):
        by_itself = step.by.seat is Seat.NOBODY
        moments.append(at_night(day) if by_itself else in_office_hours(day, draw))
    return tuple(moments)


def _batch(
    situation: Situation, path: Sequence[Transition], today: datetime.date
) -> tuple[int, datetime.date] | None:
    batch = situation.batch
    ids = [step.id for step in path]
    if batch is None or batch.step not in ids:
        return None
    return ids.index(batch.step), last_month_end(today, batch.months)


class Errand(Protocol):
    """Something that is done at a moment, and perhaps again at a later one."""

    def go_on(self, at: datetime.datetime) -> datetime.datetime | None:
        """Raises Stuck."""


Timed = tuple[datetime.datetime, Errand]
Tell = Callable[[str], None]
_TOLD_EVERY: Final = 200


def bring_about(
    plans: Iterable[Plan], people: Mapping[str, Person], besides: Iterable[Timed], tell: Tell
) -> Brought:
    """
    Walk every plan to its state, and do what is to be done ``besides``, in the order of time;
    ``tell`` is told now and then how far that is. ``people`` has whoever opens a case under
    ``Plan.who``, and with a role whom it names.
    """
    officers, today = Officers(), clock.today()
    walks = [(plan, _walk(plan, people, officers, today)) for plan in plans]
    ahead = [(plan.moments[0], walk) for plan, walk in walks]
    stuck = _done_in_order([*besides, *ahead], tell)
    missing = [
        Missing(plan.regulation.id, plan.procedure.id, plan.state, stuck[id(walk)])
        for plan, walk in walks
        if id(walk) in stuck
    ]
    return Brought(len(walks) - len(missing), tuple(missing))


def _walk(
    plan: Plan, people: Mapping[str, Person], officers: Officers, today: datetime.date
) -> Walk:
    return Walk(
        plan.regulation,
        plan.procedure,
        plan.state,
        plan.situation,
        plan.path,
        plan.moments,
        people[plan.who],
        {role: people[f"{plan.who}:{role}"] for role in plan.situation.others},
        officers,
        Random(f"{plan.who}:{plan.procedure.id}"),
        today,
    )


def _done_in_order(errands: Iterable[Timed], tell: Tell) -> dict[int, str]:
    """Why those that got stuck did, by the id of the object."""
    ahead = [(at, number, errand) for number, (at, errand) in enumerate(errands)]
    heapify(ahead)
    stuck, done = {}, 0
    while ahead:
        at, number, errand = heappop(ahead)
        done += 1
        if done % _TOLD_EVERY == 0:
            tell(f"    … {at.date()}")
        try:
            with clock.standing_at(at):
                again = errand.go_on(at)
        except Stuck as reason:
            stuck[id(errand)] = str(reason)
        else:
            if again is not None:
                heappush(ahead, (again, number, errand))
    return stuck
