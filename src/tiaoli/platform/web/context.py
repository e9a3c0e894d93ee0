"""What every page is given: the language, who acts, from which seats one could act."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from tiaoli.platform import clock
from tiaoli.platform.web.menu import menu_of


def everywhere(request: HttpRequest) -> dict[str, Any]:
    return {
        "lang": getattr(request, "lang", "zh"),
        "actor": getattr(request, "actor", None),
        "seat": getattr(request, "seat", None),
        "seats": getattr(request, "seats", []),
        "menu": menu_of(request),
        "today": clock.today(),
    }
