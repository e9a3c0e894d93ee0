"""Public pages of every regulation."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tiaoli.answers import ask
from tiaoli.platform import clock
from tiaoli.platform.people.readings import may_choose
from tiaoli.platform.people.seats import readings_of, runs
from tiaoli.platform.web.answers import Links, chip, clause_address, show
from tiaoli.platform.web.guard import anyone, page
from tiaoli.platform.web.rules import clauses, keys
from tiaoli.platform.web.rules.deciding import mandate_held
from tiaoli.platform.web.rules.procedures import procedures_of
from tiaoli.platform.web.standing.asked import regulation_called
from tiaoli.regulations import catalogue
from tiaoli.rules import Regulation
from tiaoli.rules.outcomes import outcome_label
from tiaoli.rules.regulation import Place

_CASES_A_PAGE = 30


@require_safe
@page(anyone)
def every_regulation(request: HttpRequest) -> HttpResponse:
    """All regulations there are."""
    regulations = [catalogue.find(one) for one in catalogue.ids()]
    return render(request, "rules/every.html", {"regulations": regulations})


@require_safe
@page(anyone)
def regulation_page(request: HttpRequest, regulation: str) -> HttpResponse:
    """One regulation: what it is, its editions, what became of its clauses, what is known of it."""
    found = regulation_called(regulation)
    today = clock.today()
    coverage = found.coverage()
    told = {
        "coverage": [(place.label, len(coverage.get(place, ()))) for place in Place],
        "edition": found.edition_on(today),
        "organisation": runs(found.id, today),
        "chosen": len(readings_of(found.id, today)),
        "cases": len(clauses.cases_of(found.id)),
    }
    return _render(request, found, "about", told)


@require_safe
@page(anyone)
def clauses_page(request: HttpRequest, regulation: str) -> HttpResponse:
    """Every clause in the order of the text; ``?q=`` finds words in them."""
    found = regulation_called(regulation)
    words = request.GET.get("q", "")[:200]
    told = {"clauses": clauses.found_by(found, words), "q": words}
    return _render(request, found, "clauses", told)


@require_safe
@page(anyone)
def keys_page(request: HttpRequest, regulation: str) -> HttpResponse:
    """Where the text is open: readings, defaults and why, and what was chosen."""
    found = regulation_called(regulation)
    words = request.GET.get("q", "")[:200]
    told = keys.keys_of(found, clock.today())
    shown = keys.found_by(told.keys, words)
    only_chosen = request.GET.get("show") == "chosen"
    if only_chosen:
        shown = [one for one in shown if one.choices]
    mandate = mandate_held(found.id)
    actor = request.actor
    page_told = {
        "keys": shown,
        "organisation": told.organisation,
        "gone": told.gone,
        "q": words,
        "only_chosen": only_chosen,
        "may_choose": mandate is not None and may_choose(actor, mandate) is None,
    }
    return _render(request, found, "keys", page_told)


@require_safe
@page(anyone)
def questions_page(request: HttpRequest, regulation: str) -> HttpResponse:
    """What can be asked, and with which words it is answered."""
    found = regulation_called(regulation)
    told = {
        "questions": [
            (one, [outcome_label(word) for word in one.outcomes])
            for one in found.questions.values()
        ]
    }
    return _render(request, found, "questions", told)


@require_safe
@page(anyone)
def procedures_page(request: HttpRequest, regulation: str) -> HttpResponse:
    """The procedures: states, steps, who takes them, on what conditions."""
    found = regulation_called(regulation)
    told = {"procedures": procedures_of(found), "clause_url": clause_address(found.id)("")}
    return _render(request, found, "procedures", told)


@require_safe
@page(anyone)
def cases_page(request: HttpRequest, regulation: str) -> HttpResponse:
    """The worked cases, a page at a time."""
    found = regulation_called(regulation)
    words = request.GET.get("q", "")[:200]
    wanted = words.casefold().split()
    chosen = [
        one
        for one in clauses.cases_of(found.id)
        if clauses.has_all(
            (one.id, one.question, one.says.zh, one.says.en, *one.expected.decided_by), wanted
        )
    ]
    some = Paginator(chosen, _CASES_A_PAGE).get_page(request.GET.get("page"))
    rows = [
        (one, asked, chip(one.expected.outcome, asked.goal))
        for one, asked in ((one, found.question(one.question)) for one in some)
    ]
    return _render(request, found, "cases", {"rows": rows, "page": some, "q": words})


@require_safe
@page(anyone)
def case_page(request: HttpRequest, regulation: str, case: str) -> HttpResponse:
    """One worked case, asked here and now: what is expected, and our answer."""
    found = regulation_called(regulation)
    one = next((other for other in clauses.cases_of(found.id) if other.id == case), None)
    if one is None:
        raise Http404(case)
    answer = ask(
        found, one.question, one.dossier, on=one.on, readings=one.readings, about=one.about
    )
    told = {
        "case": one,
        "expected": chip(one.expected.outcome, found.question(one.question).goal),
        "agrees": answer.outcome == one.expected.outcome,
        "answer": show(answer, found, one.dossier, Links(clause=clause_address(found.id))),
        "readings": [(key, found.interpretation(key).label(r)) for key, r in one.readings.items()],
    }
    return _render(request, found, "case", told)


def _render(
    request: HttpRequest, found: Regulation, tab: str, told: dict[str, Any]
) -> HttpResponse:
    mandate = mandate_held(found.id)
    actor = request.actor
    context = {
        "regulation": found,
        "tab": tab,
        "compares": mandate is not None and may_choose(actor, mandate) is None,
        **told,
    }
    return render(request, f"rules/{tab}.html", context)
