"""
How an organisation reads the text that it applies: a reading chosen from a day on, with a reason.

Nothing is ever taken back: to undo a choice is to choose again, and the history shows both.
"""

from __future__ import annotations

import datetime

from django.db.models import QuerySet

from tiaoli.facts.kinds import Label
from tiaoli.platform import clock
from tiaoli.platform.audit.actions import Actor, OutOfDate, Refused, Told, action
from tiaoli.platform.people.models import Interpretation, Mandate, Post, holding
from tiaoli.regulations import catalogue
from tiaoli.rules import Regulation


def mandate_of(regulation: str, day: datetime.date) -> Mandate | None:
    """By which an organisation runs a regulation on a day."""
    held = Mandate.objects.filter(holding(day), regulation=regulation)
    return held.select_related("organisation").order_by("-first").first()


def may_choose(by: Actor, mandate: Mandate) -> Label | None:
    """The rule maker of the organisation that runs the regulation today."""
    today = clock.today()
    holds = mandate.first <= today and (mandate.last is None or mandate.last >= today)
    here = by.organisation is not None and by.organisation.pk == mandate.organisation_id
    if holds and here and by.role == Post.RULE_MAKER:
        return None
    return Label(
        "只有目前主辦這部法規的機關團體的法規幹事，可以選擇讀法與試算修改。",
        "Only the rule maker of the organisation that runs this regulation today may choose "
        "readings and try out changes.",
    )


@action("people.choose_reading", Label("選擇解釋的讀法", "choose a reading"), allowed=may_choose)
def choose_reading(
    by: Actor,
    mandate: Mandate,
    *,
    key: str,
    reading: str,
    first: datetime.date,
    reason: str,
    seen: int,
) -> Told[Interpretation]:
    """
    Read ``key`` as ``reading`` from the day ``first`` on. ``seen`` is ``last_choice`` of the key as
    it was when the form was shown.

    Raises UnknownName for a key that the regulation does not have, Refused for a reading that
    cannot be chosen, OutOfDate where somebody chose in the meantime.
    """
    Mandate.objects.select_for_update().get(pk=mandate.pk)
    known = catalogue.find(mandate.regulation).interpretation(key)
    if reading not in known.option_names or known.is_convention:
        raise Refused(
            Label(
                f"「{key}」沒有「{reading}」這個可選的讀法；請從列出的讀法中選一個。",
                f"{key} has no reading {reading!r} to choose; take one of those listed.",
            )
        )
    if first < clock.today():
        raise Refused(
            Label(
                "讀法只能從今天或以後的日子起適用：已經答覆過的，不能事後改變依據。",
                "A reading applies from today or a later day: what was answered before keeps "
                "its ground.",
            )
        )
    if not reason.strip():
        raise Refused(Label("請寫明理由；理由會公開。", "Give the reason; it is public."))
    if last_choice(mandate, key) != seen:
        raise OutOfDate(
            Label(
                "這個解釋剛才已有人選過。請看過最新的紀錄，再決定。",
                "Somebody has just chosen a reading of this key. Look at the latest first.",
            )
        )
    made = Interpretation.objects.create(
        organisation=mandate.organisation,
        regulation=mandate.regulation,
        key=key,
        reading=reading,
        first=first,
        reason=reason.strip(),
        chosen_by=by.account,
        chosen=clock.now(),
    )
    data = {
        "regulation": mandate.regulation,
        "key": key,
        "reading": reading,
        "first": first.isoformat(),
        "reason": made.reason,
    }
    return Told(made, None, data)


def is_offered(regulation: Regulation, key: str, reading: str) -> bool:
    """
    Whether the text as it stands has this reading. A later edition may drop a key or one of its
    readings; what was chosen of it is ignored from then on, and the default holds.
    """
    known = regulation.interpretations.get(key)
    return known is not None and reading in known.option_names


def history(organisation_id: int, regulation: str) -> QuerySet[Interpretation]:
    """Every choice of an organisation for a regulation, the latest first."""
    chosen = Interpretation.objects.filter(organisation_id=organisation_id, regulation=regulation)
    return chosen.order_by("-pk")


def last_choice(mandate: Mandate, key: str) -> int:
    """The latest choice of a key, by its number; 0 where there is none."""
    chosen = history(mandate.organisation_id, mandate.regulation).filter(key=key)
    return chosen.values_list("pk", flat=True).first() or 0
