"""A seat with power is taken only by an account with a second factor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from tiaoli.platform.people.models import Post

POWER: Final = frozenset(
    {Post.SECRETARIAT, Post.REVIEWER, Post.CHAIR, Post.TREASURER, Post.ADMINISTRATOR}
)
"""Posts that decide about others, or about money."""

_OPEN: Final = frozenset({"take_seat", "second_factor"})
"""Addresses that are open without: to act from another seat, and to read what to do."""


class SecondFactorMiddleware:
    """Sends whoever lacks one to a page that says what to do; accounts' own pages stay open."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        match = request.resolver_match
        if not is_lacking(request) or match is None or match.url_name in _OPEN:
            return None
        if match.route.startswith("accounts/"):
            return None
        return redirect("second_factor")


def is_lacking(request: HttpRequest) -> bool:
    """Whether the seat that one acts from needs a second factor that the account does not have."""
    seat = getattr(request, "seat", None)
    if not settings.TIAOLI_SECOND_FACTOR or seat is None or seat.role not in POWER:
        return False
    factors = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return not Authenticator.objects.filter(user=request.user, type__in=factors).exists()
