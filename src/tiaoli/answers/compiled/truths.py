"""Rules: how they are joined, and what is asked of one value or two."""

from __future__ import annotations

from typing import Any

from tiaoli.answers import meaning
from tiaoli.answers.compiled.records import reaches
from tiaoli.answers.compiled.turns import in_turn
from tiaoli.answers.compiled.writing import Writer, assigns
from tiaoli.rules.amounts import Amount, AmountNode, Count, Sum
from tiaoli.rules.citation import ClauseRule, Named, ShownBy, ToldIfMet
from tiaoli.rules.cohorts import OfEach, OfEachPeriod
from tiaoli.rules.expressions import (
    AllOf,
    AnyOf,
    Compare,
    Constant,
    Includes,
    IsAbsent,
    IsOneOf,
    Not,
    Rule,
    Value,
    WaivedBy,
)
from tiaoli.rules.judgement import Presumed
from tiaoli.rules.moments import Within


@assigns(Constant)
def _constant(writer: Writer, rule: Constant, out: str, _row: str | None) -> None:
    writer.put(f"{out} = {rule.met}")


@assigns(ClauseRule, Named, ShownBy, ToldIfMet)
def _told(
    writer: Writer, rule: ClauseRule | Named | ShownBy | ToldIfMet, out: str, row: str | None
) -> None:
    writer.rule(rule.rule, out, row)


# Joins


@assigns(AllOf)
def _all_of(writer: Writer, rule: AllOf, out: str, row: str | None) -> None:
    _joined(writer, rule.rules, out, row, stop="False")


@assigns(AnyOf)
def _any_of(writer: Writer, rule: AnyOf, out: str, row: str | None) -> None:
    _joined(writer, rule.rules, out, row, stop="True")


@assigns(WaivedBy)
def _waived_by(writer: Writer, rule: WaivedBy, out: str, row: str | None) -> None:
    _joined(writer, (rule.rule, rule.waiver), out, row, stop="True")


def _joined(
    writer: Writer, rules: tuple[Rule, ...], out: str, row: str | None, *, stop: str
) -> None:
    """Stops at the first rule that settles the matter; an unknown one is remembered."""
    writer.rule(rules[0], out, row)
    for rule in rules[1:]:
        with writer.within(f"if {out} is not {stop}:"):
            more = writer.name()
            writer.rule(rule, more, row)
            other = "True" if stop == "False" else "False"
            writer.put(f"if {more} is not {other}: {out} = {more}")


@assigns(Not)
def _not(writer: Writer, rule: Not, out: str, row: str | None) -> None:
    writer.rule(rule.rule, out, row)
    writer.put(f"{out} = None if {out} is None else not {out}")


@assigns(Presumed)
def _presumed(writer: Writer, rule: Presumed, out: str, row: str | None) -> None:
    writer.rule(rule.rule, out, row)
    writer.put(f"if {out} is None and case.presuming: {out} = {rule.met}")


# What is asked of a value


def _is_plain(node: Value) -> bool:
    return not isinstance(node, AmountNode) or isinstance(node, Amount)


@assigns(IsOneOf)
def _is_one_of(writer: Writer, rule: IsOneOf, out: str, row: str | None) -> None:
    if not _is_plain(rule.value):
        writer.by_reference(rule, out, row)
        return
    found, _ = writer.value(rule.value, row)
    if len(rule.options) == 1:
        test = f"{found} == {rule.options[0]!r}"
    else:
        test = f"{found} in {writer.constant(frozenset(rule.options))}"
    writer.put(f"{out} = None if {found} is None else {test}")


@assigns(Includes)
def _includes(writer: Writer, rule: Includes, out: str, row: str | None) -> None:
    if not _is_plain(rule.value):
        writer.by_reference(rule, out, row)
        return
    found, _ = writer.value(rule.value, row)
    test = " and ".join(f"{option!r} in {found}" for option in rule.options) or "True"
    writer.put(f"{out} = None if {found} is None else False if {found} is NONE else {test}")


@assigns(IsAbsent)
def _is_absent(writer: Writer, rule: IsAbsent, out: str, row: str | None) -> None:
    if not _is_plain(rule.value):
        writer.by_reference(rule, out, row)
        return
    found, _ = writer.value(rule.value, row)
    writer.put(f"{out} = None if {found} is None else {found} is NONE")


# What is asked of two


@assigns(Within)
def _within(writer: Writer, rule: Within, out: str, row: str | None) -> None:
    day, known = writer.value(rule.day, row)
    start, start_known = writer.value(rule.start, row)
    end, end_known = writer.value(rule.end, row)
    if not (start_known and end_known):
        writer.by_reference(rule, out, row)
        return
    test = f"{start} {'<' if rule.exclusive else '<='} {day} <= {end}"
    if not known:
        test = f"None if {day} is None else False if {day} is NONE else {test}"
    writer.put(f"{out} = {test}")


@assigns(Compare)
def _compare(writer: Writer, rule: Compare, out: str, row: str | None) -> None:
    left, right = rule.left, rule.right
    if isinstance(left, Count | Sum) and isinstance(right, Amount) and rule.op == ">=":
        reaches(writer, left, right, out)
    elif _is_plain(left) and _is_plain(right):
        _compare_values(writer, rule, out, row)
    elif isinstance(left, OfEach | OfEachPeriod) or isinstance(right, OfEach | OfEachPeriod):
        one, other = (_range(writer, side, row) for side in (left, right))
        test = writer.constant(meaning.compare_ranges)
        writer.put(f"{out} = {test}({one}, {rule.op!r}, {other})")
    else:
        writer.by_reference(rule, out, row)


def _compare_values(writer: Writer, rule: Compare, out: str, row: str | None) -> None:
    (left, left_known), (right, right_known) = (
        writer.value(side, row) for side in (rule.left, rule.right)
    )
    unsure = [n for n, known in ((left, left_known), (right, right_known)) if not known]
    test = f"{left} {rule.op} {right}"
    if unsure:
        none = " or ".join(f"{n} is None" for n in unsure)
        absent = " or ".join(f"{n} is NONE" for n in unsure)
        test = f"None if {none} else False if {absent} else {test}"
    writer.put(f"{out} = {test}")


def _range(writer: Writer, node: Any, row: str | None) -> str:
    """What is certain of an amount, and what is possible."""
    if isinstance(node, OfEach | OfEachPeriod):
        return f"{writer.constant(in_turn)}({writer.constant(node)}, case)"
    return f"{writer.constant(meaning.amount)}({writer.constant(node)}, case, {row})"
