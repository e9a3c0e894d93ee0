"""Which regulations a person wants to see among their own."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.platform import clock
from tiaoli.platform.audit.actions import Actor, Told, action
from tiaoli.platform.people.models import Following, Person
from tiaoli.regulations import catalogue


def _own(by: Actor, person: Person) -> Label | None:
    own = getattr(by.account, "person", None)
    if own is not None and own.pk == person.pk:
        return None
    return Label("只有本人可以選擇。", "Only the person themselves may choose this.")


@action("people.follow", Label("選擇關注的法規", "choose what to follow"), allowed=_own)
def follow(_by: Actor, person: Person, *, regulation: str, wanted: bool) -> Told[Following]:
    """
    Show a regulation among the person's own, or not. Choosing the same again changes nothing.

    Raises UnknownRegulation.
    """
    known = catalogue.find(regulation).id
    now = clock.now()
    found, _ = Following.objects.update_or_create(
        person=person, regulation=known, defaults={"wanted": wanted, "chosen": now}
    )
    return Told(found, person, {"regulation": known, "wanted": wanted})


def choices_of(person: Person) -> dict[str, bool]:
    """What the person chose, by the id of the regulation."""
    return dict(person.following.values_list("regulation", "wanted"))
