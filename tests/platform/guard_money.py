"""What is owed, what came in, receipts and certificates, for the walk of ``test_guard``."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from fee_making import csv, posted, shown
from fee_making import draft as read_in
from guard_files import REGULATION

from tiaoli.platform import clock
from tiaoli.platform.certificates.models import Certificate, Issuer
from tiaoli.platform.fees.models import Notice, Payment, Receipt, Statement, StatementDraft
from tiaoli.platform.people.models import Post
from tiaoli.platform.world import making

if TYPE_CHECKING:
    from guard_world import World

CASE = "A-1"
_NOT_POSTED = csv(f"{CASE},100,115/01/03,本人")
_PAID = csv(f"{CASE},100,115/01/02,本人")
_UNKNOWN = csv("B-9,7,115/01/02,某人")


def notice(world: World) -> Notice:
    """One that the person owes the society."""

    def make() -> Notice:
        return Notice.objects.create(
            number="N-1", case=CASE, payer=world.person, payee=world.society,
            regulation=REGULATION, question="fee", amount=100, issued=datetime.date(2026, 1, 1),
        )  # fmt: skip

    return world.once("notice", make)


def draft(world: World) -> StatementDraft:
    """A statement that the society's treasurer read in, and did not post yet."""

    def make() -> StatementDraft:
        notice(world)
        return read_in(world.acting(world.society, Post.TREASURER), _NOT_POSTED)

    return world.once("statement draft", make)


def draft_posted(world: World) -> dict[str, str]:
    """The form that posts the draft as it was shown."""
    return {"shown": shown(draft(world))}


def statement(world: World) -> Statement:
    """A posted one, which paid the notice."""

    def make() -> Statement:
        notice(world)
        return posted(world.acting(world.society, Post.TREASURER), _PAID)

    return world.once("statement", make)


def receipt(world: World) -> Receipt:
    """Of the notice that was paid."""
    statement(world)
    return Receipt.objects.get(notice=notice(world))


def open_payment(world: World) -> Payment:
    """A line that names no case: the treasurer has to settle it."""

    def make() -> Payment:
        made = posted(world.acting(world.society, Post.TREASURER), _UNKNOWN)
        return made.payments.get()

    return world.once("open payment", make)


def certificate(world: World) -> Certificate:
    """One of the person's, issued by the society."""

    def make() -> Certificate:
        today = clock.today()
        made = Certificate.objects.create(
            number="C-1", token="c" * 40, person=world.person, issuer=world.society,
            regulation=REGULATION, procedure="in-house", kind="level_award",
            record=making.fact(world.person, "level_award", {"level": "RT1"}),
            name=world.person.name, issued=today, first=today, decision={},
        )  # fmt: skip
        made.changes.create(
            status=Certificate.Status.VALID, first=today, reason="x", decided=clock.now(),
            applied=clock.now(),
        )  # fmt: skip
        return made

    return world.once("certificate", make)


def public_register(world: World) -> Issuer:
    """The society's, which anybody may look through."""

    def make() -> Issuer:
        certificate(world)
        return Issuer.objects.create(organisation=world.society, prefix="SOC", public_register=True)

    return world.once("public register", make)
