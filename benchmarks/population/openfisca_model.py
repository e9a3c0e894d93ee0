"""
Both questions as OpenFisca models: a variable for each column that is read and for each clause, the
subjects as persons, each kind of record as an entity with a count of its own.

OpenFisca's formulas are NumPy, so those of a clause are the hand-written ones of ``rt3_numpy`` and
``credits_numpy`` (where the ids of the clauses stand); inputs come through its holders, and a
clause that needs another asks for its variable. It has no integers of 64 bits: numbers have 32,
and the three truths are numbers too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import credits_numpy
import numpy as np
import rt3_numpy
from encoded import Numbers
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable
from rt3_numpy import EIGHT_HOURS, Rt3
from three import either, yes

PERIOD = "2026-06"
_FIRSTS = ("__offsets", "__starts")
_SUBJECT = ("__offsets", "__incomplete")
Formula = Callable[[Any, Any], Any]


def _entity_of(column: str) -> str:
    """Which entity a column belongs to: what is told by subject is the person's."""
    if column.endswith(_SUBJECT):
        return "practitioner"
    if column.endswith("__codes"):
        return column.removesuffix("__codes")
    return column.split("__", maxsplit=1)[0]


def _narrow(values: Any) -> Any:
    """In 32 bits, with the numbers that say what is not known and what there is none of."""
    if values.dtype.kind != "i":
        return values.astype(np.int32)
    least = int(np.iinfo(values.dtype).min)
    found = values.astype(np.int32)
    for absent in (0, 1):
        found[values == least + absent] = np.iinfo(np.int32).min + absent
    return found


class Held(Numbers):
    """The columns as OpenFisca holds them."""

    def __init__(self, numbers: Numbers, simulation: Any) -> None:
        self.simulation = simulation
        self.columns = numbers.columns
        self.on, self.options, self.texts = numbers.on, numbers.options, numbers.texts
        self.ends = {
            name: int(values[-1])
            for name, values in numbers.columns.items()
            if name.endswith(_FIRSTS)
        }

    def __getitem__(self, name: str) -> Any:
        values = self.simulation.calculate(name, PERIOD)
        return np.append(values, self.ends[name]) if name in self.ends else values


class Model:
    """The model of a question; ``answers`` works everything out anew."""

    def __init__(self, question: str, numbers: Numbers) -> None:
        self.numbers, self.question = numbers, question
        self.clauses = _RT3 if question == "RT3" else _CREDITS
        counts = {"practitioner": len(numbers)}
        for name, values in numbers.columns.items():
            if not name.endswith((*_SUBJECT, "__starts")):
                counts[_entity_of(name)] = len(values)
        self.counts = counts
        person = build_entity("practitioner", "practitioners", "", is_person=True)
        others = [
            build_entity(kind, f"{kind}_s", "", roles=[{"key": f"{kind}_holder"}])
            for kind in counts
            if kind != "practitioner"
        ]
        self.entities = {entity.key: entity for entity in (person, *others)}
        self.system = TaxBenefitSystem([person, *others])
        for name in numbers.columns:
            self._add(name, self.entities[_entity_of(name)])
        for name, formula in self.clauses.items():
            self._add(name, person, formula)

    @property
    def nbytes(self) -> int:
        return sum(4 * len(values) for values in self.numbers.columns.values())

    def _add(self, name: str, entity: Any, formula: Formula | None = None) -> None:
        own = {
            "value_type": int,
            "entity": entity,
            "definition_period": DateUnit.MONTH,
            "label": name,
        }
        if formula is not None:
            own["formula"] = formula
        self.system.add_variable(type(name, (Variable,), own))

    def simulation(self) -> Any:
        """A simulation with every column given; nothing is worked out yet."""
        builder = SimulationBuilder()
        builder.create_entities(self.system)
        simulation = builder.build(self.system)
        for kind, count in self.counts.items():
            simulation.populations[kind].count = count
        for name, values in self.numbers.columns.items():
            inner = values[:-1] if name.endswith(_FIRSTS) else values
            simulation.set_input(name, PERIOD, _narrow(inner))
        simulation.held = Held(self.numbers, simulation)
        return simulation

    def answers(self, simulation: Any) -> dict[str, Any]:
        return {name: simulation.calculate(name, PERIOD) for name in self.clauses}


def _rt3(find: Callable[[Rt3], Any]) -> Formula:
    """A clause of RT3, from the columns."""

    def formula(population: Any, _period: Any) -> Any:
        return find(Rt3(population.simulation.held))

    return formula


def _follows(name: str) -> Formula:
    """What follows from other clauses, each asked for by its variable."""

    def formula(population: Any, period: Any) -> Any:
        found = {clause: population(clause, period) for clause in _FROM_COLUMNS}
        return rt3_numpy.concluded(found)[name]

    return formula


def _hours(population: Any, period: Any) -> Any:
    low, high = population("minutes_low", period), population("minutes_high", period)
    may = (population("minutes_limited", period) == 0) | (high >= EIGHT_HOURS)
    return either(yes(low >= EIGHT_HOURS), may.astype(np.int8))


_FROM_COLUMNS: dict[str, Formula] = {
    "licensed": _rt3(Rt3.licensed),
    "practises": _rt3(Rt3.practises),
    "reviewed": _rt3(Rt3.reviewed),
    "interval": _rt3(lambda rt3: rt3.interval()[0]),
    "level_below": _rt3(lambda rt3: rt3.interval()[1]),
    "years": _rt3(Rt3.years),
    "certified": _rt3(lambda rt3: rt3.certified()[0]),
    "certified_now": _rt3(lambda rt3: rt3.certified()[1]),
    "published": _rt3(lambda rt3: rt3.published()[0]),
    "academic": _rt3(lambda rt3: rt3.published()[1]),
    "supervises": _rt3(lambda rt3: rt3.taught()[0]),
    "lesson_plan": _rt3(lambda rt3: rt3.taught()[1]),
    "professional": _rt3(Rt3.professional),
    "clinical": _rt3(Rt3.clinical),
    "minutes_low": _rt3(lambda rt3: rt3.minutes()[0]),
    "minutes_high": _rt3(lambda rt3: rt3.minutes()[1]),
    "minutes_limited": _rt3(lambda rt3: rt3.minutes()[2]),
    "hours": _hours,
    "activity": _rt3(lambda rt3: rt3.offices()[0]),
    "lead": _rt3(lambda rt3: rt3.offices()[1]),
}
_RT3 = _FROM_COLUMNS | {
    name: _follows(name) for name in ("has_taught", "ability", "quality", "cells", "outcome")
}


def _credits(name: str) -> Formula:
    """All figures come of one ledger; it is worked out once and kept beside the simulation."""

    def formula(population: Any, _period: Any) -> Any:
        simulation = population.simulation
        if not hasattr(simulation, "ledger"):
            simulation.ledger = credits_numpy.answers(simulation.held)
        return simulation.ledger[name]

    return formula


_CREDITS: dict[str, Formula] = {
    name: _credits(name)
    for name in (
        "outcome", "total_low", "total_high", "total_limited", "professional_low",
        "professional_high", "professional_limited", "supporting_low", "supporting_high",
        "supporting_limited",
    )
}  # fmt: skip
