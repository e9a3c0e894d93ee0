"""
What a person told with the file and a house then finds to be so: a step of the house writes what it
has to say into that record, instead of leaving the same thing on file a second time.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tiaoli.platform import clock
from tiaoli.platform.applications.dossiers import latest_snapshot
from tiaoli.platform.applications.found import found_in
from tiaoli.platform.applications.leaving import Leaving
from tiaoli.platform.applications.models import Application
from tiaoli.platform.portfolio.dossiers import checked_values, plain_fact
from tiaoli.platform.portfolio.models import Record, Source, Tier

_AT_MOST = 50


def confirmable(application: Application, leaves: Leaving, *, hold: bool = False) -> list[Record]:
    """
    The records that a step may confirm, newest first: of the kind that it leaves, told by the
    person, handed in with the file, not changed or rejected since, and not saying so already.
    ``hold`` keeps them as they are until the transaction ends.
    """
    snapshot = latest_snapshot(application)
    if not leaves.may_confirm or snapshot is None:
        return []
    handed_in = {fact["id"]: _content(fact) for fact in snapshot.dossier["facts"]}
    rejected = found_in(application).rejected
    told = Record.objects.filter(
        person=application.person, kind=leaves.kind.name, removed=None
    ).exclude(source=Source.PROCEDURE)
    if hold:
        told = told.select_for_update(of=("self",))
    return [
        record
        for record in told.order_by("-happens", "-pk")
        if record.fact not in rejected
        and handed_in.get(record.fact) == _content(plain_fact(record))
        and not _written(leaves).items() <= record.values.items()
    ][:_AT_MOST]


def _content(fact: Mapping[str, Any]) -> dict[str, Any]:
    """What a fact says, however well it is evidenced by now."""
    return {name: value for name, value in fact.items() if name != "evidence"}


def _written(leaves: Leaving) -> dict[str, Any]:
    """What the step writes; the day on which a thing happened stays the one that was told."""
    return {name: value for name, value in leaves.fixed.items() if name != leaves.kind.happens}


def confirm(record: Record, leaves: Leaving, *, house: Any, by: str) -> Record:
    """The record, locked by whoever calls, as the house has found it."""
    record.values = checked_values(record.kind, {**record.values, **_written(leaves)})
    record.tier, record.verified = Tier.VERIFIED, clock.now()
    record.verified_by, record.verified_name = house, by
    record.keep_change()
    return record
