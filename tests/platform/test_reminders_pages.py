"""Pages of reminders: mine alone, read and unread, mails sent again, a calendar by its address."""

from typing import Any

import pytest
from acting import DAY, logged_in
from django.core import mail
from django.test import Client
from icalendar import Calendar
from reminding import Refusing, ready

from tiaoli.platform.people.models import Account, Person
from tiaoli.platform.reminders import digests
from tiaoli.platform.reminders.models import Digest, Reminder
from tiaoli.platform.world import making

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]


def test_read_and_not_read(wang: Person) -> None:
    ready(wang)
    client, first = logged_in(wang.account), Reminder.objects.order_by("pk").first()
    assert "您有 2 則未讀" in client.get("/reminders/").content.decode()
    client.post(f"/reminders/{first.pk}/read", {"read": "yes"})
    page = client.get("/reminders/").content.decode()
    assert "您有 1 則未讀" in page
    assert "事情一" in page
    assert "事情一" not in client.get("/reminders/?show=unread").content.decode()
    client.post(f"/reminders/{first.pk}/read", {"read": "no", "back": "unread"})
    client.post("/reminders/read")
    assert "全部都讀過了" in client.get("/reminders/").content.decode()
    assert "matter" in client.get("/reminders/?lang=en").content.decode()


def test_mails_and_one_sent_again(wang: Person, settings: Any) -> None:
    ready(wang)
    digests.send_all(DAY)
    client, one = logged_in(wang.account), Digest.objects.get()
    assert one.subject in client.get("/reminders/mails/").content.decode()
    assert "事情一" in client.get(f"/reminders/mails/{one.pk}/").content.decode()
    assert client.post(f"/reminders/mails/{one.pk}/resend", {"seen": 1}).status_code == 302
    assert client.post(f"/reminders/mails/{one.pk}/resend", {"seen": 1}).status_code == 409
    assert len(mail.outbox) == 2
    settings.EMAIL_BACKEND = f"reminding.{Refusing.__name__}"
    client.post(f"/reminders/mails/{one.pk}/resend", {"seen": 2})
    assert "郵件主機沒有收下" in client.get(f"/reminders/mails/{one.pk}/").content.decode()
    one.refresh_from_db()
    assert one.times == 2


def test_a_calendar_by_its_address_until_it_is_revoked(wang: Person) -> None:
    ready(wang)
    client = logged_in(wang.account)
    page = client.post("/reminders/calendar/").content.decode()
    address = page.split('data-copy="')[1].split('"')[0]
    path = address.partition("//")[2].partition("/")[2]
    assert path.startswith("calendar/")
    assert path not in client.get("/reminders/calendar/").content.decode()
    feed = Client().get(f"/{path}")
    assert feed["Content-Type"].startswith("text/calendar")
    assert feed["Cache-Control"] == "private, no-store"
    assert len(Calendar.from_ical(feed.content).walk("VEVENT")) == 2
    client.post("/reminders/calendar/revoke")
    assert Client().get(f"/{path}").status_code == 410
    assert Client().get(f"/calendar/{'x' * 43}.ics").status_code == 404


def test_an_account_that_was_closed_has_no_calendar(wang: Person) -> None:
    page = logged_in(wang.account).post("/reminders/calendar/").content.decode()
    path = page.split('data-copy="')[1].split('"')[0].partition("//")[2].partition("/")[2]
    Account.objects.update(is_active=False)
    assert Client().get(f"/{path}").status_code == 404


def test_what_is_others_is_kept_from_me(wang: Person) -> None:
    ready(wang)
    digests.send_all(DAY)
    lin = logged_in(making.person("林", email="lin@example.org").account)
    first, one = Reminder.objects.first(), Digest.objects.get()
    assert "事情一" not in lin.get("/reminders/").content.decode()
    assert lin.post(f"/reminders/{first.pk}/read", {"read": "yes"}).status_code == 403
    assert lin.get(f"/reminders/mails/{one.pk}/").status_code == 403
    assert lin.post(f"/reminders/mails/{one.pk}/resend", {"seen": 1}).status_code == 403
    for address in ("/reminders/", "/reminders/mails/", "/reminders/calendar/"):
        assert Client().get(address).status_code == 302


@pytest.mark.parametrize("number", [3, 60])
def test_lists_cost_the_same_however_long(
    wang: Person, number: int, django_assert_max_num_queries: Any
) -> None:
    ready(wang, *map(str, range(number)))
    client = logged_in(wang.account)
    for address in ("/reminders/", "/reminders/mails/"):
        with django_assert_max_num_queries(9):
            assert client.get(address).status_code == 200
