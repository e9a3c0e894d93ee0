"""Every address of ours × everybody: no door without a guard, none that opens to the wrong one."""

import re
from itertools import product

import pytest
from django.http import HttpResponse
from django.urls import reverse
from guard_doors import DOORS
from guard_walk import Address, addresses, filled, knocked, lets_in
from guard_world import World, build, posted_to

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


@pytest.fixture
def world(db) -> World:
    return build()


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
