"""A record's past: each version with what changed in it, before and after, who did it and when."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from tiaoli.facts import vocabulary
from tiaoli.facts.kinds import Label
from tiaoli.platform.audit.actions import ACTIONS
from tiaoli.platform.audit.models import Event
from tiaoli.platform.people.models import Account
from tiaoli.platform.portfolio.models import Record, Source, Tier
from tiaoli.platform.portfolio.wording import value_words


@dataclass(frozen=True, slots=True)
class Changed:
    """One field, before and after, in words."""

    field: Label
    before: Label
    after: Label


@dataclass(frozen=True, slots=True)
class Version:
    """What was done at once, and by whom; ``note`` is a reason or the name of a file."""

    at: datetime.datetime
    what: Label
    by: str
    changed: tuple[Changed, ...]
    note: str = ""


def history_of(record: Record) -> list[Version]:
    """Newest first."""
    about = Q(thing=f"portfolio.record:{record.pk}") | Q(
        person=record.person_id, data__record=record.pk
    )
    events = {e.data.get("version"): e for e in Event.objects.filter(about).order_by("number")}
    past = list(record.events.order_by("pgh_id"))
    accounts = Account.objects.in_bulk(
        {e.actor for e in events.values() if e.actor} | {row.entered_by_id for row in past} - {None}
    )
    versions = []
    before = None
    for row in past:
        event = events.get(row.version)
        changed = tuple(_changed(before, row))
        if before is None or changed:
            who = _who(row, event, accounts, first=before is None)
            versions.append(
                Version(row.changed, _what(row, before, event), who, changed, _note(event))
            )
        before = row
    return versions[::-1]


def _who(row: Any, event: Event | None, accounts: dict[int, Account], *, first: bool) -> str:
    if event is not None and event.personal is not None and event.personal.get("by"):
        return str(event.personal["by"])
    if event is not None and event.actor in accounts:
        return str(accounts[event.actor])
    if first and row.entered_by_id in accounts:
        return str(accounts[row.entered_by_id])
    return str(row.verified_name) if row.verified and not first else ""


def _what(row: Any, before: Any, event: Event | None) -> Label:
    if event is not None and event.action in ACTIONS:
        return ACTIONS[event.action]
    if before is None:
        return Source.of(row.source).label
    return Label("更動", "changed")


def _note(event: Event | None) -> str:
    personal = (event.personal or {}) if event is not None else {}
    return str(personal.get("because") or personal.get("file") or "")


def _changed(before: Any, after: Any) -> list[Changed]:
    kind = vocabulary.KINDS.get(after.kind)
    was = {} if before is None else before.values
    names = list(kind.attributes) if kind is not None else []
    names += [name for name in {*was, *after.values} if name not in names]
    found = []
    for name in names:
        if was.get(name, _ABSENT) != after.values.get(name, _ABSENT):
            attribute = kind.attributes.get(name) if kind is not None else None
            label = Label(name, name) if attribute is None else attribute.label
            told = [
                value_words(attribute, values[name]) if name in values else _NOTHING
                for values in (was, after.values)
            ]
            found.append(Changed(label, told[0], told[1]))
    if before is not None and before.tier != after.tier:
        words = [Tier.of(row.tier).label for row in (before, after)]
        found.append(Changed(Label("佐證", "Evidence"), words[0], words[1]))
    if before is not None and before.verified_name != after.verified_name:
        names_of = [Label(row.verified_name, row.verified_name) for row in (before, after)]
        found.append(Changed(Label("查證者", "Verified by"), names_of[0], names_of[1]))
    if before is not None and before.removed is None and after.removed is not None:
        reason = Label(after.removed_because, after.removed_because)
        found.append(Changed(Label("移除", "Taken out"), _NOTHING, reason))
    return found


_ABSENT = object()
_NOTHING = Label("", "")
