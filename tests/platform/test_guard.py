"""Every address of ours × everybody: no door without a guard, none that opens to the wrong one."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import Any
from urllib.parse import quote

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from guard_doors import DOORS
from guard_walk import Address, addresses, filled, knocked, lets_in
from guard_world import QUERIES, World, build, maker_of, posted_to

EXEMPT: dict[str, str] = {}
"""Addresses without a guard, each with the reason."""


ADDRESSES = addresses()
one_address = pytest.mark.parametrize("address", ADDRESSES, ids=lambda a: a.name)


def test_there_are_addresses() -> None:
    assert len(ADDRESSES) > 20
    assert len({address.name for address in ADDRESSES}) == len(ADDRESSES)


@one_address
def test_every_view_has_a_guard(address: Address) -> None:
    assert address.guards or address.name in EXEMPT, (
        f"{address.name} has no @page(guard): give it one, or a reason in EXEMPT"
    )


@pytest.fixture(scope="module")
def everybody(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Both houses, and nobody's things yet; gone after the last of these tests."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


@pytest.fixture
def world(everybody: World, db: None) -> World:
    """As it was before another test made something in it."""
    return replace(everybody, made={})


@one_address
def test_everybody_at_every_door(address: Address, world: World) -> None:
    url, of_somebody = filled(address, world)
    posted = posted_to(address.name, world)
    wrong = []
    let_in: dict[str, set[str]] = {"GET": set(), "POST": set()}
    for who, how in product(world.everybody, let_in):
        response = knocked(who, url, how, posted)
        status = response.status_code
        if status == 405:  # asked before the guard: this door is not there at all
            continue
        if not who.elsewhere and lets_in(response, how):
            let_in[how].add(who.name)
        says = f"{how} {url} by {who.name}: {status}"
        if status >= 500:
            wrong.append(f"{says}, broken")
        elif who.account is None and not address.public:
            if status != 302 or "/accounts/login/" not in response.headers["Location"]:
                wrong.append(f"{says}, not asked to log in")
        elif who.elsewhere and of_somebody and not address.public and status not in (403, 404):
            wrong.append(f"{says}, though it is of another")
        wrong += [f"{says}, {fault}" for fault in faults_of(response)]
    assert not wrong, "\n".join(wrong)
    assert any(let_in.values()), f"nobody at all may open {url}: the walk proves nothing there"
    if address.name in DOORS:
        how, expected = DOORS[address.name]
        assert let_in[how] == set(expected), f"{how} {url} opens to others of the house"


def _is_of_somebody(address: Address, argument: str) -> bool:
    maker = maker_of(address.name, address.area, argument)
    return maker is not None and maker.of_somebody


PRIVATE = [
    a
    for a in ADDRESSES
    if not a.public and any(_is_of_somebody(a, argument) for argument in a.arguments)
]


def of_nothing(address: Address, world: World) -> str:
    """The same address, naming things that there are not."""
    given = {}
    for argument in address.arguments:
        maker = maker_of(address.name, address.area, argument)
        assert maker is not None
        made = maker.make(world)
        given[argument] = nothing_like(made) if maker.of_somebody else made
    return reverse(address.name, kwargs=given) + QUERIES.get(address.name, "")


def nothing_like(made: int | str) -> int | str:
    """A number that nothing has; a token or case number that ends otherwise."""
    if isinstance(made, int):
        return 2_000_000_000
    return made[:-1] + ("x" if made[-1] != "x" else "y")


def told(response: HttpResponse, url: str) -> tuple[int, str, str]:
    """Status, where it leads, and what it says, but for the address and what is new every time."""
    says = response.content.decode().replace(url, "").replace(quote(url), "")
    says = re.sub(r"\b\w{64}\b", "", says)  # the token of forms
    location = response.headers.get("Location", "").replace(quote(url), "")
    return response.status_code, location, says


@pytest.mark.parametrize("area", sorted({address.area for address in PRIVATE}))
def test_a_stranger_cannot_tell_what_there_is(area: str, world: World) -> None:
    wrong = []
    for address in (one for one in PRIVATE if one.area == area):
        with transaction.atomic():  # what the address names is there for this address only
            wrong += differences(address, replace(world, made={}))
            transaction.set_rollback(True)
    assert not wrong, "\n".join(wrong)


def differences(address: Address, world: World) -> Iterator[str]:
    """What a stranger is told otherwise of a thing there is than of one there is not."""
    url, _ = filled(address, world)
    nowhere, posted = of_nothing(address, world), posted_to(address.name, world)
    assert nowhere != url
    how = "POST" if knocked(world.everybody[0], url, "GET").status_code == 405 else "GET"
    for who in world.everybody:
        if who.account is None or who.elsewhere:
            there, not_there = (told(knocked(who, one, how, posted), one) for one in (url, nowhere))
            if there != not_there:
                yield f"{how} {url} by {who.name}: {there[:2]}, of nothing {not_there[:2]}"


def faults_of(response: HttpResponse) -> list[str]:
    """What the Content-Security-Policy would stop, or lets through."""
    policy = response.headers.get("Content-Security-Policy", "")
    faults = []
    if not re.search(r"default-src '(self|none)'", policy) or "unsafe" in policy:
        faults.append(f"policy {policy!r}")
    if not response.headers.get("Content-Type", "").startswith("text/html"):
        return faults
    text = response.content.decode()
    scripts = re.findall(r"<script\b[^>]*>", text)
    faults += [f"inline {s}" for s in scripts if " src=" not in s and "json" not in s]
    faults += [f"inline {s}" for s in re.findall(r"<style\b|\sstyle=\"|\son\w+=\"", text)]
    return faults


def test_the_walk_notices_an_open_door(world: World) -> None:
    """Somebody of another house who gets a page is told as wrong by what the walk looks at."""
    own = next(who for who in world.everybody if who.name == "the person")
    response = knocked(own, reverse("person", kwargs={"person": world.person.pk}), "GET")
    assert response.status_code == 200
    assert faults_of(HttpResponse("<script>x</script>")) != []


NO_NUMBER = "²"  # a digit to str.isdigit, and nothing that int() reads
NUMBERS = {
    "application_begin": {"about": NO_NUMBER},
    "application_save": {"version": NO_NUMBER},
    "application_step": {"version": NO_NUMBER},
    "resend_mail": {"seen": NO_NUMBER},
    "review_assign": {"reviewer": NO_NUMBER},
    "review_batch": {"confirmed": "1", "go": "x", "version-x": NO_NUMBER, "step": "pass"},
    "review_customs": {"procedure": "rt-ladder/in-house", "reviewers": NO_NUMBER},
}
"""What a form sends as a number, and is none."""


@pytest.mark.parametrize(
    "address", [a for a in ADDRESSES if a.name in NUMBERS], ids=lambda a: a.name
)
def test_what_is_no_number_breaks_nothing(address: Address, world: World) -> None:
    url, _ = filled(address, world)
    answers = [knocked(who, url, "POST", NUMBERS[address.name]) for who in world.everybody]
    assert [a.status_code for a in answers if a.status_code >= 500] == []
    assert any(
        a.status_code != 403 for a in answers if "/login/" not in a.headers.get("Location", "")
    )
