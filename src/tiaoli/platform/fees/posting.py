"""
What comes in is posted: a statement after a look at what it would do, a line settled by hand.

Locks are always taken in this order: draft, notices by id, lines, the counter of receipts, the end
of the trail. A notice is paid once, however many post at the same time.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable

from django.db import transaction

from tiaoli.facts.dates import both
from tiaoli.facts.kinds import Label
from tiaoli.platform import clock
from tiaoli.platform.audit.actions import Actor, OutOfDate, Refused, Told, action
from tiaoli.platform.fees.actions import is_treasurer, received_for
from tiaoli.platform.fees.matching import Matched, fingerprint, matches
from tiaoli.platform.fees.models import (
    Notice,
    PaperCounter,
    Payment,
    Receipt,
    Series,
    Statement,
    StatementDraft,
)
from tiaoli.platform.fees.numbering import hold, next_number, roc_year
from tiaoli.platform.fees.signals import notice_paid
from tiaoli.platform.fees.statements import Line, read_statement
from tiaoli.platform.people.models import Organisation

Match = Payment.Match


def lines_of(draft: StatementDraft) -> list[Line]:
    """The lines of a draft."""
    return [Line.of(row) for row in draft.rows]


@action("fees.read_statement", Label("讀入對帳檔", "read a statement"), allowed=is_treasurer)
def read_in(by: Actor, payee: Organisation, *, name: str, raw: bytes) -> Told[StatementDraft]:
    """
    A file read and kept, to be looked at; nothing is posted. The same file again is the same draft.

    Raises DossierError where the file cannot be read, Refused where it was posted before.
    """
    sha256 = hashlib.sha256(raw).hexdigest()
    _check_new(payee, sha256)
    lines, problems = read_statement(raw, name)
    draft, _ = StatementDraft.objects.get_or_create(
        organisation=payee,
        sha256=sha256,
        defaults={
            "name": name[:200],
            "rows": [line.plain() for line in lines],
            "problems": [{"line": p.line, "zh": p.says.zh, "en": p.says.en} for p in problems],
            "made_by": by.account,
            "made": clock.now(),
        },
    )
    return Told(draft, None, {"sha256": sha256, "lines": len(lines), "problems": len(problems)})


def _check_new(payee: Organisation, sha256: str) -> None:
    there = Statement.objects.filter(organisation=payee, sha256=sha256).first()
    if there is not None:
        day = there.imported.astimezone(clock.TAIPEI).date()
        raise Refused(
            Label(
                f"這個檔案已於{both(day)}匯入過（{there.name}），不會重複入帳。",
                f"This very file was imported on {both(day, 'en')} ({there.name}); "
                "nothing is posted twice.",
            )
        )


def _owner(by: Actor, draft: StatementDraft) -> Label | None:
    return is_treasurer(by, draft.organisation)


@action("fees.discard_statement", Label("捨棄對帳檔", "discard a statement"), allowed=_owner)
def discard(by: Actor, draft: StatementDraft) -> Told[Organisation]:
    """The file is forgotten: nothing of it was posted. Raises OutOfDate where it is gone."""
    locked = _locked_draft(draft)
    locked.delete()
    return Told(locked.organisation, None, {"sha256": locked.sha256})


@action("fees.post_statement", Label("匯入對帳檔", "post a statement"), allowed=_owner)
def post(by: Actor, draft: StatementDraft, *, shown: str) -> Told[Statement]:
    """
    Post what was shown (its ``fingerprint``), and nothing else.

    Raises OutOfDate where the draft was posted or discarded, or where posting it would no longer
    do what was shown.
    """
    locked = _locked_draft(draft)
    payee, lines = locked.organisation, lines_of(locked)
    _check_new(payee, locked.sha256)
    asked = {m.notice.pk for m in matches(payee, lines) if m.notice is not None}
    list(Notice.objects.select_for_update().filter(pk__in=asked).order_by("pk"))
    found = matches(payee, lines)
    if fingerprint(found) != shown:
        raise OutOfDate(
            Label(
                "在您查看之後，有人登錄了其他入帳，比對結果已不同。請重新查看後再匯入。",
                "Something else was posted since you looked, and the matches are no longer those. "
                "Look again, then post.",
            )
        )
    statement = Statement.objects.create(
        organisation=payee, name=locked.name, sha256=locked.sha256,
        imported_by=by.account, imported=clock.now(),
    )  # fmt: skip
    Payment.objects.bulk_create([_payment(statement, one) for one in found])
    locked.delete()
    hold(PaperCounter, day=clock.today(), payee=payee, series=Series.RECEIPT)
    for notice in _exact(found):
        _pay(by, notice)
    counts = Counter(str(one.match) for one in found)
    return Told(statement, None, {"sha256": statement.sha256, "lines": dict(counts)})


def _locked_draft(draft: StatementDraft) -> StatementDraft:
    found = (
        StatementDraft.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .filter(pk=draft.pk)
        .first()
    )
    if found is None:
        raise OutOfDate(
            Label(
                "這個檔案已經匯入或捨棄了；沒有重複入帳。",
                "This file was posted or discarded already; nothing was posted twice.",
            )
        )
    return found


def _payment(statement: Statement, found: Matched) -> Payment:
    line = found.line
    return Payment(
        statement=statement,
        line=line.line,
        case=line.case,
        payer=line.payer,
        amount=line.amount,
        received=line.received,
        match=found.match,
        notice=found.notice,
    )


def _exact(found: Iterable[Matched]) -> list[Notice]:
    notices = {m.notice.pk: m.notice for m in found if m.match is Match.EXACT and m.notice}
    return list(notices.values())


def _of_payee(by: Actor, notice: Notice) -> Label | None:
    return is_treasurer(by, notice.payee)


@action("fees.pay", Label("繳清", "paid in full"), allowed=_of_payee)
def _pay(by: Actor, notice: Notice) -> Told[Notice]:
    """A locked notice is paid: a receipt is made, and whoever waits is told after the commit."""
    total, day = received_for(notice), clock.today()
    last = notice.payments.order_by("-received").first()
    notice.payments.filter(match=Match.PARTIAL).update(match=Match.EXACT)
    notice.state = Notice.State.PAID
    notice.paid = day if last is None else last.received
    notice.save(update_fields=["state", "paid"])
    number = next_number(PaperCounter, day=day, payee=notice.payee, series=Series.RECEIPT)
    Receipt.objects.create(
        notice=notice,
        number=f"R{notice.payee_id}-{roc_year(day)}-{number:05}",
        issued=day,
        amount=total,
    )
    transaction.on_commit(lambda: notice_paid.send(sender=Notice, notice=notice), robust=True)
    return Told(notice, notice.payer, {"amount": str(total)})


def _treasurer_of(by: Actor, payment: Payment) -> Label | None:
    return is_treasurer(by, payment.statement.organisation)


@action("fees.settle", Label("人工處理入帳", "settle a line by hand"), allowed=_treasurer_of)
def settle(by: Actor, payment: Payment, *, notice: Notice | None, reason: str) -> Told[Payment]:
    """
    What to make of a line that did not match. With a ``notice`` it counts towards it, and pays it
    where that is enough; without one it counts towards nothing (it was given back, it is of
    another matter).

    Raises OutOfDate where it is settled already, Refused without a reason, or for a notice of
    somebody else or that is not due.
    """
    if not reason.strip():
        raise Refused(Label("請寫處理的理由。", "Say why it is settled so."))
    payee = payment.statement.organisation
    target = _lock_notices(payment, notice)
    locked = Payment.objects.select_for_update().get(pk=payment.pk)
    if not is_open(locked) or locked.notice_id != payment.notice_id:
        raise OutOfDate(
            Label(
                "這一筆已經有人處理了，請重新查看。", "Somebody has settled this line: look again."
            )
        )
    if target is not None and (target.payee_id != payee.pk or target.state != Notice.State.DUE):
        raise Refused(
            Label(
                f"{target.number} 不是待繳的通知，不能把這一筆算進去。",
                f"{target.number} is not due: this line cannot count towards it.",
            )
        )
    locked.match, locked.notice = Match.SETTLED, target
    locked.settled_because, locked.settled_by = reason.strip()[:300], by.account
    locked.settled = clock.now()
    locked.save()
    if target is not None and received_for(target) >= target.amount:
        hold(PaperCounter, day=clock.today(), payee=payee, series=Series.RECEIPT)
        _pay(by, target)
    number = None if target is None else target.number
    return Told(locked, None if target is None else target.payer, {"notice": number},
                {"reason": reason})  # fmt: skip


def _lock_notices(payment: Payment, notice: Notice | None) -> Notice | None:
    wanted = {pk for pk in (payment.notice_id, notice and notice.pk) if pk is not None}
    locked = Notice.objects.select_for_update().filter(pk__in=wanted).order_by("pk")
    found = {one.pk: one for one in locked}
    return None if notice is None else found[notice.pk]


def is_open(payment: Payment) -> bool:
    """Whether the treasurer has still to say what to make of a line."""
    if payment.match == Match.PARTIAL:
        return payment.notice is not None and payment.notice.state == Notice.State.DUE
    return payment.match in (Match.WRONG_AMOUNT, Match.UNKNOWN, Match.DUPLICATE)
