"""
Why a record does not count: the first condition that it does not meet, in words.

The same few values come up over and over, so their wording is kept.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from tiaoli.answers.answer import Quantity
from tiaoli.answers.case import Case
from tiaoli.answers.in_words import day_words, options_text, quantity_text, shown_value
from tiaoli.answers.meaning import Row, amount, holds, value
from tiaoli.answers.wording import OPERATORS, describe, name_of
from tiaoli.facts.dossier import Fact
from tiaoli.facts.kinds import NONE, Label
from tiaoli.rules.amounts import AmountNode
from tiaoli.rules.citation import ClauseRule
from tiaoli.rules.expressions import (
    AllOf,
    AnyOf,
    AttributeOf,
    AttributeValue,
    Compare,
    Includes,
    IsAbsent,
    IsOneOf,
    Node,
    Not,
    Rule,
    Value,
)
from tiaoli.rules.judgement import Presumed
from tiaoli.rules.moments import Within
from tiaoli.rules.records import Records, Related

Why = tuple[Label, str | None, bool]
"""In words; the clause that says so; whether the record is of the sort that was looked for."""

_SORTS = {"type", "topics", "level", "scope", "procedure", "source", "item"}
_GRADES = {"score"}
"""Attributes by which records are sorted, too: a score of 4 is not looked for among the twos."""


def not_yet(of: Records, case: Case, fact: Fact) -> Why:
    """That a record has not happened by the reference date, or that its day is not known."""
    return _not_yet(of, case, fact), None, True


def _not_yet(of: Records, case: Case, fact: Fact) -> Label:
    assert of.kind.happens is not None
    attribute = of.kind.attributes[of.kind.happens]
    day = fact.values[of.kind.happens]
    if day is None:
        return Label(f"未填{attribute.label.zh}", f"{attribute.label.en} is not known")
    happened, on = day_words(day), day_words(case.as_of)
    return Label(
        f"{attribute.label.zh} {happened.zh} 晚於基準日 {on.zh}",
        f"{attribute.label.en} {happened.en} is after the reference date {on.en}",
    )


def why_not(rule: Rule, case: Case, row: Row) -> Why:
    """Why a record does not meet a condition, or that it is not known whether it does."""
    if isinstance(rule, AllOf):
        return why_not(_first_failing(rule.rules, case, row), case, row)
    if isinstance(rule, ClauseRule):
        label, clause, near = why_not(rule.rule, case, row)
        return label, clause or rule.clause, near
    if isinstance(rule, AnyOf):
        return _why_none(rule, case, row)
    if isinstance(rule, Presumed):
        return rule.because, None, True
    return _WHY.get(type(rule), _why_otherwise)(rule, case, row), None, _is_near(rule)


@lru_cache(maxsize=8192)
def _is_near(rule: Rule) -> bool:
    """Whether a record that fails this is still of the sort that was looked for."""
    if isinstance(rule, Compare):
        return not (isinstance(rule.left, AttributeOf) and rule.left.attribute.name in _GRADES)
    asked = rule.value if isinstance(rule, IsOneOf | Includes) else None
    return not (isinstance(asked, AttributeValue) and asked.attribute.name in _SORTS)


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
    asked = _choices_asked(rule)
    if asked is not None:
        return _none_of_these(rule, tuple(row[name] for name in asked))
    found = [why_not(part, case, row) for part in (_waiting(rule, case, row) or rule.rules)[:3]]
    clause = next((clause for _, clause, _ in found if clause), None)
    near = any(near for _, _, near in found)
    return _listed(tuple(label for label, _, _ in found)), clause, near


@lru_cache(maxsize=4096)
def _choices_asked(rule: AnyOf) -> tuple[str, ...] | None:
    """The attributes of alternatives that all ask for some option, where they are all like that."""
    asked = [part.value for part in rule.rules if isinstance(part, IsOneOf | Includes)]
    plain = [value.attribute.name for value in asked if isinstance(value, AttributeOf)]
    return tuple(plain) if len(plain) == len(rule.rules) else None


@lru_cache(maxsize=8192)
def _none_of_these(rule: AnyOf, found: tuple[Any, ...]) -> Why:
    """The same few values come up over and over, so their wording is kept."""
    labels = [
        _is_another(part, value) if isinstance(part, IsOneOf) else _is_lacking(part, value)
        for part, value in zip(rule.rules, found, strict=True)
        if isinstance(part, IsOneOf | Includes)
    ]
    return _listed(tuple(labels[:3])), None, any(map(_is_near, rule.rules))


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
    return _is_outside(rule, *(value(v, case, row) for v in (rule.day, rule.start, rule.end)))


@lru_cache(maxsize=8192)
def _is_outside(rule: Within, day: Any, start: Any, end: Any) -> Label:
    what = name_of(rule.day)
    if not isinstance(day, datetime.date):
        return Label(f"未填{what.zh}", f"{what.en} is not known")
    if not isinstance(start, datetime.date) or not isinstance(end, datetime.date):
        return Label(f"{what.zh}的期間不明", f"the window of {what.en} is not known")
    early = day < start or (rule.exclusive and day == start)
    had, bound = day_words(day), day_words(start if early else end)
    if early:
        zh, en = f"早於期間起日 {bound.zh}", f"is before {bound.en}"
    else:
        zh, en = f"晚於期間末日 {bound.zh}", f"is after {bound.en}"
    return Label(f"{what.zh} {had.zh} {zh}", f"{what.en} {had.en} {en}")


def _why_one_of(rule: IsOneOf, case: Case, row: Row) -> Label:
    return _is_another(rule, value(rule.value, case, row))


@lru_cache(maxsize=8192)
def _is_another(rule: IsOneOf, found: Any) -> Label:
    asked = rule.value
    assert isinstance(asked, AttributeValue)
    what, have = asked.attribute.label, shown_value(asked.attribute, found)
    need = options_text(asked.attribute, rule.options)
    return Label(
        f"{what.zh}為「{have.zh}」，須為「{need.zh}」",
        f"{what.en} is {have.en}, needs {need.en}",
    )


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
    op = OPERATORS[rule.op]
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
    if type(found) is datetime.date:
        return day_words(found)
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
