"""How an application for a certificate travels, and its withdrawal."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.regulations.radiation_operator.procedure_facility import FACILITY_PROCEDURES
from tiaoli.rules import Guard, Procedure, State, Transition

_APPLICANT = ("applicant", Label("申請人", "applicant"))
_AUTHORITY = ("authority", Label("主管機關", "competent authority"))

_FILED = State("filed", Label("已申請", "filed"))
_INCOMPLETE = State("incomplete", Label("文件不齊", "incomplete"))
_REFUSED = State("refused", Label("駁回", "refused"), final=True)


def _file(source: str, clause: str, *guards: Guard, documents: tuple[str, ...]) -> Transition:
    return Transition(
        "file",
        Label("提出申請", "file"),
        (source,),
        "filed",
        by="applicant",
        guards=guards,
        documents=documents,
        fee="fee",
        clauses=(clause, "RAD-11"),
    )


def _decision(target: str, says: Label, *clauses: str) -> tuple[Transition, ...]:
    """The authority completes, grants or refuses; the text sets it no time."""
    return (
        Transition(
            "ask_for_more",
            Label("通知補件", "ask for what is lacking"),
            ("filed",),
            "incomplete",
            by="authority",
            guards=(Guard("documents", ("incomplete", "needs_review")),),
            clauses=clauses,
        ),
        Transition(
            "complete",
            Label("補齊文件", "complete the file"),
            ("incomplete",),
            "filed",
            by="applicant",
            clauses=clauses,
        ),
        Transition(
            "grant",
            says,
            ("filed",),
            target,
            by="authority",
            guards=(Guard("documents", ("complete",)),),
            deadline="processing-time",
            output="radiation_certificate",
            clauses=clauses,
        ),
        Transition(
            "refuse",
            Label("駁回", "refuse"),
            ("filed",),
            "refused",
            by="authority",
            deadline="processing-time",
            clauses=clauses,
        ),
    )


_ISSUE = Label("核發證書", "issue the certificate")

initial = Procedure(
    id="initial",
    label=Label("初次領證", "First certificate"),
    states=(
        State("preparing", Label("準備中", "preparing")),
        State("qualified", Label("已具資格證明", "qualified")),
        State("tested", Label("測驗及格", "tested")),
        _FILED,
        _INCOMPLETE,
        State("issued", Label("已核發", "issued"), final=True),
        _REFUSED,
    ),
    transitions=(
        Transition(
            "prove",
            Label("取得資格證明", "obtain proof of a qualification"),
            ("preparing",),
            "qualified",
            by="applicant",
            output="qualification",
            clauses=("RAD-4.1.0",),
        ),
        Transition(
            "test",
            Label("測驗及格", "pass the test"),
            ("qualified",),
            "tested",
            by="applicant",
            output="exam",
            clauses=("RAD-4.1.T",),
        ),
        _file(
            "tested",
            "RAD-4.1.A",
            Guard("certificate", ("eligible", "needs_review")),
            documents=("application_form", "qualification_proof", "exam_result"),
        ),
        *_decision("issued", _ISSUE, "RAD-4.1.A", "RAD-7.1a"),
    ),
    roles=(_APPLICANT, _AUTHORITY),
)

renewal = Procedure(
    id="renewal",
    label=Label("期滿前換發", "Renewal"),
    states=(
        State("valid", Label("有效", "valid")),
        State("window_open", Label("可申請換發", "window open")),
        _FILED,
        _INCOMPLETE,
        State("renewed", Label("已換發", "renewed"), final=True),
        State("expired", Label("已逾期", "expired"), final=True),
        _REFUSED,
    ),
    transitions=(
        Transition(
            "open",
            Label("換發期間開始", "the window opens"),
            ("valid",),
            "window_open",
            by="applicant",
            guards=(Guard("renewal-window", ("open",)),),
            clauses=("RAD-7.1b",),
        ),
        _file(
            "window_open",
            "RAD-7.1d",
            Guard("renewal", ("eligible", "needs_review")),
            documents=("application_form", "hours_proof"),
        ),
        *_decision("renewed", Label("換發證書", "issue the new certificate"), "RAD-7.1b"),
        Transition(
            "expire",
            Label("逾期", "expire"),
            ("valid", "window_open"),
            "expired",
            by="applicant",
            guards=(Guard("renewal-window", ("lapsed",)),),
            clauses=("RAD-7.1a",),
        ),
    ),
    roles=(_APPLICANT, _AUTHORITY),
)


def _again(id: str, label: Label, first: State, clause: str, *documents: str) -> Procedure:
    """A file about a certificate that there is, or was."""
    return Procedure(
        id=id,
        label=label,
        states=(
            first,
            _FILED,
            _INCOMPLETE,
            State("issued", Label("已核發", "issued"), final=True),
            _REFUSED,
        ),
        transitions=(
            _file(
                first.id,
                clause,
                Guard(id, ("eligible", "needs_review")),
                documents=("application_form", *documents),
            ),
            *_decision("issued", _ISSUE, clause),
        ),
        roles=(_APPLICANT, _AUTHORITY),
    )


_EXPIRED = State("expired", Label("已逾期", "expired"))
_VALID = State("valid", Label("有效", "valid"))
_OLD = State("old", Label("持舊證照", "old credential held"))

reapplication = _again(
    "expired-reapplication",
    Label("逾期後重新申請", "Application after expiry"),
    _EXPIRED,
    "RAD-7.2",
    "hours_proof",
)
replacement = _again("replacement", Label("補發", "Replacement"), _VALID, "RAD-8.1", "proof_copies")
exchange = _again("exchange", Label("變更換發", "Exchange"), _VALID, "RAD-8.2", "change_proof")
conversion = Procedure(
    id="conversion",
    label=Label("舊證照轉換", "Conversion"),
    states=(
        _OLD,
        _FILED,
        _INCOMPLETE,
        State("converted", Label("已轉換", "converted"), final=True),
        _REFUSED,
    ),
    transitions=(
        _file(
            "old",
            "RAD-10.1.0",
            Guard("conversion", ("eligible", "needs_review")),
            documents=("application_form", "original"),
        ),
        *_decision("converted", Label("轉換證書", "convert"), "RAD-10.1.0"),
    ),
    roles=(_APPLICANT, _AUTHORITY),
)

withdrawal = Procedure(
    id="withdrawal",
    label=Label("撤銷或廢止", "Withdrawal"),
    states=(
        State("valid", Label("有效", "valid")),
        State("proceeding", Label("調查中", "proceeding")),
        State("withdrawn", Label("已撤銷或廢止", "withdrawn")),
        State("free", Label("得再申請", "free to apply"), final=True),
    ),
    transitions=(
        Transition(
            "find",
            Label("發現事由", "find a ground"),
            ("valid",),
            "proceeding",
            by="authority",
            guards=(Guard("withdrawal", ("may_be_withdrawn", "to_be_withdrawn")),),
            clauses=("RAD-9.1.0",),
        ),
        Transition(
            "withdraw",
            Label("撤銷或廢止並送達", "withdraw, and serve"),
            ("proceeding",),
            "withdrawn",
            by="authority",
            guards=(Guard("withdrawal", ("to_be_withdrawn",)),),
            output="sanction",
            clauses=("RAD-9.1.0",),
        ),
        Transition(
            "release",
            Label("一年屆滿", "the year is over"),
            ("withdrawn",),
            "free",
            by="authority",
            guards=(Guard("bar", ("free_to_apply",)),),
            clauses=("RAD-9.2",),
        ),
    ),
    roles=(_AUTHORITY,),
)

PROCEDURES = (
    initial,
    renewal,
    reapplication,
    replacement,
    exchange,
    conversion,
    withdrawal,
    *FACILITY_PROCEDURES,
)
