"""Invitations: by mail, once, to one address; used twice at once they make one post."""

import datetime
import re

import pytest
from acting import DAY, acting, logged_in
from concurrently import faults_at_once
from django.core import mail
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.test import Client

from tiaoli.platform import clock
from tiaoli.platform.audit.actions import Actor, NotAllowed, Refused
from tiaoli.platform.people import invitations, persons
from tiaoli.platform.people.models import Account, Invitation, Membership, Person, Post
from tiaoli.platform.people.seats import seats_of
from tiaoli.platform.world import making

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]
THREE_WEEKS = datetime.timedelta(days=21)
TOLD = {"name": "王小明", "english_name": "", "date_of_birth": None, "nationality": ""}


def link_in(message) -> str:
    return re.search(r"https?://[^/\s]+(/invitation/\S+)", message.body)[1]


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


def test_whoever_logs_in_comes_back_to_the_invitation(house, admin) -> None:
    cache.clear()
    logged_in(admin).post("/invitations/", {"email": "n@example.org", "role": Post.REVIEWER})
    making.account("n@example.org", password="correct-horse-battery")
    client, link = Client(), link_in(mail.outbox[-1])
    client.get(link)
    given = {"login": "n@example.org", "password": "correct-horse-battery"}
    assert client.post("/accounts/login/", given).headers["Location"] == link


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


def test_an_address_that_is_not_verified_accepts_nothing(house, admin) -> None:
    token = invitations.new_token()
    made = invitations.invite(acting(admin), house, email="n@example.org",
                              role=Post.CHAIR, token=token)  # fmt: skip
    account = Account.objects.create_user("n@example.org")
    account.emailaddress_set.create(email="n@example.org", verified=False)
    with pytest.raises(NotAllowed):
        invitations.accept(Actor(account), made)


def test_what_is_withdrawn_late_or_sent_again(house, admin) -> None:
    client = logged_in(admin)
    client.post("/invitations/", {"email": "n@example.org", "role": Post.REVIEWER})
    first, made = link_in(mail.outbox[-1]), Invitation.objects.get()
    with clock.standing_at(DAY + THREE_WEEKS):
        assert Client().get(first).status_code == 410
        assert client.post(f"/invitations/{made.pk}/resend").status_code == 302
        second = link_in(mail.outbox[-1])
        assert Client().get(first).status_code == 410
        assert Client().get(second).status_code == 200
        assert client.post(f"/invitations/{made.pk}/withdraw").status_code == 302
        assert Client().get(second).status_code == 410
        assert client.post(f"/invitations/{made.pk}/withdraw").status_code == 409
        assert client.post(f"/invitations/{made.pk}/resend").status_code == 409


def test_an_education_office_invites_practitioners_only(house) -> None:
    office = making.officer(house, Post.EDUCATION_OFFICE, "edu@example.org")
    given = {"email": "n@example.org", "token": "t"}
    with pytest.raises(NotAllowed):
        invitations.invite(acting(office), house, role=Post.ADMINISTRATOR, **given)
    assert invitations.invite(acting(office), house, role=Post.PRACTITIONER, **given).pk


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
    faults = faults_at_once(*[lambda: invitations.accept(Actor(account), made)] * 2)
    assert faults == [invitations.Gone]
    assert Membership.objects.filter(account=account).count() == 1
