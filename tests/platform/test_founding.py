"""A house is entered by a command on the machine: once, with whoever administers it first."""

import datetime
import re

import pytest
from django.core import mail
from django.test import Client
from typer.testing import CliRunner

from tiaoli.cli.platform import app as platform_commands
from tiaoli.platform import clock
from tiaoli.platform.audit.actions import NotAllowed, Refused
from tiaoli.platform.audit.models import Event
from tiaoli.platform.people.founding import THE_MACHINE, House, enter_house
from tiaoli.platform.people.models import (
    Account,
    Mandate,
    Membership,
    Organisation,
    OrganisationKind,
    Post,
)
from tiaoli.platform.people.seats import actor_of, runs, seats_of
from tiaoli.platform.world import making
from tiaoli.regulations.catalogue import UnknownRegulation

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 6, 30)
ADDRESS = "first@radiographers.example"
HOUSE = House("測試放射師學會", OrganisationKind.SOCIETY, "Test Society", ("rt-ladder",))


@pytest.fixture(autouse=True)
def today():
    with clock.standing_at(DAY):
        yield


def test_told_twice_nothing_is_there_twice() -> None:
    for _ in range(2):
        made = enter_house(THE_MACHINE, HOUSE, administrator=ADDRESS)
    assert runs("rt-ladder", DAY) == made
    assert [Organisation.objects.count(), Mandate.objects.count()] == [1, 1]
    account = Account.objects.get()
    assert [seat.role for seat in seats_of(account, DAY)] == [Post.ADMINISTRATOR]
    event = Event.objects.order_by("number").first()
    assert (event.action, event.data) == (
        "people.enter_house", {"kind": "society", "runs": ["rt-ladder"]},
    )  # fmt: skip
    assert ADDRESS not in str(event.data)


def test_who_has_an_account_already_keeps_it() -> None:
    wang = making.person("王小明", email=ADDRESS)
    enter_house(THE_MACHINE, HOUSE, administrator=ADDRESS.upper())
    assert Account.objects.get() == wang.account


def test_an_account_enters_no_house() -> None:
    society = making.society("學會")
    admin = making.officer(society, Post.ADMINISTRATOR, "admin@example.org")
    by = actor_of(admin, seats_of(admin, DAY)[0])
    with pytest.raises(NotAllowed):
        enter_house(by, HOUSE, administrator=ADDRESS)
    assert Organisation.objects.count() == 1


@pytest.mark.parametrize(
    ("house", "wrong", "says"),
    [
        (House("新學會", OrganisationKind.SOCIETY, "", ("rt-ladder",)), Refused, "舊學會"),
        (House("舊學會", OrganisationKind.HOSPITAL), Refused, "已登錄為學會"),
        (House("新學會", OrganisationKind.SOCIETY, "", ("rt-lader",)), UnknownRegulation, "rt-la"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(
    house: House, wrong: type[Exception], says: str
) -> None:
    making.society("舊學會", "rt-ladder")
    with pytest.raises(wrong, match=says):
        enter_house(THE_MACHINE, house, administrator=ADDRESS)
    assert (Organisation.objects.count(), Membership.objects.count()) == (1, 0)
    assert not Event.objects.exists()


def test_the_first_administrator_sets_a_password_by_a_mail_and_comes_in() -> None:
    told = CliRunner().invoke(
        platform_commands,
        ["enter", "測試放射師學會", "--administrator", ADDRESS, "--runs", "rt-ladder"],
    )
    assert told.exit_code == 0, told.output
    assert "已登錄" in told.output
    client = Client()
    client.post("/accounts/password/reset/", {"email": ADDRESS})
    (letter,) = mail.outbox
    link = re.search(r"https?://[^/\s]+(/accounts/password/reset/key/\S+)", letter.body)
    assert link is not None, letter.body
    form = client.get(link[1], follow=True).redirect_chain[-1][0]
    chosen = "kuang-fu-112-lu"
    client.post(form, {"password1": chosen, "password2": chosen})
    client.post("/accounts/login/", {"login": ADDRESS, "password": chosen})
    shown = client.get("/organisation/")
    assert shown.status_code == 200
    assert "測試放射師學會" in shown.content.decode()


def test_the_command_says_what_is_wrong() -> None:
    making.society("舊學會", "rt-ladder")
    for told, says in (
        (["新學會", "--runs", "rt-ladder"], "舊學會"),
        (["新學會", "--runs", "rt-lader"], "rt-ladder"),
    ):
        found = CliRunner().invoke(platform_commands, ["enter", *told, "--administrator", ADDRESS])
        assert found.exit_code == 2
        assert says in found.output
