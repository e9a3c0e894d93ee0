"""Every page of everybody, asked for with few people on file and with many."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from statistics import median
from time import perf_counter
from typing import Any

from crowd import Crowd
from django.db import connection
from guard_world import REGULATION, World, build
from page_costs import Cost, Door, cost, doors

from tiaoli.platform import clock
from tiaoli.platform.people.models import Post
from tiaoli.platform.people.readings import mandate_of
from tiaoli.platform.people.seats import actor_of, seats_of
from tiaoli.platform.portfolio import outlook
from tiaoli.platform.portfolio.comparing import Side
from tiaoli.platform.portfolio.comparisons import Asked, make
from tiaoli.platform.portfolio.concern import kinds_of
from tiaoli.platform.portfolio.models import Comparison, Record
from tiaoli.platform.portfolio.tasks import ask_for_comparison
from tiaoli.regulations import catalogue
from tiaoli.rules.reads import kinds_read

FEW, TIMED_FEW, SOME = 60, 400, 3_000
"""With few people some lists are empty, and ask for less: growth is told from ``TIMED_FEW`` on."""
MOST_ROWS = 1_000
"""No page may fetch more by one query."""


@dataclass(slots=True)
class Page:
    """One page, by one who may open it: what it cost with so many people on file."""

    door: Door
    costs: dict[int, list[Cost]] = field(default_factory=dict)

    def queries(self, people: int) -> int:
        return max(one.queries for one in self.costs[people])

    def seconds(self, people: int) -> float:
        return median(one.seconds for one in self.costs[people])

    @property
    def rows(self) -> int:
        return max(one.rows for costs in self.costs.values() for one in costs)

    @property
    def file(self) -> bool:
        """Something to keep: as long as what is in it, and read in parts."""
        return any(one.file for costs in self.costs.values() for one in costs)

    def fault(self) -> str:
        """What no page may do; empty where it does not."""
        sizes = sorted(self.costs)
        few, *others = (self.queries(n) for n in sizes if n >= min(TIMED_FEW, sizes[-1]))
        if max(others, default=few) > few and not self.file:
            return "查詢變多 more queries"
        if self.rows > MOST_ROWS:
            return "讀太多列 too many rows"
        status = {one.status for costs in self.costs.values() for one in costs}
        return "" if status <= {200, 302} else f"{sorted(status)}"


@dataclass(slots=True)
class Measured:
    """``work``: what is done in the background, by what it is called, in seconds, by people."""

    people: tuple[int, ...]
    rounds: int
    pages: list[Page]
    records: int = 0
    work: dict[str, dict[int, float]] = field(default_factory=dict)

    def faults(self) -> list[tuple[Page, str]]:
        return [(page, fault) for page in self.pages if (fault := page.fault())]


def walk(people: int, rounds: int) -> Measured:
    """With 60, 400, 3,000 people and as many as are asked for; those timed are asked in rounds."""
    world = build()
    pages = [Page(door) for door in doors(world)]
    crowd = Crowd(world)
    sizes = sorted({size for size in (FEW, TIMED_FEW, SOME) if size < people} | {people})
    measured = Measured(tuple(sizes), rounds, pages)
    for size in sizes:
        _say(f"{size:,} 人 people")
        began = perf_counter()
        crowd.grow(size)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        _say(f"    {perf_counter() - began:.0f} s 載入 loaded")
        if size == sizes[0]:
            for _, work in _work(world):  # what it leaves is on the pages of every size
                work()
        for page in measured.pages:
            cost(page.door.client, page.door.url)  # what is worked out once is worked out
            times = rounds if size in (TIMED_FEW, people) else 1
            page.costs[size] = [cost(page.door.client, page.door.url) for _ in range(times)]
        if size in (TIMED_FEW, people):
            _say("    背景工作 what is done in the background")
            for name, work in _work(world):
                began = perf_counter()
                work()
                measured.work.setdefault(name, {})[size] = perf_counter() - began
    measured.records = Record.objects.count()
    return measured


def _work(world: World) -> Iterator[tuple[str, Callable[[], Any]]]:
    yield "一院的展望 the outlook of a hospital", lambda: outlook.make(world.hospital)
    yield "學會的展望 the outlook of the society", lambda: outlook.make(world.society)
    yield "對全部的人試算一個讀法 a reading compared over everybody", lambda: _compared(world)


def _compared(world: World) -> None:
    day = clock.today()
    account = world.posts[world.society.pk, Post.RULE_MAKER]
    mandate = mandate_of(REGULATION, day)
    assert mandate is not None
    regulation = catalogue.find(REGULATION)
    key = next(k for k in regulation.interpretations.values() if len(k.options) > 1)
    other = next(name for name in key.option_names if name != key.default)
    asked = Asked("RT3", day, (Side({}, {}), Side({key.key: other}, {})),
                  kinds_of(regulation), kinds_read(regulation.question("RT3")))  # fmt: skip
    made = ask_for_comparison(actor_of(account, seats_of(account, day)[0]), mandate, asked)
    make(made.pk)
    made.refresh_from_db()
    if made.state != Comparison.State.MADE:
        raise RuntimeError(f"{made.state}: {made.problem}")


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)
