"""Requirements that count or compare."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from typing import Any

from tiaoli.answers.answer import Quantity, Reason, Shown
from tiaoli.answers.compiled import compiled
from tiaoli.answers.explain.amounts import explain_amount
from tiaoli.answers.explain.reader import OUTCOMES, Finding, Reader, explains
from tiaoli.answers.explain.shown import (
    are_days,
    described,
    picked_facts,
    presumes,
    quantity,
    shown,
    sorted_out,
    window_of,
)
from tiaoli.answers.in_words import day_words, quantity_text, shown_value
from tiaoli.answers.meaning import Truth, amount, compare_ranges, holds, spans_among
from tiaoli.answers.missing import missing_in
from tiaoli.facts import periods
from tiaoli.facts.kinds import Label, Unit
from tiaoli.rules.amounts import AmountNode, Count
from tiaoli.rules.expressions import AttributeValue, Compare, IsOneOf, Rule
from tiaoli.rules.moments import AskedOn, AsOf, Within
from tiaoli.rules.records import AnyRecord, FromDifferentEvents, Records, Served, Union


@explains(Rule)
def atom(rule: Rule, reader: Reader, **shown: Any) -> Finding:
    """One requirement: its truth, and what it compares."""
    return _finding(rule, reader, compiled(rule)(reader.case), **shown)


def _finding(rule: Rule, reader: Reader, truth: Truth, *told: Any, **shown: Any) -> Finding:
    open_truth = holds(rule, reader.open_case) if presumes(rule) else truth
    reason = Reason(None, OUTCOMES[truth], described(rule), *told, **shown)
    missing = missing_in(rule, reader.open_case) if open_truth is None else []
    return Finding(truth, open_truth, [reason], missing)


@explains(Compare)
def _compare(rule: Compare, reader: Reader) -> Finding:
    if not isinstance(rule.left, AmountNode):
        return _compare_values(rule, reader)
    need = amount(rule.right, reader.case)
    have, parts, counted, not_counted = explain_amount(rule.left, reader)
    truth = compare_ranges(have, rule.op, need)
    open_truth = truth
    if presumes(rule):
        open_truth = compare_ranges(amount(rule.left, reader.open_case), rule.op, need)
    if rule.op in _BELOW:  # what does not count here does no harm, and is of no concern
        not_counted = tuple(one._replace(near=False) for one in not_counted)
    reason = Reason(
        None,
        OUTCOMES[truth],
        described(rule),
        have=quantity(have, rule.left.unit),
        need=_needed(rule.op, quantity(need, rule.left.unit)),
        window=window_of(rule.left, reader),
        counted=counted,
        not_counted=not_counted,
        children=tuple(parts),
    )
    missing = missing_in(rule, reader.open_case) if open_truth is None else []
    return Finding(truth, open_truth, [reason], missing)


_BELOW: Mapping[str, Callable[[Label], Label]] = {
    "<=": lambda need: Label(f"{need.zh} 以下", f"{need.en} or less"),
    "<": lambda need: Label(f"不到 {need.zh}", f"less than {need.en}"),
}


def _needed(op: str, need: Shown) -> Shown:
    """At least so much, unless it says otherwise."""
    if not isinstance(need, Quantity) or need.at_most != need.at_least:
        return need
    if op == ">":
        text = quantity_text(need)
        return Label(f"多於 {text.zh}", f"more than {text.en}")
    return _BELOW[op](quantity_text(need)) if op in _BELOW else need


def _compare_values(rule: Compare, reader: Reader) -> Finding:
    left, right, op = rule.left, rule.right, rule.op
    if isinstance(right, AsOf | AskedOn):
        left, right, op = right, left, _TURNED.get(op, op)
    have, need = shown(left, reader), shown(right, reader)
    if isinstance(need, datetime.date):
        need = _BOUNDS[op](day_words(need))
    return atom(rule, reader, have=have, need=need, counted=picked_facts(rule, reader))


_TURNED = {"<=": ">=", ">=": "<=", "<": ">", ">": "<"}


_BOUNDS: Mapping[str, Callable[[Label], Label]] = {
    ">=": lambda day: Label(f"{day.zh} 或以後", f"{day.en} or later"),
    "<=": lambda day: Label(f"{day.zh} 或以前", f"{day.en} or earlier"),
    ">": lambda day: Label(f"晚於 {day.zh}", f"later than {day.en}"),
    "<": lambda day: Label(f"早於 {day.zh}", f"earlier than {day.en}"),
    "==": lambda day: Label(f"{day.zh} 當日", f"{day.en} itself"),
}


@explains(IsOneOf)
def _one_of(rule: IsOneOf, reader: Reader) -> Finding:
    asked = rule.value
    if not isinstance(asked, AttributeValue):
        return atom(rule, reader)
    have = shown_value(asked.attribute, reader.value(asked))
    return atom(rule, reader, have=have, counted=picked_facts(rule, reader))


@explains(Within)
def _within(rule: Within, reader: Reader) -> Finding:
    start, end = reader.value(rule.start), reader.value(rule.end)
    window = (start, end) if are_days(start, end) else None
    have = shown(rule.day, reader)
    counted = picked_facts(rule, reader)
    return atom(rule, reader, have=have, window=window, counted=counted)


@explains(AnyRecord)
def _any_record(rule: AnyRecord, reader: Reader) -> Finding:
    of = rule.records
    counted, not_counted = sorted_out(of, reader)
    truth: Truth = True
    if not counted:
        is_open = of.kind.name in reader.case.dossier.incomplete
        truth = None if is_open or _may_count(of, reader) else False
    window = window_of(rule, reader)
    return _finding(rule, reader, truth, None, None, window, counted, not_counted)


def _may_count(of: Records, reader: Reader) -> bool:
    return any(truth is None for _, truth, _ in reader.sorting(of))


@explains(FromDifferentEvents)
def _different_events(rule: FromDifferentEvents, reader: Reader) -> Finding:
    events = amount(Count(Union(rule.sets), (rule.event,) * len(rule.sets)), reader.case)
    counted, not_counted = sorted_out(Union(rule.sets), reader)
    return atom(
        rule,
        reader,
        have=quantity(events, Unit.ONE),
        need=Quantity(len(rule.sets), len(rule.sets), Unit.ONE),
        counted=counted,
        not_counted=not_counted,
    )


@explains(Served)
def _served(rule: Served, reader: Reader) -> Finding:
    case = reader.case
    since = None if rule.since is None else reader.value(rule.since)
    certain, _ = spans_among(rule, reader.members(rule.records), since)
    counted, not_counted = sorted_out(rule.records, reader)
    days = periods.days_served(certain, case.as_of)
    window = None
    if certain:
        complete = periods.served_on(
            certain,
            rule.years,
            first_day_counts=rule.first_day_counts,
            complete_on_last_day=rule.complete_on_last_day,
        )
        window = None if complete is None else (min(span.first for span in certain), complete)
    return atom(
        rule,
        reader,
        have=Quantity(days, days, Unit.DAY),
        need=Quantity(rule.years, rule.years, Unit.YEAR),
        window=window,
        counted=counted,
        not_counted=not_counted,
    )
