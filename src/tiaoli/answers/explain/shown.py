"""What a requirement has, needs and counts: days, amounts, records and windows."""

from __future__ import annotations

import datetime
from functools import lru_cache
from typing import Any

from tiaoli.answers.answer import NotCounted, Quantity, Shown
from tiaoli.answers.case import Case
from tiaoli.answers.compiled import compiled_pick, conditions_of
from tiaoli.answers.explain.reader import Reader
from tiaoli.answers.in_words import shown_value
from tiaoli.answers.meaning import Range, amount, referred
from tiaoli.answers.why_not import not_yet, why_not
from tiaoli.answers.wording import describe
from tiaoli.facts.dossier import Fact
from tiaoli.facts.kinds import NONE, Label, Unit
from tiaoli.rules.amounts import AmountNode
from tiaoli.rules.cohorts import Its, PeriodEnd, PeriodStart
from tiaoli.rules.expressions import AttributeOf, AttributeValue, Node, Rule, Value
from tiaoli.rules.judgement import Presumed
from tiaoli.rules.moments import Within
from tiaoli.rules.records import Picked, Records, RecordSet, Referred, Union


@lru_cache(maxsize=4096)
def described(rule: Rule) -> Label:
    return describe(rule)


@lru_cache(maxsize=4096)
def presumes(node: Node) -> bool:
    return any(isinstance(n, Presumed) for n in node.walk())


def are_days(*found: Any) -> bool:
    return all(isinstance(day, datetime.date) for day in found)


def shown(node: Value, reader: Reader) -> Shown:
    if isinstance(node, AmountNode):
        return quantity(amount(node, reader.case), node.unit)
    found = reader.value(node)
    if isinstance(found, datetime.date):
        return found
    if isinstance(node, AttributeValue):
        return shown_value(node.attribute, found)
    return Label("無", "none") if found is NONE else Label("不明", "not known")


def quantity(found: Range | None, unit: Unit) -> Shown:
    if found is None:
        return Label("條文未規定", "not stated in the text")
    return Quantity(found.low, found.high, unit)


def picked_facts(node: Node, reader: Reader) -> tuple[str, ...]:
    found = (_record_of(one, reader.case) for one in _picks_in(node))
    return tuple(dict.fromkeys(fact.id for fact in found if isinstance(fact, Fact)))


def _record_of(node: Picked | Referred, case: Case) -> Any:
    return referred(node, case) if isinstance(node, Referred) else compiled_pick(node)(case)


@lru_cache(maxsize=4096)
def _picks_in(node: Node) -> tuple[Picked | Referred, ...]:
    """The records picked or named by another; of the latter, not the one that names them."""
    found = tuple(part for part in node.walk() if isinstance(part, Picked | Referred))
    naming = {id(part.reference) for part in found if isinstance(part, Referred)}
    return tuple(part for part in found if id(part) not in naming)


def sorted_out(of: RecordSet, reader: Reader) -> tuple[tuple[str, ...], tuple[NotCounted, ...]]:
    """The records that count, and for each other one why it does not."""
    counted: list[str] = []
    not_counted: list[NotCounted] = []
    for one in of.sets if isinstance(of, Union) else (of,):
        assert isinstance(one, Records)
        conditions = conditions_of(one)
        for fact, truth, failing in reader.sorting(one):
            if truth:
                counted.append(fact.id)
            elif reader.brief:
                continue
            elif failing < 0:
                not_counted.append(NotCounted(fact.id, *not_yet(one, reader.case, fact)))
            else:
                why = why_not(conditions[failing], reader.case, fact.values)
                not_counted.append(NotCounted(fact.id, *why))
    return tuple(counted), tuple(not_counted)


Window = tuple[datetime.date, datetime.date]


def window_of(node: Node, reader: Reader) -> Window | None:
    """The one window in which a requirement looks for records, if it has just one."""
    windows = [pair for pair in _windows_in(node) if _is_its_turn(*pair, case=reader.case)]
    if not windows:
        return None
    found = {(reader.value(start), reader.value(end)) for start, end in windows}
    if len(found) != 1:
        return None
    (window,) = found
    return window if are_days(*window) else None


@lru_cache(maxsize=4096)
def _windows_in(node: Node) -> tuple[tuple[Value, Value], ...]:
    windows = (
        (part.start, part.end)
        for part in node.walk()
        if isinstance(part, Within) and not _depends_on_row(part.start, part.end)
    )
    return tuple(dict.fromkeys(windows))


def _depends_on_row(*nodes: Value) -> bool:
    return any(isinstance(n, AttributeOf) for node in nodes for n in node.walk())


def _is_its_turn(*nodes: Value, case: Case) -> bool:
    """Whether the records and the period by which the days are counted are in hand."""
    for part in (part for node in nodes for part in node.walk()):
        if isinstance(part, PeriodStart | PeriodEnd) and case.period is None:
            return False
        if isinstance(part, Its) and part.kind.name not in case.taken:
            return False
    return True
