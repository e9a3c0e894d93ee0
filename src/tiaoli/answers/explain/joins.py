"""How rules that combine others are told: all, any, not, waived, presumed, judged."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache

from tiaoli.answers.answer import Missing, Reason
from tiaoli.answers.explain.reader import ALL, ANY, OUTCOMES, Finding, Reader, explain, explains
from tiaoli.answers.explain.shown import described
from tiaoli.answers.meaning import Truth, all_truths, any_truth, holds, negated
from tiaoli.answers.wording import describe
from tiaoli.facts.kinds import Label
from tiaoli.rules.citation import ClauseRule, Named, ShownBy, ToldIfMet
from tiaoli.rules.expressions import (
    AllOf,
    AnyOf,
    AtLeastOf,
    Constant,
    IsAbsent,
    IsOneOf,
    Not,
    Rule,
    WaivedBy,
)
from tiaoli.rules.judgement import Judged, Presumed


@explains(Constant)
def _constant(rule: Constant, _reader: Reader) -> Finding:
    return Finding(rule.met, rule.met)


@explains(AllOf)
def _all_of(rule: AllOf, reader: Reader) -> Finding:
    return _joined([reader.finding(part) for part in rule.rules], all_truths)


@explains(AnyOf)
def _any_of(rule: AnyOf, reader: Reader) -> Finding:
    found = _joined([_alternative(part, reader) for part in rule.rules], any_truth)
    found.parts = [_group(ANY, found)]
    return found


def _alternative(rule: Rule, reader: Reader) -> Finding:
    """One of several ways; where it asks for more than one thing, they stand together."""
    found = reader.finding(rule)
    if len(found.parts) < 2:
        return found
    return Finding(found.truth, found.open, [_group(ALL, found)], found.missing)


def _group(says: Label, found: Finding) -> Reason:
    return Reason(None, OUTCOMES[found.truth], says, children=tuple(found.parts))


def _joined(found: list[Finding], join: Callable[[Iterable[Truth]], Truth]) -> Finding:
    open_truth = join([one.open for one in found])
    return Finding(
        join([one.truth for one in found]),
        open_truth,
        [part for one in found for part in one.parts],
        [m for one in found for m in one.missing] if open_truth is None else [],
    )


@explains(AtLeastOf)
def _at_least_of(rule: AtLeastOf, reader: Reader) -> Finding:
    def join(truths: Iterable[Truth]) -> Truth:
        listed = list(truths)
        met, possible = listed.count(True), len(listed) - listed.count(False)
        return True if met >= rule.number else None if possible >= rule.number else False

    found = _joined([_alternative(part, reader) for part in rule.rules], join)
    says = Label(f"以下任 {rule.number} 項", f"any {rule.number} of")
    found.parts = [_group(says, found)]
    return found


@explains(Not)
def _not(rule: Not, reader: Reader) -> Finding:
    inner = explain(rule.rule, reader)
    truth = negated(inner.truth)
    if isinstance(rule.rule, IsAbsent | IsOneOf) or _is_a_name(inner.parts):
        # One thing, not the reverse of another.
        parts = [p._replace(outcome=OUTCOMES[truth], says=described(rule)) for p in inner.parts]
        return Finding(truth, negated(inner.open), parts, inner.missing)
    turned = Reason(None, OUTCOMES[truth], described(rule), children=tuple(inner.parts))
    return Finding(truth, negated(inner.open), [turned], inner.missing)


def _is_a_name(parts: list[Reason]) -> bool:
    """A name alone: turned into its reverse, it need not be told beside it."""
    return len(parts) == 1 and parts[0].clause is None and _tells_no_more(parts[0])


def _tells_no_more(reason: Reason) -> bool:
    measured = (reason.have, reason.need, reason.window)
    return not reason.children and measured == (None, None, None)


@explains(WaivedBy)
def _waived_by(rule: WaivedBy, reader: Reader) -> Finding:
    asked, waiver = explain(rule.rule, reader), explain(rule.waiver, reader)
    found = _joined([asked, waiver], any_truth)
    if waiver.truth is True and asked.truth is not True:
        found.parts = [*(part._replace(outcome="waived") for part in asked.parts), *waiver.parts]
    return found


@explains(ClauseRule)
def _clause(rule: ClauseRule, reader: Reader) -> Finding:
    inner = reader.finding(rule.rule)
    says, outcome, parts = reader.says[rule.clause], OUTCOMES[inner.truth], inner.parts
    if len(parts) == 1 and parts[0].clause is None and not _is_group(parts[0]):
        reason = Reason(rule.clause, outcome, says, *parts[0][3:])
    else:
        reason = Reason(rule.clause, outcome, says, children=tuple(parts))
    missing = inner.missing
    if missing:
        missing = [m if m.clause else replace(m, clause=rule.clause) for m in missing]
    return Finding(inner.truth, inner.open, [reason], missing)


def _is_group(reason: Reason) -> bool:
    return reason.says is ANY or reason.says is ALL


@explains(ShownBy)
def _shown_by(rule: ShownBy, reader: Reader) -> Finding:
    found = reader.finding(rule.rule)
    reason = Reason(None, OUTCOMES[found.truth], _named_in(rule))
    return Finding(found.truth, found.open, [reason], found.missing)


@lru_cache(maxsize=4096)
def _named_in(rule: ShownBy) -> Label:
    return describe(rule)


@explains(Named)
def _named(rule: Named, reader: Reader) -> Finding:
    """Its parts are told only where they cite a clause; what counts in them is told with it."""
    inner = reader.finding(rule.rule)
    parts = tuple(inner.parts)
    reason = Reason(None, OUTCOMES[inner.truth], rule.label)
    if any(part.clause is not None for reason_ in parts for part in reason_.walk()):
        reason = reason._replace(children=parts)
    else:
        reason = reason._replace(counted=_counted_in(parts))
    return Finding(inner.truth, inner.open, [reason], inner.missing)


def _counted_in(parts: Iterable[Reason]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(fact for one in parts for part in one.walk() for fact in part.counted)
    )


@explains(ToldIfMet)
def _told_if_met(rule: ToldIfMet, reader: Reader) -> Finding:
    inner = reader.finding(rule.rule)
    return (
        inner if inner.truth is not False else Finding(inner.truth, inner.open, [], inner.missing)
    )


@explains(Presumed)
def _presumed(rule: Presumed, reader: Reader) -> Finding:
    inner = explain(rule.rule, reader)
    truth = rule.met if inner.truth is None else inner.truth
    return Finding(truth, inner.open, inner.parts, inner.missing)


@explains(Judged)
def _judged(rule: Judged, reader: Reader) -> Finding:
    truth = holds(rule, reader.case)
    rulings = [
        f.id for f in reader.case.dossier.of("judgement") if f.values["clause"] == rule.clause
    ]
    reason = Reason(None, OUTCOMES[truth], described(rule), counted=tuple(rulings))
    missing = [] if truth is not None else [Missing("judgement", describe(rule), rule.clause)]
    return Finding(truth, truth, [reason], missing)
