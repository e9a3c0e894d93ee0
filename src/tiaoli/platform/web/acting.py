"""
Who acts on a page: ``request.actor``, the account in the seat that it chose.

The seat is kept in the session, and looked up anew on every request: a post that ended is gone.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from tiaoli.platform import clock
from tiaoli.platform.audit.actions import Actor
from tiaoli.platform.people.seats import SeatHeld, actor_of, seats_of

SEAT = "seat"


class ActingMiddleware:
    """Sets ``request.seats``, ``request.seat`` (None: for oneself) and ``request.actor``."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        known = request.user.is_authenticated
        request.seats = seats_of(request.user, clock.today()) if known else []
        request.seat = _seat(request) if known else None
        request.actor = actor_of(request.user, request.seat) if known else Actor()
        return self.get_response(request)


def name_of(seat: SeatHeld) -> str:
    """By which a seat is chosen: ``12.secretariat``, and whose it is where one sits in."""
    whose = "" if seat.deputy_for is None else f".{seat.deputy_for.pk}"
    return f"{seat.organisation.pk}.{seat.role}{whose}"


def _seat(request: HttpRequest) -> SeatHeld | None:
    chosen = request.session.get(SEAT)
    if chosen is None and getattr(request.user, "person", None) is None:
        return next(iter(request.seats), None)
    return next((seat for seat in request.seats if name_of(seat) == chosen), None)
