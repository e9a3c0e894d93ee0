"""
Who acts on a page: ``request.actor``, the account in the seat that it chose.

The seat is kept in the session, and looked up anew on every request: a post that ended is gone.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from tiaoli.platform import clock
from tiaoli.platform.audit.actions import Actor
from tiaoli.platform.people.seats import SeatHeld, actor_of, seats_of

SEAT = "seat"
OWN = "own"
"""The value in the session of somebody who acts for themselves."""


class ActingMiddleware:
    """Sets ``request.seats``, ``request.seat`` (None: for oneself) and ``request.actor``."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.seats = SimpleLazyObject(lambda: _seats(request))
        request.seat = SimpleLazyObject(lambda: _seat(request))
        request.actor = SimpleLazyObject(lambda: _actor(request))
        return self.get_response(request)


def name_of(seat: SeatHeld) -> str:
    """By which a seat is chosen: ``12.secretariat``, and whose it is where one sits in."""
    whose = "" if seat.deputy_for is None else f".{seat.deputy_for.pk}"
    return f"{seat.organisation.pk}.{seat.role}{whose}"


def _seats(request: HttpRequest) -> list[SeatHeld]:
    if not request.user.is_authenticated:
        return []
    return seats_of(request.user, clock.today())


def _seat(request: HttpRequest) -> SeatHeld | None:
    chosen = request.session.get(SEAT)
    if chosen is None and getattr(request.user, "person", None) is None:
        return next(iter(request.seats), None)
    return next((seat for seat in request.seats if name_of(seat) == chosen), None)


def _actor(request: HttpRequest) -> Actor:
    if not request.user.is_authenticated:
        return Actor()
    seat = _seat(request)
    return actor_of(request.user, seat)
