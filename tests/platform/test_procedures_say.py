"""What a procedure declares, the platform does: whose office, whose turn, what is taken over."""

import datetime
from typing import Any

import pytest
from django.test import Client
from filing import House, certificate_of, documented, example, opened, own, step
from filing import base as base_of

from tiaoli.facts.kinds import Label
from tiaoli.platform import clock
from tiaoli.platform.applications import declared
from tiaoli.platform.applications.drafting import open_application
from tiaoli.platform.applications.inquiry import Inquiry
from tiaoli.platform.applications.leaving import leaving_of
from tiaoli.platform.applications.models import Application, LeftRecord
from tiaoli.platform.audit.actions import Refused
from tiaoli.platform.people.models import Account, Person, Post
from tiaoli.platform.people.seats import seats_of
from tiaoli.platform.portfolio.models import Record
from tiaoli.platform.reminders import ahead
from tiaoli.platform.reminders.models import Reminder
from tiaoli.platform.web.acting import SEAT, name_of
from tiaoli.regulations import catalogue
from tiaoli.rules import BrokenRegulation, Procedure
from tiaoli.rules.steps import (
    APPLICANT,
    DRAFT,
    SECRETARIAT,
    in_place_of_the_old,
    state,
    written,
)
from tiaoli.rules.steps import (
    step as one_step,
)

DAY = datetime.date(2026, 6, 30)


@pytest.fixture(autouse=True)
def _on_the_day():
    with clock.standing_at(DAY):
        yield


def sitting(account: Account) -> Client:
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    if seats := seats_of(account, DAY):
        session = client.session
        session[SEAT] = name_of(seats[0])
        session.save()
    return client


# Whose office


def test_a_procedure_says_where_its_file_goes() -> None:
    ladder, instructors = catalogue.find("rt-ladder"), catalogue.find("ir-instructor")
    goes = {p.id: declared.goes_outside(p) for p in (*ladder.procedures, *instructors.procedures)}
    assert [name for name, outside in goes.items() if not outside] == [
        "in-house", "mobility", "teaching",
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_file_that_never_goes_to_the_society_has_no_office_there() -> None:
    ladder = House("rt-ladder")
    person = ladder.person()
    example(person, "chen-rt1-leap-day")
    within = opened(person, ladder.regulation, "in-house", {"level": "RT1"})
    step(own(person), within, "submit")
    other = ladder.person("別人")
    example(other, "wang-rt3")
    outside = opened(other, ladder.regulation, "institution-then-society", {"level": "RT3"})
    step(own(other), outside, "submit")
    assert (within.office, outside.office) == (None, ladder.society)
    secretariat = sitting(ladder.acts(Post.SECRETARIAT).account)
    desk = sitting(ladder.acts(Post.EDUCATION_OFFICE).account)
    assert desk.get(f"/applications/{within.number}/").status_code == 200
    assert secretariat.get(f"/applications/{within.number}/").status_code == 403
    at_the_society = Application.objects.filter(office=ladder.society)
    assert list(at_the_society.values_list("number", flat=True)) == [outside.number]
    within = step(ladder.acts(Post.EDUCATION_OFFICE), within, "pass")
    certificate = LeftRecord.objects.get(step__application=within).certificate
    assert certificate.issuer == ladder.hospital
    for path in ("", "letter/"):
        shown = desk.get(f"/applications/{within.number}/{path}")
        assert (shown.status_code, "通過" in shown.content.decode()) == (200, True)


# What a copy takes of the old one


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("id", "typed", "document"),
    [
        ("replacement", {"cause": "lost"}, "proof_copies"),
        ("exchange", {"cause": "changed"}, "change_proof"),
    ],
)
def test_a_copy_says_which_certificate_it_replaces(
    id: str, typed: dict[str, Any], document: str
) -> None:
    authority = House("radiation-operator")
    with clock.standing_at(datetime.date(2025, 11, 3)):
        person = authority.person()
        base_of(person, "radiation_operator", "renewer")
        record = Record.objects.get(person=person, kind="radiation_certificate")
        old = certificate_of(person, record, authority.society, "radiation-operator")
        application = opened(person, authority.regulation, id, typed, about=old)
        documented(own(person), application, "application_form", document)
        step(own(person), application, "file")
        office = authority.acts(Post.SECRETARIAT)
        form = sitting(office.account).get(f"/applications/{application.number}/steps/grant/")
        assert 'name="replaces"' not in form.content.decode()
        step(office, application, "grant")
    (left,) = LeftRecord.objects.all()
    assert left.record.values["replaces"] == record.values["number"]
    assert left.last == datetime.date(2026, 3, 14)


@pytest.mark.django_db
def test_of_a_file_that_names_no_certificate_it_is_still_asked() -> None:
    authority = House("radiation-operator")
    with clock.standing_at(datetime.date(2025, 11, 3)):
        person = authority.person()
        base_of(person, "radiation_operator", "renewer")
        application = opened(person, authority.regulation, "replacement", {"cause": "lost"})
        documented(own(person), application, "application_form", "proof_copies")
        step(own(person), application, "file")
        office = authority.acts(Post.SECRETARIAT)
        form = sitting(office.account).get(f"/applications/{application.number}/steps/grant/")
        assert 'name="replaces"' in form.content.decode()
        step(office, application, "grant", values={"replaces": "A-9"})
    assert LeftRecord.objects.get().record.values["replaces"] == "A-9"


@pytest.mark.django_db
@pytest.mark.parametrize(("id", "offered"), [("renewal", False), ("replacement", True)])
def test_only_a_copy_is_asked_what_it_is_a_copy_of(id: str, offered: bool) -> None:
    authority = House("radiation-operator")
    with clock.standing_at(datetime.date(2025, 11, 3)):
        person = authority.person()
        base_of(person, "radiation_operator", "renewer")
        application = opened(person, authority.regulation, id)
        (procedure,) = (p for p in authority.regulation.procedures if p.id == id)
        grant = next(one for one in procedure.transitions if one.id == "grant")
        leaves = leaving_of(Inquiry(application, clock.today()), grant)
    assert leaves is not None
    assert ("replaces" in [one.name for one in leaves.to_fill_in]) is offered


@pytest.mark.parametrize(
    ("kind", "takes"),
    [
        ("radiation_certificate", {"replaces": "nothing"}),
        ("radiation_certificate", {"replaces": "issue_date"}),
        ("publication", {"title": "title"}),
    ],
)
def test_what_cannot_be_taken_is_refused_when_the_procedure_is_built(
    kind: str, takes: dict[str, str]
) -> None:
    with pytest.raises(BrokenRegulation):
        _made(in_place_of_the_old(written(kind), **takes))


def _made(output: Any = None, *, each: bool = False) -> Procedure:
    end = state("end", "結束", "end", final=True)
    return Procedure(
        "made-up",
        Label("虛構", "made up"),
        states=(DRAFT, state("with", "受理", "with the office"), end),
        transitions=(
            one_step("file", ("提出", "file"), "draft", "with", APPLICANT),
            one_step(
                "score", ("評分", "score"), "with", "end", SECRETARIAT, output=output, each=each
            ),
        ),
        file=written("application", type="initial"),
    )


# A step that everybody takes


def test_no_procedure_for_persons_has_a_step_that_everybody_takes() -> None:
    everywhere = [
        (regulation, one)
        for regulation in map(catalogue.find, catalogue.ids())
        for one in regulation.procedures
        if any(step.each for step in one.transitions)
    ]
    assert everywhere  # some regulation declares one
    for _, one in everywhere:
        assert not declared.runs_for_persons(one)


@pytest.mark.django_db
def test_a_file_with_such_a_step_is_refused_and_it_is_said_why() -> None:
    authority = House("radiation-operator")
    person = authority.person()
    given = {"regulation": authority.regulation}
    with pytest.raises(Refused) as refused:
        open_application(own(person), person, procedure=_made(each=True), **given)
    assert "「評分」要由每一位受指派的人各自完成" in refused.value.says.zh
    assert "“score” is taken by everybody who was assigned" in refused.value.says.en
    assert not Application.objects.exists()
    assert declared.why_not_run(_made()) is None
    nm = catalogue.find("nm-program")
    with pytest.raises(Refused, match="不是由個人提出"):
        open_application(own(person), person, regulation=nm, procedure=nm.procedures[0])


# Whom the file names


@pytest.fixture
def teaching(db: Any) -> tuple[House, Person, Person, Application]:
    house = House("ir-instructor")
    trainee, teacher = house.person("學員"), house.person("老師")
    application = opened(
        trainee, house.regulation, "teaching", {"domain": "3"},
        role="trainee", others={"instructor": teacher},
    )  # fmt: skip
    Application.objects.update(due=DAY + datetime.timedelta(days=3))
    return house, trainee, teacher, application


def told() -> set[Account]:
    return {one.account for one in Reminder.objects.all()}


def test_whoever_is_named_and_waited_for_is_reminded_and_nobody_else(teaching: Any) -> None:
    _, trainee, teacher, application = teaching
    ahead.look(DAY)
    assert told() == {teacher.account}
    Reminder.objects.all().delete()
    step(own(teacher), application, "accept")
    Application.objects.update(due=DAY + datetime.timedelta(days=3))
    ahead.look(DAY)
    assert told() == {trainee.account}


def test_where_the_text_states_no_deadline_it_is_told_once(teaching: Any) -> None:
    _, trainee, teacher, application = teaching
    Application.objects.update(due=None)  # as the text has it: it is silent on the reply
    for day in range(40):
        ahead.look(DAY + datetime.timedelta(days=day))
    (reminder,) = Reminder.objects.all()
    assert reminder.account == teacher.account
    assert "條文沒有規定期限" in reminder.zh
    application.refresh_from_db()
    assert step(own(teacher), application, "accept").due is None
    ahead.look(DAY)
    assert told() == {teacher.account, trainee.account}


def test_somebody_named_without_an_account_stops_nobody(teaching: Any) -> None:
    _, _, teacher, _ = teaching
    Person.objects.filter(pk=teacher.pk).update(account=None)
    ahead.look(DAY)
    assert told() == set()


def test_a_named_file_of_a_text_that_is_gone_stops_nobody(teaching: Any) -> None:
    Application.objects.update(regulation="gone")
    ahead.look(DAY)
    assert told() == set()


def test_the_start_page_counts_what_waits_for_me_and_not_what_waits_for_the_other(
    teaching: Any,
) -> None:
    _, trainee, teacher, application = teaching

    def says(who: Person) -> tuple[bool, bool]:
        client = Client()
        client.force_login(who.account, backend="django.contrib.auth.backends.ModelBackend")
        html = client.get("/").content.decode()
        return "件申請輪到您" in html, "件申請由他人處理中" in html

    assert (says(trainee), says(teacher)) == ((False, True), (True, False))
    step(own(teacher), application, "accept")
    assert (says(trainee), says(teacher)) == ((True, False), (False, False))
