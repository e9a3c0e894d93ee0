"""
What is done with records: added, changed, taken out, verified; a kind said to be incomplete.

Every action locks what it changes: the person while an id is given out, the record otherwise, and
compares the version that was shown. The trail keeps which attributes changed, and the version; the
values before and after are in the history of the row.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tiaoli.facts import vocabulary
from tiaoli.facts.kinds import Label
from tiaoli.platform import clock
from tiaoli.platform.audit.actions import Actor, OutOfDate, Refused, Told, action
from tiaoli.platform.people.models import Person
from tiaoli.platform.portfolio.dossiers import checked_record, day_of, next_fact, referring
from tiaoli.platform.portfolio.models import IncompleteKind, Record, Source, Tier
from tiaoli.platform.portfolio.permissions import may_change, may_change_record, may_verify


@action("portfolio.add", Label("新增紀錄", "add a record"), allowed=may_change)
def add(
    by: Actor, person: Person, *, kind: str, values: Mapping[str, Any], entry: str = ""
) -> Told[Record]:
    """
    A record of ``kind``. ``entry`` names the form: sent twice, it makes one record.

    Raises DossierError with a Problem for each attribute that cannot be read.
    """
    locked = _locked_person(person)
    if entry and (made := locked.records.filter(entry=entry).first()) is not None:
        return Told(made, person, {"kind": made.kind, "again": True})
    _recordable(kind)
    read = checked_record(locked, kind, values)
    now = clock.now()
    record = Record.objects.create(
        person=locked,
        fact=next_fact(locked, kind),
        kind=kind,
        values=read,
        source=Source.ENTRY,
        happens=day_of(kind, read),
        entered_by=by.account,
        entered=now,
        changed=now,
        entry=entry or None,
    )
    return Told(record, person, _told(record, changed=sorted(read)))


def _recordable(kind: str) -> None:
    """Raises Refused for a kind that is a subject itself, and UnknownKind for none at all."""
    if vocabulary.find(kind).subject:
        says = Label("這種資料不是履歷紀錄。", "Facts of this kind are no records of a portfolio.")
        raise Refused(says)


@action("portfolio.change", Label("修改紀錄", "change a record"), allowed=may_change_record)
def change(
    by: Actor,
    record: Record,
    *,
    version: int,
    values: Mapping[str, Any],
    gives_up_verification: bool = False,
) -> Told[Record]:
    """
    The record with other values. What was verified is verified no more, and whoever changes it
    has to say that they know. Raises DossierError, OutOfDate, Refused.
    """
    person = _locked_person(record.person)  # what it refers to stays there meanwhile
    read = checked_record(person, record.kind, values)
    locked = _locked(record)
    if locked.version != version and locked.values == read:
        return Told(locked, locked.person, _told(locked, changed=[]))
    _current(locked, version)
    changed = sorted(
        name for name in {*read, *locked.values} if read.get(name) != locked.values.get(name)
    )
    if not changed:
        return Told(locked, locked.person, _told(locked, changed=[]))
    if locked.tier == Tier.VERIFIED:
        if not gives_up_verification:
            raise Refused(loses_verification(locked))
        unverify(locked)
    locked.values, locked.happens = read, day_of(locked.kind, read)
    locked.keep_change()
    return Told(locked, locked.person, _told(locked, changed=changed))


def loses_verification(record: Record) -> Label:
    """What is said before a verified record is changed."""
    who = record.verified_name or str(record.verified_by or "")
    return Label(
        f"這筆紀錄已由「{who}」查證。修改之後查證就失效，要再請對方查證一次。",
        f'This record was verified by "{who}". Once changed it is verified no more, and has to be '
        "verified again.",
    )


@action("portfolio.take_out", Label("移除紀錄", "take out a record"), allowed=may_change_record)
def take_out(by: Actor, record: Record, *, version: int, because: str) -> Told[Record]:
    """It stays on file, with the reason, and counts no more."""
    if not because.strip():
        raise Refused(Label("請寫明移除的原因。", "Say why it is taken out."))
    _locked_person(record.person)  # nobody refers to it meanwhile
    locked = _locked(record)
    _current(locked, version)
    if others := list(referring(locked).values_list("fact", flat=True)[:5]):
        listed = "、".join(others)
        says = Label(
            f"還有紀錄引用這一筆（{listed}）；請先修改或移除它們。",
            f"Other records refer to this one ({listed}); change or take out those first.",
        )
        raise Refused(says)
    locked.removed, locked.removed_because = clock.now(), because.strip()[:200]
    locked.keep_change()
    return Told(locked, locked.person, _told(locked), {"because": because.strip()})


@action("portfolio.verify", Label("查證紀錄", "verify a record"), allowed=may_verify)
def verify(by: Actor, record: Record, *, version: int) -> Told[Record]:
    """The institution says that it is so. A second time changes nothing."""
    locked = _locked(record)
    if locked.tier == Tier.VERIFIED:
        return Told(locked, locked.person, _told(locked, again=True))
    _current(locked, version)
    if locked.removed is not None:
        raise Refused(Label("這筆紀錄已由本人移除。", "The person has taken this record out."))
    locked.tier, locked.verified = Tier.VERIFIED, clock.now()
    locked.verified_by, locked.verified_name = by.organisation, f"{by.organisation} {by.by}"[:200]
    locked.keep_change()
    return Told(locked, locked.person, _told(locked))


@action(
    "portfolio.withdraw_verification",
    Label("撤回查證", "withdraw a verification"),
    allowed=may_verify,
)
def withdraw_verification(by: Actor, record: Record, *, version: int, because: str) -> Told[Record]:
    """Only by the institution that gave it, and with a reason."""
    if not because.strip():
        raise Refused(Label("請寫明撤回的原因。", "Say why it is withdrawn."))
    locked = _locked(record)
    _current(locked, version)
    if locked.tier != Tier.VERIFIED or locked.verified_by_id != by.organisation.pk:
        says = Label("只能撤回貴單位自己的查證。", "Only your own verification is withdrawn.")
        raise Refused(says)
    unverify(locked)
    locked.keep_change()
    return Told(locked, locked.person, _told(locked), {"because": because.strip()})


@action(
    "portfolio.say_incomplete",
    Label("註明某種紀錄是否列全", "say whether a kind is listed in full"),
    allowed=may_change,
)
def say_incomplete(by: Actor, person: Person, *, kind: str, incomplete: bool) -> Told[Person]:
    """Whether further records of a kind may exist that the person has not listed yet."""
    locked = _locked_person(person)
    vocabulary.find(kind)
    if incomplete:
        IncompleteKind.objects.get_or_create(person=locked, kind=kind)
    else:
        IncompleteKind.objects.filter(person=locked, kind=kind).delete()
    return Told(locked, person, {"kind": kind, "incomplete": incomplete})


def unverify(record: Record) -> None:
    """Back to what files show; does not save."""
    shown = record.files.filter(removed=None).exists()
    record.tier = Tier.DOCUMENTED if shown else Tier.CLAIMED
    record.verified = record.verified_by = None
    record.verified_name = ""


def _locked_person(person: Person) -> Person:
    found: Person = Person.objects.select_for_update().get(pk=person.pk)
    return found


def _locked(record: Record) -> Record:
    found: Record = (
        Record.objects.select_for_update(of=("self",))
        .select_related("person", "verified_by")
        .get(pk=record.pk)
    )
    return found


def _current(record: Record, version: int) -> None:
    if record.version != version:
        raise OutOfDate(
            Label(
                "您打開這一頁之後，這筆紀錄已經被更動過。請重新整理，看過現在的內容再做。",
                "This record was changed after you opened the page. Reload it, look at what it "
                "says now, and do it again.",
            )
        )


def _told(record: Record, **more: Any) -> dict[str, Any]:
    return {"kind": record.kind, "fact": record.fact, "version": record.version, **more}
