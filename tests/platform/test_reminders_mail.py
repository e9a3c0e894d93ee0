"""Reminders go out in one mail a day, by tasks that may die, and in a private calendar."""

import datetime
from typing import Any

import croniter
import pytest
from acting import DAY
from certificate_making import domain, issued, office
from concurrently import at_once
from django.core import mail
from django.db import connection
from dying import ended
from icalendar import Calendar
from procrastinate.contrib.django import app
from reminding import days, file, ready, told

from tiaoli.platform.audit.actions import Actor, NotAllowed, OutOfDate
from tiaoli.platform.clock import TAIPEI
from tiaoli.platform.people.models import Account, Organisation, Person
from tiaoli.platform.reminders import ahead, digests
from tiaoli.platform.reminders.actions import (
    digest_of,
    make_feed,
    mark_all_read,
    mark_read,
    resend,
    revoke_feed,
)
from tiaoli.platform.reminders.calendar import calendar_of
from tiaoli.platform.reminders.models import CalendarFeed, Digest, Outlook, Reminder
from tiaoli.platform.reminders.tasks import LOOK_AT, SEND_AT
from tiaoli.platform.world import making

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]


# One mail a day


def test_one_mail_tells_everything_once(wang: Person) -> None:
    ready(wang)
    assert digests.send_all(DAY) == 1
    (letter,) = mail.outbox
    assert letter.to == ["wang@example.org"]
    assert "事情一" in letter.body
    assert "事情二" in letter.body
    assert "【輪到您】" in letter.body
    assert not Reminder.objects.filter(sent=None).exists()
    ready(wang, "三")
    assert digests.send_all(DAY) == 0
    assert digests.send_all(DAY + days(1)) == 1
    assert "事情三" in mail.outbox[1].body
    assert "事情一" not in mail.outbox[1].body


def test_a_mail_is_complete_in_the_language_of_the_account(wang: Person) -> None:
    Account.objects.update(language="en")
    ready(wang)
    digests.send_all(DAY)
    (letter,) = mail.outbox
    assert "matter 一" in letter.body
    assert "事情" not in letter.body
    assert "reminder(s)" in letter.subject


def test_nothing_to_tell_is_no_mail(wang: Person) -> None:
    assert digests.send_all(DAY) == 0
    assert mail.outbox == []


def test_a_mail_that_is_not_taken_marks_nothing_and_stops_nobody_else(
    wang: Person, settings: Any
) -> None:
    lin = making.person("林", email="lin@example.org")
    ready(wang, "一")
    ready(lin, "二")
    settings.EMAIL_BACKEND = "reminding.Refusing"
    with pytest.raises(digests.NotAllSent):
        digests.send_all(DAY)
    assert [letter.to for letter in mail.outbox] == [["lin@example.org"]]
    assert Reminder.objects.get(sent=None).account == wang.account
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert digests.send_all(DAY) == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_one_mail() -> None:
    wang = making.person("王小明", email="wang@example.org")
    ready(wang)
    found = at_once(*[lambda: digests.send_all(DAY)] * 4)
    assert sorted(found) == [0, 0, 0, 1]
    assert (len(mail.outbox), Digest.objects.count()) == (1, 1)


KILLED = """
import os
from django.core.mail.backends.base import BaseEmailBackend
from tiaoli.platform.reminders import digests
class Dies(BaseEmailBackend):
    def send_messages(self, messages):
        os._exit(9)
import django.core.mail.backends.locmem as taken
taken.EmailBackend = Dies
from django.conf import settings
settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
import datetime
digests.send_all(datetime.date(2026, 6, 30))
"""


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_leaves_nothing_half_done() -> None:
    ready(making.person("王小明", email="wang@example.org"))
    assert ended(KILLED) == 9
    assert not Digest.objects.exists()
    assert digests.send_all(DAY) == 1
    assert digests.send_all(DAY) == 0
    assert len(mail.outbox) == 1


def work_off() -> None:
    """A worker that ends when nothing is left to do."""
    with app.replace_connector(app.connector.get_worker_connector()) as there:
        there.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)


@pytest.mark.django_db(transaction=True)
def test_what_a_dead_worker_was_at_is_done_by_another() -> None:
    ready(making.person("王小明", email="wang@example.org"))
    job = app.tasks["reminders.send_digests"].defer(timestamp=0)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat)"
            " VALUES (now() - interval '10 minutes') RETURNING id"
        )
        (worker,) = cursor.fetchone()
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s",
            [worker, job],
        )
    app.tasks["reminders.take_over"].defer(timestamp=0)
    work_off()
    work_off()  # what was taken over may have been put back after the first had looked
    assert len(mail.outbox) == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT status FROM procrastinate_jobs WHERE id = %s", [job])
        assert cursor.fetchone() == ("succeeded",)


@pytest.mark.django_db(transaction=True)
def test_the_tasks_run_on_the_queue(society: Organisation) -> None:
    wang = making.person("王小明", email="wang@example.org")
    issued(office(society), domain(wang), last=DAY + days(20))
    for name in ("reminders.look_ahead", "reminders.send_digests"):
        app.tasks[name].defer(timestamp=0)
        work_off()
    assert told(wang.account)[0] == ("certificate", "30")
    assert Outlook.objects.count() == 1
    assert len(mail.outbox) == 1


def test_the_hours_are_those_of_taipei() -> None:
    noon = datetime.datetime(2026, 6, 30, 4, tzinfo=datetime.UTC).timestamp()
    hours = [
        datetime.datetime.fromtimestamp(
            croniter.croniter(at).get_next(ret_type=float, start_time=noon), TAIPEI
        ).hour
        for at in (LOOK_AT, SEND_AT)
    ]
    assert hours == [5, 6]


# Read, sent again


def actor(person: Person) -> Actor:
    return Actor(person.account, str(person.account))


def test_ones_own_reminders_are_read_and_others_are_not(wang: Person) -> None:
    ready(wang)
    stranger = actor(making.person("林", email="lin@example.org"))
    first = Reminder.objects.order_by("pk").first()
    mark_read(actor(wang), first, read=True)
    assert Reminder.objects.filter(read=None).count() == 1
    mark_all_read(actor(wang), wang.account)
    assert Reminder.objects.filter(read=None).count() == 0
    for act in (
        lambda: mark_read(stranger, first, read=False),
        lambda: mark_all_read(stranger, wang.account),
        lambda: make_feed(stranger, wang.account),
        lambda: revoke_feed(stranger, wang.account),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_digest_is_sent_again_once_for_each_time_it_is_asked(wang: Person) -> None:
    ready(wang)
    digests.send_all(DAY)
    sent = Digest.objects.get()
    resend(actor(wang), sent, seen=1)
    with pytest.raises(OutOfDate):
        resend(actor(wang), sent, seen=1)
    assert len(mail.outbox) == 2
    assert mail.outbox[0].body == mail.outbox[1].body
    with pytest.raises(NotAllowed):
        resend(actor(making.person("林", email="lin@example.org")), sent, seen=2)


# A calendar


def events(account: Account) -> dict[str, Any]:
    read = Calendar.from_ical(calendar_of(account, DAY - days(30)))
    return {str(event["uid"]): event for event in read.walk("VEVENT")}


def test_a_calendar_has_one_entry_for_a_thing_and_moves_it(
    society: Organisation, wang: Person
) -> None:
    one = file(wang, society, making.hospital("醫院", "medical_center"), "party")
    ahead.look(DAY)
    ((uid, before),) = events(wang.account).items()
    one.due = DAY + days(6)
    one.save()
    ahead.look(DAY + days(1))
    ((again, after),) = events(wang.account).items()
    assert uid == again
    assert (before["sequence"], after["sequence"]) == (0, 1)
    assert after["dtstart"].dt.date() == DAY + days(6)
    assert after["dtstart"].params["TZID"] == "Asia/Taipei"
    (alarm,) = after.walk("VALARM")
    assert alarm["trigger"].dt == days(-1)


def test_a_calendar_is_found_by_the_digest_of_its_token_alone(wang: Person) -> None:
    feed = make_feed(actor(wang), wang.account)
    token = feed.token
    assert CalendarFeed.objects.get(token_digest=digest_of(token)).account == wang.account
    assert token not in str(CalendarFeed.objects.values().get())
    another = make_feed(actor(wang), wang.account).token
    assert not CalendarFeed.objects.filter(token_digest=digest_of(token)).exists()
    revoke_feed(actor(wang), wang.account)
    assert CalendarFeed.objects.get(token_digest=digest_of(another)).revoked is not None
