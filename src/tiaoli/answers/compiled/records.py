"""Records: one loop over a kind, and who is in a set, how many, how much, and which is meant."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from tiaoli.answers import meaning
from tiaoli.answers.case import Case
from tiaoli.answers.compiled.days import move
from tiaoli.answers.compiled.writing import Writer, assigns, gives
from tiaoli.answers.meaning import Truth
from tiaoli.facts import periods
from tiaoli.facts.dossier import Fact
from tiaoli.rules.amounts import Amount, Count, Sum, number_of
from tiaoli.rules.expressions import AllOf, AttributeOf, Compare, Constant, Rule
from tiaoli.rules.moments import Movement
from tiaoli.rules.records import AnyRecord, Picked, Records, Served

Member = tuple[Fact, Truth, int]
"""A record, whether it is in the set, and the condition that keeps it out (-1: not happened)."""


@lru_cache(maxsize=4096)
def compiled_pick(node: Picked) -> Callable[[Case], Any]:
    """``meaning.picked``: the record meant, or why there is none."""
    writer = Writer()
    function: Callable[[Case], Any] = writer.function(_pick(writer, node))
    return function


@lru_cache(maxsize=4096)
def compiled_members(of: Records) -> Callable[[Case], list[Member]]:
    """Every record of the kind, as ``meaning.members``, with the first condition it fails."""
    writer = Writer()
    writer.put("found = []")
    _members(writer, of)
    function: Callable[[Case], list[Member]] = writer.function("found")
    return function


def quick_members(of: Records, case: Case) -> list[tuple[Fact, Truth]]:
    """Every record of the kind, as ``meaning.members`` has it."""
    return [(fact, truth) for fact, truth, _ in compiled_members(of)(case)]


def conditions_of(of: Records) -> tuple[Rule, ...]:
    """What a record has to meet, one condition after another."""
    return of.condition.rules if isinstance(of.condition, AllOf) else (of.condition,)


# Who is in a set


@contextmanager
def _each(writer: Writer, of: Records) -> Iterator[tuple[str, str, str]]:
    """A loop over the records; names the record, its row and its membership."""
    fact, row, inside = writer.name(), writer.name(), writer.name()
    with writer.within(f"for {fact} in by_kind.get({of.kind.name!r}, ()):"):
        writer.put(f"{row} = {fact}.values")
        _member(writer, of, row, inside)
        yield fact, row, inside


def _member(writer: Writer, of: Records, row: str, out: str) -> None:
    if of.anytime or of.kind.happens is None:
        writer.rule(of.condition, out, row)
        return
    day = writer.named(f"{row}[{of.kind.happens!r}]")
    writer.put(f"{out} = None if {day} is None else True if {day} is NONE else {day} <= as_of")
    if not (isinstance(of.condition, Constant) and of.condition.met):
        with writer.within(f"if {out} is not False:"):
            more = writer.name()
            writer.rule(of.condition, more, row)
            writer.put(f"if {more} is not True: {out} = {more}")


def _members(writer: Writer, of: Records) -> None:
    """Appends each record to ``found``, with the number of the first condition it fails."""
    fact, row, inside, failing = (writer.name() for _ in range(4))
    with writer.within(f"for {fact} in by_kind.get({of.kind.name!r}, ()):"):
        writer.put(f"{row} = {fact}.values; {inside} = True; {failing} = -1")
        if not of.anytime and of.kind.happens is not None:
            day = writer.named(f"{row}[{of.kind.happens!r}]")
            writer.put(f"if {day} is None: {inside} = None")
            writer.put(f"elif {day} is not NONE and {day} > as_of: {inside} = False")
        for number, rule in enumerate(conditions_of(of)):
            with writer.within(f"if {inside} is not False:"):
                more = writer.name()
                writer.rule(rule, more, row)
                writer.put(f"if {more} is not True:")
                writer.put(f"    if {more} is False or {inside} is True: {failing} = {number}")
                writer.put(f"    {inside} = {more}")
        writer.put(f"found.append(({fact}, {inside}, {failing}))")


# How many, and how much


@assigns(AnyRecord)
def _any_record(writer: Writer, rule: AnyRecord, out: str, _row: str | None) -> None:
    _counted(writer, rule.records, 1, out)


def reaches(writer: Writer, left: Count | Sum, right: Amount, out: str) -> None:
    """A count or a sum comes to so much at least."""
    if isinstance(left, Count) and isinstance(left.records, Records) and not left.within:
        need = right.value
        assert isinstance(need, int)
        if left.distinct:
            _counted_distinct(writer, left.records, left.distinct[0], need, out)
        else:
            _counted(writer, left.records, need, out)
    elif isinstance(left, Sum) and isinstance(left.value, AttributeOf):
        _summed(writer, left.records, left.value, right, out)
    else:
        writer.by_reference(Compare(left, ">=", right), out, None)


def _counted(writer: Writer, of: Records, need: int, out: str) -> None:
    low, maybe = writer.name(), writer.name()
    writer.put(f"{low} = {maybe} = 0")
    with _each(writer, of) as (_, _, inside):
        writer.put(f"if {inside}:")
        writer.put(f"    {low} += 1")
        writer.put(f"    if {low} >= {need}: break")
        writer.put(f"elif {inside} is None: {maybe} += 1")
    _verdict(writer, of, f"{low} >= {need}", f"{low} + {maybe} >= {need}", out)


def _counted_distinct(writer: Writer, of: Records, attribute: str, need: int, out: str) -> None:
    certain, possible, key, doubt = (writer.name() for _ in range(4))
    writer.put(f"{certain} = set(); {possible} = set(); {doubt} = False")
    with _each(writer, of) as (_, row, inside):
        writer.put(f"if {inside} is not False:")
        writer.put(f"    {key} = {row}[{attribute!r}]")
        writer.put(f"    if {key} is None: {doubt} = True")
        writer.put(f"    elif {key} is NONE: {key} = id({row})")
        writer.put(f"    ({certain} if {inside} else {possible}).add({key})")
    low = f"len({certain}) >= {need}"
    _verdict(writer, of, low, f"len({certain} | {possible}) >= {need}", out)
    by_meaning = Compare(Count(of, (attribute,)), ">=", number_of(need))
    with writer.within(f"if {doubt}:"):
        writer.by_reference(by_meaning, out, None)


def _summed(writer: Writer, of: Records, value: AttributeOf, need: Amount, out: str) -> None:
    low, maybe, each = writer.name(), writer.name(), writer.name()
    wanted = writer.constant(need.value)
    writer.put(f"{low} = {maybe} = 0")
    with _each(writer, of) as (_, row, inside):
        writer.put(f"if {inside} is not False:")
        writer.put(f"    {each} = {row}[{value.attribute.name!r}]")
        writer.put(f"    if {each} is None: {maybe} += {wanted}")
        writer.put(f"    elif {each} is NONE: pass")
        writer.put(f"    elif {inside}: {low} += {each}")
        writer.put(f"    else: {maybe} += {each}")
    _verdict(writer, of, f"{low} >= {wanted}", f"{low} + {maybe} >= {wanted}", out)


def _verdict(writer: Writer, of: Records, certain: str, possible: str, out: str) -> None:
    is_open = f"{of.kind.name!r} in case.dossier.incomplete"
    writer.put(f"{out} = True if {certain} else None if {possible} or {is_open} else False")


# Which one is meant, and how long it has lasted


@gives(Picked)
def _picked(writer: Writer, node: Picked, _row: str | None) -> tuple[str, bool]:
    fact = _pick(writer, node)
    none = f"{fact} is None or {fact} is NONE"
    return writer.named(f"{fact} if {none} else {fact}.values[{node.attribute.name!r}]"), False


def _pick(writer: Writer, node: Picked) -> str:
    """The latest (or first) certain record; any doubt goes through ``meaning``."""
    by_meaning = f"{writer.constant(meaning.picked)}({writer.constant(node)}, case)"
    if node.focus:
        return writer.named(by_meaning)
    best, doubt, day, name = (writer.name() for _ in range(4))
    is_open = f"{node.records.kind.name!r} in case.dossier.incomplete"
    writer.put(f"{best} = None; {doubt} = {is_open}")
    with _each(writer, node.records) as (fact, row, inside):
        writer.put(f"if {inside} is None: {doubt} = True")
        writer.put(f"elif {inside}:")
        writer.put(f"    {day} = {row}[{node.by.attribute.name!r}]")
        writer.put(f"    if {day} is None or {day} is NONE: {doubt} = True")
        better = f"{best} is None or {day} {'<' if node.earliest else '>'} {best}"
        writer.put(f"    elif {better}: {best}, {name} = {day}, {fact}")
        writer.put(f"    elif {day} == {best}: {doubt} = True")
    writer.put(f"if {doubt} or {best} is None: {name} = {by_meaning}")
    return name


@assigns(Served)
def _served(writer: Writer, rule: Served, out: str, _row: str | None) -> None:
    """One record still running: by the calendar. Anything else goes through ``meaning``."""
    by_meaning = f"{writer.constant(meaning.holds)}({writer.constant(rule)}, case)"
    if rule.complete_on_last_day:
        writer.put(f"{out} = {by_meaning}")
        return
    since = None if rule.since is None else writer.value(rule.since, None)[0]
    first = writer.named("None")
    if since is None:
        _only_one_running(writer, rule.records, first)
    else:
        with writer.within(f"if {since} is not None and {since} is not NONE:"):
            _only_one_running(writer, rule.records, first)
    too_early = "" if since is None else f" or {first} < {since}"
    movement = (
        Movement.COMPLETION if rule.first_day_counts else Movement.COMPLETION_FIRST_DAY_EXCLUDED
    )
    complete = move(writer, first, movement, periods.years(rule.years))
    writer.put(f"if {first} is None or {first} is NONE{too_early}: {out} = {by_meaning}")
    writer.put(f"else: {out} = {complete} <= as_of or {by_meaning}")


def _only_one_running(writer: Writer, of: Records, first: str) -> None:
    """The first day of the one record of the set, if there is just one and it has no end."""
    with _each(writer, of) as (_, row, inside):
        ended = f"{row}[{of.kind.ends!r}] is not NONE"
        writer.put(f"if {first} is not None or not {inside} or {ended}:")
        writer.put(f"    {first} = None")
        writer.put("    break")
        writer.put(f"{first} = {row}[{of.kind.happens!r}]")
