"""Posts, deputies, invitations; an invitation used twice at once; a number that is taken."""

import datetime
import re
import threading

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client

from tiaoli.facts.vocabulary import find
from tiaoli.platform import clock
from tiaoli.platform.audit.actions import Actor, NotAllowed, OutOfDate, Refused
from tiaoli.platform.audit.models import Event
from tiaoli.platform.people import deputies, invitations, persons, posts
from tiaoli.platform.people.grades import HospitalGrade
from tiaoli.platform.people.identity import WrongNumber
from tiaoli.platform.people.models import Account, Deputy, Invitation, Membership, Person, Post
from tiaoli.platform.people.seats import actor_of, seats_of
from tiaoli.platform.world import making

DAY = datetime.date(2026, 6, 30)
WEEK = datetime.timedelta(days=7)
TOLD = {"name": "王小明", "english_name": "", "date_of_birth": None, "nationality": ""}


@pytest.fixture(autouse=True)
def today():
    with clock.standing_at(DAY):
        yield


def acting(account: Account, at: int = 0) -> Actor:
    return actor_of(account, seats_of(account, clock.today())[at])


def logged_in(account: Account) -> Client:
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def house(db):
    return making.hospital("山海醫院", "regional")


@pytest.fixture
def admin(house):
    return making.officer(house, Post.ADMINISTRATOR, "admin@example.org", "管理者")


# Posts and grades


@pytest.mark.django_db
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


@pytest.mark.django_db
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


@pytest.mark.django_db
def test_nobody_ends_posts_of_another_house(house, admin) -> None:
    other = making.officer(making.hospital("清溪", "district"), Post.ADMINISTRATOR, "o@example.org")
    making.person("王小明", employer=house)
    with pytest.raises(NotAllowed):
        posts.end_post(acting(other), Membership.objects.get(role=Post.PRACTITIONER),
                       last=DAY, because="")  # fmt: skip


@pytest.mark.django_db
def test_a_further_post_and_the_same_twice(house, admin) -> None:
    making.person("王小明", employer=house)
    held = Membership.objects.get(role=Post.PRACTITIONER)
    given = {"role": Post.DEPARTMENT_HEAD, "unit": "放射科", "first": DAY}
    assert posts.add_post(acting(admin), held, **given).person == held.person
    with pytest.raises(Refused):
        posts.add_post(acting(admin), held, **given)


@pytest.mark.django_db
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


@pytest.mark.django_db
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


@pytest.mark.django_db
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


@pytest.mark.django_db
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


# Invitations


def link_in(message) -> str:
    return re.search(r"https?://[^/\s]+(/invitation/\S+)", message.body)[1]


@pytest.mark.django_db
def test_an_invitation_from_mail_to_post(house, admin) -> None:
    client = logged_in(admin)
    given = {"email": "New@example.org", "role": Post.REVIEWER, "unit": ""}
    assert client.post("/invitations/", given).status_code == 302
    again = client.post("/invitations/", given)
    assert again.status_code == 422
    assert "New@example.org" in again.content.decode()  # what was typed is kept
    link = link_in(mail.outbox[-1])
    made = Invitation.objects.get()
    assert link.split("/")[2] not in made.token_digest
    assert "n…@example.org" in Client().get(link).content.decode()
    assert "/accounts/login/" in Client().post(link).headers["Location"]
    stranger = logged_in(making.account("other@example.org"))
    assert stranger.post(link).status_code == 403
    invited = making.account("new@example.org")
    assert logged_in(invited).post(link).status_code == 302
    assert [seat.role for seat in seats_of(invited, DAY)] == [Post.REVIEWER]
    assert logged_in(invited).post(link).status_code == 410
    assert "已經使用過" in Client().get(link).content.decode()


@pytest.mark.django_db
def test_from_the_link_through_signing_up_and_back(house, admin) -> None:
    cache.clear()
    logged_in(admin).post("/invitations/", {"email": "n@example.org", "role": Post.REVIEWER})
    client, link = Client(), link_in(mail.outbox[-1])
    assert client.get(link).status_code == 200
    password = "correct-horse-battery"
    given = {"email": "n@example.org", "password1": password, "password2": password}
    client.post("/accounts/signup/", given)
    confirm = re.search(r"https?://[^/\s]+(/accounts/confirm-email/\S+)", mail.outbox[-1].body)[1]
    client.post(confirm)
    client.post("/accounts/login/", {"login": "n@example.org", "password": password})
    account = Account.objects.get(email="n@example.org")
    assert client.session["_auth_user_id"] == str(account.pk)
    assert client.get(link).status_code == 200
    assert client.post(link).headers["Location"] == "/"
    assert seats_of(account, DAY)[0].role == Post.REVIEWER


@pytest.mark.django_db
def test_whoever_logs_in_comes_back_to_the_invitation(house, admin) -> None:
    cache.clear()
    logged_in(admin).post("/invitations/", {"email": "n@example.org", "role": Post.REVIEWER})
    making.account("n@example.org", password="correct-horse-battery")
    client, link = Client(), link_in(mail.outbox[-1])
    client.get(link)
    given = {"login": "n@example.org", "password": "correct-horse-battery"}
    assert client.post("/accounts/login/", given).headers["Location"] == link


@pytest.mark.django_db
def test_a_mail_that_does_not_leave_is_told(house, admin, monkeypatch) -> None:
    def fails(*_: object) -> None:
        raise ConnectionRefusedError

    client = logged_in(admin)
    with monkeypatch.context() as patched:
        patched.setattr(EmailMessage, "send", fails)
        client.post("/invitations/", {"email": "n@example.org", "role": Post.REVIEWER})
    assert "信沒有寄出" in client.get("/invitations/").content.decode()
    made = Invitation.objects.get()
    client.post(f"/invitations/{made.pk}/resend")
    assert mail.outbox[-1].to == ["n@example.org"]


@pytest.mark.django_db
def test_many_invitations_cost_as_many_queries(house, admin, django_assert_max_num_queries) -> None:
    client = logged_in(admin)

    def invite(first: int, last: int) -> None:
        for number in range(first, last):
            invitations.invite(acting(admin), house, email=f"{number}@example.org",
                               role=Post.REVIEWER, token=str(number))  # fmt: skip

    invite(0, 3)
    client.get("/invitations/")
    with django_assert_max_num_queries(16) as few:
        client.get("/invitations/")
    invite(3, 63)
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get("/invitations/")


@pytest.mark.django_db
def test_an_address_that_is_not_verified_accepts_nothing(house, admin) -> None:
    token = invitations.new_token()
    made = invitations.invite(acting(admin), house, email="n@example.org",
                              role=Post.CHAIR, token=token)  # fmt: skip
    account = Account.objects.create_user("n@example.org")
    account.emailaddress_set.create(email="n@example.org", verified=False)
    with pytest.raises(NotAllowed):
        invitations.accept(Actor(account), made)


@pytest.mark.django_db
def test_what_is_withdrawn_late_or_sent_again(house, admin) -> None:
    client = logged_in(admin)
    client.post("/invitations/", {"email": "n@example.org", "role": Post.REVIEWER})
    first, made = link_in(mail.outbox[-1]), Invitation.objects.get()
    with clock.standing_at(DAY + 3 * WEEK):
        assert Client().get(first).status_code == 410
        assert client.post(f"/invitations/{made.pk}/resend").status_code == 302
        second = link_in(mail.outbox[-1])
        assert Client().get(first).status_code == 410
        assert Client().get(second).status_code == 200
        assert client.post(f"/invitations/{made.pk}/withdraw").status_code == 302
        assert Client().get(second).status_code == 410
        assert client.post(f"/invitations/{made.pk}/withdraw").status_code == 409
        assert client.post(f"/invitations/{made.pk}/resend").status_code == 409


@pytest.mark.django_db
def test_an_education_office_invites_practitioners_only(house) -> None:
    office = making.officer(house, Post.EDUCATION_OFFICE, "edu@example.org")
    given = {"email": "n@example.org", "token": "t"}
    with pytest.raises(NotAllowed):
        invitations.invite(acting(office), house, role=Post.ADMINISTRATOR, **given)
    assert invitations.invite(acting(office), house, role=Post.PRACTITIONER, **given).pk


@pytest.mark.django_db
def test_a_person_whom_the_house_entered_gets_an_account_by_invitation_only(house, admin) -> None:
    entered = persons.enter(acting(admin), house, told=TOLD, number="A123456789", unit="",
                            first=DAY)  # fmt: skip
    made = invitations.invite(acting(admin), house, email="w@example.org",
                              role=Post.PRACTITIONER, token="t", person=entered)  # fmt: skip
    account = making.account("w@example.org")
    with pytest.raises(persons.NumberTaken) as taken:  # knowing the number is not enough
        persons.register(Actor(account), account, told=TOLD, number="A123456789")
    assert "王小明" not in str(taken.value)
    invitations.accept(Actor(account), made)
    assert Person.objects.get(account=account) == entered
    assert Membership.objects.filter(person=entered).count() == 1
    with pytest.raises(Refused, match="account"):
        invitations.invite(acting(admin), house, email="z@example.org", role=Post.PRACTITIONER,
                           token="u", person=entered)  # fmt: skip


@pytest.mark.django_db
def test_an_account_with_a_file_of_its_own_is_linked_to_no_other(house, admin) -> None:
    entered = making.person("王小明", employer=house)
    made = invitations.invite(acting(admin), house, email="w@example.org",
                              role=Post.PRACTITIONER, token="t", person=entered)  # fmt: skip
    own = making.person("另一人", email="w@example.org")
    with pytest.raises(Refused, match="own already"):
        invitations.accept(Actor(own.account), made)
    made.refresh_from_db()
    assert made.accepted is None


@pytest.mark.django_db(transaction=True)
def test_an_invitation_used_twice_at_once_makes_one_post() -> None:
    house = making.hospital("山海醫院", "regional")
    admin = making.officer(house, Post.ADMINISTRATOR, "admin@example.org")
    made = invitations.invite(acting(admin), house, email="n@example.org",
                              role=Post.REVIEWER, token="t")  # fmt: skip
    account = making.account("n@example.org")
    ready, told = threading.Barrier(2), []

    def accept() -> None:
        ready.wait()
        try:
            invitations.accept(Actor(account), made)
            told.append("done")
        except invitations.Gone:
            told.append("gone")
        finally:
            connection.close()

    both = [threading.Thread(target=accept) for _ in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert sorted(told) == ["done", "gone"]
    assert Membership.objects.filter(account=account).count() == 1


# A person's own file


@pytest.mark.django_db(transaction=True)
def test_a_number_entered_by_two_at_once_is_kept_once() -> None:
    accounts = [making.account(f"{n}@example.org") for n in range(2)]
    ready, told = threading.Barrier(2), []

    def register(account: Account) -> None:
        ready.wait()
        try:
            persons.register(Actor(account), account, told=TOLD, number="A123456789")
            told.append("done")
        except persons.NumberTaken:
            told.append("taken")
        finally:
            connection.close()

    both = [threading.Thread(target=register, args=(account,)) for account in accounts]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert sorted(told) == ["done", "taken"]
    assert Person.objects.count() == 1


@pytest.mark.django_db
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


@pytest.mark.django_db
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


@pytest.mark.django_db
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
