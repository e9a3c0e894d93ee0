"""A notice made. TO BE REPLACED by the fees app's own module of this name."""

from __future__ import annotations

import datetime

from tiaoli.facts.kinds import Label
from tiaoli.platform import clock
from tiaoli.platform.audit.actions import Actor, Refused, Told, action, anybody
from tiaoli.platform.fees.models import Notice
from tiaoli.platform.fees.quoting import Quote
from tiaoli.platform.people.models import Organisation, Person


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
    """Raises Refused where there is nothing to charge."""
    if quote.amount is None or quote.amount <= 0:
        raise Refused(quote.says)
    notice = Notice.objects.create(
        number=f"N{Notice.objects.count() + 1:06}",
        case=case,
        payer=payer,
        payee=payee,
        regulation=regulation,
        question=quote.question,
        clauses=list(quote.clauses),
        amount=quote.amount,
        issued=clock.today(),
        due=due,
    )
    return Told(notice, payer, {"case": case, "amount": str(quote.amount)})


@action("fees.cancel_notice", Label("取消繳費通知", "cancel a payment notice"), allowed=anybody)
def cancel_notice(by: Actor, notice: Notice, *, reason: str) -> Told[Notice]:
    """Nothing is owed any more. Raises Refused where something has come in."""
    notice.state = Notice.State.CANCELLED
    notice.save(update_fields=["state"])
    return Told(notice, notice.payer, {"reason": reason})
