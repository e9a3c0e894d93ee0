"""How a programme travels: application and recognition, and the sheet of one surveyor."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.rules import Guard, Procedure, State, Transition

DIRECTOR = ("director", Label("計畫主持人", "programme director"))
_STAFF = ("staff", Label("幕僚", "committee staff"))
_SURVEYORS = ("surveyors", Label("訪視委員", "surveyors"))
_LEAD = ("lead_surveyor", Label("召集人", "lead surveyor"))
_COMMITTEE = ("committee", Label("認定會", "committee"))

_ELIGIBLE = Guard("prerequisites", ("eligible",))
_NOT_ELIGIBLE = Guard("prerequisites", ("not_eligible",))
_READY = Guard("score-sheet", ("ready",))
_PASS = Guard("pass", ("pass",))
_FAIL = Guard("pass", ("fail",))
_ENTERS = Guard("stage-two", ("enters", "ranked_last"))

_CHAPTER_3 = ("NM-3.0", "NM-PASS-1")
_MINIMUM = ("NM-PASS-2", "NM-PASS-2.W", "NM-PASS-2.C", "NM-PASS-3", "NM-PASS-4.T")


def step(
    id: str,
    label: Label,
    path: tuple[str, str],
    by: str,
    *guards: Guard,
    clauses: tuple[str, ...] = (),
    output: str | None = None,
) -> Transition:
    """From one state to another."""
    source, target = path
    return Transition(id, label, (source,), target, by, guards, clauses=clauses, output=output)


_BEFORE_THE_VISIT = (
    step("submit", Label("送出申請", "submit"), ("draft", "prerequisite_check"), "director"),
    step(
        "find_eligible",
        Label("必要條件符合", "prerequisites met"),
        ("prerequisite_check", "document_review"),
        "staff",
        _ELIGIBLE,
        clauses=_CHAPTER_3,
    ),
    step(
        "find_not_eligible",
        Label("必要條件不符合", "prerequisites not met"),
        ("prerequisite_check", "not_eligible"),
        "staff",
        _NOT_ELIGIBLE,
        clauses=_CHAPTER_3,
    ),
    step(
        "supplement",
        Label("補正", "supplement"),
        ("not_eligible", "prerequisite_check"),
        "director",
    ),
    step("close", Label("結案", "close"), ("not_eligible", "closed"), "staff"),
    step(
        "ask_for_more",
        Label("通知補件", "ask for more"),
        ("document_review", "more_info"),
        "surveyors",
    ),
    step("receive", Label("補件送達", "receive"), ("more_info", "document_review"), "director"),
    step(
        "schedule",
        Label("排定訪視", "schedule"),
        ("document_review", "visit_scheduled"),
        "committee",
    ),
)
_SCORING = (
    step("visit", Label("訪視", "visit"), ("visit_scheduled", "scoring"), "surveyors"),
    step(
        "submit_sheet",
        Label("提交評分表", "submit a score sheet"),
        ("scoring", "submitted"),
        "surveyors",
        _READY,
        clauses=("NM-SCALE-6", "NM-PASS-4"),
        output="surveyor_score",
    ),
    step(
        "declare",
        Label("形成共識", "declare the consensus"),
        ("submitted", "assessed"),
        "surveyors",
        output="consensus_score",
    ),
    step(
        "pass",
        Label("達最低及格標準", "pass"),
        ("assessed", "stage_two"),
        "committee",
        _PASS,
        clauses=(*_MINIMUM, "NM-ALLOC-8"),
    ),
    step(
        "fail",
        Label("未達最低及格標準", "fail"),
        ("assessed", "failed"),
        "committee",
        _FAIL,
        clauses=_MINIMUM,
    ),
    step("apply_again", Label("下一次申請", "next round"), ("failed", "draft"), "director"),
)
_ALLOCATION = (
    step(
        "compute",
        Label("計算總分", "compute totals"),
        ("stage_two", "ranked"),
        "staff",
        _ENTERS,
        clauses=("NM-ALLOC-1", "NM-ALLOC-2", "NM-ALLOC-3", "NM-ALLOC-4"),
        output="contender",
    ),
    step(
        "allocate",
        Label("核定容額", "allocate"),
        ("ranked", "allocated"),
        "committee",
        Guard("rank", ("ranked", "ranked_last", "cycle", "tie")),
        clauses=("NM-ALLOC-6", "NM-3.1.3.c3", "NM-ALLOC-7", "NM-5.2.1.L3"),
    ),
    step(
        "publish",
        Label("公告", "publish"),
        ("allocated", "published"),
        "committee",
        Guard("total", ("publishable",)),
        Guard("quota", ("within_quota",)),
    ),
    step("next_cycle", Label("下一週期", "next cycle"), ("published", "draft"), "committee"),
    Transition(
        "report_change",
        Label("變動報告學會", "report a change"),
        ("assessed", "stage_two", "ranked", "allocated", "published"),
        "change_reported",
        by="director",
        output="programme_change",
        clauses=("NM-5.1.H",),
    ),
    step(
        "resume",
        Label("依原進度續行", "go on as before"),
        ("change_reported", "published"),
        "committee",
    ),
)

application = Procedure(
    id="application",
    label=Label("訓練計畫申請與認定", "application and recognition of a programme"),
    states=(
        State("draft", Label("申請草稿", "draft")),
        State("prerequisite_check", Label("必要條件檢核", "prerequisite check")),
        State("not_eligible", Label("不符申請資格", "not eligible")),
        State("closed", Label("結案", "closed"), final=True),
        State("document_review", Label("書面審查", "document review")),
        State("more_info", Label("補件", "more information")),
        State("visit_scheduled", Label("排定訪視", "visit scheduled")),
        State("scoring", Label("委員評分", "scoring")),
        State("submitted", Label("共識會議", "sheets submitted")),
        State("assessed", Label("評核完成", "assessed")),
        State("failed", Label("未達最低標準", "failed")),
        State("stage_two", Label("容額計算", "stage two")),
        State("ranked", Label("排序", "ranked")),
        State("allocated", Label("容額核定", "allocated")),
        State("published", Label("公告", "published")),
        State("change_reported", Label("變動已報告", "change reported")),
    ),
    transitions=(*_BEFORE_THE_VISIT, *_SCORING, *_ALLOCATION),
    roles=(DIRECTOR, _STAFF, _SURVEYORS, _COMMITTEE),
)

score_record = Procedure(
    id="score-record",
    label=Label("一位委員的評分表", "the score sheet of one surveyor"),
    states=(
        State("empty", Label("空白", "empty")),
        State("saved", Label("已存檔", "saved")),
        State("ready", Label("可提交", "ready")),
        State("submitted", Label("已提交（鎖定）", "submitted, locked")),
        State("reopened", Label("退回修改", "reopened")),
        State("superseded", Label("已有共識，原評分保存", "superseded, kept"), final=True),
    ),
    transitions=(
        step(
            "save", Label("存檔", "save"), ("empty", "saved"), "surveyor", output="surveyor_score"
        ),
        step(
            "complete",
            Label("填妥", "complete"),
            ("saved", "ready"),
            "surveyor",
            _READY,
            clauses=("NM-SCALE-1", "NM-SCALE-6", "NM-PASS-4"),
        ),
        step("submit", Label("提交", "submit"), ("ready", "submitted"), "surveyor"),
        step(
            "reopen",
            Label("退回（記明理由）", "reopen, reason logged"),
            ("submitted", "reopened"),
            "lead_surveyor",
        ),
        step(
            "submit_again",
            Label("再提交", "submit again"),
            ("reopened", "submitted"),
            "surveyor",
            _READY,
        ),
        step(
            "supersede",
            Label("形成共識", "consensus"),
            ("submitted", "superseded"),
            "lead_surveyor",
        ),
    ),
    roles=(("surveyor", Label("訪視委員", "surveyor")), _LEAD),
)

PROCEDURES = (application, score_record)
