"""
The words in which procedures are written: steps, and the states and roles that most of them share.

    returned("submitted", SECRETARIAT, APPLICANT, "ART-8", when=(Guard("documents", ("lacking",)),))
    step("certify", ("核發證明", "issue the certificate"), "announced", "certified", SECRETARIAT,
         "ART-7", output="certificate", lasts="certificate-validity")

A regulation writes down what is its own: its states, who decides, its clauses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tiaoli.facts.kinds import Label
from tiaoli.rules.procedure import (
    TIME,
    FigureOf,
    Guard,
    Role,
    Seat,
    State,
    Transition,
    Written,
)

APPLICANT = Role("applicant", Label("申請人", "applicant"))
SECRETARIAT = Role("secretariat", Label("學會秘書處", "society secretariat"), Seat.OFFICE)

DRAFT = State("draft", Label("草稿", "draft"))
INCOMPLETE = State("incomplete", Label("文件不齊", "incomplete"))
NOT_PASSED = State("not_passed", Label("未通過", "not passed"), final=True)
REFUSED = State("refused", Label("駁回", "refused"), final=True)
WITHDRAWN = State("withdrawn", Label("已撤回", "withdrawn"), final=True)

Asked = str | tuple[str, str]
"""A question, or a question and its figure."""


def state(id: str, zh: str, en: str, *, final: bool = False) -> State:
    return State(id, Label(zh, en), final)


def written(kind: str, **says: str) -> Written:
    """A record of ``kind`` in which so much is written from the beginning."""
    return Written(kind, tuple(says.items()))


def in_place_of_the_old(record: Written, **takes: str) -> Written:
    """
    The same, in place of the credential that the file is about, from which it takes attributes:
    ``in_place_of_the_old(certificate, replaces="number")``.
    """
    return replace(record, takes=tuple(takes.items()))


def step(
    id: str,
    name: tuple[str, str],
    source: str | tuple[str, ...],
    target: str | None,
    by: Role,
    *clauses: str,
    guards: tuple[Guard, ...] = (),
    documents: tuple[str, ...] = (),
    deadline: Asked | None = None,
    opens: Asked | None = None,
    fee: Asked | None = None,
    once_paid: Asked | None = None,
    output: str | Written | None = None,
    begins: Asked | None = None,
    lasts: Asked | None = None,
    shows: tuple[str, ...] = (),
    dates: tuple[str, ...] = (),
    adds: Mapping[str, str] | None = None,
    each: bool = False,
    unprompted: bool = False,
) -> Transition:
    """One step, as ``Transition`` has it."""
    return Transition(
        id,
        Label(*name),
        (source,) if isinstance(source, str) else source,
        target,
        by,
        guards=guards,
        documents=documents,
        deadline=_figure(deadline),
        opens=_figure(opens),
        fee=_figure(fee),
        once_paid=_figure(once_paid),
        output=Written(output) if isinstance(output, str) else output,
        begins=_figure(begins),
        lasts=_figure(lasts),
        shows=shows,
        dates=dates,
        adds=tuple((adds or {}).items()),
        clauses=clauses,
        each=each,
        unprompted=unprompted,
    )


def _figure(asked: Asked | None) -> FigureOf | None:
    if asked is None:
        return None
    return FigureOf(asked) if isinstance(asked, str) else FigureOf(*asked)


def returned(
    source: str,
    office: Role,
    party: Role,
    *clauses: str,
    when: tuple[Guard, ...] = (),
    within: Asked | None = None,
    via: State = INCOMPLETE,
    dates: tuple[str, ...] = (),
) -> tuple[Transition, Transition]:
    """
    Return for correction, and resubmission to where the file was; ``when`` opens the return, and
    ``within`` says by when it is to be resubmitted.

    Where a file can be returned at two places, each has a state ``via`` which it passes through.
    """
    again = "" if via is INCOMPLETE else f"_{via.id}"
    ask = ("通知補件", "ask for what is lacking")
    complete = ("補齊文件", "complete the file")
    return (
        step(f"ask_for_more{again}", ask, source, via.id, office, *clauses, guards=when),
        step(
            f"complete{again}",
            complete,
            via.id,
            source,
            party,
            *clauses,
            deadline=within,
            dates=dates,
        ),
    )


def withdrawal(by: Role, *source: str, dates: tuple[str, ...] = ()) -> Transition:
    """Whoever filed may take the file back; no text forbids it, and none has to say so."""
    return step(
        "withdraw", ("撤回", "withdraw"), source, WITHDRAWN.id, by, dates=dates, unprompted=True
    )


def expiry(source: str | tuple[str, ...], target: str, clause: str, guard: Guard) -> Transition:
    """The last day goes by; nobody is waited for."""
    return step(
        "expire", ("逾期", "expire"), source, target, TIME, clause, guards=(guard,), unprompted=True
    )
