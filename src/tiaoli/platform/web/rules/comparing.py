"""
Two readings, or a changed number, over everybody whom a regulation concerns: who gains, who loses.

Facts come as columns from the portfolio, and both sides are worked out by the engine of
populations; nobody is looked at one by one.
"""

from __future__ import annotations

import base64
import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.db.models import Exists, OuterRef, Q, QuerySet

from tiaoli.facts.kinds import Label
from tiaoli.platform.people.models import Organisation, Person
from tiaoli.platform.portfolio.columns import facts_of
from tiaoli.platform.portfolio.concern import kinds_of
from tiaoli.platform.portfolio.models import Record
from tiaoli.platform.web.answers import Chip, chip, clause_address
from tiaoli.population import Columns, Evaluation, compare, evaluate, summary
from tiaoli.population.chart import svg
from tiaoli.population.compare import Comparison, Turn
from tiaoli.population.kernel import NoCompiler
from tiaoli.population.summary import Fall, Waterfall
from tiaoli.population.wording import step_label
from tiaoli.rules import Regulation
from tiaoli.rules.reads import kinds_read

_MOST_NAMED = 20
_MOST_CLAUSES = 8


@dataclass(frozen=True, slots=True)
class Side:
    """How one side asks: its readings, and the numbers it changes."""

    readings: Mapping[str, str]
    changes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Compared:
    before: Evaluation
    after: Evaluation
    found: Comparison


def members(regulation: Regulation) -> QuerySet[Person]:
    """Everybody with a record that the regulation asks of."""
    theirs = Record.objects.filter(
        person=OuterRef("pk"), removed=None, kind__in=list(kinds_of(regulation))
    )
    return Person.objects.filter(Exists(theirs))


def compared(
    regulation: Regulation, question: str, on: datetime.date, sides: tuple[Side, Side]
) -> Compared:
    """
    Both sides over the members. Raises as ``population.evaluate`` does, and FactsError.
    """
    facts = facts_of(members(regulation), kinds_read(regulation.question(question)))
    columns = Columns(facts)
    before, after = (_evaluated(regulation, question, columns, on, side) for side in sides)
    return Compared(before, after, compare(before.plan, before.table, after.table))


def _evaluated(
    regulation: Regulation, question: str, columns: Columns, on: datetime.date, side: Side
) -> Evaluation:
    asked = partial(
        evaluate,
        regulation,
        question,
        columns,
        on=on,
        readings=side.readings,
        changes=side.changes,
    )
    try:
        return asked()
    except NoCompiler:
        return asked(engine="duckdb")


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
    before: Fall | None
    after: Fall | None

    @property
    def stops(self) -> bool:
        """Whether it stops anybody, or may, on either side."""
        return any(fall.stopped or fall.open for fall in (self.before, self.after) if fall)


@dataclass(frozen=True, slots=True)
class WaterfallShown:
    """A way to the goal as pictures (addresses of data) and as a table; ``idle`` stop nobody."""

    pictures: tuple[tuple[Label, str], ...]
    falls: tuple[FallShown, ...]
    idle: tuple[FallShown, ...]
    passed: tuple[int, int]
    open: tuple[int, int]


def turns_shown(compared: Compared, organisation: Organisation) -> tuple[TurnShown, ...]:
    """Every change of outcome; names only of those who are the organisation's own."""
    return tuple(_turn(compared, turn, organisation) for turn in compared.found.turns)


def _turn(compared: Compared, turn: Turn, organisation: Organisation) -> TurnShown:
    regulation = compared.after.regulation
    goal = regulation.question(compared.after.question).goal
    url = clause_address(regulation.id)
    clauses = [
        (name, url(clause), number)
        for name, number in turn.clauses.items()
        if (clause := name.partition("#")[0]) in regulation.clauses
    ]
    clauses += [(name, url(name), number) for name, number in _on_one_side(compared, turn).items()]
    own = own_people(organisation).filter(subject__in=turned(compared, turn))
    return TurnShown(
        chip(turn.before, goal),
        chip(turn.after, goal),
        turn.subjects,
        tuple(clauses[:_MOST_CLAUSES]),
        max(0, len(clauses) - _MOST_CLAUSES),
        tuple(own.order_by("name", "pk").values_list("name", flat=True)[:_MOST_NAMED]),
        own.count(),
    )


def _on_one_side(compared: Compared, turn: Turn) -> dict[str, int]:
    """
    Clauses that only one side asks for, by how many of a turn do not meet them: the library
    counts what turns, and these have nothing to turn from.
    """
    subjects = pa.array(turned(compared, turn), pa.string())
    found: dict[str, int] = {}
    for mine, other in (
        (compared.before, compared.after),
        (compared.after, compared.before),
    ):
        rows = mine.table.filter(pc.is_in(mine.table["subject"], value_set=subjects))
        mine_alone = set(rows.column_names) - set(other.table.column_names)
        for clause in mine_alone & mine.regulation.clauses.keys():
            number = pc.sum(pc.equal(rows[clause], False)).as_py()
            if number:
                found[clause] = number
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def own_people(organisation: Organisation) -> QuerySet[Person]:
    """
    Those whom a society knows by name: they handed a file in to it, or hold a certificate of it.
    """
    filed = Q(applications__office=organisation, applications__submitted__isnull=False)
    known = filed | Q(certificates__issuer=organisation)
    return Person.objects.filter(known).distinct()


def turned(compared: Compared, turn: Turn) -> Collection[str]:
    """The subjects who go from one outcome to another."""
    was, is_now = (
        pc.equal(pc.cast(side.table["outcome"], pa.string()), word)
        for side, word in ((compared.before, turn.before), (compared.after, turn.after))
    )
    found: list[str] = compared.before.table["subject"].filter(pc.and_(was, is_now)).to_pylist()
    return found


def waterfalls_shown(compared: Compared, lang: str) -> tuple[WaterfallShown, ...]:
    """Clause by clause on both sides, for each way to the goal that both have."""
    sides = (compared.before, compared.after)
    falls = [summary(side.plan, side.table).waterfalls for side in sides]
    return tuple(_waterfall(sides, pair, lang) for pair in zip(*falls, strict=False))


_SIDES = (Label("現行", "as it is"), Label("改變之後", "with the change"))


def _waterfall(
    sides: Sequence[Evaluation], pair: tuple[Waterfall, Waterfall], lang: str
) -> WaterfallShown:
    pictures = []
    for side, waterfall, what in zip(sides, pair, _SIDES, strict=True):
        label = side.regulation.question(side.question).label
        title = Label(f"{label.zh}：{what.zh}", f"{label.en}: {what.en}")
        says = partial(_says, side.regulation)
        pictures.append((title, _as_address(svg(waterfall, title, says, lang=lang))))
    rows: dict[str, dict[int, Fall]] = {}
    words: dict[str, Label] = {}
    for number, (side, waterfall) in enumerate(zip(sides, pair, strict=True)):
        for fall in waterfall.falls:
            rows.setdefault(fall.step.name, {})[number] = fall
            words.setdefault(fall.step.name, step_label(side.regulation, fall.step))
    shown = [FallShown(words[name], of.get(0), of.get(1)) for name, of in rows.items()]
    before, after = pair
    return WaterfallShown(
        tuple(pictures),
        tuple(fall for fall in shown if fall.stops),
        tuple(fall for fall in shown if not fall.stops),
        (before.passed, after.passed),
        (before.open, after.open),
    )


def _says(regulation: Regulation, fall: Fall) -> Label:
    return step_label(regulation, fall.step)


def _as_address(picture: str) -> str:
    data: Any = base64.b64encode(picture.encode("utf-8"))
    return f"data:image/svg+xml;base64,{data.decode('ascii')}"
