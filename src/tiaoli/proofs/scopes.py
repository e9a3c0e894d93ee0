"""Where the parts of a rule stand: asked of the subject, or of the record in hand of some kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tiaoli.facts.kinds import Kind
from tiaoli.rules.amounts import GroupedSum, ReachedOn, Sum
from tiaoli.rules.citation import Cited
from tiaoli.rules.cohorts import EachOne, EachPeriod, OfEach, OfEachPeriod
from tiaoli.rules.expressions import Node
from tiaoli.rules.ledgers import During, Ledger
from tiaoli.rules.records import Every, Picked, Records, Related, Served
from tiaoli.rules.timetables import PROGRAMME, PerDay


@dataclass(frozen=True, slots=True)
class Placed:
    """A part of a rule, the kind of record it is asked of, and the clause it stands in."""

    node: Node
    kind: Kind | None
    clause: str | None


def placed(root: Node) -> Iterator[Placed]:
    """Every part of ``root``, once for each kind of record that it is asked of."""
    seen: set[tuple[int, str]] = set()
    ahead = [Placed(root, None, None)]
    while ahead:
        part = ahead.pop()
        key = (id(part.node), "" if part.kind is None else part.kind.name)
        if key not in seen:
            seen.add(key)
            yield part
            clause = part.node.clause if isinstance(part.node, Cited) else part.clause
            below = [Placed(node, kind, clause) for node, kind in _below(part.node, part.kind)]
            ahead.extend(reversed(below))


def _below(node: Node, kind: Kind | None) -> Iterator[tuple[Node, Kind | None]]:
    match node:
        case Records(kind=own, condition=condition):
            yield condition, own
        case Sum(records=of, value=value) | GroupedSum(records=of, value=value):
            yield of, kind
            yield value, of.kind
        case ReachedOn(records=of, target=target):
            yield of, kind
            yield target, kind
        case Every(records=of, rule=rule):
            yield of, kind
            yield rule, of.kind
        case PerDay(records=of, each=each):
            yield of, kind
            yield each, PROGRAMME
        case Ledger(records=of):
            yield of, kind
            yield from ((part, of.kind) for part in node.parts() if part is not of)
        case Related(others=others):
            yield others, kind
        case During(day=day, records=of):
            yield day, kind
            yield of, kind
        case Served(records=of):
            yield of, kind
            if node.since is not None:
                yield node.since, kind
        case OfEach(records=of) | EachOne(records=of) | Picked(records=of):
            # What is asked in the turn of a record is looked at with the whole it stands in.
            yield of, kind
        case OfEachPeriod() | EachPeriod():
            yield node.start, kind
            yield node.until, kind
        case _:
            yield from ((part, kind) for part in node.parts())
