"""
Letters that make whoever has them a member. Each holds a token that is shown once, in the mail; we
keep its digest only. It is accepted from an account with the address that it was sent to.
"""

from __future__ import annotations

import datetime
import hashlib
import secrets
from typing import Final

from django.db import IntegrityError, transaction

from tiaoli.facts.kinds import Label
from tiaoli.platform import clock
from tiaoli.platform.audit.actions import Actor, NotAllowed, OutOfDate, Refused, Told, action
from tiaoli.platform.people.mails import Letter, drop, hand_over, name_of
from tiaoli.platform.people.models import (
    Account,
    Invitation,
    Membership,
    Organisation,
    Person,
    Post,
    holding,
)
from tiaoli.platform.people.permissions import administers, enters_people, serving

GOOD_FOR: Final = datetime.timedelta(days=14)


class Gone(Refused):
    """An invitation that was used, withdrawn, or is too old."""


def digest_of(token: str) -> str:
    """By which a token is found; what we keep of it."""
    return hashlib.sha256(token.encode("utf-8")).hexdigest()


def _invites(by: Actor, thing: Organisation | Invitation) -> Label | None:
    house = thing if isinstance(thing, Organisation) else thing.organisation
    return enters_people(by, house)


@action("people.invite", Label("邀請", "invite"), allowed=_invites)
def invite(
    by: Actor,
    organisation: Organisation,
    *,
    email: str,
    role: str,
    token: str,
    unit: str = "",
    person: Person | None = None,
) -> Told[Invitation]:
    """
    An invitation; ``token`` (from ``new_token``) is what the mail holds.

    An education office or secretariat invites practitioners only; other posts are an
    administrator's to give. Raises Refused for another post, a person of another house or one who
    has an account, and where an open invitation of the same sort exists.
    """
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    if role != Post.PRACTITIONER and (why_not := administers(by, organisation)) is not None:
        raise NotAllowed(why_not)
    if person is not None:
        _check_linkable(organisation, person)
    waiting = organisation.invitations.filter(
        email__iexact=email, role=role, unit=unit, person=person, accepted=None, withdrawn=None,
        expires__gt=clock.now(),
    )  # fmt: skip
    if waiting.exists():
        raise Refused(
            Label(
                "已經有一封同樣的邀請在等候回覆；可以重寄或撤回。",
                "The same invitation is waiting for an answer: send it again or withdraw it.",
            )
        )
    now = clock.now()
    made = Invitation.objects.create(
        organisation=organisation,
        email=email.strip().lower(),
        role=role,
        unit=unit,
        person=person,
        token_digest=digest_of(token),
        invited_by=by.account,
        sent=now,
        expires=now + GOOD_FOR,
    )
    return Told(made, person, {"role": role, "unit": unit}, {"email": made.email})


def new_token() -> str:
    """What nobody can guess."""
    return secrets.token_urlsafe(32)


def _check_linkable(organisation: Organisation, person: Person) -> None:
    if not serving(organisation).filter(person=person).exists():
        raise Refused(Label("這個人不在本機構任職。", "This person does not serve here."))
    if Person.objects.filter(pk=person.pk, account__isnull=False).exists():
        raise Refused(
            Label("這個人已經有自己的帳號。", "This person has an account of their own already.")
        )


@action("people.withdraw_invitation", Label("撤回邀請", "withdraw an invitation"), allowed=_invites)
def withdraw(_by: Actor, invitation: Invitation) -> Told[Invitation]:
    """Raises Gone where it was used or withdrawn already."""
    found = _open(invitation, or_late=True)
    found.withdrawn = clock.now()
    found.save(update_fields=["withdrawn"])
    drop(name_of(found))
    return Told(found, found.person, {"role": found.role}, {"email": found.email})


@action("people.resend_invitation", Label("重寄邀請", "send an invitation again"), allowed=_invites)
def renew(_by: Actor, invitation: Invitation, *, token: str) -> Told[Invitation]:
    """
    A new token and a new term; the link of the mail before is dead. Raises Gone where it was used
    or withdrawn already; one that is too old may be sent again.
    """
    found = _open(invitation, or_late=True)
    found.token_digest = digest_of(token)
    found.sent = clock.now()
    found.expires = found.sent + GOOD_FOR
    found.save(update_fields=["token_digest", "sent", "expires"])
    return Told(found, found.person, {"role": found.role}, {"email": found.email})


def send(invitation: Invitation, address: str) -> bool:
    """The mail, in both languages; whether it left (otherwise it is tried again by itself)."""
    house, post = invitation.organisation, Post.of(invitation.role).label
    until = invitation.expires.astimezone(clock.TAIPEI).date().isoformat()
    letter = Letter(
        invitation.email,
        f"{house.name}邀請您 An invitation from {house.label.en}",
        f"{house.name}邀請您以「{post.zh}」的身分加入條理。請在 {until} 以前開啟這個連結，"
        "用這個電子郵件地址登入或註冊：\n"
        f"{house.label.en} invites you to Tiaoli as {post.en}. Open this link by {until} and log "
        f"in or sign up with this address:\n\n    {address}\n\n"
        "連結只能使用一次。若不認識這個機構，請不要理會這封信。\n"
        "The link works once. If you do not know this organisation, ignore this mail.\n",
    )
    what = Label("邀請信", "invitation")
    return hand_over(invitation, letter, what=what, house=house)


def found_by(token: str) -> Invitation | None:
    """The invitation of a token, in whatever state it is."""
    return (
        Invitation.objects.filter(token_digest=digest_of(token))
        .select_related("organisation", "person", "accepted_by")
        .first()
    )


def _anybody_with_it(by: Actor, invitation: Invitation) -> Label | None:
    if by.account is None:
        return Label("請先登入或註冊。", "Log in or sign up first.")
    verified = by.account.emailaddress_set.filter(verified=True, email__iexact=invitation.email)
    if verified.exists():
        return None
    return Label(
        "這封邀請是寄給另一個電子郵件地址的；請登出後，以收到信的地址登入或註冊。",
        "This invitation was sent to another address: log out, then log in or sign up with the "
        "address that received it.",
    )


@action(
    "people.accept_invitation", Label("接受邀請", "accept an invitation"), allowed=_anybody_with_it
)
def accept(by: Actor, invitation: Invitation) -> Told[Invitation]:
    """
    Once, and by one account. The post begins today; a person whom the house entered gets this
    account.

    Raises Gone where it was used, withdrawn or is too old; Refused where the account is already
    that of another person.
    """
    found = _open(invitation)
    account = Account.objects.select_for_update().get(pk=by.account.pk)
    person = _person_of(found, account)
    _join(found, account, person)
    found.accepted, found.accepted_by = clock.now(), account
    found.save(update_fields=["accepted", "accepted_by"])
    return Told(found, person, {"role": found.role, "unit": found.unit}, {"email": found.email})


def _open(invitation: Invitation, *, or_late: bool = False) -> Invitation:
    found = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    why = state_of(found)
    if why is not None and not (or_late and found.accepted is None and found.withdrawn is None):
        raise Gone(why)
    if found.token_digest != invitation.token_digest:
        raise OutOfDate(
            Label("這個連結已換成新的一封。", "This link was replaced by that of a newer mail.")
        )
    return found


def state_of(invitation: Invitation) -> Label | None:
    """Why an invitation cannot be accepted any more; None where it can."""
    if invitation.accepted is not None:
        return Label("這封邀請已經使用過了。", "This invitation has been used already.")
    if invitation.withdrawn is not None:
        return Label("這封邀請已經撤回。", "This invitation was withdrawn.")
    if invitation.expires <= clock.now():
        return Label(
            "這封邀請已經過期；請向邀請您的機構要一封新的。",
            "This invitation is too old: ask whoever invited you for a new one.",
        )
    return None


def _person_of(invitation: Invitation, account: Account) -> Person | None:
    own = Person.objects.filter(account=account).first()
    if invitation.person is None:
        return own
    person = Person.objects.select_for_update(of=("self",)).get(pk=invitation.person.pk)
    if own is not None and own.pk != person.pk:
        raise Refused(
            Label(
                "您的帳號已有另一份個人檔案，不能再連結這一份；請聯絡邀請您的機構。",
                "Your account has a personal file of its own already, so that this one cannot be "
                "linked to it: ask whoever invited you.",
            )
        )
    if person.account_id not in (None, account.pk):
        raise Refused(
            Label(
                "這份個人檔案已連結到另一個帳號。",
                "This file is linked to another account already.",
            )
        )
    person.account = account
    try:
        with transaction.atomic():
            person.save(update_fields=["account"])
    except IntegrityError as taken:
        says = Label(
            "您的帳號剛連結了另一份檔案。", "Your account was just linked to another file."
        )
        raise OutOfDate(says) from taken
    return person


def _join(invitation: Invitation, account: Account, person: Person | None) -> None:
    """A practitioner is the person, any other post the account; nobody is put in twice."""
    practises = invitation.role == Post.PRACTITIONER and person is not None
    whose = {"person": person} if practises else {"account": account}
    same = Membership.objects.filter(
        holding(clock.today()), organisation=invitation.organisation, role=invitation.role, **whose
    )
    if not same.exists():
        Membership.objects.create(
            organisation=invitation.organisation,
            role=invitation.role,
            unit=invitation.unit,
            first=clock.today(),
            **whose,
        )
