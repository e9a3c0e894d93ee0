"""
A step of a procedure, taken: by whoever's turn it is, by the day itself, or by a payment.

All of it is one transaction that holds the row of the application: the day written in the file, the
record left behind, its certificate, the notice, the frozen facts, the turn of whoever comes next.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from tiaoli.facts.kinds import Label
from tiaoli.platform import clock
from tiaoli.platform.applications import declared
from tiaoli.platform.applications.dossiers import DOCUMENTS
from tiaoli.platform.applications.drafting import freeze, locked
from tiaoli.platform.applications.inquiry import Inquiry
from tiaoli.platform.applications.left import Given, PointTold, Taking, leave
from tiaoli.platform.applications.models import (
    Application,
    Document,
    Point,
    StepTaken,
)
from tiaoli.platform.applications.seeing import (
    may_look,
    receiver_of,
    why_not_this_seat,
)
from tiaoli.platform.applications.steps import Obstacle, StepStanding, standing
from tiaoli.platform.applications.turns import take_turn
from tiaoli.platform.audit.actions import (
    Actor,
    NotAllowed,
    OutOfDate,
    Refused,
    Told,
    action,
    anybody,
)
from tiaoli.platform.fees.actions import cancel_notice, issue_notice
from tiaoli.platform.fees.models import Notice
from tiaoli.rules import Seat, Transition

BY_PAYMENT = Actor(by="款項入帳 payment booked", via="task")
"""Nobody: a step that waited for nothing but a payment."""


class AlreadyTaken(OutOfDate):
    """The same account took the same step a moment ago: the form was sent twice."""


class Blocked(Refused):
    """Something is in the way; ``obstacles`` says what, each with the answer behind it."""

    def __init__(self, obstacles: Sequence[Obstacle]) -> None:
        zh = "；".join(o.says.zh for o in obstacles)
        en = "; ".join(o.says.en for o in obstacles)
        super().__init__(Label(zh, en))
        self.obstacles = tuple(obstacles)


@action("applications.take", Label("進行程序步驟", "take a step"), allowed=may_look)
def take(
    by: Actor, application: Application, *, step: str, version: int, given: Given | None = None
) -> Told[Application]:
    """
    Take ``step``. ``version`` is the one that the page showed.

    Raises NotAllowed for another's seat, AlreadyTaken for a form sent twice, OutOfDate where
    somebody else was quicker, Blocked where a guard, a document or a payment is lacking.
    """
    row = locked(application)
    _, procedure = declared.of(row)
    wanted = declared.step_in(procedure, step)
    _refuse_twice(by, row, wanted, version)
    if row.version != version:
        locked(application, version)
    if (why_not := why_not_this_seat(by, row, wanted.by)) is not None:
        raise NotAllowed(why_not)
    return _move(by, row, wanted, clock.today(), given or Given())


def _refuse_twice(by: Actor, row: Application, step: Transition, version: int) -> None:
    last = row.steps.order_by("-pk").first()
    if last is None or last.step != step.id or by.account is None or row.version != version + 1:
        return
    if last.by_id == by.account.pk:
        raise AlreadyTaken(
            Label(
                f"「{step.label.zh}」已經完成，不會重複進行。",
                f"“{step.label.en}” is done already; it is not taken twice.",
            )
        )


@action("applications.by_itself", Label("期日屆至", "the day itself"), allowed=anybody)
def take_by_itself(
    by: Actor, application: Application, *, step: Transition, on: datetime.date
) -> Told[Application]:
    """A step that happens by itself on the day on which its guards are met."""
    if step.by.seat is not Seat.NOBODY:
        raise NotAllowed(Label("這一步不會自己發生。", "This step does not happen by itself."))
    return _move(by, locked(application), step, on, Given())


@action("applications.paid", Label("繳費完成", "fee paid"), allowed=anybody)
def take_when_paid(
    by: Actor, application: Application, *, step: Transition, notice: Notice
) -> Told[Application]:
    """The step of the party that waited for nothing but this notice to be paid."""
    row = locked(application)
    if notice.state != Notice.State.PAID or notice.case != row.number:
        raise NotAllowed(Label("這張繳費單還沒有入帳。", "This notice has not been paid."))
    return _move(by, row, step, clock.today(), Given(), in_name_of_party=True)


def _move(
    by: Actor,
    row: Application,
    step: Transition,
    on: datetime.date,
    given: Given,
    *,
    in_name_of_party: bool = False,
) -> Told[Application]:
    """The step itself; ``row`` is locked."""
    if row.state not in step.source:
        raise OutOfDate(_elsewhere(row, step))
    inquiry = Inquiry(row, on)
    found = standing(inquiry, step, by)
    in_the_way = [o for o in found.obstacles if not (in_name_of_party and o.sort == "seat")]
    if in_the_way:
        raise Blocked(in_the_way)
    points = _points_needed(inquiry, step, given)
    source, target = row.state, step.leads_from(row.state)
    row.file = _written(inquiry, step, on)
    snapshot = None
    if declared.hands_in(inquiry.procedure, step, source):
        row.employer = row.person.employer_on(on) or row.employer
        _refuse_without_employer(inquiry, row)
        _settle_points(row)
        row.submitted = row.submitted or clock.now()
        row.save()
        snapshot = freeze(row)
    taken = StepTaken.objects.create(
        application=row,
        step=step.id,
        source=source,
        target=target,
        at=clock.now(),
        day=on,
        by=by.account,
        by_name=by.by,
        seat=by.role,
        organisation=by.organisation,
        remark=given.remark.strip(),
        answers={answer.question: answer.outcome for answer in found.passed},
        snapshot=snapshot,
    )
    row.state = target
    row.final = inquiry.procedure.state(target).final
    row.closed = clock.now() if row.final else None
    row.save()
    if found.leaves is not None:
        leave(Taking(by, row, step, taken), found.leaves, given)
    _keep_points(row, taken, points)
    take_turn(row, on)
    row.version += 1
    row.save()
    _charge(by, row, found, taken)
    if row.final and step.unprompted and step.by.seat is Seat.PARTY:
        _owe_nothing(by, row)
    data = {"number": row.number, "step": step.id, "from": source, "to": target}
    personal = {"remark": taken.remark} if taken.remark else {}
    return Told(row, row.person, data, personal)


def _elsewhere(row: Application, step: Transition) -> Label:
    _, procedure = declared.of(row)
    now = procedure.state(row.state).label
    return Label(
        f"案件現在是「{now.zh}」，不能再「{step.label.zh}」。請重新載入，再看一次。",
        f"The file is now “{now.en}”; “{step.label.en}” is no longer possible. Load the page "
        "again and look once more.",
    )


def _written(inquiry: Inquiry, step: Transition, on: datetime.date) -> dict[str, Any]:
    file = dict(inquiry.file)
    file |= {name: on.isoformat() for name in step.dates}
    file |= dict(step.adds)
    if not file.get(DOCUMENTS):
        file.pop(DOCUMENTS, None)
    return file


def _refuse_without_employer(inquiry: Inquiry, row: Application) -> None:
    if Seat.EMPLOYER in inquiry.procedure.seats and row.employer is None:
        raise Refused(
            Label(
                "這個程序要經過服務機構，但您目前沒有登錄的服務機構。請先請機構登錄您的任職。",
                "This procedure passes through your institution, and none is on file for you. Ask "
                "the institution to enter your post first.",
            )
        )


def _points_needed(inquiry: Inquiry, step: Transition, given: Given) -> tuple[PointTold, ...]:
    if not declared.returns(inquiry.procedure, step):
        return ()
    points = tuple(point for point in given.points if point.says.strip())
    refused = Document.objects.filter(
        application=inquiry.application, refused__isnull=False, removed=None
    )
    points += tuple(PointTold(d.refused_because, fact=d.option) for d in refused)
    if not points:
        raise Refused(
            Label(
                "請逐點寫明要補正什麼：至少一點。",
                "Say point by point what is to be put right: at least one point.",
            )
        )
    return points


def _keep_points(row: Application, taken: StepTaken, points: Sequence[PointTold]) -> None:
    if not points:
        return
    known = set(Point.objects.filter(application=row, settled=None).values_list("says", flat=True))
    for point in points:
        if point.says.strip() not in known:
            Point.objects.create(
                application=row,
                step=taken,
                clause=point.clause,
                fact=point.fact,
                says=point.says.strip(),
            )


def _settle_points(row: Application) -> None:
    row.points.filter(settled=None).exclude(answered=None).update(settled=clock.now())
    row.documents.filter(refused__isnull=False, removed=None).update(removed=clock.now())


def _owe_nothing(by: Actor, row: Application) -> None:
    """Who takes the file back owes nothing for it any more."""
    for notice in Notice.objects.filter(case=row.number, state=Notice.State.DUE):
        try:
            cancel_notice(by, notice, reason="申請已撤回 the application was withdrawn")
        except Refused:
            continue  # something came in: the treasurer settles or refunds it


def _charge(by: Actor, row: Application, found: StepStanding, taken: StepTaken) -> None:
    """A notice for what the regulation quotes; what it does not state is never charged."""
    quote, payee = found.fee, receiver_of(row)
    if found.notice is not None:
        taken.notice = found.notice
    elif quote is not None and quote.amount is not None and quote.amount > 0 and payee is not None:
        party_pays = row.turn == Seat.PARTY.value
        taken.notice = issue_notice(
            by,
            quote,
            payer=row.person,
            payee=payee,
            case=row.number,
            regulation=row.regulation,
            due=row.due if party_pays else None,
        )
    else:
        return
    taken.save(update_fields=["notice"])
