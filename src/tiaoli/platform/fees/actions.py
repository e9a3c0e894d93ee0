"""
What is done with fees: a notice made or cancelled, money given back.

What comes in is matched and posted in ``posting``.
"""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.db.models import Sum

from tiaoli.facts.kinds import Label
from tiaoli.platform import clock
from tiaoli.platform.audit.actions import Actor, OutOfDate, Refused, Told, action, anybody
from tiaoli.platform.fees.models import Notice, PaperCounter, Payment, Refund, Series
from tiaoli.platform.fees.numbering import next_number, roc_year
from tiaoli.platform.fees.quoting import Quote
from tiaoli.platform.people.models import Organisation, Person, Post

COUNTED = (Payment.Match.EXACT, Payment.Match.PARTIAL, Payment.Match.SETTLED)
"""The lines that count towards the notice they are matched with."""


def received_for(notice: Notice) -> Decimal:
    """What has come in for a notice so far."""
    found = notice.payments.filter(match__in=COUNTED).aggregate(all=Sum("amount"))["all"]
    return found or Decimal(0)


def refundable(notice: Notice) -> Decimal:
    """What has come in and not been given back."""
    back = notice.refunds.aggregate(all=Sum("amount"))["all"] or Decimal(0)
    return received_for(notice) - back


def is_treasurer(by: Actor, payee: Organisation) -> Label | None:
    """The treasurer of whoever is paid."""
    if by.organisation is not None and by.organisation == payee and by.role == Post.TREASURER:
        return None
    return Label(
        f"只有「{payee.name}」的會計可以處理這筆款項。",
        f"Only the treasurer of {payee.label.en} may do this.",
    )


# A step of a procedure makes the notice, whoever takes it; the step has its own permission.
@action("fees.issue_notice", Label("開立繳費通知", "issue a payment notice"), allowed=anybody)
def issue_notice(
    by: Actor,
    quote: Quote,
    *,
    payer: Person,
    payee: Organisation,
    case: str,
    regulation: str,
    due: datetime.date | None,
) -> Told[Notice]:
    """
    A notice of what was quoted. A case pays once for one question: where there is a notice of the
    same amount, due or paid, it is that one.

    Raises Refused where the regulation states no amount, or nothing is to be paid, and where a
    notice of another amount is there.
    """
    if quote.amount is None or not quote.charged:
        raise Refused(_nothing_to_charge(quote))
    # The payer's row keeps two steps from making two notices of one case.
    Person.objects.select_for_update(no_key=True).get(pk=payer.pk)
    there = Notice.objects.filter(
        payee=payee,
        case=case,
        question=quote.question,
        state__in=(Notice.State.DUE, Notice.State.PAID),
    ).first()
    if there is not None:
        if there.amount != quote.amount:
            raise Refused(_another_amount(there, quote.amount))
        return Told(there, payer, {"case": case, "again": True})
    day = clock.today()
    number = next_number(PaperCounter, day=day, payee=payee, series=Series.NOTICE)
    notice = Notice.objects.create(
        number=f"N{payee.pk}-{roc_year(day)}-{number:05}",
        case=case,
        payer=payer,
        payee=payee,
        regulation=regulation,
        question=quote.question,
        clauses=list(quote.clauses),
        amount=quote.amount,
        issued=day,
        due=due,
    )
    return Told(notice, payer, {"case": case, "amount": str(quote.amount)})


def _nothing_to_charge(quote: Quote) -> Label:
    return Label(f"不開繳費通知：{quote.says.zh}", f"No payment notice is made: {quote.says.en}")


def _another_amount(there: Notice, amount: Decimal) -> Label:
    return Label(
        f"案號 {there.case} 已有 {there.number}，金額 {there.amount:,.0f} 元，"
        f"與現在的 {amount:,.0f} 元不同。請先取消或退費。",
        f"Case {there.case} already has notice {there.number} of TWD {there.amount:,.0f}, "
        f"not {amount:,.0f}. Cancel it or refund it first.",
    )


@action("fees.cancel_notice", Label("取消繳費通知", "cancel a payment notice"), allowed=anybody)
def cancel_notice(by: Actor, notice: Notice, *, reason: str) -> Told[Notice]:
    """
    Nothing is owed any more: the file was withdrawn. Cancelled already, it stays so.

    Raises Refused where something has come in: that is refunded, or settled, first.
    """
    locked = Notice.objects.select_for_update().get(pk=notice.pk)
    if locked.state == Notice.State.CANCELLED:
        return Told(locked, locked.payer, {"again": True})
    if locked.state != Notice.State.DUE or received_for(locked) > 0:
        raise Refused(
            Label(
                f"{locked.number} 已有入帳，不能取消；請由會計決定退費。",
                f"Something has come in for {locked.number}: it cannot be cancelled. "
                "The treasurer decides on a refund.",
            )
        )
    locked.state, locked.cancelled_because = Notice.State.CANCELLED, reason[:200]
    locked.save(update_fields=["state", "cancelled_because"])
    return Told(locked, locked.payer, {"reason": reason})


def _may_refund(by: Actor, notice: Notice) -> Label | None:
    return is_treasurer(by, notice.payee)


@action("fees.refund", Label("決定退費", "decide on a refund"), allowed=_may_refund)
def refund(
    by: Actor, notice: Notice, *, amount: Decimal, reason: str, clause: str, seen: Decimal
) -> Told[Refund]:
    """
    Give money back. ``seen`` is what could be given back when whoever decides looked: a decision
    sent twice, or made by two at once, is taken once.

    Raises OutOfDate where that is no longer so, Refused where it is too much or has no reason.
    """
    locked = Notice.objects.select_for_update().get(pk=notice.pk)
    most = refundable(locked)
    _check_refund(locked, amount, reason, seen=seen, most=most)
    made = Refund.objects.create(
        notice=locked,
        amount=amount,
        reason=reason.strip(),
        clause=clause,
        decided_by=by.account,
        decided=clock.now(),
    )
    if amount == most:
        locked.state = Notice.State.REFUNDED
        locked.save(update_fields=["state"])
    return Told(
        made,
        locked.payer,
        {"notice": locked.number, "amount": str(amount), "clause": clause},
        {"reason": reason},
    )


def _check_refund(
    notice: Notice, amount: Decimal, reason: str, *, seen: Decimal, most: Decimal
) -> None:
    if seen != most:
        raise OutOfDate(
            Label(
                f"{notice.number} 可退的金額已從 {seen:,.0f} 元變成 {most:,.0f} 元："
                "有人先處理了。請重新查看。",
                f"What can be given back of {notice.number} has changed from TWD {seen:,.0f} to "
                f"{most:,.0f}: somebody was quicker. Look at it again.",
            )
        )
    if not 0 < amount <= most:
        raise Refused(
            Label(
                f"退費要大於零且不超過已繳的 {most:,.0f} 元；這裡是 {amount:,.2f} 元。",
                f"A refund is more than nothing and at most the TWD {most:,.0f} paid; "
                f"found {amount:,.2f}.",
            )
        )
    if not reason.strip():
        raise Refused(Label("請寫退費的理由。", "Say why it is refunded."))
