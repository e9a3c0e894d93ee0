"""For the rule maker: what to compare over everybody concerned, and what came of it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from tiaoli.platform.people.models import Mandate
from tiaoli.platform.portfolio.models import Comparison
from tiaoli.platform.portfolio.tasks import ask_for_comparison
from tiaoli.platform.web.guard import page
from tiaoli.platform.web.people.paging import page_of
from tiaoli.platform.web.rules.comparing import (
    asked_shown,
    left_out_shown,
    turns_shown,
    waterfalls_shown,
)
from tiaoli.platform.web.rules.deciding import its_rule_maker, mandate_held
from tiaoli.platform.web.rules.trying import comparable, trial_of
from tiaoli.platform.web.standing.asked import regulation_called


def _held(regulation: str) -> Mandate:
    mandate = mandate_held(regulation)
    if mandate is None:  # it has ended since the guard looked
        raise Http404(regulation)
    return mandate


def _kept(mandate: Mandate) -> QuerySet[Comparison]:
    """Those of the organisation, over this regulation."""
    return Comparison.objects.filter(
        organisation=mandate.organisation_id, regulation=mandate.regulation
    ).select_related("asked_by")


@require_http_methods(["GET", "HEAD", "POST"])
@page(its_rule_maker)
def compare_page(request: HttpRequest, regulation: str) -> HttpResponse:
    """
    What to compare, and what was compared before. Nothing is decided by it. The form sent without
    its button asks for nothing: it is shown again, with what there is to choose for the question.
    """
    found, mandate = regulation_called(regulation), _held(regulation)
    told = request.POST if request.method == "POST" else request.GET
    trial, refused = trial_of(found, told), None
    if request.method == "POST" and trial is not None:
        if told.get("do") != "compare":
            return redirect(f"{request.path}?{_carried(told)}")
        refused = trial.refused()
        if refused is None:
            made = ask_for_comparison(request.actor, mandate, trial.asked())
            return redirect("rule_comparison", regulation=found.id, pk=made.pk)
    shown = page_of(request, _kept(mandate).defer("found").order_by("-pk"))
    context = {
        "regulation": found,
        "tab": "compare",
        "compares": True,
        "trial": trial,
        "questions": comparable(found),
        "refused": refused,
        "earlier": shown,
        "rows": [(one, asked_shown(found, one), _state(one)) for one in shown],
    }
    return render(request, "rules/compare.html", context, status=422 if refused else 200)


def _carried(told: QueryDict) -> str:
    """What was chosen in the form, to be carried along in an address."""
    names = ("question", "on", "reading", "parameter", "value")
    return urlencode({name: told[name] for name in names if told.get(name)})


def _state(one: Comparison) -> Comparison.State:
    return Comparison.State.of(one.state)


@require_safe
@page(its_rule_maker)
def comparison_page(request: HttpRequest, regulation: str, pk: int) -> HttpResponse:
    """One comparison: on its way since when, what came of it, or why nothing did."""
    found, mandate = regulation_called(regulation), _held(regulation)
    one = get_object_or_404(_kept(mandate), pk=pk)
    made = one.state == Comparison.State.MADE
    context = {
        "regulation": found,
        "tab": "compare",
        "compares": True,
        "one": one,
        "asked": asked_shown(found, one),
        "state": _state(one),
        "found": one.found,
        "left_out": left_out_shown(one) if made else (),
        "turns": turns_shown(found, one) if made else (),
        "waterfalls": waterfalls_shown(one, request.lang) if made else (),
    }
    return render(request, "rules/comparison.html", context)
