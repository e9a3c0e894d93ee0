"""
Words that turn on what a cohort comes to: read with those figures free, whatever the records are.

What one record or one year after another comes to takes many records to bring about, and more to
find. Taken as a free number it leaves a wider world: what is impossible in it is impossible, and
what is possible is shown by the figures where facts are not found.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

import z3

from tiaoli.answers.answer import Quantity as Amount
from tiaoli.answers.in_words import quantity_text
from tiaoli.answers.wording import name_of
from tiaoli.facts.kinds import Label, Unit
from tiaoli.proofs.exactly import plain_value
from tiaoli.proofs.search import Search
from tiaoli.proofs.symbols import Quantity
from tiaoli.rules.amounts import HowMany
from tiaoli.rules.cohorts import EachOne, EachPeriod, Fold, OfEach, OfEachPeriod
from tiaoli.rules.expressions import Node

_WHOLE = (Unit.ONE, Unit.CASE, Unit.ITEM, Unit.PERSON)


def have_figures(nodes: Iterable[Node]) -> bool:
    """Whether ``nodes`` turn on what one after another comes to."""
    return any(isinstance(part, OfEach | OfEachPeriod) for node in nodes for part in node.walk())


class FreeFigures(Search):
    """The world of ``nodes`` in which what one after another comes to is any number."""

    def __init__(self, nodes: Iterable[Node], *, on: datetime.date) -> None:
        super().__init__(nodes, on=on)
        self.free: dict[int, tuple[OfEach | OfEachPeriod, z3.ArithRef]] = {}
        for node in self.nodes:
            for part in _outermost(node):
                self._let_free(part)

    def _let_free(self, node: OfEach | OfEachPeriod) -> None:
        shape = self.shapes.of(node)
        if shape in self.free:
            return
        number = z3.Int(f"turn {shape}") if _is_whole(node) else z3.Real(f"turn {shape}")
        self.world.constraints.append(number >= 0)
        most = _most(node)
        if most is not None:
            self.world.constraints.append(number <= most)
        self.free[shape] = node, number
        self.reading.done[shape, ""] = Quantity(number)

    def told(self, model: z3.ModelRef) -> tuple[Label, ...]:
        """The figures of a model, as a person reads them."""
        return tuple(_told(node, plain_value(model, term)) for node, term in self.free.values())


def _told(node: OfEach | OfEachPeriod, found: int) -> Label:
    what, answer = name_of(node), quantity_text(Amount(found, found, node.unit))
    return Label(f"{what.zh}：{answer.zh}", f"{what.en}: {answer.en}")


def _outermost(node: Node) -> Iterator[OfEach | OfEachPeriod]:
    if isinstance(node, OfEach | OfEachPeriod):
        yield node
    elif not isinstance(node, EachOne | EachPeriod):
        for part in node.parts():
            yield from _outermost(part)


def _is_whole(node: OfEach | OfEachPeriod) -> bool:
    inner = node.each
    if isinstance(inner, OfEach | OfEachPeriod) and not _is_whole(inner):
        return False
    return node.unit in _WHOLE and node.fold is not Fold.MEAN


def _most(node: OfEach | OfEachPeriod) -> int | None:
    """How many rules there are, where they are counted."""
    if node.fold is Fold.SUM:
        return None
    if isinstance(node.each, OfEach | OfEachPeriod):
        return _most(node.each)
    return len(node.each.rules) if isinstance(node.each, HowMany) else None
