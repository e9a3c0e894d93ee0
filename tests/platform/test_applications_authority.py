"""Certificates of radiation operators and personal credits: walked from beginning to each end."""

import datetime

import pytest
from filing import House, base, certificate_of, documented, fill, opened, own, pay, step

from tiaoli.platform import clock
from tiaoli.platform.applications import by_itself
from tiaoli.platform.applications.actions import Blocked
from tiaoli.platform.applications.drafting import answer_point, refuse_document
from tiaoli.platform.applications.left import PointTold
from tiaoli.platform.applications.models import Application, LeftRecord
from tiaoli.platform.audit.actions import Refused
from tiaoli.platform.certificates.standing import Standing, standing_on
from tiaoli.platform.fees.models import Notice
from tiaoli.platform.people.models import Post
from tiaoli.platform.portfolio.models import Record
from tiaoli.platform.world import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def authority() -> House:
    return House("radiation-operator", authority=True)


def held(house: House, person) -> object:
    record = Record.objects.get(person=person, kind="radiation_certificate")
    return certificate_of(person, record, house.society, "radiation-operator")


def paid(application: Application) -> None:
    """What the case owes."""
    pay(Notice.objects.get(case=application.number, state=Notice.State.DUE))


def on(*day: int):
    return clock.standing_at(datetime.date(*day))


@pytest.mark.parametrize("decision", ["grant", "refuse"])
def test_a_first_certificate(authority: House, decision: str) -> None:
    with on(2026, 3, 2):
        person = authority.person()
        base(person, "radiation_operator", "qualified")
        application = opened(person, authority.regulation, "initial")
        step(own(person), application, "prove", on_file="training")
        step(own(person), application, "test", on_file="exam")
        assert Record.objects.filter(person=person).count() == 2
        documented(
            own(person), application, "application_form", "qualification_proof", "exam_result"
        )
        application = step(own(person), application, "file")
        assert Notice.objects.count() == 0  # the text states no fee, so none is charged
        application = step(authority.acts(Post.SECRETARIAT), application, decision)
    assert (application.state, application.final) == (
        ("issued", True) if decision == "grant" else ("refused", True)
    )
    if decision == "grant":
        left = LeftRecord.objects.exclude(certificate=None).get()
        assert left.last == datetime.date(2032, 3, 1)


def test_what_a_person_obtains_may_be_told_as_a_new_record(authority: House) -> None:
    with on(2026, 3, 2):
        person = authority.person()
        application = opened(person, authority.regulation, "initial")
        step(
            own(person),
            application,
            "prove",
            values={
                "type": "certificate_training",
                "provider_type": "approved_business",
                "end_date": "2026-01-15",
                "proof": "yes",
            },
        )
    (record,) = Record.objects.filter(person=person)
    assert (record.kind, record.tier, record.source) == ("qualification", "claimed", "procedure")


def test_a_renewal_opens_by_itself_and_is_returned_point_by_point(authority: House) -> None:
    person = authority.person()
    base(person, "radiation_operator", "renewer")
    with on(2025, 6, 1):
        application = opened(person, authority.regulation, "renewal", about=held(authority, person))
        assert by_itself.run(clock.today()) == 0
    with on(2026, 2, 20):
        assert by_itself.run(clock.today()) == 1
        documented(own(person), application, "application_form", "hours_proof")
        step(own(person), application, "file")
        office = authority.acts(Post.SECRETARIAT)
        with pytest.raises(Blocked):  # complete as it stands: there is nothing to ask for
            step(office, application, "ask_for_more", points=(PointTold("時數"),))
        proof = application.documents.get(option="hours_proof")
        refuse_document(office, proof, because="看不清楚時數")
        application = step(office, application, "ask_for_more")
        assert (application.state, application.turn) == ("incomplete", "party")
        (point,) = application.points.all()
        documented(own(person), application, "hours_proof")
        with pytest.raises(Blocked, match="point"):
            step(own(person), application, "complete")
        answer_point(own(person), point, answer="重新掃描，已更換。")
        application = step(own(person), application, "complete")
        assert application.snapshots.count() == 2
        application = step(office, application, "grant")
    assert application.state == "renewed"
    left = LeftRecord.objects.get()
    says = left.record.values
    assert (says["issue_date"], says["valid_from"], left.certificate.first, left.last) == (
        "2026-02-20", "2026-03-15", datetime.date(2026, 3, 15), datetime.date(2032, 3, 14),
    )  # fmt: skip
    about = application.about
    about.refresh_from_db()
    stands = [standing_on(about, datetime.date(2026, 3, day)) for day in (14, 15)]
    assert stands == [Standing.VALID, Standing.REPLACED]


def test_a_certificate_nobody_renews_lapses(authority: House) -> None:
    person = authority.person()
    base(person, "radiation_operator", "renewer")
    with on(2025, 6, 1):
        application = opened(person, authority.regulation, "renewal")
    assert by_itself.run(datetime.date(2026, 4, 1)) == 1
    application.refresh_from_db()
    assert application.state == "expired"


@pytest.mark.parametrize(
    ("procedure", "who", "document", "typed", "last"),
    [
        ("replacement", "renewer", "proof_copies", {"cause": "lost"},
         datetime.date(2026, 3, 14)),
        ("exchange", "renewer", "change_proof", {"cause": "changed"},
         datetime.date(2026, 3, 14)),
    ],
)  # fmt: skip
def test_a_copy_keeps_the_term(
    authority: House, procedure: str, who: str, document: str, typed, last
) -> None:
    with on(2025, 11, 3):
        person = authority.person()
        base(person, "radiation_operator", who)
        about = held(authority, person)
        application = opened(person, authority.regulation, procedure, typed, about=about)
        documented(own(person), application, "application_form", document)
        step(own(person), application, "file")
        application = step(authority.acts(Post.SECRETARIAT), application, "grant")
        left = LeftRecord.objects.get()
    assert (application.state, left.last, left.record.values["replaces"]) == ("issued", last, "A-1")


def test_after_expiry_one_applies_again(authority: House) -> None:
    with on(2026, 6, 1):
        person = authority.person()
        base(person, "radiation_operator", "renewer")
        application = opened(
            person, authority.regulation, "expired-reapplication", about=held(authority, person)
        )
        documented(own(person), application, "application_form", "hours_proof")
        step(own(person), application, "file")
        application = step(authority.acts(Post.SECRETARIAT), application, "grant")
    assert application.state == "issued"
    assert LeftRecord.objects.get().last == datetime.date(2032, 5, 31)


def test_an_old_credential_can_no_longer_be_converted(authority: House) -> None:
    with on(2026, 6, 1):
        person = authority.person()
        base(person, "radiation_operator", "old")
        application = opened(person, authority.regulation, "conversion")
        documented(own(person), application, "application_form", "original")
        with pytest.raises(Blocked, match=r"RAD-10"):
            step(own(person), application, "file")


def test_an_old_credential_converted_in_its_time(authority: House) -> None:
    person = authority.person()
    with on(2010, 1, 31):
        base(person, "radiation_operator", "old")
        application = opened(person, authority.regulation, "conversion")
        documented(own(person), application, "application_form", "original")
        fill(own(person), application, posted_date="2005-01-20")
        step(own(person), application, "file")
        application = step(authority.acts(Post.SECRETARIAT), application, "grant")
    assert application.state == "converted"


# Respiratory therapists


@pytest.fixture
def therapists() -> House:
    return House("rrt-ce")


def filed(house: House, person) -> object:
    application = opened(person, house.regulation, "individual-case", {"items": 1, "form": "yes"})
    step(own(person), application, "file_online")
    application = step(own(person), application, "mail")
    assert application.turn == "office"
    return application


@pytest.mark.parametrize(
    ("decision", "end"),
    [
        ("recognise", "confirmed"),
        ("recognise_in_part", "confirmed"),
        ("turn_down", "not_recognised"),
    ],
)
def test_a_personal_case_waits_for_its_cut_off(therapists: House, decision: str, end: str) -> None:
    person = therapists.person()
    base(person, "rrt_ce", "therapist")
    office = therapists.acts(Post.SECRETARIAT)
    with on(2025, 3, 3):
        application = filed(therapists, person)
        step(office, application, "queue")
        with pytest.raises(Blocked, match="2025-09-30"):
            step(office, application, "open_review")
    with on(2025, 10, 1):
        with pytest.raises(Blocked, match=r"200 元（.+）還沒有入帳"):
            step(office, application, "open_review")
        paid(application)
        application = step(office, application, "open_review")
        assert application.due == datetime.date(2025, 10, 28)
        application = step(therapists.acts(Post.REVIEWER), application, decision)
        if end == "confirmed":
            step(office, application, "post", values={"points": "2", "date": "2025-10-01"})
            application = step(own(person), application, "confirm")
    assert (application.state, application.final) == (end, True)
    if end == "confirmed":
        assert Record.objects.get(source="procedure").values["points"] == "2"


def test_a_second_case_in_the_year_is_refused(therapists: House) -> None:
    person = therapists.person()
    base(person, "rrt_ce", "therapist")
    with on(2025, 3, 3):
        filed(therapists, person)
    with on(2025, 4, 3):
        second = filed(therapists, person)
        with pytest.raises(Blocked, match=r"RRT-5\.2\.ONCE"):
            step(therapists.acts(Post.SECRETARIAT), second, "queue")
        second = step(therapists.acts(Post.SECRETARIAT), second, "refuse")
    assert (second.state, second.final) == ("refused", True)


def test_one_re_review_within_thirty_days_of_the_reply(therapists: House) -> None:
    person = therapists.person()
    base(person, "rrt_ce", "therapist")
    office = therapists.acts(Post.SECRETARIAT)
    with on(2025, 2, 28):
        application = filed(therapists, person)
        step(office, application, "queue")
    with on(2025, 3, 10):
        paid(application)
        step(office, application, "open_review")
        step(therapists.acts(Post.REVIEWER), application, "turn_down")
    with on(2025, 3, 20):
        again = opened(person, therapists.regulation, "re-review", {"reason": "漏計一場"})
        step(own(person), again, "request")
        with pytest.raises(Blocked):
            step(office, again, "refuse")
        again = step(therapists.acts(Post.REVIEWER), again, "decide")
        assert again.state == "decided"
    with on(2025, 5, 20):
        late = opened(person, therapists.regulation, "re-review")
        step(own(person), late, "request")
        late = step(office, late, "refuse")
        assert (late.state, late.final) == ("refused", True)


def test_the_fee_of_a_personal_case_is_the_one_the_text_quotes(therapists: House) -> None:
    person = therapists.person()
    base(person, "rrt_ce", "therapist")
    with on(2025, 3, 3):
        application = filed(therapists, person)
    notice = Notice.objects.get(case=application.number)
    assert notice.question == "personal-fee"
    assert notice.clauses != []


@pytest.mark.parametrize("regulation", ["rt-ladder", "ir-instructor", "rrt-ce"])
def test_a_draft_is_withdrawn(regulation: str) -> None:
    ways = {
        "rt-ladder": ("individual-to-society", {"level": "RT1"}),
        "ir-instructor": ("initial", {"domains": ["1"]}),
        "rrt-ce": ("individual-case", {}),
    }
    house = House(regulation)
    person = house.person()
    with on(2026, 3, 2):
        making.fact(person, "licence", {"profession": "radiographer"})
        name, typed = ways[regulation]
        application = opened(person, house.regulation, name, typed)
        application = step(own(person), application, "withdraw")
    assert (application.state, application.final, application.turn) == ("withdrawn", True, "")
    assert application.snapshots.count() == 0


def test_a_file_that_cannot_be_asked_stops_no_other(authority: House) -> None:
    people = [authority.person(name) for name in ("甲", "乙")]
    with on(2025, 6, 1):
        for person in people:
            base(person, "radiation_operator", "renewer")
            opened(person, authority.regulation, "renewal")
    broken = Record.objects.get(person=people[0], kind="credit_entry")
    broken.values = {"points": "many"}
    broken.save()
    with pytest.raises(ExceptionGroup) as told:
        by_itself.run(datetime.date(2026, 4, 1))
    assert told.value.exceptions[0].__notes__ == ["2025-000001"]
    states = Application.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["valid", "expired"]


PAPER = {
    "mode": "7", "role": "first_author", "attribute": "professional", "article_type": "original",
    "peer_reviewed": "yes", "source_id": "10.0000/invented.1", "date": "2024-11-05",
}  # fmt: skip


def test_a_claimed_credit_is_posted_as_it_was_handed_in(therapists: House) -> None:
    person = therapists.person()
    base(person, "rrt_ce", "therapist")
    office = therapists.acts(Post.SECRETARIAT)
    with on(2025, 2, 20):
        claimed, changed = (making.fact(person, "credit_entry", PAPER) for _ in range(2))
        application = filed(therapists, person)
        step(office, application, "queue")
    with on(2025, 3, 3):
        paid(application)
        step(office, application, "open_review")
        step(therapists.acts(Post.REVIEWER), application, "recognise")
        later = making.fact(person, "credit_entry", PAPER)
        changed.values["role"] = "second_author"
        changed.save()
        for other in (later, changed):
            with pytest.raises(Refused, match="changed"):
                step(office, application, "post", confirmed=(claimed.fact, other.fact))
        application = step(office, application, "post", confirmed=(claimed.fact,))
        claimed.refresh_from_db()
    says = claimed.values
    assert (says["status"], says["date"]) == ("posted", "2024-11-05")
    assert (claimed.tier, claimed.verified_by) == ("verified", therapists.society)
    assert LeftRecord.objects.get().record == claimed
    assert Record.objects.filter(person=person, kind="credit_entry").count() == 3


def test_nobody_but_a_house_confirms_what_a_person_told(authority: House) -> None:
    with on(2026, 3, 2):
        person = authority.person()
        base(person, "radiation_operator", "qualified")
        application = opened(person, authority.regulation, "initial")
        with pytest.raises(Refused):
            step(own(person), application, "prove", confirmed=("training",))
    assert LeftRecord.objects.count() == 0
