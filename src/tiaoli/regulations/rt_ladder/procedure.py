"""
Section 3 of the ladder as procedures: the four ways on which a file or a level travels.

The text knows neither return for correction nor withdrawal. A file may go both ways all the same;
neither stops the thirty days, which run from complete receipt.
"""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.rules import Guard, Procedure, Role, Seat, Transition
from tiaoli.rules.steps import (
    APPLICANT,
    DRAFT,
    INCOMPLETE,
    NOT_PASSED,
    SECRETARIAT,
    WITHDRAWN,
    returned,
    state,
    step,
    withdrawal,
    written,
)

INSTITUTION = Role("institution", Label("服務機構", "institution"), Seat.EMPLOYER)
COMMITTEE = Role(
    "advancement_committee", Label("專業進階委員", "advancement committee"), Seat.PANEL
)

_AWARDED = state("awarded", "已授予", "awarded", final=True)
_BY_ROUTE = Guard("route", ("accepted",))
_LEVEL = ("{level}",)


in_house = Procedure(
    "in-house",
    Label("RT1、RT2 院內審查", "RT1 and RT2 within the institution"),
    states=(
        DRAFT,
        state("institution_review", "院內審查", "institution review"),
        INCOMPLETE,
        _AWARDED,
        NOT_PASSED,
        WITHDRAWN,
    ),
    transitions=(
        step(
            "submit", ("送院內審查", "submit"), "draft", "institution_review", APPLICANT,
            "RTL-3.0", "RTL-3.1a", guards=(_BY_ROUTE, Guard("step", ("accepted",))),
            dates=("institution_received_date",),
        ),
        *returned("institution_review", INSTITUTION, APPLICANT),
        step(
            "pass", ("通過", "pass"), "institution_review", "awarded", INSTITUTION,
            "RTL-3.1a", fee="review-fee", shows=_LEVEL,
            output=written("level_award", awarding_body="institution"),
            lasts="certificate-validity",
            dates=("institution_decision_date", "decision_date"),
            adds={"decided_by": "institution_reviewer", "result": "passed"},
        ),
        step(
            "fail", ("不通過", "fail"), "institution_review", "not_passed", INSTITUTION,
            "RTL-3.1a", shows=_LEVEL,
            dates=("institution_decision_date", "decision_date"),
            adds={"decided_by": "institution_reviewer", "result": "failed"},
        ),
        withdrawal(APPLICANT, "draft", "institution_review", "incomplete"),
    ),
    file=written("application", type="advancement", route="institution"),
)  # fmt: skip


def _decision(
    id: str, name: tuple[str, str], target: str, result: str, *clauses: str
) -> Transition:
    return step(
        id, name, "under_review", target, COMMITTEE, "RTL-6.1", *clauses,
        deadline="review-due", shows=_LEVEL, output=written("society_review", result=result),
        dates=("decision_date",), adds={"decided_by": "committee_member", "result": result},
    )  # fmt: skip


_AT_THE_SOCIETY = (
    state("submitted", "已送學會", "submitted to the society"),
    state("lacking", "學會通知補件", "lacking, says the society"),
    state("fee_due", "待繳費", "fee due"),
    state("fee_paid", "已繳費", "fee paid"),
    state("under_review", "審查中", "under review"),
    state("passed", "審查通過", "passed"),
)

_SOCIETY_REVIEW = (
    *returned("submitted", SECRETARIAT, APPLICANT, via=_AT_THE_SOCIETY[1]),
    step(
        "ask_fee", ("收齊，通知繳費", "complete: ask for the fee"), "submitted", "fee_due",
        SECRETARIAT, "RTL-7.1", "RTL-7.2", fee="review-fee", dates=("society_complete_date",),
    ),
    step(
        "pay", ("繳費", "pay"), "fee_due", "fee_paid", APPLICANT,
        "RTL-7.1", "RTL-7.2", fee="review-fee", dates=("payment_date",),
    ),
    step(
        "start_review", ("開始審查", "start the review"), "fee_paid", "under_review", SECRETARIAT,
        "RTL-6.2", deadline="review-due",
    ),
    _decision("pass", ("審查通過", "pass"), "passed", "passed", "RTL-3.2b"),
    _decision("fail", ("審查不通過", "fail"), "not_passed", "failed"),
)  # fmt: skip
"""From a file that has reached the society to its result."""

_BEFORE_THE_RESULT = tuple(state.id for state in _AT_THE_SOCIETY[:-1])

individual = Procedure(
    "individual-to-society",
    Label("RT1、RT2 個人送學會", "RT1 and RT2 by an individual to the society"),
    states=(DRAFT, *_AT_THE_SOCIETY, _AWARDED, NOT_PASSED, WITHDRAWN),
    transitions=(
        step(
            "submit", ("檢具資料送學會", "submit with documents"), "draft", "submitted", APPLICANT,
            "RTL-3.0", "RTL-3.1b", guards=(_BY_ROUTE,), documents=("proof_copies",),
            dates=("society_submission_date",),
        ),
        *_SOCIETY_REVIEW,
        step(
            "award", ("授予層級", "award the level"), "passed", "awarded", SECRETARIAT, "RTL-3.1b",
            guards=(Guard("certificate", ("result_letter", "issued")),),
            output=written("level_award", awarding_body="society"), lasts="certificate-validity",
        ),
        withdrawal(APPLICANT, "draft", *_BEFORE_THE_RESULT),
    ),
    file=written("application", type="advancement", route="society_individual"),
)  # fmt: skip


def _first_review(id: str, name: tuple[str, str], target: str, result: str) -> Transition:
    return step(
        id, name, "institution_review", target, INSTITUTION, "RTL-3.2a",
        shows=_LEVEL, output=written("institution_review", result=result),
        dates=("institution_decision_date",),
    )  # fmt: skip


institution_then_society = Procedure(
    "institution-then-society",
    Label("RT3、RT4 院初審、學會複審", "RT3 and RT4: institution, then society"),
    states=(
        DRAFT,
        state("institution_review", "院內初審", "institution review"),
        INCOMPLETE,
        state("endorsed", "初審通過", "endorsed"),
        state("closed", "初審未通過", "closed", final=True),
        *_AT_THE_SOCIETY,
        state("certificate_issued", "已發證明", "certificate issued", final=True),
        NOT_PASSED,
        WITHDRAWN,
    ),
    transitions=(
        step(
            "submit", ("送院內初審", "submit"), "draft", "institution_review", APPLICANT,
            "RTL-3.0", "RTL-3.2a", dates=("institution_received_date",),
        ),
        *returned("institution_review", INSTITUTION, APPLICANT),
        _first_review("endorse", ("初審通過", "endorse"), "endorsed", "passed"),
        _first_review("close", ("初審未通過", "close"), "closed", "failed"),
        step(
            "send", ("送學會複審", "send to the society"), "endorsed", "submitted", INSTITUTION,
            "RTL-3.2b", guards=(_BY_ROUTE,), dates=("society_submission_date",),
        ),
        *_SOCIETY_REVIEW,
        step(
            "issue", ("發給證明", "issue the certificate"), "passed", "certificate_issued",
            SECRETARIAT, "RTL-3.2c", guards=(Guard("certificate", ("issued",)),),
            output="certificate", lasts="certificate-validity",
        ),
        withdrawal(
            APPLICANT, "draft", "institution_review", "incomplete", "endorsed", *_BEFORE_THE_RESULT
        ),
    ),
    file=written("application", type="advancement", route="institution_then_society"),
)  # fmt: skip


def _recognition(
    id: str, name: tuple[str, str], source: tuple[str, ...], target: str, *clauses: str, says: str
) -> Transition:
    return step(
        id, name, source, target, INSTITUTION, *clauses,
        dates=("recognition_date",), adds={"receiving_decision": says},
    )  # fmt: skip


_EITHER = ("recognisable", "institution_decides")

mobility = Procedure(
    "mobility",
    Label("換機構後的認定", "Recognition after a move"),
    states=(
        state("level_held", "持有層級", "level held"),
        state("recognisable", "得相互承認", "recognisable"),
        state("institution_decides", "由接收機構認定", "receiving institution decides"),
        state("recognised", "已承認", "recognised", final=True),
        state("recognised_at_other_level", "承認為其他層級", "at another level", final=True),
        state("not_recognised", "不承認", "not recognised", final=True),
    ),
    transitions=(
        step(
            "move_same_grade", ("換到同級醫院", "move to the same grade"),
            "level_held", "recognisable", APPLICANT, "RTL-8.1",
            guards=(Guard("recognition", ("recognisable", "recognised")),), dates=("date",),
        ),
        step(
            "move_other_grade", ("換到不同級醫院", "move to another grade"),
            "level_held", "institution_decides", APPLICANT, "RTL-8.2",
            guards=(Guard("recognition", ("needs_review",)),), dates=("date",),
        ),
        _recognition(
            "confirm", ("承認", "confirm"), _EITHER, "recognised", "RTL-8.1", "RTL-8.2",
            says="confirmed",
        ),
        _recognition(
            "confirm_other_level", ("承認為其他層級", "confirm at another level"),
            ("institution_decides",), "recognised_at_other_level", "RTL-8.2", says="other_level",
        ),
        _recognition(
            "refuse", ("不承認", "refuse"), _EITHER, "not_recognised", "RTL-8.1", "RTL-8.2",
            says="refused",
        ),
    ),
    file=written("move"),
)  # fmt: skip

PROCEDURES = (in_house, individual, institution_then_society, mobility)
