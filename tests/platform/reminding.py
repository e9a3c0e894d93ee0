"""Files, reminders and a mail server that refuses, for the tests of reminders."""

import datetime
import smtplib
from typing import Any

from acting import DAY
from django.core.mail.backends.locmem import EmailBackend

from tiaoli.platform.applications.models import Application
from tiaoli.platform.people.models import Account, Organisation, Person
from tiaoli.platform.reminders.models import Reminder


def days(number: int) -> datetime.timedelta:
    return datetime.timedelta(days=number)


def told(account: Account) -> list[tuple[str, str]]:
    rows = Reminder.objects.filter(account=account).order_by("pk")
    return [(one.sort, one.key.rpartition(":")[2]) for one in rows]


def file(
    person: Person, society: Organisation, hospital: Organisation, turn: str, **named: Any
) -> Application:
    now = datetime.datetime.now(datetime.UTC)
    given = {
        "number": "A-1", "regulation": "rt-ladder", "procedure": "institution-then-society",
        "state": "under_review", "turn": turn, "turn_since": DAY, "due": DAY + days(3),
        "opened": now, "saved": now,
    }  # fmt: skip
    return Application.objects.create(
        person=person, office=society, employer=hospital, **(given | named)
    )


def ready(wang: Person, *notes: str) -> None:
    now = datetime.datetime.now(datetime.UTC)
    for note in notes or ("一", "二"):
        Reminder.objects.create(
            account=wang.account, key=note, about=note, sort="turn", day=DAY,
            zh=f"事情{note}", en=f"matter {note}", link="/x", made=now,
        )  # fmt: skip


class Refusing(EmailBackend):
    """A mail server that takes nothing for one address."""

    def send_messages(self, messages: Any) -> int:
        if any("wang@example.org" in message.to for message in messages):
            raise smtplib.SMTPRecipientsRefused({"wang@example.org": (550, b"no")})
        return super().send_messages(messages)
