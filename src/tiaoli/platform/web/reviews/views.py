"""The queue of a seat, and one file under review: each clause beside its evidence."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from tiaoli.platform import clock
from tiaoli.platform.applications import declared
from tiaoli.platform.applications.comparing import over_the_days
from tiaoli.platform.applications.dossiers import documents_of
from tiaoli.platform.applications.inquiry import Inquiry
from tiaoli.platform.applications.steps import standings
from tiaoli.platform.applications.telling import turn_words
from tiaoli.platform.people.models import Post
from tiaoli.platform.reviews.actions import manages, reviews
from tiaoli.platform.reviews.beside import A_PART, Leafed, beside, clauses_to_judge, rejected
from tiaoli.platform.reviews.conflicts import candidates, open_assignments
from tiaoli.platform.reviews.house import custom_of
from tiaoli.platform.reviews.queue import Wanted, choices_of, line_of, neighbours, queue
from tiaoli.platform.web.applications.seen import application_at
from tiaoli.platform.web.guard import page
from tiaoli.platform.web.reviews.seats import reviews_it, sits_in_review
from tiaoli.rules import Seat

_A_PAGE = 25
_LONG = 9  # digits of a part: no clause has so many facts


def wanted_in(request: HttpRequest) -> Wanted:
    """The filter that an address carries."""
    asked = request.GET
    regulation, _, procedure = asked.get("procedure", "").partition("/")
    return Wanted(
        regulation=regulation or asked.get("regulation", ""),
        procedure=procedure,
        state=asked.get("state", ""),
        overdue=asked.get("overdue") == "1",
        assigned_to_me=asked.get("mine") == "1",
        everything=asked.get("all") == "1",
    )


def carried(request: HttpRequest) -> str:
    """The filter, to be carried along in an address."""
    names = ("procedure", "regulation", "state", "overdue", "mine", "all")
    return urlencode({name: request.GET[name] for name in names if request.GET.get(name)})


@page(sits_in_review)
def queued(request: HttpRequest) -> HttpResponse:
    """What waits for the seat one acts from, the most urgent first."""
    wanted = wanted_in(request)
    files = queue(request.actor, wanted)
    shown = Paginator(files, _A_PAGE).get_page(request.GET.get("page"))
    day = clock.today()
    lines = [line_of(application, request.actor, day) for application in shown]
    kept = carried(request)
    context = {
        "page": shown,
        "lines": lines,
        "wanted": wanted,
        "procedure": f"{wanted.regulation}/{wanted.procedure}" if wanted.procedure else "",
        "choices": choices_of(request.actor),
        "steps": _steps_of(lines, request),
        "carried": kept,
        "kept": f"&{kept}" if kept else "",
    }
    return render(request, "reviews/queue.html", context)


def _steps_of(lines: list[Any], request: HttpRequest) -> list[Any]:
    """The steps that can be taken for several of the files on the page at once."""
    found: dict[str, Any] = {}
    for line in lines:
        _, procedure = declared.of(line.application)
        for step in procedure.from_state(line.application.state):
            if step.by.seat in declared.HOUSE and not declared.returns(procedure, step):
                found.setdefault(step.id, step)
    return list(found.values())


@page(reviews_it)
def one(request: HttpRequest, number: str) -> HttpResponse:
    """A file under review."""
    application = application_at(number)
    actor = request.actor
    day = clock.today()
    inquiry = Inquiry(application, day)
    before, after = neighbours(actor, application, wanted_in(request))
    kept = carried(request)
    back = f"/reviews/{after}/" if after else "/reviews/"
    assigned = list(open_assignments(application))
    mine = next((a for a in assigned if a.reviewer_id == actor.account.pk), None)
    managing = manages(actor, application) is None
    panel_turn = application.turn == Seat.PANEL.value
    context = {
        "application": application,
        "inquiry": inquiry,
        "regulation": inquiry.regulation,
        "procedure": inquiry.procedure,
        "state": inquiry.procedure.state(application.state),
        "turn": turn_words(application),
        "before": before,
        "after": after,
        "kept": f"?{kept}" if kept else "",
        "next": f"{back}?{kept}" if kept else back,
        "why_not": reviews(actor, application),
        "questions": beside(inquiry, _leafed(request)),
        "a_part": A_PART,
        "left_out": rejected(inquiry),
        "judged": clauses_to_judge(inquiry),
        "steps": standings(inquiry, actor),
        "days": [d for d in over_the_days(application, day) if not d.same],
        "documents": [_document(d, inquiry) for d in documents_of(application)],
        "points": list(application.points.order_by("pk")),
        "snapshots": application.snapshots.count(),
        "assigned": assigned,
        "mine": mine,
        "sees_proposals": actor.role == Post.CHAIR or mine is None or mine.second or mine.proposal,
        "proposable": [
            s for s in inquiry.procedure.from_state(application.state) if s.by.seat is Seat.PANEL
        ],
        "custom": custom_of(application),
        "candidates": candidates(application) if managing and panel_turn else [],
        "managing": managing and panel_turn,
    }
    return render(request, "reviews/one.html", context)


def _leafed(request: HttpRequest) -> Leafed:
    """The part of a clause's facts that an address names."""
    asked = request.GET
    part = asked.get("part", "")
    return Leafed(
        asked.get("place", ""),
        int(part) if part.isascii() and part.isdigit() and len(part) < _LONG else 1,
        asked.get("find", ""),
    )


def _document(document: Any, inquiry: Inquiry) -> Any:
    document.shown = declared.document_label(inquiry.procedure, document.option)
    return document


@require_POST
@page(reviews_it)
def skip(request: HttpRequest, number: str) -> HttpResponse:
    """Leave it for now, and look at the one after it."""
    _, after = neighbours(request.actor, application_at(number), wanted_in(request))
    kept = carried(request)
    address = f"/reviews/{after}/" if after else "/reviews/"
    return redirect(f"{address}?{kept}" if kept else address)
