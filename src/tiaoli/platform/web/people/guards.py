"""Who may open the pages about people."""

from __future__ import annotations

from typing import Any

from tiaoli.facts.kinds import Label
from tiaoli.platform.audit.actions import Actor
from tiaoli.platform.people import permissions
from tiaoli.platform.people.forgetting import may_forget
from tiaoli.platform.people.models import Deputy, Invitation, Membership, Person

_NOT_HERE = Label(
    "這裡沒有這筆資料，或不屬於您的機構。",
    "There is no such thing here, or it is not of your organisation.",
)


def enters_people(actor: Actor, **address: Any) -> Label | None:
    """From a seat that enters and invites people."""
    return permissions.enters_people(actor, actor.organisation)


def own_member(actor: Actor, pk: int, **address: Any) -> Label | None:
    """A membership of the organisation that the actor administers."""
    found = Membership.objects.select_related("organisation").filter(pk=pk).first()
    return _NOT_HERE if found is None else permissions.administers(actor, found)


def own_invitation(actor: Actor, pk: int, **address: Any) -> Label | None:
    """An invitation of the organisation in whose name the actor invites."""
    found = Invitation.objects.select_related("organisation").filter(pk=pk).first()
    return _NOT_HERE if found is None else permissions.enters_people(actor, found.organisation)


def own_deputy(actor: Actor, pk: int, **address: Any) -> Label | None:
    """A deputy of one's own post, or of the organisation that the actor administers."""
    found = Deputy.objects.select_related("membership__person").filter(pk=pk).first()
    if found is None or actor.account is None:
        return _NOT_HERE
    post = found.membership
    mine = actor.account.pk in (post.account_id, post.person and post.person.account_id)
    return None if mine else permissions.administers(actor, post)


def _person(person: int) -> Person | None:
    return Person.objects.filter(pk=person).first()


def sees_person(actor: Actor, person: int, **address: Any) -> Label | None:
    """A person who concerns the actor's office."""
    found = _person(person)
    return _NOT_HERE if found is None else permissions.sees_person(actor, found)


def corrects(actor: Actor, person: int, **address: Any) -> Label | None:
    """The education office where the person serves."""
    found = _person(person)
    return _NOT_HERE if found is None else permissions.corrects(actor, found)


def reads_number(actor: Actor, person: int, **address: Any) -> Label | None:
    """Who may see the full number of the person."""
    found = _person(person)
    return _NOT_HERE if found is None else permissions.reads_number(actor, found)


def forgets(actor: Actor, person: int, **address: Any) -> Label | None:
    """The person, or an administrator where they serve or have served."""
    found = _person(person)
    return _NOT_HERE if found is None else may_forget(actor, found)
