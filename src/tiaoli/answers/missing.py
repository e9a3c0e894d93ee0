"""
What is missing: the unknown attributes, unmade rulings and unlisted records that could settle a
requirement. Asked only of requirements whose truth is open; a settled branch asks for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from tiaoli.answers.answer import Missing
from tiaoli.answers.case import Case
from tiaoli.answers.meaning import amount, has_happened, holds, members, picked
from tiaoli.answers.wording import describe
from tiaoli.facts.dossier import Fact
from tiaoli.facts.kinds import NONE, Label
from tiaoli.facts.vocabulary import find
from tiaoli.rules.amounts import AmountNode, Count, ReachedOn, Sum, Table
from tiaoli.rules.expressions import AttributeOf, Node, Rule
from tiaoli.rules.judgement import Judged
from tiaoli.rules.ledgers import During, Ledger
from tiaoli.rules.records import (
    Every,
    FromDifferentEvents,
    Picked,
    Records,
    Related,
    Served,
    Union,
)
from tiaoli.rules.timetables import PerDay


def missing_in(node: Node, case: Case) -> list[Missing]:
    """What could settle ``node``: unknown attributes, unmade rulings, unlisted records."""
    return list(dict.fromkeys(_open_in(node, case, None)))


def missing_amounts(node: AmountNode, case: Case) -> list[Missing]:
    """What could settle an amount that is not exactly known."""
    found = amount(node, case)
    if found is None or found.exact is not None:
        return []
    return missing_in(node, case)


def _open_in(node: Node, case: Case, fact: Fact | None) -> Iterable[Missing]:
    """The same inside a set of records, where ``fact`` is the record in hand."""
    if (
        isinstance(node, Rule)
        and holds(node, case, None if fact is None else fact.values) is not None
    ):
        return
    match node:
        case AttributeOf() if fact is not None:
            yield from _unknown(node.kind.name, fact, node.attribute.name)
        case Records():
            yield from _open_members(node, case)
        case Picked():
            yield from _open_pick(node, case)
        case Judged():
            yield Missing("judgement", describe(node), node.clause)
        case Every(records=of, rule=asked) | Sum(records=of, value=asked):
            yield from _open_members(of, case, asked)
        case PerDay(records=of):
            yield from _open_members(of, case, *(getattr(of, n) for n in ("date", "start", "end")))
        case ReachedOn(records=of, value=asked, target=target):
            yield from _open_members(of, case, asked)
            yield from _open_in(target, case, fact)
        case Ledger():
            own = [part for part in node.parts() if part is not node.records]
            yield from _open_members(node.records, case, *own)
        case During(day=day, records=of):
            yield from _open_in(day, case, fact)
            ends = (of.kind.happens or "", of.kind.ends or "")
            yield from _open_members(of, case, *(getattr(of, name) for name in ends))
        case Related():
            yield from _open_relation(node, case, fact)
        case Count(records=of, distinct=names) if names:
            sets = of.sets if isinstance(of, Union) else (of,)
            for one, name in zip(sets, names, strict=True):
                assert isinstance(one, Records)
                yield from _open_members(one, case, getattr(one, name))
        case FromDifferentEvents(sets=sets, event=event):
            for one in sets:
                yield from _open_members(one, case, getattr(one, event))
        case Served(records=of, since=since):
            yield from _open_members(of, case, getattr(of, of.kind.ends or ""))
            if since is not None:
                yield from _open_in(since, case, fact)
        case Table():
            yield from _open_rows(node, case, fact)
        case _:
            for part in node.parts():
                yield from _open_in(part, case, fact)


def _open_members(of: Records, case: Case, *asked: Node) -> Iterable[Missing]:
    """Whether each record is in the set and, where it may be, what is ``asked`` of it."""
    for fact, truth in members(of, case):
        if truth is None:
            if has_happened(of, case, fact) is None:
                yield from _unknown(of.kind.name, fact, of.kind.happens or "")
            yield from _open_in(of.condition, case, fact)
        if truth is not False:
            for node in asked:
                yield from _open_in(node, case, fact)
    if of.kind.name in case.dossier.incomplete:
        what = of.kind.label
        asks = Label(
            f"是否還有其他{what.zh}", f"whether there are further {what.en.lower()} records"
        )
        yield Missing("records", asks, kind=of.kind.name)


def _unknown(kind: str, fact: Fact, name: str) -> Iterable[Missing]:
    if fact.values[name] is not None:
        return
    of = find(kind)
    what = of.attributes[name].label
    asks = Label(
        f"{of.label.zh} {fact.id} 的{what.zh}", f"{what.en} of {of.label.en.lower()} {fact.id}"
    )
    yield Missing("attribute", asks, fact=fact.id, kind=kind, attribute=name)


def _open_relation(node: Related, case: Case, fact: Fact | None) -> Iterable[Missing]:
    for mine, _ in node.pairs:
        yield from _open_in(mine, case, fact)
    yield from _open_members(node.others, case, *(theirs for _, theirs in node.pairs))


def _open_pick(node: Picked, case: Case) -> Iterable[Missing]:
    found = picked(node, case)
    if isinstance(found, Fact):
        yield from _unknown(node.records.kind.name, found, node.attribute.name)
    elif found is not NONE:
        for missing in _open_members(node.records, case, node.by):
            if not node.focus or case.about is None or missing.fact in (case.about, None):
                yield missing


def _open_rows(node: Table, case: Case, fact: Fact | None) -> Iterable[Missing]:
    """The amounts of rows that are settled as not met are nobody's concern."""
    row = None if fact is None else fact.values
    truths = [(holds(rule, case, row), rule, result) for rule, result in node.rows]
    for truth, rule, result in truths:
        if truth is not False:
            yield from _open_in(rule, case, fact)
            yield from _open_in(result, case, fact)
    if True not in (truth for truth, _, _ in truths):
        yield from _open_in(node.otherwise, case, fact)
