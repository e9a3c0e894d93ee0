"""
What is coming for the people of a house: who will reach what a question asks for, or no longer
will, within 90 and 180 days by waiting alone. All are asked at once; nobody one by one.

What was found is kept with its day, and shown with it, until somebody has it made anew.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
from django.db import transaction

from tiaoli.answers.refusals import NotInForce
from tiaoli.facts.problems import Unreadable
from tiaoli.facts.reading import DossierError
from tiaoli.platform import clock
from tiaoli.platform.people.models import Coming, Organisation, Outlook, Person, holding
from tiaoli.platform.people.permissions import people_of
from tiaoli.platform.people.seats import readings_of
from tiaoli.platform.portfolio.columns import facts_of
from tiaoli.platform.portfolio.concern import asks_of_persons_only, goals
from tiaoli.platform.portfolio.dossiers import SUBJECT_KIND
from tiaoli.population import Columns, Facts, evaluate
from tiaoli.population.goal import goal_band
from tiaoli.population.lowering import NoColumns
from tiaoli.population.plan import EARLIEST, GOAL
from tiaoli.population.tables import FactsError
from tiaoli.regulations import catalogue
from tiaoli.rules import Question, Regulation
from tiaoli.rules.reads import kinds_read

AHEAD: Final = (90, 180)
"""Days ahead that are looked at."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of all: who reaches it today, and who will or no longer will, and by when."""

    regulation: str
    question: str
    reach: int
    open: int
    coming: list[tuple[str, Coming.Sort, int, datetime.date | None]]


def asked_of_people(
    kinds: Iterable[str], regulations: Iterable[str]
) -> Iterator[tuple[Regulation, Question]]:
    """Questions with something for a person to reach, which ask of kinds that are on file."""
    on_file = set(kinds) - {SUBJECT_KIND}
    for regulation in map(catalogue.find, regulations):
        for question in goals(regulation):
            if goal_band(question) is None or question.about is not None:
                continue
            if kinds_read(question) & on_file and asks_of_persons_only(question):
                yield regulation, question


def look_ahead(facts: Facts, regulations: Iterable[str], day: datetime.date) -> Iterator[Asked]:
    """Every question that concerns these people, as of a day. One with no text in force is left."""
    columns = Columns(facts)
    for regulation, question in asked_of_people(facts.kinds(), regulations):
        readings = readings_of(regulation.id, day)
        try:
            yield _asked(regulation, question, columns, day, readings)
        except (NotInForce, NoColumns):
            continue


def _asked(
    regulation: Regulation,
    question: Question,
    facts: Columns,
    day: datetime.date,
    readings: dict[str, str],
) -> Asked:
    def table(on: datetime.date) -> Any:
        """One plan for all three days: it is made once for each question."""
        return evaluate(
            regulation, question.id, facts, on=on, readings=readings, earliest=True
        ).table

    now = table(day)
    reach = pc.fill_null(now[GOAL], False)
    nobody = pa.nulls(len(reach), pa.date32())
    first = now[EARLIEST] if EARLIEST in now.column_names else nobody
    done = pa.array([False] * len(reach))
    coming = []
    for within in AHEAD:
        limit = day + datetime.timedelta(days=within)
        then = table(limit)[GOAL]
        soon = pc.fill_null(pc.less_equal(first, pa.scalar(limit)), False)
        becomes = pc.and_(pc.invert(reach), pc.or_(soon, pc.fill_null(then, False)))
        ends = pc.and_(reach, pc.fill_null(pc.invert(then), False))
        found = pc.and_(pc.or_(becomes, ends), pc.invert(done))
        rows = pa.table(
            {"subject": now["subject"], "ends": ends, "day": pc.if_else(soon, first, None)}
        ).filter(found)
        coming += [
            (row["subject"], Coming.Sort.ENDS if row["ends"] else Coming.Sort.BECOMES, within,
             row["day"])
            for row in rows.to_pylist()
        ]  # fmt: skip
        done = pc.or_(done, found)
    met = pc.sum(reach).as_py() or 0
    return Asked(regulation.id, question.id, int(met), now[GOAL].null_count, coming)


def make(house: Organisation) -> Outlook:
    """
    Look ahead for all whom a house concerns, and keep it in place of what was kept before; where
    a fact cannot be read, what was kept stays, with the problem.
    """
    day = clock.today()
    persons = Person.objects.filter(people_of(house), forgotten=None)
    regulations = [held.regulation for held in house.mandates.filter(holding(day))]
    whose = dict(persons.order_by().values_list("subject", "pk"))
    outlook, _ = Outlook.objects.get_or_create(organisation=house, defaults={"asked": clock.now()})
    try:
        facts = facts_of(persons)
    except (DossierError, FactsError, Unreadable) as wrong:
        outlook.problem = str(wrong)
        outlook.save(update_fields=["problem"])
        return outlook
    found = list(look_ahead(facts, regulations or catalogue.ids(), day))
    with transaction.atomic():
        kept = Outlook.objects.select_for_update().get(pk=outlook.pk)
        kept.coming.all().delete()
        kept.day, kept.made, kept.problem, kept.people = day, clock.now(), "", len(whose)
        kept.counts = [
            {"regulation": a.regulation, "question": a.question, "reach": a.reach, "open": a.open}
            for a in found
        ]
        kept.save()
        Coming.objects.bulk_create(
            (
                Coming(outlook=kept, person_id=whose[subject], regulation=a.regulation,
                       question=a.question, sort=sort, within=within, day=first)
                for a in found
                for subject, sort, within, first in a.coming
            ),
            batch_size=2_000,
        )  # fmt: skip
    return kept
