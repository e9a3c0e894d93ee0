"""
How a step stands for whoever looks at it: may they take it, what is in the way, by when, for what
fee, and what it leaves behind. What is in the way is said, never hidden.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from tiaoli.answers import Answer
from tiaoli.facts import vocabulary
from tiaoli.facts.dates import both
from tiaoli.facts.kinds import Absent, Attribute, Label, Option, Type
from tiaoli.platform import clock
from tiaoli.platform.applications import declared
from tiaoli.platform.applications.dossiers import DOCUMENTS, is_open
from tiaoli.platform.applications.found import house_refuses
from tiaoli.platform.applications.inquiry import Inquiry, Term
from tiaoli.platform.applications.leaving import Leaving, leaving_of
from tiaoli.platform.applications.models import Application
from tiaoli.platform.applications.seeing import why_not_this_seat
from tiaoli.platform.applications.wanted import to_fill_in
from tiaoli.platform.audit.actions import Actor
from tiaoli.platform.fees.models import Notice
from tiaoli.platform.fees.quoting import Quote
from tiaoli.rules import Seat, Transition
from tiaoli.rules.outcomes import outcome_label

Sort = Literal["seat", "house", "guard", "opens", "documents", "form", "points", "fee"]


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What is in the way of a step, in words; ``answer`` where a question says so."""

    sort: Sort
    says: Label
    answer: Answer | None = None
    notice: Notice | None = None


@dataclass(frozen=True, slots=True)
class StepStanding:
    """
    A step of a file on a day, for one actor.

    ``mine``      whether the actor sits where the step is taken
    ``passed``    the answers that open the way
    ``fee``       what the regulation charges for it; ``notice`` what was issued for that
    """

    step: Transition
    mine: bool
    obstacles: tuple[Obstacle, ...]
    passed: tuple[Answer, ...]
    documents: tuple[Option, ...]
    deadline: Term | None
    opens: Term | None
    fee: Quote | None
    notice: Notice | None
    leaves: Leaving | None
    shows: tuple[str, ...]

    @property
    def may(self) -> bool:
        return not self.obstacles


def standings(inquiry: Inquiry, by: Actor) -> list[StepStanding]:
    """Every step out of the state that the file is in."""
    steps = inquiry.procedure.from_state(inquiry.application.state)
    return [standing(inquiry, step, by) for step in steps]


def standing(inquiry: Inquiry, step: Transition, by: Actor) -> StepStanding:
    """One step, whatever state the file is in."""
    application = inquiry.application
    not_mine = why_not_this_seat(by, application, step.by)
    leaves = leaving_of(inquiry, step)
    given = {**inquiry.values, **(leaves.fixed if leaves else {})}
    opens = inquiry.term(step.opens, given, application.turn_since)
    fee = inquiry.quote(step.fee, given)
    notice = notice_for(application, fee)
    passed, refusals = _guards(inquiry, step)
    obstacles = [] if not_mine is None else [Obstacle("seat", not_mine)]
    if not_mine is None and (why := house_refuses(by, application, step)) is not None:
        obstacles.append(Obstacle("house", why))
    obstacles += refusals
    obstacles += _too_early(opens, inquiry.on)
    documents = lacking_documents(inquiry, step)
    obstacles += _documents(documents)
    obstacles += _unfinished(inquiry, step)
    obstacles += _unpaid(step, notice)
    obstacles += _not_booked(application, inquiry.quote(step.once_paid, given))
    return StepStanding(
        step,
        not_mine is None,
        tuple(obstacles),
        passed,
        documents,
        inquiry.term(step.deadline, given, application.turn_since),
        opens,
        fee,
        notice,
        leaves,
        tuple(inquiry.shown(step)),
    )


def _guards(inquiry: Inquiry, step: Transition) -> tuple[tuple[Answer, ...], list[Obstacle]]:
    passed, refusals = [], []
    for guard in step.guards:
        answer = inquiry.guard(step, guard)
        if answer is None:
            says = Label(
                f"{both(inquiry.on)} 沒有施行中的條文。",
                f"No text is in force on {both(inquiry.on, 'en')}.",
            )
            refusals.append(Obstacle("guard", says))
        elif answer.outcome in guard.outcomes:
            passed.append(answer)
        else:
            refusals.append(Obstacle("guard", _refusal(inquiry, answer), answer))
    return tuple(passed), refusals


def _refusal(inquiry: Inquiry, answer: Answer) -> Label:
    question = inquiry.regulation.question(answer.question)
    found = outcome_label(answer.outcome)
    clauses = list(answer.decided_by) or [m.clause for m in answer.missing if m.clause]
    by = Label("", "")
    if clauses:
        by = Label(f"（{'、'.join(clauses)}）", f" ({', '.join(clauses)})")
    return Label(
        f"{question.label.zh}：{found.zh}{by.zh}", f"{question.label.en}: {found.en}{by.en}"
    )


def _too_early(opens: Term | None, on: datetime.date) -> Iterator[Obstacle]:
    if opens is None or opens.how in ("not_stated", "none"):
        return
    if opens.day is None:
        yield Obstacle(
            "opens",
            Label(
                f"{opens.label.zh}還不能確定，這一步還不能進行。",
                f"{opens.label.en} is not known yet, and the step cannot be taken before.",
            ),
            opens.answer,
        )
    elif on < opens.day:
        yield Obstacle(
            "opens",
            Label(
                f"{both(opens.day)} 起才能進行（{opens.label.zh}）。",
                f"Not before {both(opens.day, 'en')} ({opens.label.en}).",
            ),
            opens.answer,
        )


def lacking_documents(inquiry: Inquiry, step: Transition) -> tuple[Option, ...]:
    """The documents that the step asks for and the file does not have."""
    if not step.documents or inquiry.procedure.file is None:
        return ()
    options = vocabulary.find(inquiry.procedure.file.kind).attributes[DOCUMENTS].options
    there = inquiry.file.get(DOCUMENTS, ())
    return tuple(o for o in options if o.name in step.documents and o.name not in there)


def _documents(lacking: tuple[Option, ...]) -> Iterator[Obstacle]:
    if lacking:
        zh, en = "、".join(o.label.zh for o in lacking), ", ".join(o.label.en for o in lacking)
        yield Obstacle("documents", Label(f"還缺文件：{zh}", f"Documents lacking: {en}"))


def _unfinished(inquiry: Inquiry, step: Transition) -> Iterator[Obstacle]:
    """What the party has not filled in, cannot be read, or has not answered."""
    application = inquiry.application
    if step.by.seat is not Seat.PARTY or not declared.hands_in(
        inquiry.procedure, step, application.state
    ):
        return
    attributes = {a.name: a for a in to_fill_in(inquiry.regulation, inquiry.procedure)}
    unread = [attributes[name].label for name in application.typed if name in attributes]
    if unread:
        zh, en = "、".join(one.zh for one in unread), ", ".join(one.en for one in unread)
        yield Obstacle("form", Label(f"讀不懂的欄位：{zh}", f"Fields that cannot be read: {en}"))
    empty = [a.label for a in lacking_fields(inquiry) if a.name not in application.typed]
    if empty:
        zh, en = "、".join(one.zh for one in empty), ", ".join(one.en for one in empty)
        yield Obstacle("form", Label(f"還沒有填：{zh}", f"Not filled in yet: {en}"))
    waiting = application.points.filter(answered=None, settled=None).count()
    if waiting and is_open(application):
        yield Obstacle(
            "points",
            Label(
                f"還有 {waiting} 點補正事項沒有回答。",
                f"{waiting} point(s) to be put right have no answer yet.",
            ),
        )


_HAS_TO_BE_SAID: Final = (Type.CHOICE, Type.CHOICES, Type.TEXT, Type.WHOLE)


def lacking_fields(inquiry: Inquiry) -> list[Attribute]:
    """What has to be said before the file is handed in: what nobody can take for granted."""
    return [
        attribute
        for attribute in to_fill_in(inquiry.regulation, inquiry.procedure)
        if attribute.absent is Absent.UNKNOWN
        and attribute.type in _HAS_TO_BE_SAID
        and attribute.name not in inquiry.file
    ]


def notice_for(application: Application, fee: Quote | None) -> Notice | None:
    """The notice that this application was given for the same fee, and that still stands."""
    if fee is None:
        return None
    standing_ = (Notice.State.DUE, Notice.State.PAID)
    found = Notice.objects.filter(
        case=application.number, question=fee.question, state__in=standing_
    )
    return found.order_by("-pk").first()


def _unpaid(step: Transition, notice: Notice | None) -> Iterator[Obstacle]:
    if step.by.seat is not Seat.PARTY or notice is None or notice.state != Notice.State.DUE:
        return
    yield Obstacle(
        "fee",
        Label(
            f"請先繳 {notice.number}：{notice.amount:,.0f} 元；入帳後這一步會自動完成。",
            f"Notice {notice.number} of TWD {notice.amount:,.0f} is to be paid first; the step is "
            "taken by itself once the payment is booked.",
        ),
        notice=notice,
    )


def _not_booked(application: Application, fee: Quote | None) -> Iterator[Obstacle]:
    """A fee of before has to come in first; what the treasurer paid back is waited for no more."""
    if fee is None or not fee.charged:
        return
    made = Notice.objects.filter(case=application.number, question=fee.question)
    notice = made.order_by("-pk").first()
    if notice is not None and notice.state != Notice.State.DUE:
        return
    zh, en = (f"（{notice.number}）", f" ({notice.number})") if notice else ("", "")
    amount = f"{fee.amount:,.0f}"
    yield Obstacle(
        "fee",
        Label(
            f"費用 {amount} 元{zh}還沒有入帳；對帳入帳後才能進行。",
            f"The fee of TWD {amount}{en} has not come in yet; this waits until it is booked.",
        ),
        notice=notice,
    )


def days_left(due: datetime.date | None) -> int | None:
    """How many days are left until ``due``; negative where it has gone by."""
    return None if due is None else (due - clock.today()).days
