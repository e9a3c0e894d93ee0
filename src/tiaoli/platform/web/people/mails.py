"""Mails of the house that the server did not take: why, when they are tried again, trying now."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from tiaoli.facts.kinds import Label
from tiaoli.platform.audit.actions import Actor
from tiaoli.platform.people import mails
from tiaoli.platform.people.models import Post, UnsentMail
from tiaoli.platform.web.guard import NOT_HERE, page, seated
from tiaoli.platform.web.people.asking import tell
from tiaoli.platform.web.people.paging import page_of

desk = seated(Post.ADMINISTRATOR, Post.SECRETARIAT)


def own_mail(actor: Actor, pk: int, **address: Any) -> Label | None:
    """A mail of the house, for its administrator and secretariat."""
    found = UnsentMail.objects.select_related("organisation").filter(pk=pk).first()
    return None if found is not None and mails.may_send(actor, found) is None else NOT_HERE


@require_GET
@page(desk)
def unsent(request: HttpRequest) -> HttpResponse:
    """Those that have not left, and those that left after all."""
    ours = UnsentMail.objects.filter(organisation=request.actor.organisation)
    waiting = ours.filter(sent=None).order_by("-made", "-pk")
    gone = ours.exclude(sent=None).order_by("-sent", "-pk")
    context = {
        "waiting": page_of(request, waiting),
        "gone": page_of(request, gone, "gone"),
    }
    return render(request, "people/mails.html", context)


@require_POST
@page(own_mail)
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Try now."""
    seen = request.POST.get("seen", "")
    row = get_object_or_404(UnsentMail.objects.select_related("organisation"), pk=pk)
    tried = mails.send_again(request.actor, row, seen=int(seen) if seen.isdecimal() else 0)
    if tried.sent is None:
        says = Label(
            f"還是沒有寄出：{tried.problem['zh']}", f"It did not leave: {tried.problem['en']}"
        )
        tell(request, says, level=messages.WARNING)
    else:
        tell(request, Label("已寄出。", "It has left."))
    return redirect("unsent_mails")
