"""
What is true of every record of a population, such as that a day is always known. The terms that
ask for it fall away, and the program is the shorter for it.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Container
from typing import Any, Final

from tiaoli.population.kernel.running import ready
from tiaoli.population.plan import Plan, plan
from tiaoli.population.tables import Columns, Parts
from tiaoli.population.terms import Terms
from tiaoli.rules.question import Question

__all__ = ["Certainties", "certain_of", "prepare"]

Where = tuple[str, str, str]
_KEPT: Final = 128


class Certainties(Container[Where]):
    """
    Looks into the facts for what it is asked, and no others; ``told`` is what it has answered.
    """

    def __init__(self, facts: Columns | Parts) -> None:
        self._facts = facts
        self.told: dict[Where, bool] = {}

    def __contains__(self, where: object) -> bool:
        assert isinstance(where, tuple)
        if where not in self.told:
            self.told[where] = self._facts.certain(*where)
        return self.told[where]


_made: OrderedDict[tuple[Question, bool], list[tuple[dict[Where, bool], Plan]]] = OrderedDict()
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
        before = list(_made.get((question, earliest), ()))
    for told, one in before:
        if all((where in certainties) == is_certain for where, is_certain in told.items()):
            return told, one
    fresh: Any = Certainties(facts)
    made = plan(question, terms=Terms(certain=fresh), earliest=earliest)
    ready(made)
    with _lock:
        _made.setdefault((question, earliest), []).append((fresh.told, made))
        _made.move_to_end((question, earliest))
        if len(_made) > _KEPT:
            _made.popitem(last=False)
    return fresh.told, made
