"""How many files stand where, and how long files stayed in each state."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import (
    Aggregate,
    Avg,
    Count,
    DateField,
    DurationField,
    ExpressionWrapper,
    F,
    Max,
    Min,
    OuterRef,
    Q,
    Subquery,
)
from django.db.models.functions import Coalesce, TruncDate

from tiaoli.facts.kinds import Label
from tiaoli.platform import clock
from tiaoli.platform.applications.models import Application, StepTaken
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


class _Median(Aggregate):
    """The middle value, of PostgreSQL."""

    function = "percentile_cont"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


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


def stays(house: Organisation) -> list[Stay]:
    """Of the steps of the last year, how long the file had been in the state it left."""
    before = StepTaken.objects.filter(application=OuterRef("application"), pk__lt=OuterRef("pk"))
    came = Coalesce(
        Subquery(before.order_by("-pk").values("day")[:1]),
        TruncDate("application__opened", tzinfo=clock.TAIPEI),
        output_field=DateField(),
    )
    counted = (
        StepTaken.objects.filter(
            Q(application__office=house) | Q(application__employer=house),
            day__gte=clock.today() - _LOOKED_BACK,
        )
        .exclude(source=F("target"))
        .annotate(stayed=ExpressionWrapper(F("day") - came, output_field=DurationField()))
        .values("source", regulation=F("application__regulation"),
                procedure=F("application__procedure"))
        .annotate(number=Count("pk"), middle=_Median("stayed"), mean=Avg("stayed"),
                  most=Max("stayed"))
        .order_by("regulation", "procedure", "source")
    )  # fmt: skip
    return [
        Stay(*_words(row | {"state": row["source"]}), row["number"], *map(_days, (
            row["middle"], row["mean"], row["most"])))
        for row in counted[:500]
    ]  # fmt: skip


def _days(lasted: datetime.timedelta) -> int:
    return round(lasted / datetime.timedelta(days=1))


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
