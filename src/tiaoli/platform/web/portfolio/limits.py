"""How often a public page may be opened from one address."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tiaoli.facts.kinds import Label

View = Callable[..., HttpResponse]


def at_most(times: int, *, seconds: int, name: str) -> Callable[[View], View]:
    """``times`` in ``seconds`` from one address; then a page (429) that says to wait."""

    def limited(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, **address: Any) -> HttpResponse:
            key = f"limit:{name}:{request.META.get('REMOTE_ADDR', '')}"
            cache.add(key, 0, seconds)
            try:
                seen = cache.incr(key)
            except ValueError:  # it has just run out
                cache.add(key, 1, seconds)
                seen = 1
            if seen <= times:
                return view(request, **address)
            says = Label(
                f"開啟得太頻繁，請在 {seconds // 60 or 1} 分鐘後再試。",
                f"Too many requests; try again in {seconds // 60 or 1} min.",
            )
            response = render(request, "web/refused.html", {"why_not": says}, status=429)
            response["Retry-After"] = str(seconds)
            return response

        return opened

    return limited
