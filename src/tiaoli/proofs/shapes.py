"""Shapes: what a node says, apart from which object says it. Alike nodes are translated once."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any

from tiaoli.facts.kinds import Attribute, Kind
from tiaoli.rules.expressions import Node


@dataclass(slots=True)
class Shapes:
    """Numbers for shapes; two nodes have the same number where they say the same."""

    numbers: dict[tuple[Any, ...], int] = field(default_factory=dict)
    known: dict[int, int] = field(default_factory=dict)
    kept: list[Node] = field(default_factory=list)
    """Nodes are known by their identity, which must not pass to another while they are."""

    def of(self, node: Node) -> int:
        found = self.known.get(id(node))
        if found is None:
            parts = tuple(self._part(getattr(node, f.name)) for f in fields(node))  # type: ignore[arg-type]  # every concrete node is a dataclass
            found = self.numbers.setdefault((type(node), *parts), len(self.numbers))
            self.known[id(node)] = found
            self.kept.append(node)
        return found

    def _part(self, value: Any) -> Any:
        if isinstance(value, Node):
            return ("node", self.of(value))
        if isinstance(value, tuple):
            return tuple(map(self._part, value))
        if isinstance(value, Kind | Attribute):
            return value.name
        return (type(value), value)
