"""Worked cases as populations: all who are asked the same on the same day, put together."""

from __future__ import annotations

import datetime
import os
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from told_back import named

from tiaoli.answers.prepared import Prepared, prepare
from tiaoli.facts.dossier import Dossier
from tiaoli.population.lowering import NoColumns
from tiaoli.population.plan import Plan, plan
from tiaoli.population.tables import Columns, from_dossiers
from tiaoli.regulations import catalogue
from tiaoli.regulations.cases import cases, regression_cases

HEAVY = bool(os.environ.get("TIAOLI_HEAVY"))

_SLICE = 10
"""Every so many populations are tried, where not all are."""


@dataclass(frozen=True)
class Asked:
    """A question asked of many with the same readings on the same day."""

    regulation: str
    question: str
    readings: tuple[tuple[str, str], ...]
    on: datetime.date
    dossiers: tuple[Dossier, ...]

    @property
    def name(self) -> str:
        told = "".join(f" {key}={reading}" for key, reading in self.readings)
        return f"{self.regulation} {self.question} {self.on}{told}"

    def prepared(self) -> Prepared:
        regulation = catalogue.find(self.regulation)
        question = regulation.question(self.question)
        return prepare(regulation, question, dict(self.readings))

    def columns(self) -> Columns:
        return Columns(from_dossiers(self.dossiers))


@cache
def planned(prepared: Prepared) -> Plan | None:
    """None for a question that is not worked out over populations."""
    try:
        return plan(prepared.question)
    except NoColumns:
        return None


def every_population() -> Iterator[Asked]:
    """All of them where there is time, else those of some, the same each time."""
    for regulation_id in catalogue.ids():
        for asked in _of(regulation_id):
            chosen = HEAVY or zlib.crc32(asked.name.encode()) % _SLICE == 0
            if chosen and planned(asked.prepared()) is not None:
                yield asked


def _of(regulation_id: str) -> Iterator[Asked]:
    regulation, folder = catalogue.find(regulation_id), catalogue.folder_of(regulation_id)
    if folder is None:
        return
    groups: defaultdict[Any, list[Dossier]] = defaultdict(list)
    for case in (*cases(folder), *(regression_cases(folder) if HEAVY else ())):
        edition = regulation.edition_on(case.on)
        if regulation.question(case.question).summary or edition is None or not edition.in_hand:
            continue
        readings = tuple(sorted(case.readings.items()))
        groups[case.question, readings, case.on, case.dossier.subject.kind].append(case.dossier)
    for (question, readings, on, _), found in groups.items():
        dossiers = tuple(named(dossier, f"s{n:05}") for n, dossier in enumerate(found))
        yield Asked(regulation_id, question, readings, on, dossiers)
