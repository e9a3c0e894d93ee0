"""What is about to happen is found, and told to whom it concerns, each of it once."""

import datetime
from typing import Any

import pytest
from acting import DAY
from certificate_making import domain, issued, office
from fee_making import notice
from filing import example
from reminding import days, file, told

from tiaoli.platform.certificates.models import Certificate
from tiaoli.platform.people.models import Account, Deputy, Membership, Organisation, Person, Post
from tiaoli.platform.reminders import ahead, nightly, outlook
from tiaoli.platform.reminders.models import Outlook, Reminder
from tiaoli.platform.reviews.models import Assignment
from tiaoli.platform.world import making

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]


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


def test_a_change_of_a_certificate_begins_on_its_day(
    society: Organisation, wang: Person, settings: Any
) -> None:
    by = office(society)
    old = issued(by, domain(wang), last=DAY + days(9))
    issued(by, domain(wang), first=DAY + days(5), last=DAY + days(900), replaces=old)
    found = []
    for day in (4, 5):
        settings.TIAOLI_TODAY = DAY + days(day)
        nightly.look(settings.TIAOLI_TODAY)
        old.refresh_from_db()
        found.append(old.status)
    assert found == ["valid", "replaced"]


# Whose turn it is


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


def test_evidence_about_to_leave_and_its_reason(society: Organisation, wang: Person) -> None:
    making.society("放射師公會", "rt-ladder")
    example(wang, "wang-rt3")
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


def test_a_window_that_opens_and_closes(society: Organisation, wang: Person) -> None:
    last = DAY + days(200)
    making.fact(
        wang, "domain_certificate",
        {"domain": "3", "issue_date": "2021-11-30", "expiry_date": last.isoformat(),
         "status": "valid"},
    )  # fmt: skip
    for day in range(0, 200, 10):
        outlook.look_at([wang.pk], DAY + days(day))
    found = Reminder.objects.filter(about__endswith=":ir-instructor:renewal-window-3")
    assert {one.about.partition(":")[0] for one in found} == {"opens", "leaves"}
    opens = found.filter(sort="opens").first()
    assert "可以辦理" in opens.zh
    assert "領域3換證" in opens.zh
    closes = found.filter(sort="leaves").first()
    assert last.isoformat() in closes.zh


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


def test_a_regulation_that_is_gone_stops_nobody(wang: Person) -> None:
    society = making.society("學會", "no-longer-there", "ir-instructor")
    domain(wang)
    file(wang, society, making.hospital("醫院", "medical_center"), "party", regulation="gone")
    outlook.look_at([wang.pk], DAY)
    ahead.look(DAY)
    assert "gone" in Reminder.objects.get(sort="turn").zh


def test_no_more_than_so_many_a_night_those_waiting_longest_first(db: Any) -> None:
    people = [making.person(f"王{n}", email=f"p{n}@example.org") for n in range(3)]
    for person in people:
        domain(person)
    first = outlook.waiting(DAY, most=2)
    outlook.look_at(first, DAY)
    assert [*first, *outlook.waiting(DAY, most=2)] == [person.pk for person in people]
