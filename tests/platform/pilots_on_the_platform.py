"""
A regulation that lives elsewhere, on the pages of the platform, from its own words to a badge that
anybody verifies. ``test_regulation_elsewhere`` runs this file in a process in which
``tests/outside`` is installed; nowhere else is there such a regulation.
"""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from acting import logged_in
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, TestCase
from filing import House, sitting, text

from tiaoli.platform import clock
from tiaoli.platform.applications.models import Application, LeftRecord
from tiaoli.platform.audit import chain
from tiaoli.platform.audit.models import Event
from tiaoli.platform.certificates.models import Certificate
from tiaoli.platform.fees.models import Notice
from tiaoli.platform.people.models import Account, Interpretation, Person, Post
from tiaoli.platform.portfolio import outlook
from tiaoli.platform.portfolio.models import Comparison
from tiaoli.platform.portfolio.tasks import compare as work_out
from tiaoli.platform.reminders import nightly
from tiaoli.platform.reminders import outlook as ahead
from tiaoli.platform.world import making
from tiaoli.regulations import catalogue
from tiaoli.regulations.cases import cases

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 6, 30)
TRIPS = ("2025-02-01", "2025-09-01", "2026-03-01")
POINT = "第三頁的日期看不清楚。"
RULES = "/rules/harbour-pilots"


@pytest.fixture(autouse=True)
def _on_the_day() -> Iterator[None]:
    with clock.standing_at(DAY):
        yield


@pytest.fixture
def guild() -> House:
    return House("harbour-pilots")


@pytest.fixture
def pilot(guild: House) -> Person:
    return guild.person("林領航")


def officer(guild: House, post: Post) -> Account:
    return making.officer(guild.society, post, f"{post}@pilots.org", post.label.zh)


def enters(client: Client, *days: str, harbour: str = "north") -> None:
    """Pilotages, by the form that is made of their kind."""
    for day in days:
        told = {"date": day, "harbour": harbour, "tonnage": "900", "entry": f"{harbour} {day}"}
        assert client.post("/portfolio/add/pilotage/", told).status_code == 302


def drafts(client: Client, harbour: str = "north") -> Application:
    client.post("/applications/new/harbour-pilots/badge/")
    application = Application.objects.latest("pk")
    told = {"shown": "harbour", "harbour": harbour, "version": application.version}
    client.post(f"/applications/{application.number}/save", told)
    client.post(
        f"/applications/{application.number}/documents",
        {"option": "logbook", "note": "掛號郵寄 by post"},
    )
    application.refresh_from_db()
    return application


def takes(client: Client, application: Application, step: str, **told: str) -> Any:
    """A step, by its page; what the page answers."""
    application.refresh_from_db()
    address = f"/applications/{application.number}/steps/{step}/"
    answer = client.post(address, {"version": application.version, **told}, follow=True)
    application.refresh_from_db()
    return answer


def pays(guild: House, application: Application) -> None:
    """By a statement of the bank, read in, looked at and posted by the treasurer."""
    treasurer = logged_in(officer(guild, Post.TREASURER))
    notice = Notice.objects.get(case=application.number)
    raw = f"案號,金額,入帳日期,付款人\r\n{notice.case},{notice.amount:.0f},115/06/29,林領航\r\n"
    giro = SimpleUploadedFile("giro.csv", raw.encode("utf-8-sig"), "text/csv")
    draft = treasurer.post("/fees/statements/", {"file": giro})
    mark = text(treasurer.get(draft["Location"])).split('name="shown" value="')[1].split('"')[0]
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert treasurer.post(f"{draft['Location']}post", {"shown": mark}).status_code == 302
    application.refresh_from_db()


def before_the_board(guild: House, pilot: Person) -> Application:
    client = logged_in(pilot.account)
    enters(client, *TRIPS)
    application = drafts(client)
    takes(client, application, "file")
    takes(sitting(guild, Post.SECRETARIAT), application, "ask_fee")
    pays(guild, application)
    assert application.state == "before_the_board"
    return application


def issued(guild: House, pilot: Person) -> Certificate:
    application = before_the_board(guild, pilot)
    board = sitting(guild, Post.CHAIR)
    ruling = {"clause": "HP-2.fit", "met": "met", "reason": "隨船考核通過"}
    board.post(f"/reviews/{application.number}/clauses", ruling)
    takes(board, application, "issue")
    assert (application.state, application.final) == ("issued", True)
    certificate: Certificate = LeftRecord.objects.get(step__application=application).certificate
    return certificate


# Its words


def test_the_form_and_the_lists_are_made_of_its_own_words(pilot: Person) -> None:
    client = logged_in(pilot.account)
    offered = text(client.get("/portfolio/add/"))
    assert "引水" in offered
    form = text(client.get("/portfolio/add/pilotage/"))
    assert all(words in form for words in ("港口", "北港", "南港", "噸位", "選填"))
    wrong = client.post("/portfolio/add/pilotage/", {"date": "115/02/30", "entry": "x"})
    assert wrong.status_code == 422
    enters(client, *TRIPS)
    listed = text(client.get("/portfolio/?lang=en"))
    assert "Pilotage" in listed
    assert "north harbour" in listed
    assert '<optgroup label="Piloting">' in listed
    template = client.get("/portfolio/import/template/", {"kind": "pilotage"})
    assert template.status_code == 200


# Where the pilot stands


def test_the_standing_turns_with_the_third_pilotage(pilot: Person) -> None:
    client = logged_in(pilot.account)
    enters(client, *TRIPS[:2])
    address = "/standing/harbour-pilots/experience-north/"
    before = text(client.get(address))
    assert "尚未符合" in before
    assert "HP-1.north" in before
    enters(client, TRIPS[2])
    shown = text(client.get("/standing/"))
    assert "虛構的引水人規則" in shown
    assert "已達成：北港引水經歷" in shown
    after = text(client.get(address))
    assert "符合資格" in after
    assert "2027-02-01" in after  # the last day on which the first pilotage counts
    south = "/standing/harbour-pilots/experience-south"
    plan = text(client.get(f"{south}/plan"))
    assert "引水" in plan
    supposed = {"kind": "pilotage", "v-date": "2026-06-01", "v-harbour": "south", "add": "1"}
    assert "HP-1.south" in text(client.post(f"{south}/what-if", supposed))


# An application


def test_a_file_that_lacks_something_is_refused_and_says_by_which_clause(
    guild: House, pilot: Person
) -> None:
    client = logged_in(pilot.account)
    assert "申請引水人徽章" in text(client.get("/applications/new/"))
    enters(client, *TRIPS[:2])
    application = drafts(client)
    shown = text(client.get(f"/applications/{application.number}/"))
    assert "航行日誌影本" in shown
    assert "引水人徽章：尚未符合（HP-1.north" in shown  # beside a button that is disabled
    refused = takes(client, application, "file")
    assert refused.status_code == 409
    assert "HP-1.north" in text(refused)
    assert application.state == "draft"
    enters(client, TRIPS[2])
    takes(client, application, "file")
    assert (application.state, application.turn) == ("filed", "office")
    assert application.file["filed_on"] == DAY.isoformat()


def test_a_returned_file_has_a_deadline_and_a_reminder(guild: House, pilot: Person) -> None:
    client, office = logged_in(pilot.account), sitting(guild, Post.SECRETARIAT)
    enters(client, *TRIPS)
    application = drafts(client)
    takes(client, application, "file")
    takes(office, application, "ask_for_more", **{"says-0": POINT, "clause-0": "HP-2.file"})
    assert (application.state, application.turn) == ("incomplete", "party")
    assert application.due == DAY + datetime.timedelta(days=14)
    shown = text(client.get(f"/applications/{application.number}/"))
    assert POINT in shown
    assert "還有 14 日" in shown
    with clock.standing_at(DAY + datetime.timedelta(days=11)):
        nightly.look(clock.today())
        reminders = text(client.get("/reminders/"))
        assert f"案號 {application.number}" in reminders
        assert "還有 3 日" in reminders
        answer = f"/applications/{application.number}/points/{application.points.get().pk}"
        client.post(answer, {"answer": "是三月一日。"})
        takes(client, application, "complete")
    assert (application.state, application.due) == ("filed", None)


def test_the_fee_is_the_one_of_its_harbour(guild: House, pilot: Person) -> None:
    client = logged_in(pilot.account)
    enters(client, *TRIPS, harbour="south")
    application = drafts(client, "south")
    takes(client, application, "file")
    takes(sitting(guild, Post.SECRETARIAT), application, "ask_fee")
    (notice,) = Notice.objects.all()
    assert (notice.amount, notice.payer, notice.payee) == (1200, pilot, guild.society)
    assert "HP-3" in text(client.get(f"/fees/notices/{notice.number}/"))
    blocked = takes(client, application, "pay")
    assert blocked.status_code == 409
    assert notice.number in text(blocked)
    pays(guild, application)
    assert application.state == "before_the_board"


# The board


def test_the_board_rules_on_what_is_left_to_it_before_it_issues(
    guild: House, pilot: Person
) -> None:
    application = before_the_board(guild, pilot)
    board, review = sitting(guild, Post.CHAIR), f"/reviews/{application.number}/"
    assert application.number in text(board.get("/reviews/"))
    shown = text(board.get(review))
    for words in ("HP-1.north", "北港", "HP-2.fit", "能否在該港獨立引水"):
        assert words in shown
    early = takes(board, application, "issue")
    assert early.status_code == 409
    assert "HP-2.fit" in text(early)
    board.post(f"{review}clauses", {"clause": "HP-2.fit", "met": "not_met", "reason": "仍須同行"})
    assert takes(board, application, "issue").status_code == 409
    takes(board, application, "refuse")
    assert (application.state, application.file["result"]) == ("not_passed", "failed")
    letter = text(logged_in(pilot.account).get(f"/applications/{application.number}/letter/"))
    assert "HP-2.fit" in letter
    assert not Certificate.objects.exists()


# The badge


def test_a_badge_is_issued_printed_verified_and_revoked(guild: House, pilot: Person) -> None:
    badge = issued(guild, pilot)
    assert (badge.first, badge.last) == (DAY, datetime.date(2031, 6, 29))
    assert badge.record.values == {
        "harbour": "north", "number": badge.number, "issued_on": "2026-06-30",
        "expires_on": "2031-06-29", "status": "valid",
    }  # fmt: skip
    assert [row["label"]["zh"] for row in badge.scope] == ["港口"]
    holder = logged_in(pilot.account)
    assert badge.number in text(holder.get("/my/certificates/"))
    for language in ("zh", "en"):
        copy = holder.post(f"/certificates/{badge.token}/copy", {"language": language})
        assert copy.content.startswith(b"%PDF"), copy.status_code
    public = text(Client().get(f"/certificates/{badge.token}"))
    for words in ("這張證明有效。", "引水人徽章", "北港", "林○航", "虛構的引水人規則"):
        assert words in public
    assert "林領航" not in public
    told = Client().get(f"/certificates/{badge.token}.json").json()
    assert badge.number in str(told)
    register = sitting(guild, Post.CHAIR)
    assert badge.number in text(register.get("/register/"))
    revoked = {"first": "115/06/30", "reason": "撞船", "clause": "HP-2.fit", "seen": "1"}
    done = register.post(f"/register/{badge.pk}/revoke", revoked)
    assert done.status_code == 302, text(done)
    assert "這張證明已被撤銷" in text(Client().get(f"/certificates/{badge.token}"))
    badge.record.refresh_from_db()
    assert badge.record.values["status"] == "revoked"


# The rule room


def test_every_page_of_the_rule_room_shows_it(guild: House) -> None:
    anybody = Client()
    assert "虛構的引水人規則" in text(anybody.get("/rules/"))
    for lang in ("zh", "en"):
        for tab in ("/", "/clauses", "/keys", "/questions", "/procedures", "/cases"):
            assert anybody.get(f"{RULES}{tab}", {"lang": lang}).status_code == 200, tab
    clauses = text(anybody.get(f"{RULES}/clauses", {"lang": "zh"}))
    assert "HP-6" in clauses
    assert "佩掛的位置不影響資格" in clauses
    procedures = text(anybody.get(f"{RULES}/procedures"))
    assert "14 日" in procedures
    assert "航行日誌影本" in procedures


def test_its_worked_cases_are_there_and_agree() -> None:
    anybody = Client()
    package = catalogue.folder_of("harbour-pilots")
    assert package is not None
    worked = [case.id for case in cases(package)]
    assert len(worked) > 5
    for case in worked:
        page = text(anybody.get(f"{RULES}/cases/{case}/"))
        assert "我們的回答相同" in page, case


def compared(desk: Client, **asked: str) -> str:
    """The page of a comparison, once it is worked out."""
    sent = desk.post(f"{RULES}/compare", {**asked, "do": "compare"})
    work_out(Comparison.objects.latest("pk").pk)
    return text(desk.get(sent.headers["Location"]))


def test_its_rule_maker_chooses_a_reading_and_tries_a_number(guild: House, pilot: Person) -> None:
    enters(logged_in(pilot.account), "2024-06-30", *TRIPS[1:])
    desk = logged_in(officer(guild, Post.RULE_MAKER))
    assert "得 0 人，失 1 人" in compared(desk, reading="hp.window.edge=outside")
    assert "失 1 人" in compared(desk, parameter="HP-1.north.number", value="4")
    page = text(desk.get(f"{RULES}/keys/hp.window.edge/choose"))
    seen = page.split('name="seen" value="')[1].split('"')[0]
    told = {"reading": "outside", "on": "115/06/30", "reason": "理事會決議", "seen": seen}
    assert desk.post(f"{RULES}/keys/hp.window.edge/choose", told).status_code == 302
    assert Interpretation.objects.get().reading == "outside"
    standing = text(logged_in(pilot.account).get("/standing/harbour-pilots/experience-north/"))
    assert "尚未符合" in standing


# The house


def test_the_house_sees_who_will_no_longer_qualify_and_who_holds_a_badge(
    guild: House, pilot: Person
) -> None:
    issued(guild, pilot)
    soon = guild.person("陳退潮")
    enters(logged_in(soon.account), "2024-09-01", *TRIPS[1:])
    office = sitting(guild, Post.EDUCATION_OFFICE)
    outlook.make(guild.hospital)
    shown = text(office.get("/staff/outlook/"))
    assert "北港引水經歷" in shown
    assert "陳退潮" in shown
    roster = text(office.get("/staff/roster/", {"credential": "pilot_badge"}))
    assert "引水人徽章（北港" in roster
    assert "林領航" in roster
    assert "陳退潮" not in roster


def test_who_is_about_to_lose_something_is_told(guild: House, pilot: Person) -> None:
    badge = issued(guild, pilot)
    client = logged_in(pilot.account)
    with clock.standing_at(datetime.date(2026, 12, 1)):
        ahead.look_at([pilot.pk], clock.today())
        assert "不再符合「虛構的引水人規則」" in text(client.get("/reminders/"))
    assert badge.last is not None
    with clock.standing_at(badge.last - datetime.timedelta(days=30)):
        nightly.look(clock.today())
        assert f"引水人徽章 {badge.number} 有效至" in text(client.get("/reminders/"))


# The trail


def test_everything_is_in_the_trail_and_the_chain_holds(guild: House, pilot: Person) -> None:
    badge = issued(guild, pilot)
    actions = set(Event.objects.filter(person=pilot.pk).values_list("action", flat=True))
    assert {"applications.open", "applications.take", "certificates.issue"} <= actions
    count, broken = chain.verify()
    assert (count, list(broken)) == (Event.objects.count(), [])
    auditor = logged_in(officer(guild, Post.AUDITOR))
    assert auditor.get("/trail/").status_code == 200
    assert badge.decision["clauses"] == ["HP-2.fit"]
