"""How a resident's passport travels to completion, and what falls due again and again."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.regulations.nm_program.procedure import DIRECTOR
from tiaoli.rules import Procedure, Role, Seat, Transition
from tiaoli.rules.steps import state, step

RESIDENT = Role("resident", Label("住院醫師", "resident"), Seat.OTHER_PERSON)
SUPERVISOR = Role("supervisor", Label("指導者", "supervisor"), Seat.OTHER_PERSON)

passport = Procedure(
    "passport",
    Label("學習護照", "training passport"),
    states=(
        state("entry_draft", "登錄草稿", "entry drafted"),
        state("entry_submitted", "已送出", "entry submitted"),
        state("entry_signed", "已簽章", "entry signed"),
        state("entry_amended", "已更正（原登錄保存）", "entry amended, original kept"),
        state("month_closed", "月結", "month closed"),
        state("evaluation_due", "應辦評估", "evaluation due"),
        state("evaluated", "已評估", "evaluated"),
        state("discussed", "已討論", "discussed"),
        state("remediation", "輔導", "remediation"),
        state("next_year", "升年", "next year of training"),
        state("completion_review", "完訓審查", "completion review"),
        state("completed", "完訓", "completed"),
        state("exam_result", "專科考試", "board examination", final=True),
    ),
    transitions=(
        step("submit", ("送出", "submit"), "entry_draft", "entry_submitted", RESIDENT),
        step(
            "sign", ("簽章", "sign"), "entry_submitted", "entry_signed", SUPERVISOR, "NM-6.2.L4",
            output="passport_entry",
        ),
        step("return", ("退回", "return"), "entry_submitted", "entry_draft", SUPERVISOR),
        step(
            "correct", ("更正", "correct"), "entry_signed", "entry_amended", SUPERVISOR,
            unprompted=True,
        ),
        step(
            "sign_again", ("更正後簽章", "sign the amended entry"), "entry_amended", "entry_signed",
            SUPERVISOR, output="passport_entry",
        ),
        step(
            "close_month", ("月結", "close the month"), "entry_signed", "month_closed", DIRECTOR,
            "NM-6.4.L1",
        ),
        step("open_month", ("次月", "next month"), "month_closed", "entry_draft", RESIDENT),
        step(
            "call_for_evaluation", ("通知評估", "call for an evaluation"),
            "month_closed", "evaluation_due", DIRECTOR,
        ),
        step(
            "evaluate", ("評估", "evaluate"), "evaluation_due", "evaluated", DIRECTOR,
            "NM-9.1.A", "NM-9.1.B", output="evaluation",
        ),
        step(
            "discuss", ("與住院醫師討論", "discuss"), "evaluated", "discussed", DIRECTOR,
            "NM-9.1.C",
        ),
        step("promote", ("升年", "promote"), "discussed", "next_year", DIRECTOR, "NM-9.1.D"),
        step(
            "remediate", ("輔導", "remediate"), "discussed", "remediation", DIRECTOR,
            "NM-5.1.2.2.L4", output="interview_record",
        ),
        step("evaluate_again", ("再評估", "evaluate again"), "remediation", "evaluated", DIRECTOR),
        step("go_on", ("續訓", "go on"), "next_year", "entry_draft", RESIDENT),
        step(
            "review_completion", ("第四年期滿", "fourth year complete"),
            "next_year", "completion_review", DIRECTOR, "NM-3.1.3.d2", "NM-3.3.d",
        ),
        step(
            "certify", ("證明完訓", "certify"), "completion_review", "completed", DIRECTOR,
            "NM-9.1.F",
        ),
        step("extend", ("延長訓練", "extend"), "completion_review", "next_year", DIRECTOR),
        step(
            "sit_exam", ("應考", "sit the examination"), "completed", "exam_result", RESIDENT,
            output="exam_result",
        ),
    ),
)  # fmt: skip


def _duty(id: str, zh: str, en: str, output: str, *clauses: str, by: Role = DIRECTOR) -> Transition:
    return step(id, (zh, en), "in_training", None, by, *clauses, output=output)


duties = Procedure(
    "recurring-duties",
    Label("定期事項", "recurring duties"),
    states=(state("in_training", "計畫執行中", "programme running"),),
    transitions=(
        _duty(
            "monthly_cases", "每月：第一年住院醫師病例數", "monthly: cases of first-year residents",
            "passport_entry", "NM-6.4.L1",
        ),
        _duty(
            "monthly_conferences", "每月：學術與跨科會議", "monthly: conferences",
            "conference", "NM-7.1.1.L4", "NM-7.2.L3",
        ),
        _duty(
            "director_review", "每半年：主持人檢視病例", "half-yearly: the director's review",
            "interview_record", "NM-5.1.2.1.H2",
        ),
        _duty(
            "yearly_evaluation", "每年：六大能力評估", "yearly: evaluation of six competencies",
            "evaluation", "NM-9.1.B",
        ),
        _duty(
            "yearly_survey", "每年：滿意度調查", "yearly: satisfaction survey",
            "survey", "NM-9.3.L3",
        ),
        _duty(
            "yearly_interviews", "每年：主持人訪談", "yearly: the director's interviews",
            "interview_record", "NM-5.1.2.2.L4",
        ),
        _duty(
            "protection_committee", "每年：輻射防護委員會", "yearly: protection committee",
            "committee_minutes", "NM-3.1.6.c",
        ),
        _duty(
            "calibration", "每年：儀器校正測試", "yearly: calibration of devices",
            "equipment_check", "NM-3.1.6.b",
        ),
        _duty(
            "faculty_papers", "每兩年、四年：教師論文", "every two and four years: faculty papers",
            "publication", "NM-9.2.L3", "NM-9.2.L5",
        ),
        _duty(
            "examinations", "四年、五年：專科考試成績", "four and five years: examinations",
            "exam_result", "NM-2.1.L3", "NM-9.3.L3",
        ),
        _duty(
            "certificates", "六年：輻射安全證書換發", "six years: radiation safety certificates",
            "radiation_certificate", "NM-6.3.L4", by=RESIDENT,
        ),
        _duty(
            "change", "變動時：書面報告學會", "on change: written report to the society",
            "programme_change", "NM-5.1.H",
        ),
    ),
)  # fmt: skip

PROCEDURES = (passport, duties)
