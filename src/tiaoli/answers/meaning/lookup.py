"""
Truths, ranges, and how the meaning of a node is looked up; the nodes themselves are beside this.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from tiaoli.answers.case import Case
from tiaoli.facts.dossier import Fact
from tiaoli.facts.kinds import NONE
from tiaoli.rules.amounts import AmountNode
from tiaoli.rules.expressions import Node, Rule, Value
from tiaoli.rules.records import Records, RecordSet, Union

Truth = bool | None


Row = Mapping[str, Any]


Exact = int | Decimal


@dataclass(frozen=True, slots=True)
class Range:
    """``low`` is certain, ``high`` is possible (None: no limit is known)."""

    low: Exact
    high: Exact | None

    @property
    def exact(self) -> Exact | None:
        return self.low if self.low == self.high else None


def negated(truth: Truth) -> Truth:
    return None if truth is None else not truth


def all_truths(truths: Iterable[Truth]) -> Truth:
    found: Truth = True
    for truth in truths:
        if truth is False:
            return False
        if truth is None:
            found = None
    return found


def any_truth(truths: Iterable[Truth]) -> Truth:
    found: Truth = False
    for truth in truths:
        if truth is True:
            return True
        if truth is None:
            found = None
    return found


_MEANS: dict[type[Node], Callable[[Any, Case, Any], Any]] = {}
M = TypeVar("M", bound=Callable[[Any, Case, Any], Any])


def means(*nodes: type[Node]) -> Callable[[M], M]:
    """``@means(AllOf)``: the function that follows says what such a node is for one case."""

    def kept(function: M) -> M:
        for node in nodes:
            _MEANS[node] = function
        return function

    return kept


def holds(rule: Rule, case: Case, row: Row | None = None) -> Truth:
    """The truth of ``rule``; inside a set of records ``row`` is the record in hand."""
    truth: Truth = _MEANS[type(rule)](rule, case, row)
    return truth


def compare_values(left: Any, op: str, right: Any) -> Truth:
    if left is None or right is None:
        return None
    if left is NONE or right is NONE:
        return False
    return _OPERATORS[op](left, right)


_OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = {
    "==": lambda a, b: a == b,
    "<=": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b,
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
}


def compare_ranges(left: Range | None, op: str, right: Range | None) -> Truth:
    """Certain when it holds for every value in the ranges; an amount not stated is unknown."""
    if left is None or right is None:
        return None
    if op in ("<=", "<"):
        return compare_ranges(right, {"<=": ">=", "<": ">"}[op], left)
    strict = op == ">"
    if right.high is not None and _reaches(left.low, right.high, strict):
        return True
    if left.high is None or _reaches(left.high, right.low, strict):
        return None
    return False


def _reaches(a: Exact, b: Exact, strict: bool) -> bool:
    return a > b if strict else a >= b


def members(of: Records, case: Case) -> list[tuple[Fact, Truth]]:
    """Every record of the kind, and whether it is in the set."""
    if case.sorted_out is not None:
        return case.sorted_out(of, case)
    return [(fact, is_member(of, case, fact)) for fact in case.dossier.of(of.kind.name)]


def is_member(of: Records, case: Case, fact: Fact) -> Truth:
    return all_truths((has_happened(of, case, fact), holds(of.condition, case, fact.values)))


def has_happened(of: Records, case: Case, fact: Fact) -> Truth:
    if of.anytime or of.kind.happens is None:
        return True
    day = fact.values[of.kind.happens]
    return True if day is NONE else compare_values(day, "<=", case.as_of)


def value(node: Value, case: Case, row: Row | None = None) -> Any:
    """A day, a choice, a text: ``None`` where not known, ``NONE`` where there is none."""
    return _MEANS[type(node)](node, case, row)


def amount(node: Value, case: Case, row: Row | None = None) -> Range | None:
    """The range of an amount; ``None`` where the text states none."""
    if not isinstance(node, AmountNode):
        return range_of(value(node, case, row))
    found: Range | None = _MEANS[type(node)](node, case, row)
    return found


def amount_known(node: AmountNode, case: Case, row: Row | None = None) -> Range:
    """The same for an amount that is not a matter of what the text states."""
    found = amount(node, case, row)
    assert found is not None, "an amount that the text does not state was counted with"
    return found


def range_of(found: Any) -> Range:
    if found is None:
        return Range(0, None)
    return Range(0, 0) if found is NONE else Range(found, found)


def is_open(of: RecordSet, case: Case) -> bool:
    """Whether records may exist that nobody has listed."""
    sets = of.sets if isinstance(of, Union) else (of,)
    return any(one.kind.name in case.dossier.incomplete for one in sets if isinstance(one, Records))


def plain(number: Exact) -> Exact:
    """The same number, as an integer where it is one."""
    if number == int(number):
        return int(number)
    return number.normalize() if isinstance(number, Decimal) else number
