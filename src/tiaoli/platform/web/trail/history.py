"""What was done to one thing, or in one event: who, when, and each value before and after."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.db import models
from django.db.models import Q

from tiaoli.facts.kinds import Label
from tiaoli.platform.audit.actions import ACTIONS
from tiaoli.platform.audit.models import Event
from tiaoli.platform.people.models import Person, Post
from tiaoli.platform.people.versions import version_table

_HIDDEN: Final = frozenset({"sealed_number", "number_index", "password", "token_digest", "token"})
"""Of these it is said that they changed, and not how."""

_VERSIONS: Final = 500
"""The most versions of one thing that are looked through."""


@dataclass(frozen=True, slots=True)
class Change:
    """One value before and after; ``hidden``: what they are is not shown."""

    field: str
    before: str
    after: str
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """An event with its words, and what it changed in the thing."""

    event: Event
    label: Label
    seat: Label | None
    changes: tuple[Change, ...] = ()

    @property
    def by(self) -> str:
        """The name of whoever acted; empty where it was shredded."""
        return str((self.event.personal or {}).get("by", ""))

    @property
    def shredded(self) -> bool:
        return self.event.shredded_at is not None

    @property
    def told(self) -> list[tuple[str, Any]]:
        """What the trail keeps of it, but for the name that stands beside."""
        personal = self.event.personal or {}
        kept = [(name, value) for name, value in self.event.data.items() if value not in ("", [])]
        return kept + [
            (name, value) for name, value in personal.items() if name != "by" and value != ""
        ]


def history_of(thing: models.Model, most: int = 50) -> list[Entry]:
    """The latest events of a thing, newest first; of a person, all that concern them."""
    name = f"{thing._meta.label_lower}:{thing.pk}"
    asked = Q(thing=name)
    if isinstance(thing, Person):
        asked |= Q(person=thing.pk)
    events = list(Event.objects.filter(asked).order_by("-number")[:most])
    changes = _changes(type(thing), thing.pk)
    return [_entry(event, changes if event.thing == name else {}) for event in events]


def entry_of(event: Event) -> Entry:
    """One event, with what it changed where its thing is tracked."""
    label, _, key = event.thing.partition(":")
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        return _entry(event, {})
    return _entry(event, _changes(model, key))


def entries(events: Iterable[Event]) -> list[Entry]:
    """Events with their words; what they changed is on the page of each."""
    return [_entry(event, {}) for event in events]


def action_label(name: str) -> Label:
    """What an action is called; the name itself where its app is not there any more."""
    return ACTIONS.get(name, Label(name, name))


def _entry(event: Event, changes: dict[int, tuple[Change, ...]]) -> Entry:
    seat = Post.of(event.seat).label if event.seat in set(Post) else None
    return Entry(event, action_label(event.action), seat, changes.get(event.number, ()))


def _changes(model: type[models.Model], key: Any) -> dict[int, tuple[Change, ...]]:
    """By the number of the event, what it changed in the row."""
    table = version_table(model)
    if table is None:
        return {}
    latest = table.objects.filter(pgh_obj_id=key).select_related("pgh_context")
    versions = list(latest.order_by("-pgh_id")[:_VERSIONS])[::-1]
    names = [field.attname for field in table._meta.fields if not field.name.startswith("pgh_")]
    found: dict[int, tuple[Change, ...]] = {}
    before = None
    for version in versions:
        changed = tuple(_differences(names, before, version))
        metadata = {} if version.pgh_context is None else version.pgh_context.metadata
        for number in metadata.get("events", ()):
            found[number] = found.get(number, ()) + changed
        before = version
    return found


def _differences(names: list[str], before: Any, after: Any) -> Iterable[Change]:
    for name in names:
        old = None if before is None else getattr(before, name)
        new = getattr(after, name)
        if old == new or (before is None and new in (None, "", [], {})):
            continue
        if name in _HIDDEN:
            yield Change(name, "", "", hidden=True)
        else:
            yield Change(name, _text(old), _text(new))


def _text(value: Any) -> str:
    return "" if value is None else str(value)
