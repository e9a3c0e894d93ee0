"""The trail as an auditor reads it, the check of a long chain, and the right to be forgotten."""

import datetime

import pytest
from acting import DAY, acting, logged_in
from django.apps import apps
from django.core.files.base import ContentFile
from django.db import connection, transaction
from typer.testing import CliRunner

from tiaoli.cli.platform import app as platform_commands
from tiaoli.platform import clock
from tiaoli.platform.applications.models import Application, Snapshot
from tiaoli.platform.audit import chain
from tiaoli.platform.audit.actions import Actor, NotAllowed, OutOfDate
from tiaoli.platform.audit.models import Event, Verification
from tiaoli.platform.certificates.models import Certificate
from tiaoli.platform.people import persons, posts
from tiaoli.platform.people.actions import number_of
from tiaoli.platform.people.forgetting import forget, preview
from tiaoli.platform.people.held import PARTS
from tiaoli.platform.people.models import Account, Membership, Person, Post
from tiaoli.platform.people.versions import version_table
from tiaoli.platform.portfolio.models import EvidenceFile, Record
from tiaoli.platform.web.trail.history import history_of
from tiaoli.platform.world import making

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]
TOLD = {"name": "王小明", "english_name": "", "date_of_birth": None, "nationality": ""}


@pytest.fixture
def office(house):
    return making.officer(house, Post.EDUCATION_OFFICE, "edu@example.org", "教學組長")


@pytest.fixture
def auditor(house):
    return logged_in(making.officer(house, Post.AUDITOR, "audit@example.org"))


def corrected(house, office) -> Person:
    person = making.person("王小名", employer=house, number="A123456789")
    return persons.correct(acting(office), person, told=TOLD, number="A800000014", because="戶籍")


def test_an_event_shows_each_value_before_and_after(house, office, auditor) -> None:
    person = corrected(house, office)
    (entry,) = history_of(person)
    changed = {one.name: (one.before.zh, one.after.zh) for one in entry.changes}
    assert changed["name"] == ("王小名", "王小明")
    assert changed["number_shown"] == ("A12****789", "A80****014")
    assert changed["sealed_number"] == ("", "")
    assert entry.by == "教學組長"
    number = Event.objects.get().number
    shown = auditor.get(f"/trail/{number}/").content.decode()
    assert "王小名" in shown
    assert person.sealed_number not in shown


def test_two_actions_in_one_transaction_are_told_apart(house, office) -> None:
    person = making.person("甲", employer=house)
    for name in ("乙", "丙"):
        persons.correct(acting(office), person, told=TOLD | {"name": name}, number="", because="x")
    changes = [[(c.before.zh, c.after.zh) for c in entry.changes] for entry in history_of(person)]
    assert changes == [[("乙", "丙")], [("甲", "乙")]]


def test_an_auditor_sees_what_their_house_did_and_no_other(house, office, auditor) -> None:
    corrected(house, office)
    number = Event.objects.get().number
    other = making.officer(making.society("別會"), Post.AUDITOR, "o@example.org")
    assert "更正個人資料" in auditor.get("/trail/").content.decode()
    assert logged_in(other).get(f"/trail/{number}/").status_code == 404
    assert "教學組長" not in logged_in(other).get("/trail/").content.decode()
    assert logged_in(office).get("/trail/").status_code == 403
    for query, there in (
        ("action=people.correct", True), ("action=other", False), ("actor=教學", True),
        ("actor=別人", False), ("thing=people.person", True), ("first=2026-06-30", True),
        ("first=2026-07-01", False), ("last=2026-06-30", True), ("last=2026-06-29", False),
        ("first=nonsense", True), ("before=1", False), (f"before={number + 1}", True),
    ):  # fmt: skip
        shown = auditor.get(f"/trail/?{query}").content.decode()
        assert (f'href="/trail/{number}/"' in shown) is there, query


def test_the_trail_costs_the_same_for_many(
    house, office, auditor, django_assert_max_num_queries
) -> None:
    person = making.person("甲", employer=house, number="A123456789")
    for _ in range(3):
        number_of(acting(office), person, because="x")
    auditor.get("/trail/")
    with django_assert_max_num_queries(14) as few:
        auditor.get("/trail/")
    for _ in range(60):
        number_of(acting(office), person, because="x")
    with django_assert_max_num_queries(len(few.captured_queries)):
        shown = auditor.get("/trail/").content.decode()
    assert "before=14" in shown  # 63 events, 50 on a page: the next begins before number 14


# The chain, some events at a time


def written(number: int) -> None:
    house = making.society("學會")
    for _ in range(number):
        with transaction.atomic():
            chain.append(action="tests.x", via="task", thing=f"people.organisation:{house.pk}")


def tamper(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER USER")
        cursor.execute(sql)
        cursor.execute("ALTER TABLE audit_event ENABLE TRIGGER USER")


def test_a_long_chain_is_read_some_events_at_a_time() -> None:
    written(7)
    looks = [chain.verify_further(most=3) for _ in range(4)]
    assert [(look.after, look.upto) for look in looks] == [(0, 3), (3, 6), (6, 7), (7, 7)]
    assert not any(look.faults for look in looks)
    written_more = chain.verify_further(anew=True, most=100)
    assert (written_more.after, written_more.upto) == (0, 7)


@pytest.mark.parametrize(
    ("behind", "found"),
    [
        ("UPDATE audit_event SET data = '{\"x\": 1}' WHERE number = 5", [5]),
        ("DELETE FROM audit_event WHERE number = 5", [6]),
        ("UPDATE audit_event SET data = '{\"x\": 1}' WHERE number = 3", [3]),
        ("DELETE FROM audit_event WHERE number = 3", [3]),
    ],
)
def test_what_was_changed_is_found_also_at_the_seam(behind: str, found: list[int]) -> None:
    written(6)
    chain.verify_further(most=3)
    tamper(behind)
    assert [fault["number"] for fault in chain.verify_further().faults] == found


def test_the_button_of_the_page(house, auditor) -> None:
    written(3)
    assert auditor.get("/trail/verify").status_code == 405
    assert auditor.post("/trail/verify").status_code == 302
    assert "第 1 至 3 號" in auditor.get("/trail/").content.decode()
    tamper("UPDATE audit_event SET data = '{\"x\": 1}' WHERE number = 2")
    auditor.post("/trail/verify", {"anew": "1"})
    assert "內容與封印不符" in auditor.get("/trail/").content.decode()
    assert Verification.objects.count() == 2


# The right to be forgotten


def with_a_certificate(person: Person, last: datetime.date | None) -> Certificate:
    record = making.fact(person, "publication", {"publication_date": "2025-01-01"})
    return Certificate.objects.create(
        number="C1", token="t", person=person, issuer=making.society("學會"), regulation="r",
        procedure="p", kind="k", record=record, name=person.name, issued=DAY, first=DAY,
        last=last, decision={},
    )  # fmt: skip


def case(person: Person, *, final: bool) -> Application:
    now = clock.now()
    made = Application.objects.create(
        number=f"A{final}", regulation="r", procedure="p", person=person, state="s", final=final,
        turn_since=DAY, opened=now, saved=now, file={"name": "王小明"},
    )  # fmt: skip
    Snapshot.objects.create(application=made, taken=now, day=DAY, fingerprint="f",
                            dossier={"subject": {"name": "王小明"}, "facts": []})  # fmt: skip
    return made


def everything_said_of(person: Person) -> str:
    """All rows of versions and events that speak of somebody."""
    said = [str(vars(version)) for version in version_table(Person).objects.all()]
    said += [str(vars(version)) for version in version_table(Record).objects.all()]
    said += [str(event.personal) for event in Event.objects.filter(person=person.pk)]
    return "".join(said)


def test_a_person_is_forgotten_and_the_chain_still_verifies(house, office) -> None:
    person = making.person("王小名", employer=house, number="A123456789", email="w@example.org")
    persons.correct(acting(office), person, told=TOLD, number="", because="戶籍")
    making.fact(person, "publication", {"title": "王小明的論文"})
    file = EvidenceFile.objects.create(
        person=person, file=ContentFile(b"x", "x.pdf"), name="x.pdf", content_type="x", size=1,
        sha256="0", uploaded=clock.now(),
    )  # fmt: skip
    closed = case(person, final=True)
    account = person.account
    logged_in(account).post(f"/people/{person.pk}/forget", {"sure": "on"})
    person.refresh_from_db()
    account.refresh_from_db()
    assert "王" not in person.name
    assert (person.number_index, person.sealed_number, person.account) == (None, "", None)
    assert (account.is_active, account.emailaddress_set.count()) == (False, 0)
    assert "w@example.org" not in account.email
    assert not Record.objects.exists()
    assert not EvidenceFile.objects.filter(pk=file.pk).exists()
    assert "王小" not in everything_said_of(person)
    closed.refresh_from_db()
    assert closed.file == {}
    assert "王小明" not in str(closed.snapshots.get().dossier)
    assert chain.verify() == (Event.objects.count(), [])
    with pytest.raises(OutOfDate):
        forget(acting(making.officer(house, Post.ADMINISTRATOR, "a@example.org")), person)


def test_shredded_events_are_marked_on_the_page(house, office, auditor) -> None:
    person = corrected(house, office)
    number = Event.objects.get().number
    assert "個人部分已刪除" not in auditor.get("/trail/").content.decode()
    forget(acting(making.officer(house, Post.ADMINISTRATOR, "a@example.org")), person)
    for page in ("/trail/", f"/trail/{number}/"):
        shown = auditor.get(page).content.decode()
        assert "個人部分已刪除" in shown
        assert "王小" not in shown


def test_the_command_tells_a_broken_chain_by_its_exit_code() -> None:
    written(3)
    runner = CliRunner()
    whole = runner.invoke(platform_commands, ["verify-trail"])
    assert (whole.exit_code, "3 events, 0 broken" in whole.output) == (0, True)
    tamper("DELETE FROM audit_event WHERE number = 2")
    broken = runner.invoke(platform_commands, ["verify-trail"])
    assert (broken.exit_code, "1 broken" in broken.output) == (1, True)


def test_what_a_certificate_that_holds_needs_stays(house) -> None:
    person = making.person("王小明", employer=house, number="A123456789", email="w@example.org")
    certificate = with_a_certificate(person, None)
    making.fact(person, "publication", {"title": "其他"})
    seen = preview(person)
    assert seen.name_stays
    forget(Actor(person.account), person)
    person.refresh_from_db()
    assert (person.name, person.number_shown, person.forgotten) == ("王小明", "A12****789", None)
    assert list(Record.objects.all()) == [certificate.record]
    assert person.account.is_active


def test_after_a_certificate_has_ended_only_its_own_words_stay(house) -> None:
    person = making.person("王小明", employer=house, number="A123456789")
    certificate = with_a_certificate(person, DAY - datetime.timedelta(days=1))
    admin = making.officer(house, Post.ADMINISTRATOR, "a@example.org")
    forget(acting(admin), person, because="本人來函")
    person.refresh_from_db()
    certificate.refresh_from_db()
    assert "王" not in person.name
    assert certificate.name == "王小明"
    assert certificate.record.person == person


def test_an_open_case_keeps_its_facts(house) -> None:
    person = making.person("王小明", employer=house, email="w@example.org")
    fact, opened = making.fact(person, "publication", {"title": "x"}), case(person, final=False)
    forget(Actor(person.account), person)
    opened.refresh_from_db()
    assert opened.file == {"name": "王小明"}
    assert list(Record.objects.all()) == [fact]


def test_an_account_that_holds_a_post_stays(house) -> None:
    person = making.person("王小明", employer=house, email="w@example.org")
    Membership.objects.create(organisation=house, account=person.account, role=Post.AUDITOR,
                              first=DAY)  # fmt: skip
    forget(Actor(person.account), person)
    person.refresh_from_db()
    assert "王" not in person.name
    assert Account.objects.get(email="w@example.org").is_active


def test_who_may_not_ask_for_it(house, office) -> None:
    person = making.person("王小明", employer=house)
    other = making.officer(making.society("別會"), Post.ADMINISTRATOR, "o@example.org")
    for account in (office, other):
        with pytest.raises(NotAllowed):
            forget(acting(account), person)
        assert logged_in(account).get(f"/people/{person.pk}/forget").status_code == 403


def test_the_preview_changes_nothing(house) -> None:
    person = making.person("王小明", employer=house, email="w@example.org", number="A123456789")
    making.fact(person, "publication", {"title": "x"})
    client = logged_in(person.account)
    assert client.get(f"/people/{person.pk}/forget").status_code == 200
    assert client.post(f"/people/{person.pk}/forget", {}).status_code == 422
    assert (Record.objects.count(), Person.objects.get().name) == (1, "王小明")


def test_every_table_about_a_person_is_told_of() -> None:
    """A table with a person in it says in ``about_people`` what becomes of it."""
    told = {table for part in PARTS for table in part.tables}
    tables = {
        model._meta.label_lower
        for model in apps.get_models()
        if not model._meta.label_lower.endswith("event")
        and any(field.related_model is Person for field in model._meta.fields)
    }
    assert tables - told == set()


def test_a_history_stands_on_the_page_of_a_thing(house, office) -> None:
    person = corrected(house, office)
    shown = logged_in(office).get(f"/people/{person.pk}/").content.decode()
    assert "更正個人資料" in shown
    admin = making.officer(house, Post.ADMINISTRATOR, "a@example.org")
    post = Membership.objects.get(person=person)
    posts.end_post(acting(admin), post, last=DAY, because="離職")
    assert "離職" in logged_in(admin).get(f"/organisation/members/{post.pk}/").content.decode()
