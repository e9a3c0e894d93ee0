"""Through a question, as far as it is asked of the subject and not of one record after another."""

from __future__ import annotations

from collections.abc import Iterator

from tiaoli.rules.citation import Cited
from tiaoli.rules.cohorts import TAKES_TURNS
from tiaoli.rules.expressions import Node
from tiaoli.rules.question import Question
from tiaoli.rules.records import RecordSet


def of_the_subject(question: Question) -> Iterator[tuple[Node, str]]:
    """Every node of the bands and figures once for each clause it stands in, in written order."""
    seen: set[tuple[int, str]] = set()
    roots: list[Node] = [band.rule for band in question.bands]
    roots += [figure.value for figure in question.figures]
    ahead = [(root, "") for root in reversed(roots)]
    while ahead:
        node, clause = ahead.pop()
        clause = node.clause if isinstance(node, Cited) else clause
        if (id(node), clause) in seen:
            continue
        seen.add((id(node), clause))
        yield node, clause
        if not _goes_through_records(node):
            ahead.extend((part, clause) for part in reversed(tuple(node.parts())))


def _goes_through_records(node: Node) -> bool:
    return isinstance(node, TAKES_TURNS) or any(isinstance(p, RecordSet) for p in node.parts())
