"""My reminders, mails and calendar."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from tiaoli.facts.kinds import Label
from tiaoli.platform import clock
from tiaoli.platform.audit.actions import Actor
from tiaoli.platform.reminders.actions import (
    digest_of,
    make_feed,
    mark_all_read,
    mark_read,
    resend,
    revoke_feed,
)
from tiaoli.platform.reminders.calendar import calendar_of
from tiaoli.platform.reminders.models import CalendarFeed, Digest, Reminder, Sort
from tiaoli.platform.web.fees.fields import said
from tiaoli.platform.web.fees.shown import paged
from tiaoli.platform.web.guard import anyone, logged_in, page

_BACK = datetime.timedelta(days=90)
_SENT = Label("已重寄。", "Sent again.")
_NOT_SENT = Label(
    "郵件主機沒有收下，請稍後再試。", "The mail server did not take it: try again in a while."
)
_REVOKED = Label("已停用，舊網址不再有內容。", "Revoked: the old address shows nothing any more.")


def own(model: type[Reminder] | type[Digest]) -> Any:
    """Only whoever is told."""

    def guard(actor: Actor, pk: int, **_: Any) -> Label | None:
        if actor.account is not None and model.objects.filter(pk=pk, account=actor.account):
            return None
        return Label("這是別人的提醒。", "These are somebody else's.")

    return guard


@page(logged_in)
def reminders(request: HttpRequest) -> HttpResponse:
    """Everything told to me, the newest first; what is not read yet before the rest."""
    only = request.GET.get("show") == "unread"
    mine = Reminder.objects.filter(account=request.user)
    unread = mine.filter(read=None).count()
    rows = mine.filter(read=None) if only else mine
    shown = paged(request, rows.order_by("-made", "-pk"), 30)
    for one in shown:
        one.sort_words = Sort.of(one.sort).label
    context = {"reminders": shown, "unread": unread, "only_unread": only}
    return render(request, "reminders/reminders.html", context)


@require_POST
@page(own(Reminder))
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """One is read, or not after all."""
    one = get_object_or_404(Reminder, pk=pk)
    mark_read(request.actor, one, read=request.POST.get("read") == "yes")
    unread = "?show=unread" if request.POST.get("back") == "unread" else ""
    return redirect(f"{reverse('reminders')}{unread}")


@require_POST
@page(logged_in)
def read_all(request: HttpRequest) -> HttpResponse:
    """All are read."""
    mark_all_read(request.actor, request.user)
    return redirect("reminders")


@page(logged_in)
def mails(request: HttpRequest) -> HttpResponse:
    """The mails that went out to me."""
    mine = Digest.objects.filter(account=request.user).order_by("-day")
    return render(request, "reminders/mails.html", {"mails": paged(request, mine, 30)})


@page(own(Digest))
def mail(request: HttpRequest, pk: int) -> HttpResponse:
    """One mail as it went out."""
    return render(request, "reminders/mail.html", {"mail": get_object_or_404(Digest, pk=pk)})


@require_POST
@page(own(Digest))
def resend_mail(request: HttpRequest, pk: int) -> HttpResponse:
    """Send it once more."""
    one = get_object_or_404(Digest, pk=pk)
    seen = request.POST.get("seen", "")
    try:
        resend(request.actor, one, seen=int(seen) if seen.isdecimal() else 0)
    except OSError:  # of the mail server; nothing was marked
        messages.error(request, said(_NOT_SENT, request.lang))
    else:
        messages.success(request, said(_SENT, request.lang))
    return redirect("mail", pk=pk)


@page(logged_in)
def calendar(request: HttpRequest) -> HttpResponse:
    """My calendar: make its address, which is shown once."""
    address = None
    if request.method == "POST":
        token = make_feed(request.actor, request.user).token
        address = f"{settings.PUBLIC_URL}{reverse('calendar_feed', args=[token])}"
    there = CalendarFeed.objects.filter(account=request.user, revoked=None).first()
    context = {"feed": there, "address": address}
    response = render(request, "reminders/calendar.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@page(logged_in)
def revoke(request: HttpRequest) -> HttpResponse:
    """Its address shows nothing any more."""
    revoke_feed(request.actor, request.user)
    messages.success(request, said(_REVOKED, request.lang))
    return redirect("calendar")


@page(anyone)
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar itself, for whoever has its address; gone once it is revoked."""
    found = (
        CalendarFeed.objects.filter(token_digest=digest_of(token)).select_related("account").first()
    )
    if found is None or not found.account.is_active:
        return HttpResponse(status=404)
    if found.revoked is not None:
        return HttpResponse(status=410)
    content = calendar_of(found.account, clock.today() - _BACK)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
