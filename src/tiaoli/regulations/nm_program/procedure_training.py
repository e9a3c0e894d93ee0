"""How a resident's passport travels to completion, and what falls due again and again."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.regulations.nm_program.procedure import DIRECTOR, step
from tiaoli.rules import Procedure, State, Transition

_RESIDENT = ("resident", Label("住院醫師", "resident"))
_SUPERVISOR = ("supervisor", Label("指導者", "supervisor"))

passport = Procedure(
    id="passport",
    label=Label("學習護照", "training passport"),
    states=(
        State("entry_draft", Label("登錄草稿", "entry drafted")),
        State("entry_submitted", Label("已送出", "entry submitted")),
        State("entry_signed", Label("已簽章", "entry signed")),
        State("entry_amended", Label("已更正（原登錄保存）", "entry amended, original kept")),
        State("month_closed", Label("月結", "month closed")),
        State("evaluation_due", Label("應辦評估", "evaluation due")),
        State("evaluated", Label("已評估", "evaluated")),
        State("discussed", Label("已討論", "discussed")),
        State("remediation", Label("輔導", "remediation")),
        State("next_year", Label("升年", "next year of training")),
        State("completion_review", Label("完訓審查", "completion review")),
        State("completed", Label("完訓", "completed")),
        State("exam_result", Label("專科考試", "board examination"), final=True),
    ),
    transitions=(
        step("submit", Label("送出", "submit"), ("entry_draft", "entry_submitted"), "resident"),
        step(
            "sign",
            Label("簽章", "sign"),
            ("entry_submitted", "entry_signed"),
            "supervisor",
            output="passport_entry",
            clauses=("NM-6.2.L4",),
        ),
        step("return", Label("退回", "return"), ("entry_submitted", "entry_draft"), "supervisor"),
        step("correct", Label("更正", "correct"), ("entry_signed", "entry_amended"), "supervisor"),
        step(
            "close_month",
            Label("月結", "close the month"),
            ("entry_signed", "month_closed"),
            "director",
            clauses=("NM-6.4.L1",),
        ),
        step(
            "open_month", Label("次月", "next month"), ("month_closed", "entry_draft"), "resident"
        ),
        step(
            "call_for_evaluation",
            Label("通知評估", "call for an evaluation"),
            ("month_closed", "evaluation_due"),
            "director",
        ),
        step(
            "evaluate",
            Label("評估", "evaluate"),
            ("evaluation_due", "evaluated"),
            "director",
            output="evaluation",
            clauses=("NM-9.1.A", "NM-9.1.B"),
        ),
        step(
            "discuss",
            Label("與住院醫師討論", "discuss"),
            ("evaluated", "discussed"),
            "director",
            clauses=("NM-9.1.C",),
        ),
        step(
            "promote",
            Label("升年", "promote"),
            ("discussed", "next_year"),
            "director",
            clauses=("NM-9.1.D",),
        ),
        step(
            "remediate",
            Label("輔導", "remediate"),
            ("discussed", "remediation"),
            "director",
            output="interview_record",
            clauses=("NM-5.1.2.2.L4",),
        ),
        step(
            "evaluate_again",
            Label("再評估", "evaluate again"),
            ("remediation", "evaluated"),
            "director",
        ),
        step("go_on", Label("續訓", "go on"), ("next_year", "entry_draft"), "resident"),
        step(
            "review_completion",
            Label("第四年期滿", "fourth year complete"),
            ("next_year", "completion_review"),
            "director",
            clauses=("NM-3.1.3.d2", "NM-3.3.d"),
        ),
        step(
            "certify",
            Label("證明完訓", "certify"),
            ("completion_review", "completed"),
            "director",
            clauses=("NM-9.1.F",),
        ),
        step("extend", Label("延長訓練", "extend"), ("completion_review", "next_year"), "director"),
        step(
            "sit_exam",
            Label("應考", "sit the examination"),
            ("completed", "exam_result"),
            "resident",
            output="exam_result",
        ),
    ),
    roles=(_RESIDENT, _SUPERVISOR, DIRECTOR),
)


def _duty(id: str, label: Label, by: str, output: str, *clauses: str) -> Transition:
    return step(id, label, ("in_training", "in_training"), by, output=output, clauses=clauses)


duties = Procedure(
    id="recurring-duties",
    label=Label("定期事項", "recurring duties"),
    states=(State("in_training", Label("計畫執行中", "programme running")),),
    transitions=(
        _duty(
            "monthly_cases",
            Label("每月：第一年住院醫師病例數", "monthly: cases of first-year residents"),
            "director",
            "passport_entry",
            "NM-6.4.L1",
        ),
        _duty(
            "monthly_conferences",
            Label("每月：學術與跨科會議", "monthly: conferences"),
            "director",
            "conference",
            "NM-7.1.1.L4",
            "NM-7.2.L3",
        ),
        _duty(
            "director_review",
            Label("每半年：主持人檢視病例", "half-yearly: the director's review"),
            "director",
            "interview_record",
            "NM-5.1.2.1.H2",
        ),
        _duty(
            "yearly_evaluation",
            Label("每年：六大能力評估", "yearly: evaluation of six competencies"),
            "director",
            "evaluation",
            "NM-9.1.B",
        ),
        _duty(
            "yearly_survey",
            Label("每年：滿意度調查", "yearly: satisfaction survey"),
            "director",
            "survey",
            "NM-9.3.L3",
        ),
        _duty(
            "yearly_interviews",
            Label("每年：主持人訪談", "yearly: the director's interviews"),
            "director",
            "interview_record",
            "NM-5.1.2.2.L4",
        ),
        _duty(
            "protection_committee",
            Label("每年：輻射防護委員會", "yearly: protection committee"),
            "director",
            "committee_minutes",
            "NM-3.1.6.c",
        ),
        _duty(
            "calibration",
            Label("每年：儀器校正測試", "yearly: calibration of devices"),
            "director",
            "equipment_check",
            "NM-3.1.6.b",
        ),
        _duty(
            "faculty_papers",
            Label("每兩年、四年：教師論文", "every two and four years: faculty papers"),
            "director",
            "publication",
            "NM-9.2.L3",
            "NM-9.2.L5",
        ),
        _duty(
            "examinations",
            Label("四年、五年：專科考試成績", "four and five years: examinations"),
            "director",
            "exam_result",
            "NM-2.1.L3",
            "NM-9.3.L3",
        ),
        _duty(
            "certificates",
            Label("六年：輻射安全證書換發", "six years: radiation safety certificates"),
            "resident",
            "radiation_certificate",
            "NM-6.3.L4",
        ),
        _duty(
            "change",
            Label("變動時：書面報告學會", "on change: written report to the society"),
            "director",
            "programme_change",
            "NM-5.1.H",
        ),
    ),
    roles=(DIRECTOR, _RESIDENT),
)

PROCEDURES = (passport, duties)
