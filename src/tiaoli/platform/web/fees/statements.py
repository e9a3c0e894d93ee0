"""Giro statements: read, looked at, posted or discarded; lines settled by hand."""

from __future__ import annotations

from collections import Counter

from django.contrib import messages
from django.core.paginator import Page
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from tiaoli.facts.kinds import Label
from tiaoli.facts.problems import DossierError
from tiaoli.platform.audit.actions import Refused
from tiaoli.platform.fees.matching import fingerprint, matches
from tiaoli.platform.fees.models import Notice, Payment, Statement, StatementDraft
from tiaoli.platform.fees.posting import discard, is_open, lines_of, post, read_in, settle
from tiaoli.platform.fees.statements import normal_case
from tiaoli.platform.people.models import Post
from tiaoli.platform.web.fees.fields import posted, said
from tiaoli.platform.web.fees.forms import SettleForm, StatementForm
from tiaoli.platform.web.fees.guards import keeps_draft, keeps_payment, keeps_statement
from tiaoli.platform.web.fees.shown import paged
from tiaoli.platform.web.guard import page, refused, seated

_OPEN = Q(match__in=("wrong_amount", "unknown", "duplicate")) | Q(
    match="partial", notice__state=Notice.State.DUE
)
_POSTED = Label("已入帳。", "Posted.")
_DISCARDED = Label("已捨棄，沒有入帳。", "Discarded; nothing was posted.")
_SETTLED = Label("已處理。", "Settled.")


@page(seated(Post.TREASURER))
def statements(request: HttpRequest) -> HttpResponse:
    """Import a statement; those under way, and those that were posted."""
    organisation = request.actor.organisation
    form = StatementForm(posted(request), request.FILES or None, lang=request.lang)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            draft = read_in(request.actor, organisation, name=file.name, raw=file.read())
        except DossierError as error:
            for problem in error.problems[:5]:
                form.add_error("file", said(problem.says, request.lang))
        except Refused as refusal:
            form.add_error("file", said(refusal.says, request.lang))
        else:
            return redirect("statement_draft", pk=draft.pk)
    imported = Statement.objects.filter(organisation=organisation).select_related("imported_by")
    context = {
        "form": form,
        "drafts": StatementDraft.objects.filter(organisation=organisation).order_by("-made")[:20],
        "statements": paged(request, imported.order_by("-imported")),
        "open": _open_lines(request).count(),
    }
    return render(request, "fees/statements.html", context, status=422 if form.errors else 200)


@page(keeps_draft)
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """What posting it would do, line by line; nothing is posted yet."""
    found = get_object_or_404(StatementDraft, pk=pk)
    all_of_it = matches(found.organisation, lines_of(found))
    tally = Counter(one.match for one in all_of_it)
    context = {
        "draft": found,
        "tally": [(match, tally[match]) for match in Payment.Match if match != "settled"],
        "lines": paged(request, all_of_it, 100),
        "shown": fingerprint(all_of_it),
        "total": sum(one.line.amount for one in all_of_it),
        "paid": len({m.notice.pk for m in all_of_it if m.match == "exact" and m.notice}),
    }
    return render(request, "fees/draft.html", context)


@require_POST
@page(keeps_draft)
def post_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Post what was shown."""
    found = get_object_or_404(StatementDraft.objects.select_related("organisation"), pk=pk)
    made = post(request.actor, found, shown=request.POST.get("shown", ""))
    messages.success(request, said(_POSTED, request.lang))
    return redirect("statement", pk=made.pk)


@require_POST
@page(keeps_draft)
def discard_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a file that was not posted."""
    found = get_object_or_404(StatementDraft.objects.select_related("organisation"), pk=pk)
    discard(request.actor, found)
    messages.success(request, said(_DISCARDED, request.lang))
    return redirect("statements")


@page(keeps_statement)
def statement(request: HttpRequest, pk: int) -> HttpResponse:
    """A statement as it was posted."""
    found = get_object_or_404(Statement.objects.select_related("imported_by"), pk=pk)
    lines = found.payments.select_related("notice__payer", "settled_by").order_by("line")
    context = {"statement": found, "lines": _with_open(paged(request, lines, 100))}
    return render(request, "fees/statement.html", context)


@page(seated(Post.TREASURER))
def open_payments(request: HttpRequest) -> HttpResponse:
    """Lines of which the treasurer has still to say what to make of them."""
    lines = _open_lines(request).select_related("notice__payer", "statement")
    shown = paged(request, lines.order_by("received", "pk"), 50)
    return render(request, "fees/open_payments.html", {"lines": _with_open(shown)})


@page(keeps_payment)
def settle_payment(request: HttpRequest, pk: int) -> HttpResponse:
    """Settle a line by hand, with a reason."""
    found = get_object_or_404(
        Payment.objects.select_related("notice", "statement__organisation", "settled_by"), pk=pk
    )
    if not is_open(found) and request.method == "GET":
        says = Label("這一筆不需要處理，或已經處理。", "There is nothing to settle of this line.")
        return refused(request, says, status=409)
    initial = {"notice": found.notice.number if found.notice else ""}
    form = SettleForm(posted(request), lang=request.lang, initial=initial)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data["notice"]
        target = _target(found, asked)
        if asked and target is None:
            says = Label("沒有這張待繳的通知。", "There is no such notice that is due.")
            form.add_error("notice", said(says, request.lang))
        else:
            settle(request.actor, found, notice=target, reason=form.cleaned_data["reason"])
            messages.success(request, said(_SETTLED, request.lang))
            return redirect("open_payments")
    context = {"payment": found, "form": form, "match": Payment.Match.of(found.match)}
    return render(request, "fees/settle.html", context, status=422 if form.errors else 200)


def _target(payment: Payment, asked: str) -> Notice | None:
    number = normal_case(asked)
    due = Notice.objects.filter(payee=payment.statement.organisation, state=Notice.State.DUE)
    return due.filter(Q(number=number) | Q(case=number)).order_by("pk").first()


def _open_lines(request: HttpRequest) -> QuerySet:
    return Payment.objects.filter(_OPEN, statement__organisation=request.actor.organisation)


def _with_open(lines: Page) -> Page:
    """Each line knows whether it waits for the treasurer, so that a template need not decide."""
    for line in lines:
        line.waits = is_open(line)
        line.match_words = Payment.Match.of(line.match).label
    return lines
