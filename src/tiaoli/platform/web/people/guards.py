"""
Who may open the pages about people.

A number that nothing has is answered as one that does not concern whoever asks; why not is said
only to those who may know that there is such a thing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tiaoli.facts.kinds import Label
from tiaoli.platform.audit.actions import Actor
from tiaoli.platform.people import permissions
from tiaoli.platform.people.forgetting import may_forget
from tiaoli.platform.people.models import Deputy, Invitation, Membership, Organisation, Person
from tiaoli.platform.web.guard import NOT_HERE


def enters_people(actor: Actor, **address: Any) -> Label | None:
    """From a seat that enters and invites people."""
    return permissions.enters_people(actor, actor.organisation)


def own_member(actor: Actor, pk: int, **address: Any) -> Label | None:
    """A membership of the organisation that the actor administers."""
    found = Membership.objects.select_related("organisation").filter(pk=pk).first()
    return _of_the_house(actor, found, permissions.administers)


def own_invitation(actor: Actor, pk: int, **address: Any) -> Label | None:
    """An invitation of the organisation in whose name the actor invites."""
    found = Invitation.objects.select_related("organisation").filter(pk=pk).first()
    return _of_the_house(
        actor, found, lambda by, one: permissions.enters_people(by, one.organisation)
    )


def _of_the_house(
    actor: Actor,
    found: Membership | Invitation | None,
    may: Callable[[Actor, Any], Label | None],
) -> Label | None:
    """What an organisation keeps; why not is said to its own people."""
    if found is None or not _is_of(actor, found.organisation):
        return NOT_HERE
    return may(actor, found)


def _is_of(actor: Actor, organisation: Organisation) -> bool:
    return actor.organisation is not None and actor.organisation.pk == organisation.pk


def own_deputy(actor: Actor, pk: int, **address: Any) -> Label | None:
    """A deputy of one's own post, or of the organisation that the actor administers."""
    found = Deputy.objects.select_related("membership__person").filter(pk=pk).first()
    if found is None or actor.account is None:
        return NOT_HERE
    post = found.membership
    if actor.account.pk in (post.account_id, post.person and post.person.account_id):
        return None
    return _of_the_house(actor, post, permissions.administers)


def sees_person(actor: Actor, person: int, **address: Any) -> Label | None:
    """A person who concerns the actor's office."""
    return _about(actor, person, permissions.sees_person)


def corrects(actor: Actor, person: int, **address: Any) -> Label | None:
    """The education office where the person serves."""
    return _about(actor, person, permissions.corrects)


def reads_number(actor: Actor, person: int, **address: Any) -> Label | None:
    """Who may see the full number of the person."""
    return _about(actor, person, permissions.reads_number)


def forgets(actor: Actor, person: int, **address: Any) -> Label | None:
    """The person, or an administrator where they serve or have served."""
    return _about(actor, person, may_forget)


def _about(actor: Actor, person: int, may: Callable[[Actor, Person], Label | None]) -> Label | None:
    """A person; why not is said to those who see them."""
    found = Person.objects.filter(pk=person).first()
    if found is None:
        return NOT_HERE
    why_not = may(actor, found)
    if why_not is None or permissions.sees_person(actor, found) is None:
        return why_not
    return NOT_HERE
