"""
Two readings, or a changed number, over everybody whom a regulation concerns: who gains, who loses.

Facts come as columns, and both sides are worked out by the engine of populations; nobody is looked
at one by one. What came of it is plain data (``told``), to be kept and shown later:

    {"subjects", "same", "gained", "lost", "left_out", "left_out_named": [pk],
     "turns": [{"before", "after", "subjects", "clauses": [[name, people]], "own", "named": [pk]}],
     "ways": [{"sides": [{"title", "zh", "en", "passed", "open"}],
               "falls": [{"says", "sides": [{"before", "stopped", "open"} or null]}]}]}

``left_out`` are people with a value that no column holds (``columns.facts_within``). ``named`` are
the first few of ``own``, people whom the organisation knows; ``zh`` and ``en`` of a
side are its picture (SVG), and titles and ``says`` are told in both languages.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
from django.db.models import Exists, OuterRef, QuerySet

from tiaoli.facts.kinds import Label
from tiaoli.platform.people.models import Organisation, Person
from tiaoli.platform.people.permissions import of_organisation
from tiaoli.platform.portfolio.columns import facts_within
from tiaoli.platform.portfolio.models import Record
from tiaoli.population import Columns, Evaluation, compare, evaluate, summary
from tiaoli.population.chart import svg
from tiaoli.population.compare import Comparison, Turn
from tiaoli.population.kernel import NoCompiler
from tiaoli.population.summary import Fall, Waterfall
from tiaoli.population.wording import step_label
from tiaoli.rules import Regulation

MOST_NAMED: Final = 20
"""So many people are named for each change of outcome."""


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
    left_out: Collection[int] = ()
    """The keys of people with a value that no column holds."""


def members(kinds: Collection[str]) -> QuerySet[Person]:
    """Everybody with a record of one of these kinds."""
    theirs = Record.objects.filter(person=OuterRef("pk"), removed=None, kind__in=list(kinds))
    return Person.objects.filter(Exists(theirs))


def compared(
    regulation: Regulation,
    question: str,
    on: datetime.date,
    sides: tuple[Side, Side],
    *,
    among: Collection[str],
    read: Collection[str],
) -> Compared:
    """
    Both sides over those with a record of the kinds ``among``, by what is on file of the kinds
    ``read``. Raises as ``population.evaluate`` does, and FactsError.
    """
    facts, left_out = facts_within(members(among), read)
    columns = Columns(facts)
    before, after = (_evaluated(regulation, question, columns, on, side) for side in sides)
    found = compare(before.plan, before.table, after.table)
    return Compared(before, after, found, left_out)


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


# Told


def told(compared: Compared, organisation: Organisation) -> dict[str, Any]:
    """What came of it, as plain data."""
    found = compared.found
    own = _own(organisation)
    sides = (compared.before, compared.after)
    falls = [summary(side.plan, side.table).waterfalls for side in sides]
    return {
        "subjects": found.subjects,
        "same": found.same,
        "gained": found.gained,
        "lost": found.lost,
        "left_out": len(compared.left_out),
        "left_out_named": _first_of(own, "pk", pa.array(compared.left_out, pa.int64())),
        "turns": [_turn(compared, turn, own) for turn in found.turns],
        "ways": [_way(sides, pair) for pair in zip(*falls, strict=False)],
    }


def _own(organisation: Organisation) -> Any:
    """Whom the organisation knows by name, in order of names: subject and key (Arrow)."""
    known = Person.objects.filter(of_organisation(organisation), forgotten=None)
    rows = list(known.order_by("name", "pk").values_list("subject", "pk"))
    return pa.table(
        {
            "subject": pa.array([subject for subject, _ in rows], pa.string()),
            "pk": pa.array([pk for _, pk in rows], pa.int64()),
        }
    )


def _turn(compared: Compared, turn: Turn, own: Any) -> dict[str, Any]:
    subjects = _turned(compared, turn)
    known = compared.after.regulation.clauses
    clauses = {
        name: number for name, number in turn.clauses.items() if name.partition("#")[0] in known
    }
    mine = own.filter(pc.is_in(own["subject"], value_set=subjects))
    return {
        "before": turn.before,
        "after": turn.after,
        "subjects": turn.subjects,
        "clauses": [*clauses.items(), *_on_one_side(compared, subjects).items()],
        "own": mine.num_rows,
        "named": _first_of(own, "subject", subjects),
    }


def _first_of(own: Any, name: str, among: Any) -> list[int]:
    """The keys of the first few of an organisation's own who are among these."""
    found: list[int] = own.filter(pc.is_in(own[name], value_set=among))["pk"].to_pylist()
    return found[:MOST_NAMED]


def _turned(compared: Compared, turn: Turn) -> Any:
    """The subjects who go from one outcome to another."""
    was, is_now = (
        pc.equal(pc.cast(side.table["outcome"], pa.string()), word)
        for side, word in ((compared.before, turn.before), (compared.after, turn.after))
    )
    found = compared.before.table["subject"].filter(pc.and_(was, is_now))
    return pc.cast(found, pa.string()).combine_chunks()


def _on_one_side(compared: Compared, subjects: Any) -> dict[str, int]:
    """
    Clauses that only one side asks for, by how many of a turn do not meet them: the library
    counts what turns, and these have nothing to turn from.
    """
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


_SIDES: Final = (Label("現行", "as it is"), Label("改變之後", "with the change"))


def _way(sides: Sequence[Evaluation], pair: tuple[Waterfall, Waterfall]) -> dict[str, Any]:
    """One way to the goal that both sides have: their pictures, and each condition on both."""
    falls: dict[str, dict[str, Any]] = {}
    for number, (side, waterfall) in enumerate(zip(sides, pair, strict=True)):
        for fall in waterfall.falls:
            says = step_label(side.regulation, fall.step)
            one = falls.setdefault(fall.step.name, {"says": _both(says), "sides": [None, None]})
            one["sides"][number] = {
                "before": fall.before, "stopped": fall.stopped, "open": fall.open,
            }  # fmt: skip
    return {
        "sides": [_side(*one) for one in zip(sides, pair, _SIDES, strict=True)],
        "falls": list(falls.values()),
    }


def _side(side: Evaluation, waterfall: Waterfall, what: Label) -> dict[str, Any]:
    label = side.regulation.question(side.question).label
    title = Label(f"{label.zh}：{what.zh}", f"{label.en}: {what.en}")

    def says(fall: Fall) -> Label:
        return step_label(side.regulation, fall.step)

    return {
        "title": _both(title),
        "zh": svg(waterfall, title, says, lang="zh"),
        "en": svg(waterfall, title, says, lang="en"),
        "passed": waterfall.passed,
        "open": waterfall.open,
    }


def _both(label: Label) -> dict[str, str]:
    return {"zh": label.zh, "en": label.en}
