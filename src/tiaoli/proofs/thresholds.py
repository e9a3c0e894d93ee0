"""Every threshold and date of a regulation on which answers may turn, wherever they do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tiaoli.answers.wording import describe, name_of
from tiaoli.facts.kinds import Label, Type
from tiaoli.proofs.asked import resolved
from tiaoli.proofs.scopes import Placed, placed
from tiaoli.proofs.shapes import Shapes
from tiaoli.rules.expressions import (
    AtLeastOf,
    Compare,
    Node,
    Rule,
    Value,
)
from tiaoli.rules.moments import Within
from tiaoli.rules.question import Question
from tiaoli.rules.records import Served
from tiaoli.rules.regulation import Regulation


@dataclass(frozen=True, slots=True)
class Place:
    """Where a comparison stands: in which band (or figure) of which question, of how many parts."""

    question: str
    target: int
    part: Placed
    size: int


@dataclass(frozen=True, slots=True)
class Threshold:
    """One comparison of a clause on which answers turn; ``edge`` of a window: start or end."""

    clause: str
    number: int
    edge: str
    places: tuple[Place, ...]

    @property
    def part(self) -> Placed:
        return self.places[0].part

    @property
    def name(self) -> str:
        return f"{self.clause}/{self.number}{self.edge}"

    @property
    def says(self) -> Label:
        node = self.part.node
        if isinstance(node, AtLeastOf):
            return Label(f"任 {node.number} 項", f"any {node.number}")
        assert isinstance(node, Rule)
        if isinstance(node, Within):
            day, limit = name_of(node.day), name_of(getattr(node, self.edge or "start"))
            return Label(f"{day.zh}對「{limit.zh}」", f"{day.en} against {limit.en}")
        return describe(node)


def thresholds(regulation: Regulation) -> tuple[Threshold, ...]:
    """Every threshold of every clause, in the order of the text, wherever answers turn on it."""
    shapes = Shapes()
    found: dict[tuple[str, str, int], list[Place]] = {}
    for question in regulation.questions.values():
        if question.summary:
            continue
        read = resolved(question, regulation.default_readings())
        for target, root in enumerate(targets_of(read)):
            size = size_of(root, *before_target(read, target))
            for part in placed(root):
                for edge in _edges_of(part):
                    key = (part.clause or "", edge, shapes.of(part.node))
                    found.setdefault(key, []).append(Place(question.id, target, part, size))
    order = {clause: at for at, clause in enumerate(regulation.clauses)}
    cited = sorted((key for key in found if key[0]), key=lambda key: order[key[0]])
    return tuple(_numbered(cited, found))


def targets_of(question: Question) -> list[Rule | Value]:
    return [*(band.rule for band in question.bands), *(f.value for f in question.figures)]


def size_of(*roots: Node) -> int:
    return len({id(node) for root in roots for node in root.walk()})


def _numbered(
    keys: list[tuple[str, str, int]], found: dict[tuple[str, str, int], list[Place]]
) -> Iterator[Threshold]:
    numbers: dict[str, dict[int, int]] = {}
    for clause, edge, said in keys:
        mine = numbers.setdefault(clause, {})
        number = mine.setdefault(said, len(mine) + 1)
        yield Threshold(clause, number, edge, tuple(found[clause, edge, said]))


def _edges_of(part: Placed) -> tuple[str, ...]:
    match part.node:
        case Compare(left=left):
            ordered = left.type in (Type.DAY, Type.WHOLE, Type.NUMBER, Type.DURATION)
            return ("",) if ordered else ()
        case Within():
            return ("start", "end")
        case Served() | AtLeastOf():
            return ("",)
    return ()


def before_target(question: Question, target: int) -> list[Rule]:
    """The bands that must have failed before a target has its turn."""
    bands = [band.rule for band in question.bands]
    return bands[:target] if target < len(bands) else []
