"""The three readings of a rule are one, and what becomes known never contradicts what was said."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import replace

from hypothesis import assume, given, settings
from hypothesis import find as first_where
from hypothesis import strategies as st
from strategies.dossiers import CLAUSES, KINDS, dossiers, rows
from strategies.known import blank, with_values
from strategies.plain import asking_days, near_the_edge
from strategies.rules import ledger_rules, readings, rules

from tiaoli.answers.case import Case
from tiaoli.answers.compiled import compiled
from tiaoli.answers.explain import Reader, explain
from tiaoli.answers.meaning import Conflict, Truth, holds
from tiaoli.facts.dossier import Dossier, Fact
from tiaoli.facts.kinds import Label
from tiaoli.rules import Node, Rule, resolve

EXAMPLES = settings().max_examples
SAYS = {clause: Label(clause, clause) for clause in CLAUSES}

cases = st.builds(
    Case,
    dossiers,
    asking_days,
    near_the_edge,
    st.sampled_from([None, None, f"{KINDS[1]}-1", f"{KINDS[7]}-2"]),
    st.sampled_from([True, True, True, False]),
)
resolved = st.builds(resolve, rules(), readings)


@given(resolved, cases)
@settings(max_examples=EXAMPLES * 5)
def test_the_three_readings_of_a_rule_agree(rule: Rule, case: Case) -> None:
    truth = holds(rule, case)
    assert compiled(rule)(case) is truth
    if case.presuming:
        assert explain(rule, Reader(case, SAYS)).truth is truth


@given(resolved, cases)
@settings(max_examples=EXAMPLES * 2)
def test_only_an_open_requirement_asks_for_anything(rule: Rule, case: Case) -> None:
    found = explain(rule, Reader(case, SAYS))
    assert found.open is holds(rule, case.without_presumptions())
    assert found.open is None or found.missing == []


# --- What becomes known -------------------------------------------------------------------
#
# Everything holds without presumptions, which are there to be overturned, and for rulings that
# name their clause, decision and day, since one that does not is no ruling yet.


def holds_without_conflict(rule: Rule, case: Case) -> Truth:
    try:
        return holds(rule, case)
    except Conflict:
        assume(False)
        raise


@given(resolved, cases, st.data())
@settings(max_examples=EXAMPLES * 5)
def test_filling_in_an_unknown_attribute_never_turns_a_settled_rule(
    rule: Rule, case: Case, data: st.DataObject
) -> None:
    case = case.without_presumptions()
    before = holds(rule, case)
    assume(before is not None)
    filled = data.draw(with_values(case.dossier, blank(case.dossier)))
    after = holds_without_conflict(rule, replace(case, dossier=filled))
    assert after in (before, None)


@given(st.builds(resolve, ledger_rules, readings), cases, st.data())
@settings(max_examples=EXAMPLES * 3)
def test_filling_in_an_unknown_attribute_keeps_a_ledger_within_its_bounds(
    rule: Rule, case: Case, data: st.DataObject
) -> None:
    case = case.without_presumptions()
    before = holds_without_conflict(rule, case)
    assume(before is not None)
    filled = data.draw(with_values(case.dossier, blank(case.dossier)))
    assert holds_without_conflict(rule, replace(case, dossier=filled)) in (before, None)


@given(resolved, cases, st.sampled_from(KINDS), st.data())
@settings(max_examples=EXAMPLES * 3)
def test_listing_a_record_that_was_left_open_never_turns_a_settled_rule(
    rule: Rule, case: Case, kind: str, data: st.DataObject
) -> None:
    dossier = case.dossier
    open_dossier = Dossier(dossier.subject, dossier.facts, dossier.incomplete | {kind})
    before = holds(rule, replace(case, dossier=open_dossier, presuming=False))
    assume(before is not None)
    listed = open_dossier.with_facts(Fact("listed-later", kind, data.draw(rows(kind))))
    after = holds_without_conflict(rule, replace(case, dossier=listed, presuming=False))
    assert after in (before, None)


# --- Every node has a generator -----------------------------------------------------------

ABSTRACT = {
    "Rule": "what every rule is",
    "Value": "what every value is",
    "AttributeValue": "what an attribute of a record in hand and of a picked record share",
    "AmountNode": "what every amount is",
    "DayNode": "what every day is",
    "RecordSet": "what records of one kind and of several share",
}


def every_class_below(parent: type[Node]) -> Iterator[type[Node]]:
    for child in parent.__subclasses__():
        yield child
        yield from every_class_below(child)


NODES = {c.__name__: c for c in every_class_below(Node) if c.__module__.startswith("tiaoli.")}


def test_every_abstract_node_is_one() -> None:
    parents = {base.__name__ for node in NODES.values() for base in inspect.getmro(node)[1:]}
    assert sorted(set(ABSTRACT) - parents) == []


def test_every_node_of_the_algebra_is_generated() -> None:
    seen: set[str] = set()
    wanted = set(NODES) - set(ABSTRACT)

    def all_seen(rule: Rule) -> bool:
        seen.update(type(node).__name__ for node in rule.walk())
        return seen >= wanted

    first_where(rules(), all_seen, settings=settings(max_examples=5000, database=None))
    assert sorted(wanted - seen) == []
