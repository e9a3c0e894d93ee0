"""
The quick reading: one rule as one Python function, for the outcome alone.

The function does what ``meaning.holds`` does, in straight-line code: windows are computed once,
records are read in one loop each, and a settled conjunction stops. Nodes that are rare go through
``meaning`` itself. Tests hold the two readings equal on every case and on generated rules.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from functools import cache, lru_cache
from typing import Any

from tiaoli.answers import meaning
from tiaoli.answers.case import TAIWAN, Case
from tiaoli.answers.meaning import Truth
from tiaoli.facts import periods
from tiaoli.facts.dossier import Dossier, Fact
from tiaoli.facts.kinds import NONE
from tiaoli.rules.amounts import Amount, AmountNode, Count, Sum, number_of
from tiaoli.rules.citation import ClauseDay, ClauseRule, Named, ShownBy, ToldIfMet
from tiaoli.rules.cohorts import (
    TAKES_TURNS,
    EachOne,
    EachPeriod,
    Its,
    OfEach,
    OfEachPeriod,
    PeriodEnd,
    PeriodStart,
)
from tiaoli.rules.expressions import (
    AllOf,
    AnyOf,
    AttributeOf,
    Compare,
    Constant,
    Includes,
    IsAbsent,
    IsOneOf,
    Node,
    Not,
    Rule,
    Value,
    WaivedBy,
)
from tiaoli.rules.judgement import Presumed
from tiaoli.rules.moments import (
    BY_THE_CALENDAR,
    AskedOn,
    AsOf,
    DayConst,
    Moved,
    Movement,
    OneOfTwo,
    OrElse,
    Within,
)
from tiaoli.rules.records import AnyRecord, Picked, Records, Served


class _Moves(dict[datetime.date, datetime.date]):
    """Days moved in one manner by one period; the same few days are moved over and over."""

    def __init__(self, movement: Movement, period: periods.Period) -> None:
        self._step = meaning.MOVEMENTS[movement]
        self._period = period

    def __missing__(self, day: datetime.date) -> datetime.date:
        if len(self) > _MOST_MOVES:
            self.clear()
        moved = self[day] = self._step(day, self._period, TAIWAN)
        return moved


_MOST_MOVES = 20_000


@cache
def _moves(movement: Movement, period: periods.Period) -> _Moves:
    return _Moves(movement, period)


Compiled = Callable[[Case], Truth]
_NOT_YET = 2  # stands for a shared truth that has not been worked out


@lru_cache(maxsize=2048)
def compiled(rule: Rule) -> Compiled:
    """The function of ``rule``; compiled once."""
    writer = _Writer(shared=_told_twice(rule))
    writer.rule(rule, "t", None)
    function: Compiled = writer.function("t")
    return function


def _told_twice(rule: Rule) -> frozenset[int]:
    """Clauses that stand in more than one place; they are worked out once."""
    standing: dict[int, int] = {}
    for node in rule.walk():
        for part in node.parts():
            if isinstance(part, ClauseRule | AnyOf | AllOf | Served | AnyRecord):
                standing[id(part)] = standing.get(id(part), 0) + 1
    return frozenset(key for key, times in standing.items() if times > 1)


@lru_cache(maxsize=4096)
def compiled_value(node: Value) -> Callable[[Case], Any]:
    """``meaning.value`` of a value that is asked of no record."""
    writer = _Writer()
    found, _ = writer.value(node, None)
    function: Callable[[Case], Any] = writer.function(found)
    return function


@lru_cache(maxsize=4096)
def compiled_pick(node: Picked) -> Callable[[Case], Any]:
    """``meaning.picked``: the record meant, or why there is none."""
    writer = _Writer()
    function: Callable[[Case], Any] = writer.function(writer.pick(node))
    return function


Member = tuple[Fact, Truth, int]
"""A record, whether it is in the set, and the condition that keeps it out (-1: not happened)."""


@lru_cache(maxsize=4096)
def compiled_members(of: Records) -> Callable[[Case], list[Member]]:
    """Every record of the kind, as ``meaning.members``, with the first condition it fails."""
    writer = _Writer()
    writer.put("found = []")
    writer.members(of)
    function: Callable[[Case], list[Member]] = writer.function("found")
    return function


def quick_members(of: Records, case: Case) -> list[tuple[Fact, Truth]]:
    """Every record of the kind, as ``meaning.members`` has it."""
    return [(fact, truth) for fact, truth, _ in compiled_members(of)(case)]


def conditions_of(of: Records) -> tuple[Rule, ...]:
    """What a record has to meet, one condition after another."""
    return of.condition.rules if isinstance(of.condition, AllOf) else (of.condition,)


def name_in_turn(node: Its | PeriodStart | PeriodEnd) -> str:
    return node.name if isinstance(node, Its) else type(node).__name__


def in_turn(node: Node, case: Case) -> Any:
    """
    What one record or period after another comes to, as ``meaning`` has it: an amount, or a truth.

    It is long work and is asked for again by each level of a scale and under each other reading,
    so it is kept while the facts and the days are the same.
    """
    if case.taken or case.period is not None:
        return _worked_out(node, _sorting(case))
    return _kept_turns(
        node, case.dossier, case.asked_on, case.as_of, case.about, case.presuming, case.undated
    )


@lru_cache(maxsize=4096)
def _kept_turns(node: Node, dossier: Dossier, *rest: Any) -> Any:
    asked_on, as_of, about, presuming, undated = rest
    case = Case(dossier, asked_on, as_of, about, presuming, undated, sorted_out=quick_members)
    return _worked_out(node, case)


def _worked_out(node: Node, case: Case) -> Any:
    return meaning.holds(node, case) if isinstance(node, Rule) else meaning.amount(node, case)  # type: ignore[arg-type]  # an amount


def _sorting(case: Case) -> Case:
    return case if case.sorted_out is quick_members else replace(case, sorted_out=quick_members)


class _Writer:
    """Writes the statements of one function. A row is the name of a record's values, if any."""

    def __init__(self, shared: frozenset[int] = frozenset()) -> None:
        self._shared = shared
        self._kept: dict[int, str] = {}
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

    def function(self, result: str) -> Any:
        """The function of one case that runs the statements and returns ``result``."""
        source = "\n".join(
            ["def read(case):", "    by_kind = case.dossier.by_kind", "    as_of = case.as_of"]
            + [f"    {line}" for line in (*self.hoisted, *self.lines)]
            + [f"    return {result}"]
        )
        names: dict[str, Any] = {"NONE": NONE, **self.constants}
        exec(compile(source, "<rule>", "exec"), names)
        return names["read"]

    # Rules: assign True, False or None to ``out``

    def rule(self, rule: Rule, out: str, row: str | None) -> None:
        if row is not None or id(rule) not in self._shared:
            self._rule(rule, out, row)
            return
        if id(rule) not in self._kept:
            self._kept[id(rule)] = f"m{len(self._kept)}"
            self.hoisted.append(f"{self._kept[id(rule)]} = {_NOT_YET}")
        kept = self._kept[id(rule)]
        self.put(f"if {kept} == {_NOT_YET}:")
        self._depth += 1
        self._rule(rule, kept, row)
        self._depth -= 1
        self.put(f"{out} = {kept}")

    def _rule(self, rule: Rule, out: str, row: str | None) -> None:
        match rule:
            case Constant(met=met):
                self.put(f"{out} = {met}")
            case (
                ClauseRule(rule=inner)
                | Named(rule=inner)
                | ShownBy(rule=inner)
                | ToldIfMet(rule=inner)
            ):
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
                self._served(rule, out)
            case Compare():
                self._compare(rule, out, row)
            case EachOne() | EachPeriod():
                self.put(f"{out} = {self.constant(in_turn)}({self.constant(rule)}, case)")
            case _:
                self._by_reference(rule, out, row)

    def _by_reference(self, rule: Rule, out: str, row: str | None) -> None:
        """As ``meaning`` has it; what goes through many records in turn sorts them quickly."""
        case = "case"
        if any(isinstance(node, TAKES_TURNS) for node in rule.walk()):
            case = f"{self.constant(_sorting)}(case)"
        self.put(f"{out} = {self.constant(meaning.holds)}({self.constant(rule)}, {case}, {row})")

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
        test = " and ".join(f"{option!r} in {found}" for option in options) or "True"
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
        elif any(isinstance(side, OfEach | OfEachPeriod) for side in (rule.left, rule.right)):
            left, right = (self._whole_amount(side, row) for side in (rule.left, rule.right))
            test = self.constant(meaning.compare_ranges)
            self.put(f"{out} = {test}({left}, {rule.op!r}, {right})")
        else:
            self._by_reference(rule, out, row)

    def _whole_amount(self, node: Value, row: str | None) -> str:
        """The range of an amount."""
        if isinstance(node, OfEach | OfEachPeriod):
            return f"{self.constant(in_turn)}({self.constant(node)}, case)"
        return f"{self.constant(meaning.amount)}({self.constant(node)}, case, {row})"

    # Records

    def _reaches(self, left: Count | Sum, right: Amount, out: str) -> None:
        if isinstance(left, Count) and isinstance(left.records, Records) and not left.within:
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

    def loop(self, of: Records) -> tuple[str, str, str]:
        """Opens a loop over the records; names the record, its row and its membership."""
        fact, row, inside = self.name(), self.name(), self.name()
        self.put(f"for {fact} in by_kind.get({of.kind.name!r}, ()):")
        self._depth += 1
        self.put(f"{row} = {fact}.values")
        self._member(of, row, inside)
        return fact, row, inside

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

    def members(self, of: Records) -> None:
        """Appends each record to ``found``, with the number of the first condition it fails."""
        fact, row, inside, failing = self.name(), self.name(), self.name(), self.name()
        self.put(f"for {fact} in by_kind.get({of.kind.name!r}, ()):")
        self._depth += 1
        self.put(f"{row} = {fact}.values; {inside} = True; {failing} = -1")
        if not of.anytime and of.kind.happens is not None:
            day = self.name()
            self.put(f"{day} = {row}[{of.kind.happens!r}]")
            self.put(f"if {day} is None: {inside} = None")
            self.put(f"elif {day} is not NONE and {day} > as_of: {inside} = False")
        for number, rule in enumerate(conditions_of(of)):
            self.put(f"if {inside} is not False:")
            self._depth += 1
            more = self.name()
            self.rule(rule, more, row)
            self.put(f"if {more} is not True:")
            self.put(f"    if {more} is False or {inside} is True: {failing} = {number}")
            self.put(f"    {inside} = {more}")
            self._depth -= 1
        self.put(f"found.append(({fact}, {inside}, {failing}))")
        self._depth -= 1

    def _counted(self, of: Records, need: int, out: str) -> None:
        low, maybe = self.name(), self.name()
        self.put(f"{low} = {maybe} = 0")
        _, _, inside = self.loop(of)
        self.put(f"if {inside}:")
        self.put(f"    {low} += 1")
        self.put(f"    if {low} >= {need}: break")
        self.put(f"elif {inside} is None: {maybe} += 1")
        self._depth -= 1
        self._verdict(of, f"{low} >= {need}", f"{low} + {maybe} >= {need}", out)

    def _counted_distinct(self, of: Records, attribute: str, need: int, out: str) -> None:
        certain, possible, key, doubt = self.name(), self.name(), self.name(), self.name()
        self.put(f"{certain} = set(); {possible} = set(); {doubt} = False")
        _, row, inside = self.loop(of)
        self.put(f"if {inside} is not False:")
        self.put(f"    {key} = {row}[{attribute!r}]")
        self.put(f"    if {key} is None: {doubt} = True")
        self.put(f"    elif {key} is NONE: {key} = id({row})")
        self.put(f"    ({certain} if {inside} else {possible}).add({key})")
        self._depth -= 1
        low = f"len({certain}) >= {need}"
        self._verdict(of, low, f"len({certain} | {possible}) >= {need}", out)
        by_meaning = Compare(Count(of, (attribute,)), ">=", number_of(need))
        self.put(f"if {doubt}:")
        self._depth += 1
        self._by_reference(by_meaning, out, None)
        self._depth -= 1

    def _summed(self, of: Records, value: AttributeOf, need: Amount, out: str) -> None:
        low, maybe, each = self.name(), self.name(), self.name()
        wanted = self.constant(need.value)
        self.put(f"{low} = {maybe} = 0")
        _, row, inside = self.loop(of)
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
        if isinstance(node, Its | PeriodStart | PeriodEnd):
            in_turn = f"{self.constant(meaning.value)}({self.constant(node)}, case)"
            return self._hoisted(f"turn|{name_in_turn(node)}", in_turn), False
        if isinstance(node, Amount):
            return self.constant(node.value), True
        return self._record_day(node, row), False

    def _record_day(self, node: Value, row: str | None) -> str:
        """A value that depends on records."""
        match node:
            case Picked():
                return self._picked(node)
            case Moved():
                return self._moved(node, row)
            case OneOfTwo():
                return self._one_of_two(node, row)
            case OrElse(day=day, fallback=fallback):
                (found, _), (other, _) = self.value(day, row), self.value(fallback, row)
                return self._named(f"{other} if {found} is NONE else {found}")
        return self._named(f"{self.constant(meaning.value)}({self.constant(node)}, case, {row})")

    def _named(self, expression: str) -> str:
        name = self.name()
        self.put(f"{name} = {expression}")
        return name

    def _one_of_two(self, node: OneOfTwo, row: str | None) -> str:
        (a, _), (b, _) = self.value(node.first, row), self.value(node.second, row)
        best = f"{a} if ({a} {'>' if node.later else '<'} {b}) else {b}"
        known = f"{b} if {a} is NONE else {a} if {b} is NONE else {best}"
        return self._named(f"None if {a} is None or {b} is None else {known}")

    def _moved(self, node: Moved, row: str | None) -> str:
        day, _ = self.value(node.day, row)
        moved = self._move(day, node.movement, node.period)
        return self._named(f"{day} if {day} is None or {day} is NONE else {moved}")

    def _picked(self, node: Picked) -> str:
        fact = self.pick(node)
        none = f"{fact} is None or {fact} is NONE"
        return self._named(f"{fact} if {none} else {fact}.values[{node.attribute.name!r}]")

    def pick(self, node: Picked) -> str:
        """The latest (or first) certain record; any doubt goes through ``meaning``."""
        by_meaning = f"{self.constant(meaning.picked)}({self.constant(node)}, case)"
        if node.focus:
            return self._named(by_meaning)
        best, doubt, day, name = self.name(), self.name(), self.name(), self.name()
        is_open = f"{node.records.kind.name!r} in case.dossier.incomplete"
        self.put(f"{best} = None; {doubt} = {is_open}")
        fact, row, inside = self.loop(node.records)
        self.put(f"if {inside} is None: {doubt} = True")
        self.put(f"elif {inside}:")
        self.put(f"    {day} = {row}[{node.by.attribute.name!r}]")
        self.put(f"    if {day} is None or {day} is NONE: {doubt} = True")
        order = "<" if node.earliest else ">"
        better = f"{best} is None or {day} {order} {best}"
        self.put(f"    elif {better}: {best}, {name} = {day}, {fact}")
        self.put(f"    elif {day} == {best}: {doubt} = True")
        self._depth -= 1
        self.put(f"if {doubt} or {best} is None: {name} = {by_meaning}")
        return name

    def _served(self, rule: Served, out: str) -> None:
        """One record still running: by the calendar. Anything else goes through ``meaning``."""
        by_meaning = f"{self.constant(meaning.holds)}({self.constant(rule)}, case)"
        if rule.complete_on_last_day:
            self.put(f"{out} = {by_meaning}")
            return
        since = None if rule.since is None else self.value(rule.since, None)[0]
        first = self.name()
        self.put(f"{first} = None")
        if since is not None:
            self.put(f"if {since} is not None and {since} is not NONE:")
            self._depth += 1
        _, row, inside = self.loop(rule.records)
        self.put(
            f"if {first} is not None or not {inside} or {row}[{rule.records.kind.ends!r}]"
            " is not NONE:"
        )
        self.put(f"    {first} = None")
        self.put("    break")
        self.put(f"{first} = {row}[{rule.records.kind.happens!r}]")
        self._depth -= 1
        too_early = ""
        if since is not None:
            too_early = f" or {first} < {since}"
            self._depth -= 1
        period = periods.years(rule.years)
        movement = (
            Movement.COMPLETION if rule.first_day_counts else Movement.COMPLETION_FIRST_DAY_EXCLUDED
        )
        complete = self._move(first, movement, period)
        self.put(f"if {first} is None or {first} is NONE{too_early}: {out} = {by_meaning}")
        self.put(f"else: {out} = {complete} <= as_of or {by_meaning}")

    def _is_plain(self, node: Value) -> bool:
        return not isinstance(node, AmountNode) or isinstance(node, Amount)

    def _is_day_of_asking(self, node: Value) -> bool:
        """Counted from the day of asking alone."""
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
        if movement in BY_THE_CALENDAR:
            step = self.constant(meaning.MOVEMENTS[movement])
            return f"{step}({day}, {self.constant(period)}, case.calendar)"
        return f"{self.constant(_moves(movement, period))}[{day}]"

    def _hoisted(self, key: str, expression: str) -> str:
        if key not in self._days:
            self._days[key] = f"d{len(self._days)}"
            self.hoisted.append(f"{self._days[key]} = {expression}")
        return self._days[key]
