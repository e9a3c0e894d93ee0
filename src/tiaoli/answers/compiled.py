"""
The quick reading: one rule as one Python function, for the outcome alone.

The function does what ``meaning.holds`` does, in straight-line code: windows are computed once,
records are read in one loop each, and a settled conjunction stops. Nodes that are rare go through
``meaning`` itself. Tests hold the two readings equal on every case and on generated rules.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from tiaoli.answers import meaning
from tiaoli.answers.case import Case
from tiaoli.answers.meaning import Truth
from tiaoli.facts import periods
from tiaoli.facts.kinds import NONE
from tiaoli.rules.amounts import Amount, AmountNode, Count, Sum
from tiaoli.rules.citation import ClauseDay, ClauseRule, ShownBy
from tiaoli.rules.expressions import (
    AllOf,
    AnyOf,
    AttributeOf,
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
from tiaoli.rules.moments import AskedOn, AsOf, DayConst, Moved, Movement, OrElse, Within
from tiaoli.rules.records import AnyRecord, Records, Served

Compiled = Callable[[Case], Truth]


@lru_cache(maxsize=2048)
def compiled(rule: Rule) -> Compiled:
    """The function of ``rule``; compiled once."""
    writer = _Writer()
    writer.rule(rule, "t", None)
    source = "\n".join(
        ["def outcome(case):", "    by_kind = case.dossier.by_kind", "    as_of = case.as_of"]
        + [f"    {line}" for line in (*writer.hoisted, *writer.lines)]
        + ["    return t"]
    )
    names: dict[str, Any] = {"NONE": NONE, **writer.constants}
    exec(compile(source, "<rule>", "exec"), names)
    outcome: Compiled = names["outcome"]
    return outcome


class _Writer:
    """Writes the statements of one function. A row is the name of a record's values, if any."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.hoisted: list[str] = []
        self.constants: dict[str, Any] = {}
        self._days: dict[str, str] = {}
        self._depth = 0
        self._names = 0

    def put(self, line: str) -> None:
        self.lines.append("    " * self._depth + line)

    def name(self) -> str:
        self._names += 1
        return f"v{self._names}"

    def constant(self, thing: Any) -> str:
        name = f"K{len(self.constants)}"
        self.constants[name] = thing
        return name

    # Rules: assign True, False or None to ``out``

    def rule(self, rule: Rule, out: str, row: str | None) -> None:
        match rule:
            case Constant(met=met):
                self.put(f"{out} = {met}")
            case ClauseRule(rule=inner) | ShownBy(rule=inner):
                self.rule(inner, out, row)
            case AllOf(rules=rules):
                self._all(rules, out, row, stop="False")
            case AnyOf(rules=rules):
                self._all(rules, out, row, stop="True")
            case WaivedBy(rule=inner, waiver=waiver):
                self._all((inner, waiver), out, row, stop="True")
            case Not(rule=inner):
                self.rule(inner, out, row)
                self.put(f"{out} = None if {out} is None else not {out}")
            case Presumed(rule=inner, met=met):
                self.rule(inner, out, row)
                self.put(f"if {out} is None and case.presuming: {out} = {met}")
            case Within():
                self._within(rule, out, row)
            case IsOneOf(value=asked, options=options) if self._is_plain(asked):
                self._one_of(asked, options, out, row)
            case Includes(value=asked, options=options) if self._is_plain(asked):
                self._includes(asked, options, out, row)
            case IsAbsent(value=asked) if self._is_plain(asked):
                found, _ = self.value(asked, row)
                self.put(f"{out} = None if {found} is None else {found} is NONE")
            case AnyRecord(records=of):
                self._counted(of, 1, out)
            case Served():
                self.put(f"{out} = {self.constant(_served)}({self.constant(rule)}, case)")
            case Compare():
                self._compare(rule, out, row)
            case _:
                self._by_reference(rule, out, row)

    def _by_reference(self, rule: Rule, out: str, row: str | None) -> None:
        self.put(f"{out} = {self.constant(meaning.holds)}({self.constant(rule)}, case, {row})")

    def _all(self, rules: tuple[Rule, ...], out: str, row: str | None, *, stop: str) -> None:
        """Stops at the first rule that settles the matter; an unknown one is remembered."""
        self.rule(rules[0], out, row)
        for rule in rules[1:]:
            self.put(f"if {out} is not {stop}:")
            self._depth += 1
            more = self.name()
            self.rule(rule, more, row)
            other = "True" if stop == "False" else "False"
            self.put(f"if {more} is not {other}: {out} = {more}")
            self._depth -= 1

    def _one_of(self, asked: Value, options: tuple[Any, ...], out: str, row: str | None) -> None:
        found, _ = self.value(asked, row)
        if len(options) == 1:
            test = f"{found} == {options[0]!r}"
        else:
            test = f"{found} in {self.constant(frozenset(options))}"
        self.put(f"{out} = None if {found} is None else {test}")

    def _includes(self, asked: Value, options: tuple[str, ...], out: str, row: str | None) -> None:
        found, _ = self.value(asked, row)
        test = " and ".join(f"{option!r} in {found}" for option in options)
        self.put(f"{out} = None if {found} is None else False if {found} is NONE else {test}")

    def _within(self, rule: Within, out: str, row: str | None) -> None:
        day, known = self.value(rule.day, row)
        (start, start_known), (end, end_known) = (
            self.value(rule.start, row),
            self.value(rule.end, row),
        )
        if not (start_known and end_known):
            self._by_reference(rule, out, row)
            return
        test = f"{start} {'<' if rule.exclusive else '<='} {day} <= {end}"
        if not known:
            test = f"None if {day} is None else False if {day} is NONE else {test}"
        self.put(f"{out} = {test}")

    def _compare(self, rule: Compare, out: str, row: str | None) -> None:
        if (
            isinstance(rule.left, Count | Sum)
            and isinstance(rule.right, Amount)
            and rule.op == ">="
        ):
            self._reaches(rule.left, rule.right, out)
        elif self._is_plain(rule.left) and self._is_plain(rule.right):
            (left, left_known), (right, right_known) = (
                self.value(side, row) for side in (rule.left, rule.right)
            )
            unsure = [n for n, known in ((left, left_known), (right, right_known)) if not known]
            test = f"{left} {rule.op} {right}"
            if unsure:
                none = " or ".join(f"{n} is None" for n in unsure)
                absent = " or ".join(f"{n} is NONE" for n in unsure)
                test = f"None if {none} else False if {absent} else {test}"
            self.put(f"{out} = {test}")
        else:
            self._by_reference(rule, out, row)

    # Records

    def _reaches(self, left: Count | Sum, right: Amount, out: str) -> None:
        if isinstance(left, Count) and isinstance(left.records, Records):
            need = right.value
            assert isinstance(need, int)
            if left.distinct:
                self._counted_distinct(left.records, left.distinct[0], need, out)
            else:
                self._counted(left.records, need, out)
        elif isinstance(left, Sum) and isinstance(left.value, AttributeOf):
            self._summed(left.records, left.value, right, out)
        else:
            rule = Compare(left, ">=", right)
            self._by_reference(rule, out, None)

    def _loop(self, of: Records) -> tuple[str, str]:
        """Opens a loop over the records; gives the names of the row and of its membership."""
        fact, row, inside = self.name(), self.name(), self.name()
        self.put(f"for {fact} in by_kind.get({of.kind.name!r}, ()):")
        self._depth += 1
        self.put(f"{row} = {fact}.values")
        self._member(of, row, inside)
        return row, inside

    def _member(self, of: Records, row: str, out: str) -> None:
        if of.anytime or of.kind.happens is None:
            self.rule(of.condition, out, row)
            return
        day = self.name()
        self.put(f"{day} = {row}[{of.kind.happens!r}]")
        self.put(f"{out} = None if {day} is None else True if {day} is NONE else {day} <= as_of")
        if not (isinstance(of.condition, Constant) and of.condition.met):
            self.put(f"if {out} is not False:")
            self._depth += 1
            more = self.name()
            self.rule(of.condition, more, row)
            self.put(f"if {more} is not True: {out} = {more}")
            self._depth -= 1

    def _counted(self, of: Records, need: int, out: str) -> None:
        low, maybe = self.name(), self.name()
        self.put(f"{low} = {maybe} = 0")
        _, inside = self._loop(of)
        self.put(f"if {inside}:")
        self.put(f"    {low} += 1")
        self.put(f"    if {low} >= {need}: break")
        self.put(f"elif {inside} is None: {maybe} += 1")
        self._depth -= 1
        self._verdict(of, f"{low} >= {need}", f"{low} + {maybe} >= {need}", out)

    def _counted_distinct(self, of: Records, attribute: str, need: int, out: str) -> None:
        certain, possible, key = self.name(), self.name(), self.name()
        self.put(f"{certain} = set(); {possible} = set()")
        row, inside = self._loop(of)
        self.put(f"if {inside} is not False:")
        self.put(f"    {key} = {row}[{attribute!r}]")
        self.put(f"    if {key} is None or {key} is NONE: {key} = id({row})")
        self.put(f"    ({certain} if {inside} else {possible}).add({key})")
        self._depth -= 1
        low = f"len({certain}) >= {need}"
        self._verdict(of, low, f"len({certain} | {possible}) >= {need}", out)

    def _summed(self, of: Records, value: AttributeOf, need: Amount, out: str) -> None:
        low, maybe, each = self.name(), self.name(), self.name()
        wanted = self.constant(need.value)
        self.put(f"{low} = {maybe} = 0")
        row, inside = self._loop(of)
        self.put(f"if {inside} is not False:")
        self.put(f"    {each} = {row}[{value.attribute.name!r}]")
        self.put(f"    if {each} is None: {maybe} += {wanted}")
        self.put(f"    elif {each} is NONE: pass")
        self.put(f"    elif {inside}: {low} += {each}")
        self.put(f"    else: {maybe} += {each}")
        self._depth -= 1
        self._verdict(of, f"{low} >= {wanted}", f"{low} + {maybe} >= {wanted}", out)

    def _verdict(self, of: Records, certain: str, possible: str, out: str) -> None:
        is_open = f"{of.kind.name!r} in case.dossier.incomplete"
        self.put(f"{out} = True if {certain} else None if {possible} or {is_open} else False")

    # Values: the expression, and whether it is surely a value

    def value(self, node: Value, row: str | None) -> tuple[str, bool]:
        if self._is_day_of_asking(node):
            return self._day(node), True
        if isinstance(node, AttributeOf):
            name = self.name()
            self.put(f"{name} = {row}[{node.attribute.name!r}]")
            return name, False
        if isinstance(node, Amount):
            return self.constant(node.value), True
        name = self.name()
        self.put(f"{name} = {self.constant(meaning.value)}({self.constant(node)}, case, {row})")
        return name, False

    def _is_plain(self, node: Value) -> bool:
        return not isinstance(node, AmountNode) or isinstance(node, Amount)

    def _is_day_of_asking(self, node: Value) -> bool:
        match node:
            case AsOf() | AskedOn() | DayConst():
                return True
            case Moved(day=day) | ClauseDay(day=day):
                return self._is_day_of_asking(day)
            case OrElse(day=day):
                return self._is_day_of_asking(day)
        return False

    def _day(self, node: Value) -> str:
        """A day that depends on nothing but the date of asking, computed once."""
        match node:
            case AsOf():
                return "as_of"
            case AskedOn():
                return "case.asked_on"
            case ClauseDay(day=day) | OrElse(day=day):
                return self._day(day)
            case Moved(day=day, movement=movement, period=period):
                key = f"{self._day(day)}|{movement.value}|{period}"
                return self._hoisted(key, self._move(self._day(day), movement, period))
            case DayConst(day=constant):
                return self.constant(constant)
        raise TypeError(f"{node} is not a day of asking")

    def _move(self, day: str, movement: Movement, period: periods.Period) -> str:
        if movement is Movement.LOOK_BACK:
            return f"{self.constant(periods.look_back)}({day}, {self.constant(period)})"
        step = self.constant(meaning._MOVEMENTS[movement])
        return f"{step}({day}, {self.constant(period)}, case.calendar)"

    def _hoisted(self, key: str, expression: str) -> str:
        if key not in self._days:
            self._days[key] = f"d{len(self._days)}"
            self.hoisted.append(f"{self._days[key]} = {expression}")
        return self._days[key]


def _served(rule: Served, case: Case) -> Truth:
    """Unbroken service in one record, by the calendar; anything else by the reference."""
    facts = case.dossier.by_kind.get(rule.records.kind.name, ())
    if len(facts) != 1 or rule.complete_on_last_day:
        return meaning.holds(rule, case)
    (fact,) = facts
    if meaning.is_member(rule.records, case, fact) is not True:
        return meaning.holds(rule, case)
    first = fact.values[rule.records.kind.happens or ""]
    last = fact.values[rule.records.kind.ends or ""]
    since = first if rule.since is None else meaning.value(rule.since, case)
    if not _are_days(first, since) or last is not NONE or first < since:
        return meaning.holds(rule, case)
    period = periods.years(rule.years)
    complete = periods.completion(first, period, first_day_counts=rule.first_day_counts)
    return complete <= case.as_of or meaning.holds(rule, case)


def _are_days(*found: Any) -> bool:
    return all(isinstance(day, datetime.date) for day in found)
