"""
Every page that anybody of a house may open, in a browser: no barrier (axe), and no wider than a
phone. What people do on the pages is in the journeys beside.
"""

import datetime
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from guard_walk import addresses, asked, filled, lets_in
from guard_world import build
from page_costs import Door

from tiaoli.platform import clock

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}


@pytest.fixture(autouse=True)
def _on_a_day() -> Iterator[None]:
    with clock.standing_at(datetime.date(2026, 6, 30)):
        yield


def pages() -> Iterator[Door]:
    """Each page, by the first who may open it; no files, and no parts of pages."""
    world = build()
    house = [(who.name, who.anew()) for who in world.everybody if not who.elsewhere]
    for address in filter(lambda one: one.shown, addresses()):
        url, _ = filled(address, world)
        may = ((who, client) for who, client in house if lets_in(asked(client, url, "GET"), "GET"))
        first = next(may, None)
        if first is not None and is_a_page(first[1], url):
            yield Door(address, url, *first)


def is_a_page(client: Client, url: str) -> bool:
    answer = client.get(url)
    shown = answer.status_code == 200 and not answer.streaming and b"</html>" in answer.content
    answer.close()
    return shown


def as_whom(door: Door, visitors: dict[str, Any], make: Callable[..., Any]) -> Any:
    """The browser of whoever opens it, logged in as their client of the tests is."""
    if door.who not in visitors:
        visitor = visitors[door.who] = make()
        session = door.client.cookies.get(settings.SESSION_COOKIE_NAME)
        if session is not None:
            cookie = {"name": session.key, "value": session.value, "url": visitor.address}
            visitor.page.context.add_cookies([cookie])
    return visitors[door.who]


def test_no_page_has_a_barrier_or_is_wider_than_a_phone(visitor: Callable[..., Any]) -> None:
    shown = list(pages())
    assert len(shown) > 80
    visitors: dict[str, Any] = {}
    faults = []
    for door in shown:
        name = door.address.name
        one = as_whom(door, visitors, visitor)
        page = one.opens(door.url)
        faults += [f"{name} ({door.says}): {barrier}" for barrier in one.barriers()]
        page.set_viewport_size(PHONE)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > PHONE["width"]:
            faults.append(f"{name} ({door.says}): {width} pixels wide on a phone")
        page.set_viewport_size(DESK)
    assert faults == [], "\n".join(faults)
