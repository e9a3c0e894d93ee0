"""Articles 3 to 8 as procedures: how a file, a certificate and a trainee's request travel."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.regulations.ir_instructor.domains import DOMAINS
from tiaoli.rules import Guard, Procedure, Role, Seat, State, Transition, Written
from tiaoli.rules.steps import (
    APPLICANT,
    DRAFT,
    INCOMPLETE,
    NOT_PASSED,
    SECRETARIAT,
    WITHDRAWN,
    expiry,
    returned,
    state,
    step,
    withdrawal,
    written,
)

PANEL = Role("panel", Label("認證審查小組", "certification review panel"), Seat.PANEL)
INSTRUCTOR = Role("instructor", Label("指導老師", "instructor"), Seat.OTHER_PERSON)
TRAINEE = Role("trainee", Label("學員", "trainee"), Seat.OTHER_PERSON)

_REVIEW_STATES = (
    state("submitted", "已郵寄送件", "submitted by post"),
    INCOMPLETE,
    state("under_review", "小組審查中", "under review by the panel"),
    state("passed", "審查通過", "passed"),
    state("announced", "已公告", "announced"),
    NOT_PASSED,
    WITHDRAWN,
)
_VALID = state("valid", "有效", "valid")
_DOCUMENTS = ("application_form", "review_record_form", "proof_copies")
_LACKING = Guard("documents", ("incomplete", "unknown"))


def _post(
    source: str,
    *clauses: str,
    guards: tuple[Guard, ...] = (),
    opens: tuple[str, str] | None = None,
) -> Transition:
    return step(
        "submit", ("郵寄申請", "submit by post"), source, "submitted", APPLICANT,
        "IRI-8.1", "IRI-8.3a", "IRI-8.3b", *clauses,
        guards=guards, documents=_DOCUMENTS, opens=opens, fee="fee", dates=("posted_date",),
    )  # fmt: skip


def _intake() -> tuple[Transition, ...]:
    """The secretariat opens the file; the text sets no time for what is lacking."""
    return (
        step(
            "accept", ("文件齊備", "accept as complete"), "submitted", "under_review", SECRETARIAT,
            "IRI-8.3a", guards=(Guard("documents", ("complete",)),), dates=("received_date",),
        ),
        *returned(
            "submitted", SECRETARIAT, APPLICANT, "IRI-8.3a", when=(_LACKING,), within="supplement"
        ),
    )  # fmt: skip


def _decision(*guards: Guard, shows: tuple[str, ...] = ()) -> tuple[Transition, ...]:
    return (
        step(
            "pass", ("通過", "pass"), "under_review", "passed", PANEL, "IRI-7.1", guards=guards,
            shows=shows, output=written("panel_meeting", decision="passed"),
            dates=("decision_date",), adds={"decided_by": "panel", "result": "passed"},
        ),
        step(
            "fail", ("不通過", "fail"), "under_review", "not_passed", PANEL, "IRI-7.1",
            shows=shows, output=written("panel_meeting", decision="failed"),
            dates=("decision_date",), adds={"decided_by": "panel", "result": "failed"},
        ),
        step(
            "announce", ("公告", "announce"), "passed", "announced", SECRETARIAT, "IRI-7.2",
            output="announcement",
        ),
    )  # fmt: skip


def _issue(
    target: str,
    *clauses: str,
    leaves: Written,
    begins: str | None = None,
    lasts: str | None = "expiry-{domain}",
) -> Transition:
    return step(
        "certify", ("核發證明", "issue the certificate"), "announced", target, SECRETARIAT,
        "IRI-7.3", *clauses, output=leaves, begins=begins, lasts=lasts,
    )  # fmt: skip


def _review(
    id: str,
    label: Label,
    states: tuple[State, ...],
    *steps: Transition,
    file: Written,
) -> Procedure:
    """From the post to the panel, the announcement and the certificate; the rest is its own."""
    first, *ends = states
    drafted = ("draft",) if first is DRAFT else ()
    return Procedure(
        id,
        label,
        states=(first, *_REVIEW_STATES, *ends),
        transitions=(
            *steps,
            *_intake(),
            withdrawal(APPLICANT, *drafted, "submitted", "incomplete", "under_review"),
        ),
        file=file,
    )


initial = _review(
    "initial",
    Label("初次認證", "First certification"),
    (DRAFT, state("certified", "已認證", "certified", final=True)),
    _post("draft", "IRI-2.0b", "IRI-8.2a"),
    *_decision(Guard("file", ("eligible", "partly_eligible", "needs_review"))),
    _issue("certified", "IRI-4.3", leaves=written("domain_certificate", status="valid")),
    file=written("application", type="initial"),
)


def _renewal(domain: str) -> Procedure:
    window = f"renewal-window-{domain}"
    return _review(
        f"renewal-{domain}",
        Label(f"領域{domain}換證", f"Renewal of domain {domain}"),
        (
            _VALID,
            state("renewed", "已換證", "renewed", final=True),
            state("expired", "已逾期", "expired", final=True),
        ),
        _post(
            "valid",
            "IRI-4.1",
            "IRI-5.0a",
            guards=(
                Guard(window, ("open",)),
                Guard(f"renewal-{domain}", ("eligible", "needs_review")),
            ),
            opens=(window, "opens"),
        ),
        *_decision(shows=(f"renewal-{domain}", f"points-{domain}")),
        _issue(
            "renewed",
            "IRI-4.2",
            "IRI-4.3",
            leaves=written("domain_certificate", domain=domain, status="valid"),
            begins=f"new-term-{domain}",
        ),
        expiry("valid", "expired", "IRI-4.3", Guard(window, ("expired",))),
        file=written("application", type="renewal", domains=domain),
    )


lifetime = _review(
    "lifetime",
    Label("終身證書", "Lifetime certificate"),
    (DRAFT, state("for_life", "終身有效", "valid for life", final=True)),
    _post("draft", "IRI-6.1", guards=(Guard("lifetime", ("eligible", "needs_review")),)),
    *_decision(Guard("lifetime-filing", ("accepted",))),
    _issue(
        "for_life", "IRI-6.3", leaves=written("domain_certificate", status="lifetime"), lasts=None
    ),
    file=written("application", type="lifetime"),
)

replacement = Procedure(
    "replacement",
    Label("補發證書", "Replacement certificate"),
    states=(
        _VALID,
        state("requested", "已申請補發", "replacement requested"),
        state("reissued", "已補發", "reissued", final=True),
        WITHDRAWN,
    ),
    transitions=(
        step(
            "request", ("申請補發", "ask for a replacement"), "valid", "requested", APPLICANT,
            "IRI-8.2b", fee="fee", dates=("posted_date",),
        ),
        step(
            "reissue", ("補發", "reissue"), "requested", "reissued", SECRETARIAT,
            "IRI-8.2b", guards=(Guard("replacement", ("original_dates",)),),
            output="domain_certificate", lasts="expiry-{domain}",
        ),
        withdrawal(APPLICANT, "requested"),
    ),
    file=written("application", type="reissue"),
)  # fmt: skip

teaching = Procedure(
    "teaching",
    Label("觀察病例與指導", "Observation and guidance"),
    states=(
        state("requested", "學員已申請", "requested"),
        state("accepted", "已接受", "accepted"),
        state("declined", "已婉拒", "declined", final=True),
        state("observed", "已觀察", "observed"),
        state("guided", "已指導", "guided"),
        state("signed", "已簽章", "signed and sealed", final=True),
    ),
    transitions=(
        step(
            "accept", ("接受", "accept"), "requested", "accepted", INSTRUCTOR, "IRI-3.1",
            deadline="observation-reply", dates=("response_date",), adds={"response": "accepted"},
        ),
        step(
            "decline", ("婉拒", "decline"), "requested", "declined", INSTRUCTOR, "IRI-3.1",
            deadline="observation-reply", dates=("response_date",), adds={"response": "declined"},
        ),
        step(
            "observe", ("觀察病例", "observe the case"), "accepted", "observed", TRAINEE, "IRI-3.1",
            output="observation",
        ),
        step(
            "guide", ("指導", "guide"), "observed", "guided", INSTRUCTOR, "IRI-3.2",
            output=written("observation", guided="yes"),
        ),
        step(
            "sign", ("簽名蓋章", "sign and seal"), "guided", "signed", INSTRUCTOR, "IRI-3.3",
            guards=(Guard("observation", ("fulfilled",)),), output="case_report_signature",
        ),
    ),
    file=written("observation_request"),
)  # fmt: skip

PROCEDURES = (initial, *map(_renewal, DOMAINS), lifetime, replacement, teaching)
