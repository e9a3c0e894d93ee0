"""What was told to a person's account, and their calendar."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.platform.people.held import Found, Part, hold
from tiaoli.platform.people.models import Person, UnsentMail
from tiaoli.platform.reminders.models import CalendarFeed, Digest, Outlook, Reminder

_TABLES = (Reminder, Digest, CalendarFeed)


def _look(person: Person) -> Found:
    looked = Outlook.objects.filter(person=person).count()
    if person.account is None:
        return Found(looked)
    mine = (table.objects.filter(account=person.account).count() for table in _TABLES)
    return Found(looked + sum(mine))


def _forget(person: Person) -> None:
    Outlook.objects.filter(person=person).delete()
    if person.account is not None:
        for table in _TABLES:
            table.objects.filter(account=person.account).delete()
        named = f"{Digest._meta.label_lower}:{person.account.pk}."
        UnsentMail.objects.filter(about__startswith=named).delete()


_NAMES = tuple(table._meta.label_lower for table in (*_TABLES, Outlook))
hold(Part(Label("提醒與行事曆", "reminders and calendar"), _NAMES, _look, _forget))
