"""Worked cases as populations, and what the slow engine finds in them."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Any

from interpreter import run
from told_back import named

from tiaoli.answers.prepared import prepare
from tiaoli.facts.dossier import Dossier
from tiaoli.population.plan import Column, Plan, plan
from tiaoli.regulations import catalogue
from tiaoli.regulations.cases import cases

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Population:
    """The dossiers of the cases that ask one question with the same readings on the same day."""

    regulation: str
    question: str
    readings: tuple[tuple[str, str], ...]
    on: datetime.date
    dossiers: tuple[Dossier, ...]

    def __str__(self) -> str:
        readings = "".join(f" {key}={reading}" for key, reading in self.readings)
        return f"{self.regulation} {self.question} {self.on}{readings}"

    def plan(self) -> Plan:
        regulation = catalogue.find(self.regulation)
        question = regulation.question(self.question)
        return plan(prepare(regulation, question, dict(self.readings)).question)

    def expected(self, asked: Plan) -> dict[str, list[Row]]:
        """By subject the rows that the slow engine finds, in order of the record asked about."""
        return {
            dossier.subject.id: [_row(asked, found) for found in run(asked, dossier, self.on)]
            for dossier in self.dossiers
        }


@cache
def populations(regulation_id: str) -> tuple[Population, ...]:
    """Every question with worked cases, as they are asked; the largest first."""
    found: dict[Any, list[Dossier]] = defaultdict(list)
    folder = catalogue.folder_of(regulation_id)
    assert folder is not None
    for case in cases(folder):
        readings = tuple(sorted(case.readings.items()))
        found[case.question, readings, case.on, case.dossier.subject.kind].append(case.dossier)
    made = [
        Population(
            regulation_id,
            question,
            readings,
            on,
            tuple(named(dossier, f"p{n:03}") for n, dossier in enumerate(dossiers)),
        )
        for (question, readings, on, _), dossiers in found.items()
    ]
    return tuple(sorted(made, key=_largest_first))


def _largest_first(population: Population) -> tuple[int, str]:
    return -len(population.dossiers), str(population)


def asking(regulation_id: str, question: str) -> list[Population]:
    """
    The populations of one question, the largest first. Where it has no worked cases of its own,
    those of other questions of the regulation are asked it.
    """
    of_all = populations(regulation_id)
    own = [one for one in of_all if one.question == question]
    return own or [replace(of_all[0], question=question, readings=())]


def _row(asked: Plan, values: Mapping[Any, Any]) -> Row:
    row: dict[str, Any] = {}
    for column in asked.columns:
        found = {name: values[term] for name, term in column.parts.items()}
        for name, cell in _cells(asked, column, found).items():
            row[f"{name}#2" if name in row else name] = cell
    return row


def _cells(asked: Plan, column: Column, found: Mapping[str, Any]) -> Row:
    match column.sort:
        case "outcome":
            return {column.name: asked.words[found["outcome"]]}
        case "truth" | "flag":
            return {column.name: True if found["met"] else None if found["possible"] else False}
        case "amount":
            low, high = (_decimal(column, name, found[name]) for name in ("low", "high"))
            return {
                f"{column.name}__low": low if found["stated"] else None,
                f"{column.name}__high": high if found["stated"] and found["limited"] else None,
            }
    value = column.parts["value"]
    plain = _decimal(column, "value", found["value"] or 0) if value.scale else found["value"]
    return {column.name: plain if found["given"] else None}


def _decimal(column: Column, name: str, number: int) -> Decimal:
    return Decimal(number).scaleb(-column.parts[name].scale)
