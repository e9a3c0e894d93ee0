"""Roster, outlook, flow, and their files to keep."""

import datetime
import io

import pytest
from acting import DAY, logged_in
from filing import exemplary
from openpyxl import load_workbook
from procrastinate.contrib.django.models import ProcrastinateJob

from tiaoli.platform import clock
from tiaoli.platform.applications.models import Application, StepTaken
from tiaoli.platform.audit.models import Event
from tiaoli.platform.certificates.models import Certificate
from tiaoli.platform.people.models import Coming, Membership, Outlook, Person, Post
from tiaoli.platform.portfolio import outlook
from tiaoli.platform.portfolio.columns import facts_of
from tiaoli.platform.portfolio.models import Record
from tiaoli.platform.portfolio.tasks import look_ahead
from tiaoli.platform.web.staff import flow
from tiaoli.platform.world import making

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]


@pytest.fixture
def office(house):
    return logged_in(making.officer(house, Post.EDUCATION_OFFICE, "edu@example.org"))


def certificate(person: Person, issuer, last: datetime.date | None, number: str) -> Certificate:
    record = making.fact(person, "publication", {"publication_date": "2025-01-01"})
    return Certificate.objects.create(
        number=number, token=number, person=person, issuer=issuer, regulation="rt-ladder",
        procedure="p", kind="k", record=record, name=person.name, issued=DAY, first=DAY, last=last,
        decision={},
    )  # fmt: skip


def test_the_roster_is_of_those_who_serve_here_today(house, office) -> None:
    making.person("在職者", employer=house, unit="放射科", number="A123456789")
    making.person("別院者", employer=making.hospital("清溪", "district"))
    left = making.person("離職者", employer=house)
    Membership.objects.filter(person=left).update(last=DAY - datetime.timedelta(days=1))
    shown = office.get("/staff/roster/").content.decode()
    assert "在職者" in shown
    assert "A12****789" in shown
    assert "A123456789" not in shown
    assert "別院者" not in shown
    assert "離職者" not in shown
    assert "在職者" in office.get("/staff/roster/?q=A123456789").content.decode()
    assert "在職者" not in office.get("/staff/roster/?unit=核醫科").content.decode()


def test_a_department_head_sees_the_own_unit(house) -> None:
    making.person("甲一", employer=house, unit="放射科")
    making.person("乙一", employer=house, unit="核醫科")
    head = making.officer(house, Post.DEPARTMENT_HEAD, "head@example.org")
    Membership.objects.filter(account=head).update(unit="放射科")
    shown = logged_in(head).get("/staff/roster/").content.decode()
    assert "甲一" in shown
    assert "乙一" not in shown
    own, other = (Person.objects.get(name=name) for name in ("甲一", "乙一"))
    assert logged_in(head).get(f"/people/{own.pk}/").status_code == 200
    assert logged_in(head).get(f"/people/{other.pk}/").status_code == 403
    assert "乙一" not in logged_in(head).get("/staff/roster.csv").content.decode()
    assert logged_in(head).post("/staff/numbers.csv", {"because": "x"}).status_code == 403


def test_how_many_of_each_unit_hold_what(house, office) -> None:
    assert "還沒有人登錄證照或資格" in office.get("/staff/units/").content.decode()
    for number, unit in enumerate(("放射科", "放射科", "核醫科")):
        person = making.person(f"人{number}", employer=house, unit=unit)
        for level in ("RT1", "RT2"):  # who holds two of a kind is counted once
            making.fact(person, "level_award", {"level": level})
    told = office.get("/staff/units/").context["held"]
    assert [(one.unit, one.number) for one in told] == [("放射科", 2), ("核醫科", 1)]
    head = making.officer(house, Post.DEPARTMENT_HEAD, "head@example.org")
    Membership.objects.filter(account=head).update(unit="核醫科")
    told = logged_in(head).get("/staff/units/").context["held"]
    assert [(one.unit, one.number) for one in told] == [("核醫科", 1)]


def test_a_society_sees_whom_it_has_to_do_with() -> None:
    society = making.society("學會", "rt-ladder")
    certificate(making.person("持證者"), society, None, "C1")
    making.person("無關者")
    secretary = logged_in(making.officer(society, Post.SECRETARIAT, "s@example.org"))
    shown = secretary.get("/staff/roster/").content.decode()
    assert "持證者" in shown
    assert "無關者" not in shown


def test_the_roster_costs_the_same_for_many(house, office, django_assert_max_num_queries) -> None:
    for number in range(3):
        making.fact(making.person(f"人{number}", employer=house), "level_award",
                    {"level": "RT1"})  # fmt: skip
    office.get("/staff/roster/")
    with django_assert_max_num_queries(20) as few:
        office.get("/staff/roster/")
    for number in range(60):
        making.fact(making.person(f"多{number}", employer=house), "level_award",
                    {"level": "RT1"})  # fmt: skip
    with django_assert_max_num_queries(len(few.captured_queries)):
        office.get("/staff/roster/")


def test_files_to_keep(house, office) -> None:
    making.person("王小明", employer=house, number="A123456789", unit="=1+1")
    written = office.get("/staff/roster.csv")
    assert written.content.startswith(b"\xef\xbb\xbf")
    assert "'=1+1" in written.content.decode("utf-8-sig")
    assert "A123456789" not in written.content.decode()
    book = load_workbook(io.BytesIO(office.get("/staff/roster.xlsx").content))
    head, row = book.active.iter_rows()
    assert [cell.value for cell in row][:4] == ["王小明", None, "A12****789", "=1+1"]
    assert {cell.data_type for cell in row if cell.value} == {"s"}
    assert len(head) == len(row)
    for table in ("units", "coming", "expiring", "queues", "stays"):
        assert office.get(f"/staff/{table}.csv").status_code == 200
    assert office.get("/staff/other.csv").status_code == 404
    assert office.get("/staff/roster.exe").status_code == 404


def test_whole_numbers_leave_with_a_reason_and_are_in_the_trail(house, office) -> None:
    person = making.person("王小明", employer=house, number="A123456789")
    assert office.post("/staff/numbers.csv", {"because": ""}).status_code == 422
    assert not Event.objects.exists()
    written = office.post("/staff/numbers.csv", {"because": "報備支援"})
    assert "A123456789" in written.content.decode()
    event = Event.objects.get()
    assert (event.action, event.person, event.data["because"]) == (
        "people.read_number", person.pk, "報備支援",
    )  # fmt: skip


def test_certificates_about_to_end(house, office) -> None:
    society, person = making.society("學會"), making.person("王小明", employer=house)
    for days in (0, 90, 91, 180, 181):
        certificate(person, society, DAY + datetime.timedelta(days=days), f"C{days}")
    certificate(person, society, DAY - datetime.timedelta(days=1), "past")
    certificate(person, society, None, "for-good")
    near = office.get("/staff/expiring.csv?within=90").content.decode()
    far = office.get("/staff/expiring.csv?within=180").content.decode()
    numbers = ("C0", "C90", "C91", "C180", "C181", "past", "for-good")
    assert [n in near.replace(",", " ").split() for n in numbers] == [1, 1, 0, 0, 0, 0, 0]
    assert [n in far.replace(",", " ").split() for n in numbers] == [1, 1, 1, 1, 0, 0, 0]


def waiting_jobs() -> list:
    return list(ProcrastinateJob.objects.filter(task_name="portfolio.look_ahead"))


def test_the_outlook_is_made_in_the_background_once(house, office) -> None:
    assert "還沒有計算過" in office.get("/staff/outlook/").content.decode()
    for _ in range(2):
        assert office.post("/staff/outlook/make").status_code == 302
    (job,) = waiting_jobs()
    assert job.args == {"organisation": house.pk}
    assert "計算中" in office.get("/staff/outlook/").content.decode()


def test_the_outlook_says_who_qualifies_and_of_which_day_it_is(house, office) -> None:
    exemplary("wang-rt3", employer=house)
    before = DAY - datetime.timedelta(days=300)
    with clock.standing_at(before):
        look_ahead(house.pk)
    made = Outlook.objects.get()
    assert (made.people, made.day) == (1, before)
    assert "不是今天的結果" in office.get("/staff/outlook/").content.decode()
    look_ahead(house.pk)
    made = Outlook.objects.get()
    reach = {(c["regulation"], c["question"]): c["reach"] for c in made.counts}
    assert reach["rt-ladder", "RT3"] == 1
    shown = office.get("/staff/outlook/").content.decode()
    assert "不是今天的結果" not in shown
    assert "計算中" not in shown


def test_the_outlook_costs_the_same_for_many(house, office, django_assert_max_num_queries) -> None:
    kept = Outlook.objects.create(organisation=house, asked=clock.now(), made=clock.now(), day=DAY)
    society = making.society("學會")

    def more(first: int, last: int) -> None:
        for number in range(first, last):
            person = making.person(f"人{number}", employer=house)
            Coming.objects.create(outlook=kept, person=person, regulation="rt-ladder",
                                  question="RT3", sort=Coming.Sort.BECOMES, within=90)  # fmt: skip
            certificate(person, society, DAY, f"C{number}")

    more(0, 3)
    office.get("/staff/outlook/")
    with django_assert_max_num_queries(16) as few:
        office.get("/staff/outlook/")
    more(3, 63)
    with django_assert_max_num_queries(len(few.captured_queries)):
        shown = office.get("/staff/outlook/").content.decode()
    assert "共 63 筆" in shown


def test_a_fact_that_cannot_be_read_is_told_and_the_last_outlook_stays(house, office) -> None:
    person = exemplary("wang-rt3", employer=house)
    look_ahead(house.pk)
    counts = Outlook.objects.get().counts
    Record.objects.filter(person=person, kind="licence").update(values={"issue_date": "nonsense"})
    look_ahead(house.pk)
    made = Outlook.objects.get()
    assert (bool(made.problem), made.counts) == (True, counts)
    assert "無法讀取" in office.get("/staff/outlook/").content.decode()


def test_the_outlook_agrees_with_asking_again_on_that_day(house) -> None:
    """Somebody found to qualify within so many days does on the last of them, or on their day."""
    exemplary("wang-rt3", employer=house)
    persons = Person.objects.all()
    seen = set()
    for back in range(0, 2400, 200):
        day = DAY - datetime.timedelta(days=back)
        for found in outlook.look_ahead(facts_of(persons), ["rt-ladder"], day):
            now = outlook_reach(persons, found.question, day)
            assert found.reach == now
            for _, sort, within, first in found.coming:
                then = first or day + datetime.timedelta(days=within)
                reaches = outlook_reach(persons, found.question, then)
                assert reaches == (sort is Coming.Sort.BECOMES) != bool(now)
                seen.add(sort)
    assert Coming.Sort.BECOMES in seen


def outlook_reach(persons, question: str, day: datetime.date) -> int:
    found = outlook.look_ahead(facts_of(persons), ["rt-ladder"], day)
    return next(one.reach for one in found if one.question == question)


def test_questions_of_other_subjects_are_not_asked() -> None:
    asked = outlook.asked_of_people(["publication"], ["rt-ladder", "nm-program"])
    assert {regulation.id for regulation, _ in asked} == {"rt-ladder"}


def application(house, number: str, **named) -> Application:
    now = clock.now() - datetime.timedelta(days=10)
    return Application.objects.create(
        number=number, regulation="rt-ladder", procedure=named.pop("procedure", "other"),
        person=making.person(number), office=house, state=named.pop("state", "review"),
        turn_since=DAY, opened=now, saved=now, **named,
    )  # fmt: skip


def test_queues_and_stays(house) -> None:
    society = making.society("學會", "rt-ladder")
    one = application(society, "A1", due=DAY - datetime.timedelta(days=1))
    application(society, "A2")
    application(society, "A3", final=True)
    for days, source, target in ((6, "draft", "review"), (2, "review", "draft")):
        at = clock.now() - datetime.timedelta(days=days)
        StepTaken.objects.create(application=one, step="s", source=source, target=target, at=at,
                                 day=at.date(), by_name="x")  # fmt: skip
    (queue,) = flow.queues(society)
    assert (queue.number, queue.late) == (2, 1)
    stays = {stay.state.en: (stay.number, stay.middle) for stay in flow.stays(society)}
    assert stays == {"draft": (1, 4), "review": (1, 4)}
    assert flow.queues(making.society("別的學會")) == []
    secretary = logged_in(making.officer(society, Post.SECRETARIAT, "s@example.org"))
    assert "review" in secretary.get("/staff/queues/").content.decode()
