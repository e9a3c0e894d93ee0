"""What is about to happen is told to whom it concerns: once, one mail a day, and a calendar."""

import datetime
import os
import smtplib
import subprocess
import sys
from typing import Any

import pytest
import yaml
from concurrently import at_once
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from fee_making import notice
from icalendar import Calendar
from test_certificates_issue import domain, issued, office

from tiaoli.platform.applications.models import Application
from tiaoli.platform.audit.actions import Actor, NotAllowed, OutOfDate
from tiaoli.platform.certificates.models import Certificate
from tiaoli.platform.people.models import Account, Deputy, Membership, Organisation, Person, Post
from tiaoli.platform.reminders import ahead, digests, nightly, outlook
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
from tiaoli.platform.reviews.models import Assignment
from tiaoli.platform.world import making

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 6, 30)


def days(number: int) -> datetime.timedelta:
    return datetime.timedelta(days=number)


@pytest.fixture(autouse=True)
def _today(settings: Any) -> None:
    settings.TIAOLI_TODAY = DAY


@pytest.fixture
def society(db: Any) -> Organisation:
    return making.society("影像學會", "ir-instructor", english="Imaging Society")


@pytest.fixture
def wang(db: Any) -> Person:
    return making.person("王小明", email="wang@example.org")


def told(account: Account) -> list[tuple[str, str]]:
    rows = Reminder.objects.filter(account=account).order_by("pk")
    return [(one.sort, one.key.rpartition(":")[2]) for one in rows]


# Certificates


@pytest.mark.parametrize(
    ("left", "stages"),
    [(181, []), (180, ["180"]), (91, ["180"]), (90, ["90"]), (30, ["30"]), (0, ["30"]), (-1, [])],
)
def test_a_certificate_that_expires_is_told_by_how_near_it_is(
    society: Organisation, wang: Person, left: int, stages: list[str]
) -> None:
    issued(office(society), domain(wang), first=DAY - days(400), last=DAY + days(left))
    ahead.look(DAY)
    ahead.look(DAY)
    assert told(wang.account) == [("certificate", stage) for stage in stages]


def test_each_of_the_days_before_is_told_once_as_time_goes_by(
    society: Organisation, wang: Person
) -> None:
    last = DAY + days(200)
    issued(office(society), domain(wang), last=last)
    for day in range(0, 201, 5):
        ahead.look(DAY + days(day))
    assert told(wang.account) == [("certificate", s) for s in ("180", "90", "30")]
    assert {one.about for one in Reminder.objects.all()} == {
        f"certificate:{Certificate.objects.get().pk}"
    }


def test_nobody_is_told_of_a_certificate_that_does_not_hold_or_has_a_successor(
    society: Organisation, wang: Person
) -> None:
    by, soon = office(society), DAY + days(20)
    issued(by, domain(wang), last=soon).changes.create(
        status="revoked", first=DAY, reason="x", decided=datetime.datetime.now(datetime.UTC)
    )
    old = issued(by, domain(wang), last=soon)
    issued(by, domain(wang), first=soon + days(1), last=soon + days(900), replaces=old)
    issued(by, domain(making.person("沒有帳號")), last=soon)
    ahead.look(DAY)
    assert not Reminder.objects.exists()


def test_the_queries_do_not_grow_with_the_rows(
    society: Organisation, django_assert_max_num_queries: Any
) -> None:
    by = office(society)
    hospital = making.hospital("醫院", "medical_center")
    for n in range(40):
        person = making.person(f"王{n}", email=f"p{n}@example.org")
        issued(by, domain(person), last=DAY + days(20))
        notice(person, society, f"C-{n}", due=DAY + days(2))
        file(person, society, hospital, "panel", number=f"A-{n}")
    with django_assert_max_num_queries(16):
        ahead.look(DAY)
    assert Reminder.objects.count() == 80


# Whose turn it is


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


@pytest.fixture
def staff(society: Organisation) -> dict[str, Account]:
    hospital = making.hospital("醫院", "medical_center")
    return {
        "head": making.officer(hospital, Post.DEPARTMENT_HEAD, "head@h.org"),
        "education": making.officer(hospital, Post.EDUCATION_OFFICE, "edu@h.org"),
        "treasurer": making.officer(society, Post.TREASURER, "t@s.org"),
        "secretariat": making.officer(society, Post.SECRETARIAT, "s@s.org"),
        "reviewer": making.officer(society, Post.REVIEWER, "r@s.org"),
        "chair": making.officer(society, Post.CHAIR, "c@s.org"),
    }


@pytest.mark.parametrize(
    ("turn", "whose"),
    [
        ("party", {"wang@example.org"}),
        ("employer", {"head@h.org", "edu@h.org"}),
        ("office", {"s@s.org"}),
        ("panel", {"r@s.org", "c@s.org"}),
        ("nobody", set()),
    ],
)
def test_a_deadline_is_told_to_whoever_is_waited_for_and_to_nobody_else(
    society: Organisation, wang: Person, staff: dict[str, Account], turn: str, whose: set[str]
) -> None:
    file(wang, society, Organisation.objects.get(name="醫院"), turn)
    ahead.look(DAY)
    assert {one.account.email for one in Reminder.objects.all()} == whose


def test_of_a_panel_those_who_were_assigned_and_have_not_said_yet(
    society: Organisation, wang: Person, staff: dict[str, Account]
) -> None:
    one = file(wang, society, Organisation.objects.get(name="醫院"), "panel")
    now = datetime.datetime.now(datetime.UTC)
    Assignment.objects.create(
        application=one, state=one.state, reviewer=staff["reviewer"], assigned=now
    )
    ahead.look(DAY)
    assert [r.account for r in Reminder.objects.all()] == [staff["reviewer"]]


def test_whoever_sits_in_is_told_as_well(
    society: Organisation, wang: Person, staff: dict[str, Account]
) -> None:
    deputy = making.account("d@s.org")
    Deputy.objects.create(
        membership=Membership.objects.get(role=Post.SECRETARIAT), account=deputy,
        first=DAY, last=DAY,
    )  # fmt: skip
    file(wang, society, Organisation.objects.get(name="醫院"), "office")
    ahead.look(DAY)
    assert {r.account.email for r in Reminder.objects.all()} == {"d@s.org", "s@s.org"}


def test_before_on_and_after_the_deadline(
    society: Organisation, wang: Person, staff: dict[str, Account]
) -> None:
    file(wang, society, Organisation.objects.get(name="醫院"), "party", due=DAY + days(10))
    for day in range(20):
        ahead.look(DAY + days(day))
    assert told(wang.account) == [
        ("turn", "7"), ("turn", "3"), ("turn", "1"), ("turn", "0"),
        ("overdue", "over0"), ("overdue", "over1"),
    ]  # fmt: skip


def test_a_file_that_is_closed_or_without_a_deadline_is_not_told(
    society: Organisation, wang: Person, staff: dict[str, Account]
) -> None:
    hospital = Organisation.objects.get(name="醫院")
    file(wang, society, hospital, "party", due=None)
    file(wang, society, hospital, "", number="A-2", final=True)
    ahead.look(DAY)
    assert not Reminder.objects.exists()


def test_a_payment_is_told_when_it_is_asked_for_and_before_it_is_due(
    society: Organisation, wang: Person
) -> None:
    notice(wang, society, "C-1", due=DAY + days(9))
    for day in range(12):
        ahead.look(DAY + days(day))
    assert told(wang.account) == [
        ("fee", "new"), ("fee", "7"), ("fee", "3"), ("fee", "1"), ("fee", "0"),
        ("overdue", "over0"),
    ]  # fmt: skip


# What is seen to come in somebody's standing


def example(name: str, whose: Person) -> None:
    with open(f"examples/{name}.yaml", encoding="utf-8") as source:
        making.facts(whose, yaml.safe_load(source))


def test_evidence_about_to_leave_and_its_reason(society: Organisation, wang: Person) -> None:
    making.society("放射師公會", "rt-ladder")
    example("wang-rt3", wang)
    (person,) = outlook.waiting(DAY)
    outlook.look_at([person], DAY)
    leaving = Reminder.objects.filter(about="leaves:rt-ladder:RT3")
    found = leaving.first()
    assert found is not None
    assert "不再符合" in found.zh
    assert "不再計入" in found.zh
    assert "no longer counts" in found.en
    outlook.look_at([person], DAY)
    assert Reminder.objects.filter(about="leaves:rt-ladder:RT3").count() == 1


def test_a_person_is_looked_at_again_only_when_there_is_something_to_see(
    society: Organisation, wang: Person
) -> None:
    assert outlook.waiting(DAY) == []
    domain(wang)
    assert outlook.waiting(DAY) == [wang.pk]
    outlook.look_at([wang.pk], DAY)
    assert outlook.waiting(DAY) == []
    assert outlook.waiting(Outlook.objects.get().again) == [wang.pk]
    domain(wang, "4")
    assert outlook.waiting(DAY) == [wang.pk]


def test_no_more_than_so_many_a_night_those_waiting_longest_first(db: Any) -> None:
    people = [making.person(f"王{n}", email=f"p{n}@example.org") for n in range(3)]
    for person in people:
        domain(person)
    first = outlook.waiting(DAY, most=2)
    outlook.look_at(first, DAY)
    assert [*first, *outlook.waiting(DAY, most=2)] == [person.pk for person in people]


# One mail a day


def ready(wang: Person, *notes: str) -> None:
    now = datetime.datetime.now(datetime.UTC)
    for note in notes or ("一", "二"):
        Reminder.objects.create(
            account=wang.account, key=note, about=note, sort="turn", day=DAY,
            zh=f"事情{note}", en=f"matter {note}", link="/x", made=now,
        )  # fmt: skip


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


class Refusing(EmailBackend):
    """A mail server that takes nothing for one address."""

    def send_messages(self, messages: Any) -> int:
        if any("wang@example.org" in message.to for message in messages):
            raise smtplib.SMTPRecipientsRefused({"wang@example.org": (550, b"no")})
        return super().send_messages(messages)


def test_a_mail_that_is_not_taken_marks_nothing_and_stops_nobody_else(
    wang: Person, settings: Any
) -> None:
    lin = making.person("林", email="lin@example.org")
    ready(wang, "一")
    ready(lin, "二")
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
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
import os, django
django.setup()
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
    known = connection.settings_dict
    address = f"postgresql://{known['USER']}@/{known['NAME']}?host={known['HOST']}"
    killed = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", KILLED],
        env={**os.environ, "DATABASE_URL": address},
        check=False,
    )
    assert killed.returncode == 9
    assert not Digest.objects.exists()
    assert digests.send_all(DAY) == 1
    assert digests.send_all(DAY) == 0
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_the_tasks_run_on_the_queue(society: Organisation) -> None:
    from procrastinate.contrib.django import app  # noqa: PLC0415

    wang = making.person("王小明", email="wang@example.org")
    issued(office(society), domain(wang), last=DAY + days(20))
    for name in ("reminders.look_ahead", "reminders.send_digests"):
        app.tasks[name].defer(timestamp=0)
        with app.replace_connector(app.connector.get_worker_connector()) as there:
            there.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)
    assert told(wang.account)[0] == ("certificate", "30")
    assert Outlook.objects.count() == 1
    assert len(mail.outbox) == 1


def test_the_hours_are_those_of_taipei() -> None:
    import croniter  # noqa: PLC0415

    from tiaoli.platform.clock import TAIPEI  # noqa: PLC0415
    from tiaoli.platform.reminders.tasks import LOOK_AT, SEND_AT  # noqa: PLC0415

    noon = datetime.datetime(2026, 6, 30, 4, tzinfo=datetime.UTC).timestamp()
    hours = [
        datetime.datetime.fromtimestamp(
            croniter.croniter(at).get_next(ret_type=float, start_time=noon), TAIPEI
        ).hour
        for at in (LOOK_AT, SEND_AT)
    ]
    assert hours == [5, 6]


def test_a_change_of_a_certificate_begins_on_its_day(society: Organisation, wang: Person) -> None:
    by = office(society)
    old = issued(by, domain(wang), last=DAY + days(9))
    issued(by, domain(wang), first=DAY + days(5), last=DAY + days(900), replaces=old)
    nightly.look(DAY + days(4))
    old.refresh_from_db()
    assert old.status == "valid"


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
