"""
One mail to each account and day, with everything that was not told yet.

The guarantee: at least once, and no second mail but by one accident. The reminders are marked and
the digest kept in the transaction in which the mail is handed over, as its last act; the account's
row is locked meanwhile. A worker killed before, or a mail that is refused, leaves nothing marked
and is made up for by the next try; two workers at once send one mail. Only where a worker is killed
between the server's taking the mail and the commit would it be sent again; it then has the same
Message-ID, by which mail programs know it for the same.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Exists, OuterRef

from tiaoli.facts.dates import both
from tiaoli.facts.kinds import Label
from tiaoli.platform import clock
from tiaoli.platform.people import mails
from tiaoli.platform.people.models import Account
from tiaoli.platform.people.seats import seats_of
from tiaoli.platform.reminders.ahead import address
from tiaoli.platform.reminders.models import Digest, Reminder, Sort

TABLE: Final = Digest._meta.label_lower
_WHAT: Final = Label("每日提醒", "daily reminders")
MOST: Final = 200
"""What one mail tells at most; the rest is on the page."""


class NotAllSent(RuntimeError):
    """Some digests could not be handed over; the task is tried again for those."""


def send_all(day: datetime.date) -> int:
    """
    Send every digest of a day that was not sent yet; how many were.

    Raises NotAllSent once all were tried, where some mail could not be handed over.
    """
    unsent = Reminder.objects.filter(account=OuterRef("pk"), sent=None)
    told = Digest.objects.filter(account=OuterRef("pk"), day=day)
    waiting = Account.objects.filter(Exists(unsent), ~Exists(told), is_active=True)
    sent, failed = 0, []
    for pk in waiting.order_by("pk").values_list("pk", flat=True).iterator(500):
        try:
            sent += send(pk, day)
        except OSError as error:  # of the mail server: SMTPException is one
            _keep(pk, day, error)
            failed.append(pk)
    if failed:
        raise NotAllSent(f"{len(failed)} digests of {day} were not taken; {sent} were sent")
    return sent


def send(account: int, day: datetime.date) -> bool:
    """The digest of one account and day; False where there is none, or another sends it now."""
    with transaction.atomic():
        held = Account.objects.select_for_update(skip_locked=True, no_key=True, of=("self",))
        whom = held.filter(pk=account, is_active=True).first()
        if whom is None or Digest.objects.filter(account=account, day=day).exists():
            return False
        told = list(Reminder.objects.filter(account=account, sent=None).order_by("day", "pk"))
        if not told:
            return False
        now = clock.now()
        Reminder.objects.filter(pk__in=[one.pk for one in told]).update(sent=now)
        words = _words(whom, told, day)
        subject, body = (text.in_("en" if whom.language == "en" else "zh") for text in words)
        digest = Digest.objects.create(account=whom, day=day, subject=subject, body=body, sent=now)
        mails.left(_name(account, day))
        hand_over(digest)
    return True


def _keep(account: int, day: datetime.date, error: OSError) -> None:
    """It is made anew and tried again; the first house of the account sees that it failed."""
    whom = Account.objects.get(pk=account)
    house = next((seat.organisation for seat in seats_of(whom, day)), None)
    mails.keep(_name(account, day), error, what=_WHAT, to=whom.email, house=house)


def _name(account: int, day: datetime.date) -> str:
    return f"{TABLE}:{account}.{day.isoformat()}"


def once_more(key: str) -> None:
    """The digest of an account and day (``7.2026-06-30``). Raises OSError where it is not taken."""
    account, _, day = key.partition(".")
    send(int(account), datetime.date.fromisoformat(day))


def hand_over(digest: Digest) -> None:
    """Give a digest to the mail server. Raises OSError where it is not taken."""
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    number = f"digest-{digest.account_id}-{digest.day.isoformat()}-{digest.times}"
    EmailMessage(
        digest.subject,
        digest.body,
        to=[digest.account.email],
        headers={"Message-ID": f"<{number}@{host}>", "Auto-Submitted": "auto-generated"},
    ).send()


def _words(whom: Account, told: Sequence[Reminder], day: datetime.date) -> tuple[Label, Label]:
    subject = Label(
        f"條理提醒：{len(told)} 件事（{day.isoformat()}）",
        f"Tiaoli: {len(told)} reminder(s), {day.isoformat()}",
    )
    page = f"{settings.PUBLIC_URL}{address('reminders')}"
    head = Label(
        f"{whom} 您好：\n以下是{both(day)}的提醒。",
        f"Dear {whom},\nthese are your reminders of {both(day, 'en')}.",
    )
    foot = Label(
        f"全部提醒與行事曆訂閱：{page}\n這封信由系統寄出，一天最多一封。",
        f"All reminders, and the calendar: {page}\nSent by the system, at most once a day.",
    )
    zh = "\n\n".join([head.zh, *_parts(told, "zh"), foot.zh])
    en = "\n\n".join([head.en, *_parts(told, "en"), foot.en])
    return subject, Label(zh, en)


def _parts(told: Sequence[Reminder], lang: str) -> list[str]:
    parts = []
    for sort in Sort:
        mine = [one for one in told[:MOST] if one.sort == sort]
        if mine:
            lines = [_line(one, lang) for one in mine]
            parts.append("\n".join([f"【{sort.label.in_(lang)}】", *lines]))
    if len(told) > MOST:
        more = len(told) - MOST
        parts.append(Label(f"……另有 {more} 件。", f"… and {more} more.").in_(lang))
    return parts


def _line(one: Reminder, lang: str) -> str:
    link = f"\n  {settings.PUBLIC_URL}{one.link}" if one.link else ""
    return f"- {one.says.in_(lang)}{link}"
