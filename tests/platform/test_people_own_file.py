"""A person's own file: registered by themselves, corrected by the house; a number taken once."""

import pytest
from acting import acting, logged_in
from concurrently import faults_at_once

from tiaoli.platform.audit.actions import Actor, NotAllowed, Refused
from tiaoli.platform.audit.models import Event
from tiaoli.platform.people import persons
from tiaoli.platform.people.identity import WrongNumber
from tiaoli.platform.people.models import Person, Post
from tiaoli.platform.world import making

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]
TOLD = {"name": "王小明", "english_name": "", "date_of_birth": None, "nationality": ""}


@pytest.mark.django_db(transaction=True)
def test_a_number_entered_by_two_at_once_is_kept_once() -> None:
    accounts = [making.account(f"{n}@example.org") for n in range(2)]
    faults = faults_at_once(
        *(
            lambda own=own: persons.register(Actor(own), own, told=TOLD, number="A123456789")
            for own in accounts
        )
    )
    assert faults == [persons.NumberTaken]
    assert Person.objects.count() == 1


def test_registering_on_the_page(db) -> None:
    making.person("別人", number="A123456789")
    client = logged_in(making.account("w@example.org"))
    given = {"name": "王小明", "date_of_birth": "1990-01-02", "number": "A123456788"}
    wrong = client.post("/me/", given)
    assert (wrong.status_code, "檢查碼" in wrong.content.decode()) == (422, True)
    taken = client.post("/me/", given | {"number": "A123456789"})
    assert taken.status_code == 422
    assert "別人" not in taken.content.decode()
    assert 'value="王小明"' in taken.content.decode()
    assert not Person.objects.filter(name="王小明").exists()
    assert client.post("/me/", given | {"number": "A800000014"}).status_code == 302
    person = Person.objects.get(name="王小明")
    shown = client.get("/me/").content.decode()
    assert "A80****014" in shown
    assert "A800000014" not in shown
    changed = client.post("/me/", given | {"name": "王大明"})
    assert changed.status_code == 422
    assert client.post(f"/people/{person.pk}/number", {"because": ""}).status_code in (403, 422)
    read = client.post(f"/people/{person.pk}/number", {"because": "填表"})
    assert "A800000014" in read.content.decode()
    assert "no-store" in read.headers["Cache-Control"]
    assert Event.objects.filter(action="people.read_number").count() == 1


def test_only_the_education_office_corrects_and_says_why(house, admin) -> None:
    office = making.officer(house, Post.EDUCATION_OFFICE, "edu@example.org")
    elsewhere = making.officer(
        making.hospital("清溪", "district"), Post.EDUCATION_OFFICE, "e2@example.org"
    )
    person = making.person("王小名", employer=house, number="A123456789")
    right = {"told": TOLD, "number": "A800000014"}
    for account in (admin, elsewhere):
        with pytest.raises(NotAllowed):
            persons.correct(acting(account), person, because="戶籍", **right)
    with pytest.raises(Refused):
        persons.correct(acting(office), person, because=" ", **right)
    with pytest.raises(WrongNumber):
        persons.correct(acting(office), person, because="戶籍", told=TOLD, number="A123456788")
    persons.correct(acting(office), person, because="戶籍", **right)
    person.refresh_from_db()
    assert (person.name, person.number_shown) == ("王小明", "A80****014")
    event = Event.objects.get(action="people.correct")
    assert event.personal["before"]["name"] == "王小名"
    assert set(event.data["changed"]) == {"name", "number"}
