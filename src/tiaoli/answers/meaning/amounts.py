"""What amounts mean: ranges of what is certain and what is possible."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from tiaoli.answers.case import Case
from tiaoli.answers.meaning.lookup import (
    Exact,
    Range,
    Row,
    Truth,
    amount,
    any_truth,
    holds,
    is_open,
    means,
    members,
    range_of,
    value,
)
from tiaoli.facts.dossier import Fact
from tiaoli.facts.kinds import NONE
from tiaoli.rules.amounts import (
    Amount,
    AmountNode,
    Capped,
    Count,
    Excess,
    GroupedSum,
    HowMany,
    NotStated,
    Sum,
    Table,
    Times,
    Total,
)
from tiaoli.rules.citation import ClauseAmount
from tiaoli.rules.records import Records, Union
from tiaoli.rules.timetables import EVENING, NOON, Elapsed, PerDay


class Conflict(ValueError):
    """Two rows of a schedule that should exclude one another are both met."""


@means(Amount)
def _amount(node: Amount, _case: Case, _row: Row | None) -> Range | None:
    return Range(node.value, node.value)


@means(HowMany)
def _how_many(node: HowMany, case: Case, row: Row | None) -> Range | None:
    truths = [holds(rule, case, row) for rule in node.rules]
    return Range(truths.count(True), len(truths) - truths.count(False))


@means(NotStated)
def _not_stated(_node: NotStated, _case: Case, _row: Row | None) -> Range | None:
    return None


@means(ClauseAmount)
def _clause_amount(node: ClauseAmount, case: Case, row: Row | None) -> Range | None:
    return amount(node.amount, case, row)


@means(Count)
def _count(node: Count, case: Case, _row: Row | None) -> Range | None:
    groups: dict[Any, Truth] = {}
    unnamed: dict[str, Truth] = {}
    sets = node.records.sets if isinstance(node.records, Union) else (node.records,)
    for index, of in enumerate(sets):
        assert isinstance(of, Records)
        for fact, truth in members(of, case):
            key = _key(fact, node.distinct[index], node.within) if node.distinct else NONE
            known, own = (unnamed, fact.id) if key is None else (groups, _group(fact, key))
            known[own] = any_truth((known.get(own, False), truth))
    low = _certain_groups(groups, unnamed)
    high = sum(truth is not False for known in (groups, unnamed) for truth in known.values())
    return Range(low, None if is_open(node.records, case) else high)


def _key(fact: Fact, attribute: str, within: str) -> Any:
    key = fact.values[attribute]
    if key is None or key is NONE or not within:
        return key
    inside = fact.values[within]
    return None if inside is None else (inside, key)


def _group(fact: Fact, key: Any) -> Any:
    return ("fact", fact.id) if key is NONE else ("of", key)


def _certain_groups(groups: Mapping[Any, Truth], unnamed: Mapping[str, Truth]) -> int:
    """Records whose group is not known may all belong to one, which may be one of the known."""
    certain = [key for key, truth in groups.items() if truth]
    shared = any(kind == "of" for kind, _ in certain)
    return len(certain) + (0 if shared or True not in unnamed.values() else 1)


@means(Sum)
def _sum(node: Sum, case: Case, _row: Row | None) -> Range | None:
    low: Exact = 0
    high: Exact | None = None if is_open(node.records, case) else 0
    for fact, truth in members(node.records, case):
        if truth is False:
            continue
        each = amount(node.value, case, fact.values)
        if each is None:
            return None
        low += each.low if truth else 0
        high = None if high is None or each.high is None else high + each.high
    return Range(low, high)


@means(GroupedSum)
def _grouped_sum(node: GroupedSum, case: Case, _row: Row | None) -> Range | None:
    """Records whose group is not known add the least if they all belong to the greatest group."""
    certain: dict[Any, list[Exact]] = {}
    possible: dict[Any, list[Exact | None]] = {}
    for fact, truth in members(node.records, case):
        if truth is False:
            continue
        each = amount(node.value, case, fact.values)
        if each is None:
            return None
        key = fact.values[node.by]
        group = None if key is None else _group(fact, key)
        if truth:
            certain.setdefault(group, []).append(each.low)
        possible.setdefault(("fact", fact.id) if key is None else group, []).append(each.high)
    elsewhere = certain.pop(None, [])
    greatest = max(certain, key=lambda group: _worth(node, certain[group]), default=None)
    certain.setdefault(greatest, []).extend(elsewhere)
    low = sum(_worth(node, values) for values in certain.values())
    if is_open(node.records, case):
        return Range(low, None)
    return Range(low, _most(node, possible.values()))


def _worth(node: GroupedSum, values: Iterable[Exact]) -> Exact:
    if node.cap is None:
        return max(values, default=0)
    return min(sum(values), node.cap.value)


def _most(node: GroupedSum, groups: Iterable[list[Exact | None]]) -> Exact | None:
    found: Exact = 0
    for values in groups:
        known = [value for value in values if value is not None]
        if len(known) == len(values):
            found += _worth(node, known)
        elif node.cap is None:
            return None
        else:
            found += node.cap.value
    return found


@means(Total)
def _total(node: Total, case: Case, row: Row | None) -> Range | None:
    low: Exact = 0
    high: Exact | None = 0
    for part in node.amounts:
        found = amount(part, case, row)
        if found is None:
            return None
        low += found.low
        high = None if high is None or found.high is None else high + found.high
    return Range(low, high)


@means(Capped)
def _capped(node: Capped, case: Case, row: Row | None) -> Range | None:
    found = amount(node.amount, case, row)
    if found is None:
        return None
    cap = node.cap.value
    return Range(min(found.low, cap), cap if found.high is None else min(found.high, cap))


@means(Times)
def _times(node: Times, case: Case, row: Row | None) -> Range | None:
    each, number = amount(node.amount, case, row), amount(node.number, case, row)
    if each is None or number is None:
        return None
    unlimited = each.high is None or number.high is None
    return Range(each.low * number.low, None if unlimited else each.high * number.high)  # type: ignore[operator]  # neither is None here


@means(Excess)
def _excess(node: Excess, case: Case, row: Row | None) -> Range | None:
    found, over = amount(node.amount, case, row), amount(node.over, case, row)
    if found is None or over is None:
        return None
    low = 0 if over.high is None else max(0, found.low - over.high)
    return Range(low, None if found.high is None else max(0, found.high - over.low))


@means(Elapsed)
def _elapsed(node: Elapsed, case: Case, row: Row | None) -> Range | None:
    start, end = value(node.start, case, row), value(node.end, case, row)
    if start is NONE or end is NONE:
        return Range(0, 0)
    if start is None or end is None:
        return Range(0, None)
    return range_of(minutes_between(start, end))


def minutes_between(start: datetime.datetime, end: datetime.datetime) -> int:
    return max(0, int((end - start).total_seconds()) // 60)


@means(PerDay)
def _per_day(node: PerDay, case: Case, _row: Row | None) -> Range | None:
    """Known only where every record that may count does, with its day and its times."""
    days: dict[datetime.date, list[tuple[datetime.datetime, datetime.datetime]]] = {}
    for fact, truth in members(node.records, case):
        if truth is False:
            continue
        told = tuple(fact.values[name] for name in ("date", "start", "end"))
        if truth is None or not all(isinstance(part, datetime.date) for part in told):
            return Range(0, None)
        days.setdefault(told[0], []).append(told[1:])
    low: Exact = 0
    high: Exact | None = None if is_open(node.records, case) else 0
    for day, times in sorted(days.items()):
        each = amount(node.each, case, _programme(day, times))
        if each is None:
            return None
        low += each.low
        high = None if high is None or each.high is None else high + each.high
    return Range(low, high)


def _programme(day: datetime.date, times: list[tuple[datetime.datetime, datetime.datetime]]) -> Row:
    """What the sessions of one day make up together, as the attributes of PROGRAMME."""
    start, end = min(first for first, _ in times), max(last for _, last in times)
    noon, evening = (datetime.datetime.combine(day, at) for at in (NOON, EVENING))
    parts = ((datetime.datetime.min, noon), (noon, evening), (evening, datetime.datetime.max))
    touched = [part for part in parts if any(a < part[1] and b > part[0] for a, b in times)]
    return {
        "date": day,
        "start": start,
        "end": end,
        "elapsed": minutes_between(start, end),
        "taught": sum(minutes_between(a, b) for a, b in times),
        "half_days": len(touched),
    }


@means(Table)
def _table(node: Table, case: Case, row: Row | None) -> Range | None:
    truths = [(holds(rule, case, row), result) for rule, result in node.rows]
    if node.in_order:
        return _first_row(node, truths, case, row)
    met = [result for truth, result in truths if truth]
    if len(met) > 1:
        raise Conflict(f"{len(met)} rows of one schedule are met at once")
    if met:
        return amount(met[0], case, row)
    open_rows = [result for truth, result in truths if truth is None]
    if not open_rows:
        return amount(node.otherwise, case, row)
    return _span_over([*open_rows, node.otherwise], case, row)


def _first_row(
    node: Table, truths: list[tuple[Truth, AmountNode]], case: Case, row: Row | None
) -> Range | None:
    """The first row that is met; before it, any that is not known may be the one."""
    possible: list[AmountNode] = []
    for truth, result in truths:
        if truth is not False:
            possible.append(result)
        if truth:
            break
    else:
        possible.append(node.otherwise)
    return amount(possible[0], case, row) if len(possible) == 1 else _span_over(possible, case, row)


def _span_over(nodes: list[AmountNode], case: Case, row: Row | None) -> Range:
    found = [amount(node, case, row) for node in nodes]
    known = [one for one in found if one is not None]
    if len(known) < len(found):
        return Range(0, None)
    highs = [one.high for one in known]
    high = None if None in highs else max(h for h in highs if h is not None)
    return Range(min(one.low for one in known), high)
