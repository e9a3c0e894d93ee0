"""
The right to be forgotten: what goes, what has to stay and why, and doing it.

Name, number and account go where nothing needs them any more. What is personal in the trail is
shredded, and the versions that triggers kept are cleared; the chain stays whole.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from tiaoli.facts.kinds import Label
from tiaoli.platform import clock
from tiaoli.platform.audit import chain
from tiaoli.platform.audit.actions import Actor, OutOfDate, Told, action
from tiaoli.platform.audit.models import Event
from tiaoli.platform.people.deputies import own_posts
from tiaoli.platform.people.held import PARTS, Found, needed_because
from tiaoli.platform.people.models import Account, Invitation, Person, Post
from tiaoli.platform.people.permissions import is_in, is_self
from tiaoli.platform.people.versions import clear_versions

NAMELESS = Label("（已刪除個人資料）", "(personal data deleted)")


@dataclass(frozen=True, slots=True)
class Preview:
    """
    What forgetting somebody would do. ``name_stays``: why name and number have to; ``account``:
    whether it goes, and otherwise why not; ``events``: how many have a personal part to shred.
    """

    parts: list[tuple[Label, Found]]
    name_stays: list[Label]
    account_goes: bool
    account_stays: Label | None
    events: int


def preview(person: Person) -> Preview:
    """What would go and what would stay today. Changes nothing."""
    parts = [(part.label, part.look(person)) for part in PARTS]
    needed = needed_because(person)
    account_stays = _account_stays(person, needed)
    return Preview(
        [(label, found) for label, found in parts if found.goes or found.stays],
        needed,
        person.account is not None and account_stays is None,
        account_stays,
        _events(person).count(),
    )


def _events(person: Person) -> Any:
    return Event.objects.filter(person=person.pk, personal__isnull=False)


def _account_stays(person: Person, needed: list[Label]) -> Label | None:
    if person.account is None:
        return None
    if needed:
        return Label(
            "還有需要用到姓名的事，帳號先保留。", "While the name is needed, so is the account."
        )
    if any(post.role != Post.PRACTITIONER for post in own_posts(person.account, clock.today())):
        return Label(
            "這個帳號還擔任職務；職務結束後才能刪除。",
            "The account still holds a post; it can be deleted once that has ended.",
        )
    return None


def may_forget(by: Actor, person: Person) -> Label | None:
    """The person; or, on their request, an administrator where they serve or have served."""
    if is_self(by, person):
        return None
    if is_in(by, by.organisation, Post.ADMINISTRATOR) and (
        person.memberships.filter(organisation=by.organisation).exists()
    ):
        return None
    return Label(
        "只有本人，或依本人請求由任職機構的管理者，可以刪除個人資料。",
        "Only the person themselves, or on their request an administrator where they serve, may "
        "delete personal data.",
    )


@action("people.forget", Label("刪除個人資料", "forget a person"), allowed=may_forget)
def _forget(_by: Actor, person: Person, *, because: str) -> Told[Person]:
    found = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if found.forgotten is not None:
        raise OutOfDate(
            Label("這個人的個人資料已經刪除了。", "The personal data were deleted already.")
        )
    seen = preview(found)
    for part in reversed(PARTS):
        part.forget(found)
    account = found.account if seen.account_goes else None
    if not seen.name_stays:
        _blank(found)
    found.save()
    clear_versions(Person, [found.pk])
    if account is not None:
        _close(account)
    shredded = chain.shred(_events(found))
    counts = {label.en: [told.goes, told.stays] for label, told in seen.parts}
    data = {"shredded": shredded, "name_stays": bool(seen.name_stays), "parts": counts}
    return Told(found, found, data, {"because": because})


def forget(by: Actor, person: Person, *, because: str = "") -> Person:
    """
    Forget what nothing needs any more; what has to stay is left as it was.

    Whoever asks for themselves is not named in the event that says so. Raises NotAllowed, and
    OutOfDate where it was done already.
    """
    nameless = replace(by, by="本人 the person") if is_self(by, person) else by
    return _forget(nameless, person, because=because)


def _blank(person: Person) -> None:
    person.name, person.english_name = NAMELESS.zh, NAMELESS.en
    person.date_of_birth, person.nationality = None, ""
    person.sealed_number = person.number_shown = ""
    person.number_index = None
    person.account = None
    person.forgotten = clock.now()


def _close(account: Account) -> None:
    """Nobody logs in by it any more, and it names nobody."""
    EmailAddress.objects.filter(user=account).delete()
    Authenticator.objects.filter(user=account).delete()
    for session in UserSession.objects.filter(user=account):
        session.end()
    account.name, account.is_active = "", False
    account.email = f"forgotten-{account.pk}@invalid.example"
    Invitation.objects.filter(accepted_by=account).update(email=account.email)
    account.set_unusable_password()
    account.save()
