"""Posts, grades and deputies: each from a day to a day, within one house."""

import datetime

import pytest
from acting import DAY, acting, logged_in

from tiaoli.facts.vocabulary import find
from tiaoli.platform import clock
from tiaoli.platform.audit.actions import NotAllowed, OutOfDate, Refused
from tiaoli.platform.audit.models import Event
from tiaoli.platform.people import deputies, posts
from tiaoli.platform.people.grades import HospitalGrade
from tiaoli.platform.people.models import Deputy, Membership, Post
from tiaoli.platform.people.seats import seats_of
from tiaoli.platform.world import making

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]
WEEK = datetime.timedelta(days=7)

# Posts and grades


def test_a_post_ends_with_a_day_and_is_never_deleted(house, admin) -> None:
    person = making.person("王小明", employer=house, unit="放射科")
    post = Membership.objects.get(person=person)
    ended = posts.end_post(acting(admin), post, last=DAY, because="離職")
    assert ended.last == DAY
    assert person.employer_on(DAY) == house
    assert person.employer_on(DAY + datetime.timedelta(days=1)) is None
    with pytest.raises(OutOfDate):
        posts.end_post(acting(admin), post, last=DAY, because="離職")
    assert Event.objects.filter(action="people.end_post").count() == 1


def test_a_post_does_not_end_before_it_began_and_an_administrator_stays(house, admin) -> None:
    making.person("王小明", employer=house, since=DAY)
    post = Membership.objects.get(role=Post.PRACTITIONER)
    with pytest.raises(Refused):
        posts.end_post(acting(admin), post, last=DAY - WEEK, because="")
    own = Membership.objects.get(role=Post.ADMINISTRATOR)
    with pytest.raises(Refused, match="last administrator"):
        posts.end_post(acting(admin), own, last=DAY, because="")
    making.officer(house, Post.ADMINISTRATOR, "second@example.org")
    assert posts.end_post(acting(admin), own, last=DAY, because="").last == DAY


def test_nobody_ends_posts_of_another_house(house, admin) -> None:
    other = making.officer(making.hospital("清溪", "district"), Post.ADMINISTRATOR, "o@example.org")
    making.person("王小明", employer=house)
    with pytest.raises(NotAllowed):
        posts.end_post(acting(other), Membership.objects.get(role=Post.PRACTITIONER),
                       last=DAY, because="")  # fmt: skip


def test_a_further_post_and_the_same_twice(house, admin) -> None:
    making.person("王小明", employer=house)
    held = Membership.objects.get(role=Post.PRACTITIONER)
    given = {"role": Post.DEPARTMENT_HEAD, "unit": "放射科", "first": DAY}
    assert posts.add_post(acting(admin), held, **given).person == held.person
    with pytest.raises(Refused):
        posts.add_post(acting(admin), held, **given)


def test_a_grade_ends_the_one_before(house, admin) -> None:
    posts.set_grade(acting(admin), house, grade="medical_centre", first=DAY)
    assert house.grade_on(DAY) == "medical_centre"
    assert house.grade_on(DAY - datetime.timedelta(days=1)) == "regional"
    with pytest.raises(Refused):
        posts.set_grade(acting(admin), house, grade="regional", first=DAY)


def test_grades_are_told_in_the_words_of_the_vocabulary() -> None:
    told = find("institution").attributes["accreditation_grade"]
    assert {o.name: o.label for o in told.options} == {g.value: g.label for g in HospitalGrade}


# Deputies


def test_a_deputy_sits_in_from_the_first_day_to_the_last(house, admin) -> None:
    deputy = making.officer(house, Post.EDUCATION_OFFICE, "edu@example.org")
    post = Membership.objects.get(account=admin)
    term = deputies.name_deputy(
        acting(admin), post, account=deputy, first=DAY + WEEK, last=DAY + 2 * WEEK
    )

    def roles(day: datetime.date) -> set:
        return {(seat.role, seat.deputy_for) for seat in seats_of(deputy, day)}

    sits = (Post.ADMINISTRATOR, admin)
    day = datetime.timedelta(days=1)
    assert sits not in roles(DAY + WEEK - day)
    assert sits in roles(DAY + WEEK)
    assert sits in roles(DAY + 2 * WEEK)
    assert sits not in roles(DAY + 2 * WEEK + day)
    with clock.standing_at(DAY + WEEK + day):
        deputies.end_deputy(acting(admin), term)
        assert sits not in roles(clock.today())
        with pytest.raises(OutOfDate):
            deputies.end_deputy(acting(admin), term)


def test_a_deputy_is_of_the_same_house_and_names_no_other(house, admin) -> None:
    deputy = making.officer(house, Post.EDUCATION_OFFICE, "edu@example.org")
    head = making.officer(house, Post.DEPARTMENT_HEAD, "head@example.org")
    stranger = making.account("x@example.org")
    post = Membership.objects.get(account=head)
    term = {"first": DAY, "last": DAY + WEEK}
    with pytest.raises(Refused, match="same organisation"):
        deputies.name_deputy(acting(head), post, account=stranger, **term)
    with pytest.raises(Refused):
        deputies.name_deputy(acting(head), post, account=deputy, first=DAY, last=DAY - WEEK)
    deputies.name_deputy(acting(head), post, account=deputy, **term)
    with pytest.raises(Refused, match="already"):
        deputies.name_deputy(acting(head), post, account=deputy, **term)
    with pytest.raises(NotAllowed):
        deputies.name_deputy(acting(deputy, 1), post, account=admin, **term)


def test_the_page_of_deputies(house, admin) -> None:
    deputy = making.officer(house, Post.EDUCATION_OFFICE, "edu@example.org", "教學")
    client = logged_in(admin)
    post = Membership.objects.get(account=admin)
    given = {"post": post.pk, "deputy": deputy.pk, "first": DAY, "last": DAY + WEEK}
    assert client.post("/deputies/", given).status_code == 302
    assert client.post("/deputies/", given).status_code == 422
    term = Deputy.objects.get()
    assert "教學" in client.get("/deputies/").content.decode()
    assert logged_in(deputy).post(f"/deputies/{term.pk}/end").status_code == 403
    assert client.post(f"/deputies/{term.pk}/end").status_code == 302
    assert client.post(f"/deputies/{term.pk}/end").status_code == 409


# The page of an organisation


def test_the_page_of_an_organisation_costs_the_same_for_many(
    house, admin, django_assert_max_num_queries
) -> None:
    client = logged_in(admin)
    for number in range(3):
        making.person(f"人{number}", employer=house)
    client.get("/organisation/")
    with django_assert_max_num_queries(16) as few:
        client.get("/organisation/")
    for number in range(60):
        making.person(f"多{number}", employer=house)
    with django_assert_max_num_queries(len(few.captured_queries)):
        shown = client.get("/organisation/")
    assert "64" in shown.content.decode()
