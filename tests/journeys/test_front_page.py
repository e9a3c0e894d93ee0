"""The front page, logging in, choosing a language and a seat."""

from collections.abc import Callable
from typing import Any

import pytest
from visitors import PASSWORD

from tiaoli.platform.people.models import Post
from tiaoli.platform.world import making

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("width", [1280, 360])
def test_the_public_finds_no_barrier(visitor: Callable[..., Any], width: int) -> None:
    public = visitor(width)
    page = public.opens("/")
    assert page.get_by_role("heading", level=1).is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    public.finds_no_barrier()
    public.opens("/accounts/login/")
    public.finds_no_barrier()


def test_a_language_is_chosen_and_kept(visitor: Callable[..., Any]) -> None:
    page = visitor().opens("/")
    page.get_by_role("link", name="English").click()
    assert page.get_by_role("link", name="Log in").first.is_visible()
    page.reload()
    assert page.locator("html").get_attribute("lang") == "en"


def test_a_secretary_acts_from_their_seat(visitor: Callable[..., Any]) -> None:
    society = making.society("測試學會", "rt-ladder")
    making.officer(society, Post.SECRETARIAT, "s@example.org", "秘書", PASSWORD)
    page = visitor().logs_in("s@example.org")
    assert "測試學會" in page.get_by_role("heading", level=1).inner_text()
