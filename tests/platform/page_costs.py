"""
What pages cost: queries, the most rows that one of them fetched, seconds. For ``test_page_costs``
and ``benchmarks/platform``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from guard_walk import Address, addresses, asked, filled, lets_in
from guard_world import KIND, World

FURTHER: dict[str, tuple[str, ...]] = {
    "applications": ("?page=9999",),
    "invitations": ("?page=9999",),
    "my_certificates": ("?page=9999",),
    "my_notices": ("?page=9999",),
    "notices": ("?state=paid", "?state=all&page=9999", "?q=A-0000001", "?q=王雅淑"),
    "organisation": ("?when=all&page=9999", "?q=王"),
    "portfolio": ("?page=9999", f"?kind={KIND}&year=2024", "?out=1"),
    "portfolio_import_rows": ("?page=9999",),
    "portfolio_imports": ("?page=9999",),
    "portfolio_staff": ("?q=王", "?page=9999"),
    "public_register": ("?page=9999", "?number=SOC-00000"),
    "register": ("?page=9999", "?standing=valid", "?standing=expired", "?q=王雅淑", "?q=SOC-00000"),
    "reminders": ("?show=unread&page=9999",),
    "reviews": ("?all=1", "?all=1&page=9999", "?mine=1", "?overdue=1&all=1"),
    "rule_compare": ("?page=9999",),
    "staff": ("?q=王", "?q=wang&page=9999", "?unit=核醫科", "?page=9999",
              "?credential=level_award"),
    "staff_outlook": ("?within=90&page=9999",),
    "statement": ("?page=9999",),
    "statements": ("?page=9999",),
    "trail": ("?before=50", "?action=reviews.assign", "?thing=application:7", "?actor=某",
              "?first=2026-01-01&last=2026-12-31", "?actor=nobody-at-all"),
}  # fmt: skip
"""Addresses of lists: also asked for like this: their last page, what they search for."""


@dataclass(frozen=True, slots=True)
class Door:
    """A page that somebody may open. ``client`` is theirs."""

    address: Address
    url: str
    who: str
    client: Client = field(compare=False, repr=False)

    @property
    def says(self) -> str:
        return f"{self.url} · {self.who}"


@dataclass(frozen=True, slots=True)
class Cost:
    """
    ``rows``  the most that one query fetched; of a table to keep, which is read in parts, a part
    ``file``  something to keep, which is as long as what is in it
    """

    queries: int
    rows: int
    seconds: float
    status: int
    file: bool
    statements: tuple[tuple[str, float], ...] = field(repr=False)

    @property
    def slowest(self) -> tuple[str, float]:
        """The statement that took longest, and its seconds."""
        return max(self.statements, key=lambda one: one[1], default=("", 0.0))


def doors(world: World) -> Iterator[Door]:
    """
    Every page × everybody of the house who may open it, filled in where it names something; what is
    for the public, for one who is logged in and one who is not.
    """
    house = [(who, who.anew()) for who in world.everybody if not who.elsewhere]
    for address in filter(lambda one: one.shown, addresses()):
        url, _ = filled(address, world)
        for who, client in house[:2] if address.public else house:
            answer = asked(client, url, "GET")
            if not lets_in(answer, "GET"):
                continue
            for further in ("", *FURTHER.get(address.name, ())):
                yield Door(address, url + further, who.name, client)


class _Counting:
    """Of every statement: how long it took, and how many rows came of it."""

    def __init__(self) -> None:
        self.statements: list[tuple[str, float]] = []
        self.rows = 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        began = perf_counter()
        found = execute(sql, params, many, context)
        self.statements.append((sql, perf_counter() - began))
        if sql.lstrip().upper().startswith(("SELECT", "WITH")):
            self.rows = max(self.rows, context["cursor"].rowcount)
        return found


def cost(client: Client, url: str) -> Cost:
    """What opening it costs, once. Nothing of it is kept."""
    counting = _Counting()
    with connection.execute_wrapper(counting):
        began = perf_counter()
        response: HttpResponse = asked(client, url, "GET")
        seconds = perf_counter() - began
    return Cost(
        len(counting.statements),
        counting.rows,
        seconds,
        response.status_code,
        response.headers.get("Content-Disposition", "").startswith("attachment"),
        tuple(counting.statements),
    )
