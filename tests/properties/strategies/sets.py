"""Sets of records, and what may be asked of a record."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from strategies.days import day_rules, days_of
from strategies.dossiers import CLAUSES, KINDS, TOLD, given_values
from strategies.lookup import told_briefly
from strategies.plain import ORDERS
from tiaoli.facts.kinds import Attribute, Type
from tiaoli.facts.vocabulary import find
from tiaoli.rules import (
    Records,
    Rule,
    all_of,
    any_of,
    any_record,
    at_least_of,
    clause,
    count,
    every,
    hours,
    named,
    presumed,
    reading,
    records,
    related,
    shown_by,
    told_if_met,
    unless,
    waived_by,
)


@told_briefly
def asked_of(name: str) -> st.SearchStrategy[Rule]:
    """One requirement upon the record in hand."""
    of = records(name)
    kind = find(name)
    asked: list[st.SearchStrategy[Rule]] = [day_rules(name)]
    for attribute in (kind.attributes[a] for a in TOLD[name]):
        asked.append(_asked_of_value(getattr(of, attribute.name), attribute))
    return st.one_of(asked)


def _asked_of_value(value: Any, attribute: Attribute) -> st.SearchStrategy[Rule]:
    given = given_values(attribute)
    presence = st.sampled_from([value.is_absent(), value.is_given()])
    match attribute.type:
        case Type.TEXT if attribute.name == "title":
            return st.sampled_from("ABC").map(value.contains)
        case Type.CHOICE | Type.YES_NO | Type.TEXT:
            options = st.lists(given, min_size=1, max_size=2, unique=True)
            return st.one_of(options.map(lambda some: value.is_in(*some)), presence)
        case Type.CHOICES | Type.TEXTS:
            names = st.sampled_from(attribute.option_names[:3] or "ABC")
            options = st.lists(names, max_size=2, unique=True)
            return st.one_of(options.map(lambda some: value.includes(*some)), presence)
        case Type.DURATION:
            amounts = st.sampled_from([hours(0), hours(1), hours("2.5")])
            op = st.sampled_from(ORDERS)
            return st.one_of(st.builds(lambda op, a: op(value, a), op, amounts), presence)
    return presence


@told_briefly
def related_to(name: str) -> st.SearchStrategy[Rule]:
    """Another record agrees with the one in hand."""
    own = records(name)
    match name:
        case "training":
            pair = (own.renews, own.field)
        case "presentation" | "case_discussion":
            other = records("case_discussion" if name == "presentation" else "presentation")
            return st.builds(
                lambda others: related(others, (own.event, other.event)), sets(other.kind.name)
            )
        case "quality_activity":
            service = records("clinical_service")
            return st.builds(
                lambda others: related(others, (own.activity_id, service.duty_items)),
                sets("clinical_service"),
            )
        case "clinical_service":
            activity = records("quality_activity")
            return st.builds(
                lambda others: related(others, (own.duty_items, activity.activity_id)),
                sets("quality_activity"),
            )
        case "publication":
            pair = (own.work_id, own.work_id)
        case _:
            day = getattr(own, days_of(name)[0])
            pair = (day, day)
    return st.builds(lambda others: related(others, pair), sets(name))


@told_briefly
def conditions(name: str) -> st.SearchStrategy[Rule]:
    """What ``where`` may ask, up to two levels deep."""
    one = st.one_of(asked_of(name), asked_of(name), asked_of(name), related_to(name))
    elsewhere = st.deferred(lambda: st.sampled_from(KINDS).flatmap(_requirement_elsewhere))
    return st.one_of(one, one, one, compounds(one), compounds(st.one_of(one, elsewhere)))


def _requirement_elsewhere(name: str) -> st.SearchStrategy[Rule]:
    """A requirement upon other records, inside the condition of these."""
    return st.one_of(
        st.builds(any_record, plain_sets(name)),
        st.builds(lambda of, n: count(of).at_least(n), plain_sets(name), st.integers(0, 2)),
        st.builds(every, plain_sets(name), asked_of(name)),
    )


def compounds(one: st.SearchStrategy[Rule]) -> st.SearchStrategy[Rule]:
    """The ways in which rules combine, over ``one``."""
    some = st.lists(one, min_size=2, max_size=3)
    return st.one_of(
        some.map(lambda rules: all_of(*rules)),
        some.map(lambda rules: any_of(*rules)),
        some.map(lambda rules: at_least_of(2, *rules)),
        one.map(lambda rule: ~rule),
        st.builds(unless, one, one),
        st.builds(waived_by, one, one),
        st.builds(lambda rule, met: presumed(rule, met, "推定", "taken as"), one, st.booleans()),
        st.builds(clause, st.sampled_from(CLAUSES), one),
        st.builds(lambda c, rule: shown_by(clause(c, rule)), st.sampled_from(CLAUSES), one),
        st.builds(lambda rule: named("名稱", "a name", rule), one),
        st.builds(lambda c, rule: told_if_met(clause(c, rule)), st.sampled_from(CLAUSES), one),
        st.builds(lambda a, b: reading("scope", narrow=a, wide=b), one, one),
    )


@told_briefly
def plain_sets(name: str) -> st.SearchStrategy[Records]:
    """All records of a kind, or those that meet one requirement."""
    of = records(name)
    return st.one_of(st.just(of), asked_of(name).map(of.where))


@told_briefly
def sets(name: str) -> st.SearchStrategy[Records]:
    of = records(name)
    narrowed = st.deferred(lambda: conditions(name).map(of.where))
    return st.one_of(st.just(of), narrowed, narrowed, narrowed.map(lambda some: some.whenever()))


any_set = st.sampled_from(KINDS).flatmap(sets)
