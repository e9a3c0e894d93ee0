"""What was done to one thing, or in one event: who, when, and each value before and after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.db import models
from django.db.models import Q

from tiaoli.facts.kinds import Label
from tiaoli.platform.applications.models import Application
from tiaoli.platform.audit.actions import ACTIONS
from tiaoli.platform.audit.models import Event
from tiaoli.platform.people.models import Person, Post
from tiaoli.platform.people.versions import version_table
from tiaoli.platform.web.trail.things import thing_label
from tiaoli.platform.web.trail.wording import Change, Difference, changes, differences, told

_VERSIONS: Final = 500
"""The most versions of one thing that are looked through."""
_CASE: Final = Application._meta.label_lower


@dataclass(frozen=True, slots=True)
class Entry:
    """
    An event with its words, and what it changed in the thing. ``told`` is what the trail keeps of
    it, but for the name that stands beside.
    """

    event: Event
    label: Label
    seat: Label | None
    changes: tuple[Change, ...] = ()
    told: tuple[tuple[Label, Label], ...] = ()

    @property
    def by(self) -> str:
        """The name of whoever acted; empty where it was shredded."""
        return str((self.event.personal or {}).get("by", ""))

    @property
    def thing(self) -> Label:
        """What it was about."""
        return thing_label(self.event.thing)

    @property
    def shredded(self) -> bool:
        return self.event.shredded_at is not None


def history_of(thing: models.Model, most: int = 50) -> list[Entry]:
    """The latest events of a thing, newest first; of a person, all that concern them."""
    name = f"{thing._meta.label_lower}:{thing.pk}"
    asked = Q(thing=name)
    if isinstance(thing, Person):
        asked |= Q(person=thing.pk)
    events = list(Event.objects.filter(asked).order_by("-number")[:most])
    own = [event.number for event in events if event.thing == name]
    return _entries(events, _changes(type(thing), thing.pk, own))


def entry_of(event: Event) -> Entry:
    """One event, with what it changed where its thing is tracked."""
    label, _, key = event.thing.partition(":")
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        return _entries([event], {})[0]
    return _entries([event], _changes(model, key, [event.number]))[0]


def entries(events: Iterable[Event]) -> list[Entry]:
    """Events with who acted; what they keep and changed is on the page of each."""
    return [Entry(event, action_label(event.action), _seat(event)) for event in events]


def action_label(name: str) -> Label:
    """What an action is called; the name itself where its app is not there any more."""
    return ACTIONS.get(name, Label(name, name))


def _entries(events: Iterable[Event], changed: Mapping[int, tuple[Change, ...]]) -> list[Entry]:
    listed = list(events)
    cases = _cases(listed)
    return [
        Entry(
            event,
            action_label(event.action),
            _seat(event),
            changed.get(event.number, ()),
            tuple(told(_kept(event), cases.get(event.thing, {}))),
        )
        for event in listed
    ]


def _seat(event: Event) -> Label | None:
    return Post.of(event.seat).label if event.seat in set(Post) else None


def _kept(event: Event) -> dict[str, Any]:
    personal = event.personal or {}
    return {**event.data, **{name: value for name, value in personal.items() if name != "by"}}


def _cases(events: Iterable[Event]) -> dict[str, dict[str, str]]:
    """By the thing of an event that is a case: of which regulation and procedure it is."""
    things = {event.thing for event in events}
    keys = [thing.partition(":")[2] for thing in things if thing.startswith(f"{_CASE}:")]
    if not keys:
        return {}
    found = Application.objects.filter(pk__in=keys).values_list("pk", "regulation", "procedure")
    return {
        f"{_CASE}:{pk}": {"regulation": regulation, "procedure": procedure}
        for pk, regulation, procedure in found
    }


def _changes(
    model: type[models.Model], key: Any, numbers: Iterable[int]
) -> dict[int, tuple[Change, ...]]:
    """By the number of the event, of those asked for, what it changed in the row."""
    table, wanted = version_table(model), set(numbers)
    if table is None or not wanted:
        return {}
    latest = table.objects.filter(pgh_obj_id=key).select_related("pgh_context")
    versions = list(latest.order_by("-pgh_id")[:_VERSIONS])[::-1]
    fields = [field for field in table._meta.fields if not field.name.startswith("pgh_")]
    found: dict[int, list[Difference]] = {}
    before = None
    for version in versions:
        metadata = {} if version.pgh_context is None else version.pgh_context.metadata
        for number in wanted & set(metadata.get("events", ())):
            found.setdefault(number, []).extend(differences(fields, before, version))
        before = version
    return _worded(model, found)


def _worded(
    model: type[models.Model], found: Mapping[int, list[Difference]]
) -> dict[int, tuple[Change, ...]]:
    """In words, with one look-up for all that the keys point to."""
    places = [(number, one) for number, several in found.items() for one in several]
    made: dict[int, tuple[Change, ...]] = {}
    for (number, _), some in zip(places, changes(model, [one for _, one in places]), strict=True):
        made[number] = made.get(number, ()) + some
    return made
