"""Records confirmed from outside: asking, following up, and the page that a link opens."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from tiaoli.facts.dates import both
from tiaoli.facts.kinds import Label
from tiaoli.platform import clock
from tiaoli.platform.audit.actions import Refused
from tiaoli.platform.portfolio import attesting
from tiaoli.platform.portfolio.models import Attestation, Record, Tier
from tiaoli.platform.portfolio.wording import said
from tiaoli.platform.web.guard import a_person, anyone, page
from tiaoli.platform.web.portfolio.guards import my_attestation
from tiaoli.platform.web.portfolio.limits import at_most
from tiaoli.platform.web.portfolio.lists import filtered, kind_counts
from tiaoli.platform.web.portfolio.told import page_of, row, rows, tell


def _link() -> str:
    path = reverse("portfolio_attest", kwargs={"token": "TOKEN"})
    return f"{settings.PUBLIC_URL}{path}".replace("TOKEN", "{token}")


@require_GET
@page(a_person)
def attestations(request: HttpRequest) -> HttpResponse:
    """Whom I have asked, and what they said."""
    mine = request.user.person.attestations.prefetch_related("says", "records").order_by("-pk")
    shown = page_of(request, mine, 10)
    listed = [_listed(attestation, request.lang) for attestation in shown]
    return render(request, "portfolio/attestations.html", {"page": shown, "listed": listed})


def _listed(attestation: Attestation, lang: str) -> dict[str, Any]:
    standing = attesting.standing_of(attestation)
    answers = {one.record_id: one for one in attestation.says.all()}
    records = [
        {"row": row(record), "answer": answers.get(record.pk)}
        for record in attestation.records.all()
    ]
    return {
        "attestation": attestation,
        "standing": standing,
        "until": both(attestation.expires.astimezone(clock.TAIPEI).date(), lang),
        "records": records,
        "may_send": standing in (attesting.Standing.OPEN, attesting.Standing.EXPIRED),
    }


@page(a_person)
def ask(request: HttpRequest) -> HttpResponse:
    """Choose records, name the supervisor."""
    person, refusal = request.user.person, None
    chosen = {int(pk) for pk in request.POST.getlist("record") if pk.isdecimal()}
    if request.method == "POST":
        try:
            attesting.ask(
                request.actor,
                person,
                records=chosen,
                supervisor=request.POST.get("supervisor", ""),
                email=request.POST.get("email", ""),
                message=request.POST.get("message", ""),
                link=_link(),
            )
        except Refused as error:
            refusal = error.says
        else:
            tell(request, Label("邀請已寄出。", "The request was sent."))
            return redirect("portfolio_attestations")
    elif (only := request.GET.get("record", "")).isdecimal():
        chosen = {int(only)}
    open_records = person.records.exclude(tier=Tier.VERIFIED)
    shown = page_of(request, filtered(open_records, request), 50)
    others = person.records.filter(pk__in=chosen - {r.pk for r in shown}, removed=None)
    context = {
        "page": shown,
        "rows": rows([*others[: attesting.MOST_RECORDS], *shown]),
        "chosen": chosen,
        "kinds": kind_counts(person),
        "filter": request.GET,
        "typed": request.POST,
        "refusal": refusal,
    }
    status = 422 if refusal is not None else 200
    return render(request, "portfolio/ask.html", context, status=status)


@require_POST
@page(a_person, my_attestation)
def send_again(request: HttpRequest, attestation: int) -> HttpResponse:
    """A new link to the same supervisor."""
    attesting.send_again(
        request.actor, get_object_or_404(Attestation, pk=attestation), link=_link()
    )
    tell(request, Label("已重寄，舊連結失效。", "Sent again; the old link no longer works."))
    return redirect("portfolio_attestations")


@require_POST
@page(a_person, my_attestation)
def withdraw(request: HttpRequest, attestation: int) -> HttpResponse:
    """The link opens nothing any more."""
    attesting.withdraw(request.actor, get_object_or_404(Attestation, pk=attestation))
    tell(request, Label("邀請已撤回。", "The request is withdrawn."))
    return redirect("portfolio_attestations")


@never_cache
@at_most(60, seconds=600, name="attest")
@page(anyone)
def attest(request: HttpRequest, token: str) -> HttpResponse:
    """What the link opens: records to confirm or not, without an account."""
    found = attesting.by_token(token)
    if found.attestation is None or found.standing != attesting.Standing.OPEN:
        return _closed(request, found)
    attestation, refusal = found.attestation, None
    if request.method == "POST":
        try:
            attesting.answer(
                attesting.outside(request.POST.get("name", "")),
                attestation,
                says=_said(request, attestation),
                name=request.POST.get("name", ""),
                role=request.POST.get("role", ""),
                is_me="is_me" in request.POST,
            )
        except Refused as error:
            now = attesting.by_token(token)
            if now.standing != attesting.Standing.OPEN:  # another was quicker, a moment ago
                return _closed(request, now)
            refusal = error.says
        else:
            return render(request, "portfolio/attest_closed.html", {"thanks": True})
    records = attestation.records.filter(removed=None).order_by("happens", "pk")
    context = {
        "attestation": attestation,
        "records": [_shown(request, record) for record in records],
        "typed": request.POST,
        "refusal": refusal,
    }
    response = render(request, "portfolio/attest.html", context, status=422 if refusal else 200)
    response["X-Robots-Tag"] = "noindex"
    return response


def _closed(request: HttpRequest, found: attesting.Found) -> HttpResponse:
    """Why a link opens nothing any more, and what to do; what was sent with it is not kept."""
    context = {
        "says": attesting.words_of(found.standing),
        "used": found.standing == attesting.Standing.ANSWERED,
        "attestation": found.attestation,
        "late": request.method == "POST",
    }
    status = 404 if found.standing == attesting.Standing.UNKNOWN else 410
    response = render(request, "portfolio/attest_closed.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response


def _shown(request: HttpRequest, record: Record) -> dict[str, Any]:
    return {
        "row": row(record),
        "said": said(record),
        "answer": request.POST.get(f"confirm-{record.pk}", ""),
        "remark": request.POST.get(f"remark-{record.pk}", ""),
    }


def _said(request: HttpRequest, attestation: Attestation) -> dict[int, tuple[int, bool, str]]:
    says = {}
    for pk in attestation.records.values_list("pk", flat=True):
        answer = request.POST.get(f"confirm-{pk}")
        version = request.POST.get(f"version-{pk}", "")
        if answer in ("yes", "no") and version.isdecimal() and len(version) < 9:
            says[pk] = (int(version), answer == "yes", request.POST.get(f"remark-{pk}", ""))
    return says
