"""Section 3 of the ladder as procedures: the four ways on which a file or a level travels."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.rules import Guard, Procedure, State, Transition

_DRAFT = State("draft", Label("草稿", "draft"))
_AWARDED = State("awarded", Label("已授予", "awarded"), final=True)
_NOT_PASSED = State("not_passed", Label("未通過", "not passed"), final=True)

_APPLICANT = ("applicant", Label("申請人", "applicant"))
_INSTITUTION = ("institution", Label("服務機構", "institution"))
_COMMITTEE = ("advancement_committee", Label("專業進階委員", "advancement committee"))
_SECRETARIAT = ("secretariat", Label("學會秘書處", "society secretariat"))


in_house = Procedure(
    id="in-house",
    label=Label("RT1、RT2 院內審查", "RT1 and RT2 within the institution"),
    states=(
        _DRAFT,
        State("institution_review", Label("院內審查", "institution review")),
        _AWARDED,
        _NOT_PASSED,
    ),
    transitions=(
        Transition(
            "submit",
            Label("送院內審查", "submit"),
            ("draft",),
            "institution_review",
            by="applicant",
            guards=(Guard("route", ("accepted",)), Guard("step", ("accepted",))),
            clauses=("RTL-3.0", "RTL-3.1a"),
        ),
        Transition(
            "pass",
            Label("通過", "pass"),
            ("institution_review",),
            "awarded",
            by="institution",
            fee="review-fee",
            output="level_award",
            clauses=("RTL-3.1a",),
        ),
        Transition(
            "fail",
            Label("不通過", "fail"),
            ("institution_review",),
            "not_passed",
            by="institution",
            clauses=("RTL-3.1a",),
        ),
    ),
    roles=(_APPLICANT, _INSTITUTION),
)


def _society_review(source: str) -> tuple[Transition, ...]:
    """From a file that has reached the society to its result."""
    return (
        Transition(
            "ask_fee",
            Label("通知繳費", "ask for the fee"),
            (source,),
            "fee_due",
            by="secretariat",
            fee="review-fee",
            clauses=("RTL-7.1", "RTL-7.2"),
        ),
        Transition(
            "pay",
            Label("繳費", "pay"),
            ("fee_due",),
            "fee_paid",
            by="applicant",
            fee="review-fee",
            clauses=("RTL-7.1", "RTL-7.2"),
        ),
        Transition(
            "start_review",
            Label("開始審查", "start the review"),
            ("fee_paid",),
            "under_review",
            by="secretariat",
            deadline="review-due",
            clauses=("RTL-6.2",),
        ),
        Transition(
            "pass",
            Label("審查通過", "pass"),
            ("under_review",),
            "passed",
            by="advancement_committee",
            deadline="review-due",
            output="society_review",
            clauses=("RTL-6.1", "RTL-3.2b"),
        ),
        Transition(
            "fail",
            Label("審查不通過", "fail"),
            ("under_review",),
            "not_passed",
            by="advancement_committee",
            deadline="review-due",
            output="society_review",
            clauses=("RTL-6.1",),
        ),
    )


_SOCIETY_STATES = (
    State("fee_due", Label("待繳費", "fee due")),
    State("fee_paid", Label("已繳費", "fee paid")),
    State("under_review", Label("審查中", "under review")),
    State("passed", Label("審查通過", "passed")),
)

individual = Procedure(
    id="individual-to-society",
    label=Label("RT1、RT2 個人送學會", "RT1 and RT2 by an individual to the society"),
    states=(
        _DRAFT,
        State("submitted", Label("已送件", "submitted")),
        *_SOCIETY_STATES,
        _AWARDED,
        _NOT_PASSED,
    ),
    transitions=(
        Transition(
            "submit",
            Label("檢具資料送學會", "submit with documents"),
            ("draft",),
            "submitted",
            by="applicant",
            guards=(Guard("route", ("accepted",)),),
            documents=("proof_copies",),
            clauses=("RTL-3.0", "RTL-3.1b"),
        ),
        *_society_review("submitted"),
        Transition(
            "award",
            Label("授予層級", "award the level"),
            ("passed",),
            "awarded",
            by="secretariat",
            guards=(Guard("certificate", ("result_letter", "issued")),),
            output="level_award",
            clauses=("RTL-3.1b",),
        ),
    ),
    roles=(_APPLICANT, _SECRETARIAT, _COMMITTEE),
)

institution_then_society = Procedure(
    id="institution-then-society",
    label=Label("RT3、RT4 院初審、學會複審", "RT3 and RT4: institution, then society"),
    states=(
        _DRAFT,
        State("institution_review", Label("院內初審", "institution review")),
        State("endorsed", Label("初審通過", "endorsed")),
        State("closed", Label("初審未通過", "closed"), final=True),
        State("submitted", Label("已送學會", "submitted to the society")),
        *_SOCIETY_STATES,
        State("certificate_issued", Label("已發證明", "certificate issued"), final=True),
        _NOT_PASSED,
    ),
    transitions=(
        Transition(
            "submit",
            Label("送院內初審", "submit"),
            ("draft",),
            "institution_review",
            by="applicant",
            clauses=("RTL-3.0", "RTL-3.2a"),
        ),
        Transition(
            "endorse",
            Label("初審通過", "endorse"),
            ("institution_review",),
            "endorsed",
            by="institution",
            output="institution_review",
            clauses=("RTL-3.2a",),
        ),
        Transition(
            "close",
            Label("初審未通過", "close"),
            ("institution_review",),
            "closed",
            by="institution",
            output="institution_review",
            clauses=("RTL-3.2a",),
        ),
        Transition(
            "send",
            Label("送學會複審", "send to the society"),
            ("endorsed",),
            "submitted",
            by="institution",
            guards=(Guard("route", ("accepted",)),),
            clauses=("RTL-3.2b",),
        ),
        *_society_review("submitted"),
        Transition(
            "issue",
            Label("發給證明", "issue the certificate"),
            ("passed",),
            "certificate_issued",
            by="secretariat",
            guards=(Guard("certificate", ("issued",)),),
            output="certificate",
            clauses=("RTL-3.2c",),
        ),
    ),
    roles=(_APPLICANT, _INSTITUTION, _SECRETARIAT, _COMMITTEE),
)

mobility = Procedure(
    id="mobility",
    label=Label("換機構後的認定", "Recognition after a move"),
    states=(
        State("level_held", Label("持有層級", "level held")),
        State("recognisable", Label("得相互承認", "recognisable")),
        State("institution_decides", Label("由接收機構認定", "receiving institution decides")),
        State("recognised", Label("已承認", "recognised"), final=True),
        State("recognised_at_other_level", Label("承認為其他層級", "at another level"), final=True),
        State("not_recognised", Label("不承認", "not recognised"), final=True),
    ),
    transitions=(
        Transition(
            "move_same_grade",
            Label("換到同級醫院", "move to the same grade"),
            ("level_held",),
            "recognisable",
            by="applicant",
            guards=(Guard("recognition", ("recognisable", "recognised")),),
            clauses=("RTL-8.1",),
        ),
        Transition(
            "move_other_grade",
            Label("換到不同級醫院", "move to another grade"),
            ("level_held",),
            "institution_decides",
            by="applicant",
            guards=(Guard("recognition", ("needs_review",)),),
            clauses=("RTL-8.2",),
        ),
        Transition(
            "confirm",
            Label("承認", "confirm"),
            ("recognisable", "institution_decides"),
            "recognised",
            by="institution",
            clauses=("RTL-8.1", "RTL-8.2"),
        ),
        Transition(
            "confirm_other_level",
            Label("承認為其他層級", "confirm at another level"),
            ("institution_decides",),
            "recognised_at_other_level",
            by="institution",
            clauses=("RTL-8.2",),
        ),
        Transition(
            "refuse",
            Label("不承認", "refuse"),
            ("recognisable", "institution_decides"),
            "not_recognised",
            by="institution",
            clauses=("RTL-8.1", "RTL-8.2"),
        ),
    ),
    roles=(_APPLICANT, _INSTITUTION),
)

PROCEDURES = (in_house, individual, institution_then_society, mobility)
