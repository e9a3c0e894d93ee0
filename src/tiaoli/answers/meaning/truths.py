"""What rules mean: met, not met or unknown."""

from __future__ import annotations

import datetime
from typing import Any

from tiaoli.answers.case import Case
from tiaoli.answers.meaning.lookup import (
    Range,
    Row,
    Truth,
    all_truths,
    amount,
    amount_known,
    any_truth,
    compare_ranges,
    compare_values,
    holds,
    means,
    members,
    negated,
    value,
)
from tiaoli.facts import periods
from tiaoli.facts.dossier import Fact
from tiaoli.facts.kinds import NONE
from tiaoli.facts.periods import Span
from tiaoli.rules.amounts import AmountNode, Count
from tiaoli.rules.citation import ClauseRule, Named, ShownBy, ToldIfMet
from tiaoli.rules.expressions import (
    AllOf,
    AnyOf,
    AtLeastOf,
    Compare,
    Constant,
    Contains,
    Includes,
    IsAbsent,
    IsOneOf,
    Not,
    WaivedBy,
)
from tiaoli.rules.judgement import Judged, Presumed
from tiaoli.rules.ledgers import During
from tiaoli.rules.moments import Within
from tiaoli.rules.records import (
    AnyRecord,
    Every,
    FromDifferentEvents,
    Records,
    Related,
    Served,
    Union,
)


@means(Constant)
def _constant(rule: Constant, _case: Case, _row: Row | None) -> Truth:
    return rule.met


@means(AllOf)
def _all_of(rule: AllOf, case: Case, row: Row | None) -> Truth:
    return all_truths(holds(part, case, row) for part in rule.rules)


@means(AnyOf)
def _any_of(rule: AnyOf, case: Case, row: Row | None) -> Truth:
    return any_truth(holds(part, case, row) for part in rule.rules)


@means(AtLeastOf)
def _at_least_of(rule: AtLeastOf, case: Case, row: Row | None) -> Truth:
    truths = [holds(part, case, row) for part in rule.rules]
    met, possible = truths.count(True), len(truths) - truths.count(False)
    return True if met >= rule.number else None if possible >= rule.number else False


@means(Not)
def _not(rule: Not, case: Case, row: Row | None) -> Truth:
    return negated(holds(rule.rule, case, row))


@means(WaivedBy)
def _waived_by(rule: WaivedBy, case: Case, row: Row | None) -> Truth:
    return any_truth((holds(rule.rule, case, row), holds(rule.waiver, case, row)))


@means(ClauseRule)
def _clause(rule: ClauseRule, case: Case, row: Row | None) -> Truth:
    return holds(rule.rule, case, row)


@means(Named)
def _named(rule: Named, case: Case, row: Row | None) -> Truth:
    return holds(rule.rule, case, row)


@means(ToldIfMet)
def _told_if_met(rule: ToldIfMet, case: Case, row: Row | None) -> Truth:
    return holds(rule.rule, case, row)


@means(ShownBy)
def _shown_by(rule: ShownBy, case: Case, row: Row | None) -> Truth:
    return holds(rule.rule, case, row)


@means(Presumed)
def _presumed(rule: Presumed, case: Case, row: Row | None) -> Truth:
    truth = holds(rule.rule, case, row)
    return rule.met if truth is None and case.presuming else truth


@means(Compare)
def _compare(rule: Compare, case: Case, row: Row | None) -> Truth:
    sides = (rule.left, rule.right)
    if any(isinstance(side, AmountNode) for side in sides):
        plain = [value(side, case, row) for side in sides if not isinstance(side, AmountNode)]
        if None in plain or NONE in plain:
            return None if None in plain else False
        return compare_ranges(amount(rule.left, case, row), rule.op, amount(rule.right, case, row))
    return compare_values(value(rule.left, case, row), rule.op, value(rule.right, case, row))


@means(IsAbsent)
def _is_absent(rule: IsAbsent, case: Case, row: Row | None) -> Truth:
    found = value(rule.value, case, row)
    return None if found is None else found is NONE


@means(IsOneOf)
def _is_one_of(rule: IsOneOf, case: Case, row: Row | None) -> Truth:
    found = value(rule.value, case, row)
    return None if found is None else found in rule.options


@means(Includes)
def _includes(rule: Includes, case: Case, row: Row | None) -> Truth:
    found = value(rule.value, case, row)
    if found is None or found is NONE:
        return None if found is None else False
    return all(option in found for option in rule.options)


@means(Within)
def _within(rule: Within, case: Case, row: Row | None) -> Truth:
    day = value(rule.day, case, row)
    first, last = value(rule.start, case, row), value(rule.end, case, row)
    opens = compare_values(day, ">" if rule.exclusive else ">=", first)
    return all_truths((opens, compare_values(day, "<=", last)))


@means(Judged)
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


@means(Related)
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
    if isinstance(mine, tuple):
        return other in mine
    return mine in other if isinstance(other, tuple) else bool(mine == other)


@means(Contains)
def _contains(rule: Contains, case: Case, row: Row | None) -> Truth:
    found = value(rule.value, case, row)
    return None if found is None else found is not NONE and rule.text in found


@means(During)
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


@means(Every)
def _every(rule: Every, case: Case, _row: Row | None) -> Truth:
    found = all_truths(
        any_truth((negated(truth), holds(rule.rule, case, fact.values)))
        for fact, truth in members(rule.records, case)
    )
    return None if found is True and rule.records.kind.name in case.dossier.incomplete else found


@means(AnyRecord)
def _any_record(rule: AnyRecord, case: Case, _row: Row | None) -> Truth:
    found = any_truth(truth for _, truth in members(rule.records, case))
    return None if found is False and rule.records.kind.name in case.dossier.incomplete else found


@means(FromDifferentEvents)
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


@means(Served)
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
