"""Rules that are asked of one record, or one period, after another."""

from __future__ import annotations

from collections.abc import Sequence

from tiaoli.answers.answer import Reason
from tiaoli.answers.case import Case
from tiaoli.answers.explain.amounts import period_name
from tiaoli.answers.explain.reader import OUTCOMES, Finding, Reader, explain, explains
from tiaoli.answers.explain.requirements import atom
from tiaoli.answers.meaning import periods_taken
from tiaoli.facts.kinds import Label
from tiaoli.rules.cohorts import EachOne, EachPeriod


@explains(EachOne)
def _each_one(rule: EachOne, reader: Reader) -> Finding:
    turns = [
        (Label(fact.id, fact.id), reader.case.taking(fact))
        for fact, truth in reader.members(rule.records)
        if truth is not False
    ]
    return _in_turn(rule, turns, reader)


@explains(EachPeriod)
def _each_period(rule: EachPeriod, reader: Reader) -> Finding:
    turns = periods_taken(rule, reader.case, None) or ()
    return _in_turn(rule, [(period_name(turn), turn) for turn in turns], reader)


def _in_turn(
    rule: EachOne | EachPeriod, turns: Sequence[tuple[Label, Case]], reader: Reader
) -> Finding:
    """Those of whom the rule does not hold are told before the others."""
    found = [(says, explain(rule.rule, Reader(turn, reader.says))) for says, turn in turns]
    found.sort(key=lambda one: one[1].truth is True)
    parts = tuple(
        Reason(None, OUTCOMES[one.truth], says, children=tuple(one.parts)) for says, one in found
    )
    return atom(rule, reader, children=parts)
