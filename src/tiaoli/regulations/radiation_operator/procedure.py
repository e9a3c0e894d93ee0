"""How an application for a certificate travels, and its withdrawal by the authority."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.regulations.radiation_operator.procedure_facility import AUTHORITY, FACILITY_PROCEDURES
from tiaoli.rules import TIME, Guard, Procedure, State, Transition, Written
from tiaoli.rules.steps import (
    APPLICANT,
    INCOMPLETE,
    REFUSED,
    WITHDRAWN,
    expiry,
    in_place_of_the_old,
    returned,
    state,
    step,
    withdrawal,
    written,
)

_ISSUED = state("issued", "已核發", "issued", final=True)
_VALID = state("valid", "有效", "valid")
_ISSUE = ("核發證書", "issue the certificate")
_SAFETY = written("radiation_certificate", type="radiation_safety", status="valid")
_COPY = in_place_of_the_old(_SAFETY, replaces="number")


def _file(source: str, guard: Guard, clause: str, *documents: str) -> Transition:
    return step(
        "file", ("提出申請", "file"), source, "filed", APPLICANT, clause, "RAD-11",
        guards=(guard,), documents=("application_form", *documents), fee="fee",
        dates=("filed_date",),
    )  # fmt: skip


def _decision(
    target: str,
    name: tuple[str, str],
    *clauses: str,
    leaves: Written = _SAFETY,
    begins: tuple[str, str] | None = None,
    lasts: str = "expiry",
) -> tuple[Transition, ...]:
    """The authority completes, grants or refuses; the text sets it no time."""
    lacking = Guard("documents", ("incomplete", "needs_review"))
    return (
        *returned("filed", AUTHORITY, APPLICANT, *clauses, when=(lacking,)),
        step(
            "grant", name, "filed", target, AUTHORITY, *clauses,
            guards=(Guard("documents", ("complete",)),), deadline="processing-time",
            output=leaves, begins=begins, lasts=lasts, dates=("decision_date",),
            adds={"result": "passed"},
        ),
        step(
            "refuse", ("駁回", "refuse"), "filed", "refused", AUTHORITY, *clauses,
            deadline="processing-time", dates=("decision_date",), adds={"result": "failed"},
        ),
    )  # fmt: skip


def _application(
    id: str,
    label: Label,
    states: tuple[State, ...],
    steps: tuple[Transition, ...],
    *,
    type_: str,
    ends: tuple[State, ...] = (_ISSUED,),
) -> Procedure:
    """What is its own, and what every file passes through once it is filed."""
    return Procedure(
        id,
        label,
        states=(
            *states,
            state("filed", "已申請", "filed"),
            INCOMPLETE,
            *ends,
            REFUSED,
            WITHDRAWN,
        ),
        transitions=(*steps, withdrawal(APPLICANT, "filed", "incomplete")),
        file=written("application", type=type_),
    )


initial = _application(
    "initial",
    Label("初次領證", "First certificate"),
    (
        state("preparing", "準備中", "preparing"),
        state("qualified", "已具資格證明", "qualified"),
        state("tested", "測驗及格", "tested"),
    ),
    (
        step(
            "prove", ("取得資格證明", "obtain proof of a qualification"),
            "preparing", "qualified", APPLICANT, "RAD-4.1.0", output="qualification",
            lasts="proof-validity",
        ),
        step(
            "test", ("測驗及格", "pass the test"), "qualified", "tested", APPLICANT, "RAD-4.1.T",
            output="exam", lasts="exam-validity",
        ),
        _file(
            "tested", Guard("certificate", ("eligible", "needs_review")), "RAD-4.1.A",
            "qualification_proof", "exam_result",
        ),
        *_decision("issued", _ISSUE, "RAD-4.1.A", "RAD-7.1a"),
    ),
    type_="initial",
)  # fmt: skip

renewal = _application(
    "renewal",
    Label("期滿前換發", "Renewal"),
    (_VALID, state("window_open", "可申請換發", "window open")),
    (
        step(
            "open", ("換發期間開始", "the window opens"), "valid", "window_open", TIME,
            "RAD-7.1b", guards=(Guard("renewal-window", ("open",)),),
            opens=("renewal-window", "opens"),
        ),
        _file(
            "window_open", Guard("renewal", ("eligible", "needs_review")), "RAD-7.1d", "hours_proof"
        ),
        *_decision(
            "renewed", ("換發證書", "issue the new certificate"), "RAD-7.1b",
            begins=("new-term", "first"),
        ),
        expiry(
            ("valid", "window_open"), "expired", "RAD-7.1a", Guard("renewal-window", ("lapsed",))
        ),
    ),
    type_="renewal",
    ends=(
        state("renewed", "已換發", "renewed", final=True),
        state("expired", "已逾期", "expired", final=True),
    ),
)  # fmt: skip


def _again(
    id: str,
    label: Label,
    first: State,
    *,
    type_: str,
    clause: str,
    document: str,
    lasts: str,
    leaves: Written = _SAFETY,
) -> Procedure:
    """A file about a certificate that there is, or was."""
    allowed = Guard(id, ("eligible", "needs_review"))
    steps = (
        _file(first.id, allowed, clause, document),
        *_decision("issued", _ISSUE, clause, leaves=leaves, lasts=lasts),
    )
    return _application(id, label, (first,), steps, type_=type_)


reapplication = _again(
    "expired-reapplication",
    Label("逾期後重新申請", "Application after expiry"),
    state("expired", "已逾期", "expired"),
    type_="expired", clause="RAD-7.2", document="hours_proof", lasts="expiry",
)  # fmt: skip
replacement = _again(
    "replacement", Label("補發", "Replacement"), _VALID,
    type_="reissue", clause="RAD-8.1", document="proof_copies", lasts="replacement",
    leaves=_COPY,
)  # fmt: skip
exchange = _again(
    "exchange", Label("變更換發", "Exchange"), _VALID,
    type_="exchange", clause="RAD-8.2", document="change_proof", lasts="exchange",
    leaves=_COPY,
)  # fmt: skip
conversion = _application(
    "conversion",
    Label("舊證照轉換", "Conversion"),
    (state("old", "持舊證照", "old credential held"),),
    (
        _file("old", Guard("conversion", ("eligible", "needs_review")), "RAD-10.1.0", "original"),
        *_decision("converted", ("轉換證書", "convert"), "RAD-10.1.0"),
    ),
    type_="conversion",
    ends=(state("converted", "已轉換", "converted", final=True),),
)

_UNDER_WITHDRAWAL = Guard("withdrawal", ("to_be_withdrawn",))

revocation = Procedure(
    "withdrawal",
    Label("撤銷或廢止", "Withdrawal"),
    states=(
        _VALID,
        state("proceeding", "調查中", "proceeding"),
        state("dropped", "不予撤銷或廢止", "not withdrawn", final=True),
        state("withdrawn", "已撤銷或廢止", "withdrawn"),
        state("free", "得再申請", "free to apply", final=True),
    ),
    transitions=(
        step(
            "find", ("發現事由", "find a ground"), "valid", "proceeding", AUTHORITY, "RAD-9.1.0",
            guards=(Guard("withdrawal", ("may_be_withdrawn", "to_be_withdrawn")),),
        ),
        step(
            "withdraw", ("撤銷或廢止並送達", "withdraw, and serve"), "proceeding", "withdrawn",
            AUTHORITY, "RAD-9.1.0", guards=(_UNDER_WITHDRAWAL,), output="sanction", lasts="bar",
        ),
        step(
            "drop", ("不予撤銷或廢止", "let it stand"), "proceeding", "dropped", AUTHORITY,
            "RAD-9.1.0", guards=(Guard("withdrawal", ("no_ground", "may_be_withdrawn")),),
        ),
        step(
            "release", ("一年屆滿", "the year is over"), "withdrawn", "free", TIME, "RAD-9.2",
            guards=(Guard("bar", ("free_to_apply",)),),
        ),
    ),
)  # fmt: skip

PROCEDURES = (
    initial,
    renewal,
    reapplication,
    replacement,
    exchange,
    conversion,
    revocation,
    *FACILITY_PROCEDURES,
)
