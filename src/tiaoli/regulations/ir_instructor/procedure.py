"""Articles 3 to 8 as procedures: how a file, a certificate and a trainee's request travel."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.regulations.ir_instructor.domains import DOMAINS
from tiaoli.rules import Guard, Procedure, State, Transition

_APPLICANT = ("applicant", Label("申請人", "applicant"))
_SECRETARIAT = ("secretariat", Label("學會秘書處", "society secretariat"))
_PANEL = ("panel", Label("認證審查小組", "certification review panel"))
_INSTRUCTOR = ("instructor", Label("指導老師", "instructor"))
_TRAINEE = ("trainee", Label("學員", "trainee"))

_DRAFT = State("draft", Label("草稿", "draft"))
_SUBMITTED = State("submitted", Label("已郵寄送件", "submitted by post"))
_INCOMPLETE = State("incomplete", Label("文件不齊", "incomplete"))
_UNDER_REVIEW = State("under_review", Label("小組審查中", "under review by the panel"))
_PASSED = State("passed", Label("審查通過", "passed"))
_ANNOUNCED = State("announced", Label("已公告", "announced"))
_NOT_PASSED = State("not_passed", Label("未通過", "not passed"), final=True)

_DOCUMENTS = ("application_form", "review_record_form", "proof_copies")
_COMPLETE = Guard("documents", ("complete",))


def _post(source: str, *guards: Guard, clauses: tuple[str, ...] = ()) -> Transition:
    return Transition(
        "submit",
        Label("郵寄申請", "submit by post"),
        (source,),
        "submitted",
        by="applicant",
        guards=guards,
        documents=_DOCUMENTS,
        fee="fee",
        clauses=("IRI-8.1", "IRI-8.3a", "IRI-8.3b", *clauses),
    )


def _intake() -> tuple[Transition, ...]:
    """The secretariat opens the file; the text sets no time for what is lacking."""
    return (
        Transition(
            "accept",
            Label("文件齊備", "accept as complete"),
            ("submitted",),
            "under_review",
            by="secretariat",
            guards=(_COMPLETE,),
            clauses=("IRI-8.3a",),
        ),
        Transition(
            "ask_for_more",
            Label("通知補件", "ask for what is lacking"),
            ("submitted",),
            "incomplete",
            by="secretariat",
            guards=(Guard("documents", ("incomplete", "unknown")),),
            clauses=("IRI-8.3a",),
        ),
        Transition(
            "complete",
            Label("補齊文件", "complete the file"),
            ("incomplete",),
            "submitted",
            by="applicant",
            clauses=("IRI-8.3a",),
        ),
    )


def _decision(*guards: Guard) -> tuple[Transition, ...]:
    return (
        Transition(
            "pass",
            Label("通過", "pass"),
            ("under_review",),
            "passed",
            by="panel",
            guards=guards,
            output="panel_meeting",
            clauses=("IRI-7.1",),
        ),
        Transition(
            "fail",
            Label("不通過", "fail"),
            ("under_review",),
            "not_passed",
            by="panel",
            output="panel_meeting",
            clauses=("IRI-7.1",),
        ),
        Transition(
            "announce",
            Label("公告", "announce"),
            ("passed",),
            "announced",
            by="secretariat",
            output="announcement",
            clauses=("IRI-7.2",),
        ),
    )


def _issue(target: str, *clauses: str) -> Transition:
    return Transition(
        "certify",
        Label("核發證明", "issue the certificate"),
        ("announced",),
        target,
        by="secretariat",
        output="domain_certificate",
        clauses=("IRI-7.3", *clauses),
    )


_REVIEW_STATES = (_SUBMITTED, _INCOMPLETE, _UNDER_REVIEW, _PASSED, _ANNOUNCED, _NOT_PASSED)

initial = Procedure(
    id="initial",
    label=Label("初次認證", "First certification"),
    states=(
        _DRAFT,
        *_REVIEW_STATES,
        State("certified", Label("已認證", "certified"), final=True),
    ),
    transitions=(
        _post("draft", clauses=("IRI-2.0b", "IRI-8.2a")),
        *_intake(),
        *_decision(Guard("file", ("eligible", "partly_eligible", "needs_review"))),
        _issue("certified", "IRI-4.3"),
    ),
    roles=(_APPLICANT, _SECRETARIAT, _PANEL),
)


def _renewal(domain: str) -> Procedure:
    return Procedure(
        id=f"renewal-{domain}",
        label=Label(f"領域{domain}換證", f"Renewal of domain {domain}"),
        states=(
            State("valid", Label("有效", "valid")),
            *_REVIEW_STATES,
            State("renewed", Label("已換證", "renewed"), final=True),
            State("expired", Label("已逾期", "expired"), final=True),
        ),
        transitions=(
            _post(
                "valid",
                Guard(f"renewal-window-{domain}", ("open",)),
                Guard(f"renewal-{domain}", ("eligible", "needs_review")),
                clauses=("IRI-4.1", "IRI-5.0a"),
            ),
            Transition(
                "expire",
                Label("逾期", "expire"),
                ("valid",),
                "expired",
                by="secretariat",
                guards=(Guard(f"renewal-window-{domain}", ("expired",)),),
                clauses=("IRI-4.3",),
            ),
            *_intake(),
            *_decision(),
            _issue("renewed", "IRI-4.2", "IRI-4.3"),
        ),
        roles=(_APPLICANT, _SECRETARIAT, _PANEL),
    )


lifetime = Procedure(
    id="lifetime",
    label=Label("終身證書", "Lifetime certificate"),
    states=(
        _DRAFT,
        *_REVIEW_STATES,
        State("for_life", Label("終身有效", "valid for life"), final=True),
    ),
    transitions=(
        _post("draft", Guard("lifetime", ("eligible", "needs_review")), clauses=("IRI-6.1",)),
        *_intake(),
        *_decision(Guard("lifetime-filing", ("accepted",))),
        _issue("for_life", "IRI-6.3"),
    ),
    roles=(_APPLICANT, _SECRETARIAT, _PANEL),
)

replacement = Procedure(
    id="replacement",
    label=Label("補發證書", "Replacement certificate"),
    states=(
        State("valid", Label("有效", "valid")),
        State("requested", Label("已申請補發", "replacement requested")),
        State("reissued", Label("已補發", "reissued"), final=True),
    ),
    transitions=(
        Transition(
            "request",
            Label("申請補發", "ask for a replacement"),
            ("valid",),
            "requested",
            by="applicant",
            fee="fee",
            clauses=("IRI-8.2b",),
        ),
        Transition(
            "reissue",
            Label("補發", "reissue"),
            ("requested",),
            "reissued",
            by="secretariat",
            guards=(Guard("replacement", ("original_dates",)),),
            output="domain_certificate",
            clauses=("IRI-8.2b",),
        ),
    ),
    roles=(_APPLICANT, _SECRETARIAT),
)

teaching = Procedure(
    id="teaching",
    label=Label("觀察病例與指導", "Observation and guidance"),
    states=(
        State("requested", Label("學員已申請", "requested")),
        State("accepted", Label("已接受", "accepted")),
        State("declined", Label("已婉拒", "declined"), final=True),
        State("observed", Label("已觀察", "observed")),
        State("guided", Label("已指導", "guided")),
        State("signed", Label("已簽章", "signed and sealed"), final=True),
    ),
    transitions=(
        Transition(
            "accept",
            Label("接受", "accept"),
            ("requested",),
            "accepted",
            by="instructor",
            clauses=("IRI-3.1",),
        ),
        Transition(
            "decline",
            Label("婉拒", "decline"),
            ("requested",),
            "declined",
            by="instructor",
            clauses=("IRI-3.1",),
        ),
        Transition(
            "observe",
            Label("觀察病例", "observe the case"),
            ("accepted",),
            "observed",
            by="trainee",
            output="observation",
            clauses=("IRI-3.1",),
        ),
        Transition(
            "guide",
            Label("指導", "guide"),
            ("observed",),
            "guided",
            by="instructor",
            output="observation",
            clauses=("IRI-3.2",),
        ),
        Transition(
            "sign",
            Label("簽名蓋章", "sign and seal"),
            ("guided",),
            "signed",
            by="instructor",
            guards=(Guard("observation", ("fulfilled",)),),
            output="case_report_signature",
            clauses=("IRI-3.3",),
        ),
    ),
    roles=(_TRAINEE, _INSTRUCTOR),
)

PROCEDURES = (initial, *map(_renewal, DOMAINS), lifetime, replacement, teaching)
