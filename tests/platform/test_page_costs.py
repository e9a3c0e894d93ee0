"""
Every page of everybody costs as many queries with 3,000 people as with 60, and fetches no whole
table. With 100,000, ``make bench-platform`` says how long each takes.
"""

import datetime
from collections.abc import Iterator

import pytest
from crowd import Crowd
from guard_world import build
from page_costs import Cost, Door, cost, doors

from tiaoli.platform import clock

pytestmark = pytest.mark.django_db
FEW, MANY = 60, 3_000
"""Few enough to see a difference, and as many as it takes for no list to be empty."""
MOST_ROWS = 1_000
"""That any page may fetch by one query, whatever there is."""


@pytest.fixture(autouse=True)
def _on_a_day() -> Iterator[None]:
    with clock.standing_at(datetime.date(2026, 6, 30)):
        yield


def once_for_each(found: list[Door]) -> list[Door]:
    """
    Lists for everybody, for each sees another; what names one thing, or is for the public, for the
    first who may.
    """
    chosen: dict[tuple[str, str], Door] = {}
    for door in found:
        alike = door.address.arguments or door.address.public
        chosen.setdefault((door.url, "" if alike else door.who), door)
    return list(chosen.values())


def told(door: Door, few: Cost, many: Cost) -> str:
    return (
        f"{door.says}: {few.queries} queries for {FEW}, {many.queries} for {MANY:,}; "
        f"at most {many.rows} rows by one; status {few.status}, {many.status}"
    )


def test_more_people_take_no_more_queries_and_no_page_loads_a_table() -> None:
    world = build()
    found = once_for_each(list(doors(world)))
    assert len(found) > 100
    crowd = Crowd(world, one_by_one=300)
    crowd.grow(FEW)
    few = [cost(door.client, door.url) for door in found]
    crowd.grow(MANY)
    wrong = []
    for door, before in zip(found, few, strict=True):
        after = cost(door.client, door.url)
        grew = after.queries > before.queries and not after.file
        if grew or after.rows > MOST_ROWS or {before.status, after.status} - {200, 302}:
            wrong.append(told(door, before, after))
    assert not wrong, "\n".join(wrong)
