"""The register of whoever issues: found, filtered, exported, changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from tiaoli.facts.kinds import Label
from tiaoli.platform import clock
from tiaoli.platform.audit.actions import Actor, OutOfDate, Refused
from tiaoli.platform.certificates.actions import (
    DESK,
    PRINTED,
    Change,
    keep_setting,
    may_manage,
    may_revoke,
    reinstate,
    replace,
    revoke,
    suspend,
)
from tiaoli.platform.certificates.models import Certificate, Issuer
from tiaoli.platform.certificates.standing import Standing, standing_on, with_standing
from tiaoli.platform.certificates.words import kind_label
from tiaoli.platform.people.models import Post
from tiaoli.platform.web.certificates.exports import table
from tiaoli.platform.web.certificates.forms import ChangeForm, IssuerForm
from tiaoli.platform.web.certificates.shown import worded
from tiaoli.platform.web.fees.fields import posted, said
from tiaoli.platform.web.fees.shown import paged, regulation_of
from tiaoli.platform.web.guard import page, seated

SEES: Final = (*DESK, Post.CHAIR, Post.AUDITOR, Post.ADMINISTRATOR)
_DONE = Label("已登錄。", "Recorded.")


@dataclass(frozen=True, slots=True)
class Act:
    """A change that may be made; ``known`` are the standings that it is made from."""

    id: str
    label: Label
    icon: str
    known: tuple[Standing, ...]
    allowed: Callable[[Actor, Certificate], Label | None]
    explains: Label


ACTS: Final = (
    Act(
        "suspend", Label("停止效力", "Suspend"), "clock", (Standing.VALID,), may_manage,
        Label("自該日起無效，可以恢復。", "It does not hold from that day on, until reinstated."),
    ),
    Act(
        "reinstate", Label("恢復效力", "Reinstate"), "refresh", (Standing.SUSPENDED,), may_manage,
        Label("自該日起再度有效。", "It holds again from that day on."),
    ),
    Act(
        "replace", Label("換發", "Replace"), "files", (Standing.VALID,), may_manage,
        Label(
            "以現在的姓名另發一張同內容、同期限的證明，取代這一張。",
            "Another certificate of the same content and term, in the name of today, "
            "takes its place.",
        ),
    ),
    Act(
        "revoke", Label("撤銷或廢止", "Revoke"), "ban",
        (Standing.VALID, Standing.SUSPENDED, Standing.EXPIRED), may_revoke,
        Label("自該日起無效，不能恢復。", "It does not hold from that day on, for good."),
    ),
)  # fmt: skip


def sees_certificate(actor: Actor, pk: int, **_: Any) -> Label | None:
    """The desk, the chair, the auditor and the administrator of the issuer."""
    seated_there = actor.organisation is not None and actor.role in SEES
    if seated_there and Certificate.objects.filter(pk=pk, issuer=actor.organisation).exists():
        return None
    return Label("只有發證單位可以看這一頁。", "Only the issuer sees this page.")


@page(seated(*SEES))
def register(request: HttpRequest) -> HttpResponse:
    """What the organisation has issued."""
    rows, asked = _found(request)
    context = {
        "certificates": worded(paged(request, rows.select_related("replaced_by"), 50)),
        "asked": asked,
        "standings": list(Standing),
    }
    return render(request, "certificates/register.html", context)


def _found(request: HttpRequest) -> tuple[QuerySet, dict[str, str]]:
    asked = {name: request.GET.get(name, "").strip() for name in ("standing", "q")}
    rows = Certificate.objects.filter(issuer=request.actor.organisation)
    if asked["q"]:
        number = asked["q"].upper()
        rows = rows.filter(Q(number__startswith=number) | Q(name=asked["q"]))
    rows = with_standing(rows, clock.today()).order_by("-issued", "-pk")
    if asked["standing"] in list(Standing):
        rows = rows.filter(standing=asked["standing"])
    return rows, asked


@page(seated(*SEES))
def export_register(request: HttpRequest, form: str) -> HttpResponse:
    """The rows that are shown, as CSV or XLSX."""
    rows, _ = _found(request)
    header = [
        "字號 number", "姓名 name", "證明 certificate", "內容 scope", "發證日 issued",
        "生效日 first", "末日 last", "狀態 status", "法規 regulation",
    ]  # fmt: skip
    return table(form, "register", header, _lines(rows))


def _lines(rows: QuerySet) -> Iterator[list[str]]:
    for one in rows.iterator(1_000):
        yield [
            one.number,
            one.name,
            kind_label(one.kind).zh,
            "；".join(f"{s['label']['zh']} {s['value']['zh']}" for s in one.scope),
            one.issued.isoformat(),
            one.first.isoformat(),
            "" if one.last is None else one.last.isoformat(),
            Standing.of(one.standing).label.zh,
            one.regulation,
        ]


@page(sees_certificate)
def managed(request: HttpRequest, pk: int) -> HttpResponse:
    """One certificate with its decision, its history, its copies, and what can be done with it."""
    found = _certificate(pk)
    standing = standing_on(found, clock.today())
    changes = list(found.changes.select_related("decided_by"))
    for change in changes:
        change.words = Certificate.Status.of(change.status).label
    context = {
        "one": found,
        "title": kind_label(found.kind),
        "standing": standing,
        "prints": standing in PRINTED,
        "changes": changes,
        "copies": found.copies.select_related("made_by").order_by("number"),
        "acts": [(act, _why_not(request.actor, found, act, standing)) for act in ACTS],
        "replaces": Certificate.objects.filter(replaced_by=found).first(),
    }
    return render(request, "certificates/managed.html", context)


def _why_not(actor: Actor, certificate: Certificate, act: Act, standing: Standing) -> Label | None:
    if standing not in act.known:
        return Label(
            f"目前是「{standing.label.zh}」，不能{act.label.zh}。",
            f"It is {standing.label.en}: not possible now.",
        )
    return act.allowed(actor, certificate)


def changes_certificate(actor: Actor, pk: int, act: str, **_: Any) -> Label | None:
    """Whoever may decide on this change: the desk, the chair, or the chair alone."""
    return _act(act).allowed(actor, _certificate(pk))


@page(sees_certificate, changes_certificate)
def change(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Decide on a change: from which day on, why, by which clause."""
    found, chosen = _certificate(pk), _act(act)
    regulation = regulation_of(found.regulation)
    clauses = {} if regulation is None else regulation.clauses
    form = ChangeForm(
        posted(request),
        lang=request.lang,
        clauses=clauses,
        dated=act != "replace",
        initial={"first": clock.today().isoformat(), "seen": found.changes.count()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = _take(request.actor, found, act, form.cleaned_data)
        except OutOfDate:
            raise
        except Refused as refusal:
            form.add_error(None, said(refusal.says, request.lang))
        else:
            messages.success(request, said(_DONE, request.lang))
            return redirect("managed_certificate", pk=made.pk)
    context = {"one": found, "act": chosen, "form": form, "clauses": list(clauses.values())}
    return render(request, "certificates/change.html", context, status=422 if form.errors else 200)


def _take(by: Actor, found: Certificate, act: str, given: dict[str, Any]) -> Certificate:
    reason, clause, seen = given["reason"], given["clause"], given["seen"]
    if act == "replace":
        return replace(by, found, reason=reason, clause=clause, seen=seen)
    take = {"suspend": suspend, "reinstate": reinstate, "revoke": revoke}[act]
    return take(by, found, Change(given["first"], reason, clause, seen))


@page(seated(*DESK, Post.ADMINISTRATOR))
def settings_of_issuer(request: HttpRequest) -> HttpResponse:
    """The prefix of numbers, and whether there is a public register."""
    organisation = request.actor.organisation
    there = Issuer.objects.filter(organisation=organisation).first()
    initial = {} if there is None else {
        "prefix": there.prefix, "public_register": there.public_register
    }  # fmt: skip
    form = IssuerForm(posted(request), lang=request.lang, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            keep_setting(request.actor, organisation, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("prefix", said(refusal.says, request.lang))
        else:
            messages.success(request, said(_DONE, request.lang))
            return redirect("register_settings")
    context = {"form": form, "setting": there}
    return render(
        request, "certificates/settings.html", context, status=422 if form.errors else 200
    )


def _act(id: str) -> Act:
    return next(act for act in ACTS if act.id == id)


def _certificate(pk: int) -> Certificate:
    rows = Certificate.objects.select_related("issuer", "person", "replaced_by", "record")
    return get_object_or_404(rows, pk=pk)
