"""Random dossiers: days crowd around the edges of windows, and much is not known."""

from __future__ import annotations

import datetime
from decimal import Decimal
from functools import cache
from typing import Any

from hypothesis import strategies as st

from strategies.plain import near_the_edge
from tiaoli.facts.dossier import Dossier, Fact, Tier
from tiaoli.facts.kinds import NONE, Attribute, Kind, Type
from tiaoli.facts.values import absent_value
from tiaoli.facts.vocabulary import find

TOLD = {
    "publication": ("type", "peer_reviewed", "author_role", "work_id", "publication_date"),
    "training": ("type", "topics", "hours", "end_date", "expiry_date", "renews", "field"),
    "level_award": ("level", "approval_date"),
    "clinical_service": ("working_time", "duty_items", "start_date", "end_date"),
    "presentation": ("type", "professional", "event", "date"),
    "case_discussion": ("event", "date"),
    "quality_activity": ("role", "activity_id", "start_date", "end_date"),
    "application": ("level", "institution_received_date", "decision_date"),
    "qualification": ("type", "hours", "notice", "end_date"),
    "facility_notice": ("fields", "filing_date", "training_start"),
    "course_session": ("attribute", "title", "date", "start", "end"),
    "contender": ("total", "self_trained", "passed", "entered_date"),
}
"""What the generated facts tell, by kind; the rest is as if it had been left out."""

KINDS = tuple(TOLD)
CLAUSES = ("C1", "C2", "C3", "C4")
KEYS = {"edge": ("strict", "lenient"), "scope": ("narrow", "wide")}


_times_of_day = st.sampled_from(
    [datetime.time(9), datetime.time(12), datetime.time(17), datetime.time(17, 0, 1)]
)


@cache
def given_values(attribute: Attribute) -> st.SearchStrategy[Any]:
    """What somebody may have said: never unknown, never none."""
    few = attribute.option_names[:3]
    of_type: dict[Type, st.SearchStrategy[Any]] = {
        Type.TEXT: st.sampled_from("ABC"),
        Type.REFERENCE: st.sampled_from(
            [f"{attribute.refers_to}-{n}" for n in (1, 2, 3)] + ["nobody"]
        ),
        Type.TEXTS: st.lists(st.sampled_from("ABC"), max_size=2).map(tuple),
        Type.WHOLE: st.integers(0, 3),
        Type.NUMBER: st.sampled_from([Decimal(0), Decimal("1.5"), Decimal(2)]),
        Type.DURATION: st.sampled_from([0, 50, 60, 120, 240]),
        Type.YES_NO: st.booleans(),
        Type.DAY: near_the_edge,
        Type.MOMENT: st.builds(datetime.datetime.combine, near_the_edge, _times_of_day),
        Type.CHOICE: st.sampled_from(few or ("",)),
        Type.CHOICES: st.lists(st.sampled_from(few or ("",)), unique=True).map(tuple),
    }
    return of_type[attribute.type]


@cache
def values_of(attribute: Attribute) -> st.SearchStrategy[Any]:
    """Given three times in five, else not known, or known to be none."""
    given = given_values(attribute)
    return st.one_of(given, given, given, st.none(), st.just(NONE))


def in_order(kind: Kind, values: dict[str, Any]) -> dict[str, Any]:
    """A period ends no earlier than it begins, as every dossier that is read has it."""
    if kind.happens is None or kind.ends is None:
        return values
    first, last = values[kind.happens], values[kind.ends]
    if isinstance(first, datetime.date) and isinstance(last, datetime.date) and last < first:
        return {**values, kind.happens: last, kind.ends: first}
    return values


@cache
def rows(name: str) -> st.SearchStrategy[dict[str, Any]]:
    kind = find(name)
    untold = {a.name: absent_value(a) for a in kind.attributes.values()}
    told = st.fixed_dictionaries({a: values_of(kind.attributes[a]) for a in TOLD[name]})
    return told.map(lambda values: in_order(kind, {**untold, **values}))


_rulings = st.builds(
    lambda clause_id, decision, day: {
        "clause": clause_id,
        "about": NONE,
        "decision": decision,
        "by": "R",
        "role": NONE,
        "reason": NONE,
        "date": day,
    },
    st.sampled_from(CLAUSES),
    st.sampled_from(["met", "not_met"]),
    near_the_edge,
)
"""A ruling without a clause, a decision and a day is none yet, so all three are always given."""

_told = st.sampled_from((*KINDS, "judgement")).flatmap(
    lambda name: st.tuples(
        st.just(name), _rulings if name == "judgement" else rows(name), st.sampled_from(Tier)
    )
)

SUBJECT = Fact(
    "someone",
    "practitioner",
    {a.name: absent_value(a) for a in find("practitioner").attributes.values()},
)


def _dossier(told: list[tuple[str, dict[str, Any], Tier]], incomplete: frozenset[str]) -> Dossier:
    facts = (
        Fact(f"{name}-{number}", name, values, tier)
        for number, (name, values, tier) in enumerate(told, 1)
    )
    return Dossier(SUBJECT, tuple(facts), incomplete)


dossiers = st.builds(
    _dossier,
    st.lists(_told, max_size=9),
    st.one_of(
        st.just(frozenset[str]()), st.frozensets(st.sampled_from(KINDS), min_size=1, max_size=2)
    ),
)
