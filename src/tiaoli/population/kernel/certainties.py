"""
What is true of every record of a population, such as that a day is always known. The terms that
ask for it fall away, and the program is the shorter for it.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Container
from typing import Any, Final

from tiaoli.facts.vocabulary import find
from tiaoli.population.kernel.running import ready
from tiaoli.population.plan import Plan, plan
from tiaoli.population.tables import Columns, Lists, none_of, unknown_of
from tiaoli.population.tables.encoding import GIVEN, UNKNOWN
from tiaoli.population.terms import Terms
from tiaoli.rules.question import Question

__all__ = ["Certainties", "certain_of", "prepare"]

Where = tuple[str, str, str]
_KEPT: Final = 128


class Certainties(Container[Where]):
    """
    Looks into the columns for what it is asked, and no others; ``told`` is what it has answered.
    """

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self.told: dict[Where, bool] = {}

    def __contains__(self, where: object) -> bool:
        assert isinstance(where, tuple)
        if where not in self.told:
            self.told[where] = self._found(*where)
        return self.told[where]

    def _found(self, kind: str, name: str, part: str) -> bool:
        if part == "complete":
            return not self._columns.incomplete(kind).any()
        if part == "value":
            return False
        offsets = self._columns.offsets(kind)
        values = self._columns.values(kind, name)
        if isinstance(values, Lists):
            states = values.states[offsets[0] : offsets[-1]]
            return bool((states == GIVEN if part == "given" else states != UNKNOWN).all())
        of, mine = find(kind).attributes[name].type, values[offsets[0] : offsets[-1]]
        return bool((mine > (none_of(of) if part == "given" else unknown_of(of))).all())


_made: OrderedDict[tuple[Question, bool], list[tuple[dict[Where, bool], Plan]]] = OrderedDict()
_lock = threading.Lock()


def prepare(question: Question, columns: Columns, *, earliest: bool = False) -> Plan:
    """
    The plan of ``question`` for ``columns``, without asking what is certain there, compiled. The
    same again for a population of which the same is certain. Raises NoColumns, NoKernel and
    NoCompiler.
    """
    return _prepared(question, columns, earliest)[1]


def certain_of(columns: Columns, question: Question) -> frozenset[Where]:
    """The (kind, attribute, part) that ``question`` asks for and that are true of every record."""
    told, _ = _prepared(question, columns, False)
    return frozenset(where for where, is_certain in told.items() if is_certain)


def _prepared(
    question: Question, columns: Columns, earliest: bool
) -> tuple[dict[Where, bool], Plan]:
    certainties = Certainties(columns)
    with _lock:
        before = list(_made.get((question, earliest), ()))
    for told, one in before:
        if all((where in certainties) == is_certain for where, is_certain in told.items()):
            return told, one
    fresh: Any = Certainties(columns)
    made = plan(question, terms=Terms(certain=fresh), earliest=earliest)
    ready(made)
    with _lock:
        _made.setdefault((question, earliest), []).append((fresh.told, made))
        _made.move_to_end((question, earliest))
        if len(_made) > _KEPT:
            _made.popitem(last=False)
    return fresh.told, made
