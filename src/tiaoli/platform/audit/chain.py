"""Writing an event at the end of the chain, shredding what is personal in it, checking it all."""

from __future__ import annotations

import datetime
import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection, transaction
from pghistory.models import Context

from tiaoli.facts.kinds import Label
from tiaoli.platform import clock
from tiaoli.platform.audit.models import GENESIS, Event, Verification

_CHAIN: Final = 4_215_961
"""The advisory lock that holds the end of the chain until a transaction ends."""

_SEALED: Final = (
    "number", "action", "actor", "seat", "deputy_for", "via", "thing", "person",
    "organisation", "data", "personal_digest", "previous",
)  # fmt: skip


def append(personal: dict[str, Any] | None = None, **words: Any) -> Event:
    """
    One more event, sealed. Only within a transaction: it is there if the change is there.

    ``words`` are fields of ``Event``; ``personal`` is what may have to be forgotten one day.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("an event is written with its change")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_CHAIN])
    last = Event.objects.order_by("-number").only("number", "hash").first()
    event = Event(
        number=1 if last is None else last.number + 1,
        at=clock.now(),
        previous=GENESIS if last is None else last.hash,
        **words,
    )
    if personal:
        event.personal, event.salt = personal, secrets.token_bytes(32)
        event.personal_digest = _digest(event.personal, event.salt)
    event.hash = _hash(event)
    event.save(force_insert=True)
    return event


def tie(event: Event, rows: Any) -> None:
    """
    Note with the versions of rows that are being written (``rows``: what ``pghistory.context``
    gives) by which event they came to be.
    """
    rows.metadata.setdefault("events", []).append(event.number)
    Context.objects.filter(id=rows.id).update(metadata=rows.metadata)


def shred(events: Iterable[Event]) -> int:
    """Forget what is personal in these events; the chain stays whole. How many were shredded."""
    numbers = [event.number for event in events]
    found = Event.objects.filter(number__in=numbers, personal__isnull=False)
    return found.update(personal=None, salt=None, shredded_at=clock.now())


@dataclass(frozen=True, slots=True)
class Broken:
    """An event that is not as it was written, or that is missing before one that is there."""

    number: int
    says: Label


def verify() -> tuple[int, list[Broken]]:
    """How many events there are, and what is wrong with them, in order."""
    number, faults = 0, []
    for fault in _checked(Event.objects.order_by("number").iterator(), 0, GENESIS):
        number += 1
        if fault is not None:
            faults.append(fault)
    return number, faults


def verify_further(
    by: int | None = None, *, most: int = 20_000, anew: bool = False
) -> Verification:
    """
    Read the next ``most`` events after those that were read before (``anew``: from the first), and
    keep what was found. The last one read before is looked at again, so that a chain written anew
    from there does not pass.
    """
    before = None if anew else Verification.objects.last()
    after, previous = (0, GENESIS) if before is None else (before.upto, before.hash)
    faults = [] if before is None or before.upto == 0 else list(_changed_since(before))
    events = list(Event.objects.filter(number__gt=after).order_by("number")[:most])
    faults += [fault for fault in _checked(events, after, previous) if fault is not None]
    last = events[-1] if events else None
    return Verification.objects.create(
        at=clock.now(),
        by=by,
        after=after,
        upto=after if last is None else last.number,
        hash=previous if last is None else last.hash,
        faults=[{"number": f.number, "zh": f.says.zh, "en": f.says.en} for f in faults],
    )


def _changed_since(before: Verification) -> Iterator[Broken]:
    event = Event.objects.filter(number=before.upto).first()
    if event is None or event.hash != before.hash or _hash(event) != before.hash:
        says = Label("與上次檢查時不同。", "It is not as it was at the last look.")
        yield Broken(before.upto, says)


def _checked(events: Iterable[Event], after: int, previous: str) -> Iterator[Broken | None]:
    expected = after + 1
    for event in events:
        yield _fault(event, previous, expected)
        previous, expected = event.hash, event.number + 1


def _fault(event: Event, previous: str, expected: int) -> Broken | None:
    if event.number != expected:
        return Broken(
            event.number, Label(f"第 {expected} 號遺失。", f"Event {expected} is missing.")
        )
    if event.previous != previous:
        return Broken(event.number, Label("與前一筆不相接。", "It does not follow the one before."))
    if event.hash != _hash(event):
        return Broken(event.number, Label("內容與封印不符。", "Its words are not those sealed."))
    if event.personal is not None and event.personal_digest != _digest(
        event.personal, bytes(event.salt or b"")
    ):
        says = Label("個人資料與封印不符。", "Its personal part is not the one sealed.")
        return Broken(event.number, says)
    return None


def _digest(personal: Any, salt: bytes) -> str:
    return hashlib.sha256(salt + _canonical(personal)).hexdigest()


def _hash(event: Event) -> str:
    words = {name: getattr(event, name) for name in _SEALED}
    words["at"] = event.at.astimezone(datetime.UTC).isoformat(timespec="microseconds")
    return hashlib.sha256(_canonical(words)).hexdigest()


def _canonical(value: Any) -> bytes:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8")
