"""How a programme travels: application and recognition, and the sheet of one surveyor."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.rules import Guard, Procedure, Role, Seat
from tiaoli.rules.steps import DRAFT, WITHDRAWN, state, step, withdrawal, written

DIRECTOR = Role("director", Label("計畫主持人", "programme director"))
STAFF = Role("staff", Label("幕僚", "committee staff"), Seat.OFFICE)
SURVEYORS = Role("surveyors", Label("訪視委員", "surveyors"), Seat.PANEL)
SURVEYOR = Role("surveyor", Label("訪視委員", "surveyor"), Seat.PANEL)
LEAD = Role("lead_surveyor", Label("召集人", "lead surveyor"), Seat.PANEL)
COMMITTEE = Role("committee", Label("認定會", "committee"), Seat.PANEL)

_READY = (Guard("score-sheet", ("ready",)),)
_CHAPTER_3 = ("NM-3.0", "NM-PASS-1")
_MINIMUM = ("NM-PASS-2", "NM-PASS-2.W", "NM-PASS-2.C", "NM-PASS-3", "NM-PASS-4.T")


_BEFORE_THE_VISIT = (
    step("submit", ("送出申請", "submit"), "draft", "prerequisite_check", DIRECTOR),
    step(
        "find_eligible", ("必要條件符合", "prerequisites met"),
        "prerequisite_check", "document_review", STAFF, *_CHAPTER_3,
        guards=(Guard("prerequisites", ("eligible",)),),
    ),
    step(
        "find_not_eligible", ("必要條件不符合", "prerequisites not met"),
        "prerequisite_check", "not_eligible", STAFF, *_CHAPTER_3,
        guards=(Guard("prerequisites", ("not_eligible",)),),
    ),
    step("supplement", ("補正", "supplement"), "not_eligible", "prerequisite_check", DIRECTOR),
    step("close", ("結案", "close"), "not_eligible", "closed", STAFF),
    step("ask_for_more", ("通知補件", "ask for more"), "document_review", "more_info", SURVEYORS),
    step("receive", ("補件送達", "receive"), "more_info", "document_review", DIRECTOR),
    step("schedule", ("排定訪視", "schedule"), "document_review", "visit_scheduled", COMMITTEE),
    withdrawal(
        DIRECTOR, "draft", "prerequisite_check", "not_eligible", "document_review", "more_info",
        "visit_scheduled",
    ),
)  # fmt: skip
_SCORING = (
    step("visit", ("訪視", "visit"), "visit_scheduled", "scoring", SURVEYORS),
    step(
        "submit_sheet", ("提交評分表", "submit a score sheet"), "scoring", "submitted", SURVEYORS,
        "NM-SCALE-6", "NM-PASS-4", guards=_READY, output="surveyor_score", each=True,
    ),
    step(
        "declare", ("形成共識", "declare the consensus"), "submitted", "assessed", SURVEYORS,
        output="consensus_score",
    ),
    step(
        "pass", ("達最低及格標準", "pass"), "assessed", "stage_two", COMMITTEE,
        *_MINIMUM, "NM-ALLOC-8", guards=(Guard("pass", ("pass",)),),
    ),
    step(
        "fail", ("未達最低及格標準", "fail"), "assessed", "failed", COMMITTEE,
        *_MINIMUM, guards=(Guard("pass", ("fail",)),),
    ),
    step("apply_again", ("下一次申請", "next round"), "failed", "draft", DIRECTOR),
)  # fmt: skip
_ALLOCATION = (
    step(
        "compute", ("計算總分", "compute totals"), "stage_two", "ranked", STAFF,
        "NM-ALLOC-1", "NM-ALLOC-2", "NM-ALLOC-3", "NM-ALLOC-4",
        guards=(Guard("stage-two", ("enters", "ranked_last")),), output="contender",
    ),
    step(
        "allocate", ("核定容額", "allocate"), "ranked", "allocated", COMMITTEE,
        "NM-ALLOC-6", "NM-3.1.3.c3", "NM-ALLOC-7", "NM-5.2.1.L3",
        guards=(Guard("rank", ("ranked", "ranked_last", "cycle", "tie")),),
    ),
    step(
        "publish", ("公告", "publish"), "allocated", "published", COMMITTEE,
        guards=(Guard("total", ("publishable",)), Guard("quota", ("within_quota",))),
    ),
    step("next_cycle", ("下一週期", "next cycle"), "published", "draft", COMMITTEE),
    step(
        "report_change", ("變動報告學會", "report a change"),
        ("assessed", "stage_two", "ranked", "allocated", "published"), None, DIRECTOR,
        "NM-5.1.H", output="programme_change", unprompted=True,
    ),
)  # fmt: skip

application = Procedure(
    "application",
    Label("訓練計畫申請與認定", "application and recognition of a programme"),
    states=(
        DRAFT,
        state("prerequisite_check", "必要條件檢核", "prerequisite check"),
        state("not_eligible", "不符申請資格", "not eligible"),
        state("closed", "結案", "closed", final=True),
        state("document_review", "書面審查", "document review"),
        state("more_info", "補件", "more information"),
        state("visit_scheduled", "排定訪視", "visit scheduled"),
        state("scoring", "委員評分", "scoring"),
        state("submitted", "共識會議", "sheets submitted"),
        state("assessed", "評核完成", "assessed"),
        state("failed", "未達最低標準", "failed"),
        state("stage_two", "容額計算", "stage two"),
        state("ranked", "排序", "ranked"),
        state("allocated", "容額核定", "allocated"),
        state("published", "公告", "published"),
        WITHDRAWN,
    ),
    transitions=(*_BEFORE_THE_VISIT, *_SCORING, *_ALLOCATION),
)

score_record = Procedure(
    "score-record",
    Label("一位委員的評分表", "the score sheet of one surveyor"),
    states=(
        state("empty", "空白", "empty"),
        state("saved", "已存檔", "saved"),
        state("ready", "可提交", "ready"),
        state("submitted", "已提交（鎖定）", "submitted, locked"),
        state("reopened", "退回修改", "reopened"),
        state("superseded", "已有共識，原評分保存", "superseded, kept", final=True),
    ),
    transitions=(
        step("save", ("存檔", "save"), "empty", "saved", SURVEYOR),
        step(
            "complete", ("填妥", "complete"), "saved", "ready", SURVEYOR,
            "NM-SCALE-1", "NM-SCALE-6", "NM-PASS-4", guards=_READY,
        ),
        step(
            "submit", ("提交", "submit"), "ready", "submitted", SURVEYOR, dates=("submitted_date",)
        ),
        step(
            "reopen", ("退回（記明理由）", "reopen, reason logged"), "submitted", "reopened", LEAD
        ),
        step(
            "submit_again", ("再提交", "submit again"), "reopened", "submitted", SURVEYOR,
            guards=_READY, dates=("submitted_date",),
        ),
        step("supersede", ("形成共識", "consensus"), "submitted", "superseded", LEAD),
    ),
    file=written("surveyor_score"),
)  # fmt: skip

PROCEDURES = (application, score_record)
