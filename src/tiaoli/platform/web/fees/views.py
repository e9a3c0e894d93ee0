"""Notices, receipts and refunds."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from tiaoli.platform.audit.actions import Refused
from tiaoli.platform.fees.actions import is_treasurer, received_for, refund, refundable
from tiaoli.platform.fees.models import Notice, Receipt
from tiaoli.platform.fees.statements import normal_case
from tiaoli.platform.people.models import Post
from tiaoli.platform.web.fees.fields import posted
from tiaoli.platform.web.fees.forms import RefundForm
from tiaoli.platform.web.fees.guards import sees_notice, sees_receipt
from tiaoli.platform.web.fees.shown import basis_of, paged, regulation_of
from tiaoli.platform.web.guard import a_person, page, seated


@page(a_person)
def my_notices(request: HttpRequest) -> HttpResponse:
    """What I owe and what I have paid."""
    mine = Notice.objects.filter(payer=request.user.person).select_related("payee", "receipt")
    due = mine.filter(state=Notice.State.DUE).order_by("due", "pk")
    rest = mine.exclude(state=Notice.State.DUE).order_by("-issued", "-pk")
    return render(request, "fees/my_notices.html", {"due": due[:100], "rest": paged(request, rest)})


@page(seated(Post.TREASURER))
def notices(request: HttpRequest) -> HttpResponse:
    """All notices of the treasurer's organisation, by state, number or payer."""
    state, asked = request.GET.get("state", "due"), request.GET.get("q", "").strip()
    found = Notice.objects.filter(payee=request.actor.organisation).select_related("payer")
    if asked:
        number = normal_case(asked)
        found = found.filter(
            Q(number__startswith=number) | Q(case__startswith=number) | Q(payer__name=asked)
        )
    elif state in list(Notice.State):
        found = found.filter(state=state)
    shown = paged(request, found.order_by("due", "-issued", "-pk"))
    context = {"notices": shown, "state": state, "q": asked, "states": list(Notice.State)}
    return render(request, "fees/notices.html", context)


@page(sees_notice)
def notice(request: HttpRequest, number: str) -> HttpResponse:
    """One notice, to be read and printed, with what came in and what went back."""
    found = _notice(number)
    came_in = received_for(found)
    context = {
        "notice": found,
        "state": Notice.State.of(found.state),
        "basis": basis_of(found),
        "payments": found.payments.select_related("statement").order_by("received", "pk"),
        "refunds": found.refunds.select_related("decided_by").order_by("pk"),
        "came_in": came_in,
        "lacking": max(found.amount - came_in, 0),
        "refundable": refundable(found),
        "may_refund": is_treasurer(request.actor, found.payee) is None,
    }
    return render(request, "fees/notice.html", context)


@page(sees_receipt)
def receipt(request: HttpRequest, number: str) -> HttpResponse:
    """A receipt, to be printed."""
    found = get_object_or_404(
        Receipt.objects.select_related("notice__payer", "notice__payee"), number=number
    )
    context = {"receipt": found, "notice": found.notice, "basis": basis_of(found.notice)}
    return render(request, "fees/receipt.html", context)


@page(seated(Post.TREASURER), sees_notice)
def refund_notice(request: HttpRequest, number: str) -> HttpResponse:
    """Decide on a refund."""
    found = _notice(number)
    regulation, most = regulation_of(found.regulation), refundable(found)
    clauses = {} if regulation is None else regulation.clauses
    form = RefundForm(posted(request), lang=request.lang, clauses=clauses, initial={"seen": most})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            refund(
                request.actor,
                found,
                amount=given["amount"],
                reason=given["reason"],
                clause=given["clause"],
                seen=given["seen"],
            )
        except Refused as refusal:
            form.add_error(None, refusal.says.in_(request.lang))
        else:
            messages.success(request, "退費決定已登錄。" if request.lang == "zh" else "Recorded.")
            return redirect("notice", number=number)
    context = {"notice": found, "form": form, "most": most, "clauses": list(clauses.values())}
    return render(request, "fees/refund.html", context, status=422 if form.errors else 200)


def _notice(number: str) -> Notice:
    return get_object_or_404(
        Notice.objects.select_related("payer", "payee", "receipt"), number=number
    )
