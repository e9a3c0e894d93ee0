"""Whether a person may operate a source is settled by what has happened, and by nothing later."""

from __future__ import annotations

import datetime
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from perturbed import WORKED, Asked, perturbed

from tiaoli.facts.dossier import Fact
from tiaoli.facts.vocabulary import find

EXAMPLES = settings().max_examples
ONE_DAY = datetime.timedelta(days=1)
MAY_OPERATE = [case for case in WORKED["radiation-operator"] if case.question == "may-operate"]


def moment_of(asked: Asked) -> datetime.date:
    """The day of the operation; one without a day is asked for the day of asking."""
    operations = asked.dossier.of("operation")
    days = [fact.values["date"] for fact in operations]
    return max([asked.on, *(day for day in days if isinstance(day, datetime.date))])


def dated(fact: Fact) -> bool:
    happens = find(fact.kind).happens
    return happens is not None and isinstance(fact.values[happens], datetime.date)


HAPPENED = [fact for one in MAY_OPERATE for fact in one.dossier.facts if dated(fact)]
"""Certificates, trainings, sanctions, filings: whatever the worked cases have."""


def moved(fact: Fact, *, to: datetime.date) -> Fact:
    """The same record, all of its days and moments as much later as it takes to begin on ``to``."""
    days = [v for v in fact.values.values() if isinstance(v, datetime.date)]
    first = min(d.date() if isinstance(d, datetime.datetime) else d for d in days)
    step = to - first
    values = {
        name: value + step if isinstance(value, datetime.date) else value
        for name, value in fact.values.items()
    }
    return replace(fact, id=f"{fact.id}-later", values=values)


@given(
    perturbed("radiation-operator").filter(lambda one: one.question == "may-operate"),
    st.sampled_from([fact for fact in HAPPENED if fact.kind != "operation"]),
    st.integers(1, 400),
)
@settings(max_examples=EXAMPLES * 3)
def test_what_happens_after_an_operation_does_not_change_whether_it_was_allowed(
    asked: Asked, fact: Fact, days: int
) -> None:
    later = moved(fact, to=moment_of(asked) + days * ONE_DAY)
    with_later = asked.with_dossier(asked.dossier.with_facts(later))
    assert with_later.outcome() == asked.outcome()
