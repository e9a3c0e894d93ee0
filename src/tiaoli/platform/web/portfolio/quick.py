"""Quick entry: one record after another on a telephone, with what the last ones said."""

from __future__ import annotations

import datetime
import uuid
from collections import Counter
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from tiaoli.facts.kinds import Absent, Kind, Type
from tiaoli.facts.problems import DossierError
from tiaoli.platform import clock
from tiaoli.platform.people.models import Person
from tiaoli.platform.portfolio import actions
from tiaoli.platform.portfolio.models import Record
from tiaoli.platform.portfolio.offer import offer
from tiaoli.platform.web.guard import a_person, page
from tiaoli.platform.web.portfolio.fields import (
    as_written,
    errors_of_whole,
    fields_of,
    filled_from,
    posted,
)
from tiaoli.platform.web.portfolio.records import kind_or_404
from tiaoli.platform.web.portfolio.told import rows

_LOOKED_AT: Final = 20
"""How many of the last records tell which fields somebody uses."""
_AT_LEAST: Final = 5
_AT_MOST: Final = 8


@require_GET
@page(a_person)
def choose(request: HttpRequest) -> HttpResponse:
    """Which kind is logged; those logged most often first."""
    offered = offer(request.user.person, clock.today(), request.GET.get("q", "").strip()[:80])
    return render(
        request, "portfolio/quick_choose.html", {"offer": offered, "q": request.GET.get("q", "")}
    )


@page(a_person)
def quick(request: HttpRequest, kind: str) -> HttpResponse:
    """One screen; after saving, the same screen again with the count of today."""
    declared, person = kind_or_404(kind), request.user.person
    last = list(person.records.filter(kind=kind, removed=None).order_by("-pk")[:_LOOKED_AT])
    if request.method != "POST":
        return _screen(request, declared, last, _carried(declared, last), entry=uuid.uuid4().hex)
    typed, entry = posted(declared, request.POST), request.POST.get("entry", "")[:40]
    try:
        actions.add(
            request.actor, person, kind=kind, values=as_written(declared, typed), entry=entry
        )
    except DossierError as error:
        return _screen(request, declared, last, typed, error, entry=entry)
    return redirect(f"{request.path}?saved={entry}")


def _screen(
    request: HttpRequest,
    kind: Kind,
    last: list[Record],
    typed: Any,
    error: DossierError | None = None,
    *,
    entry: str,
) -> HttpResponse:
    problems = () if error is None else error.problems
    first = _first_fields(kind, last)
    rest = [name for name in kind.attributes if name not in first]
    made = {
        name: fields_of(kind, typed, problems, person=request.user.person, only=names)
        for name, names in (("fields", first), ("more", rest))
    }
    saved = request.GET.get("saved")
    context = {
        "kind": kind,
        **made,
        "day": kind.happens,
        "more_open": any(field.errors or field.value for field in made["more"]),
        "errors": errors_of_whole(kind, problems),
        "wrong": bool(problems),
        "entry": entry,
        "today_count": _today(request.user.person, kind).count(),
        "saved": rows(r for r in last if saved and r.entry == saved),
        "last": rows(last[:3]),
    }
    return render(request, "portfolio/quick.html", context, status=422 if problems else 200)


def _today(person: Person, kind: Kind) -> Any:
    midnight = datetime.datetime.combine(clock.today(), datetime.time(), clock.TAIPEI)
    return person.records.filter(kind=kind.name, removed=None, entered__gte=midnight)


def _first_fields(kind: Kind, last: list[Record]) -> list[str]:
    """The day, what the last records say, and what a rule cannot do without; in their order."""
    used = Counter(name for record in last for name in record.values)
    names = [name for name, _ in used.most_common(_AT_MOST)]
    wanted = [n for n, a in kind.attributes.items() if a.absent is Absent.UNKNOWN]
    for name in wanted:
        if len(names) >= _AT_LEAST:
            break
        if name not in names:
            names.append(name)
    chosen = {name for name in names if name in kind.attributes}
    day = [kind.happens] if kind.happens else []
    return day + [name for name in kind.attributes if name in chosen and name not in day]


def _carried(kind: Kind, last: list[Record]) -> dict[str, str | list[str]]:
    """
    What the last record said; a text only where the one before said the same, since a number or
    a name of one case is not that of the next. The day is today's.
    """
    carried: dict[str, str | list[str]] = {}
    if last:
        before = last[1].values if len(last) > 1 else {}
        same = {
            name: value
            for name, value in last[0].values.items()
            if name in kind.attributes and (_repeats(kind, name) or before.get(name) == value)
        }
        carried = filled_from(same, kind)
    days = (n for n, a in kind.attributes.items() if a.type in (Type.DAY, Type.MOMENT))
    for name in days:
        carried.pop(name, None)
    if kind.happens is not None:
        carried[kind.happens] = clock.today().isoformat()
    return carried


def _repeats(kind: Kind, name: str) -> bool:
    return kind.attributes[name].type not in (Type.TEXT, Type.TEXTS, Type.REFERENCE)
