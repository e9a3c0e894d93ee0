"""Who sees which notice: whoever pays it, and the desk of whoever is paid."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, Q

from tiaoli.facts.kinds import Label
from tiaoli.platform.audit.actions import Actor
from tiaoli.platform.fees.models import Notice, Payment, Statement, StatementDraft
from tiaoli.platform.people.models import Post

SEES = (Post.TREASURER, Post.SECRETARIAT, Post.CHAIR, Post.AUDITOR)
_OTHERS = Label("這張繳費通知不是您的。", "This payment notice is not yours.")


def sees_notice(actor: Actor, number: str, **_: Any) -> Label | None:
    """The payer, and treasurer, secretariat, chair and auditor of the payee."""
    mine = Q(payee=actor.organisation) if actor.role in SEES else Q()
    if actor.organisation is None and actor.account is not None:
        mine = Q(payer__account=actor.account)
    if not mine:
        return _OTHERS
    there = Notice.objects.filter(mine, number=number)
    return None if there.exists() else _OTHERS


def sees_receipt(actor: Actor, number: str, **_: Any) -> Label | None:
    """As the notice."""
    notice = Notice.objects.filter(receipt__number=number).values_list("number", flat=True).first()
    return sees_notice(actor, notice or "")


def keeps(model: type[Model], owner: str) -> Any:
    """The treasurer of the organisation that a draft, statement or line belongs to."""

    def guard(actor: Actor, pk: int, **_: Any) -> Label | None:
        if actor.organisation is not None and actor.role == Post.TREASURER:
            there = model._default_manager.filter(pk=pk, **{owner: actor.organisation})
            if there.exists():
                return None
        return Label(
            "只有收款機構的會計可以看這一頁。", "Only the treasurer of the payee sees this page."
        )

    return guard


keeps_draft = keeps(StatementDraft, "organisation")
keeps_statement = keeps(Statement, "organisation")
keeps_payment = keeps(Payment, "statement__organisation")
