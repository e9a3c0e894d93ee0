"""The course of an outcome as a picture and as a list, and the plans towards its goal."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tiaoli.answers.course import TURNS, Changes, Turned
from tiaoli.answers.naming import fact_words
from tiaoli.answers.plan import Plan
from tiaoli.answers.telling import day_label
from tiaoli.answers.timeline import Spell
from tiaoli.facts.dossier import Dossier
from tiaoli.facts.kinds import Label
from tiaoli.facts.vocabulary import find
from tiaoli.platform.web.answers import Chip, FactShown, Links, chip
from tiaoli.platform.web.standing.own import add_address

_WIDTH = 1000
_MARGIN = datetime.timedelta(days=120)
_BACK, _AHEAD = datetime.timedelta(days=5 * 366), datetime.timedelta(days=6 * 366)
_MOST_BEFORE, _MOST_AFTER, _MOST_TURNS, _MOST_FACTS = 6, 12, 6, 4


@dataclass(frozen=True, slots=True)
class TurnShown:
    """Why the outcome changes: a clause, and the records that come to count, or leave."""

    clause: str
    url: str | None
    words: Label
    turns: Label
    come: tuple[FactShown, ...]
    gone: tuple[FactShown, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """
    ``x`` and ``width`` are of 1000 (0: beyond the picture); ``turns`` say why it ends; ``now``: it
    holds on the day asked for.
    """

    first: datetime.date | None
    last: datetime.date | None
    chip: Chip
    now: bool
    x: int
    width: int
    turns: tuple[TurnShown, ...]
    further_turns: int


@dataclass(frozen=True, slots=True)
class CourseShown:
    """``left_out`` stretches lie before or after those shown; ``today`` is of 1000."""

    stretches: tuple[Stretch, ...]
    begins: datetime.date
    ends: datetime.date
    today: int
    left_out: int


def course_shown(
    found: Changes, goal: str | None, day: datetime.date, dossier: Dossier, links: Links
) -> CourseShown:
    """The stretches around ``day``: those before, and all that is foreseen."""
    number = next(n for n, spell in enumerate(found.spells) if _holds(spell, day))
    chosen = range(max(0, number - _MOST_BEFORE), min(len(found.spells), number + _MOST_AFTER + 1))
    spells = [found.spells[n] for n in chosen]
    scale = _Scale.of(spells, day)
    stretches = []
    for n, spell in zip(chosen, spells, strict=True):
        turned = found.turns[n] if n < len(found.turns) else ()
        x, width = scale.place(spell)
        stretches.append(
            Stretch(
                spell.first,
                spell.last,
                chip(spell.outcome, goal),
                n == number,
                x,
                width,
                tuple(_turn(one, dossier, links) for one in turned[:_MOST_TURNS]),
                max(0, len(turned) - _MOST_TURNS),
            )
        )
    left_out = len(found.spells) - len(spells)
    return CourseShown(tuple(stretches), scale.first, scale.last, scale.at(day), left_out)


def _holds(spell: Spell, day: datetime.date) -> bool:
    return (spell.first is None or spell.first <= day) and (spell.last is None or day <= spell.last)


@dataclass(frozen=True, slots=True)
class _Scale:
    """The days of the picture: some years around the day that is asked for."""

    first: datetime.date
    last: datetime.date

    @classmethod
    def of(cls, spells: Sequence[Spell], day: datetime.date) -> _Scale:
        edges = [day, *(s.first for s in spells if s.first), *(s.last for s in spells if s.last)]
        first, last = max(min(edges), day - _BACK), min(max(edges), day + _AHEAD)
        return cls(first - _MARGIN, last + _MARGIN)

    def at(self, day: datetime.date) -> int:
        return round(_WIDTH * (day - self.first).days / (self.last - self.first).days)

    def place(self, spell: Spell) -> tuple[int, int]:
        begins = 0 if spell.first is None else max(0, self.at(spell.first))
        ends = _WIDTH if spell.last is None else min(_WIDTH, self.at(spell.last))
        return (begins, max(2, ends - begins)) if begins < _WIDTH and ends > 0 else (0, 0)


def _turn(turned: Turned, dossier: Dossier, links: Links) -> TurnShown:
    def shown(ids: Sequence[str]) -> tuple[FactShown, ...]:
        facts = (dossier.find(one) for one in ids[:_MOST_FACTS])
        return tuple(FactShown(f.id, fact_words(f), links.fact(f.id)) for f in facts if f)

    if turned.clause is None:
        return TurnShown("", None, turned.words, Label("", ""), (), ())
    return TurnShown(
        turned.clause,
        links.clause(turned.clause),
        turned.words,
        TURNS[turned.outcome],
        shown(turned.come),
        shown(turned.gone),
    )


@dataclass(frozen=True, slots=True)
class StepShown:
    says: Label
    url: str | None


@dataclass(frozen=True, slots=True)
class PlanShown:
    """``waits``: nothing but time is needed; ``already``: not even that."""

    number: int
    ready: Label
    until: Label
    effort: Label
    steps: tuple[StepShown, ...]
    waits: bool
    already: bool


def plans_shown(found: Sequence[Plan], day: datetime.date) -> tuple[PlanShown, ...]:
    """The plans in words, each step with where such a record is added."""
    shown = []
    for number, plan in enumerate(found, 1):
        days = f"{plan.effort.quantize(Decimal('0.1')).normalize():f}"
        steps = (
            StepShown(step.says, add_address(step.kind) if find(step.kind).effort else None)
            for step in plan.steps
        )
        until = (
            Label("沒有終期", "no end")
            if plan.until is None
            else Label(f"維持到 {day_label(plan.until).zh}", f"until {day_label(plan.until).en}")
        )
        shown.append(
            PlanShown(
                number,
                day_label(plan.ready),
                until,
                Label(f"約 {days} 個工作日", f"about {days} working days"),
                tuple(steps),
                plan.ready > day,
                plan.ready <= day and not plan.steps,
            )
        )
    return tuple(shown)
