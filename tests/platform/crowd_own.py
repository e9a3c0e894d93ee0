"""What one person, one hospital and one society have many of, apart from files: see ``crowd``."""

from __future__ import annotations

import datetime
import hashlib
from typing import Any

from guard_files import REGULATION
from guard_world import KIND, MAKERS, QUESTION, World

from tiaoli.platform import clock
from tiaoli.platform.people.models import Deputy, Invitation, Membership, Post
from tiaoli.platform.portfolio.models import (
    Attestation,
    Comparison,
    EvidenceFile,
    ImportBatch,
    ImportRow,
    Record,
    Tier,
)
from tiaoli.platform.reminders.models import Digest, Reminder, Sort


def grow_own(world: World, first: int, last: int) -> None:
    """From ``first`` of each up to ``last``."""
    numbers = range(first, last)
    _portfolio(world, numbers)
    _told(world, numbers)
    _house(world, numbers)


def _digest(name: str, number: int) -> str:
    return hashlib.sha256(f"{name}{number}".encode()).hexdigest()


def _portfolio(world: World, numbers: range) -> None:
    person, now, today = world.person, clock.now(), clock.today()
    Record.objects.bulk_create(
        Record(person=person, fact=f"own-{n}", kind=KIND, values={"title": f"第{n}篇"}, entered=now,
               changed=now, happens=today - datetime.timedelta(days=n),
               tier=list(Tier)[n % len(Tier)])
        for n in numbers
    )  # fmt: skip
    EvidenceFile.objects.bulk_create(
        EvidenceFile(person=person, file=f"evidence/{n}.pdf", name=f"{n}.pdf", size=8, uploaded=now,
                     content_type="application/pdf", sha256=_digest("file", n))
        for n in numbers
    )  # fmt: skip
    Attestation.objects.bulk_create(
        Attestation(person=person, supervisor="見證人", email="s@a.example", asked=now,
                    token_digest=_digest("attestation", n), expires=now)
        for n in numbers
    )  # fmt: skip
    ImportBatch.objects.bulk_create(
        ImportBatch(person=person, kind=KIND, name=f"{n}.csv", file=f"imports/{n}.csv", made=now)
        for n in numbers
    )  # fmt: skip
    batch: Any = MAKERS["batch"].make(world)
    ImportRow.objects.bulk_create(
        ImportRow(batch_id=batch, number=n + 10, cells={"title": f"{n}"}, values={"title": f"{n}"})
        for n in numbers
    )  # fmt: skip


def _told(world: World, numbers: range) -> None:
    account, now, today = world.person.account, clock.now(), clock.today()
    Reminder.objects.bulk_create(
        Reminder(account=account, key=f"own{n}", about=f"own{n}", sort=Sort.TURN, day=today,
                 zh="事情", en="matter", made=now)
        for n in numbers
    )  # fmt: skip
    Digest.objects.bulk_create(
        Digest(account=account, day=today - datetime.timedelta(days=n + 1), subject="提醒",
               body="事情", sent=now)
        for n in numbers
    )  # fmt: skip


def _house(world: World, numbers: range) -> None:
    """Invitations, deputies and posts of the hospital; comparisons of the society."""
    now, today = clock.now(), clock.today()
    by = world.posts[world.hospital.pk, Post.ADMINISTRATOR]
    Invitation.objects.bulk_create(
        Invitation(organisation=world.hospital, email=f"i{n}@a.example", role=Post.PRACTITIONER,
                   token_digest=_digest("invitation", n), invited_by=by, sent=now, expires=now)
        for n in numbers
    )  # fmt: skip
    post = Membership.objects.get(account=by, organisation=world.hospital)
    another = world.posts[world.hospital.pk, Post.AUDITOR]
    ended = today - datetime.timedelta(days=1)
    Deputy.objects.bulk_create(
        Deputy(membership=post, account=another, first=ended, last=ended) for _ in numbers
    )
    side: dict[str, Any] = {"readings": {}, "changes": {}}
    maker = world.posts[world.society.pk, Post.RULE_MAKER]
    Comparison.objects.bulk_create(
        Comparison(organisation=world.society, regulation=REGULATION, question=QUESTION, day=today,
                   before=side, after=side, kinds={}, digest=f"{n}", asked_by=maker, asked=now,
                   state=Comparison.State.FAILED, problem={"zh": "x", "en": "x"})
        for n in numbers
    )  # fmt: skip
