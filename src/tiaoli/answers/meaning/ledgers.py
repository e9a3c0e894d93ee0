"""What ledgers mean: what each record counts, in turn."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tiaoli.answers import allotment
from tiaoli.answers.case import Case
from tiaoli.answers.meaning.lookup import (
    Exact,
    Range,
    Row,
    Truth,
    amount,
    amount_known,
    holds,
    is_open,
    means,
    members,
    plain,
    range_of,
    value,
)
from tiaoli.facts import periods
from tiaoli.facts.dossier import Fact
from tiaoli.facts.kinds import NONE
from tiaoli.rules.expressions import Value
from tiaoli.rules.ledgers import Cap, Ledger, ListLength, Once, PeriodsIn, Portion


@means(Portion)
def _portion(node: Portion, case: Case, row: Row | None) -> Range | None:
    found = amount(node.amount, case, row)
    if found is None:
        return None
    before = row.before.get(node) if isinstance(row, LedgerRow) else 0
    if before is not None and found.exact is not None:
        share = _steps(before + found.exact, node) - _steps(before, node)
        return Range(share, share)
    step = node.step.value if node.pooled else 0
    low, high = _steps(found.low, node), None if found.high is None else _steps(found.high, node)
    if node.up:
        return Range(max(0, low - step), high)
    return Range(low, None if high is None else high + step)


def _steps(number: Exact, node: Portion) -> Exact:
    each = node.each.value * node.step.value
    whole = number // each
    if node.up and whole * each < number:
        whole += 1
    return plain(whole * node.step.value)


@means(PeriodsIn)
def _periods_in(node: PeriodsIn, case: Case, row: Row | None) -> Range | None:
    start, end = value(node.start, case, row), value(node.end, case, row)
    if start is NONE or end is NONE:
        return Range(0, 0)
    if start is None or end is None:
        return Range(0, None)
    return range_of(periods.how_often(start, end, node.period))


@means(ListLength)
def _list_length(node: ListLength, case: Case, row: Row | None) -> Range | None:
    found = value(node.value, case, row)
    return range_of(found if found is None or found is NONE else len(found))


class LedgerRow(dict[str, Any]):
    """
    A record of a ledger, with what those before it add up to, by the portion that pools them
    (None: not known).
    """

    def __init__(self, values: Row, before: Mapping[Portion, Exact | None]) -> None:
        super().__init__(values)
        self.before = before


@means(Ledger)
def _ledger(node: Ledger, case: Case, _row: Row | None) -> Range | None:
    more = is_open(node.records, case)
    lines = [line for line, _ in ledger_lines(node, case)]
    low, high = allotment.total(lines, cap_first=node.cap_first, more=more, step=step_of(node))
    return Range(plain(low), None if high is None else plain(high))


def step_of(node: Ledger) -> Exact:
    """To what is truncated once it is multiplied; 0 where nothing is."""
    return 0 if node.step is None else node.step.value


def ledger_lines(node: Ledger, case: Case) -> list[tuple[allotment.Line, LedgerRow]]:
    """
    The records that are added or may be, and those that fill the same caps, in the order in which
    they do.
    """
    pools = [part for part in node.raw.walk() if isinstance(part, Portion) and part.pooled]
    running: dict[Portion, dict[Any, Exact | None]] = {pool: {} for pool in pools}
    more = is_open(node.records, case)
    found = []
    for fact, truth, certain in _in_turn(node, case):
        unsure = more or not certain
        row = LedgerRow(fact.values, {p: _before(running[p], p, case, fact, unsure) for p in pools})
        found.append((_place(node, case, fact, row, (truth, certain)), row))
        for pool in pools:
            _run_on(running[pool], pool, case, fact, truth if certain else None)
    wanted = {key for line, _ in found if line.added is not False for key in _shared(line)}
    return [
        (_with_amounts(line, node, case, row), row)
        for line, row in found
        if line.added is not False or not line.known or wanted & _shared(line)
    ]


def _shared(line: allotment.Line) -> set[Any]:
    """What a line has in common with others: a cap, what counts once, what is rounded as one."""
    return {line.room, line.single, line.pool} - {None}


def _in_turn(node: Ledger, case: Case) -> list[tuple[Fact, Truth, bool]]:
    """With whether it is certain when the turn of each is."""
    found = []
    for fact, truth in members(node.records, case):
        if truth is False:
            continue
        day, first = value(node.day, case, fact.values), holds(node.first, case, fact.values)
        dated = day if isinstance(day, datetime.date) else datetime.date.max
        order = (first is not True, dated, fact.id)
        found.append((order, fact, truth, day is not None and first is not None))
    settled = all(certain for _, _, _, certain in found)
    return [(fact, truth, settled) for _, fact, truth, _ in sorted(found, key=lambda one: one[0])]


_EVERYTHING = "everything"


def _pool_key(pool: Portion, case: Case, fact: Fact) -> Any:
    return _key_of(pool.pooled, case, fact, fact.values)


def _before(
    running: Mapping[Any, Exact | None], pool: Portion, case: Case, fact: Fact, is_open: bool
) -> Exact | None:
    key = _pool_key(pool, case, fact)
    if key is None or is_open or _EVERYTHING in running:
        return None
    return running.get(key, 0)


def _run_on(
    running: dict[Any, Exact | None], pool: Portion, case: Case, fact: Fact, truth: Truth
) -> None:
    key, each = _pool_key(pool, case, fact), amount(pool.amount, case, fact.values)
    if key is None:
        running[_EVERYTHING] = None
        return
    known = each is not None and each.exact is not None and truth is True
    before = running.get(key, 0)
    running[key] = before + each.low if known and before is not None else None  # type: ignore[union-attr]  # known


def _place(
    node: Ledger, case: Case, fact: Fact, row: LedgerRow, turn: tuple[Truth, bool]
) -> allotment.Line:
    """The line of a record, its amounts still to come."""
    truth, certain = turn
    room, most, known = _room(node.caps, case, fact, row)
    single, highest, sure = _single(node.once, case, fact, row)
    pool, pooled = _pool(node, case, fact, row)
    return allotment.Line(
        fact.id,
        truth,
        holds(node.within, case, row),
        (0, 0),
        (1, 1),
        room,
        most,
        single,
        highest,
        pool,
        known and sure and certain and pooled,
    )


def _with_amounts(line: allotment.Line, node: Ledger, case: Case, row: LedgerRow) -> allotment.Line:
    raw, factor = amount_known(node.raw, case, row), amount_known(node.factor, case, row)
    return replace(line, raw=(raw.low, raw.high), factor=(factor.low, factor.high))


def _room(caps: tuple[Cap, ...], case: Case, fact: Fact, row: Row) -> tuple[Any, Exact, bool]:
    """The first cap that the record falls under, with its key."""
    for cap in caps:
        truth = holds(cap.of, case, row)
        if truth is None:
            return None, 0, False
        if truth:
            key = _key_of(cap.by, case, fact, row)
            return (None if key is None else (cap, key)), cap.most.value, key is not None
    return None, 0, True


def _single(once: tuple[Once, ...], case: Case, fact: Fact, row: Row) -> tuple[Any, bool, bool]:
    """The first group of which only one record counts that the record belongs to."""
    for one in once:
        truth = holds(one.of, case, row)
        if truth is None:
            return None, False, False
        if truth:
            key = _key_of(one.by, case, fact, row)
            return (None if key is None else (one, key)), one.highest, key is not None
    return None, False, True


def _pool(node: Ledger, case: Case, fact: Fact, row: Row) -> tuple[Any, bool]:
    """With which others what a record counts is truncated."""
    if node.step is None or not node.pooled:
        return None, True
    key = _key_of(node.pooled, case, fact, row)
    return (None if key is None else (node.pooled, key)), key is not None


def _key_of(by: tuple[Value, ...], case: Case, fact: Fact, row: Row) -> Any:
    """None where it is not known; a record without one of the values is by itself."""
    key = tuple(value(part, case, row) for part in by)
    return None if None in key else ("fact", fact.id) if NONE in key else key
