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
from tiaoli.answers.wording import describe, name_of, quantity_text
from tiaoli.facts.kinds import Label, Unit
from tiaoli.proofs.exactly import plain_value
from tiaoli.proofs.search import Search
from tiaoli.proofs.symbols import Quantity
from tiaoli.rules.amounts import AmountNode, HowMany
from tiaoli.rules.cohorts import TAKES_TURNS, Fold, OfEach, OfEachPeriod
from tiaoli.rules.expressions import Node, Rule

_WHOLE = (Unit.ONE, Unit.CASE, Unit.ITEM, Unit.PERSON)


def take_turns(nodes: Iterable[Node]) -> bool:
    """Whether anything in ``nodes`` is worked out for one after another."""
    return any(isinstance(part, TAKES_TURNS) for node in nodes for part in node.walk())


class FreeFigures(Search):
    """The world of ``nodes`` in which what takes turns is any number, or any truth."""

    def __init__(self, nodes: Iterable[Node], *, on: datetime.date) -> None:
        super().__init__(nodes, on=on)
        self.free: dict[int, tuple[Node, z3.ExprRef]] = {}
        for node in self.nodes:
            for part in _outermost(node):
                self._let_free(part)

    def _let_free(self, node: Node) -> None:
        shape = self.shapes.of(node)
        if shape in self.free:
            return
        if isinstance(node, Rule):
            truth = z3.Bool(f"turn {shape}")
            self.free[shape] = node, truth
            self.reading.done[shape, ""] = truth
            return
        assert isinstance(node, OfEach | OfEachPeriod)
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


def _told(node: Node, found: bool | int) -> Label:
    if isinstance(node, Rule):
        what = describe(node)
        answer = Label("是", "yes") if found else Label("否", "no")
    else:
        assert isinstance(node, AmountNode)
        what = name_of(node)
        answer = quantity_text(Amount(found, found, node.unit))
    return Label(f"{what.zh}：{answer.zh}", f"{what.en}: {answer.en}")


def _outermost(node: Node) -> Iterator[Node]:
    if isinstance(node, TAKES_TURNS):
        yield node
        return
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
