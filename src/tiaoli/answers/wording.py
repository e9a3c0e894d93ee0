"""
Rules in words, Chinese and English, made from the rule itself.

``why_not`` says why one record does not count; ``describe`` says what a requirement asks for.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from tiaoli.answers.answer import Quantity
from tiaoli.answers.case import Case
from tiaoli.answers.meaning import Row, amount, holds, value
from tiaoli.facts.dossier import Fact
from tiaoli.facts.kinds import NONE, Attribute, Label, Type, Unit
from tiaoli.rules.amounts import Amount, AmountNode, Count, ReachedOn, Sum
from tiaoli.rules.citation import ClauseRule
from tiaoli.rules.expressions import (
    AllOf,
    AnyOf,
    AttributeOf,
    AttributeValue,
    Compare,
    Contains,
    Includes,
    IsAbsent,
    IsOneOf,
    Node,
    Not,
    Rule,
    Value,
)
from tiaoli.rules.judgement import Judged, Presumed
from tiaoli.rules.ledgers import During, Ledger, ListLength
from tiaoli.rules.moments import AskedOn, AsOf, DayConst, Moved, Movement, Within
from tiaoli.rules.records import (
    AnyRecord,
    Every,
    FromDifferentEvents,
    Picked,
    Records,
    RecordSet,
    Related,
    Served,
    Union,
)
from tiaoli.rules.timetables import Elapsed, PerDay

Why = tuple[Label, str | None, bool]
"""In words; the clause that says so; whether the record is of the sort that was looked for."""

_SORTS = {"type", "topics", "level", "scope", "procedure"}
_OPS = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "==": "="}


def quantity_text(quantity: Quantity) -> Label:
    """``7.5 小時``; minutes are told as hours; a range where facts are unknown."""
    unit, divide = quantity.unit, 1
    if unit is Unit.MINUTE:
        unit, divide = Unit.HOUR, 60
    low = _plain(quantity.at_least, divide)
    if quantity.at_most is None:
        number = f"{low}+"
    elif quantity.at_most == quantity.at_least:
        number = low
    else:
        number = f"{low}–{_plain(quantity.at_most, divide)}"
    return Label(f"{number} {unit.label.zh}".strip(), f"{number} {unit.label.en}".strip())


def _plain(number: int | Decimal, divide: int) -> str:
    exact = Decimal(number) / divide
    return format(exact.normalize(), "f") if exact == round(exact, 6) else f"{exact:.2f}"


def shown_value(attribute: Attribute, found: Any) -> Label:
    """One value of an attribute as a person reads it."""
    if found is None:
        return Label("不明", "not known")
    if found is NONE:
        return Label("無", "none")
    if attribute.type is Type.CHOICE:
        return attribute.option_label(found)
    if attribute.type is Type.YES_NO:
        return Label("是", "yes") if found else Label("否", "no")
    if isinstance(found, int | Decimal):
        return quantity_text(Quantity(found, found, attribute.unit))
    if isinstance(found, tuple):
        labels = [attribute.option_label(item) for item in found]
        return Label("、".join(lb.zh for lb in labels), ", ".join(lb.en for lb in labels))
    return Label(str(found), str(found))


# Why a record does not count


def why_not(of: Records, case: Case, fact: Fact, failing: Rule | None) -> Why:
    """Why a record is not in a set: ``failing``, or that it has not happened."""
    if failing is None:
        return _not_yet(of, case, fact), None, True
    return _why(failing, case, fact.values)


def _not_yet(of: Records, case: Case, fact: Fact) -> Label:
    assert of.kind.happens is not None
    attribute = of.kind.attributes[of.kind.happens]
    day = fact.values[of.kind.happens]
    if day is None:
        return Label(f"未填{attribute.label.zh}", f"{attribute.label.en} is not known")
    return Label(
        f"{attribute.label.zh} {day} 晚於基準日 {case.as_of}",
        f"{attribute.label.en} {day} is after the reference date {case.as_of}",
    )


def _why(rule: Rule, case: Case, row: Row) -> Why:
    if isinstance(rule, AllOf):
        return _why(_first_failing(rule.rules, case, row), case, row)
    if isinstance(rule, ClauseRule):
        label, clause, near = _why(rule.rule, case, row)
        return label, clause or rule.clause, near
    if isinstance(rule, AnyOf):
        return _why_none(rule, case, row)
    if isinstance(rule, Presumed):
        return rule.because, None, True
    near = not (isinstance(rule, IsOneOf | Includes) and _tells_the_sort(rule.value))
    return _WHY.get(type(rule), _why_otherwise)(rule, case, row), None, near


def _tells_the_sort(asked: Value) -> bool:
    return isinstance(asked, AttributeValue) and asked.attribute.name in _SORTS


def _first_failing(rules: tuple[Rule, ...], case: Case, row: Row) -> Rule:
    unknown = rules[-1]
    for rule in rules:
        truth = holds(rule, case, row)
        if truth is False:
            return rule
        if truth is None and unknown is rules[-1]:
            unknown = rule
    return unknown


def _why_none(rule: AnyOf, case: Case, row: Row) -> Why:
    found = [_why(part, case, row) for part in (_waiting(rule, case, row) or rule.rules)[:3]]
    clause = next((clause for _, clause, _ in found if clause), None)
    near = any(near for _, _, near in found)
    return _listed(tuple(label for label, _, _ in found)), clause, near


@lru_cache(maxsize=8192)
def _listed(labels: tuple[Label, ...]) -> Label:
    once = list(dict.fromkeys(labels))
    return Label("；".join(label.zh for label in once), "; ".join(label.en for label in once))


def _waiting(rule: AnyOf, case: Case, row: Row) -> tuple[Rule, ...]:
    """The parts that only wait for a ruling; they say best why a record does not count yet."""
    if not _presumes(rule):
        return ()
    open_case = case.without_presumptions()
    return tuple(part for part in rule.rules if holds(part, open_case, row) is None)


@lru_cache(maxsize=4096)
def _presumes(node: Node) -> bool:
    return any(isinstance(part, Presumed) for part in node.walk())


def _why_within(rule: Within, case: Case, row: Row) -> Label:
    what = name_of(rule.day)
    day, start, end = (value(v, case, row) for v in (rule.day, rule.start, rule.end))
    if not isinstance(day, datetime.date):
        return Label(f"未填{what.zh}", f"{what.en} is not known")
    if not isinstance(start, datetime.date) or not isinstance(end, datetime.date):
        return Label(f"{what.zh}的期間不明", f"the window of {what.en} is not known")
    if day < start or (rule.exclusive and day == start):
        return Label(f"{what.zh} {day} 早於期間起日 {start}", f"{what.en} {day} is before {start}")
    return Label(f"{what.zh} {day} 晚於期間末日 {end}", f"{what.en} {day} is after {end}")


def _why_one_of(rule: IsOneOf, case: Case, row: Row) -> Label:
    return _is_another(rule, value(rule.value, case, row))


@lru_cache(maxsize=8192)
def _is_another(rule: IsOneOf, found: Any) -> Label:
    asked = rule.value
    assert isinstance(asked, AttributeValue)
    what, have = asked.attribute.label, shown_value(asked.attribute, found)
    need = _options_text(asked.attribute, rule.options)
    return Label(
        f"{what.zh}為「{have.zh}」，須為「{need.zh}」",
        f"{what.en} is {have.en}, needs {need.en}",
    )


def _options_text(attribute: Attribute, options: tuple[Any, ...]) -> Label:
    labels = [shown_value(attribute, option) for option in options]
    zh, en = [lb.zh for lb in labels], [lb.en for lb in labels]
    if len(labels) > 5:
        return Label(
            f"{'、'.join(zh[:4])}等 {len(zh)} 種", f"one of {len(en)}: {', '.join(en[:4])}…"
        )
    return Label("／".join(zh), " or ".join(en))


def _why_includes(rule: Includes, case: Case, row: Row) -> Label:
    return _is_lacking(rule, value(rule.value, case, row))


@lru_cache(maxsize=8192)
def _is_lacking(rule: Includes, found: Any) -> Label:
    asked = rule.value
    assert isinstance(asked, AttributeValue)
    if found is None:
        return Label(f"未填{asked.attribute.label.zh}", f"{asked.attribute.label.en} not known")
    lacking = tuple(o for o in rule.options if found is NONE or o not in found)
    text = shown_value(asked.attribute, lacking)
    return Label(
        f"{asked.attribute.label.zh}缺：{text.zh}", f"{asked.attribute.label.en} lacks {text.en}"
    )


def _why_compare(rule: Compare, case: Case, row: Row) -> Label:
    left, right = name_of(rule.left), name_of(rule.right)
    a, b = _found(rule.left, case, row), _found(rule.right, case, row)
    op = _OPS[rule.op]
    return Label(
        f"須 {left.zh} {op} {right.zh}（{a.zh} 對 {b.zh}）",
        f"needs {left.en} {op} {right.en} ({a.en} against {b.en})",
    )


def _found(node: Value, case: Case, row: Row) -> Label:
    if isinstance(node, AmountNode):
        have = amount(node, case, row)
        if have is None:
            return Label("條文未規定", "not stated in the text")
        return quantity_text(Quantity(have.low, have.high, node.unit))
    found = value(node, case, row)
    if isinstance(node, AttributeValue):
        return shown_value(node.attribute, found)
    if found is None:
        return Label("不明", "not known")
    return Label("無", "none") if found is NONE else Label(str(found), str(found))


def _why_absent(rule: IsAbsent, case: Case, row: Row) -> Label:
    what, found = name_of(rule.value), _found(rule.value, case, row)
    return Label(f"{what.zh}為 {found.zh}", f"{what.en} is {found.en}")


def _why_related(rule: Related, _case: Case, _row: Row) -> Label:
    kind = rule.others.kind.label
    return Label(f"沒有相應的{kind.zh}", f"no matching {kind.en.lower()}")


def _why_negated(rule: Not, _case: Case, _row: Row) -> Label:
    inner = rule.rule
    if isinstance(inner, IsAbsent):
        what = name_of(inner.value)
        return Label(f"沒有{what.zh}", f"there is no {what.en.lower()}")
    others = [node.others.kind.label for node in inner.walk() if isinstance(node, Related)]
    if others:
        zh, en = "或".join(k.zh for k in others), " or ".join(k.en.lower() for k in others)
        return Label(f"同一場合已有{zh}計入", f"a {en} already counts for it")
    text = describe(inner)
    return Label(f"屬除外：{text.zh}", f"excepted: {text.en}")


def _why_otherwise(rule: Rule, _case: Case, _row: Row) -> Label:
    text = describe(rule)
    return Label(f"不符：{text.zh}", f"not so: {text.en}")


_WHY: Mapping[type[Node], Callable[[Any, Case, Row], Label]] = {
    Within: _why_within,
    IsOneOf: _why_one_of,
    Includes: _why_includes,
    Compare: _why_compare,
    IsAbsent: _why_absent,
    Related: _why_related,
    Not: _why_negated,
}


# What a requirement asks for


def name_of(node: Value) -> Label:
    """What a value is called."""
    match node:
        case AttributeOf():
            return node.attribute.label
        case Picked():
            kind, what = node.records.kind.label, node.attribute.label
            return Label(f"{kind.zh}的{what.zh}", f"{what.en.lower()} of the {kind.en.lower()}")
        case AsOf():
            return Label("基準日", "the reference date")
        case AskedOn():
            return Label("查詢日", "the day of asking")
        case Count():
            return records_name(node.records)
        case Sum():
            return Label(
                f"{records_name(node.records).zh}合計", f"total of {records_name(node.records).en}"
            )
        case Amount():
            return quantity_text(Quantity(node.value, node.value, node.unit))
        case DayConst(day=day):
            return Label(day.isoformat(), day.isoformat())
        case Moved():
            return _moved_name(node)
        case Ledger(records=of):
            what = records_name(of)
            return Label(f"{what.zh}計入數", f"what counts of {what.en}")
        case ListLength(value=listed):
            what = name_of(listed)
            return Label(f"{what.zh}項數", f"number of {what.en.lower()}")
        case ReachedOn(records=of, value=asked):
            name = records_name(of)
            return Label(
                f"{name.zh}的{asked.attribute.label.zh}累計足額之日",
                f"the day on which the {name.en} records add up to it",
            )
        case PerDay(records=of):
            name = records_name(of)
            return Label(f"按日計的{name.zh}", f"{name.en} by the day")
        case Elapsed(start=start, end=end):
            a, b = name_of(start), name_of(end)
            return Label(f"{a.zh}至{b.zh}的時間", f"time from {a.en} to {b.en}")
    inner = [name_of(part) for part in node.parts() if isinstance(part, Value)]
    return inner[0] if inner else Label("數額", "amount")


_EARLIER = {0: "當月", 1: "前一個月"}


def _moved_name(node: Moved) -> Label:
    day, period = name_of(node.day), node.period
    match node.movement:
        case Movement.LOOK_BACK:
            return Label(f"{day.zh}回推 {period.zh}", f"{period.en} before {day.en}")
        case Movement.COMPLETION | Movement.COMPLETION_FIRST_DAY_EXCLUDED:
            return Label(f"{day.zh}起滿 {period.zh}之日", f"{period.en} complete since {day.en}")
        case Movement.LAST_DAY:
            return Label(f"{day.zh}起 {period.zh}的末日", f"last day of {period.en} from {day.en}")
        case Movement.DAYS_BEFORE:
            return Label(f"{day.zh}前 {period.zh}", f"{period.en} before {day.en}")
        case Movement.WORKDAYS_AFTER:
            working = f"{period.days} working days"
            return Label(f"{day.zh}後 {period.days} 個工作日", f"{working} after {day.en}")
        case (
            Movement.WORKDAYS_BEFORE
            | Movement.WORKDAYS_BEFORE_NO_MAKEUP
            | Movement.WORKDAYS_BEFORE_LABOUR_DAY
            | Movement.WORKDAYS_BEFORE_LABOUR_DAY_NO_MAKEUP
        ):
            working = f"{period.days} working days"
            return Label(f"{day.zh}前第 {period.days} 個工作日", f"{working} before {day.en}")
        case Movement.DAY_OF_EARLIER_MONTH:
            return Label(
                f"{day.zh}{_EARLIER.get(period.months, '之前')}的 {period.days} 日",
                f"the {period.days}th of {period.months} months before {day.en}",
            )
        case Movement.MONTH_END_ON_OR_AFTER:
            month = period.months
            return Label(
                f"{day.zh}起最近的 {month} 月底", f"next end of month {month} from {day.en}"
            )
        case Movement.NOT_A_HOLIDAY_ON_OR_AFTER:
            return Label(f"{day.zh}（遇國定假日順延）", f"{day.en}, or the next day not a holiday")
        case Movement.WORKDAY_ON_OR_AFTER:
            return Label(f"{day.zh}（遇休息日順延）", f"{day.en}, or the next working day")
    return Label(f"{day.zh}後 {period.zh}", f"{period.en} after {day.en}")


def records_name(of: RecordSet) -> Label:
    sets = of.sets if isinstance(of, Union) else (of,)
    kinds = list(dict.fromkeys(one.kind.label for one in sets if isinstance(one, Records)))
    return Label("或".join(k.zh for k in kinds), " or ".join(k.en.lower() for k in kinds))


def describe(rule: Rule) -> Label:
    """A requirement in a few words."""
    match rule:
        case Compare(left=left, op=op, right=right):
            a, b = name_of(left), name_of(right)
            return Label(f"{a.zh} {_OPS[op]} {b.zh}", f"{a.en} {_OPS[op]} {b.en}")
        case AnyRecord(records=of):
            name = records_name(of)
            return Label(f"有{name.zh}", f"has a {name.en}")
        case Every(records=of):
            name = records_name(of)
            return Label(f"每筆{name.zh}均符合", f"every {name.en}")
        case FromDifferentEvents(sets=sets):
            name = records_name(Union(sets))
            return Label(f"{name.zh}各來自不同活動", f"{name.en}, each from a different event")
        case Served(records=of, years=years):
            name = records_name(of)
            return Label(f"{name.zh}滿 {years} 年", f"{years} full years of {name.en}")
        case Judged(question=question, who=who):
            return Label(f"{question.zh}（由{who.zh}判斷）", f"{question.en} (for the {who.en})")
        case Not(rule=inner):
            text = describe(inner)
            return Label(f"非「{text.zh}」", f"not: {text.en}")
        case IsOneOf(value=asked, options=options) if isinstance(asked, AttributeValue):
            what, need = name_of(asked), _options_text(asked.attribute, options)
            return Label(f"{what.zh}為「{need.zh}」", f"{what.en} is {need.en}")
        case Contains(value=asked, text=text):
            what = name_of(asked)
            return Label(f"{what.zh}含「{text}」", f"{what.en} has “{text}” in it")
        case IsAbsent(value=asked):
            what = name_of(asked)
            return Label(f"無{what.zh}", f"no {what.en.lower()}")
        case Related(others=of):
            name = records_name(of)
            return Label(f"有相應的{name.zh}", f"has a matching {name.en}")
        case During(day=day, records=of):
            what, name = name_of(day), records_name(of)
            return Label(f"{what.zh}在{name.zh}期間內", f"{what.en} lies within a {name.en}")
        case Within(day=day):
            what = name_of(day)
            return Label(f"{what.zh}在期間內", f"{what.en} lies in the window")
        case ClauseRule(rule=inner) | Presumed(rule=inner):
            return describe(inner)
        case AllOf(rules=rules):
            texts = [describe(part) for part in rules]
            return Label("且".join(t.zh for t in texts), " and ".join(t.en for t in texts))
        case AnyOf(rules=rules):
            texts = [describe(part) for part in rules]
            return Label("或".join(t.zh for t in texts), " or ".join(t.en for t in texts))
    return Label("條件", "condition")
