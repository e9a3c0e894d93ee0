"""
Every address there is, filled in, and how everybody knocks at it: for the walk of ``test_guard``,
for ``test_page_costs``, and for ``benchmarks/platform``.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from guard_world import QUERIES, Somebody, World, maker_of

from tiaoli.platform.web.guard import anyone

OTHERS = ("accounts/",)
"""Pages of allauth: guarded by it, tried in ``test_guard_accounts``."""


@dataclass(frozen=True)
class Address:
    name: str
    area: str
    arguments: tuple[str, ...]
    view: object

    @property
    def guards(self) -> tuple:
        return getattr(self.view, "guards", ())

    @property
    def public(self) -> bool:
        return self.guards == (anyone,)

    @property
    def shown(self) -> bool:
        """Whether it can be asked for by GET; otherwise Django's decorator stands before it."""
        told = inspect.getclosurevars(self.view).nonlocals
        return "GET" in told.get("request_method_list", ("GET",))


def addresses() -> list[Address]:
    """Every address there is, of areas that join later too."""
    return list(_under(get_resolver().url_patterns, ""))


def _under(patterns: Any, before: str) -> Iterator[Address]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if route.startswith(OTHERS):
            continue
        if isinstance(pattern, URLPattern):
            module = pattern.callback.__module__.split(".")
            area = module[module.index("web") + 1] if "web" in module else module[-1]
            arguments = re.findall(r"<(?:\w+:)?(\w+)>", route)
            yield Address(pattern.name or route, area, tuple(arguments), pattern.callback)
        else:
            yield from _under(pattern.url_patterns, route)


def filled(address: Address, world: World) -> tuple[str, bool]:
    """
    The address with its arguments, and whether what it names is somebody's. Raises LookupError for
    an argument that nobody taught MAKERS to make.
    """
    given, of_somebody = {}, False
    for argument in address.arguments:
        maker = maker_of(address.name, address.area, argument)
        if maker is None:
            raise LookupError(
                f"nobody taught guard_world.MAKERS how to make <{argument}> of the address "
                f"{address.name}: add {address.name}.{argument}, or {address.area}.{argument}"
            )
        given[argument] = maker.make(world)
        of_somebody |= maker.of_somebody
    url = reverse(address.name, kwargs=given)
    return url + QUERIES.get(address.name, ""), of_somebody


def asked(client: Client, url: str, how: str, posted: dict[str, Any] | None = None) -> HttpResponse:
    """What one gets by GET, or by POST. Nothing of it is kept."""
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        response = client.get(url) if how == "GET" else client.post(url, posted or {})
        if response.streaming:
            list(response.streaming_content)  # read to its end, which closes it
        transaction.set_rollback(True)
    client.cookies = cookies
    return response


def knocked(
    who: Somebody, url: str, how: str, posted: dict[str, Any] | None = None
) -> HttpResponse:
    """The same, for somebody who has just come."""
    return asked(who.anew(), url, how, posted)


def lets_in(response: HttpResponse, how: str) -> bool:
    """Whether the door opened: a page is shown, or what was sent was taken or found wrong."""
    if response.status_code == 302:
        return how == "POST" and "/accounts/login/" not in response.headers["Location"]
    return response.status_code not in (403, 404, 405)
