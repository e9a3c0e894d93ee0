"""Somebody in their seat, and somebody's browser once they have logged in."""

from __future__ import annotations

import datetime
from typing import Any

from django.test import Client

from tiaoli.platform import clock
from tiaoli.platform.audit.actions import Actor
from tiaoli.platform.people.models import Account
from tiaoli.platform.people.seats import actor_of, seats_of
from tiaoli.platform.web.acting import SEAT

DAY = datetime.date(2026, 6, 30)
"""Today, where a test says ``on_the_day``."""
BACKEND = "django.contrib.auth.backends.ModelBackend"


def acting(account: Account, at: int = 0) -> Actor:
    """Whoever holds the account, in one of the seats that they have today."""
    return actor_of(account, seats_of(account, clock.today())[at])


def logged_in(account: Account | None, seat: str = "", **more: Any) -> Client:
    """A browser of the account; ``seat`` is what its session chose, by name."""
    client = Client(**more)
    if account is not None:
        client.force_login(account, backend=BACKEND)
    if seat:
        session = client.session
        session[SEAT] = seat
        session.save()
    return client
