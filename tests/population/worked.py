"""Worked cases as populations: all who are asked the same on the same day, put together."""

from __future__ import annotations

import datetime
import os
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from told_back import named

from tiaoli.answers.prepared import Prepared, prepare
from tiaoli.facts.dossier import Dossier
from tiaoli.population.tables import Columns, from_dossiers
from tiaoli.regulations import catalogue
from tiaoli.regulations.cases import WorkedCase, cases, regression_cases

HEAVY = bool(os.environ.get("TIAOLI_HEAVY"))

_SLICE = 10
"""Every so many populations are tried, where not all are."""


WITHOUT_COLUMNS = {
    *(("rrt-ce", question) for question in ("filing", "fee", "payment-balance", "refund")),
    ("rrt-ce", "sign-in-plan"),
    ("nm-program", "rank"),
}
"""Questions that are not worked out over populations."""

_LONG = {("nm-program", "pass")}
"""Programs that take half a minute to compile, each with any reading."""


@dataclass(frozen=True, eq=False)
class Asked:
    """A question asked of many with the same readings on the same day: of those in ``cases``."""

    regulation: str
    question: str
    readings: tuple[tuple[str, str], ...]
    on: datetime.date
    cases: tuple[WorkedCase, ...]

    @property
    def name(self) -> str:
        told = "".join(f" {key}={reading}" for key, reading in self.readings)
        return f"{self.regulation} {self.question} {self.on}{told}"

    @cached_property
    def dossiers(self) -> tuple[Dossier, ...]:
        """Read when first asked for, since there are many."""
        return tuple(named(case.dossier, f"s{n:05}") for n, case in enumerate(self.cases))

    def prepared(self) -> Prepared:
        regulation = catalogue.find(self.regulation)
        question = regulation.question(self.question)
        return prepare(regulation, question, dict(self.readings))

    def columns(self) -> Columns:
        return Columns(from_dossiers(self.dossiers))


def every_population() -> Iterator[Asked]:
    """All of them where there is time, else those of some, the same each time."""
    for regulation_id in catalogue.ids():
        for asked in _of(regulation_id):
            is_long = (asked.regulation, asked.question) in _LONG
            chosen = HEAVY or (not is_long and zlib.crc32(asked.name.encode()) % _SLICE == 0)
            if chosen and (asked.regulation, asked.question) not in WITHOUT_COLUMNS:
                yield asked


def _of(regulation_id: str) -> Iterator[Asked]:
    regulation, folder = catalogue.find(regulation_id), catalogue.folder_of(regulation_id)
    if folder is None:
        return
    groups: defaultdict[Any, list[WorkedCase]] = defaultdict(list)
    for case in (*cases(folder), *(regression_cases(folder) if HEAVY else ())):
        edition = regulation.edition_on(case.on)
        if regulation.question(case.question).summary or edition is None or not edition.in_hand:
            continue
        readings = tuple(sorted(case.readings.items()))
        kind = case.told["subject"].get("kind", "practitioner")
        groups[case.question, readings, case.on, kind].append(case)
    for (question, readings, on, _), found in groups.items():
        yield Asked(regulation_id, question, readings, on, tuple(found))
