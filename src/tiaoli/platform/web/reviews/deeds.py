"""What a reviewer sends: a word on a fact, a ruling, a proposal, a conflict; who is assigned."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from tiaoli.platform.applications import declared
from tiaoli.platform.audit.actions import NotAllowed, Refused
from tiaoli.platform.people.models import Account, Mandate
from tiaoli.platform.reviews.actions import (
    assign,
    declare_conflict,
    find,
    propose,
    rule,
    set_custom,
    unassign,
)
from tiaoli.platform.reviews.models import Assignment, Custom
from tiaoli.platform.web.applications.seen import application_at
from tiaoli.platform.web.guard import page
from tiaoli.platform.web.reviews.seats import from_the_house, reviews_it

_MET = {"met": True, "not_met": False}


def _back(request: HttpRequest, number: str, anchor: str = "") -> HttpResponse:
    return redirect(f"/reviews/{number}/{anchor}")


def _told(request: HttpRequest, refusal: Refused) -> None:
    if isinstance(refusal, NotAllowed):
        raise refusal
    messages.warning(request, refusal.says.in_(request.lang))


@require_POST
@page(reviews_it)
def on_fact(request: HttpRequest, number: str) -> HttpResponse:
    """Accept, question or reject a fact."""
    posted = request.POST
    fact = posted.get("fact", "")
    try:
        find(
            request.actor,
            application_at(number),
            fact=fact,
            verdict=posted.get("verdict", ""),
            reason=posted.get("reason", ""),
            clause=posted.get("clause", ""),
        )
    except Refused as refusal:
        _told(request, refusal)
    except ValueError:
        messages.warning(request, "請選擇採認、待釐清或不採認。 Choose one of the three.")
    return _back(request, number, _where(posted))


def _where(posted: QueryDict) -> str:
    """The clause and the part of its facts at which a word on one of them was sent."""
    place = posted.get("place", "")
    leafed = {name: posted[name] for name in ("part", "find") if posted.get(name)}
    asked = f"?{urlencode({'place': place, **leafed})}" if leafed else ""
    return f"{asked}#{place}"


@require_POST
@page(reviews_it)
def on_clause(request: HttpRequest, number: str) -> HttpResponse:
    """Rule on a clause that is left to human judgement."""
    posted = request.POST
    try:
        rule(
            request.actor,
            application_at(number),
            clause=posted.get("clause", ""),
            met=_MET.get(posted.get("met", "")),
            reason=posted.get("reason", ""),
        )
    except Refused as refusal:
        _told(request, refusal)
    return _back(request, number, "#judged")


@require_POST
@page(reviews_it)
def proposal(request: HttpRequest, number: str) -> HttpResponse:
    """Say what one would decide."""
    try:
        propose(
            request.actor,
            application_at(number),
            step=request.POST.get("step", ""),
            reason=request.POST.get("reason", ""),
        )
    except Refused as refusal:
        _told(request, refusal)
        return _back(request, number, "#proposals")
    onward = request.POST.get("after", "")
    return _back(request, onward) if onward else _back(request, number, "#proposals")


@require_POST
@page(reviews_it)
def conflict(request: HttpRequest, number: str) -> HttpResponse:
    """Declare a conflict of interest with the applicant."""
    application = application_at(number)
    try:
        declare_conflict(
            request.actor,
            request.actor.account,
            because=request.POST.get("because", ""),
            person=application.person,
        )
    except Refused as refusal:
        _told(request, refusal)
        return _back(request, number)
    return redirect("reviews")


@require_POST
@page(reviews_it)
def reviewer(request: HttpRequest, number: str) -> HttpResponse:
    """Assign a reviewer."""
    pk = request.POST.get("reviewer", "")
    account = get_object_or_404(Account, pk=int(pk) if pk.isdecimal() else 0)
    second = request.POST.get("second") == "1"
    try:
        assign(request.actor, application_at(number), reviewer=account, second=second)
    except Refused as refusal:
        _told(request, refusal)
    return _back(request, number, "#reviewers")


@require_POST
@page(reviews_it)
def unassigned(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Take back an assignment."""
    assignment = get_object_or_404(Assignment, pk=pk, application__number=number)
    try:
        unassign(request.actor, assignment, because=request.POST.get("because", ""))
    except Refused as refusal:
        _told(request, refusal)
    return _back(request, number, "#reviewers")


@page(from_the_house)
def customs(request: HttpRequest) -> HttpResponse:
    """How many review a file of each procedure of the house, and whether the chair decides."""
    house = request.actor.organisation
    if request.method == "POST":
        regulation, _, procedure = request.POST.get("procedure", "").partition("/")
        number = request.POST.get("reviewers", "")
        set_custom(
            request.actor,
            house,
            regulation=regulation,
            procedure=procedure,
            reviewers=int(number) if number.isdecimal() else -1,
            second=request.POST.get("second") == "1",
            chair=request.POST.get("chair") == "1",
        )
        return redirect("review_customs")
    run = set(
        Mandate.objects.filter(organisation=house, last=None).values_list("regulation", flat=True)
    )
    set_by_us = {(c.regulation, c.procedure): c for c in Custom.objects.filter(organisation=house)}
    rows = [
        {"regulation": r, "procedure": p, "custom": set_by_us.get((r.id, p.id))}
        for r, p in declared.for_persons()
        if r.id in run and declared.has_panel(p)
    ]
    return render(request, "reviews/customs.html", {"rows": rows})
