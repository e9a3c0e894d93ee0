"""Every procedure that a person files runs, from its first state to each of its ends."""

import datetime

import pytest
from acting import DAY
from filing import House, base, certificate_of, documented, example, fill, opened, own, pay, step

from tiaoli.platform import clock
from tiaoli.platform.applications import by_itself
from tiaoli.platform.applications.actions import Blocked
from tiaoli.platform.applications.models import LeftRecord
from tiaoli.platform.audit.actions import NotAllowed, OutOfDate
from tiaoli.platform.fees.models import Notice
from tiaoli.platform.people.models import Post
from tiaoli.platform.portfolio.models import Record, Tier
from tiaoli.platform.world import making

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]


def test_rt3_from_a_draft_to_a_certificate_with_its_fee(ladder: House) -> None:
    person = ladder.person()
    example(person, "wang-rt3")
    application = opened(person, ladder.regulation, "institution-then-society", {"level": "RT3"})
    hospital, office = ladder.acts(Post.EDUCATION_OFFICE), ladder.acts(Post.SECRETARIAT)
    application = step(own(person), application, "submit")
    assert (application.state, application.turn) == ("institution_review", "employer")
    assert application.snapshots.count() == 1
    step(hospital, application, "endorse")
    application = step(hospital, application, "send")
    assert application.turn == "office"
    application = step(office, application, "ask_fee")
    (notice,) = Notice.objects.all()
    assert (notice.amount, notice.case, notice.payer) == (2000, application.number, person)
    assert application.turn == "party"
    with pytest.raises(Blocked, match=notice.number):
        step(own(person), application, "pay")
    pay(notice)
    application.refresh_from_db()
    assert application.state == "fee_paid"
    assert application.steps.last().by_name.startswith("款項入帳")
    application = step(office, application, "start_review")
    assert application.due == DAY + datetime.timedelta(days=30)
    application = step(ladder.acts(Post.REVIEWER), application, "pass")
    application = step(office, application, "issue")
    assert (application.state, application.final, application.turn) == (
        "certificate_issued", True, "",
    )  # fmt: skip
    left = LeftRecord.objects.filter(step__application=application).order_by("pk")
    assert [one.record.kind for one in left] == [
        "institution_review", "society_review", "certificate",
    ]  # fmt: skip
    certificate = left.last().certificate
    assert (certificate.record.values["level"], certificate.last) == ("RT3", None)
    assert certificate.record.tier == Tier.VERIFIED


def test_rt3_is_closed_by_the_institution(ladder: House) -> None:
    person = ladder.person()
    example(person, "wang-rt3")
    application = opened(person, ladder.regulation, "institution-then-society", {"level": "RT3"})
    step(own(person), application, "submit")
    application = step(ladder.acts(Post.EDUCATION_OFFICE), application, "close")
    assert (application.state, application.final) == ("closed", True)


def to_the_panel(house: House, application, person) -> None:
    """From a draft of the society's own ways until it is under review."""
    office = house.acts(Post.SECRETARIAT)
    step(office, application, "ask_fee")
    pay(Notice.objects.get(case=application.number))
    step(office, application, "start_review")


@pytest.mark.parametrize("decision", ["pass", "fail"])
def test_an_individual_goes_to_the_society(ladder: House, decision: str) -> None:
    person = ladder.person()
    example(person, "chen-rt1-leap-day")
    application = opened(person, ladder.regulation, "individual-to-society", {"level": "RT1"})
    with pytest.raises(Blocked, match="copies"):
        step(own(person), application, "submit")
    documented(own(person), application, "proof_copies")
    step(own(person), application, "submit")
    to_the_panel(ladder, application, person)
    application = step(ladder.acts(Post.CHAIR), application, decision)
    if decision == "fail":
        assert (application.state, application.final) == ("not_passed", True)
        return
    application = step(ladder.acts(Post.SECRETARIAT), application, "award")
    left = LeftRecord.objects.filter(step__application=application).last()
    assert application.state == "awarded"
    assert left.record.values["awarding_body"] == "society"
    assert left.certificate.issuer == ladder.society


@pytest.mark.parametrize("decision", ["pass", "fail"])
def test_rt1_within_the_institution(ladder: House, decision: str) -> None:
    person = ladder.person()
    example(person, "chen-rt1-leap-day")
    application = opened(person, ladder.regulation, "in-house", {"level": "RT3"})
    with pytest.raises(Blocked, match=r"RTL-3\.1a"):
        step(own(person), application, "submit")
    fill(own(person), application, level="RT1")
    step(own(person), application, "submit")
    application = step(ladder.acts(Post.EDUCATION_OFFICE), application, decision)
    assert application.state == {"pass": "awarded", "fail": "not_passed"}[decision]
    assert Notice.objects.count() == 0
    if decision == "pass":
        (left,) = LeftRecord.objects.filter(step__application=application)
        assert (left.record.values["level"], left.certificate.issuer) == ("RT1", ladder.hospital)


@pytest.mark.parametrize(
    ("grades", "move", "decide", "end"),
    [
        ("same", "move_same_grade", "confirm", "recognised"),
        ("same", "move_same_grade", "refuse", "not_recognised"),
        ("other", "move_other_grade", "confirm_other_level", "recognised_at_other_level"),
        ("other", "move_other_grade", "confirm", "recognised"),
    ],
)
def test_a_level_after_a_move(ladder: House, grades: str, move: str, decide: str, end: str) -> None:
    person = ladder.person()
    for code, grade in (
        ("A", "regional"),
        ("B", "regional" if grades == "same" else "medical_centre"),
    ):
        making.fact(person, "institution", {"code": code, "accreditation_grade": grade})
    application = opened(
        person, ladder.regulation, "mobility", {"from_institution": "A", "to_institution": "B"}
    )
    step(own(person), application, move)
    application = step(ladder.acts(Post.EDUCATION_OFFICE), application, decide)
    assert (application.state, application.file["date"]) == (end, DAY.isoformat())


# Instructors of interventional radiology


@pytest.fixture
def instructors() -> House:
    return House("ir-instructor")


PAPERS = ("application_form", "review_record_form", "proof_copies")


def reviewed(house: House, application, *, leaving: dict | None = None) -> None:
    """From the post to the announcement."""
    step(house.acts(Post.SECRETARIAT), application, "accept")
    step(house.acts(Post.REVIEWER), application, "pass", **(leaving or {}))
    step(house.acts(Post.SECRETARIAT), application, "announce")


def test_one_of_two_domains_is_certified(instructors: House) -> None:
    person = instructors.person()
    base(person, "ir_instructor", "dialysis-100")
    application = opened(person, instructors.regulation, "initial", {"domains": ["1", "4"]})
    documented(own(person), application, *PAPERS)
    step(own(person), application, "submit")
    assert Notice.objects.count() == 0  # the first file costs nothing
    reviewed(instructors, application, leaving={"options": ("4",)})
    application = step(instructors.acts(Post.SECRETARIAT), application, "certify")
    certificates = [one.certificate for one in LeftRecord.objects.exclude(certificate=None)]
    assert [c.record.values["domain"] for c in certificates] == ["4"]
    assert certificates[0].last == datetime.date(2032, 6, 29)
    assert application.state == "certified"


def test_a_renewal_waits_for_its_window_and_replaces_the_old_one(instructors: House) -> None:
    person = instructors.person()
    base(person, "ir_instructor", "renewer")
    record = Record.objects.get(person=person, kind="domain_certificate")
    old = certificate_of(person, record, instructors.society, "ir-instructor")
    application = opened(person, instructors.regulation, "renewal-3", about=old)
    documented(own(person), application, *PAPERS)
    with pytest.raises(Blocked):
        step(own(person), application, "submit")
    with clock.standing_at(datetime.date(2027, 1, 10)):
        step(own(person), application, "submit")
        reviewed(instructors, application)
        application = step(instructors.acts(Post.SECRETARIAT), application, "certify")
    assert application.state == "renewed"
    new = LeftRecord.objects.exclude(certificate=None).get()
    assert new.record.values["domain"] == "3"  # and its term begins after the old one
    assert (new.certificate.first, new.last) == (
        datetime.date(2027, 6, 1),
        datetime.date(2033, 5, 31),
    )
    (change,) = old.changes.filter(status="replaced")  # once the new term begins, not before
    assert change.first == new.certificate.first


@pytest.mark.parametrize("domain", ["1", "2", "3", "4", "5", "6"])
def test_a_certificate_that_nobody_renews_expires(instructors: House, domain: str) -> None:
    person = instructors.person()
    making.fact(
        person,
        "domain_certificate",
        {"domain": domain, "issue_date": "2021-06-01", "status": "valid"},
    )
    application = opened(person, instructors.regulation, f"renewal-{domain}")
    assert by_itself.run(DAY) == 0
    assert by_itself.run(datetime.date(2027, 6, 1)) == 1
    assert by_itself.run(datetime.date(2027, 6, 1)) == 0
    application.refresh_from_db()
    assert (application.state, application.final) == ("expired", True)


def test_a_lifetime_certificate_has_no_last_day(instructors: House) -> None:
    person = instructors.person()
    base(person, "ir_instructor", "holder")
    person.date_of_birth = datetime.date(1960, 3, 5)
    person.save()
    application = opened(person, instructors.regulation, "lifetime", {"domains": ["3"]})
    documented(own(person), application, *PAPERS)
    step(own(person), application, "submit")
    reviewed(instructors, application)
    application = step(instructors.acts(Post.SECRETARIAT), application, "certify")
    (left,) = LeftRecord.objects.exclude(certificate=None)
    assert (application.state, left.record.values["status"], left.last) == (
        "for_life", "lifetime", None,
    )  # fmt: skip


def test_a_replacement_is_a_copy_with_the_original_dates(instructors: House) -> None:
    person = instructors.person()
    base(person, "ir_instructor", "holder")
    record = Record.objects.get(person=person, kind="domain_certificate")
    old = certificate_of(person, record, instructors.society, "ir-instructor")
    application = opened(
        person, instructors.regulation, "replacement", {"domains": ["3"]}, about=old
    )
    application = step(own(person), application, "request")
    notice = Notice.objects.get()
    assert notice.amount == 200
    application = step(instructors.acts(Post.SECRETARIAT), application, "reissue")
    (left,) = LeftRecord.objects.all()
    assert record.values.items() <= left.record.values.items()
    assert left.last == datetime.date(2027, 5, 31)


def test_a_trainee_is_observed_and_the_report_signed(instructors: House) -> None:
    trainee, teacher = instructors.person("學員"), instructors.person("老師")
    application = opened(
        trainee,
        instructors.regulation,
        "teaching",
        {"domain": "3"},
        role="trainee",
        others={"instructor": teacher},
    )
    assert (application.turn, application.file["trainee"]) == ("other_person", "學員")
    with pytest.raises(NotAllowed):
        step(own(trainee), application, "accept")
    step(own(teacher), application, "accept")
    step(own(trainee), application, "observe")
    with pytest.raises(OutOfDate):
        step(own(teacher), application, "sign")
    step(own(teacher), application, "guide")
    application = step(own(teacher), application, "sign", values={"guidance_date": DAY.isoformat()})
    assert application.state == "signed"


def test_a_request_is_declined(instructors: House) -> None:
    trainee, teacher = instructors.person("學員"), instructors.person("老師")
    application = opened(
        trainee, instructors.regulation, "teaching", {"domain": "3"},
        role="trainee", others={"instructor": teacher},
    )  # fmt: skip
    application = step(own(teacher), application, "decline")
    assert (application.state, application.file["response"]) == ("declined", "declined")
