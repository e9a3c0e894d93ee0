"""Years of service: bounded from both sides, and computed where the bounds leave it open."""

from __future__ import annotations

import datetime
from typing import Any

import z3

from tiaoli.facts import periods
from tiaoli.facts.periods import Span
from tiaoli.proofs.exactly import Call
from tiaoli.proofs.reading import Reading
from tiaoli.proofs.symbols import Symbol, Truth, added, at_least, conj, disj, greatest, lifted, neg
from tiaoli.rules.records import Served

_SpanTerms = tuple[Truth, Any, Truth, Any]


def served(reading: Reading, rule: Served) -> Truth:
    """One period that surely suffices is enough; without one that might, there is none."""
    spans, since = _spans(reading, rule)
    on = reading.as_of
    long_ago = added((on, -366 * rule.years - 2))
    recent = added((on, -365 * rule.years + 2))
    enough = disj(
        conj((truth, at_least(long_ago, first), disj((running, at_least(last, on)))))
        for truth, first, running, last in spans
    )
    perhaps = disj(conj((truth, at_least(recent, first))) for truth, first, _, _ in spans)
    world = reading.world
    arguments = [lifted(on), lifted(since)]
    for truth, first, running, last in spans:
        arguments += [lifted_truth(truth), lifted(first), lifted_truth(running), lifted(last)]
    key = ("served", id(rule), *(argument.get_id() for argument in arguments))
    if key in world.computations.known:
        known: Truth = world.computations.known[key]
        return known
    result = z3.FreshBool("served")
    world.computations.known[key] = result
    world.computations.kept += [rule, *arguments]
    world.constraints += [z3.Implies(lifted_truth(enough), result)]
    world.constraints += [z3.Implies(result, lifted_truth(perhaps))]
    world.wishes.append((65, result == lifted_truth(enough)))

    def true(day: int, first_counted: int, *told: Any) -> bool:
        return _has_served(rule, day, first_counted, told)

    def lemmas(at: tuple[Any, ...], truth: Any) -> tuple[z3.BoolRef, ...]:
        same = [term == value for term, value in zip(arguments, at, strict=True)]
        return (z3.Implies(z3.And(same), result == truth),)

    world.computations.calls.append(Call(tuple(arguments), result, true, lemmas))
    return result


def lifted_truth(truth: Truth) -> Any:
    return z3.BoolVal(truth) if isinstance(truth, bool) else truth


def _spans(reading: Reading, rule: Served) -> tuple[list[_SpanTerms], Any]:
    kind = rule.records.kind
    since = None if rule.since is None else reading.value(rule.since)
    found: list[_SpanTerms] = []
    for slot, truth in reading.members(rule.records):
        first = reading.attribute(slot, kind.happens or "")
        last = reading.attribute(slot, kind.ends or "")
        assert isinstance(first, Symbol)
        assert isinstance(last, Symbol)
        counts = [truth, neg(first.absent)]
        start = first.term
        if since is not None:
            counts += [neg(since.absent), disj((last.absent, at_least(last.term, since.term)))]
            start = greatest([first.term, since.term])
        found.append((conj(counts), start, last.absent, last.term))
    return found, 0 if since is None else since.term


def _has_served(rule: Served, day: int, _since: int, told: tuple[Any, ...]) -> bool:
    spans = []
    for at in range(0, len(told), 4):
        counts, first, running, last = told[at : at + 4]
        if counts:
            start = datetime.date.fromordinal(first)
            spans.append(Span(start, None if running else datetime.date.fromordinal(last)))
    return bool(spans) and periods.has_served(
        spans,
        rule.years,
        datetime.date.fromordinal(day),
        first_day_counts=rule.first_day_counts,
        complete_on_last_day=rule.complete_on_last_day,
    )
