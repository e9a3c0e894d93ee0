"""What goes through ``meaning``: one record after another, which is kept, and all that is rare."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

from tiaoli.answers import meaning
from tiaoli.answers.case import Case
from tiaoli.answers.compiled.records import quick_members
from tiaoli.answers.compiled.writing import Writer, assigns
from tiaoli.facts.dossier import Dossier
from tiaoli.rules.cohorts import TAKES_TURNS, EachOne, EachPeriod
from tiaoli.rules.expressions import Node, Rule


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
    """The same case, with its records sorted quickly."""
    return case if case.sorted_out is quick_members else replace(case, sorted_out=quick_members)


@assigns(EachOne, EachPeriod)
def _each(writer: Writer, rule: Rule, out: str, _row: str | None) -> None:
    writer.put(f"{out} = {writer.constant(in_turn)}({writer.constant(rule)}, case)")


@assigns(Rule)
def _by_reference(writer: Writer, rule: Rule, out: str, row: str | None) -> None:
    """Any other rule; what goes through many records in turn sorts them quickly."""
    case = "case"
    if any(isinstance(node, TAKES_TURNS) for node in rule.walk()):
        case = f"{writer.constant(_sorting)}(case)"
    holds = writer.constant(meaning.holds)
    writer.put(f"{out} = {holds}({writer.constant(rule)}, {case}, {row})")
