"""The translation says what the reference reading says, for every dossier in which all is known."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies.dossiers import dossiers, in_order
from strategies.plain import asking_days
from strategies.rules import readings, rules
from told import complete, is_ruled, search_told, truth_told

from tiaoli.answers.case import Case
from tiaoli.answers.meaning import Conflict, amount, holds
from tiaoli.facts.dossier import Dossier
from tiaoli.facts.reading import read_dossier
from tiaoli.facts.vocabulary import find
from tiaoli.proofs.reading import AMOUNTS, RULES, VALUES
from tiaoli.proofs.search import Search, Verdict, solve
from tiaoli.proofs.symbols import neg
from tiaoli.rules import (
    NEVER,
    SATISFIED,
    TENTH,
    Amount,
    AmountNode,
    Cap,
    Once,
    Rule,
    all_of,
    amount_table,
    any_record,
    between,
    completed,
    count,
    date_of,
    days,
    latest,
    ledger,
    minutes,
    no,
    number_of,
    points,
    portion,
    records,
    resolve,
    served,
    times,
    workdays_after,
    years,
)
from tiaoli.rules.expressions import Node, Value
from tiaoli.rules.interpretation import ByReading
from tiaoli.rules.ledgers import Ledger
from tiaoli.rules.ranking import Contest
from tiaoli.rules.records import RecordSet

ON = datetime.date(2026, 6, 30)
READ_WITH_ANOTHER = {
    Cap: "part of a ledger",
    Once: "part of a ledger",
    Contest: "part of a ranking",
    **dict.fromkeys(ByReading.__args__, "resolved before anything is translated"),
}
"""Nodes without a translation of their own, and why."""


def nodes_below(of: type[Node]) -> Iterator[type[Node]]:
    for one in of.__subclasses__():
        yield one
        yield from nodes_below(one)


NODES = {one.__name__: one for one in nodes_below(Node) if one.__module__.startswith("tiaoli.")}
ABSTRACT = {base for one in NODES.values() for base in one.__mro__[1:]}


def test_every_node_has_a_translation_or_a_reason_for_having_none() -> None:
    translated = {*RULES, *VALUES, *AMOUNTS, *READ_WITH_ANOTHER}
    untold = {
        name
        for name, one in NODES.items()
        if one not in translated and one not in ABSTRACT and not issubclass(one, RecordSet)
    }
    assert sorted(untold) == []


def test_every_translation_stands_in_the_table_of_its_sort() -> None:
    assert all(issubclass(node, Rule) for node in RULES)
    assert all(issubclass(node, AmountNode) for node in AMOUNTS)
    assert all(issubclass(node, Value) and not issubclass(node, AmountNode) for node in VALUES)


def settled(dossier: Dossier) -> Dossier:
    """The same, with nothing left unknown and every period in order."""
    facts = [complete(fact) for fact in dossier.facts]
    kept = [f for f in facts if in_order(find(f.kind), dict(f.values)) == f.values]
    return Dossier(dossier.subject, tuple(kept))


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(rules(), readings, dossiers, asking_days)
def test_what_is_told_is_read_alike(
    rule: Rule, chosen: dict[str, str], told: Dossier, on: datetime.date
) -> None:
    rule, dossier = resolve(rule, chosen), settled(told)
    try:
        met = holds(rule, Case(dossier, on, on))
    except Conflict:
        return
    search = search_told(rule, dossier, on)
    search.truth(rule)
    is_exact = not search.world.inexact and "periods" not in search.world.narrowed
    if met is not None and is_exact and is_ruled(rule, dossier, on):
        assert truth_told(rule, dossier, on) is met


_credit = records("credit_entry")
_asked_for = _credit.attribute.is_("ethics")
_activity = st.fixed_dictionaries(
    {
        "kind": st.just("credit_entry"),
        "hours": st.sampled_from(["1", "1.9", "2.5"]),
        "mode": st.sampled_from(["1", "5"]),
        "case": st.sampled_from(["A", "B", "none"]),
        "source_id": st.sampled_from(["S", "T"]),
        "attribute": st.sampled_from(["ethics", "law"]),
        "date": st.sampled_from(["2024-01-01", "2024-02-01"]),
    }
)
_shares = portion(_credit.hours, minutes(60), TENTH)
_pooled_shares = portion(_credit.hours, minutes(60), number_of(1), pooled=(_credit.case,))
_ledgers = st.builds(
    ledger,
    st.just(_credit),
    st.sampled_from([times(points(1), _shares), times(points(1), _pooled_shares)]),
    day=st.just(_credit.date),
    factor=st.just(amount_table((_asked_for, number_of(Decimal("1.5"))), otherwise=number_of(1))),
    caps=st.sampled_from([(), (Cap("C1", _credit.mode.is_("5"), points(3)),)]),
    once=st.builds(
        lambda highest: (Once("C2", _credit.mode.is_("1"), (_credit.source_id,), highest),),
        st.booleans(),
    ),
    cap_first=st.booleans(),
    first=st.sampled_from([NEVER, _credit.case.is_("B")]),
    within=st.sampled_from([SATISFIED, _asked_for]),
    step=st.sampled_from([None, TENTH, number_of(1)]),
    pooled=st.sampled_from([(), (_credit.case,)]),
)


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(_ledgers, st.lists(_activity, min_size=1, max_size=4))
def test_what_a_ledger_counts_is_read_alike(of: Ledger, activities: list[dict[str, str]]) -> None:
    """To the last fraction: it is no more and no less than the reference says."""
    dossier = read_dossier({"subject": {"id": "someone"}, "facts": activities})
    dossier = Dossier(dossier.subject, tuple(complete(fact) for fact in dossier.facts))
    found = amount(of, Case(dossier, ON, ON))
    assert found is not None
    assert found.exact is not None
    number = Amount(found.exact, of.unit)
    assert truth_told(all_of(of.at_least(number), of.at_most(number)), dossier, ON) is True


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(rules(), readings, asking_days, st.booleans())
def test_what_is_found_is_confirmed_by_the_reference(
    rule: Rule, chosen: dict[str, str], on: datetime.date, wanted: bool
) -> None:
    rule = resolve(rule, chosen)
    search = Search((rule,), on=on)
    truth = search.truth(rule)
    sought = search.look(truth if wanted else neg(truth))
    if sought.verdict is not Verdict.FOUND or search.world.inexact:
        return
    try:
        met = holds(rule, search.case(search.dossier(sought)))
    except Conflict:
        return
    assert met is wanted


def test_facts_are_found_for_a_rule() -> None:
    paper = records("publication")
    rule = count(paper.where(paper.author_role.is_("first")), distinct="work_id").at_least(3)
    dossier = solve(rule, on=ON)
    assert dossier is not None
    assert len(dossier.of("publication")) == 3


def test_no_facts_are_found_for_what_cannot_be() -> None:
    paper = records("publication")
    assert (
        solve(any_record(paper.where(paper.peer_reviewed.is_(True))), on=ON, given=no(paper))
        is None
    )


def test_a_day_is_found_where_the_calendar_has_to_be_asked() -> None:
    filed = latest(records("practice_registration")).start_date
    rule = between(workdays_after(filed, 10), date_of(2026, 3, 2), date_of(2026, 3, 2))
    dossier = solve(rule, on=ON)
    assert dossier is not None
    assert [f.values["start_date"] for f in dossier.of("practice_registration")] == [
        datetime.date(2026, 2, 6)
    ]


def test_a_leap_day_is_found() -> None:
    start = latest(records("practice_registration")).start_date
    one_year = completed(start, years(1))
    rule = between(one_year, date_of(2025, 3, 1), date_of(2025, 3, 1)) & between(
        completed(start, days(1)), date_of(2024, 3, 1), date_of(2024, 3, 1)
    )
    dossier = solve(rule, on=ON)
    assert dossier is not None
    assert [f.values["start_date"] for f in dossier.of("practice_registration")] == [
        datetime.date(2024, 2, 29)
    ]


def test_service_is_found_and_refused() -> None:
    service = records("clinical_service")
    three = served(service, 3)
    assert solve(three, on=ON) is not None
    recent = service.where(service.start_date >= date_of(2024, 1, 1))
    assert solve(served(recent, 3), on=ON) is None
