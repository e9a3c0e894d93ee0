"""
What each word of the algebra means for one case: the reference that every other reading must equal.

Small and plain on purpose: one function per node, no caching, no shortcuts that need explaining.
``True`` is met, ``False`` not met, ``None`` unknown. A value is ``None`` where it is not known and
``NONE`` where there is none. An amount is a ``Range``: what is certain, and what is possible.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from tiaoli.answers import allotment
from tiaoli.answers.case import Case
from tiaoli.facts import periods
from tiaoli.facts.calendar import WorkCalendar
from tiaoli.facts.dossier import Fact
from tiaoli.facts.kinds import NONE
from tiaoli.facts.periods import Period, Span
from tiaoli.rules.amounts import (
    Amount,
    AmountNode,
    Capped,
    Count,
    Excess,
    GroupedSum,
    NotStated,
    ReachedOn,
    Sum,
    Table,
    Times,
    Total,
)
from tiaoli.rules.citation import ClauseAmount, ClauseDay, ClauseRule, ShownBy, ToldIfMet
from tiaoli.rules.expressions import (
    AllOf,
    AnyOf,
    AtLeastOf,
    AttributeOf,
    Compare,
    Constant,
    Contains,
    Includes,
    IsAbsent,
    IsOneOf,
    Node,
    Not,
    Rule,
    Value,
    WaivedBy,
)
from tiaoli.rules.judgement import Judged, Presumed
from tiaoli.rules.ledgers import Cap, During, Ledger, ListLength, Once, PeriodsIn, Portion
from tiaoli.rules.moments import (
    AskedOn,
    AsOf,
    DayConst,
    DayIf,
    DayTable,
    Moved,
    Movement,
    OneOfTwo,
    OrElse,
    Within,
)
from tiaoli.rules.records import (
    AnyRecord,
    Every,
    FromDifferentEvents,
    Picked,
    Records,
    RecordSet,
    Referred,
    Related,
    Served,
    Union,
)
from tiaoli.rules.timetables import EVENING, NOON, DayOf, Elapsed, PerDay

Truth = bool | None
Row = Mapping[str, Any]
Exact = int | Decimal


class Conflict(ValueError):
    """Two rows of a schedule that should exclude one another are both met."""


@dataclass(frozen=True, slots=True)
class Range:
    """``low`` is certain, ``high`` is possible (None: no limit is known)."""

    low: Exact
    high: Exact | None

    @property
    def exact(self) -> Exact | None:
        return self.low if self.low == self.high else None


def negated(truth: Truth) -> Truth:
    return None if truth is None else not truth


def all_truths(truths: Iterable[Truth]) -> Truth:
    found: Truth = True
    for truth in truths:
        if truth is False:
            return False
        if truth is None:
            found = None
    return found


def any_truth(truths: Iterable[Truth]) -> Truth:
    found: Truth = False
    for truth in truths:
        if truth is True:
            return True
        if truth is None:
            found = None
    return found


# Rules


def holds(rule: Rule, case: Case, row: Row | None = None) -> Truth:
    """The truth of ``rule``; inside a set of records ``row`` is the record in hand."""
    return _RULES[type(rule)](rule, case, row)


def _constant(rule: Constant, _case: Case, _row: Row | None) -> Truth:
    return rule.met


def _all_of(rule: AllOf, case: Case, row: Row | None) -> Truth:
    return all_truths(holds(part, case, row) for part in rule.rules)


def _any_of(rule: AnyOf, case: Case, row: Row | None) -> Truth:
    return any_truth(holds(part, case, row) for part in rule.rules)


def _at_least_of(rule: AtLeastOf, case: Case, row: Row | None) -> Truth:
    truths = [holds(part, case, row) for part in rule.rules]
    met, possible = truths.count(True), len(truths) - truths.count(False)
    return True if met >= rule.number else None if possible >= rule.number else False


def _not(rule: Not, case: Case, row: Row | None) -> Truth:
    return negated(holds(rule.rule, case, row))


def _waived_by(rule: WaivedBy, case: Case, row: Row | None) -> Truth:
    return any_truth((holds(rule.rule, case, row), holds(rule.waiver, case, row)))


def _clause(rule: ClauseRule, case: Case, row: Row | None) -> Truth:
    return holds(rule.rule, case, row)


def _told_if_met(rule: ToldIfMet, case: Case, row: Row | None) -> Truth:
    return holds(rule.rule, case, row)


def _shown_by(rule: ShownBy, case: Case, row: Row | None) -> Truth:
    return holds(rule.rule, case, row)


def _presumed(rule: Presumed, case: Case, row: Row | None) -> Truth:
    truth = holds(rule.rule, case, row)
    return rule.met if truth is None and case.presuming else truth


def _compare(rule: Compare, case: Case, row: Row | None) -> Truth:
    sides = (rule.left, rule.right)
    if any(isinstance(side, AmountNode) for side in sides):
        plain = [value(side, case, row) for side in sides if not isinstance(side, AmountNode)]
        if None in plain or NONE in plain:
            return None if None in plain else False
        return compare_ranges(amount(rule.left, case, row), rule.op, amount(rule.right, case, row))
    return compare_values(value(rule.left, case, row), rule.op, value(rule.right, case, row))


def compare_values(left: Any, op: str, right: Any) -> Truth:
    if left is None or right is None:
        return None
    if left is NONE or right is NONE:
        return False
    return _OPERATORS[op](left, right)


_OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = {
    "==": lambda a, b: a == b,
    "<=": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b,
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
}


def compare_ranges(left: Range | None, op: str, right: Range | None) -> Truth:
    """Certain when it holds for every value in the ranges; an amount not stated is unknown."""
    if left is None or right is None:
        return None
    if op in ("<=", "<"):
        return compare_ranges(right, {"<=": ">=", "<": ">"}[op], left)
    strict = op == ">"
    if right.high is not None and _reaches(left.low, right.high, strict):
        return True
    if left.high is None or _reaches(left.high, right.low, strict):
        return None
    return False


def _reaches(a: Exact, b: Exact, strict: bool) -> bool:
    return a > b if strict else a >= b


def _is_absent(rule: IsAbsent, case: Case, row: Row | None) -> Truth:
    found = value(rule.value, case, row)
    return None if found is None else found is NONE


def _is_one_of(rule: IsOneOf, case: Case, row: Row | None) -> Truth:
    found = value(rule.value, case, row)
    return None if found is None else found in rule.options


def _includes(rule: Includes, case: Case, row: Row | None) -> Truth:
    found = value(rule.value, case, row)
    if found is None or found is NONE:
        return None if found is None else False
    return all(option in found for option in rule.options)


def _within(rule: Within, case: Case, row: Row | None) -> Truth:
    day = value(rule.day, case, row)
    first, last = value(rule.start, case, row), value(rule.end, case, row)
    opens = compare_values(day, ">" if rule.exclusive else ">=", first)
    return all_truths((opens, compare_values(day, "<=", last)))


def _judged(rule: Judged, case: Case, _row: Row | None) -> Truth:
    rulings = [
        fact
        for fact in case.dossier.of("judgement")
        if fact.values["clause"] == rule.clause
        and isinstance(fact.values["date"], datetime.date)
        and fact.values["date"] <= case.as_of
        and fact.values["decision"] is not None
    ]
    if not rulings:
        return None
    latest = max(rulings, key=lambda fact: (fact.values["date"], fact.id))
    return bool(latest.values["decision"] == "met")


def _related(rule: Related, case: Case, row: Row | None) -> Truth:
    assert row is not None, "related() is asked of a record"
    own = [value(mine, case, row) for mine, _ in rule.pairs]
    others = members(rule.others, case)
    found = any_truth(
        all_truths(
            (
                truth,
                *(
                    _agrees(a, value(b, case, f.values))
                    for a, (_, b) in zip(own, rule.pairs, strict=True)
                ),
            )
        )
        for f, truth in others
    )
    return None if found is False and rule.others.kind.name in case.dossier.incomplete else found


def _agrees(mine: Any, other: Any) -> Truth:
    if mine is None or other is None:
        return None
    if mine is NONE or other is NONE:
        return False
    return mine in other if isinstance(other, tuple) else bool(mine == other)


def _contains(rule: Contains, case: Case, row: Row | None) -> Truth:
    found = value(rule.value, case, row)
    return None if found is None else found is not NONE and rule.text in found


def _during(rule: During, case: Case, row: Row | None) -> Truth:
    day, of = value(rule.day, case, row), rule.records
    first, last = of.kind.happens or "", of.kind.ends or ""
    found = any_truth(
        all_truths(
            (
                truth,
                compare_values(fact.values[first], "<=", day),
                fact.values[last] is NONE or compare_values(fact.values[last], ">=", day),
            )
        )
        for fact, truth in members(of, case)
    )
    return None if found is False and of.kind.name in case.dossier.incomplete else found


def _every(rule: Every, case: Case, _row: Row | None) -> Truth:
    found = all_truths(
        any_truth((negated(truth), holds(rule.rule, case, fact.values)))
        for fact, truth in members(rule.records, case)
    )
    return None if found is True and rule.records.kind.name in case.dossier.incomplete else found


def _any_record(rule: AnyRecord, case: Case, _row: Row | None) -> Truth:
    found = any_truth(truth for _, truth in members(rule.records, case))
    return None if found is False and rule.records.kind.name in case.dossier.incomplete else found


def _different_events(rule: FromDifferentEvents, case: Case, _row: Row | None) -> Truth:
    """Hall's condition: any group of sets has at least as many events among them as sets."""
    return all_truths(
        compare_ranges(_events_of(rule, group, case), ">=", Range(len(group), len(group)))
        for group in _groups(rule.sets)
    )


def _groups(sets: tuple[Records, ...]) -> list[tuple[Records, ...]]:
    chosen = range(1, 2 ** len(sets))
    return [tuple(s for i, s in enumerate(sets) if mask >> i & 1) for mask in chosen]


def _events_of(rule: FromDifferentEvents, group: tuple[Records, ...], case: Case) -> Range:
    return amount_known(Count(Union(group), (rule.event,) * len(group)), case)


def _served(rule: Served, case: Case, _row: Row | None) -> Truth:
    certain, possible = service_spans(rule, case)
    if _has_served(rule, certain, case):
        return True
    if rule.records.kind.name in case.dossier.incomplete:
        return None
    return None if possible is None or _has_served(rule, possible, case) else False


def _has_served(rule: Served, spans: tuple[Span, ...], case: Case) -> bool:
    return bool(spans) and periods.has_served(
        spans,
        rule.years,
        case.as_of,
        first_day_counts=rule.first_day_counts,
        complete_on_last_day=rule.complete_on_last_day,
    )


def service_spans(rule: Served, case: Case) -> tuple[tuple[Span, ...], tuple[Span, ...] | None]:
    """The periods certain to count, and those that possibly do (None: no limit is known)."""
    since = None if rule.since is None else value(rule.since, case)
    return spans_among(rule, members(rule.records, case), since)


def spans_among(
    rule: Served, found: list[tuple[Fact, Truth]], since: Any
) -> tuple[tuple[Span, ...], tuple[Span, ...] | None]:
    """The same, once the records and the day since which they count are known."""
    if rule.since is not None and since is NONE:
        return (), ()
    certain, possible, unlimited = [], [], False
    for fact, truth in found:
        span = _span_of(rule.records, fact)
        if span is None:
            unlimited = unlimited or truth is not False
        elif truth is not False:
            possible.append(span)
            if truth:
                certain.append(span)
    if rule.since is None:
        return tuple(certain), None if unlimited else tuple(possible)
    if since is None:
        return (), None if unlimited or possible else ()
    clipped = tuple(periods.clip(certain, since))
    return clipped, None if unlimited else tuple(periods.clip(possible, since))


def _span_of(of: Records, fact: Fact) -> Span | None:
    assert of.kind.happens is not None
    assert of.kind.ends is not None
    first, last = fact.values[of.kind.happens], fact.values[of.kind.ends]
    if first is None or first is NONE or last is None:
        return None
    return Span(first, None if last is NONE else last)


# Records


def members(of: Records, case: Case) -> list[tuple[Fact, Truth]]:
    """Every record of the kind, and whether it is in the set."""
    if case.sorted_out is not None:
        return case.sorted_out(of)
    return [(fact, is_member(of, case, fact)) for fact in case.dossier.of(of.kind.name)]


def is_member(of: Records, case: Case, fact: Fact) -> Truth:
    return all_truths((has_happened(of, case, fact), holds(of.condition, case, fact.values)))


def has_happened(of: Records, case: Case, fact: Fact) -> Truth:
    if of.anytime or of.kind.happens is None:
        return True
    day = fact.values[of.kind.happens]
    return True if day is NONE else compare_values(day, "<=", case.as_of)


# Values


def value(node: Value, case: Case, row: Row | None = None) -> Any:
    """A day, a choice, a text: ``None`` where not known, ``NONE`` where there is none."""
    return _VALUES[type(node)](node, case, row)


def _attribute(node: AttributeOf, _case: Case, row: Row | None) -> Any:
    assert row is not None, f"{node.name} is asked of a record"
    return row[node.attribute.name]


def _as_of(_node: AsOf, case: Case, _row: Row | None) -> Any:
    return case.as_of


def _asked_on(_node: AskedOn, case: Case, _row: Row | None) -> Any:
    return case.asked_on


def _day_const(node: DayConst, _case: Case, _row: Row | None) -> Any:
    return node.day


def _clause_day(node: ClauseDay, case: Case, row: Row | None) -> Any:
    return value(node.day, case, row)


def _moved(node: Moved, case: Case, row: Row | None) -> Any:
    day = value(node.day, case, row)
    return day if day is None or day is NONE else move(day, node, case.calendar)


def move(day: datetime.date, by: Moved, calendar: WorkCalendar) -> datetime.date:
    return MOVEMENTS[by.movement](day, by.period, calendar)


_SATURDAY = 5

MOVEMENTS: Mapping[Movement, Callable[[datetime.date, Period, WorkCalendar], datetime.date]] = {
    Movement.LOOK_BACK: lambda d, p, _: periods.look_back(d, p),
    Movement.COMPLETION: lambda d, p, _: periods.completion(d, p),
    Movement.COMPLETION_FIRST_DAY_EXCLUDED: lambda d, p, _: periods.completion(
        d, p, first_day_counts=False
    ),
    Movement.LAST_DAY: lambda d, p, _: periods.last_day(d, p),
    Movement.DEADLINE: lambda d, p, _: periods.deadline(d, p),
    Movement.DAYS_AFTER: lambda d, p, _: d + datetime.timedelta(days=p.days),
    Movement.DAYS_BEFORE: lambda d, p, _: d - datetime.timedelta(days=p.days),
    Movement.WORKDAYS_AFTER: lambda d, p, calendar: calendar.add_workdays(d, p.days),
    Movement.WORKDAY_ON_OR_AFTER: lambda d, _, calendar: calendar.next_workday(d),
    Movement.SATURDAY_ON_OR_AFTER: lambda d, _p, _c: (
        d + datetime.timedelta(days=(_SATURDAY - d.weekday()) % 7)
    ),
    Movement.NOT_A_HOLIDAY_ON_OR_AFTER: lambda d, _, calendar: calendar.next_not_a_holiday(d),
    Movement.WORKDAYS_BEFORE: lambda d, p, calendar: calendar.nth_workday_before(d, p.days),
    Movement.WORKDAYS_BEFORE_NO_MAKEUP: lambda d, p, calendar: replace(
        calendar, makeup_saturdays=False
    ).nth_workday_before(d, p.days),
    Movement.WORKDAYS_BEFORE_LABOUR_DAY: lambda d, p, calendar: replace(
        calendar, labour_day=True
    ).nth_workday_before(d, p.days),
    Movement.WORKDAYS_BEFORE_LABOUR_DAY_NO_MAKEUP: lambda d, p, calendar: replace(
        calendar, labour_day=True, makeup_saturdays=False
    ).nth_workday_before(d, p.days),
    Movement.MONTH_END_ON_OR_AFTER: lambda d, p, _: periods.month_end_on_or_after(d, p.months),
    Movement.DAY_OF_EARLIER_MONTH: lambda d, p, _: periods.day_of_earlier_month(
        d, p.months, p.days
    ),
}


def _day_of(node: DayOf, case: Case, row: Row | None) -> Any:
    moment = value(node.moment, case, row)
    return moment if moment is None or moment is NONE else counts_on(moment, node)


def counts_on(moment: datetime.datetime, node: DayOf) -> datetime.date:
    """The day on which a moment counts."""
    late = node.closes is not None and moment.time() > node.closes
    return moment.date() + datetime.timedelta(days=1 if late else 0)


def _reached_on(node: ReachedOn, case: Case, _row: Row | None) -> Any:
    """Known only where every record that may count is known to count, or not to."""
    target = amount_known(node.target, case).exact
    happens = node.records.kind.happens
    found: list[tuple[datetime.date, Exact]] = []
    for fact, truth in members(node.records, case):
        day, each = fact.values[happens or ""], fact.values[node.value.attribute.name]
        if truth is None or (truth and (each is None or not isinstance(day, datetime.date))):
            return None
        if truth and each is not NONE:
            found.append((day, each))
    if target is None or node.records.kind.name in case.dossier.incomplete:
        return None
    reached: Exact = 0
    for day, each in sorted(found):
        reached += each
        if reached >= target:
            return day
    return NONE


def _or_else(node: OrElse, case: Case, row: Row | None) -> Any:
    day = value(node.day, case, row)
    return value(node.fallback, case, row) if day is NONE else day


def _day_if(node: DayIf, case: Case, row: Row | None) -> Any:
    truth = holds(node.rule, case, row)
    if truth is None:
        return None
    return value(node.day, case, row) if truth else NONE


def _day_table(node: DayTable, case: Case, row: Row | None) -> Any:
    for rule, day in node.rows:
        truth = holds(rule, case, row)
        if truth is None:
            return None
        if truth:
            return value(day, case, row)
    return NONE


def _one_of_two(node: OneOfTwo, case: Case, row: Row | None) -> Any:
    found = (value(node.first, case, row), value(node.second, case, row))
    days = [day for day in found if day is not NONE]
    if None in days:
        return None
    return (max if node.later else min)(days) if days else NONE


def _picked(node: Picked, case: Case, _row: Row | None) -> Any:
    fact = picked(node, case)
    return fact.values[node.attribute.name] if isinstance(fact, Fact) else fact


def _referred(node: Referred, case: Case, row: Row | None) -> Any:
    fact = referred(node, case, row)
    return fact.values[node.attribute.name] if isinstance(fact, Fact) else fact


def referred(node: Referred, case: Case, row: Row | None = None) -> Fact | Any:
    """The record that is named; ``None`` where it is not known which, ``NONE`` where none is."""
    name = value(node.reference, case, row)
    if name is None or name is NONE:
        return name
    fact = case.dossier.by_id.get(name)
    return fact if fact is not None and fact.kind == node.kind.name else NONE


def picked(node: Picked, case: Case) -> Fact | Any:
    """The record meant; ``None`` where it is not known which, ``NONE`` where there is none."""
    found = members(node.records, case)
    named = node.focus and case.about is not None
    if named:
        found = [(fact, truth) for fact, truth in found if fact.id == case.about]
    certain = [fact for fact, truth in found if truth]
    best = max(certain, key=lambda fact: _rank(fact, node), default=None)
    rivals = [fact for fact, truth in found if truth is None or (truth and _undated(fact, node))]
    if any(
        best is None or (fact is not best and _may_be_later(fact, best, node)) for fact in rivals
    ):
        return None
    if node.records.kind.name in case.dossier.incomplete and not (named and best):
        return None  # one that nobody has listed may be the one meant
    return NONE if best is None else best


def _picked_day(fact: Fact, node: Picked) -> datetime.date | None:
    day = fact.values[node.by.attribute.name]
    return day if isinstance(day, datetime.date) else None


def _rank(fact: Fact, node: Picked) -> tuple[int, str]:
    """The greatest is picked; a record without the day comes last."""
    day = _picked_day(fact, node)
    if day is None:
        return -(10**9), fact.id
    return -day.toordinal() if node.earliest else day.toordinal(), fact.id


def _undated(fact: Fact, node: Picked) -> bool:
    return fact.values[node.by.attribute.name] is None


def _may_be_later(fact: Fact, best: Fact, node: Picked) -> bool:
    return _undated(fact, node) or _rank(fact, node) > _rank(best, node)


# Amounts


def amount(node: Value, case: Case, row: Row | None = None) -> Range | None:
    """The range of an amount; ``None`` where the text states none."""
    if not isinstance(node, AmountNode):
        return _range_of(value(node, case, row))
    return _AMOUNTS[type(node)](node, case, row)


def amount_known(node: AmountNode, case: Case, row: Row | None = None) -> Range:
    """The same for an amount that is not a matter of what the text states."""
    found = amount(node, case, row)
    assert found is not None, "an amount that the text does not state was counted with"
    return found


def _range_of(found: Any) -> Range:
    if found is None:
        return Range(0, None)
    return Range(0, 0) if found is NONE else Range(found, found)


def _amount(node: Amount, _case: Case, _row: Row | None) -> Range | None:
    return Range(node.value, node.value)


def _not_stated(_node: NotStated, _case: Case, _row: Row | None) -> Range | None:
    return None


def _clause_amount(node: ClauseAmount, case: Case, row: Row | None) -> Range | None:
    return amount(node.amount, case, row)


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
    return Range(low, None if _is_open(node.records, case) else high)


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


def _is_open(of: RecordSet, case: Case) -> bool:
    """Whether records may exist that nobody has listed."""
    sets = of.sets if isinstance(of, Union) else (of,)
    return any(one.kind.name in case.dossier.incomplete for one in sets if isinstance(one, Records))


def _sum(node: Sum, case: Case, _row: Row | None) -> Range | None:
    low: Exact = 0
    high: Exact | None = None if _is_open(node.records, case) else 0
    for fact, truth in members(node.records, case):
        if truth is False:
            continue
        each = amount(node.value, case, fact.values)
        if each is None:
            return None
        low += each.low if truth else 0
        high = None if high is None or each.high is None else high + each.high
    return Range(low, high)


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
    if _is_open(node.records, case):
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


def _capped(node: Capped, case: Case, row: Row | None) -> Range | None:
    found = amount(node.amount, case, row)
    if found is None:
        return None
    cap = node.cap.value
    return Range(min(found.low, cap), cap if found.high is None else min(found.high, cap))


def _times(node: Times, case: Case, row: Row | None) -> Range | None:
    each, number = amount(node.amount, case, row), amount(node.number, case, row)
    if each is None or number is None:
        return None
    unlimited = each.high is None or number.high is None
    return Range(each.low * number.low, None if unlimited else each.high * number.high)  # type: ignore[operator]  # neither is None here


def _excess(node: Excess, case: Case, row: Row | None) -> Range | None:
    found, over = amount(node.amount, case, row), amount(node.over, case, row)
    if found is None or over is None:
        return None
    low = 0 if over.high is None else max(0, found.low - over.high)
    return Range(low, None if found.high is None else max(0, found.high - over.low))


def _elapsed(node: Elapsed, case: Case, row: Row | None) -> Range | None:
    start, end = value(node.start, case, row), value(node.end, case, row)
    if start is NONE or end is NONE:
        return Range(0, 0)
    if start is None or end is None:
        return Range(0, None)
    return _range_of(minutes_between(start, end))


def minutes_between(start: datetime.datetime, end: datetime.datetime) -> int:
    return max(0, int((end - start).total_seconds()) // 60)


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
    high: Exact | None = None if _is_open(node.records, case) else 0
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


def plain(number: Exact) -> Exact:
    """The same number, as an integer where it is one."""
    if number == int(number):
        return int(number)
    return number.normalize() if isinstance(number, Decimal) else number


def _periods_in(node: PeriodsIn, case: Case, row: Row | None) -> Range | None:
    start, end = value(node.start, case, row), value(node.end, case, row)
    if start is NONE or end is NONE:
        return Range(0, 0)
    if start is None or end is None:
        return Range(0, None)
    return _range_of(periods.how_often(start, end, node.period))


def _list_length(node: ListLength, case: Case, row: Row | None) -> Range | None:
    found = value(node.value, case, row)
    return _range_of(found if found is None or found is NONE else len(found))


class LedgerRow(dict[str, Any]):
    """
    A record of a ledger, with what those before it add up to, by the portion that pools them
    (None: not known).
    """

    def __init__(self, values: Row, before: Mapping[Portion, Exact | None]) -> None:
        super().__init__(values)
        self.before = before


def _ledger(node: Ledger, case: Case, _row: Row | None) -> Range | None:
    more = _is_open(node.records, case)
    lines = [line for line, _ in ledger_lines(node, case)]
    low, high = allotment.total(lines, cap_first=node.cap_first, more=more)
    return Range(plain(low), None if high is None else plain(high))


def ledger_lines(node: Ledger, case: Case) -> list[tuple[allotment.Line, LedgerRow]]:
    """
    The records that are added or may be, and those that fill the same caps, in the order in which
    they do.
    """
    pools = [part for part in node.raw.walk() if isinstance(part, Portion) and part.pooled]
    running: dict[Portion, dict[Any, Exact | None]] = {pool: {} for pool in pools}
    is_open = _is_open(node.records, case)
    found = []
    for fact, truth, certain in _in_turn(node, case):
        unsure = is_open or not certain
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
    """What a line has in common with others that fill the same cap or repeat it."""
    return {line.room, line.single} - {None}


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
    single, preferred, sure = _single(node.once, case, fact, row)
    return allotment.Line(
        fact.id,
        truth,
        holds(node.within, case, row),
        (0, 0),
        (1, 1),
        room,
        most,
        single,
        preferred,
        known and sure and certain,
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
            key, better = _key_of(one.by, case, fact, row), holds(one.prefer, case, row)
            known = key is not None and better is not None
            return (one, key) if known else None, better is True, known
    return None, False, True


def _key_of(by: tuple[Value, ...], case: Case, fact: Fact, row: Row) -> Any:
    """None where it is not known; a record without one of the values is by itself."""
    key = tuple(value(part, case, row) for part in by)
    return None if None in key else ("fact", fact.id) if NONE in key else key


def _table(node: Table, case: Case, row: Row | None) -> Range | None:
    truths = [(holds(rule, case, row), result) for rule, result in node.rows]
    met = [result for truth, result in truths if truth]
    if len(met) > 1:
        raise Conflict(f"{len(met)} rows of one schedule are met at once")
    if met:
        return amount(met[0], case, row)
    open_rows = [result for truth, result in truths if truth is None]
    if not open_rows:
        return amount(node.otherwise, case, row)
    return _span_over([*open_rows, node.otherwise], case, row)


def _span_over(nodes: list[AmountNode], case: Case, row: Row | None) -> Range:
    found = [amount(node, case, row) for node in nodes]
    known = [one for one in found if one is not None]
    if len(known) < len(found):
        return Range(0, None)
    highs = [one.high for one in known]
    high = None if None in highs else max(h for h in highs if h is not None)
    return Range(min(one.low for one in known), high)


_RULES: Mapping[type[Node], Callable[[Any, Case, Row | None], Truth]] = {
    Constant: _constant,
    AllOf: _all_of,
    AnyOf: _any_of,
    AtLeastOf: _at_least_of,
    Not: _not,
    WaivedBy: _waived_by,
    ClauseRule: _clause,
    ShownBy: _shown_by,
    ToldIfMet: _told_if_met,
    Presumed: _presumed,
    Compare: _compare,
    IsAbsent: _is_absent,
    IsOneOf: _is_one_of,
    Includes: _includes,
    Contains: _contains,
    Within: _within,
    During: _during,
    Judged: _judged,
    Related: _related,
    Every: _every,
    AnyRecord: _any_record,
    FromDifferentEvents: _different_events,
    Served: _served,
}

_VALUES: Mapping[type[Node], Callable[[Any, Case, Row | None], Any]] = {
    AttributeOf: _attribute,
    AsOf: _as_of,
    AskedOn: _asked_on,
    DayConst: _day_const,
    ClauseDay: _clause_day,
    Moved: _moved,
    OrElse: _or_else,
    DayIf: _day_if,
    OneOfTwo: _one_of_two,
    Picked: _picked,
    Referred: _referred,
    DayOf: _day_of,
    DayTable: _day_table,
    ReachedOn: _reached_on,
}

_AMOUNTS: Mapping[type[Node], Callable[[Any, Case, Row | None], Range | None]] = {
    Amount: _amount,
    NotStated: _not_stated,
    ClauseAmount: _clause_amount,
    Count: _count,
    Sum: _sum,
    GroupedSum: _grouped_sum,
    Total: _total,
    Capped: _capped,
    Times: _times,
    Excess: _excess,
    Elapsed: _elapsed,
    PerDay: _per_day,
    Portion: _portion,
    PeriodsIn: _periods_in,
    ListLength: _list_length,
    Ledger: _ledger,
    Table: _table,
}
