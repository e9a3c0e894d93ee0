"""
Whoever may knock on a page, and what the addresses name: made for ``test_guard``.

An argument of an address is made by MAKERS: by ``address.argument``, by ``area.argument`` (the
folder of the pages), or by ``argument`` alone. ``of_somebody`` says that what is made belongs to
one person or house, so that everybody else's door has to be shut.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any

import guard_files as files
import guard_money as money
from acting import logged_in
from django.conf import settings
from django.core.files.base import ContentFile
from django.test import Client
from guard_files import IN_HOUSE, REGULATION

from tiaoli.facts.kinds import Label
from tiaoli.platform import clock
from tiaoli.platform.applications.models import Application
from tiaoli.platform.audit.models import Event
from tiaoli.platform.people import deputies, invitations, mails
from tiaoli.platform.people.actions import number_of
from tiaoli.platform.people.models import (
    Account,
    Membership,
    Organisation,
    Person,
    Post,
    UnsentMail,
)
from tiaoli.platform.people.seats import actor_of, seats_of
from tiaoli.platform.portfolio import attesting
from tiaoli.platform.portfolio.models import Attestation, Comparison, ImportBatch
from tiaoli.platform.reminders.actions import make_feed
from tiaoli.platform.reminders.models import Digest, Reminder, Sort
from tiaoli.platform.web.acting import name_of
from tiaoli.platform.web.rules.clauses import cases_of
from tiaoli.platform.world import making
from tiaoli.regulations import catalogue

SOCIETY_POSTS = (Post.SECRETARIAT, Post.REVIEWER, Post.CHAIR, Post.TREASURER, Post.AUDITOR,
                 Post.RULE_MAKER, Post.ADMINISTRATOR)  # fmt: skip
HOSPITAL_POSTS = (Post.EDUCATION_OFFICE, Post.DEPARTMENT_HEAD, Post.AUDITOR, Post.ADMINISTRATOR)
QUESTION, KIND = "RT3", "publication"


@dataclass
class Somebody:
    """Who knocks: ``seat`` is what their session chose; ``elsewhere``: nothing here is theirs."""

    name: str
    account: Account | None
    seat: str = ""
    elsewhere: bool = False
    browser: Client = field(init=False)
    session: str | None = field(init=False)

    def __post_init__(self) -> None:
        self.browser = logged_in(
            self.account, self.seat, raise_request_exception=False, SERVER_NAME="localhost"
        )
        kept = self.browser.cookies.get(settings.SESSION_COOKIE_NAME)
        self.session = None if kept is None else kept.value

    def anew(self) -> Client:
        """Their browser as it was when they had logged in."""
        self.browser.cookies = SimpleCookie()
        if self.session is not None:
            self.browser.cookies[settings.SESSION_COOKIE_NAME] = self.session
        return self.browser


@dataclass
class World:
    """Two hospitals, two societies, everybody in them, and a person whose things are asked for."""

    hospital: Organisation
    society: Organisation
    person: Person
    everybody: list[Somebody]
    posts: dict[tuple[int, Post], Account]
    made: dict[str, Any] = field(default_factory=dict)

    def acting(self, house: Organisation, post: Post) -> Any:
        account = self.posts[house.pk, post]
        return actor_of(account, seats_of(account, clock.today())[0])

    def once(self, name: str, make: Callable[[], Any]) -> Any:
        """One thing, made when first asked for."""
        if name not in self.made:
            self.made[name] = make()
        return self.made[name]


def build() -> World:
    """Everybody, in the database."""
    hospital, society = making.hospital("本院", "regional"), making.society("本會", REGULATION)
    others = making.hospital("別院", "district"), making.society("別會", "rrt-ce")
    person = making.person("本人", number="A123456789", employer=hospital, email="me@a.example")
    stranger = making.person("旁人", employer=others[0], email="me@b.example")
    everybody = [
        Somebody("anonymous", None),
        Somebody("the person", person.account),
        Somebody("another person", stranger.account, elsewhere=True),
        Somebody("an account without a file", making.account("none@c.example"), elsewhere=True),
    ]
    posts = {}
    for house, kinds in ((hospital, HOSPITAL_POSTS), (society, SOCIETY_POSTS),
                         (others[0], HOSPITAL_POSTS), (others[1], SOCIETY_POSTS)):  # fmt: skip
        for post in kinds:
            account = making.officer(house, post, f"{post}@{house.pk}.example", f"{house} {post}")
            (seat,) = seats_of(account, clock.today())
            posts[house.pk, post] = account
            everybody.append(
                Somebody(f"{post} of {house}", account, name_of(seat), house in others)
            )
    return World(hospital, society, person, everybody, posts)


@dataclass(frozen=True)
class Maker:
    make: Callable[[World], Any]
    of_somebody: bool = True


def _invitation(world: World) -> Any:
    def make() -> Any:
        by = world.acting(world.hospital, Post.ADMINISTRATOR)
        return invitations.invite(by, world.hospital, email="new@a.example",
                                  role=Post.REVIEWER, token="a-token")  # fmt: skip

    return world.once("invitation", make)


def _deputy(world: World) -> Any:
    def make() -> Any:
        by = world.acting(world.hospital, Post.ADMINISTRATOR)
        post = Membership.objects.get(account=by.account)
        deputy = world.posts[world.hospital.pk, Post.AUDITOR]
        today = clock.today()
        return deputies.name_deputy(by, post, account=deputy, first=today, last=today)

    return world.once("deputy", make)


def _event(world: World) -> int:
    def make() -> int:
        by = world.acting(world.hospital, Post.EDUCATION_OFFICE)
        number_of(by, world.person, because="x")
        return int(Event.objects.latest("number").number)

    return world.once("event", make)


def _record(world: World) -> Any:
    return world.once("record", lambda: making.fact(world.person, KIND, {"title": "x"}))


def _batch(world: World) -> ImportBatch:
    def make() -> ImportBatch:
        batch = ImportBatch.objects.create(
            person=world.person, kind=KIND, name="x.csv", file=ContentFile(b"title\nx\n", "x.csv"),
            header=["title"], columns={"title": "title"}, made=clock.now(),
        )  # fmt: skip
        batch.rows.create(number=1, cells={"title": "x"}, values={"title": "x"})
        return batch

    return world.once("batch", make)


def _attestation(world: World) -> Attestation:
    def make() -> Attestation:
        now = clock.now()
        made = Attestation.objects.create(
            person=world.person, supervisor="見證人", email="s@a.example",
            token_digest=attesting.digest("a-token"), asked=now,
            expires=now + datetime.timedelta(days=7),
        )  # fmt: skip
        made.records.add(_record(world))
        return made

    return world.once("attestation", make)


def _application(world: World) -> Application:
    def make() -> Application:
        procedure = catalogue.find(REGULATION).procedures[0]
        now = clock.now()
        return Application.objects.create(
            number="A-1", regulation=REGULATION, procedure=procedure.id, person=world.person,
            employer=world.hospital, office=world.society, state=procedure.initial.id,
            turn="party", turn_since=clock.today(), opened=now, saved=now,
        )  # fmt: skip

    return world.once("application", make)


def _reminder(world: World) -> Reminder:
    def make() -> Reminder:
        return Reminder.objects.create(
            account=world.person.account, key="x", about="x", sort=Sort.TURN, day=clock.today(),
            zh="事情", en="matter", made=clock.now(),
        )  # fmt: skip

    return world.once("reminder", make)


def _mail(world: World) -> Digest:
    def make() -> Digest:
        return Digest.objects.create(
            account=world.person.account, day=clock.today(), subject="提醒", body="事情",
            sent=clock.now(),
        )  # fmt: skip

    return world.once("mail", make)


def _feed(world: World) -> str:
    account = world.person.account
    return world.once("feed", lambda: make_feed(actor_of(account, None), account).token)


def _unsent(world: World) -> UnsentMail:
    def make() -> UnsentMail:
        invitation = _invitation(world)
        what = Label("邀請信", "invitation")
        about = mails.name_of(invitation)
        letter = mails.Letter(invitation.email, "邀請", "連結")
        return mails.keep(about, TimeoutError(), what=what, to=invitation.email,
                          house=world.hospital, letter=letter)  # fmt: skip

    return world.once("unsent", make)


def _comparison(world: World) -> int:
    def make() -> Comparison:
        side: dict[str, Any] = {"readings": {}, "changes": {}}
        return Comparison.objects.create(
            organisation=world.society, regulation=REGULATION, question=QUESTION,
            day=clock.today(), before=side, after=side, kinds={}, digest="x", asked=clock.now(),
        )  # fmt: skip

    return int(world.once("comparison", make).pk)


def _post(world: World) -> int:
    return Membership.objects.get(person=world.person, role=Post.PRACTITIONER).pk


MAKERS: dict[str, Maker] = {
    # by argument
    "regulation": Maker(lambda _: REGULATION, of_somebody=False),
    "question": Maker(lambda _: QUESTION, of_somebody=False),
    "kind": Maker(lambda _: KIND, of_somebody=False),
    "person": Maker(lambda world: world.person.pk),
    "file": Maker(lambda world: files.evidence(world).pk),
    "batch": Maker(lambda world: _batch(world).pk),
    "attestation": Maker(lambda world: _attestation(world).pk),
    "record": Maker(lambda world: _record(world).pk),
    "case": Maker(lambda _: cases_of(REGULATION)[0].id, of_somebody=False),
    # by area or address
    "application_file.number": Maker(lambda world: files.at_the_hospital(world).number),
    "application_file.pk": Maker(lambda world: files.evidence(world).pk),
    "application_point.number": Maker(lambda world: files.returned_point(world).application.number),
    "application_point.pk": Maker(lambda world: files.returned_point(world).pk),
    "application_refuse.number": Maker(lambda world: files.at_the_hospital(world).number),
    "application_refuse.pk": Maker(lambda world: files.document(world).pk),
    "application_remove.number": Maker(lambda world: files.draft(world).number),
    "application_remove.pk": Maker(lambda world: files.document(world).pk),
    "application_step.number": Maker(lambda world: files.at_the_hospital(world).number),
    "application_step.step": Maker(lambda _: "endorse", of_somebody=False),
    "calendar_feed.token": Maker(_feed),
    "change_certificate.act": Maker(lambda _: "suspend", of_somebody=False),
    "change_certificate.pk": Maker(lambda world: money.certificate(world).pk),
    "discard_statement.pk": Maker(lambda world: money.draft(world).pk),
    "mail.pk": Maker(lambda world: _mail(world).pk),
    "post_statement.pk": Maker(lambda world: money.draft(world).pk),
    "public_register.pk": Maker(lambda world: money.public_register(world).organisation_id),
    "read_reminder.pk": Maker(lambda world: _reminder(world).pk),
    "receipt.number": Maker(lambda world: money.receipt(world).number),
    "resend_mail.pk": Maker(lambda world: _mail(world).pk),
    "review_unassign.pk": Maker(lambda world: files.assignment(world).pk),
    "reviews.number": Maker(lambda world: files.under_review(world).number),
    "rule_comparison.pk": Maker(_comparison),
    "rule_choose.key": Maker(lambda _: next(iter(catalogue.find(REGULATION).interpretations))),
    "settle_payment.pk": Maker(lambda world: money.open_payment(world).pk),
    "statement.pk": Maker(lambda world: money.statement(world).pk),
    "statement_draft.pk": Maker(lambda world: money.draft(world).pk),
    "application_begin.procedure": Maker(lambda _: IN_HOUSE, of_somebody=False),
    "certificate.token": Maker(lambda world: money.certificate(world).token),
    "certificate_json.token": Maker(lambda world: money.certificate(world).token),
    "copy_certificate.token": Maker(lambda world: money.certificate(world).token),
    "export_register.form": Maker(lambda _: "csv", of_somebody=False),
    "managed_certificate.pk": Maker(lambda world: money.certificate(world).pk),
    "refund_notice.number": Maker(lambda world: money.notice(world).number),
    "applications.number": Maker(lambda world: _application(world).number),
    "certificates.number": Maker(lambda world: money.certificate(world).number),
    "deputy_end.pk": Maker(lambda world: _deputy(world).pk),
    "invitation.token": Maker(lambda world: _invitation(world) and "a-token"),
    "invitation_resend.pk": Maker(lambda world: _invitation(world).pk),
    "invitation_withdraw.pk": Maker(lambda world: _invitation(world).pk),
    "member.pk": Maker(_post),
    "notice.number": Maker(lambda world: money.notice(world).number),
    "portfolio_attest.token": Maker(lambda world: _attestation(world) and "a-token"),
    "portfolio_import_row.number": Maker(lambda world: _batch(world).rows.get().number),
    "staff_export.form": Maker(lambda _: "csv", of_somebody=False),
    "staff_export.table": Maker(lambda _: "roster", of_somebody=False),
    "staff_numbers.form": Maker(lambda _: "csv", of_somebody=False),
    "trail_event.number": Maker(_event),
    "unsent_mail_again.pk": Maker(lambda world: _unsent(world).pk),
}


QUERIES: dict[str, str] = {"portfolio_template": f"?kind={KIND}"}
"""What an address is asked with, where it shows nothing without."""

POSTED: dict[str, Callable[[World], dict[str, Any]]] = {
    "application_point": lambda _: {"answer": "已補"},
    "application_refuse": lambda _: {"because": "看不清楚"},
    "application_step": lambda world: {"version": files.at_the_hospital(world).version},
    "portfolio_incomplete": lambda _: {"kind": KIND, "incomplete": "1"},
    "post_statement": money.draft_posted,
    "read_reminder": lambda _: {"read": "yes"},
    "resend_mail": lambda _: {"seen": "1"},
    "review_assign": files.reviewer_posted,
    "review_clause": lambda _: {"clause": files.CLAUSE, "met": "met", "reason": "可"},
    "review_conflict": lambda _: {"because": "姻親"},
    "review_fact": lambda _: {"fact": files.FACT, "verdict": "accepted"},
    "review_proposal": lambda _: {"step": "pass", "reason": "資料齊全"},
    "review_unassign": lambda _: {"because": "換人"},
    "standing_follow": lambda _: {"regulation": REGULATION, "wanted": "yes"},
    "unsent_mail_again": lambda world: {"seen": _unsent(world).attempts},
}
"""What is sent to an address by POST, where it does nothing without."""


def posted_to(address: str, world: World) -> dict[str, Any]:
    """What is sent to an address by POST."""
    return POSTED[address](world) if address in POSTED else {}


def maker_of(address: str, area: str, argument: str) -> Maker | None:
    """Who makes an argument of an address."""
    names = (f"{address}.{argument}", f"{area}.{argument}", argument)
    return next((MAKERS[name] for name in names if name in MAKERS), None)
