"""
What is about to happen, found by a few queries for everybody: certificates that expire, payments
that are due, files that wait for somebody.

Rows are read in chunks and told in bulk. A reminder that is there already (``key``) is left as it
is, so that looking twice, or from two workers, tells nothing twice; and a night that was missed is
made up for, since what is told is the nearest of the days before that has been reached.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final, TypeVar

from django.db.models import Q
from django.urls import NoReverseMatch, reverse

from tiaoli.facts.dates import both
from tiaoli.facts.kinds import Label
from tiaoli.platform import clock
from tiaoli.platform.applications.models import Application
from tiaoli.platform.certificates.models import Certificate
from tiaoli.platform.certificates.standing import Standing, with_standing
from tiaoli.platform.certificates.words import kind_label, regulation_title
from tiaoli.platform.fees.models import Notice
from tiaoli.platform.reminders.models import Reminder, Sort
from tiaoli.platform.reminders.whose_turn import accounts_of
from tiaoli.regulations import catalogue
from tiaoli.regulations.catalogue import UnknownRegulation
from tiaoli.rules import Seat

EXPIRY_DAYS: Final = (180, 90, 30)
"""How long before a certificate expires its holder is told."""
TURN_DAYS: Final = (7, 3, 1, 0)
"""How long before a deadline whoever is waited for is told."""
_CHUNK: Final = 500
_NEW_FOR: Final = datetime.timedelta(days=30)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that is told to some accounts. ``stage`` is which of the times it is told."""

    about: str
    stage: str
    sort: Sort
    day: datetime.date
    says: Label
    link: str
    accounts: frozenset[int]


def look(day: datetime.date) -> None:
    """Tell everything that has come near by ``day``."""
    for things in (certificates(day), notices(day), turns(day)):
        tell(things)


def tell(things: Iterable[Thing]) -> None:
    """One reminder for each account of each thing, unless it was told before."""
    now = clock.now()
    rows = (
        Reminder(
            account_id=account,
            key=f"{thing.about}:{thing.day.isoformat()}:{thing.stage}",
            about=thing.about,
            sort=thing.sort,
            day=thing.day,
            zh=thing.says.zh,
            en=thing.says.en,
            link=thing.link,
            made=now,
        )
        for thing in things
        for account in sorted(thing.accounts)
    )
    while chunk := list(islice(rows, _CHUNK)):
        Reminder.objects.bulk_create(chunk, ignore_conflicts=True)


def certificates(day: datetime.date) -> Iterator[Thing]:
    """Certificates that hold and end within half a year."""
    until = day + datetime.timedelta(days=EXPIRY_DAYS[0])
    ending = (
        with_standing(Certificate.objects.filter(last__gte=day, last__lte=until), day)
        .filter(standing=Standing.VALID, replaced_by=None, person__account__isnull=False)
        .select_related("person")
        .order_by("last", "pk")
    )
    for certificate in ending.iterator(_CHUNK):
        left = (certificate.last - day).days
        label = kind_label(certificate.kind)
        yield Thing(
            f"certificate:{certificate.pk}",
            reached(EXPIRY_DAYS, left),
            Sort.CERTIFICATE,
            certificate.last,
            Label(
                f"{label.zh} {certificate.number} 有效至{both(certificate.last)}，還有 {left} 日。",
                f"{label.en} {certificate.number} is valid until {both(certificate.last, 'en')}: "
                f"{left} days left.",
            ),
            address("certificate", certificate.token),
            frozenset({certificate.person.account_id}),
        )


def notices(day: datetime.date) -> Iterator[Thing]:
    """Payments: when a notice is new, and before and after the day by which it is to be paid."""
    near = Q(due__lte=day + datetime.timedelta(days=TURN_DAYS[0]))
    due = Notice.objects.filter(
        near | Q(issued__gte=day - _NEW_FOR),
        state=Notice.State.DUE,
        payer__account__isnull=False,
    )
    for notice in due.select_related("payer", "payee").order_by("pk").iterator(_CHUNK):
        stage = _stage_of_notice(notice, day)
        if stage is None:
            continue
        until_zh = f"，期限{both(notice.due)}" if notice.due else ""
        until_en = f", by {both(notice.due, 'en')}" if notice.due else ""
        late = notice.due is not None and notice.due < day
        yield Thing(
            f"notice:{notice.pk}",
            stage,
            Sort.OVERDUE if late else Sort.FEE,
            notice.due or notice.issued,
            Label(
                f"請向{notice.payee.name}繳納 {notice.amount:,.0f} 元"
                f"（{notice.number}，案號 {notice.case}{until_zh}）。",
                f"TWD {notice.amount:,.0f} is to be paid to {notice.payee.label.en} "
                f"({notice.number}, case {notice.case}{until_en}).",
            ),
            address("notice", notice.number),
            frozenset({notice.payer.account_id}),
        )


def _stage_of_notice(notice: Notice, day: datetime.date) -> str | None:
    if notice.due is not None and (notice.due - day).days <= TURN_DAYS[0]:
        return _before_or_after(notice.due, day)
    return "new" if notice.issued >= day - _NEW_FOR else None


def turns(day: datetime.date) -> Iterator[Thing]:
    """
    Files whose deadline is near or over, told to whoever is waited for and to nobody else. Somebody
    whom the file names has no queue to look at, and is told once where no deadline is stated.
    """
    near = Q(due__lte=day + datetime.timedelta(days=TURN_DAYS[0]))
    named = Q(due=None, turn=Seat.OTHER_PERSON.value, turn_since__gte=day - _NEW_FOR)
    waiting = (
        Application.objects.filter(near | named, final=False)
        .exclude(turn="")
        .select_related("person")
        .order_by("pk")
    )
    for chunk in chunks(waiting.iterator(_CHUNK)):
        accounts = accounts_of(chunk, day)
        for application in chunk:
            yield _turn(application, day, accounts[application.pk])


def _turn(application: Application, day: datetime.date, accounts: frozenset[int]) -> Thing:
    due, title = application.due, _title(application)
    if due is None:
        return _new_turn(application, title, accounts)
    left = (due - day).days
    says = (
        Label(
            f"案號 {application.number}（{title.zh}）等您處理，期限{both(due)}，還有 {left} 日。",
            f"Case {application.number} ({title.en}) waits for you, by {both(due, 'en')}: "
            f"{left} days left.",
        )
        if left >= 0
        else Label(
            f"案號 {application.number}（{title.zh}）等您處理，期限{both(due)}已過 {-left} 日。",
            f"Case {application.number} ({title.en}) waits for you; its deadline, "
            f"{both(due, 'en')}, was {-left} days ago.",
        )
    )
    return Thing(
        _turn_of(application),
        _before_or_after(due, day),
        Sort.TURN if left >= 0 else Sort.OVERDUE,
        due,
        says,
        address("application", application.number),
        accounts,
    )


def _new_turn(application: Application, title: Label, accounts: frozenset[int]) -> Thing:
    number, since = application.number, application.turn_since
    return Thing(
        _turn_of(application),
        "new",
        Sort.TURN,
        since,
        Label(
            f"案號 {number}（{title.zh}）自{both(since)}起等您處理；條文沒有規定期限。",
            f"Case {number} ({title.en}) has waited for you since {both(since, 'en')}; the text "
            "states no deadline.",
        ),
        address("application", number),
        accounts,
    )


def _turn_of(application: Application) -> str:
    return f"turn:{application.pk}:{application.turn}:{application.state}"


def _title(application: Application) -> Label:
    title = regulation_title(application.regulation)
    try:
        procedures = catalogue.find(application.regulation).procedures
    except UnknownRegulation:
        return title
    return next((p.label for p in procedures if p.id == application.procedure), title)


def _before_or_after(due: datetime.date, day: datetime.date) -> str:
    """Which of the days before has been reached; once it is over, which week after."""
    left = (due - day).days
    return reached(TURN_DAYS, left) if left >= 0 else f"over{(-left - 1) // 7}"


def reached(stages: tuple[int, ...], left: int) -> str:
    """The last of the days before that has come; "" while none has."""
    return str(min((stage for stage in stages if stage >= left), default=""))


def address(name: str, *named: str) -> str:
    """The page of a thing; "" where this house has no such page (it only runs tasks)."""
    try:
        return reverse(name, args=named)
    except NoReverseMatch:
        return ""


def chunks(rows: Iterable[T]) -> Iterator[list[T]]:
    """The same rows, some at a time."""
    source = iter(rows)
    while chunk := list(islice(source, _CHUNK)):
        yield chunk
