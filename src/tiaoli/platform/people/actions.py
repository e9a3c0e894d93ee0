"""Full identity numbers: who read one, and why."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.platform.audit.actions import Actor, Refused, Told, action
from tiaoli.platform.people.models import Person, full_number
from tiaoli.platform.people.permissions import reads_number


@action("people.read_number", Label("查看完整身分證號", "read a full number"), allowed=reads_number)
def read_number(_by: Actor, person: Person, *, because: str) -> Told[Person]:
    """Every reading of a full number is written down; ``number_of`` then shows it."""
    if not because.strip():
        raise Refused(Label("請說明為什麼要看完整號碼。", "Say why you need the whole number."))
    return Told(person, person, {"because": because.strip()})


def number_of(by: Actor, person: Person, *, because: str) -> str:
    """
    The full number, and an event that says who read it and why. Raises NotAllowed, and Refused
    where no reason is given.
    """
    read_number(by, person, because=because)
    return full_number(person)
