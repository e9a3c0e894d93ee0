"""What an account does with its reminders: read, send a mail again, a calendar made and revoked."""

from __future__ import annotations

import hashlib
import secrets

from tiaoli.facts.kinds import Label
from tiaoli.platform import clock
from tiaoli.platform.audit.actions import Actor, OutOfDate, Told, action
from tiaoli.platform.people.models import Account
from tiaoli.platform.reminders.digests import hand_over
from tiaoli.platform.reminders.models import CalendarFeed, Digest, Reminder


def digest_of(token: str) -> str:
    """By which a feed is found; the token itself is kept nowhere."""
    return hashlib.sha256(token.encode()).hexdigest()


def _own(by: Actor, thing: Reminder | Digest) -> Label | None:
    if by.account is not None and by.account.pk == thing.account_id:
        return None
    return Label("這是別人的提醒。", "These are somebody else's.")


def _oneself(by: Actor, account: Account) -> Label | None:
    if by.account is not None and by.account.pk == account.pk:
        return None
    return Label("這是別人的提醒。", "These are somebody else's.")


@action("reminders.read", Label("標為已讀", "mark as read"), allowed=_own)
def mark_read(by: Actor, reminder: Reminder, *, read: bool) -> Told[Reminder]:
    """Read, or not read after all; as often as one likes."""
    locked = Reminder.objects.select_for_update().get(pk=reminder.pk)
    locked.read = clock.now() if read else None
    locked.save(update_fields=["read"])
    return Told(locked, None, {"read": read})


@action("reminders.read_all", Label("全部標為已讀", "mark all as read"), allowed=_oneself)
def mark_all_read(by: Actor, account: Account) -> Told[Account]:
    """Everything told so far is read."""
    count = Reminder.objects.filter(account=account, read=None).update(read=clock.now())
    return Told(account, None, {"read": count})


@action("reminders.resend", Label("重寄提醒信", "send a digest again"), allowed=_own)
def resend(by: Actor, digest: Digest, *, seen: int) -> Told[Digest]:
    """
    The same mail once more. ``seen`` is how often it had gone out when it was asked for.

    Raises OutOfDate where it was sent again meanwhile, OSError where the mail is not taken.
    """
    locked = Digest.objects.select_for_update(of=("self",)).get(pk=digest.pk)
    if locked.times != seen:
        raise OutOfDate(Label("這封信剛剛已經重寄。", "This mail has just been sent again."))
    locked.times, locked.sent = locked.times + 1, clock.now()
    locked.save(update_fields=["times", "sent"])
    hand_over(locked)
    return Told(locked, None, {"times": locked.times})


@action("reminders.make_feed", Label("建立行事曆訂閱", "make a calendar"), allowed=_oneself)
def make_feed(by: Actor, account: Account) -> Told[CalendarFeed]:
    """
    A new private address; an older one stops. Its ``token`` is on what is returned, and never
    again.
    """
    Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    token = secrets.token_urlsafe(32)
    feed, _ = CalendarFeed.objects.update_or_create(
        account=account,
        defaults={"token_digest": digest_of(token), "made": clock.now(), "revoked": None},
    )
    feed.token = token
    return Told(feed, None, {})


@action("reminders.revoke_feed", Label("停用行事曆訂閱", "revoke a calendar"), allowed=_oneself)
def revoke_feed(by: Actor, account: Account) -> Told[Account]:
    """Its address shows nothing any more."""
    CalendarFeed.objects.filter(account=account, revoked=None).update(revoked=clock.now())
    return Told(account, None, {})
