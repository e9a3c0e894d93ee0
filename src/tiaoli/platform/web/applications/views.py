"""Applications of one's own, and the page of one: whose turn it is, and what can be done."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from tiaoli.platform import clock
from tiaoli.platform.applications import declared
from tiaoli.platform.applications.comparing import difference, over_the_days
from tiaoli.platform.applications.dossiers import documents_of, is_open
from tiaoli.platform.applications.drafting import answer_point, autosave, problems
from tiaoli.platform.applications.inquiry import Inquiry
from tiaoli.platform.applications.letters import letter_of
from tiaoli.platform.applications.models import Application, Point
from tiaoli.platform.applications.options import options_refused
from tiaoli.platform.applications.seeing import is_named, is_party, own_files, person_of
from tiaoli.platform.applications.steps import standings
from tiaoli.platform.applications.telling import filed, left_by, progress, turn_words
from tiaoli.platform.applications.wanted import to_fill_in
from tiaoli.platform.audit.actions import Refused
from tiaoli.platform.fees.models import Notice
from tiaoli.platform.web.applications.forms import fields_of, typed_in
from tiaoli.platform.web.applications.seen import application_at, files_it, sees_it, version_shown
from tiaoli.platform.web.guard import a_person, page

_A_PAGE = 20


@page(a_person)
def mine(request: HttpRequest) -> HttpResponse:
    """What I applied for, and what I am named in."""
    person = person_of(request.actor)
    assert person is not None, "the guard lets in persons only"
    files = own_files(person).prefetch_related("parties")
    shown = Paginator(files, _A_PAGE).get_page(request.GET.get("page"))
    lines = [filed(application) for application in shown]
    return render(request, "applications/mine.html", {"page": shown, "lines": lines})


@page(sees_it)
def one(request: HttpRequest, number: str) -> HttpResponse:
    """One application: whose turn, days left, the form, the steps, the documents, the history."""
    return _shown(request, application_at(number))


def _shown(
    request: HttpRequest, application: Application, told: Any = None, status: int = 200
) -> HttpResponse:
    day = clock.today()
    inquiry = Inquiry(application, day)
    steps = standings(inquiry, request.actor)
    files = is_party(request.actor, application) or is_named(request.actor, application)
    editable = files and is_open(application)
    documents = documents_of(application)
    context = {
        "application": application,
        "inquiry": inquiry,
        "regulation": inquiry.regulation,
        "procedure": inquiry.procedure,
        "state": inquiry.procedure.state(application.state),
        "turn": turn_words(application),
        "progress": progress(application),
        "steps": [s for s in steps if s.mine],
        "others": [s for s in steps if not s.mine],
        "editable": editable,
        "own": files,
        "fields": _fields(application, inquiry, editable=editable),
        "wanted": _documents_wanted(inquiry, documents),
        "documents": documents,
        "points": list(application.points.select_related("step").order_by("pk")),
        "days": [d for d in over_the_days(application, day) if not d.same],
        "snapshots": application.snapshots.count(),
        "history": list(application.steps.all()),
        "labels": {step.id: step.label for step in inquiry.procedure.transitions},
        "left": left_by(application),
        "notices": list(Notice.objects.filter(case=application.number).order_by("pk")),
        "told": told,
    }
    return render(request, "applications/one.html", context, status=status)


def _fields(application: Application, inquiry: Inquiry, *, editable: bool) -> list[Any]:
    attributes = to_fill_in(inquiry.regulation, inquiry.procedure)
    refused = {a.name: options_refused(inquiry, a) for a in attributes} if editable else {}
    return fields_of(
        attributes, application.file, application.typed, problems(application), refused
    )


def _documents_wanted(inquiry: Inquiry, documents: list[Any]) -> list[dict[str, Any]]:
    """Every document that some step asks for, with what was handed in for it."""
    written = inquiry.procedure.file
    if written is None:
        return []
    asked: dict[str, list[str]] = {}
    for step in inquiry.procedure.transitions:
        for option in step.documents:
            asked.setdefault(option, []).extend(step.clauses)
    return [
        {
            "option": option,
            "label": declared.document_label(inquiry.procedure, option),
            "clauses": list(dict.fromkeys(clauses)),
            "there": [d for d in documents if d.option == option],
            "lacking": not any(d.option == option and d.refused is None for d in documents),
        }
        for option, clauses in asked.items()
    ]


@require_POST
@page(files_it)
def save_draft(request: HttpRequest, number: str) -> HttpResponse:
    """
    Keep what was typed; a form that saves itself is told when, which fields are unclear, and what
    can be done by now.
    """
    application = application_at(number)
    attributes = to_fill_in(*declared.of(application))
    typed = typed_in(request.POST, attributes)
    version = version_shown(request)
    try:
        application = autosave(request.actor, application, version=version, typed=typed)
    except Refused as refusal:
        if not request.htmx:
            raise
        context = {"refused": refusal.says, "application": application, "version": version}
        return render(request, "applications/_saved.html", context)
    if not request.htmx:
        return redirect("application", number=number)
    inquiry = Inquiry(application, clock.today())
    context = {
        "application": application,
        "inquiry": inquiry,
        "version": application.version,
        "fields": fields_of(attributes, application.file, application.typed, problems(application)),
        "steps": [s for s in standings(inquiry, request.actor) if s.mine],
    }
    return render(request, "applications/_saved.html", context)


@require_POST
@page(files_it)
def answer(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Answer one point of a file that was returned."""
    application = application_at(number)
    point = get_object_or_404(Point, pk=pk, application=application)
    answer_point(request.actor, point, answer=request.POST.get("answer", ""))
    return redirect(f"{request.path.rsplit('/points/', 1)[0]}/#points")


@page(sees_it)
def differences(request: HttpRequest, number: str) -> HttpResponse:
    """What changed between two times that the file was handed in."""
    application = application_at(number)
    snapshots = list(application.snapshots.order_by("pk"))
    pairs = [
        {"before": old, "after": new, "changes": difference(old, new)}
        for old, new in pairwise(snapshots)
    ]
    context = {"application": application, "pairs": pairs[::-1], "turn": turn_words(application)}
    return render(request, "applications/difference.html", context)


@page(sees_it)
def letter(request: HttpRequest, number: str) -> HttpResponse:
    """The decision as a letter in both languages, to be printed."""
    application = application_at(number)
    context = {
        "application": application,
        "letter": letter_of(application),
        "turn": turn_words(application),
    }
    return render(request, "applications/letter.html", context)
