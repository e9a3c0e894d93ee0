"""What is done with people: a full number read, a reading of the rules chosen."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.platform.audit.actions import Actor, Told, action
from tiaoli.platform.people.models import Person, Post, full_number


def _may_read_number(by: Actor, person: Person) -> Label | None:
    own = getattr(by.account, "person", None)
    if own is not None and own.pk == person.pk:
        return None
    serves_there = by.organisation is not None and person.memberships.filter(
        organisation=by.organisation, last=None
    )
    office = by.role in (Post.SECRETARIAT, Post.EDUCATION_OFFICE)
    if office and (serves_there or by.organisation.mandates.exists()):
        return None
    return Label(
        "只有本人、任職機構的教學單位與主辦學會的秘書處可以看完整號碼。",
        "Only the person, the education office where they serve and the secretariat of the society "
        "concerned may see the whole number.",
    )


@action(
    "people.read_number", Label("查看完整身分證號", "read a full number"), allowed=_may_read_number
)
def read_number(_by: Actor, person: Person, *, because: str) -> Told[Person]:
    """Every reading of a full number is written down; ``number_of`` then shows it."""
    return Told(person, person, {"because": because})


def number_of(by: Actor, person: Person, *, because: str) -> str:
    """The full number, and an event that says who read it and why. Raises NotAllowed."""
    read_number(by, person, because=because)
    return full_number(person)
