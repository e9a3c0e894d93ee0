"""What this app holds about a person: posts, letters, what was found of all at once."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.platform.people import mails
from tiaoli.platform.people.held import Found, Part, hold
from tiaoli.platform.people.models import Coming, Following, Invitation, Person
from tiaoli.platform.people.versions import clear_versions


def _posts(person: Person) -> Found:
    return Found(
        0,
        person.memberships.count(),
        Label(
            "任職期間是機構的紀錄，本身不含姓名。",
            "Terms of service are the house's own record and hold no name.",
        ),
    )


def _invitations(person: Person) -> Found:
    return Found(person.invitations.count())


def _forget_invitations(person: Person) -> None:
    found = Invitation.objects.filter(person=person)
    mails.forget(found)
    found.delete()


def _outlook(person: Person) -> Found:
    return Found(Coming.objects.filter(person=person).count())


def _forget_outlook(person: Person) -> None:
    Coming.objects.filter(person=person).delete()


def _followed(person: Person) -> Found:
    return Found(Following.objects.filter(person=person).count())


def _forget_followed(person: Person) -> None:
    keys = list(Following.objects.filter(person=person).values_list("pk", flat=True))
    Following.objects.filter(pk__in=keys).delete()
    clear_versions(Following, keys)


hold(Part(Label("任職", "posts"), ("people.membership",), _posts, lambda _person: None))
hold(Part(Label("邀請", "invitations"), ("people.invitation",), _invitations, _forget_invitations))
hold(Part(Label("資格展望", "outlook of the house"), ("people.coming",), _outlook, _forget_outlook))
hold(
    Part(
        Label("關注的法規", "regulations followed"), ("people.following",), _followed,
        _forget_followed,
    )
)  # fmt: skip
