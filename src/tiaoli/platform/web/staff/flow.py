"""How many files stand where, and how long files stayed in each state."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection
from django.db.models import Count, Min, Q

from tiaoli.facts.kinds import Label
from tiaoli.platform import clock
from tiaoli.platform.applications.models import Application
from tiaoli.platform.people.models import Organisation
from tiaoli.regulations import catalogue

_LOOKED_BACK: Final = datetime.timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Queue:
    """Open files in one state: how many, how many overdue, since when the oldest waits."""

    procedure: Label
    state: Label
    number: int
    late: int
    oldest: datetime.date


@dataclass(frozen=True, slots=True)
class Stay:
    """Days that files stayed in one state before a step led on."""

    procedure: Label
    state: Label
    number: int
    middle: int
    mean: int
    most: int


def queues(house: Organisation) -> list[Queue]:
    """Open files that the house decides, or whose party serves there."""
    counted = (
        Application.objects.filter(Q(office=house) | Q(employer=house), final=False)
        .values("regulation", "procedure", "state")
        .annotate(
            number=Count("pk"),
            late=Count("pk", filter=Q(due__lt=clock.today())),
            oldest=Min("turn_since"),
        )
        .order_by("regulation", "procedure", "state")
    )
    return [Queue(*_words(row), row["number"], row["late"], row["oldest"]) for row in counted[:500]]


_STAYS: Final = """
    SELECT regulation, procedure, source AS state, count(*) AS number,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY stayed) AS middle,
           avg(stayed) AS mean, max(stayed) AS most
    FROM (
        SELECT file.regulation, file.procedure, step.source, step.target, step.day,
               step.day - coalesce(
                   lag(step.day) OVER (PARTITION BY step.application_id ORDER BY step.id),
                   (file.opened AT TIME ZONE 'Asia/Taipei')::date
               ) AS stayed
        FROM applications_steptaken step
        JOIN applications_application file ON file.id = step.application_id
        WHERE file.office_id = %(house)s OR file.employer_id = %(house)s
    ) taken
    WHERE day >= %(since)s AND source <> target
    GROUP BY regulation, procedure, source ORDER BY regulation, procedure, source LIMIT 500
"""
"""All steps of the files are gone through once; Django has no way to sum up over a window."""


def stays(house: Organisation) -> list[Stay]:
    """Of the steps of the last year, how long the file had been in the state it left."""
    given = {"house": house.pk, "since": clock.today() - _LOOKED_BACK}
    with connection.cursor() as cursor:
        cursor.execute(_STAYS, given)
        names = [column.name for column in cursor.description]
        found = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return [
        Stay(*_words(row), row["number"], *(round(row[name]) for name in _OF_DAYS)) for row in found
    ]


_OF_DAYS: Final = ("middle", "mean", "most")


def _words(row: dict[str, Any]) -> tuple[Label, Label]:
    """What a procedure and a state are called; their ids where the text has changed since."""
    raw = Label(row["procedure"], row["procedure"]), Label(row["state"], row["state"])
    if row["regulation"] not in catalogue.ids():
        return raw
    for procedure in catalogue.find(row["regulation"]).procedures:
        if procedure.id == row["procedure"]:
            states = {state.id: state.label for state in procedure.states}
            return procedure.label, states.get(row["state"], raw[1])
    return raw
