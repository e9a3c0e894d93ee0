"""For the rule maker of the organisation that runs a regulation: choose a reading."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tiaoli.facts.kinds import Label
from tiaoli.platform import clock
from tiaoli.platform.audit.actions import Actor, NotAllowed, Refused
from tiaoli.platform.people.models import Interpretation, Mandate
from tiaoli.platform.people.readings import (
    choose_reading,
    history,
    last_choice,
    mandate_of,
    may_choose,
)
from tiaoli.platform.web.guard import page
from tiaoli.platform.web.rules import keys
from tiaoli.platform.web.standing.asked import regulation_called
from tiaoli.platform.web.standing.own import day_asked


def mandate_held(regulation: str) -> Mandate | None:
    """By which an organisation runs the regulation today."""
    return mandate_of(regulation, clock.today())


def its_rule_maker(actor: Actor, regulation: str, **address: Any) -> Label | None:
    """The rule maker of the organisation that runs the regulation of the address."""
    mandate = mandate_held(regulation)
    if mandate is None:
        return Label(
            "這部法規目前沒有登錄主辦單位，沒有人可以選擇讀法。",
            "No organisation is registered as running this regulation, so nobody may choose.",
        )
    return may_choose(actor, mandate)


@page(its_rule_maker)
def choose(request: HttpRequest, regulation: str, key: str) -> HttpResponse:
    """The form that chooses a reading of one key; its history stands below."""
    found = regulation_called(regulation)
    mandate = mandate_held(found.id)
    shown = next((k for k in keys.keys_of(found, clock.today()).keys if k.key.key == key), None)
    if shown is None or mandate is None:
        raise Http404(key)
    tried = {"reading": request.GET.get("reading", "")}
    told: dict[str, Any] = {"wrong": {}, "typed": tried, "refused": None}
    if request.method == "POST":
        typed = {name: request.POST.get(name, "") for name in ("reading", "on", "reason", "seen")}
        told["typed"] = typed
        told["wrong"], day = _faults(typed, shown)
        if not told["wrong"]:
            told["refused"] = _chosen(request, mandate, key, typed, day)
            if told["refused"] is None:
                return redirect(f"{reverse('rule_keys', args=[found.id])}#{key}")
    told |= {
        "regulation": found,
        "tab": "keys",
        "compares": True,
        "one": shown,
        "organisation": mandate.organisation,
        "seen": last_choice(mandate, key),
    }
    status = 409 if told["refused"] else 400 if told["wrong"] else 200
    return render(request, "rules/choose.html", told, status=status)


def _faults(typed: dict[str, str], shown: keys.KeyShown) -> tuple[dict[str, Label], Any]:
    """What is wrong with each field, and the day that was typed."""
    wrong: dict[str, Label] = {}
    day, not_a_day = day_asked(typed["on"])
    if not_a_day is not None:
        wrong["on"] = not_a_day
    if typed["reading"] not in shown.key.option_names:
        wrong["reading"] = Label("請選一個讀法。", "Choose a reading.")
    if not typed["reason"].strip():
        wrong["reason"] = Label("請寫明理由；理由會公開。", "Give the reason; it is public.")
    return wrong, day


def _chosen(
    request: HttpRequest, mandate: Mandate, key: str, typed: dict[str, str], day: Any
) -> Label | None:
    """None where the choice stands, be it by a form that was sent twice; otherwise why not."""
    actor: Actor = request.actor
    seen = int(typed["seen"]) if typed["seen"].isdecimal() else 0
    try:
        made = choose_reading(
            actor, mandate, key=key, reading=typed["reading"], first=day,
            reason=typed["reason"], seen=seen,
        )  # fmt: skip
    except NotAllowed:
        raise
    except Refused as refusal:
        made = history(mandate.organisation_id, mandate.regulation).filter(key=key).first()
        if made is None or made.pk <= seen or not _same(made, actor, typed, day):
            return refusal.says
    says = Label("已選用，並公開於條文室。", "Chosen, and shown to the public in the rule room.")
    messages.success(request, says.in_(request.lang))
    return None


def _same(made: Interpretation, actor: Actor, typed: dict[str, str], day: Any) -> bool:
    told = (typed["reading"], day, typed["reason"].strip(), actor.account)
    return (made.reading, made.first, made.reason, made.chosen_by) == told
