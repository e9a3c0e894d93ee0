"""A person's own standing: the overview, a question explained, its plan, and what if."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from tiaoli.answers import Detail
from tiaoli.answers.course import changes
from tiaoli.answers.plan import plans
from tiaoli.facts.kinds import Label
from tiaoli.facts.vocabulary import KINDS
from tiaoli.platform.people.following import follow
from tiaoli.platform.portfolio.concern import concerns_of, goals, other_questions
from tiaoli.platform.portfolio.dossiers import dossier_of
from tiaoli.platform.web.guard import a_person, page
from tiaoli.platform.web.standing import supposing
from tiaoli.platform.web.standing.asked import Asked, asked_on, regulation_called
from tiaoli.platform.web.standing.course import course_shown, plans_shown
from tiaoli.platform.web.standing.overview import cards
from tiaoli.platform.web.standing.own import asking, day_asked


@require_safe
@page(a_person)
def overview(request: HttpRequest) -> HttpResponse:
    """Every regulation that concerns the person, in a sentence and a status in words."""
    person = request.actor.account.person
    typed = request.GET.get("on", "")
    day, wrong = day_asked(typed)
    found = concerns_of(person, day)
    told = {
        "cards": list(cards(found.own, dossier_of(person), day)),
        "perhaps": found.perhaps,
        "others": found.others,
        "day": day,
        "typed": typed,
        "wrong": wrong,
    }
    return render(request, "standing/overview.html", told)


@require_POST
@page(a_person)
def choose_to_follow(request: HttpRequest) -> HttpResponse:
    """Show a regulation among one's own, or not any more."""
    regulation = regulation_called(request.POST.get("regulation", ""))
    wanted = request.POST.get("wanted") == "yes"
    actor = request.actor
    follow(actor, actor.account.person, regulation=regulation.id, wanted=wanted)
    title = regulation.title
    says = Label(f"不再顯示「{title.zh}」。", f"No longer shown: {title.en}.")
    if wanted:
        says = Label(f"已加入「{title.zh}」。", f"Added: {title.en}.")
    messages.success(request, says.in_(request.lang))
    return redirect("standing")


@require_safe
@page(a_person)
def regulation_page(request: HttpRequest, regulation: str) -> HttpResponse:
    """All that can be asked about a person under one regulation."""
    found = regulation_called(regulation)
    person = request.actor.account.person
    day, wrong = day_asked(request.GET.get("on", ""))
    (card,) = cards([found], dossier_of(person), day)
    told = {
        "regulation": found,
        "card": card,
        "others": other_questions(found),
        "goals": goals(found),
        "under": asking(found.id, day),
        "day": day,
        "wrong": wrong,
    }
    return render(request, "standing/regulation.html", told)


@require_safe
@page(a_person)
def question_page(request: HttpRequest, regulation: str, question: str) -> HttpResponse:
    """The answer explained, with its course over time."""
    asked = asked_on(request, regulation, question)
    answer = asked.answer()
    told: dict[str, Any] = {"answer": None if answer is None else asked.shown(answer)}
    if answer is not None and asked.question.goal is not None:
        found = changes(
            asked.regulation,
            asked.question.id,
            asked.dossier,
            readings=asked.readings,
            about=asked.about,
        )
        told["course"] = course_shown(
            found, asked.question.goal, asked.day, asked.dossier, asked.links
        )
    return _render(request, asked, "question", told)


@require_safe
@page(a_person)
def plan_page(request: HttpRequest, regulation: str, question: str) -> HttpResponse:
    """The cheapest ways to the goal."""
    asked = asked_on(request, regulation, question)
    found = plans(
        asked.regulation,
        asked.question.id,
        asked.dossier,
        on=asked.day,
        readings=asked.readings,
        about=asked.about,
    )
    return _render(request, asked, "plan", {"plans": plans_shown(found, asked.day)})


@page(a_person)
def what_if(request: HttpRequest, regulation: str, question: str) -> HttpResponse:
    """Facts that are only supposed: what they would change. Nothing is saved."""
    asked = asked_on(request, regulation, question)
    kinds = supposing.kinds_to_add(asked.question)
    told = request.POST if request.method == "POST" else request.GET
    facts = supposing.read_all(request.POST.get("facts", ""))
    kind = KINDS.get(told.get("kind", ""))
    typed = {name: told.getlist(f"v-{name}") for name in (kind.attributes if kind else ())}
    wrong: dict[str, Label] = {}
    if "without" in request.POST:
        facts = [f for n, f in enumerate(facts, 1) if str(n) != request.POST["without"]]
    supposed, facts = supposing.supposing(asked.dossier, facts)
    if "add" in request.POST and kind is not None:
        one, wrong = supposing.read_one(kind, typed)
        if one is not None:
            with_it, kept = supposing.supposing(asked.dossier, [*facts, one])
            if len(kept) > len(facts):
                supposed, facts, kind, typed = with_it, kept, None, {}
            else:
                wrong[""] = supposing.CANNOT_STAND
    before, after = (asked.answer(one, Detail.REASONS) for one in (asked.dossier, supposed))
    page_told: dict[str, Any] = {
        "kinds": kinds,
        "kind": kind,
        "fields": supposing.fields_of(kind, typed, wrong) if kind else (),
        "wrong": wrong,
        "wrong_at_all": wrong.get(""),
        "facts": supposing.supposed_shown(facts, supposed),
        "written": supposing.written(facts),
    }
    if before is not None and after is not None:
        page_told["before"] = asked.shown(before)
        page_told["after"] = asked.shown(after, supposed)
        page_told["turned"] = supposing.clauses_turned(before, after, asked.links.clause)
    return _render(request, asked, "what_if", page_told)


def _render(request: HttpRequest, asked: Asked, tab: str, told: dict[str, Any]) -> HttpResponse:
    named = (asked.regulation.id, asked.question.id)
    tabs = [
        (name, label, reverse(address, args=named) + asked.query)
        for name, address, label in (
            ("question", "standing_question", Label("說明", "Explained")),
            ("plan", "standing_plan", Label("途徑", "Ways there")),
            ("what_if", "standing_what_if", Label("試算", "What if")),
        )
        if asked.question.goal is not None or name != "plan"
    ]
    context = {
        "asked": asked,
        "tab": tab,
        "tabs": tabs,
        "regulation": asked.regulation,
        "question": asked.question,
        **told,
    }
    return render(request, f"standing/{tab}.html", context)
