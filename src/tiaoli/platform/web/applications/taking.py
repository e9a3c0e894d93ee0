"""Taking a step: what it needs, what it does, and that it was done."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from tiaoli.answers.naming import fact_called
from tiaoli.facts.kinds import Label
from tiaoli.facts.reading import DossierError
from tiaoli.platform import clock
from tiaoli.platform.applications import declared
from tiaoli.platform.applications.actions import AlreadyTaken, take
from tiaoli.platform.applications.dossiers import FILE
from tiaoli.platform.applications.inquiry import Inquiry
from tiaoli.platform.applications.leaving import leaving_of
from tiaoli.platform.applications.left import Given, PointTold
from tiaoli.platform.applications.models import Application
from tiaoli.platform.applications.steps import StepStanding, standing
from tiaoli.platform.applications.telling import turn_words
from tiaoli.platform.audit.actions import NotAllowed, Refused
from tiaoli.platform.portfolio.models import Record
from tiaoli.platform.reviews.findings import latest_findings
from tiaoli.platform.reviews.models import Finding
from tiaoli.platform.web.applications.forms import fields_of, typed_in
from tiaoli.platform.web.applications.seen import application_at, sees_it, version_shown
from tiaoli.platform.web.guard import page
from tiaoli.rules import Transition

_POINTS = 30
_RECORDS = 100


@page(sees_it)
def step(request: HttpRequest, number: str, step: str) -> HttpResponse:
    """Look at a step; POST takes it."""
    application = application_at(number)
    _, procedure = declared.of(application)
    try:
        wanted = declared.step_in(procedure, step)
    except LookupError as unknown:
        raise Http404 from unknown
    if request.method == "POST":
        return _take(request, application, step)
    return _page(request, application, wanted)


def _take(request: HttpRequest, application: Application, step: str) -> HttpResponse:
    _, procedure = declared.of(application)
    wanted = declared.step_in(procedure, step)
    inquiry = Inquiry(application, clock.today())
    leaves = leaving_of(inquiry, wanted)
    typed = typed_in(request.POST, leaves.to_fill_in) if leaves else {}
    chosen = request.POST.getlist("options")
    given = Given(
        remark=request.POST.get("remark", ""),
        values=typed,
        options=tuple(chosen) if "options_shown" in request.POST else None,
        on_file=request.POST.get("on_file", ""),
        points=_points(request),
    )
    version = version_shown(request)
    try:
        done = take(request.actor, application, step=step, version=version, given=given)
    except AlreadyTaken as again:
        messages.info(request, again.says.in_(request.lang))
        return redirect(_onward(request, application))
    except NotAllowed:
        raise
    except DossierError as error:
        problems = {p.place.rsplit(" · ", 1)[-1]: p.says for p in error.problems}
        return _page(request, application, wanted, typed=typed, problems=problems, status=422)
    except Refused as refusal:
        application = application_at(application.number)
        return _page(request, application, wanted, typed=typed, refused=refusal.says, status=409)
    label = Label(
        f"已完成「{wanted.label.zh}」。{turn_words(done).says.zh}",
        f"Done: {wanted.label.en}. {turn_words(done).says.en}",
    )
    messages.success(request, label.in_(request.lang))
    return redirect(_onward(request, application))


def _points(request: HttpRequest) -> tuple[PointTold, ...]:
    return tuple(
        PointTold(
            request.POST.get(f"says-{n}", ""),
            request.POST.get(f"clause-{n}", ""),
            request.POST.get(f"fact-{n}", ""),
        )
        for n in range(_POINTS)
        if request.POST.get(f"says-{n}", "").strip()
    )


def _onward(request: HttpRequest, application: Application) -> str:
    onward = request.POST.get("next", "")
    if onward and url_has_allowed_host_and_scheme(onward, allowed_hosts={request.get_host()}):
        return onward
    return f"/applications/{application.number}/"


def _page(
    request: HttpRequest,
    application: Application,
    step: Transition,
    *,
    typed: dict[str, Any] | None = None,
    problems: dict[str, Label] | None = None,
    refused: Label | None = None,
    status: int = 200,
) -> HttpResponse:
    inquiry = Inquiry(application, clock.today())
    found = standing(inquiry, step, request.actor)
    regulation, procedure, leaves = inquiry.regulation, inquiry.procedure, found.leaves
    returns = declared.returns(procedure, step)
    context = {
        "application": application,
        "inquiry": inquiry,
        "regulation": regulation,
        "procedure": procedure,
        "found": found,
        "turn": turn_words(application),
        "target": procedure.state(step.leads_from(application.state)),
        "here": application.state in step.source,
        "asked": _fields(leaves.asked, leaves, typed, problems) if leaves else [],
        "others": _fields(leaves.others, leaves, typed, problems) if leaves else [],
        "on_file": _on_file(application, found),
        "chosen": request.POST.getlist("options"),
        "returns": returns,
        "points": _points_shown(request, application) if returns else [],
        "records": _records_named(inquiry) if returns else [],
        "clauses": list(regulation.clauses.values()),
        "remark": request.POST.get("remark", ""),
        "next": request.POST.get("next") or request.GET.get("next", ""),
        "refused": refused,
        "problems": problems,
    }
    return render(request, "applications/step.html", context, status=status)


def _fields(attributes: Any, leaves: Any, typed: Any, problems: Any) -> list[Any]:
    return fields_of(attributes, leaves.defaults, typed or {}, problems or {})


def _on_file(application: Application, found: StepStanding) -> list[Record]:
    """Records that the party has already, of the kind that the step leaves."""
    if found.leaves is None or not found.leaves.may_be_on_file or not found.mine:
        return []
    records = Record.objects.filter(
        person=application.person, kind=found.leaves.kind.name, removed=None
    )
    return list(records.order_by("-happens")[:_RECORDS])


def _records_named(inquiry: Inquiry) -> list[tuple[str, Label]]:
    """Facts that a point may be about: those that were questioned first, then the latest."""
    found = latest_findings(inquiry.application)
    names = [*found, *(fact.id for fact in inquiry.dossier.facts[::-1] if fact.id != FILE)]
    return [(one, fact_called(one, inquiry.dossier)) for one in dict.fromkeys(names)][:_RECORDS]


def _points_shown(request: HttpRequest, application: Application) -> list[dict[str, Any]]:
    """What was typed; to begin with, what reviewers questioned or rejected."""
    names = ("says", "clause", "fact")
    if request.method == "POST":
        return [
            {"n": n, **{name: request.POST.get(f"{name}-{n}", "") for name in names}}
            for n in range(_POINTS)
        ]
    open_to = (Finding.Verdict.QUESTIONED, Finding.Verdict.REJECTED)
    found = [one for one in latest_findings(application).values() if one.verdict in open_to]
    given = [{"says": f.reason, "clause": f.clause, "fact": f.fact} for f in found]
    empty = dict.fromkeys(names, "")
    shown = [*given, *[empty] * max(3, 6 - len(given))][:_POINTS]
    return [{"n": n, **point} for n, point in enumerate(shown)]
