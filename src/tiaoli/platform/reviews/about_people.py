"""What reviews hold about a person: who must not look at their files, and why."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.platform.applications.models import Application
from tiaoli.platform.people.held import Found, Part, hold
from tiaoli.platform.people.models import Person
from tiaoli.platform.reviews.models import Conflict


def _look(person: Person) -> Found:
    if Application.objects.filter(person=person, final=False).exists():
        why = Label("還有未結的案件。", "A case is still open.")
        return Found(0, Conflict.objects.filter(person=person).count(), why)
    return Found(Conflict.objects.filter(person=person).count())


def _forget(person: Person) -> None:
    if not _look(person).stays:
        Conflict.objects.filter(person=person).delete()


hold(Part(Label("迴避", "conflicts of interest"), ("reviews.conflict",), _look, _forget))
