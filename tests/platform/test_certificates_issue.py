"""A certificate is issued: its number without a gap, its words for good, what the record says."""

import datetime
from typing import Any

import pytest
from acting import DAY
from certificate_making import TO, domain, issued, office
from concurrently import at_once

from tiaoli.platform import clock
from tiaoli.platform.audit import chain
from tiaoli.platform.audit.actions import THE_DAY, Actor, NotAllowed, Refused
from tiaoli.platform.certificates.issuing import issue
from tiaoli.platform.certificates.models import Certificate, Issuer
from tiaoli.platform.certificates.standing import Standing, standing_on
from tiaoli.platform.world import making

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]


def test_a_certificate_carries_its_own_words_and_outlives_a_change_of_name() -> None:
    by = office(making.society("影像學會", "ir-instructor"))
    person = making.person("王小明")
    made = issued(by, domain(person))
    person.name = "王大明"
    person.save()
    made.refresh_from_db()
    assert (made.name, made.first, made.last) == ("王小明", DAY, TO)
    assert made.number == f"T{by.organisation.pk}-115-00001"
    assert made.scope[0] == {
        "label": {"zh": "領域", "en": "Domain"},
        "value": {"zh": "領域3", "en": "domain 3"},
        "text": False,
    }
    assert len(made.token) > 20
    made.record.refresh_from_db()
    assert made.record.values["number"] == made.number
    assert made.record.values["expiry_date"] == TO.isoformat()


def test_numbers_count_from_one_for_each_issuer_and_year_by_its_own_prefix(settings: Any) -> None:
    first, second = office(making.society("甲學會")), office(making.society("乙學會"), "b@b.org")
    Issuer.objects.create(organisation=second.organisation, prefix="YI")
    person = making.person("王小明")
    numbers = [issued(by, domain(person)).number for by in (first, first, second)]
    settings.TIAOLI_TODAY = datetime.date(2027, 1, 1)
    numbers.append(issued(second, domain(person)).number)
    pk = first.organisation.pk
    assert numbers == [f"T{pk}-115-00001", f"T{pk}-115-00002", "YI-115-00001", "YI-116-00001"]


def test_a_record_has_one_certificate_however_often_it_is_asked_for() -> None:
    by = office(making.society("甲學會"))
    record = domain(making.person("王小明"))
    assert issued(by, record) == issued(by, record)
    assert Certificate.objects.count() == 1


def test_a_number_that_was_not_used_in_the_end_is_given_to_the_next() -> None:
    by = office(making.society("甲學會"))
    person = making.person("王小明")
    with pytest.raises(Refused):
        issued(by, domain(person), last=DAY - datetime.timedelta(days=1))
    assert issued(by, domain(person)).number.endswith("-00001")


def test_nobody_issues_in_their_own_name() -> None:
    society = making.society("甲學會")
    alone = Actor(making.account("x@example.org"))
    with pytest.raises(NotAllowed):
        issue(
            alone, domain(making.person("王小明")), regulation="ir-instructor",
            procedure="initial", issuer=society, decision={}, first=DAY, last=None,
        )  # fmt: skip
    assert issued(THE_DAY, domain(making.person("林")), issuer=society).last == TO


def test_a_renewal_replaces_from_its_first_day_and_leaves_the_old_fact_as_it_was() -> None:
    by = office(making.society("甲學會"))
    person = making.person("王小明")
    old = issued(by, domain(person))
    begins = TO + datetime.timedelta(days=1)
    new = issued(by, domain(person), first=begins, last=begins.replace(year=2036), replaces=old)
    old.refresh_from_db()
    assert old.replaced_by == new
    assert [standing_on(old, d) for d in (DAY, TO, begins)] == [
        Standing.VALID, Standing.VALID, Standing.REPLACED,
    ]  # fmt: skip
    assert standing_on(new, DAY) == Standing.NOT_YET
    assert old.record.values["status"] == "valid"


def test_a_replacement_of_the_same_term_marks_the_old_fact() -> None:
    by = office(making.society("甲學會"))
    person = making.person("王小明")
    old = issued(by, domain(person))
    issued(by, domain(person), replaces=old)
    old.refresh_from_db()
    assert (old.status, old.record.values["status"]) == ("replaced", "replaced")


@pytest.mark.parametrize("whose", ["another person", "another issuer", "replaced already"])
def test_what_cannot_be_replaced_is_refused(whose: str) -> None:
    by, other = office(making.society("甲學會")), office(making.society("乙學會"), "b@b.org")
    person = making.person("王小明")
    old = issued(by, domain(person))
    if whose == "replaced already":
        issued(by, domain(person), replaces=old)
    with pytest.raises(Refused):
        issued(
            other if whose == "another issuer" else by,
            domain(making.person("林") if whose == "another person" else person),
            replaces=old,
        )


@pytest.mark.django_db(transaction=True)
def test_two_at_once_are_given_numbers_that_follow_each_other() -> None:
    by = office(making.society("甲學會"))
    records = [domain(making.person(f"王{n}")) for n in range(4)]
    found = at_once(*(lambda record=record: issued(by, record) for record in records))
    numbers = sorted(made.number[-5:] for made in found)
    assert numbers == ["00001", "00002", "00003", "00004"]
    assert chain.verify()[1] == []


@pytest.mark.django_db(transaction=True)
def test_one_record_issued_twice_at_once_is_one_certificate() -> None:
    by = office(making.society("甲學會"))
    record = domain(making.person("王小明"))
    first, second = at_once(lambda: issued(by, record), lambda: issued(by, record))
    assert first == second
    assert Certificate.objects.count() == 1
    assert clock.today() == DAY
