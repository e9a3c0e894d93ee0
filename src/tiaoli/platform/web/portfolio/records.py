"""A person's own records: the list, one of them, adding, changing, taking out, files."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from tiaoli.facts import vocabulary
from tiaoli.facts.dates import both
from tiaoli.facts.kinds import Kind, Label
from tiaoli.facts.problems import DossierError
from tiaoli.platform import clock
from tiaoli.platform.audit.actions import Refused
from tiaoli.platform.portfolio import actions, evidence
from tiaoli.platform.portfolio.contents import TAKEN
from tiaoli.platform.portfolio.dossiers import referring
from tiaoli.platform.portfolio.history import history_of
from tiaoli.platform.portfolio.models import EvidenceFile, Record, Tier
from tiaoli.platform.portfolio.offer import chapters, offer
from tiaoli.platform.portfolio.permissions import fixed_because
from tiaoli.platform.portfolio.wording import kind_label, said
from tiaoli.platform.web.guard import a_person, page
from tiaoli.platform.web.portfolio import lists
from tiaoli.platform.web.portfolio.fields import (
    as_written,
    errors_of_whole,
    fields_of,
    filled_from,
    posted,
)
from tiaoli.platform.web.portfolio.guards import my_record, opens_file
from tiaoli.platform.web.portfolio.sending import sent
from tiaoli.platform.web.portfolio.told import number_in, page_of, row, rows, tell, warn


def kind_or_404(name: str) -> Kind:
    """The kind of an address, where a person may have records of it."""
    kind = vocabulary.KINDS.get(name)
    if kind is None or kind.subject:
        raise Http404
    return kind


@require_GET
@page(a_person)
def portfolio(request: HttpRequest) -> HttpResponse:
    """My records, filtered by kind, year and tier."""
    person = request.user.person
    shown = page_of(request, lists.filtered(person.records.all(), request))
    context = {
        "page": shown,
        "rows": rows(shown),
        "kinds": lists.kind_counts(person),
        "years": lists.years(person),
        "tiers": lists.tiers(),
        "chosen": request.GET,
        "chapters": chapters(),
        "any_out": person.records.filter(removed__isnull=False).exists(),
    }
    return render(request, "portfolio/portfolio.html", context)


@require_GET
@page(a_person)
def choose_kind(request: HttpRequest) -> HttpResponse:
    """Of which kind a record is to be added."""
    search = request.GET.get("q", "").strip()[:80]
    offered = offer(request.user.person, clock.today(), search)
    return render(request, "portfolio/choose_kind.html", {"offer": offered, "q": search})


@page(a_person)
def add(request: HttpRequest, kind: str) -> HttpResponse:
    """A form made from the kind."""
    declared, person = kind_or_404(kind), request.user.person
    if request.method != "POST":
        typed = {n: v for n, v in request.GET.items() if n in declared.attributes}
        return _form(request, declared, typed, entry=uuid.uuid4().hex)
    typed, entry = posted(declared, request.POST), request.POST.get("entry", "")[:40]
    try:
        made = actions.add(
            request.actor, person, kind=kind, values=as_written(declared, typed), entry=entry
        )
    except DossierError as error:
        return _form(request, declared, typed, error, entry=entry)
    says = Label("已新增。", "Added.")
    tell(request, says)
    if "again" in request.POST:
        return redirect("portfolio_add", kind=kind)
    return redirect("portfolio_record", record=made.pk)


def _form(
    request: HttpRequest,
    kind: Kind,
    typed: Any,
    error: DossierError | None = None,
    refusal: Refused | None = None,
    **more: Any,
) -> HttpResponse:
    problems = () if error is None else error.problems
    above = errors_of_whole(kind, problems) + ([] if refusal is None else [refusal.says])
    context = {
        "kind": kind,
        "fields": fields_of(kind, typed, problems, person=request.user.person),
        "errors": above,
        "wrong": bool(problems),
        "happens": kind.happens,
        "happens_words": _happens_words(kind, request.lang),
        **more,
    }
    status = 422 if problems else 409 if refusal is not None else 200
    return render(request, "portfolio/record_form.html", context, status=status)


@require_GET
@page(a_person, my_record)
def record(request: HttpRequest, record: int) -> HttpResponse:
    """One record, its files and its past."""
    found = _found(record)
    files = list(found.files.filter(removed=None).order_by("pk"))
    kept = found.person.files.filter(removed=None).exclude(pk__in=[f.pk for f in files])
    context = {
        "row": row(found),
        "record": found,
        "said": said(found),
        "files": files,
        "kept": kept.order_by("-pk")[:50],
        "history": history_of(found),
        "fixed": fixed_because(found),
        "removed_on": _day_of(found.removed, request.lang),
        "referring": rows(referring(found).order_by("pk")[:5]),
        "taken": TAKEN,
        "most": evidence.size_limit() // evidence.MEGABYTE,
    }
    return render(request, "portfolio/record.html", context)


@page(a_person, my_record)
def change(request: HttpRequest, record: int) -> HttpResponse:
    """The record in its form. What is lost by changing is said before it is saved."""
    found = _found(record)
    if (why_not := fixed_because(found)) is not None:
        raise Refused(why_not)
    kind = kind_or_404(found.kind)
    loses = actions.loses_verification(found) if found.tier == Tier.VERIFIED else None
    shown = {"record": found, "version": found.version, "loses": loses}
    if request.method != "POST":
        return _form(request, kind, filled_from(found.values, kind), **shown)
    typed = posted(kind, request.POST)
    shown["version"] = request.POST.get("version", "")
    try:
        actions.change(
            request.actor,
            found,
            version=number_in(request, "version"),
            values=as_written(kind, typed),
            gives_up_verification="gives_up" in request.POST,
        )
    except DossierError as error:
        return _form(request, kind, typed, error, **shown)
    except Refused as refusal:
        return _form(request, kind, typed, refusal=refusal, **shown)
    tell(request, Label("已儲存。", "Saved."))
    return redirect("portfolio_record", record=record)


@page(a_person, my_record)
def take_out(request: HttpRequest, record: int) -> HttpResponse:
    """Asked for a reason first; the record stays on file."""
    found = _found(record)
    refusal = fixed_because(found)
    if request.method == "POST":
        try:
            actions.take_out(
                request.actor,
                found,
                version=number_in(request, "version"),
                because=request.POST.get("because", ""),
            )
        except Refused as error:
            refusal = error.says
        else:
            tell(request, Label("已移除；紀錄與原因仍留存。", "Taken out; it stays on file."))
            return redirect("portfolio")
    context = {
        "row": row(found),
        "record": found,
        "refusal": refusal,
        "because": request.POST.get("because", ""),
        "verified": found.tier == Tier.VERIFIED,
    }
    status = 409 if refusal is not None else 200
    return render(request, "portfolio/take_out.html", context, status=status)


@require_POST
@page(a_person, my_record)
def attach(request: HttpRequest, record: int) -> HttpResponse:
    """One or several files, or one that is kept already."""
    found = _found(record)
    chosen = request.POST.get("kept", "")
    if not request.FILES and not chosen:
        warn(request, Label("請先選擇檔案。", "Choose a file first."))
    try:
        if chosen.isdecimal():
            file = get_object_or_404(EvidenceFile, pk=int(chosen), person=found.person)
            evidence.attach_kept(request.actor, found, file=file)
            tell(request, Label(f"已附上「{file.name}」。", f'"{file.name}" is attached.'))
        for upload in request.FILES.getlist("file"):
            raw = evidence.read_upload(upload)
            file = evidence.attach(request.actor, found, name=upload.name, raw=raw)
            tell(request, Label(f"已附上「{file.name}」。", f'"{file.name}" is attached.'))
    except Refused as refusal:
        warn(request, refusal.says)
    return redirect("portfolio_record", record=record)


@require_POST
@page(a_person, my_record)
def detach(request: HttpRequest, record: int, file: int) -> HttpResponse:
    """The file no longer shows this record."""
    found = _found(record)
    kept = get_object_or_404(EvidenceFile, pk=file, person=found.person)
    evidence.detach(request.actor, found, file=kept)
    tell(request, Label(f"已取下「{kept.name}」。", f'"{kept.name}" is detached.'))
    return redirect("portfolio_record", record=record)


@require_GET
@page(opens_file)
def open_file(request: HttpRequest, file: int) -> HttpResponse:
    """The file, as an attachment."""
    return sent(get_object_or_404(EvidenceFile, pk=file))


@require_POST
@page(a_person)
def incomplete(request: HttpRequest) -> HttpResponse:
    """Whether I have listed all my records of a kind."""
    kind = kind_or_404(request.POST.get("kind", ""))
    says_so = request.POST.get("incomplete") == "1"
    actions.say_incomplete(request.actor, request.user.person, kind=kind.name, incomplete=says_so)
    label = kind_label(kind.name)
    told = (
        Label(f"已註明「{label.zh}」尚未列全。", f'Noted: "{label.en}" is not listed in full.')
        if says_so
        else Label(f"已註明「{label.zh}」已列全。", f'Noted: "{label.en}" is listed in full.')
    )
    tell(request, told)
    return redirect("portfolio")


def _found(record: int) -> Record:
    return get_object_or_404(Record.objects.select_related("person", "verified_by"), pk=record)


def _happens_words(kind: Kind, lang: str) -> str:
    return "" if kind.happens is None else kind.attributes[kind.happens].label.in_(lang)


def _day_of(moment: datetime.datetime | None, lang: str) -> str:
    return "" if moment is None else both(moment.astimezone(clock.TAIPEI).date(), lang)
