"""The front page: what waits for whoever looks, counted, with where to go."""

from typing import Any

import pytest
from acting import logged_in
from django.test import Client
from filing import House, documented, example, opened, own, step, text

from tiaoli.platform.people.models import Post

pytestmark = pytest.mark.django_db


def seen(account: Any) -> str:
    return text(logged_in(account).get("/"))


def test_each_is_told_of_the_file_that_waits_for_them() -> None:
    house = House("rt-ladder")
    person = house.person()
    example(person, "chen-rt1-leap-day")
    application = opened(person, house.regulation, "individual-to-society", {"level": "RT1"})
    assert "件申請輪到您" in seen(person.account)
    documented(own(person), application, "proof_copies")
    step(own(person), application, "submit")
    told = seen(person.account)
    assert "件申請由他人處理中" in told
    assert "件申請輪到您" not in told
    office = seen(house.accounts[Post.SECRETARIAT])
    assert "件輪到貴單位" in office
    assert 'href="/reviews/"' in office
    assert "目前沒有等您處理的事" in seen(house.accounts[Post.CHAIR])


def test_the_public_is_shown_where_to_go() -> None:
    page = Client().get("/").content.decode()
    assert 'href="/certificates/"' in page
    assert 'href="/rules/"' in page
