"""One page of a list, by number; the filters that were chosen stay in the links."""

from __future__ import annotations

from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

AT_ONCE: Final = 50


def page_of(request: HttpRequest, found: Any, name: str = "page") -> Page:
    """The page that the address asks for; past the end, the last."""
    return Paginator(found, AT_ONCE).get_page(request.GET.get(name))


def kept(request: HttpRequest, *but: str) -> str:
    """The rest of the address, to put before ``page=``; ends in & where there is any."""
    query = request.GET.copy()
    for name in (*but, "page", "lang"):
        query.pop(name, None)
    written = query.urlencode()
    return f"{written}&" if written else ""
