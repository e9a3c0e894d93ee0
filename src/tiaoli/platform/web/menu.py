"""
The menu: entries by who may open them. Each area of the pages adds its own in ``MENU``.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from tiaoli.facts.kinds import Label
from tiaoli.platform.web.guard import Guard


@dataclass(frozen=True, slots=True)
class Entry:
    """``address`` is the name of an address without arguments; ``icon`` one of ``assets.ICONS``."""

    address: str
    label: Label
    icon: str
    guard: Guard


MENU: list[Entry] = []
"""In the order of the menu; areas are imported in the order of ``web.urls``."""


def menu_of(request: HttpRequest) -> list[dict[str, object]]:
    """The entries that whoever asks may open."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return []
    return [
        {
            "url": reverse(entry.address),
            "label": entry.label,
            "icon": entry.icon,
            "here": request.path.startswith(reverse(entry.address)),
        }
        for entry in MENU
        if entry.guard(actor) is None
    ]
