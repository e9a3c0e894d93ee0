"""What hangs on one record alone is worked out once, before a loop over others goes through it."""

from __future__ import annotations

import re

import pytest
from busy import ON, asks, columns_of, credit, entry, told
from interpreter import run as slow_run

from tiaoli.facts.dossier import Dossier
from tiaoli.population import kernel
from tiaoli.population.plan import plan
from tiaoli.rules import any_record, count, number_of, records
from tiaoli.rules.ledgers import during
from tiaoli.rules.question import Question
from tiaoli.rules.records import related

_KEPT = re.compile(r"for \(int64_t k\d+ = 0; k\d+ < h\d+->n / \d+; k\d+\+\+\)")
registration = records("practice_registration")
islands = registration.where(registration.outlying_island.is_(True))


pytestmark = pytest.mark.usefixtures("cache")


def registered(start: str, **more: object) -> dict[str, object]:
    return {"kind": "practice_registration", "start_date": start, **more}


def questions() -> dict[str, Question]:
    passed = entry.where(entry.passed.is_(True))
    on_an_island = entry.where(during(entry.date, islands))
    same_case = entry.where(related(passed, (entry.case, entry.case)))
    return {
        "during": asks(count(on_an_island) >= number_of(2), any_record(on_an_island)),
        "related": asks(count(same_case) >= number_of(2), any_record(same_case)),
    }


def people() -> tuple[Dossier, ...]:
    """Of all sorts: nobody registered, on an island or not, for a time, nobody knows."""
    island = {"outlying_island": True}
    days = ("2020-05-01", "2023-05-01", "2024-02-29", "2025-12-31")
    cases = ({"case": "a"}, {"case": "b", "passed": True}, {"case": "a", "passed": True}, {})
    entries = [credit(day=day, **case) for day, case in zip(days, cases, strict=True)]
    posts = (
        [],
        [registered("2019-01-01", end_date=None, **island)],
        [registered("2019-01-01", end_date="2023-12-31", **island)],
        [registered("2024-01-01", end_date=None, outlying_island=False)],
        [registered("2023-05-01"), registered("2024-02-29", end_date=None, **island)],
    )
    return tuple(
        told(f"s{number}-{size}", *entries[:size], *kept)
        for number, kept in enumerate(posts)
        for size in range(5)
    )


@pytest.mark.parametrize("name", questions())
def test_what_is_kept_is_what_the_slow_engine_finds(name: str) -> None:
    made = plan(questions()[name])
    assert _KEPT.search(kernel.program_of(made).source)
    found = kernel.run(made, columns_of(*people()), ON, threads=1)
    rows = [row for dossier in people() for row in slow_run(made, dossier, ON)]
    outcomes = made.column("outcome").parts["outcome"]
    assert found[outcomes].tolist() == [row[outcomes] for row in rows]
    assert len({row[outcomes] for row in rows}) > 1


def test_a_loop_that_stands_alone_keeps_nothing() -> None:
    assert not _KEPT.search(kernel.program_of(plan(asks(any_record(entry)))).source)
