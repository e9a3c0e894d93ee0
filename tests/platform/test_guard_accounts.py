"""Accounts tell nobody who is there, lock out who guesses, and ask for a second factor."""

import re

import pytest
from acting import logged_in
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.test import Client

from tiaoli.platform.people.models import Post
from tiaoli.platform.world import making

pytestmark = pytest.mark.django_db
PASSWORD = "correct-horse-battery"


@pytest.fixture(autouse=True)
def fresh():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def known(db):
    return making.account("known@example.org", password=PASSWORD)


def seen(response, email: str) -> tuple:
    """What a page shows, apart from the address that was typed and what is new on each page."""
    text = response.content.decode().replace(email, "…")
    text = re.sub(r'"X-CSRFToken": "[^"]+"|name="csrfmiddlewaretoken" value="[^"]+"', "", text)
    return response.status_code, response.headers.get("Location"), text


@pytest.mark.parametrize(
    ("page", "more"),
    [
        ("/accounts/password/reset/", {}),
        ("/accounts/signup/", {"password1": PASSWORD, "password2": PASSWORD}),
        ("/accounts/login/", {"login": "", "password": "wrong-password"}),
    ],
)
def test_no_page_says_whether_an_address_is_known(known, page: str, more: dict) -> None:
    found = []
    for email in ("known@example.org", "nobody@example.org"):
        client = Client()
        named = {"login": email} if "login" in more else {"email": email}
        answered = client.post(page, more | named)
        onward = client.get(answered.headers["Location"]) if answered.status_code == 302 else None
        found.append((seen(answered, email), onward and seen(onward, email)))
    assert found[0] == found[1]
    assert found[0][0][0] != 500


def test_both_addresses_get_a_mail_and_only_there_is_it_said(known) -> None:
    for email in ("known@example.org", "nobody@example.org"):
        Client().post("/accounts/password/reset/", {"email": email})
    assert {message.to[0] for message in mail.outbox} == {"known@example.org", "nobody@example.org"}


def test_whoever_guesses_is_locked_out_even_with_the_right_password(known) -> None:
    client = Client()
    for _ in range(5):
        client.post("/accounts/login/", {"login": known.email, "password": "wrong-password"})
    client.post("/accounts/login/", {"login": known.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_the_right_password_logs_in(known) -> None:
    client = Client()
    client.post("/accounts/login/", {"login": known.email, "password": PASSWORD})
    assert "_auth_user_id" in client.session


@pytest.mark.parametrize(
    ("post", "asked"),
    [
        (Post.SECRETARIAT, True), (Post.REVIEWER, True), (Post.CHAIR, True),
        (Post.TREASURER, True), (Post.ADMINISTRATOR, True), (Post.AUDITOR, False),
        (Post.EDUCATION_OFFICE, False),
    ],
)  # fmt: skip
def test_a_seat_with_power_needs_a_second_factor(settings, post: Post, asked: bool) -> None:
    settings.TIAOLI_SECOND_FACTOR = True
    account = making.officer(making.society("學會"), post, "o@example.org")
    client = logged_in(account)
    sent = client.get("/")
    assert (sent.status_code == 302 and sent.headers["Location"] == "/second-factor/") is asked
    assert client.get("/second-factor/").status_code == 200
    assert client.get("/accounts/2fa/").status_code in (200, 302)
    Authenticator.objects.create(user=account, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert (client.get("/").status_code == 302) is asked
    Authenticator.objects.create(user=account, type=Authenticator.Type.TOTP, data={})
    assert client.get("/").status_code == 200


def test_without_the_setting_nobody_is_asked(settings) -> None:
    settings.TIAOLI_SECOND_FACTOR = False
    account = making.officer(making.society("學會"), Post.CHAIR, "o@example.org")
    client = logged_in(account)
    assert client.get("/").status_code == 200
