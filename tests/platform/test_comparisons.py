"""Two readings, or another number, over everybody: asked, worked out in the background, kept."""

import datetime
import subprocess
import sys
import textwrap
from contextlib import suppress
from typing import Any

import pytest
from acting import DAY, acting, logged_in
from concurrently import another_process, at_once
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued
from ruling import KEY, OTHER, mandate, radiographer

from tiaoli.platform import clock
from tiaoli.platform.applications.models import Application
from tiaoli.platform.audit.actions import NotAllowed
from tiaoli.platform.audit.models import Event
from tiaoli.platform.people.models import Account, Organisation, Person, Post
from tiaoli.platform.portfolio import comparisons
from tiaoli.platform.portfolio.comparing import Side, compared, members, told
from tiaoli.platform.portfolio.comparisons import Asked
from tiaoli.platform.portfolio.concern import kinds_of
from tiaoli.platform.portfolio.dossiers import dossier_of
from tiaoli.platform.portfolio.models import Comparison, Record
from tiaoli.platform.portfolio.tasks import ask_for_comparison
from tiaoli.platform.portfolio.tasks import compare as work_out
from tiaoli.platform.world import making
from tiaoli.population import compare, evaluate, from_dossiers
from tiaoli.regulations import catalogue
from tiaoli.rules.reads import kinds_read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]
AT = "/rules/rt-ladder/compare"
ASKED = {"question": "RT3", "reading": f"{KEY}={OTHER}", "do": "compare"}
LADDER = catalogue.find("rt-ladder")
KINDS = {"among": kinds_of(LADDER), "read": kinds_read(LADDER.question("RT3"))}


@pytest.fixture
def society() -> Organisation:
    return making.society("放射學會", "rt-ladder", english="Society of Radiography")


@pytest.fixture
def rule_maker(society: Organisation) -> Account:
    return making.officer(society, Post.RULE_MAKER, "rules@example.org", "李法規")


def asked(day: datetime.date = DAY) -> Asked:
    return Asked("RT3", day, (Side({}, {}), Side({KEY: OTHER}, {})), **KINDS)


def result(rule_maker: Account, told: dict[str, str] | None = None) -> str:
    """The page of a comparison that was asked for and worked out."""
    client = logged_in(rule_maker)
    sent = client.post(AT, {**ASKED, **(told or {})})
    assert sent.status_code == 302
    work_out(Comparison.objects.latest("pk").pk)
    return client.get(sent.headers["Location"]).content.decode()


def jobs() -> list[ProcrastinateJob]:
    """Of the comparisons there are: those of tests before this one stay in the queue."""
    there = Comparison.objects.values_list("pk", flat=True)
    found = ProcrastinateJob.objects.filter(task_name="portfolio.compare")
    return list(found.filter(args__comparison__in=list(there)))


# What comes of it


def test_a_comparison_is_that_of_the_library() -> None:
    people = [radiographer(f"p{n}") for n in range(3)]
    people.append(radiographer("q", "publication"))
    making.person("沒有紀錄")
    changes = {"RTL-5.RT3.ADMIN.a.hours": "400"}
    facts = from_dossiers([dossier_of(person) for person in people])
    for other in (Side({KEY: OTHER}, {}), Side({}, changes)):
        found = compared(LADDER, "RT3", DAY, (Side({}, {}), other), **KINDS)
        before = evaluate(LADDER, "RT3", facts, on=DAY)
        after = evaluate(
            LADDER, "RT3", facts, on=DAY, readings=other.readings, changes=other.changes
        )
        assert found.found == compare(before.plan, before.table, after.table)
        assert found.before.table.equals(before.table)
        assert found.after.table.equals(after.table)


def test_members_are_those_with_records_that_the_regulation_asks_of() -> None:
    one = making.person("甲")
    making.fact(one, "level_award", {"level": "RT1"})
    making.person("乙")
    assert list(members(kinds_of(LADDER))) == [one]


def apply_to(society: Organisation, person: Person, *, handed_in: bool = True) -> None:
    Application.objects.create(
        number=f"A{person.pk}", regulation="rt-ladder", procedure="in-house", person=person,
        office=society, state="draft", turn_since=DAY, opened=clock.now(), saved=clock.now(),
        submitted=clock.now() if handed_in else None,
    )  # fmt: skip


def test_names_are_shown_of_ones_own_people_only(
    society: Organisation, rule_maker: Account
) -> None:
    mine, other = radiographer("我會的人"), radiographer("外面的人")
    apply_to(society, mine)
    drafting = radiographer("還在寫的人")
    apply_to(society, drafting, handed_in=False)
    apply_to(making.society("別會", "ir-instructor"), other)
    html = result(rule_maker)
    assert "3 人中，0 人不變；得 0 人，失 3 人" in html
    assert "我會的人" in html
    assert "外面的人" not in html
    assert "還在寫的人" not in html


def test_whoever_was_forgotten_since_is_named_no_more(
    society: Organisation, rule_maker: Account
) -> None:
    mine = radiographer("我會的人")
    apply_to(society, mine)
    assert "我會的人" in result(rule_maker)
    assert "我會的人" not in str(Comparison.objects.get().found)
    Person.objects.filter(pk=mine.pk).update(forgotten=clock.now())
    page = logged_in(rule_maker).get(f"{AT}/{Comparison.objects.get().pk}/").content.decode()
    assert "我會的人" not in page


def test_no_more_than_twenty_are_named(society: Organisation) -> None:
    for number in range(22):
        apply_to(society, radiographer(f"p{number:02}"))
    found = compared(LADDER, "RT3", DAY, (Side({}, {}), Side({KEY: OTHER}, {})), **KINDS)
    (turn,) = told(found, society)["turns"]
    assert (turn["subjects"], turn["own"], len(turn["named"])) == (22, 22, 20)


def test_the_picture_stands_beside_its_table(rule_maker: Account) -> None:
    radiographer("wang")
    html = result(rule_maker)
    assert html.count("data:image/svg+xml;base64,") == 2
    assert "全部符合" in html
    assert "RTL-4A.RT1.ORAL" in html


def test_nobody_at_all(rule_maker: Account) -> None:
    assert "0 人中，0 人不變" in result(rule_maker)


# Asked, on its way, kept


def test_it_says_what_is_compared_since_when_and_by_whom(rule_maker: Account) -> None:
    radiographer("wang")
    client = logged_in(rule_maker)
    assert "試算過的會留在這裡" in client.get(AT).content.decode()
    address = client.post(AT, ASKED).headers["Location"]
    waiting = client.get(address).content.decode()
    for words in ("已排入，自", 'hx-trigger="every 3s"', KEY, "李法規", "2026-06-30"):
        assert words in waiting
    one = Comparison.objects.get()
    Comparison.objects.update(begun=clock.now())
    assert "計算中，自" in client.get(address).content.decode()
    assert Event.objects.filter(action="portfolio.compare").count() == 1
    work_out(one.pk)
    there = client.get(address).content.decode()
    for words in ("1 人中", "算好於", KEY, "李法規"):
        assert words in there
    assert "hx-trigger" not in there
    assert "已完成" in client.get(AT).content.decode()


def test_asked_twice_is_one_and_asked_again_later_is_another(rule_maker: Account) -> None:
    client = logged_in(rule_maker)
    assert len({client.post(AT, ASKED).headers["Location"] for _ in range(3)}) == 1
    (job,) = jobs()
    assert job.args == {"comparison": Comparison.objects.get().pk}
    work_out(job.args["comparison"])
    client.post(AT, ASKED)
    assert Comparison.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_there_is_one(rule_maker: Account) -> None:
    by, held = acting(rule_maker), mandate()
    one, other = at_once(*[lambda: ask_for_comparison(by, held, asked()).pk] * 2)
    assert one == other
    assert len(jobs()) == 1


def test_a_number_that_is_changed(rule_maker: Account) -> None:
    radiographer("wang")
    number = "RTL-5.RT3.ADMIN.a.hours"
    html = result(rule_maker, {"reading": "", "parameter": number, "value": "400"})
    assert number in html
    assert "選用這個讀法" not in html


def test_the_question_can_be_changed_without_asking(rule_maker: Account) -> None:
    sent = logged_in(rule_maker).post(AT, {"question": "RT2", "on": "2026-07-01", "value": "甲"})
    assert sent.status_code == 302
    shown = logged_in(rule_maker).get(sent.headers["Location"]).content.decode()
    assert 'value="RT2" selected' in shown
    assert 'value="2026-07-01"' in shown
    assert not Comparison.objects.exists()


@pytest.mark.parametrize(
    "typed",
    [
        {"reading": "no.such.key=yes"},
        {"reading": f"{KEY}=no_such"},
        {"reading": ""},
        {"reading": "", "parameter": "no.such", "value": "3"},
        {"reading": "", "parameter": "RTL-5.RT3.ADMIN.a.hours", "value": "many"},
    ],
)
def test_what_cannot_be_compared_is_told_at_once(
    rule_maker: Account, typed: dict[str, str]
) -> None:
    answer = logged_in(rule_maker).post(AT, {**ASKED, **typed})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'role="alert"' in html
    assert all(f'value="{value}"' in html for name, value in typed.items() if name == "value")
    assert not Comparison.objects.exists()


def test_a_day_that_cannot_be_read_stands_beside_its_field(rule_maker: Account) -> None:
    answer = logged_in(rule_maker).post(AT, {**ASKED, "on": "25/1/1"})
    assert answer.status_code == 422
    assert 'id="w-on"' in answer.content.decode()


# Failing


def test_a_record_that_cannot_be_read_is_told_in_words(rule_maker: Account) -> None:
    radiographer("wang")
    Record.objects.filter(kind="licence").update(values={"issue_date": "nonsense"})
    html = result(rule_maker)
    assert "沒有算成" in html
    assert "nonsense" in html
    logged_in(rule_maker).post(AT, ASKED)  # and can be asked for again
    assert Comparison.objects.count() == 2


def test_what_breaks_is_told_and_raised(rule_maker: Account, monkeypatch: Any) -> None:
    def breaks(*_: Any, **__: Any) -> None:
        raise RuntimeError("a secret of the machine")

    monkeypatch.setattr(comparisons, "compared", breaks)
    client = logged_in(rule_maker)
    address = client.post(AT, ASKED).headers["Location"]
    with pytest.raises(RuntimeError):
        work_out(Comparison.objects.get().pk)
    html = client.get(address).content.decode()
    assert "計算中斷了" in html
    assert "secret" not in html


def test_a_result_is_written_once(rule_maker: Account) -> None:
    radiographer("wang")
    made = ask_for_comparison(acting(rule_maker), mandate(), asked())
    work_out(made.pk)
    first = Comparison.objects.get()
    radiographer("later")
    work_out(made.pk)
    assert Comparison.objects.get().found == first.found


_DIES = """
    import os, sys
    import django
    django.setup()
    from tiaoli.platform.portfolio import comparing, comparisons
    from procrastinate.contrib.django import app

    def dies(*_, **__):
        os._exit(9)
    comparing.evaluate = dies
    with app.replace_connector(app.connector.get_worker_connector()) as there:
        there.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)
"""


def work_off() -> None:
    """A worker that ends when nothing is left to do."""
    with app.replace_connector(app.connector.get_worker_connector()) as there:
        there.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)


@pytest.mark.django_db(transaction=True)
def test_what_a_killed_worker_was_at_is_done_by_another(rule_maker: Account) -> None:
    radiographer("wang")
    made = ask_for_comparison(acting(rule_maker), mandate(), asked())
    died = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", textwrap.dedent(_DIES)],
        env={**another_process(), "TIAOLI_TODAY": DAY.isoformat()},
        check=False,
    )
    assert died.returncode == 9
    (job,) = jobs()
    left = Comparison.objects.get()
    assert (job.status, left.state, left.begun is None) == ("doing", "asked", False)
    assert ask_for_comparison(acting(rule_maker), mandate(), asked()).pk == made.pk
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '10 minutes'"
        )
    with suppress(AlreadyEnqueued):  # the worker that died may have put it there
        app.tasks["reminders.take_over"].defer(timestamp=0)
    work_off()
    work_off()  # what was taken over may have been put back after the first had looked
    assert sorted(job.status for job in jobs()) == ["aborted", "succeeded"]
    assert Comparison.objects.get().found["subjects"] == 1


# Whose it is


@pytest.mark.parametrize("post", [Post.SECRETARIAT, Post.CHAIR, Post.ADMINISTRATOR])
def test_another_post_is_refused(society: Organisation, rule_maker: Account, post: Post) -> None:
    made = ask_for_comparison(acting(rule_maker), mandate(), asked())
    other = making.officer(society, post, "other@example.org")
    with pytest.raises(NotAllowed):
        ask_for_comparison(acting(other), mandate(), asked())
    assert logged_in(other).get(f"{AT}/{made.pk}/").status_code == 403
    assert logged_in(other).post(AT, ASKED).status_code == 403


def test_the_comparisons_of_another_regulation_are_not_shown_here(
    society: Organisation, rule_maker: Account
) -> None:
    made = ask_for_comparison(acting(rule_maker), mandate(), asked())
    Comparison.objects.update(regulation="ir-instructor")
    assert logged_in(rule_maker).get(f"{AT}/{made.pk}/").status_code == 404
    assert Client().get(f"{AT}/{made.pk}/").status_code == 302


def test_more_people_and_more_comparisons_take_no_more_queries(rule_maker: Account) -> None:
    client, counts = logged_in(rule_maker), []
    for number in range(12):
        radiographer(f"p{number}")
        address = client.post(AT, ASKED).headers["Location"]
        with CaptureQueriesContext(connection) as worked:
            work_out(Comparison.objects.latest("pk").pk)
        with CaptureQueriesContext(connection) as shown:
            client.get(address)
        with CaptureQueriesContext(connection) as listed:
            client.get(AT)
        counts.append((len(worked), len(shown), len(listed)))
    assert counts[1] == counts[-1]
