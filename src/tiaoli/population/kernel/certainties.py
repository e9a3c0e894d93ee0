"""
What is true of every record of a population, such as that a day is always known. The terms that
ask for it fall away, and the program is the shorter for it.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Container
from dataclasses import dataclass
from typing import Any, Final
from weakref import WeakKeyDictionary

from tiaoli.population.kernel.alike import as_planned, instead
from tiaoli.population.kernel.running import ready
from tiaoli.population.plan import Plan, plan
from tiaoli.population.tables import Columns, Parts
from tiaoli.population.terms import Terms
from tiaoli.rules.question import Question

__all__ = ["Certainties", "certain_of", "prepare"]

Where = tuple[str, str, str]
_KEPT: Final = 128
_KEPT_OF_ONE: Final = 16


class Certainties(Container[Where]):
    """
    Looks into the facts for what it is asked, and no others; ``told`` is what it has answered.
    """

    def __init__(self, facts: Columns | Parts) -> None:
        self._facts = facts
        self._known = _known.setdefault(facts, {})
        self.told: dict[Where, bool] = {}

    def __contains__(self, where: object) -> bool:
        assert isinstance(where, tuple)
        if where not in self.told:
            if where not in self._known:
                self._known[where] = self._facts.certain(*where)
            self.told[where] = self._known[where]
        return self.told[where]


@dataclass(frozen=True, slots=True, eq=False)
class _Made:
    """A plan, and of what it was taken into account that it is certain, or is not."""

    earliest: bool
    told: dict[Where, bool]
    plan: Plan


_known: WeakKeyDictionary[Columns | Parts, dict[Where, bool]] = WeakKeyDictionary()
_made: OrderedDict[str, list[_Made]] = OrderedDict()
"""By the id of a question, the plans that were made of it: the last first."""
_changed: OrderedDict[tuple[Question, Plan], Plan | None] = OrderedDict()
"""By question and plan, the plan made for it of that one; None where it cannot be."""
_lock = threading.Lock()


def prepare(question: Question, facts: Columns | Parts, *, earliest: bool = False) -> Plan:
    """
    The plan of ``question`` for ``facts``, without asking what is certain there, compiled. The
    same again for a population of which the same is certain. Raises NoColumns, NoKernel and
    NoCompiler.
    """
    return _prepared(question, facts, earliest)[1]


def certain_of(columns: Columns, question: Question) -> frozenset[Where]:
    """The (kind, attribute, part) that ``question`` asks for and that are true of every record."""
    told, _ = _prepared(question, columns, False)
    return frozenset(where for where, is_certain in told.items() if is_certain)


def _prepared(
    question: Question, facts: Columns | Parts, earliest: bool
) -> tuple[dict[Where, bool], Plan]:
    certainties = Certainties(facts)
    with _lock:
        before = list(_made.get(question.id, ()))
    for one in before:
        if one.earliest == earliest and _are_certain(one.told, certainties):
            found = _of_one_shape(one.plan, question)
            if found is not None:
                return one.told, found
    fresh: Any = Certainties(facts)
    made = plan(question, terms=Terms(certain=fresh), earliest=earliest)
    ready(made)
    with _lock:
        kept = _made.setdefault(question.id, [])
        kept.insert(0, _Made(earliest, fresh.told, made))
        del kept[_KEPT_OF_ONE:]
        _made.move_to_end(question.id)
        if len(_made) > _KEPT:
            _made.popitem(last=False)
    return fresh.told, made


def _are_certain(told: dict[Where, bool], certainties: Certainties) -> bool:
    return all((where in certainties) == is_certain for where, is_certain in told.items())


def _of_one_shape(planned: Plan, question: Question) -> Plan | None:
    """The plan for a question that counts with other numbers, days or periods, or with the same."""
    if planned.question is question:
        return planned
    key = (question, planned)
    with _lock:
        if key in _changed:
            _changed.move_to_end(key)
            return _changed[key]
    nodes = instead(planned.question, question)
    found = None if nodes is None else as_planned(planned, question, nodes)
    with _lock:
        found = _changed.setdefault(key, found)
        if len(_changed) > _KEPT:
            _changed.popitem(last=False)
    return found
