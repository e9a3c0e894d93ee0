"""A rule in which one part is replaced by another."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any, TypeVar

from tiaoli.proofs.shapes import Shapes
from tiaoli.rules.expressions import Node

N = TypeVar("N", bound=Node)


def replaced(node: N, target: Node, by: Node) -> N:
    """``node`` with all that says the same as ``target`` replaced; shares what it can."""
    found: N = _Replacing(target, by).of(node)
    return found


class _Replacing:
    def __init__(self, target: Node, by: Node) -> None:
        self.shapes = Shapes()
        self.target = self.shapes.of(target)
        self.by = by
        self.done: dict[int, Any] = {}

    def of(self, node: Any) -> Any:
        if isinstance(node, tuple):
            parts = tuple(map(self.of, node))
            return node if all(a is b for a, b in zip(parts, node, strict=True)) else parts
        if not isinstance(node, Node):
            return node
        if id(node) not in self.done:
            same = self.shapes.of(node) == self.target
            self.done[id(node)] = self.by if same else self._rebuilt(node)
        return self.done[id(node)]

    def _rebuilt(self, node: Node) -> Node:
        old = {field.name: getattr(node, field.name) for field in fields(node)}  # type: ignore[arg-type]  # every concrete node is a dataclass
        changed = {name: new for name, was in old.items() if (new := self.of(was)) is not was}
        return replace(node, **changed) if changed else node  # type: ignore[type-var]  # the same
