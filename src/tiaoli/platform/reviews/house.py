"""What a house asks of itself before a step: no conflict, and its custom of reviewing."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.platform.applications import declared
from tiaoli.platform.applications.models import Application
from tiaoli.platform.audit.actions import Actor
from tiaoli.platform.people.models import Post
from tiaoli.platform.reviews.conflicts import conflicts_of, open_assignments
from tiaoli.platform.reviews.models import Custom
from tiaoli.rules import Seat, Transition


def custom_of(application: Application) -> Custom | None:
    """How many review such a file at its office; None where the house has set nothing."""
    return Custom.objects.filter(
        organisation=application.office_id,
        regulation=application.regulation,
        procedure=application.procedure,
    ).first()


def why_not(by: Actor, application: Application, step: Transition) -> Label | None:
    """Asked before every step of a house."""
    if step.by.seat not in declared.HOUSE or by.account is None:
        return None
    sits = by.deputy_for or by.account
    found = conflicts_of({by.account, sits}, application, colleagues=step.by.seat is Seat.PANEL)
    for conflict in found.values():
        return Label(f"須迴避：{conflict.zh}", f"Conflict of interest: {conflict.en}")
    return _by_custom(by, application) if step.by.seat is Seat.PANEL else None


def _by_custom(by: Actor, application: Application) -> Label | None:
    custom = custom_of(application)
    assigned = list(open_assignments(application))
    if custom is not None:
        proposed = sum(1 for one in assigned if one.proposal)
        if proposed < custom.reviewers:
            return Label(
                f"本會規定先有 {custom.reviewers} 位委員提出意見，目前 {proposed} 位。",
                f"The house asks for {custom.reviewers} proposal(s) first; there are {proposed}.",
            )
        if custom.chair and by.role != Post.CHAIR:
            return Label(
                "本會規定由主任委員決定；委員提出意見。",
                "In this house the chair decides; reviewers propose.",
            )
    if (
        assigned
        and by.role != Post.CHAIR
        and by.account.pk not in {a.reviewer_id for a in assigned}
    ):
        names = "、".join(str(one.reviewer) for one in assigned)
        return Label(f"這件由 {names} 審查。", f"This file is reviewed by {names}.")
    return None
