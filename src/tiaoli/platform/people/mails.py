"""
Mails that have to arrive. One that the server does not take is kept, sealed, and tried again, later
and later, until it leaves or some two days have gone by; a house sees its own and may try again
at any time.

    hand_over(invitation, Letter(to, subject, body), what=Label(…), house=…)    whether it left
    send_due(now)       what a task does every few minutes
    arrived             the signal of one that left after all

What is about the same thing again takes the place of what was kept: its link is dead by then.
"""

from __future__ import annotations

import datetime
import json
import logging
import smtplib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Model
from django.dispatch import Signal

from tiaoli.facts.kinds import Label
from tiaoli.platform import clock
from tiaoli.platform.audit.actions import Actor, OutOfDate, Told, action
from tiaoli.platform.people import sealed
from tiaoli.platform.people.models import Organisation, Post, UnsentMail
from tiaoli.platform.people.permissions import is_in

_LOG: Final = logging.getLogger(__name__)
_USE: Final = "people.unsentmail.letter"
AGAIN_AFTER: Final = tuple(datetime.timedelta(minutes=m) for m in (5, 15, 60, 240, 720, 1440))
"""How long after each failure it is tried again; after the last, nobody tries by itself."""
arrived: Final = Signal()
"""``sender=UnsentMail, about="people.invitation:7"``: a mail that was kept has left."""
REMADE: Final[dict[str, Callable[[str], None]]] = {}
"""
Mails that are made anew each time instead of being kept: by the table that they are about, what
sends them once more (given the key). Raises OSError where it is not taken.
"""


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail."""

    to: str
    subject: str
    body: str

    def sealed(self) -> str:
        """All of it, encrypted, as it is kept."""
        told = json.dumps([self.to, self.subject, self.body])
        return sealed.sealed(told, use=_USE)

    def leave(self) -> None:
        """Raises OSError (every SMTPException is one) where the server does not take it."""
        EmailMessage(self.subject, self.body, None, [self.to]).send()


def hand_over(
    about: Model, letter: Letter, *, what: Label, house: Organisation | None = None
) -> bool:
    """Whether the mail left; where it did not, it is kept to be tried again, and ``house`` told."""
    name = name_of(about)
    drop(name)
    try:
        letter.leave()
    except OSError as error:
        keep(name, error, what=what, to=letter.to, house=house, letter=letter)
        return False
    return True


def name_of(about: Model) -> str:
    """``people.invitation:7``."""
    return f"{about._meta.label_lower}:{about.pk}"


def keep(
    about: str,
    error: OSError,
    *,
    what: Label,
    to: str,
    house: Organisation | None,
    letter: Letter | None = None,
) -> UnsentMail:
    """One more failure of the mail about a thing; without a ``letter``, one that is made anew."""
    now, says = clock.now(), words_of(error)
    _LOG.warning("the mail about %s was not taken: %s", about, error)
    with transaction.atomic():
        there = UnsentMail.objects.select_for_update().filter(about=about, sent=None).first()
        row = there or UnsentMail(about=about, made=now)
        row.organisation, row.what = house, {"zh": what.zh, "en": what.en}
        row.shown, row.letter = hidden(to), "" if letter is None else letter.sealed()
        _failed(row, says, now)
    return row


def _failed(row: UnsentMail, says: Label, now: datetime.datetime) -> None:
    row.attempts += 1
    row.tried, row.problem = now, {"zh": says.zh, "en": says.en}
    row.again = None
    if row.attempts <= len(AGAIN_AFTER):
        row.again = now + AGAIN_AFTER[row.attempts - 1]
    row.save()


def drop(about: str) -> None:
    """What is kept about a thing is not to be sent any more."""
    UnsentMail.objects.filter(about=about, sent=None).delete()


def forget(things: Iterable[Model]) -> None:
    """Nothing is kept of the mails about these any more, whether they have left or not."""
    UnsentMail.objects.filter(about__in=[name_of(one) for one in things]).delete()


def left(about: str) -> None:
    """The mail about a thing has left by another way."""
    kept = UnsentMail.objects.filter(about=about, sent=None)
    kept.update(sent=clock.now(), again=None, letter="")


def hidden(address: str) -> str:
    """``w…@example.org``: enough to tell whose it is, and which server does not take it."""
    name, _, host = address.partition("@")
    return f"{name[:1]}…@{host}"[:120]


def send_due(now: datetime.datetime) -> int:
    """Try every mail whose time has come; how many left. Twice at once, each is tried once."""
    due = UnsentMail.objects.filter(sent=None, again__lte=now).order_by("again", "pk")
    count = 0
    for pk in list(due.values_list("pk", flat=True)[:500]):
        with transaction.atomic():
            held = UnsentMail.objects.select_for_update(skip_locked=True, of=("self",))
            row = held.filter(pk=pk, sent=None, again__lte=now).first()
            count += row is not None and _try(row)
    return count


def _try(row: UnsentMail) -> bool:
    """Once more; ``row`` is held. Whether it left."""
    now = clock.now()
    try:
        if row.letter:
            Letter(*json.loads(sealed.opened(row.letter, use=_USE))).leave()
        else:
            table, _, key = row.about.partition(":")
            REMADE[table](key)
    except OSError as error:
        _LOG.warning("the mail about %s was not taken again: %s", row.about, error)
        _failed(row, words_of(error), now)
        return False
    row.attempts += 1
    row.sent, row.tried, row.again, row.letter = now, now, None, ""
    row.save()
    arrived.send(sender=UnsentMail, about=row.about)
    return True


def may_send(by: Actor, mail: UnsentMail) -> Label | None:
    """The administrator and the secretariat of the house in whose name it goes."""
    if is_in(by, mail.organisation, Post.ADMINISTRATOR, Post.SECRETARIAT):
        return None
    return Label(
        "只有這個機構的管理者或秘書處可以重寄。",
        "Only the administrator or the secretariat of the organisation may send it again.",
    )


@action("people.send_mail_again", Label("重寄未寄出的信", "send a mail again"), allowed=may_send)
def send_again(_by: Actor, mail: UnsentMail, *, seen: int) -> Told[UnsentMail]:
    """
    Try now, whatever was tried before; ``sent`` of what is returned says whether it left. ``seen``
    is how often it had been tried when it was asked for. Raises OutOfDate where it was tried since.
    """
    row = UnsentMail.objects.select_for_update(of=("self",)).filter(pk=mail.pk).first()
    if row is None or row.sent is not None or row.attempts != seen:
        raise OutOfDate(
            Label(
                "這封信剛才已經寄過了；請看最新的狀態。",
                "This mail was tried a moment ago: look at how it stands now.",
            )
        )
    gone = _try(row)
    return Told(row, None, {"about": row.about, "attempts": row.attempts, "left": gone})


def words_of(error: OSError) -> Label:
    """Why a mail was not taken, without whom it was for."""
    match error:
        case smtplib.SMTPAuthenticationError():
            return Label(
                "郵件主機不接受設定的帳號或密碼；請系統管理者檢查郵件設定。",
                "The mail server refuses the account or password that is set; have the mail "
                "settings checked.",
            )
        case smtplib.SMTPRecipientsRefused():
            return Label(
                "郵件主機拒絕這個收件地址；請確認地址是否正確。",
                "The mail server refuses the address; check that it is right.",
            )
        case smtplib.SMTPSenderRefused():
            return Label(
                "郵件主機拒絕寄件地址；請系統管理者檢查郵件設定。",
                "The mail server refuses the sender; have the mail settings checked.",
            )
        case smtplib.SMTPResponseException(smtp_code=code):
            return Label(f"郵件主機回覆 {code}，沒有收下。", f"The mail server answered {code}.")
        case TimeoutError():
            return Label("郵件主機沒有回應。", "The mail server did not answer.")
    return Label("連不上郵件主機。", "The mail server could not be reached.")
