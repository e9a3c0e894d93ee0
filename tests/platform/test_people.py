"""Numbers that say who somebody is; seats and deputies; a dossier made of records."""

import datetime

import pytest
from acting import DAY
from cryptography.exceptions import InvalidTag
from filing import exemplary

from tiaoli.answers import ask
from tiaoli.platform.audit.actions import Actor, NotAllowed, Refused
from tiaoli.platform.audit.models import Event
from tiaoli.platform.fees.models import Notice
from tiaoli.platform.people import sealed
from tiaoli.platform.people.actions import number_of
from tiaoli.platform.people.identity import WrongNumber, read_identity_number
from tiaoli.platform.people.models import Deputy, Membership, Person, Post, index_of
from tiaoli.platform.people.seats import actor_of, seats_of
from tiaoli.platform.portfolio.dossiers import dossier_of
from tiaoli.platform.world import making
from tiaoli.regulations import catalogue

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("number", ["A123456789", "A800000014", "AC01234567", "ａ123456789 "])
def test_a_number_is_read(number: str) -> None:
    assert len(read_identity_number(number)) == 10


@pytest.mark.parametrize("number", ["A123456788", "A323456789", "1234567890", "A12345678", ""])
def test_a_number_that_nobody_has_is_refused(number: str) -> None:
    with pytest.raises(WrongNumber):
        read_identity_number(number)


def test_a_number_is_kept_encrypted_and_found_by_its_index() -> None:
    person = making.person("王小明", number="A123456789")
    kept = Person.objects.get(number_index=index_of("A123456789"))
    assert kept == person
    assert kept.number_shown == "A12****789"
    assert "A123456789" not in kept.sealed_number
    with pytest.raises(InvalidTag):
        sealed.opened(kept.sealed_number, use="another use")


def test_every_reading_of_a_full_number_is_written_down() -> None:
    society = making.society("學會", "rt-ladder")
    secretary = making.officer(society, Post.SECRETARIAT, "s@example.org")
    person = making.person("王小明", number="A123456789")
    by = actor_of(secretary, seats_of(secretary, DAY)[0])
    with pytest.raises(NotAllowed):  # nobody the society has to do with yet
        number_of(by, person, because="核對申請表")
    Notice.objects.create(
        number="N1", case="C1", payer=person, payee=society, regulation="rt-ladder",
        question="fee", amount=100, issued=DAY,
    )  # fmt: skip
    assert number_of(by, person, because="核對申請表") == "A123456789"
    assert Event.objects.get().action == "people.read_number"
    stranger = Actor(making.account("x@example.org"))
    with pytest.raises(NotAllowed):
        number_of(stranger, person, because="好奇")
    with pytest.raises(Refused):
        number_of(by, person, because="  ")
    assert Event.objects.count() == 1


def test_a_deputy_sits_in_for_a_while() -> None:
    society = making.society("學會", "rt-ladder")
    making.officer(society, Post.CHAIR, "chair@example.org")
    deputy = making.account("deputy@example.org")
    Deputy.objects.create(
        membership=Membership.objects.get(role=Post.CHAIR),
        account=deputy,
        first=DAY,
        last=DAY + datetime.timedelta(days=7),
    )
    (seat,) = seats_of(deputy, DAY)
    assert (seat.role, seat.deputy_for.email) == (Post.CHAIR, "chair@example.org")
    assert seats_of(deputy, DAY + datetime.timedelta(days=8)) == []


def test_records_are_asked_as_the_dossier_they_came_from() -> None:
    person = exemplary("wang-rt3")
    ladder = catalogue.find("rt-ladder")
    assert ask(ladder, "RT3", dossier_of(person), on=DAY).outcome == "eligible"
