"""
Questions that are the same but for what they count with. Numbers, days and periods of the text are
given to a program when it runs, so where only those differ the plan of one does for the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Any, Final

from tiaoli.population.lowering.amounts import decimals_of
from tiaoli.population.plan import Plan
from tiaoli.rules.amounts import Amount
from tiaoli.rules.expressions import AtLeastOf, Node
from tiaoli.rules.moments import DayConst, Moved
from tiaoli.rules.question import Question
from tiaoli.rules.records import Served

__all__ = ["as_planned", "instead"]


def _always(_one: Any, _other: Any) -> bool:
    return True


_GIVEN: Final[Mapping[tuple[type[Node], str], Callable[[Any, Any], bool]]] = {
    (Amount, "value"): lambda one, other: decimals_of(one) == decimals_of(other),
    (DayConst, "day"): _always,
    (Moved, "period"): _always,
    (Served, "years"): _always,
    (AtLeastOf, "number"): _always,
}
"""The fields that terms take no account of, or only of what the two have in common."""


def instead(planned: Question, asked: Question) -> Mapping[Node, Node] | None:
    """
    By node of the question that has been planned the one that stands there in ``asked``, where it
    is another; None where ``asked`` may come to other terms.
    """
    return _Compared(planned).with_(asked)


def as_planned(plan: Plan, question: Question, nodes: Mapping[Node, Node]) -> Plan:
    """The plan for a question that differs from the one planned in ``nodes`` alone."""
    now: Mapping[Node, Any] = nodes
    routes = tuple(
        tuple((replace(step, rule=now.get(step.rule, step.rule)), name) for step, name in route)
        for route in plan.routes
    )
    measures = tuple(replace(m, compare=now.get(m.compare, m.compare)) for m in plan.measures)
    return replace(
        plan, question=question, routes=routes, measures=measures, instead=nodes, of=plan
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Met:
    """How often each node of a question stands somewhere, in another node or as a root."""

    times: Counter[Node]


@lru_cache(maxsize=256)
def _met(question: Question) -> _Met:
    times: Counter[Node] = Counter(question.nodes())
    ahead = list(times)
    seen = set(ahead)
    while ahead:
        for part in ahead.pop().parts():
            times[part] += 1
            if part not in seen:
                seen.add(part)
                ahead.append(part)
    return _Met(times)


class _Compared:
    """
    Goes through both side by side and stops where they are one and the same. A node that another
    stands for has to be replaced by that one wherever it stands: terms are one for each node.
    """

    def __init__(self, planned: Question) -> None:
        self._planned = planned
        self._times = _met(planned).times
        self._met: Counter[Node] = Counter()
        self._found: dict[Node, Node] = {}
        self._taken: set[Node] = set()

    def with_(self, asked: Question) -> Mapping[Node, Node] | None:
        one = self._planned
        said = all(
            self._alike(getattr(one, name), getattr(asked, name))
            for name in _names(Question)
            if name not in ("bands", "figures", "flags")
        )
        if not said or not all(self._parts(*pair) for pair in _pairs(one, asked)):
            return None
        if any(self._times[node] != number for node, number in self._met.items()):
            return None
        return self._found

    def _parts(self, one: Any, other: Any) -> bool:
        """Of a band, a figure or a flag."""
        if one is None or other is None:
            return False
        return all(self._alike(getattr(one, n), getattr(other, n)) for n in _names(type(one)))

    def _alike(self, one: Any, other: Any) -> bool:
        if isinstance(one, Node) and isinstance(other, Node):
            return one is other or self._nodes(one, other)
        if isinstance(one, tuple) and isinstance(other, tuple):
            return len(one) == len(other) and all(map(self._alike, one, other))
        return one is other or bool(type(one) is type(other) and one == other)

    def _nodes(self, one: Node, other: Node) -> bool:
        self._met[one] += 1
        if one in self._found:
            return self._found[one] is other
        if type(one) is not type(other) or other in self._taken or other in self._times:
            return False
        self._found[one] = other
        self._taken.add(other)
        for name in _names(type(one)):
            same = _GIVEN.get((type(one), name), self._alike)
            if not same(getattr(one, name), getattr(other, name)):
                return False
        return True


def _pairs(one: Question, other: Question) -> Iterator[tuple[Any, Any]]:
    for name in ("bands", "figures", "flags"):
        mine, theirs = getattr(one, name), getattr(other, name)
        yield from zip(mine, theirs, strict=False)
        if len(mine) != len(theirs):
            yield None, None


_FIELDS: dict[type[Any], tuple[str, ...]] = {}


def _names(of: type[Any]) -> tuple[str, ...]:
    """The fields of a class, looked up once."""
    if of not in _FIELDS:
        _FIELDS[of] = tuple(field.name for field in fields(of))
    return _FIELDS[of]
