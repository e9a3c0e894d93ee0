"""An application by hand: drafts, what blocks a step, return and resubmission, who is quicker."""

import datetime
import threading

import pytest
from django.db import connections
from filing import House, documented, example, fill, opened, own, pay, step

from tiaoli.platform import clock
from tiaoli.platform.applications.actions import AlreadyTaken, Blocked, take
from tiaoli.platform.applications.comparing import difference, over_the_days
from tiaoli.platform.applications.drafting import (
    add_document,
    answer_point,
    open_application,
    problems,
    save,
)
from tiaoli.platform.applications.inquiry import Inquiry
from tiaoli.platform.applications.left import PointTold
from tiaoli.platform.applications.models import Application, StepTaken
from tiaoli.platform.applications.seeing import may_look
from tiaoli.platform.applications.steps import standing, standings
from tiaoli.platform.audit import chain
from tiaoli.platform.audit.actions import Actor, NotAllowed, OutOfDate, Refused
from tiaoli.platform.audit.models import Event
from tiaoli.platform.fees.models import Notice
from tiaoli.platform.people.models import Post
from tiaoli.platform.portfolio.models import Record
from tiaoli.platform.world import making

DAY = datetime.date(2026, 6, 30)
db = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_day():
    with clock.standing_at(DAY):
        yield


@pytest.fixture
def ladder(db: None) -> House:
    return House("rt-ladder")


@pytest.fixture
def person(ladder: House):
    made = ladder.person()
    example(made, "wang-rt3")
    return made


def draft(ladder: House, person, level: str = "RT3") -> Application:
    return opened(person, ladder.regulation, "institution-then-society", {"level": level})


def test_a_number_says_nothing_of_what_it_is_about(ladder: House, person) -> None:
    first, second = draft(ladder, person), draft(ladder, person)
    assert (first.number, second.number) == ("2026-000001", "2026-000002")


def test_nobody_opens_a_file_for_somebody_else(ladder: House, person) -> None:
    stranger = ladder.person("陌生人")
    way = ladder.regulation.procedures[0]
    with pytest.raises(NotAllowed):
        open_application(own(stranger), person, regulation=ladder.regulation, procedure=way)
    assert Application.objects.count() == 0


def test_a_draft_keeps_what_cannot_be_read_and_says_so(ladder: House, person) -> None:
    application = draft(ladder, person)
    application = fill(own(person), application, level="RT9", drafted_date="2026-13-01")
    assert application.typed == {"level": "RT9", "drafted_date": "2026-13-01"}
    assert set(problems(application)) == {"level", "drafted_date"}
    with pytest.raises(Blocked, match="cannot be read"):
        step(own(person), application, "submit")
    application = fill(own(person), application, level="RT3", drafted_date="115/06/01")
    assert (application.typed, application.file["drafted_date"]) == ({}, "2026-06-01")
    step(own(person), application, "submit")


def test_what_is_lacking_in_the_form_is_named(ladder: House, person) -> None:
    application = opened(person, ladder.regulation, "institution-then-society")
    with pytest.raises(Blocked, match="Not filled in yet: Level"):
        step(own(person), application, "submit")


def test_a_save_from_an_old_page_is_refused(ladder: House, person) -> None:
    application = draft(ladder, person)
    fill(own(person), application, level="RT4")
    with pytest.raises(OutOfDate, match="changed elsewhere"):
        save(own(person), application, version=1, typed={"level": "RT2"})
    application.refresh_from_db()
    assert application.file["level"] == "RT4"


def test_a_file_that_was_handed_in_is_no_longer_changed(ladder: House, person) -> None:
    application = step(own(person), draft(ladder, person), "submit")
    with pytest.raises(Refused, match="handed in"):
        fill(own(person), application, level="RT4")
    with pytest.raises(Refused, match="handed in"):
        documented(own(person), application, "proof_copies")


def test_the_facts_are_frozen_when_it_is_handed_in(ladder: House, person) -> None:
    application = step(own(person), draft(ladder, person), "submit")
    Record.objects.filter(person=person, kind="licence").update(removed=clock.now())
    frozen = Inquiry(application, DAY)
    assert frozen.dossier.of("licence") != ()
    assert frozen.ask("RT3").outcome == "eligible"


def test_a_document_is_handed_in_once_and_only_where_the_file_has_it(ladder: House, person) -> None:
    application = opened(person, ladder.regulation, "individual-to-society", {"level": "RT1"})
    with pytest.raises(Refused, match="no such document"):
        documented(own(person), application, "recipe")
    with pytest.raises(Refused, match="Upload"):
        add_document(own(person), application, option="proof_copies", note=" ")
    documented(own(person), application, "proof_copies")
    documented(own(person), application, "proof_copies")
    assert application.documents.count() == 1


def test_a_blocked_step_says_by_which_clause(ladder: House, person) -> None:
    Record.objects.filter(person=person, kind="institution_review").delete()
    application = step(own(person), draft(ladder, person), "submit")
    hospital = ladder.acts(Post.EDUCATION_OFFICE)
    inquiry = Inquiry(application, DAY)
    send = next(s for s in inquiry.procedure.transitions if s.id == "send")
    found = standing(inquiry, send, hospital)
    (guard,) = [o for o in found.obstacles if o.sort == "guard"]
    assert "RTL-3.2a" in guard.answer.decided_by
    assert "RTL-3.2a" in guard.says.zh
    application = step(hospital, application, "endorse")
    assert standing(Inquiry(application, DAY), send, hospital).may


def test_every_step_says_who_takes_it(ladder: House, person) -> None:
    application = step(own(person), draft(ladder, person), "submit")
    found = {s.step.id: s for s in standings(Inquiry(application, DAY), own(person))}
    assert found["withdraw"].may
    assert "教學" in found["endorse"].obstacles[0].says.zh
    assert not found["endorse"].mine


def test_a_file_goes_back_and_forth_and_the_difference_is_told(ladder: House, person) -> None:
    hospital = ladder.acts(Post.EDUCATION_OFFICE)
    application = step(own(person), draft(ladder, person), "submit")
    with pytest.raises(Refused, match="at least one point"):
        step(hospital, application, "ask_for_more")
    application = step(
        hospital,
        application,
        "ask_for_more",
        points=(
            PointTold("服務年資的結束日？", "RTL-3.3", "服務年資"),
            PointTold("教案日期", fact="教案"),
        ),
    )
    assert (application.state, application.turn) == ("incomplete", "party")
    first, second = application.points.all()
    answer_point(own(person), first, answer="仍在職。")
    with pytest.raises(Blocked, match=r"1 point"):
        step(own(person), application, "complete")
    answer_point(own(person), second, answer="日期改正。")
    plan = Record.objects.get(person=person, fact="教案")
    plan.values = {**plan.values, "date": "2024-10-10"}
    plan.save()
    Record.objects.filter(person=person, fact="品管圈").update(removed=clock.now())
    making.fact(person, "exam", {"date": "2026-01-01", "result": "passed"})
    application = step(own(person), application, "complete")
    assert application.points.filter(settled=None).count() == 0
    before, after = application.snapshots.all()
    changes = {change.fact: change for change in difference(before, after)}
    assert {fact: c.how for fact, c in changes.items()} == {
        "教案": "changed", "品管圈": "removed", "exam:1": "added",
    }  # fmt: skip
    assert changes["教案"].words.zh.endswith("（2024-10-10）")
    (field,) = changes["教案"].fields
    assert field.before.zh == "民國109年10月10日（2020-10-10）"
    assert field.after.en == "2024-10-10 (ROC 113-10-10)"


def test_resubmitted_without_a_change_the_difference_is_nothing(ladder: House, person) -> None:
    hospital = ladder.acts(Post.EDUCATION_OFFICE)
    application = step(own(person), draft(ladder, person), "submit")
    step(hospital, application, "ask_for_more", points=(PointTold("說明"),))
    answer_point(own(person), application.points.get(), answer="已說明。")
    application = step(own(person), application, "complete")
    assert difference(*application.snapshots.all()) == []


def test_both_days_are_evaluated_and_a_fact_in_one_window_only_is_pointed_out(
    ladder: House, person
) -> None:
    hospital = ladder.acts(Post.EDUCATION_OFFICE)
    with clock.standing_at(datetime.date(2026, 9, 10)):
        application = step(own(person), draft(ladder, person), "submit")
        step(hospital, application, "endorse")
    with clock.standing_at(datetime.date(2026, 9, 25)):
        application = step(hospital, application, "send")
        (found,) = over_the_days(application, clock.today())
    assert found.question == "RT3"
    assert [one.day.isoformat() for one in found.days][:2] == ["2026-09-10", "2026-09-25"]
    leaver = next(one for one in found.leavers if one.fact == "壁報2021")
    assert [day.isoformat() for day in leaver.counted_on] == ["2026-09-10"]
    assert leaver.why is not None


# Who may


def test_wrong_roles_and_other_houses_are_refused(ladder: House, person) -> None:
    application = step(own(person), draft(ladder, person), "submit")
    other = House("ir-instructor")
    for by in (
        own(ladder.person("別人")),
        ladder.acts(Post.SECRETARIAT),  # it has not come to the society yet
        other.acts(Post.EDUCATION_OFFICE),
        other.acts(Post.SECRETARIAT),
        Actor(),
    ):
        assert may_look(by, application) is not None
        with pytest.raises(NotAllowed):
            step(by, application, "endorse")
    with pytest.raises(NotAllowed, match="教學"):
        step(own(person), application, "endorse")
    assert StepTaken.objects.filter(application=application).count() == 1


def test_nobody_decides_on_their_own_file(ladder: House) -> None:
    account = ladder.accounts[Post.EDUCATION_OFFICE]
    person = ladder.person("教學 某")
    person.account = account
    person.save()
    example(person, "wang-rt3")
    application = step(own(person), draft(ladder, person), "submit")
    with pytest.raises(NotAllowed, match="own file"):
        step(ladder.acts(Post.EDUCATION_OFFICE), application, "endorse")


# Once, and in order


def test_a_form_that_is_sent_twice_acts_once(ladder: House, person) -> None:
    application = draft(ladder, person)
    take(own(person), application, step="submit", version=1)
    with pytest.raises(AlreadyTaken, match="not taken twice"):
        take(own(person), application, step="submit", version=1)
    assert StepTaken.objects.count() == 1


def test_a_stale_page_is_told_who_was_quicker(ladder: House, person) -> None:
    application = step(own(person), draft(ladder, person), "submit")
    hospital = ladder.acts(Post.EDUCATION_OFFICE)
    seen = application.version
    take(hospital, application, step="endorse", version=seen)
    with pytest.raises(OutOfDate, match="教學 某"):
        take(own(person), application, step="withdraw", version=seen)
    application.refresh_from_db()
    assert application.state == "endorsed"


def test_every_step_is_in_the_trail(ladder: House, person) -> None:
    application = step(own(person), draft(ladder, person), "submit")
    step(own(person), application, "withdraw", remark="改明年再送")
    events = Event.objects.filter(action="applications.take").order_by("number")
    assert [e.data["step"] for e in events] == ["submit", "withdraw"]
    assert events[1].personal["remark"] == "改明年再送"
    assert chain.verify()[1] == []


def test_what_is_paid_twice_is_taken_once(ladder: House, person) -> None:
    application = opened(person, ladder.regulation, "individual-to-society", {"level": "RT1"})
    documented(own(person), application, "proof_copies")
    step(own(person), application, "submit")
    step(ladder.acts(Post.SECRETARIAT), application, "ask_fee")
    notice = Notice.objects.get()
    pay(notice)
    pay(notice)
    application.refresh_from_db()
    assert application.state == "fee_paid"
    assert application.steps.filter(step="pay").count() == 1


def test_who_withdraws_owes_nothing_any_more(ladder: House, person) -> None:
    application = opened(person, ladder.regulation, "individual-to-society", {"level": "RT1"})
    documented(own(person), application, "proof_copies")
    step(own(person), application, "submit")
    step(ladder.acts(Post.SECRETARIAT), application, "ask_fee")
    step(own(person), application, "withdraw")
    assert Notice.objects.get().state == Notice.State.CANCELLED


@pytest.mark.django_db(transaction=True)
def test_two_decide_at_once_and_the_second_is_told() -> None:
    ladder = House("rt-ladder")
    person = ladder.person()
    example(person, "wang-rt3")
    application = step(own(person), draft(ladder, person), "submit")
    head = making.officer(ladder.hospital, Post.DEPARTMENT_HEAD, "head@h.org", "主管 某")
    ladder.accounts[Post.DEPARTMENT_HEAD] = head
    actors = [ladder.acts(Post.EDUCATION_OFFICE), ladder.acts(Post.DEPARTMENT_HEAD)]
    together, told = threading.Barrier(2), []

    def decide(by: Actor, what: str) -> None:
        together.wait()
        try:
            take(by, application, step=what, version=application.version)
            told.append("done")
        except OutOfDate as late:
            told.append(late.says.en)
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=decide, args=pair)
        for pair in zip(actors, ("endorse", "close"), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(told)[1] == "done"
    assert sorted(told)[0].startswith("Somebody was quicker")
    assert application.steps.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_numbers_given_out_at_once_differ() -> None:
    ladder = House("rt-ladder")
    people = [ladder.person(f"人{n}") for n in range(4)]
    numbers = []

    def open_one(who) -> None:
        numbers.append(draft(ladder, who).number)
        connections.close_all()

    threads = [threading.Thread(target=open_one, args=(who,)) for who in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(set(numbers)) == 4
