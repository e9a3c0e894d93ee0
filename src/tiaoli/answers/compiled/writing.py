"""
How one function is written: its statements, its constants, and which file writes a node.

A row is the name of a record's values, where a rule is asked of a record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from tiaoli.answers import meaning
from tiaoli.facts.kinds import NONE
from tiaoli.rules.expressions import Node, Rule, Value

_NOT_YET = 2  # stands for a shared truth that has not been worked out

WriteRule = Callable[[Any, Any, str, str | None], None]
WriteValue = Callable[[Any, Any, str | None], tuple[str, bool]]
R = TypeVar("R", bound=WriteRule)
V = TypeVar("V", bound=WriteValue)
_RULES: dict[type[Node], WriteRule] = {}
_VALUES: dict[type[Node], WriteValue] = {}


def assigns(*nodes: type[Node]) -> Callable[[R], R]:
    """``@assigns(AllOf)``: the function that follows assigns the truth of such a rule."""

    def kept(function: R) -> R:
        _RULES.update(dict.fromkeys(nodes, function))
        return function

    return kept


def gives(*nodes: type[Node]) -> Callable[[V], V]:
    """``@gives(Moved)``: the function that follows has the expression of such a value."""

    def kept(function: V) -> V:
        _VALUES.update(dict.fromkeys(nodes, function))
        return function

    return kept


class Writer:
    """Writes the statements of one function; ``shared`` rules are worked out once."""

    def __init__(self, shared: frozenset[int] = frozenset()) -> None:
        self._shared = shared
        self._kept: dict[int, str] = {}
        self._lines: list[str] = []
        self._hoisted: list[str] = []
        self._constants: dict[str, Any] = {}
        self._once: dict[str, str] = {}
        self._depth = 0
        self._names = 0

    def put(self, line: str) -> None:
        self._lines.append("    " * self._depth + line)

    @contextmanager
    def within(self, line: str) -> Iterator[None]:
        """Everything that is put stands under ``line``."""
        self.put(line)
        self._depth += 1
        yield
        self._depth -= 1

    def name(self) -> str:
        self._names += 1
        return f"v{self._names}"

    def constant(self, thing: Any) -> str:
        name = f"K{len(self._constants)}"
        self._constants[name] = thing
        return name

    def named(self, expression: str) -> str:
        name = self.name()
        self.put(f"{name} = {expression}")
        return name

    def hoisted(self, key: str, expression: str) -> str:
        """Computed once, before everything else."""
        if key not in self._once:
            self._once[key] = f"d{len(self._once)}"
            self._hoisted.append(f"{self._once[key]} = {expression}")
        return self._once[key]

    def function(self, result: str) -> Any:
        """The function of one case that runs the statements and returns ``result``."""
        source = "\n".join(
            ["def read(case):", "    by_kind = case.dossier.by_kind", "    as_of = case.as_of"]
            + [f"    {line}" for line in (*self._hoisted, *self._lines)]
            + [f"    return {result}"]
        )
        names: dict[str, Any] = {"NONE": NONE, **self._constants}
        exec(compile(source, "<rule>", "exec"), names)
        return names["read"]

    def rule(self, rule: Rule, out: str, row: str | None) -> None:
        """Assigns True, False or None to ``out``."""
        if row is not None or id(rule) not in self._shared:
            self._rule(rule, out, row)
            return
        if id(rule) not in self._kept:
            self._kept[id(rule)] = f"m{len(self._kept)}"
            self._hoisted.append(f"{self._kept[id(rule)]} = {_NOT_YET}")
        kept = self._kept[id(rule)]
        with self.within(f"if {kept} == {_NOT_YET}:"):
            self._rule(rule, kept, row)
        self.put(f"{out} = {kept}")

    def _rule(self, rule: Rule, out: str, row: str | None) -> None:
        _RULES.get(type(rule), _RULES[Rule])(self, rule, out, row)

    def by_reference(self, rule: Rule, out: str, row: str | None) -> None:
        """As ``meaning`` has it; how, is written under ``Rule`` itself."""
        _RULES[Rule](self, rule, out, row)

    def value(self, node: Value, row: str | None) -> tuple[str, bool]:
        """The expression, and whether it is surely a value."""
        if write := _VALUES.get(type(node)):
            return write(self, node, row)
        return self.value_by_reference(node, row), False

    def value_by_reference(self, node: Value, row: str | None) -> str:
        return self.named(f"{self.constant(meaning.value)}({self.constant(node)}, case, {row})")
