"""What is explained once and kept while one question is read, and how a node is looked up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from tiaoli.answers.answer import Missing, NotCounted, Reason
from tiaoli.answers.case import Case
from tiaoli.answers.compiled import Member, compiled_members, compiled_value, quick_members
from tiaoli.answers.meaning import Range, Truth
from tiaoli.facts.dossier import Fact
from tiaoli.facts.kinds import Label
from tiaoli.rules.expressions import Node, Rule, Value
from tiaoli.rules.records import Records

OUTCOMES: Mapping[Truth, str] = {True: "met", False: "not_met", None: "unknown"}
ANY = Label("以下任一項", "any one of")
ALL = Label("以下各項都要", "all of")


class Reader:
    """
    The case as it stands, the same without presumptions, and the clauses in words.

    What was found once is kept while one question is read: rules share sets, windows and clauses.
    ``brief``: in the turn of a record or period it is not told why other records do not count.
    """

    __slots__ = ("_found", "_members", "_values", "brief", "case", "says", "turns")

    def __init__(self, case: Case, says: Mapping[str, Label]) -> None:
        self.case = replace(case, sorted_out=self.members)
        self.says = says
        self.brief = bool(case.taken) or case.period is not None
        self._found: dict[int, Finding] = {}
        self._members: dict[int, list[Member]] = {}
        self._values: dict[int, Any] = {}
        self.turns: dict[int, Explained] = {}

    @property
    def open_case(self) -> Case:
        return self.case.without_presumptions()

    def finding(self, rule: Rule) -> Finding:
        found = self._found.get(id(rule))
        if found is None:
            how = _EXPLAIN.get(type(rule)) or _EXPLAIN[Rule]
            found = self._found[id(rule)] = how(rule, self)
        return found

    def sorting(self, of: Records) -> list[Member]:
        """Every record of the kind, whether it is in the set, and what keeps it out."""
        found = self._members.get(id(of))
        if found is None:
            found = self._members[id(of)] = compiled_members(of)(self.case)
        return found

    def members(self, of: Records, case: Case | None = None) -> list[tuple[Fact, Truth]]:
        """The same as ``meaning.members`` gives it; kept unless it is another record's turn."""
        mine = self.case
        if case is None or (case.taken is mine.taken and case.period is mine.period):
            return [(fact, truth) for fact, truth, _ in self.sorting(of)]
        return quick_members(of, case)

    def value(self, node: Value) -> Any:
        """A value that is asked of no record, as ``meaning.value``."""
        key = id(node)
        if key not in self._values:
            self._values[key] = compiled_value(node)(self.case)
        return self._values[key]


@dataclass(slots=True)
class Finding:
    """``open`` is the truth without presumptions; ``missing`` is empty unless it is unknown."""

    truth: Truth
    open: Truth
    parts: list[Reason] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)


_EXPLAIN: dict[type[Node], Callable[[Any, Reader], Finding]] = {}
E = TypeVar("E", bound=Callable[[Any, Any], Any])


def explains(*nodes: type[Node]) -> Callable[[E], E]:
    """``@explains(AllOf)``: the function that follows tells such a rule; Rule is any other."""

    def kept(function: E) -> E:
        for node in nodes:
            _EXPLAIN[node] = function
        return function

    return kept


def explain(rule: Rule, reader: Reader) -> Finding:
    """The truth of ``rule`` with its reasons."""
    return reader.finding(rule)


Explained = tuple[Range | None, list[Reason], tuple[str, ...], tuple[NotCounted, ...]]
"""An amount, the clauses that make it up, the records that count in it and those that do not."""
