"""Reviews: who waits, who may look, what is found, and deciding several at once."""

import datetime

import pytest
from acting import DAY
from concurrently import at_once
from django.db import connection
from django.test.utils import CaptureQueriesContext
from filing import House, opened, own, step, submitted, under_review

from tiaoli.platform import clock
from tiaoli.platform.applications.actions import Blocked, take
from tiaoli.platform.applications.inquiry import Inquiry
from tiaoli.platform.applications.left import PointTold
from tiaoli.platform.applications.models import Application
from tiaoli.platform.applications.seeing import NOT_SEEN
from tiaoli.platform.audit.actions import NotAllowed, OutOfDate, Refused
from tiaoli.platform.people.models import Membership, Post
from tiaoli.platform.reviews import batch
from tiaoli.platform.reviews.actions import (
    assign,
    declare_conflict,
    find,
    propose,
    rule,
    set_custom,
    unassign,
)
from tiaoli.platform.reviews.conflicts import candidates
from tiaoli.platform.reviews.queue import Wanted, line_of, neighbours, queue
from tiaoli.platform.world import making

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]


# The queue


def test_the_queue_is_that_of_the_seat(ladder: House) -> None:
    first, second = submitted(ladder, "甲"), under_review(ladder, "乙")
    hospital, panel = ladder.acts(Post.EDUCATION_OFFICE), ladder.acts(Post.REVIEWER)
    assert [a.number for a in queue(hospital, Wanted())] == [first.number]
    assert [a.number for a in queue(panel, Wanted())] == [second.number]
    assert list(queue(own(first.person), Wanted())) == []
    assert list(queue(House("rrt-ce").acts(Post.REVIEWER), Wanted(everything=True))) == []


def test_the_most_urgent_comes_first_and_overdue_is_found(ladder: House) -> None:
    panel = ladder.acts(Post.REVIEWER)
    with clock.standing_at(datetime.date(2026, 5, 1)):
        old = under_review(ladder, "甲")
    new = under_review(ladder, "乙")
    assert [a.number for a in queue(panel, Wanted())] == [old.number, new.number]
    (late,) = queue(panel, Wanted(overdue=True))
    line = line_of(late, panel, DAY)
    assert (line.days_left, line.age) == (-30, 60)
    assert neighbours(panel, old, Wanted()) == ("", new.number)
    assert neighbours(panel, new, Wanted()) == (old.number, "")


def test_the_queue_asks_as_much_for_sixty_files_as_for_three(ladder: House) -> None:
    hospital = ladder.acts(Post.EDUCATION_OFFICE)
    template = submitted(ladder, "甲")

    def more(number: int) -> None:
        Application.objects.bulk_create(
            Application(
                number=f"x-{number}-{n}",
                regulation=template.regulation,
                procedure=template.procedure,
                person=template.person,
                employer=template.employer,
                office=template.office,
                state=template.state,
                turn=template.turn,
                turn_since=template.turn_since,
                opened=template.opened,
                saved=template.saved,
            )
            for n in range(number)
        )

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            lines = [line_of(a, hospital, DAY) for a in queue(hospital, Wanted())]
        assert lines
        return len(seen)

    more(2)
    few = asked()
    more(57)
    assert asked() == few <= 3


# Conflicts and assignment


def test_a_colleague_is_listed_with_the_reason_and_cannot_be_assigned(ladder: House) -> None:
    application = under_review(ladder)
    reviewer = ladder.accounts[Post.REVIEWER]
    colleague = making.person("委員本人")
    colleague.account = reviewer
    colleague.save()
    Membership.objects.create(
        organisation=ladder.hospital, person=colleague, role=Post.PRACTITIONER,
        first=datetime.date(2015, 1, 1), last=datetime.date(2024, 12, 31),
    )  # fmt: skip
    found = {c.account: c for c in candidates(application)}
    assert "兩年內" in found[reviewer].conflict.zh
    assert found[ladder.accounts[Post.CHAIR]].conflict is None
    office = ladder.acts(Post.SECRETARIAT)
    with pytest.raises(Refused, match="conflict of interest"):
        assign(office, application, reviewer=reviewer)
    with pytest.raises(Blocked, match="Conflict of interest"):
        step(ladder.acts(Post.REVIEWER), application, "pass")
    with clock.standing_at(datetime.date(2027, 1, 1)):
        assert {c.account: c for c in candidates(application)}[reviewer].conflict is None


def test_a_declared_conflict_gives_the_file_back(ladder: House) -> None:
    application = under_review(ladder)
    reviewer = ladder.accounts[Post.REVIEWER]
    office, panel = ladder.acts(Post.SECRETARIAT), ladder.acts(Post.REVIEWER)
    assignment = assign(office, application, reviewer=reviewer)
    assert assign(office, application, reviewer=reviewer).pk == assignment.pk
    assert next(c.load for c in candidates(application) if c.account == reviewer) == 1
    declare_conflict(panel, reviewer, because="姻親", person=application.person)
    assignment.refresh_from_db()
    assert assignment.withdrawn is not None
    with pytest.raises(NotAllowed, match="姻親"):
        find(panel, application, fact="教案", verdict="accepted")


def test_only_the_house_assigns_and_only_its_panel(ladder: House) -> None:
    application = under_review(ladder)
    reviewer = ladder.accounts[Post.REVIEWER]
    for by in (own(application.person), ladder.acts(Post.REVIEWER), House("rrt-ce").acts("chair")):
        with pytest.raises(NotAllowed):
            assign(by, application, reviewer=reviewer)
    office = ladder.acts(Post.SECRETARIAT)
    with pytest.raises(Refused, match="not on the panel"):
        assign(office, application, reviewer=ladder.accounts[Post.EDUCATION_OFFICE])
    assignment = assign(office, application, reviewer=reviewer)
    with pytest.raises(Refused):
        unassign(office, assignment, because=" ")
    assert unassign(office, assignment, because="出國").withdrawn is not None


def test_an_assigned_file_is_decided_by_those_assigned_or_the_chair(ladder: House) -> None:
    application = under_review(ladder)
    another = making.officer(ladder.society, Post.REVIEWER, "two@rt.org", "另一委員")
    assign(ladder.acts(Post.SECRETARIAT), application, reviewer=another)
    with pytest.raises(Blocked, match="reviewed by 另一委員"):
        step(ladder.acts(Post.REVIEWER), application, "pass")
    step(ladder.acts(Post.CHAIR), application, "pass")


def test_two_reviewers_propose_and_the_chair_decides(ladder: House) -> None:
    application = under_review(ladder)
    office, panel, chair = map(ladder.acts, (Post.SECRETARIAT, Post.REVIEWER, Post.CHAIR))
    set_custom(
        chair, ladder.society, regulation="rt-ladder",
        procedure="institution-then-society", reviewers=1, chair=True,
    )  # fmt: skip
    with pytest.raises(Blocked, match=r"1 proposal"):
        step(chair, application, "pass")
    with pytest.raises(Refused, match="not assigned"):
        propose(panel, application, step="pass", reason="資料齊全")
    assign(office, application, reviewer=ladder.accounts[Post.REVIEWER])
    with pytest.raises(Refused, match="reason"):
        propose(panel, application, step="pass", reason="")
    with pytest.raises(Refused, match="cannot be proposed"):
        propose(panel, application, step="issue", reason="資料齊全")
    propose(panel, application, step="pass", reason="資料齊全")
    with pytest.raises(Blocked, match="chair decides"):
        step(panel, application, "pass")
    assert step(chair, application, "pass").state == "passed"


def test_the_custom_is_set_by_the_house_itself(ladder: House) -> None:
    for by in (ladder.acts(Post.REVIEWER), House("rrt-ce").acts(Post.CHAIR)):
        with pytest.raises(NotAllowed):
            set_custom(
                by, ladder.society, regulation="rt-ladder", procedure="in-house", reviewers=2
            )


# Facts and clauses


def test_a_rejected_fact_no_longer_counts(ladder: House) -> None:
    application = under_review(ladder)
    panel = ladder.acts(Post.REVIEWER)
    assert Inquiry(application, DAY).ask("RT3").outcome == "eligible"
    with pytest.raises(Refused, match="why"):
        find(panel, application, fact="心臟CT進階證明", verdict="rejected")
    with pytest.raises(Refused, match="no such fact"):
        find(panel, application, fact="沒有這筆", verdict="accepted")
    find(panel, application, fact="心臟CT進階證明", verdict="rejected", reason="不是正本")
    assert Inquiry(application, DAY).ask("RT3").outcome == "not_yet"
    find(panel, application, fact="心臟CT進階證明", verdict="questioned", reason="再查")
    assert Inquiry(application, DAY).ask("RT3").outcome == "eligible"


def test_what_is_put_right_is_no_longer_rejected(ladder: House) -> None:
    application = submitted(ladder, "甲")
    hospital = ladder.acts(Post.EDUCATION_OFFICE)
    find(hospital, application, fact="心臟CT進階證明", verdict="rejected", reason="時數？")
    find(hospital, application, fact="教案", verdict="rejected", reason="看不清楚")
    assert Inquiry(application, DAY).ask("RT3").outcome == "not_yet"
    step(hospital, application, "ask_for_more", points=[PointTold("時數？")])
    with pytest.raises(Refused, match="with the applicant"):
        find(hospital, application, fact="教案", verdict="accepted")
    record = application.person.records.get(fact="心臟CT進階證明")
    record.values = {**record.values, "hours": "25"}
    record.save()
    with clock.standing_at(datetime.date(2026, 7, 2)):
        point = application.points.get()
        point.answer, point.answered = "已改", clock.now()
        point.save()
        application = step(own(application.person), application, "complete")
        assert Inquiry(application, clock.today()).ask("RT3").outcome == "eligible"
        assert Inquiry(application, clock.today()).dossier.find("教案") is None


def test_a_ruling_on_a_clause_is_made_by_a_named_person(ladder: House) -> None:
    person = ladder.person("甲")
    for code, grade in (("A", "regional"), ("B", "medical_centre")):
        making.fact(person, "institution", {"code": code, "accreditation_grade": grade})
    application = opened(
        person, ladder.regulation, "mobility", {"from_institution": "A", "to_institution": "B"}
    )
    application = step(own(person), application, "move_other_grade")
    assert Inquiry(application, DAY).ask("recognition").outcome == "needs_review"
    hospital = ladder.acts(Post.EDUCATION_OFFICE)
    with pytest.raises(Refused, match="reason"):
        rule(hospital, application, clause="RTL-8.2", met=True, reason="")
    with pytest.raises(NotAllowed):
        rule(ladder.acts(Post.SECRETARIAT), application, clause="RTL-8.2", met=True, reason="可")
    with pytest.raises(Refused, match="no such clause"):
        rule(hospital, application, clause="RTL-99", met=True, reason="可")
    rule(hospital, application, clause="RTL-8.2", met=True, reason="業務相當")
    answer = Inquiry(application, DAY).ask("recognition")
    assert answer.outcome == "recognised"
    rule(hospital, application, clause="RTL-8.2", met=None, reason="再議")
    assert Inquiry(application, DAY).ask("recognition").outcome == "needs_review"


def test_those_who_may_not_look_find_nothing(ladder: House) -> None:
    application = submitted(ladder, "甲")
    for by in (own(application.person), ladder.acts(Post.REVIEWER), House("rrt-ce").acts("chair")):
        with pytest.raises(NotAllowed):
            find(by, application, fact="教案", verdict="accepted")


# Several at once


def test_a_batch_says_first_what_will_happen_to_each(ladder: House) -> None:
    hospital = ladder.acts(Post.EDUCATION_OFFICE)
    one, two = submitted(ladder, "甲"), submitted(ladder, "乙")
    step(hospital, two, "endorse")
    first, second = batch.preview(hospital, Application.objects.order_by("pk"), "endorse")
    assert (first.may, first.leads_to.en, first.leaves.zh) == (True, "endorsed", "院內初審")
    assert (second.may, "endorsed" in second.why_not[0].en) == (False, True)
    (returned, _) = batch.preview(hospital, Application.objects.order_by("pk"), "ask_for_more")
    assert "file by file" in returned.why_not[0].en
    elsewhere = House("rrt-ce").acts(Post.REVIEWER)
    numbers = [two.number, "none", one.number]
    unseen = batch.preview(elsewhere, Application.objects.all(), "endorse", asked=numbers)
    assert [(u.application, u.may, u.why_not) for u in unseen] == [(None, False, (NOT_SEEN,))] * 3
    with pytest.raises(Refused, match="Type the count, 1"):
        batch.decide(hospital, "endorse", {one.number: one.version}, confirmed="2", remark="")
    versions = {one.number: one.version, two.number: two.version, "none": 1}
    done = batch.decide(hospital, "endorse", versions, confirmed="3", remark="")
    assert [d.refused is None for d in done] == [True, False, False]
    one.refresh_from_db()
    assert one.state == "endorsed"


@pytest.mark.django_db(transaction=True)
def test_two_reviewers_decide_at_once_and_the_second_is_told() -> None:
    ladder = House("rt-ladder")
    application = under_review(ladder)
    reviewer, chair = ladder.acts(Post.REVIEWER), ladder.acts(Post.CHAIR)
    version = application.version
    found = at_once(
        lambda: take(reviewer, application, step="pass", version=version),
        lambda: take(chair, application, step="fail", version=version),
    )
    (late,) = (one for one in found if isinstance(one, OutOfDate))
    quicker = chair if found[0] is late else reviewer
    assert quicker.by in late.says.zh
    application.refresh_from_db()
    assert application.state in ("passed", "not_passed")
    assert application.steps.filter(step__in=("pass", "fail")).count() == 1
