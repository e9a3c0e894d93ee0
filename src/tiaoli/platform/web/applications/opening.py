"""Choosing what to apply for, and beginning."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tiaoli.facts.kinds import Label
from tiaoli.platform import clock
from tiaoli.platform.applications import declared
from tiaoli.platform.applications.drafting import open_application
from tiaoli.platform.applications.seeing import person_of
from tiaoli.platform.applications.wanted import to_fill_in
from tiaoli.platform.audit.actions import Refused
from tiaoli.platform.certificates.models import Certificate
from tiaoli.platform.people.models import Mandate, Person, holding
from tiaoli.platform.web.applications.forms import fields_of, typed_in
from tiaoli.platform.web.guard import a_person, page
from tiaoli.regulations import catalogue
from tiaoli.regulations.catalogue import UnknownRegulation
from tiaoli.rules import Procedure, Regulation


@page(a_person)
def choose(request: HttpRequest) -> HttpResponse:
    """Every procedure that a person may open, by regulation, with who runs it."""
    mandates = Mandate.objects.filter(holding(clock.today())).select_related("organisation")
    offices = {mandate.regulation: mandate.organisation for mandate in mandates}
    groups: dict[str, dict[str, Any]] = {}
    for regulation, procedure in declared.for_persons():
        group = groups.setdefault(
            regulation.id,
            {"regulation": regulation, "office": offices.get(regulation.id), "procedures": []},
        )
        group["procedures"].append(procedure)
    return render(request, "applications/choose.html", {"groups": groups.values()})


@page(a_person)
def begin(request: HttpRequest, regulation: str, procedure: str) -> HttpResponse:
    """What it is about and whom it names; then the file is open."""
    found, way = _named(regulation, procedure)
    if request.method != "POST":
        return _form(request, found, way)
    attributes = to_fill_in(found, way)
    typed = typed_in(request.POST, attributes)
    try:
        application = open_application(
            request.actor,
            person_of(request.actor),
            regulation=found,
            procedure=way,
            about=_about(request, found),
            role=request.POST.get("role") or None,
            others=_others(request, way),
            typed=typed,
        )
    except Refused as refusal:
        return _form(request, found, way, typed=typed, refused=refusal.says)
    return redirect("application", number=application.number)


def _named(regulation: str, procedure: str) -> tuple[Regulation, Procedure]:
    try:
        found = catalogue.find(regulation)
        way = declared.procedure_in(found, procedure)
    except (UnknownRegulation, LookupError) as unknown:
        raise Http404 from unknown
    if not declared.runs_for_persons(way):
        raise Http404
    return found, way


def _about(request: HttpRequest, regulation: Regulation) -> Certificate | None:
    pk = request.POST.get("about", "")
    mine = Certificate.objects.filter(person=person_of(request.actor), regulation=regulation.id)
    return mine.filter(pk=int(pk)).first() if pk.isdecimal() else None


def _others(request: HttpRequest, procedure: Procedure) -> dict[str, Person]:
    """Those whom the file names, each found by the address of their account."""
    found = {}
    for role in declared.named_roles(procedure):
        address = request.POST.get(f"person-{role.id}", "").strip()
        if address:
            person = Person.objects.filter(account__email__iexact=address).first()
            if person is None:
                raise Refused(
                    Label(
                        f"找不到帳號是「{address}」的{role.label.zh}。請核對電子郵件。",
                        f"No {role.label.en} has an account {address!r}. Check the address.",
                    )
                )
            found[role.id] = person
    return found


def _form(
    request: HttpRequest,
    regulation: Regulation,
    procedure: Procedure,
    *,
    typed: dict[str, Any] | None = None,
    refused: Label | None = None,
) -> HttpResponse:
    at_once = procedure.initial.id not in declared.open_states(procedure)
    roles = declared.named_roles(procedure)
    named = {role.id for role in roles}
    attributes = [a for a in to_fill_in(regulation, procedure) if a.name not in named]
    certificates = Certificate.objects.filter(
        person=person_of(request.actor), regulation=regulation.id
    ).order_by("-issued")
    context = {
        "regulation": regulation,
        "procedure": procedure,
        "roles": roles,
        "role": request.POST.get("role", ""),
        "addresses": {role.id: request.POST.get(f"person-{role.id}", "") for role in roles},
        "fields": fields_of(attributes, {}, typed or {}, {}) if at_once else [],
        "certificates": certificates[:50],
        "about": request.POST.get("about", ""),
        "refused": refused,
    }
    status = 200 if refused is None else 422
    return render(request, "applications/begin.html", context, status=status)
