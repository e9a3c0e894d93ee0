"""
Who may open a page. Every address has a guard, and a test fails for one without.

    @page(for_a_person)
    def portfolio(request): ...

A guard is a predicate on the actor and what the address names: None, or why not, in words. Where
whoever asks may not, the page says so (403), or asks to log in.
A guard that looks up what the address names answers a stranger alike (``NOT_HERE``) where there is
nothing and where it is not theirs: what there is cannot be found out by trying numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tiaoli.facts.kinds import Label
from tiaoli.platform.audit.actions import Actor, NotAllowed, Refused
from tiaoli.platform.people.models import Post

Guard = Callable[..., Label | None]
View = Callable[..., HttpResponse]
NOT_HERE = Label(
    "沒有這筆資料，或者它不是給您目前的身分看的。",
    "There is no such thing, or it is not for the seat that you act from.",
)
"""The same of what there is not and of what is not for whoever asks: it tells nothing of either."""


def page(*guards: Guard) -> Callable[[View], View]:
    """All ``guards`` must let the actor in; each is called as ``guard(actor, **address)``."""

    def guarded(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, **address: Any) -> HttpResponse:
            for guard in guards:
                why_not = guard(request.actor, **address)
                if why_not is not None:
                    return refused(request, why_not)
            try:
                return view(request, **address)
            except Refused as refusal:
                status = 403 if isinstance(refusal, NotAllowed) else 409
                return refused(request, refusal.says, status=status)

        opened.guards = guards  # type: ignore[attr-defined]  # for whoever asks who may come in
        return opened

    return guarded


def refused(request: HttpRequest, why_not: Label, status: int = 403) -> HttpResponse:
    """A page that says why not; whoever is not logged in is asked to."""
    if not request.user.is_authenticated and status == 403:
        return redirect_to_login(request.get_full_path())
    return render(request, "web/refused.html", {"why_not": why_not}, status=status)


def anyone(_: Actor, **address: Any) -> Label | None:
    """The public."""
    return None


def logged_in(actor: Actor, **address: Any) -> Label | None:
    """Whoever has an account."""
    return None if actor.account else Label("請先登入。", "Log in first.")


def a_person(actor: Actor, **address: Any) -> Label | None:
    """Whoever facts are about."""
    if actor.account is not None and getattr(actor.account, "person", None) is not None:
        return None
    return Label(
        "這一頁是給醫事人員本人的。您的帳號還沒有個人檔案。",
        "This page is for practitioners themselves. Your account has no personal file yet.",
    )


def seated(*posts: str) -> Guard:
    """Whoever acts from a seat with one of these posts."""

    def guard(actor: Actor, **address: Any) -> Label | None:
        if actor.organisation is not None and actor.role in posts:
            return None
        zh = "、".join(Post.of(post).label.zh for post in posts)
        en = ", ".join(Post.of(post).label.en for post in posts)
        return Label(
            f"這一頁要以「{zh}」的身分使用；可在右上角切換身分。",
            f"This page is used as {en}; switch your seat at the top right.",
        )

    return guard
