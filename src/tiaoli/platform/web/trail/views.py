"""The trail as an auditor reads it, and the check of its chain."""

from __future__ import annotations

import datetime
from typing import Any, Final

from django.db.models import CharField, Max, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from tiaoli.facts.kinds import Label
from tiaoli.platform import clock
from tiaoli.platform.applications.models import Application
from tiaoli.platform.audit import chain
from tiaoli.platform.audit.actions import ACTIONS
from tiaoli.platform.audit.models import Event, Verification
from tiaoli.platform.people.models import Organisation, Post
from tiaoli.platform.web.days import FORMS, day_typed
from tiaoli.platform.web.guard import page, seated
from tiaoli.platform.web.people.paging import AT_ONCE, kept
from tiaoli.platform.web.trail.history import entries, entry_of

auditor = seated(Post.AUDITOR)
AT_A_TIME: Final = 20_000
"""Events that one press of the button reads."""
_DAYS: Final = {"first": Label("從", "From"), "last": Label("到", "Until")}


def events_of(house: Organisation) -> QuerySet[Event]:
    """What was done in the name of an organisation, and to the cases that it decides."""
    cases = Application.objects.filter(office=house).values(
        named=Concat(
            Value(Application._meta.label_lower + ":"), Cast("pk", CharField()),
            output_field=CharField(),
        )
    )  # fmt: skip
    return Event.objects.filter(Q(organisation=house.pk) | Q(thing__in=cases))


@page(auditor)
def trail(request: HttpRequest) -> HttpResponse:
    """Events of the organisation, newest first, from a number back."""
    house = request.actor.organisation
    asked = request.GET
    days = {name: day_typed(asked.get(name, "")) for name in _DAYS}
    found = _searched(events_of(house), asked, days["first"][0], days["last"][0])
    before = asked.get("before", "")
    if before.isdecimal():
        found = found.filter(number__lt=int(before))
    shown = list(found.order_by("-number")[: AT_ONCE + 1])
    more = len(shown) > AT_ONCE
    shown = shown[:AT_ONCE]
    context = {
        "entries": entries(shown),
        "older": shown[-1].number if more else None,
        "rest": kept(request, "before"),
        "from_the_top": not before,
        "actions": sorted(ACTIONS.items()),
        "asked": asked,
        "day_fields": [
            {"name": name, "label": label, "typed": asked.get(name, ""), "wrong": days[name][1]}
            for name, label in _DAYS.items()
        ],
        "forms": FORMS,
        "looked": _looked(),
    }
    return render(request, "trail/trail.html", context)


def _searched(
    found: QuerySet[Event], asked: Any, first: datetime.date | None, last: datetime.date | None
) -> QuerySet[Event]:
    if thing := asked.get("thing", "").strip():
        found = found.filter(thing__icontains=thing)
    if action := asked.get("action"):
        found = found.filter(action=action)
    if actor := asked.get("actor", "").strip():
        found = found.filter(personal__by__icontains=actor)
    if first is not None:
        found = found.filter(at__gte=_begins(first))
    if last is not None:
        found = found.filter(at__lt=_begins(last + datetime.timedelta(days=1)))
    return found


def _begins(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), clock.TAIPEI)


@page(auditor)
def event(request: HttpRequest, number: int) -> HttpResponse:
    """One event of the organisation: what it changed, before and after."""
    found = events_of(request.actor.organisation).filter(number=number).first()
    if found is None:
        raise Http404
    return render(request, "trail/event.html", {"entry": entry_of(found)})


@require_POST
@page(auditor)
def verify(request: HttpRequest) -> HttpResponse:
    """Read so many events further, or from the first again."""
    anew = "anew" in request.POST
    chain.verify_further(request.user.pk, most=AT_A_TIME, anew=anew)
    return redirect("trail")


def _looked() -> dict[str, Any]:
    """What the looks at the chain since the last beginning have found."""
    last = Verification.objects.last()
    newest = Event.objects.aggregate(Max("number"))["number__max"] or 0
    ahead = newest - (0 if last is None else last.upto)  # numbers have no gaps
    if last is None:
        return {"last": None, "ahead": ahead, "faults": []}
    began = Verification.objects.filter(after=0).last()
    since = Verification.objects.filter(pk__gte=last.pk if began is None else began.pk)
    faults = [fault for one in since.exclude(faults=[])[:200] for fault in one.faults]
    return {"last": last, "ahead": ahead, "faults": faults}
