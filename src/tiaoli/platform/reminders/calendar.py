"""
The reminders of an account as an iCalendar: one entry for each thing, whatever became of its day.

UIDs stay the same and SEQUENCE rises when a day moves, so that calendars move their entry too.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Alarm, Calendar, Event, Timezone, TimezoneStandard

from tiaoli.platform.clock import TAIPEI
from tiaoli.platform.people.models import Account
from tiaoli.platform.reminders.models import Reminder

MOST: Final = 2_000
_BEGINS: Final = datetime.time(9)
_LASTS: Final = datetime.timedelta(minutes=30)
_ALARM: Final = datetime.timedelta(days=-1)


def calendar_of(account: Account, since: datetime.date) -> bytes:
    """Everything told to the account that lies on or after ``since``, by one query."""
    told = Reminder.objects.filter(account=account, day__gte=since).order_by("pk")[:MOST]
    lang = "en" if account.language == "en" else "zh"
    calendar = Calendar()
    calendar.add("prodid", "-//Tiaoli//Reminders//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "條理提醒" if lang == "zh" else "Tiaoli reminders")
    calendar.add("x-wr-timezone", str(TAIPEI))
    calendar.add_component(_zone())
    for sequence, one in _latest(told):
        calendar.add_component(_event(one, sequence, lang))
    return bytes(calendar.to_ical())


def _latest(told: Iterable[Reminder]) -> list[tuple[int, Reminder]]:
    """Of each thing its last reminder, and how many came before it."""
    found: dict[str, tuple[int, Reminder]] = {}
    for one in told:
        before = found.get(one.about)
        found[one.about] = (0 if before is None else before[0] + 1, one)
    return list(found.values())


def _event(one: Reminder, sequence: int, lang: str) -> Event:
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    uid = hashlib.sha256(f"{one.account_id}\0{one.about}".encode()).hexdigest()[:40]
    begins = datetime.datetime.combine(one.day, _BEGINS, TAIPEI)
    event, words = Event(), one.says.in_(lang)
    event.add("uid", f"{uid}@{host}")
    event.add("sequence", sequence)
    event.add("dtstamp", one.made.astimezone(datetime.UTC))
    event.add("dtstart", begins)
    event.add("dtend", begins + _LASTS)
    event.add("summary", words)
    event.add("transp", "TRANSPARENT")
    if one.link:
        event.add("url", f"{settings.PUBLIC_URL}{one.link}")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", _ALARM)
    alarm.add("description", words)
    event.add_component(alarm)
    return event


def _zone() -> Timezone:
    """Taipei, eight hours ahead all year."""
    zone, standard = Timezone(), TimezoneStandard()
    offset = datetime.timedelta(hours=8)
    zone.add("tzid", str(TAIPEI))
    standard.add("tzname", "CST")
    standard.add("dtstart", datetime.datetime(1980, 1, 1))  # local, by the standard
    standard.add("tzoffsetfrom", offset)
    standard.add("tzoffsetto", offset)
    zone.add_component(standard)
    return zone
