"""Records: added, changed, taken out, verified; who may, and what is kept of it."""

import datetime
from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection

from tiaoli.facts.problems import DossierError
from tiaoli.facts.vocabulary import KINDS, UnknownKind
from tiaoli.platform import clock
from tiaoli.platform.audit import chain
from tiaoli.platform.audit.actions import Actor, NotAllowed, OutOfDate, Refused
from tiaoli.platform.audit.models import Event
from tiaoli.platform.people.models import Membership, Organisation, Person, Post
from tiaoli.platform.people.seats import actor_of, seats_of
from tiaoli.platform.portfolio import actions
from tiaoli.platform.portfolio.concern import about_persons, concerns_of, kinds_of
from tiaoli.platform.portfolio.dossiers import attribute_of, dossier_of
from tiaoli.platform.portfolio.history import history_of
from tiaoli.platform.portfolio.models import Record, Source, Tier
from tiaoli.platform.portfolio.offer import chapters, offer
from tiaoli.platform.portfolio.wording import line, said
from tiaoli.platform.world import making
from tiaoli.regulations.catalogue import find

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 6, 30)
KINDS_TO_CHOOSE = {name for name, kind in KINDS.items() if not kind.subject}
CASE = {"procedure_date": "115/06/01", "procedure": "biopsy", "operator_role": "primary"}


def lin(**more: object) -> tuple[Person, Actor]:
    person = making.person("林介入", email="lin@example.org", **more)
    return person, Actor(person.account, "林介入")


def office(organisation: Organisation, post: Post, email: str = "edu@example.org") -> Actor:
    account = making.officer(organisation, post, email, "陳教學")
    return actor_of(account, seats_of(account, DAY)[0])


def test_a_record_is_read_as_a_dossier_reads_it() -> None:
    person, by = lin()
    made = actions.add(by, person, kind="case_log", values=CASE)
    assert (made.fact, made.tier, made.happens) == (
        "case_log:1",
        Tier.CLAIMED,
        datetime.date(2026, 6, 1),
    )
    assert made.values == {
        "procedure_date": "2026-06-01",
        "procedure": "biopsy",
        "operator_role": "primary",
    }
    (fact,) = dossier_of(person).facts
    assert (fact.id, fact.values["procedure"]) == ("case_log:1", "biopsy")


def test_every_attribute_that_cannot_be_read_is_told_by_name() -> None:
    person, by = lin()
    wrong = {"procedure_date": "115/13/01", "procedure": "切月", "lesions": "-1"}
    with pytest.raises(DossierError) as error:
        actions.add(by, person, kind="case_log", values=wrong)
    assert sorted(map(attribute_of, error.value.problems)) == [
        "lesions",
        "procedure",
        "procedure_date",
    ]
    assert Record.objects.count() == Event.objects.count() == 0


@pytest.mark.parametrize("values", [{}, {"patient": " "}])
def test_a_record_that_says_nothing_is_refused(values: dict[str, str]) -> None:
    person, by = lin()
    with pytest.raises(DossierError):
        actions.add(by, person, kind="case_log", values=values)


def test_only_kinds_of_the_vocabulary_that_are_no_subjects_are_records() -> None:
    person, by = lin()
    with pytest.raises(UnknownKind):
        actions.add(by, person, kind="case_logg", values=CASE)
    with pytest.raises(Refused):
        actions.add(by, person, kind="practitioner", values={"name": "x"})


def test_a_form_sent_twice_makes_one_record() -> None:
    person, by = lin()
    first = actions.add(by, person, kind="case_log", values=CASE, entry="form-1")
    again = actions.add(by, person, kind="case_log", values=CASE, entry="form-1")
    other = actions.add(by, person, kind="case_log", values=CASE, entry="form-2")
    assert first == again
    assert [r.fact for r in Record.objects.order_by("pk")] == ["case_log:1", "case_log:2"]
    assert other.fact == "case_log:2"


def test_nobody_else_changes_a_portfolio() -> None:
    hospital = making.hospital("醫院", "medical_center")
    person, by = lin(employer=hospital)
    made = actions.add(by, person, kind="case_log", values=CASE)
    edu = office(hospital, Post.EDUCATION_OFFICE)
    stranger = making.person("王小明", email="w@example.org")
    for other in (edu, Actor(stranger.account), Actor()):
        with pytest.raises(NotAllowed):
            actions.add(other, person, kind="case_log", values=CASE)
        with pytest.raises(NotAllowed):
            actions.change(other, made, version=1, values={**CASE, "lesions": 2})
        with pytest.raises(NotAllowed):
            actions.take_out(other, made, version=1, because="x")
        with pytest.raises(NotAllowed):
            actions.say_incomplete(other, person, kind="case_log", incomplete=True)


def test_a_change_is_kept_before_and_after_with_who_and_when() -> None:
    person, by = lin()
    made = actions.add(by, person, kind="case_log", values=CASE)
    with clock.standing_at(datetime.date(2026, 8, 1)):
        actions.change(by, made, version=1, values={**CASE, "procedure": "drainage"})
    newest, oldest = history_of(Record.objects.get())
    (change,) = newest.changed
    assert (change.field.zh, change.before.zh, change.after.zh) == ("術式", "切片", "引流")
    assert (newest.by, newest.at.astimezone(clock.TAIPEI).date()) == (
        "林介入",
        datetime.date(2026, 8, 1),
    )
    assert len(oldest.changed) == 3
    assert chain.verify() == (2, [])


def test_a_stale_form_is_refused_and_the_same_form_twice_is_not() -> None:
    person, by = lin()
    made = actions.add(by, person, kind="case_log", values=CASE)
    changed = {**CASE, "lesions": 2}
    actions.change(by, made, version=1, values=changed)
    again = actions.change(by, made, version=1, values=changed)
    assert (again.version, again.values["lesions"]) == (2, 2)
    with pytest.raises(OutOfDate):
        actions.change(by, made, version=1, values={**CASE, "lesions": 3})
    with pytest.raises(OutOfDate):
        actions.take_out(by, made, version=1, because="重複")


def test_a_record_taken_out_stays_on_file_and_counts_no_more() -> None:
    person, by = lin()
    made = actions.add(by, person, kind="case_log", values=CASE)
    with pytest.raises(Refused):
        actions.take_out(by, made, version=1, because=" ")
    actions.take_out(by, made, version=1, because="重複登錄")
    kept = Record.objects.get()
    assert (kept.removed is not None, kept.removed_because) == (True, "重複登錄")
    assert dossier_of(person).facts == ()
    with pytest.raises(NotAllowed):
        actions.change(by, kept, version=2, values=CASE)
    assert actions.add(by, person, kind="case_log", values=CASE).fact == "case_log:2"


def test_what_others_refer_to_stays_until_they_do_not() -> None:
    person, by = lin()
    asked = actions.add(by, person, kind="observation_request", values={"trainee": "王"})
    values = {"trainee": "王", "observation_date": "2026-06-01", "request": asked.fact}
    seen = actions.add(by, person, kind="observation", values=values)
    with pytest.raises(Refused, match="observation:1"):
        actions.take_out(by, asked, version=1, because="誤植")
    with pytest.raises(DossierError) as error:
        actions.change(by, seen, version=1, values={**values, "request": "observation:1"})
    assert attribute_of(error.value.problems[0]) == "request"
    actions.change(by, seen, version=1, values={"trainee": "王"})
    actions.take_out(by, asked, version=1, because="誤植")
    assert len(dossier_of(person).facts) == 1


def test_an_institution_verifies_and_a_change_gives_that_up_only_knowingly() -> None:
    hospital = making.hospital("醫院", "medical_center")
    person, by = lin(employer=hospital)
    made = actions.add(by, person, kind="case_log", values=CASE)
    edu = office(hospital, Post.EDUCATION_OFFICE)
    verified = actions.verify(edu, made, version=1)
    assert (verified.tier, verified.verified_by) == (Tier.VERIFIED, hospital)
    assert actions.verify(edu, made, version=1).version == 2
    changed = {**CASE, "lesions": 2}
    with pytest.raises(Refused, match="查證"):
        actions.change(by, made, version=2, values=changed)
    after = actions.change(by, made, version=2, values=changed, gives_up_verification=True)
    assert (after.tier, after.verified_name, after.verified) == (Tier.CLAIMED, "", None)


def test_a_verification_is_withdrawn_by_whoever_gave_it() -> None:
    hospital, other = (making.hospital(name, "medical_center") for name in ("甲", "乙"))
    person, by = lin(employer=hospital)
    making.Membership.objects.create(
        organisation=other, person=person, role=Post.PRACTITIONER, first=making.LONG_AGO
    )
    made = actions.add(by, person, kind="case_log", values=CASE)
    edu, theirs = (
        office(hospital, Post.EDUCATION_OFFICE),
        office(other, Post.DEPARTMENT_HEAD, "b@example.org"),
    )
    actions.verify(edu, made, version=1)
    with pytest.raises(Refused):
        actions.withdraw_verification(theirs, made, version=2, because="不是我們的")
    with pytest.raises(Refused):
        actions.withdraw_verification(edu, made, version=2, because="")
    after = actions.withdraw_verification(edu, made, version=2, because="日期有誤")
    assert after.tier == Tier.CLAIMED


@pytest.mark.parametrize("post", [Post.EDUCATION_OFFICE, Post.DEPARTMENT_HEAD, Post.SECRETARIAT])
def test_an_office_verifies_only_its_own_people(post: Post) -> None:
    hospital, other = (making.hospital(name, "medical_center") for name in ("甲", "乙"))
    person, by = lin(employer=hospital)
    made = actions.add(by, person, kind="case_log", values=CASE)
    with pytest.raises(NotAllowed):
        actions.verify(office(other, post), made, version=1)
    assert actions.verify(office(hospital, post, "a@example.org"), made, version=1)


def test_other_posts_do_not_verify_and_nobody_their_own() -> None:
    hospital = making.hospital("甲", "medical_center")
    person, by = lin(employer=hospital)
    made = actions.add(by, person, kind="case_log", values=CASE)
    for n, post in enumerate((Post.REVIEWER, Post.TREASURER, Post.AUDITOR)):
        with pytest.raises(NotAllowed):
            actions.verify(office(hospital, post, f"{n}@example.org"), made, version=1)
    head = Membership.objects.create(
        organisation=hospital,
        person=person,
        role=Post.DEPARTMENT_HEAD,
        first=making.LONG_AGO,
    )
    own = Actor(person.account, "林", head.organisation, head.role)
    with pytest.raises(NotAllowed):
        actions.verify(own, made, version=1)


@pytest.mark.parametrize(
    ("day", "allowed"),
    [("2024-12-31", True), ("2025-01-01", False), ("2019-12-31", False), ("2020-01-01", True)],
)
def test_of_those_who_have_left_an_office_sees_the_time_when_they_served(
    day: str, allowed: bool
) -> None:
    hospital = making.hospital("甲", "medical_center")
    person, by = lin()
    Membership.objects.create(
        organisation=hospital,
        person=person,
        role=Post.PRACTITIONER,
        first=datetime.date(2020, 1, 1),
        last=datetime.date(2024, 12, 31),
    )
    made = actions.add(by, person, kind="case_log", values={**CASE, "procedure_date": day})
    edu = office(hospital, Post.EDUCATION_OFFICE)
    if allowed:
        assert actions.verify(edu, made, version=1).tier == Tier.VERIFIED
    else:
        with pytest.raises(NotAllowed):
            actions.verify(edu, made, version=1)


def test_what_a_procedure_left_is_not_changed_here() -> None:
    person, by = lin()
    made = making.fact(person, "level_award", {"level": "RT2", "approval_date": "2024-01-01"})
    made.source = Source.PROCEDURE
    made.save()
    with pytest.raises(NotAllowed, match="程序"):
        actions.change(by, made, version=1, values={"level": "RT3"})
    with pytest.raises(NotAllowed):
        actions.take_out(by, made, version=1, because="x")


def test_a_kind_is_said_to_be_incomplete_and_complete_again() -> None:
    person, by = lin()
    for _ in range(2):
        actions.say_incomplete(by, person, kind="training", incomplete=True)
    assert dossier_of(person).incomplete == {"training"}
    actions.say_incomplete(by, person, kind="training", incomplete=False)
    assert dossier_of(person).incomplete == frozenset()


@pytest.mark.django_db(transaction=True)
def test_two_who_add_at_once_are_given_two_ids() -> None:
    person, by = lin()
    at_once(lambda n: actions.add(by, person, kind="case_log", values={**CASE, "lesions": n}), 6)
    facts = sorted(Record.objects.values_list("fact", flat=True))
    assert facts == [f"case_log:{n}" for n in range(1, 7)]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_change_at_once_one_is_told() -> None:
    person, by = lin()
    made = actions.add(by, person, kind="case_log", values=CASE)
    told = at_once(
        lambda n: actions.change(by, made, version=1, values={**CASE, "lesions": n + 1}), 2
    )
    assert [type(fault) for fault in told] == [OutOfDate]
    assert Record.objects.get().version == 2


def at_once(do: Callable[[int], object], times: int) -> list[Exception]:
    """``do`` in so many threads, begun together; what they raised."""
    start, faults = Barrier(times), list[Exception]()

    def run(number: int) -> None:
        start.wait()
        try:
            do(number)
        except Refused as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(n,)) for n in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return faults


# --- Kinds and words ---------------------------------------------------------------------


def test_every_kind_that_is_no_subject_stands_in_one_chapter() -> None:
    names = [kind.name for chapter in chapters() for kind in chapter.kinds]
    assert sorted(names) == sorted(k.name for k in KINDS.values() if not k.subject)
    assert all(chapter.label.zh != chapter.label.en for chapter in chapters())


def test_the_kinds_that_a_regulation_reads_are_worked_out_from_its_questions() -> None:
    assert "case_log" in kinds_of(find("ir-instructor"))
    assert "case_log" not in kinds_of(find("rt-ladder"))
    assert find("nm-program") not in about_persons()


def test_what_concerns_a_person_comes_first() -> None:
    person, _by = lin()
    assert concerns_of(person, DAY).own == ()
    read = {one.kind.name for one in offer(person, DAY).first}
    assert read == set().union(*map(kinds_of, about_persons())) & KINDS_TO_CHOOSE
    society = making.society("學會", "ir-instructor")
    Membership.objects.create(
        organisation=society, person=person, role=Post.PRACTITIONER, first=making.LONG_AGO
    )
    assert concerns_of(person, DAY).own == (find("ir-instructor"),)
    first = {one.kind.name for one in offer(person, DAY).first}
    assert ("case_log" in first, "clinical_duty" in first) == (True, False)
    found = offer(person, DAY, "個案").first
    assert {one.kind.name for one in found} == {"case_log", "case_report_signature"}
    assert offer(person, DAY, "沒有這種").chapters == ()


def test_a_record_is_told_in_words_with_units() -> None:
    person, by = lin()
    values = {"type": "pgy1", "hours": "50 min", "end_date": "2026-06-01", "field": "不明"}
    made = actions.add(by, person, kind="training", values=values)
    assert {one.name: one.value.zh for one in said(made)} == {
        "type": "PGY1",
        "hours": "50 分鐘",
        "end_date": "民國115年6月1日（2026-06-01）",
        "field": "不知道",
    }
    assert line(made).zh == "PGY1・50 分鐘"
