"""Rules of the whole algebra, and the readings that are left open in them."""

from __future__ import annotations

from hypothesis import strategies as st

from strategies.amounts import amounts_over, counts, ledgers, sums
from strategies.days import award, constant_days, day_rules, picked_days
from strategies.dossiers import CLAUSES, KEYS, KINDS
from strategies.lookup import later, told_briefly
from strategies.plain import ORDERS, some_minutes, some_numbers, some_years
from strategies.ranking import ranking_rules
from strategies.sets import any_set, compounds, conditions, sets
from strategies.turns import turn_rules
from tiaoli.facts.kinds import Unit
from tiaoli.rules import (
    NEVER,
    SATISFIED,
    Rule,
    any_record,
    each_from_a_different_event,
    earliest,
    every,
    follow,
    how_many,
    judged,
    latest,
    no,
    records,
    served,
    the,
)

ledger_rules = st.builds(
    lambda op, a, b: op(a, b), st.sampled_from(ORDERS), ledgers(), some_minutes
)
"""What trainings count together against a number."""

amount_rules = st.one_of(
    ranking_rules,
    ledger_rules,
    st.builds(
        lambda rules, n: how_many(*rules).at_most(n),
        st.lists(later("requirements"), min_size=1, max_size=3),
        st.integers(0, 2),
    ),
    st.builds(lambda amount, n: amount.at_least(n), counts, st.integers(0, 3)),
    st.builds(lambda amount, n: amount.at_least(n), sums, some_minutes),
    st.builds(
        lambda op, a, b: op(a, b),
        st.sampled_from(ORDERS),
        amounts_over(counts, Unit.ONE),
        st.one_of(some_numbers, counts),
    ),
    st.builds(
        lambda op, a, b: op(a, b),
        st.sampled_from(ORDERS),
        amounts_over(sums, Unit.MINUTE),
        st.one_of(some_minutes, sums),
    ),
    st.builds(
        lambda op, pick, b: op(pick(records("training")).hours, b),
        st.sampled_from(ORDERS),
        st.sampled_from([latest, earliest, the]),
        st.one_of(some_minutes, sums),
    ),
)


_served = st.builds(
    lambda of, number, since, first, last: served(
        of, number, since=since, first_day_counts=first, complete_on_last_day=last
    ),
    st.one_of(st.just(records("clinical_service")), sets("clinical_service")),
    some_years,
    st.one_of(st.none(), picked_days(), constant_days),
    st.booleans(),
    st.booleans(),
)
_different_events = st.lists(
    st.sampled_from(["presentation", "case_discussion"]).flatmap(sets), min_size=2, max_size=3
).map(lambda some: each_from_a_different_event(*some, event="event"))
_course = the(records("training"))
_notice = follow(the(records("qualification")).notice)


@told_briefly
def requirements() -> st.SearchStrategy[Rule]:
    """One requirement upon the subject."""
    return st.one_of(
        st.sampled_from([SATISFIED, NEVER]),
        any_set.map(any_record),
        any_set.map(any_record),
        any_set.map(no),
        st.sampled_from(KINDS).flatmap(lambda name: st.builds(every, sets(name), conditions(name))),
        _different_events,
        _served,
        st.sampled_from(CLAUSES).map(lambda c: judged(c, "是否可行", "whether it will do")),
        amount_rules,
        turn_rules,
        day_rules(),
        st.sampled_from(
            [
                award.level.is_in("RT1", "RT2"),
                award.approval_date.is_absent(),
                _course.topics.includes("technique"),
                _course.hours.is_given(),
                _notice.fields.includes("time"),
                _notice.filing_date <= _notice.training_start,
                _notice.filing_date.is_given(),
            ]
        ),
    )


@told_briefly
def rules() -> st.SearchStrategy[Rule]:
    """Rules of the whole algebra; readings are left open (see ``readings``)."""
    one = requirements()
    return st.recursive(one, compounds, max_leaves=4)


readings = st.fixed_dictionaries({key: st.sampled_from(names) for key, names in KEYS.items()})
