"""After recognition: changes, attendance, the roster, audits, sanctions, payments."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.rules import TIME, Guard, Procedure, Role, Seat
from tiaoli.rules.steps import SECRETARIAT, state, step, written

ORGANISER = Role("organiser", Label("開課單位", "organiser"))
COMMITTEE = Role("committee", Label("審查委員會", "review committee"), Seat.PANEL)
ATTENDEE = Role("trainee", Label("學員", "attendee"), Seat.OTHER_PERSON)
MEMBER = Role("member", Label("會員", "member"), Seat.OTHER_PERSON)

change = Procedure(
    "change",
    Label("課程變更", "Change of a course"),
    (
        state("recognised", "已認定", "recognised"),
        state("requested", "已通知變更", "change announced"),
        state("accepted", "變更受理", "change accepted"),
        state("refused", "不得變更", "change refused", final=True),
        state("for_a_person", "由人處理", "left to a person", final=True),
        state("explained", "已向學員說明", "explained to attendees"),
        state("applied", "已變更", "changed", final=True),
        state("complained", "會員檢舉", "complaint by a member"),
        state("dismissed", "查無違規", "complaint not borne out", final=True),
        state("suspended", "停止申請三個月", "filings stopped for three months", final=True),
    ),
    (
        step(
            "announce", ("通知變更", "announce a change"), "recognised", "requested", ORGANISER,
            "RRT-5.1.3.6.c", "RRT-5.1.3.6.g", deadline="change-notice-day",
            dates=("notice_date",),
        ),
        step(
            "accept_topic", ("受理講題變更", "accept another topic"), "requested", "accepted",
            SECRETARIAT, "RRT-5.1.3.6.b", guards=(Guard("change", ("accepted",)),),
        ),
        step(
            "accept_lecturer", ("受理講者變更", "accept another lecturer"), "requested", "accepted",
            SECRETARIAT, "RRT-5.1.3.6.b", "RRT-2.0",
            guards=(Guard("change", ("accepted",)), Guard("lecturers", ("eligible",))),
        ),
        step(
            "escalate", ("交由人處理", "leave to a person"), "requested", "for_a_person",
            SECRETARIAT, "RRT-5.1.3.6.c", guards=(Guard("change", ("late", "needs_review")),),
        ),
        step(
            "refuse", ("不受理", "refuse"), "requested", "refused", SECRETARIAT,
            "RRT-5.1.3.6.a", "RRT-5.1.3.6.f", guards=(Guard("change", ("refused",)),),
        ),
        step(
            "explain", ("上課前說明", "explain before class"), "accepted", "explained", ORGANISER,
            "RRT-5.1.3.6.d",
        ),
        step("apply", ("照變更上課", "hold as changed"), "explained", "applied", ORGANISER),
        step(
            "complain", ("會員檢舉", "complain"), ("accepted", "refused", "applied"), "complained",
            MEMBER, "RRT-5.1.3.6.e", output=written("complaint", channel="member_report"),
            unprompted=True,
        ),
        step(
            "dismiss", ("查無違規", "not borne out"), "complained", "dismissed", SECRETARIAT,
            "RRT-5.1.3.6.e",
        ),
        step(
            "suspend", ("查證屬實，停止申請", "verified: stop filings"), "complained", "suspended",
            SECRETARIAT, "RRT-5.1.3.6.e",
            output=written("sanction", type="refusal", ground="change_rule"),
            lasts=("sanction-period", "last"),
        ),
    ),
    file=written("change_request"),
)  # fmt: skip

attendance = Procedure(
    "attendance",
    Label("簽到退", "Attendance"),
    (
        state("absent", "未到", "absent"),
        state("in", "已簽到", "signed in"),
        state("verified", "已查核在線", "presence verified"),
        state("out", "已簽退", "signed out"),
        state("assessed", "已評量", "assessed"),
        state("credited", "採計", "credited", final=True),
        state("not_credited", "不予採計", "not credited", final=True),
    ),
    (
        step(
            "sign_in", ("簽到", "sign in"), "absent", "in", ATTENDEE,
            "RRT-8.3.a", "RRT-8.3.b", "RRT-5.1.3.5.b", "RRT-6.2.a",
        ),
        step(
            "verify", ("查核在線", "verify presence"), "in", "verified", ORGANISER,
            "RRT-4.R1.c", "RRT-5.1.3.7.b",
        ),
        step(
            "sign_out", ("簽退", "sign out"), ("in", "verified"), "out", ATTENDEE,
            "RRT-8.3.a", "RRT-4.R1.b",
        ),
        step(
            "assess", ("評量", "assess"), "out", "assessed", ORGANISER,
            "RRT-4.R1.d", "RRT-5.1.3.7.c",
        ),
        step(
            "credit", ("採計", "credit"), ("out", "assessed"), "credited", ORGANISER,
            "RRT-5.1.3.5.c", "RRT-6.2.b", guards=(Guard("attendance", ("credited",)),),
        ),
        step(
            "deny", ("不予採計", "credit nothing"), ("absent", "in", "verified", "out", "assessed"),
            "not_credited", ORGANISER, "RRT-8.3.a", "RRT-8.3.b",
            guards=(Guard("attendance", ("absent", "no_credit")),),
        ),
    ),
    file=written("attendance_record"),
)  # fmt: skip

network = Procedure(
    "network-completion",
    Label("網路課程修習", "Completing a network course"),
    (
        state("open", "開放觀看", "open"),
        state("viewed", "已觀看", "viewed"),
        state("completed", "評量完成", "completed", final=True),
        state("closed", "已關閉", "closed", final=True),
    ),
    (
        step(
            "view", ("觀看", "view"), "open", "viewed", ATTENDEE, "RRT-4.R2.c", "RRT-5.1.3.8.a"
        ),
        step(
            "pass_quiz", ("完成評量", "take the quiz"), "viewed", "completed", ATTENDEE,
            "RRT-5.1.3.8.f", "RRT-5.1.3.8.g", "RRT-4.R2.d",
        ),
        step(
            "close", ("屆期關閉", "close"), ("open", "viewed"), "closed", ORGANISER,
            "RRT-5.1.3.8.e", deadline="viewing-window",
        ),
    ),
)  # fmt: skip

roster = Procedure(
    "roster",
    Label("名單與入帳", "Roster and posting"),
    (
        state("not_due", "尚未辦完", "not due"),
        state("due", "待登錄", "due"),
        state("uploaded", "已登錄", "registered"),
        state("scan_sent", "已寄用印檔", "sealed copy sent"),
        state("validated", "已核對", "validated"),
        state("posted", "已入帳", "posted", final=True),
        state("void", "無效", "void", final=True),
    ),
    (
        step(
            "complete", ("辦理完成", "complete the course"), "not_due", "due", ORGANISER,
            "RRT-6.1.a", "RRT-6.1.b", dates=("completion_date",),
        ),
        step(
            "register", ("登錄名單", "register the roster"), "due", "uploaded", ORGANISER,
            "RRT-5.1.3.5.a", deadline="roster-day", dates=("registered_date",),
        ),
        step(
            "send_scan", ("寄送用印檔", "send the sealed copy"), "uploaded", "scan_sent",
            ORGANISER, "RRT-5.1.3.5.d", "RRT-5.1.3.5.e", deadline="roster-day",
            dates=("scan_sent_date",),
        ),
        step(
            "validate", ("核對", "validate"), "scan_sent", "validated", SECRETARIAT,
            "RRT-5.1.3.5.b", "RRT-5.1.3.5.c", "RRT-4.3.CH",
            guards=(Guard("roster", ("on_time", "late")),),
        ),
        step(
            "send_back", ("退回", "send back"), "scan_sent", "due", SECRETARIAT,
            "RRT-5.1.3.5.d", "RRT-5.1.3.5.e",
            guards=(Guard("roster", ("incomplete", "rejected")),),
        ),
        step(
            "post", ("入帳", "post the credits"), "validated", "posted", SECRETARIAT,
            "RRT-5.1.3.2.c", output=written("credit_entry", status="posted"),
        ),
        step(
            "void", ("註銷", "void"), "posted", "void", COMMITTEE, "RRT-8.1.a",
            output=written("credit_entry", status="void"), unprompted=True,
        ),
    ),
    file=written("roster"),
)  # fmt: skip

audit = Procedure(
    "audit",
    Label("查核", "Audit"),
    (
        state("sampled", "已抽樣", "sampled"),
        state("evidence_requested", "已索取證據", "evidence requested"),
        state("checked", "已查對", "checked"),
        state("clean", "無異常", "clean", final=True),
        state("finding", "有發現", "finding"),
        state("credit_void", "積分無效", "credit void", final=True),
        state("sanction_proposed", "提報處分", "sanction proposed", final=True),
        state("quality_case", "列管改善", "quality case", final=True),
    ),
    (
        step(
            "request", ("索取證據", "request evidence"), "sampled", "evidence_requested",
            SECRETARIAT, "RRT-5.1.3.5.f", "RRT-5.1.3.8.g",
        ),
        step(
            "check", ("查對", "check"), "evidence_requested", "checked", SECRETARIAT,
            "RRT-6.2.a", "RRT-6.2.b", dates=("date",),
        ),
        step("clear", ("無異常", "clear"), "checked", "clean", SECRETARIAT,
              guards=(Guard("audit", ("clean",)),)),
        step("find", ("有發現", "record a finding"), "checked", "finding", SECRETARIAT,
              guards=(Guard("audit", ("void", "surplus_void", "finding")),)),
        step("void", ("積分不計", "void the credit"), "finding", "credit_void", COMMITTEE,
              "RRT-8.1.a"),
        step("propose", ("提報處分", "propose a sanction"), "finding", "sanction_proposed",
              COMMITTEE, "RRT-8.1.TRIGGER"),
        step("open_quality", ("列管改善", "open a quality case"), "finding", "quality_case",
              COMMITTEE, "RRT-3.1.2.2", "RRT-6.1.c"),
    ),
    file=written("audit"),
)  # fmt: skip


def _sanction(id: str, name: Label, *clauses: str) -> Procedure:
    """``clauses``: the finding, the warning, the refusal, and the plan that ends it."""
    finding, warn, refuse, plan = clauses
    return Procedure(
        id,
        name,
        (
            state("finding", "查得違規", "violation found"),
            state("warned", "書面警告", "warned in writing", final=True),
            state("refusing", "期間內不受理", "filings refused"),
            state("plan_filed", "已提改善措施", "plan filed"),
            state("plan_agreed", "改善措施已獲同意", "plan agreed"),
            state("resumed", "恢復受理", "filings resumed", final=True),
        ),
        (
            step("warn", ("書面警告", "warn"), "finding", "warned", COMMITTEE, finding, warn,
                 output=written("sanction", type="warning")),
            step("refuse", ("不受理", "refuse filings"), "finding", "refusing", COMMITTEE, refuse,
                 output=_REFUSAL, lasts=_PERIOD),
            step("refuse_after_all", ("警告後不受理", "refuse filings after the warning"), "warned",
                 "refusing", COMMITTEE, refuse, output=_REFUSAL, lasts=_PERIOD, unprompted=True),
            step("file_plan", ("提改善措施", "file a plan"), "refusing", "plan_filed", ORGANISER,
                 plan, output="improvement_plan"),
            step("agree", ("同意", "agree to the plan"), "plan_filed", "plan_agreed", COMMITTEE,
                 plan, output="improvement_plan"),
            step("refuse_plan", ("不同意", "send the plan back"), "plan_filed", "refusing",
                 COMMITTEE, plan),
            step("resume", ("恢復受理", "filings resume"), "plan_agreed", "resumed", TIME, plan,
                 guards=(Guard("filing-allowed", ("open",)),)),
        ),
    )  # fmt: skip


_PERIOD = ("sanction-period", "last")
_REFUSAL = written("sanction", type="refusal")

false_credit = _sanction(
    "false-credit", Label("冒名或溢報的處分", "Sanction for false credits"),
    "RRT-8.1.TRIGGER", "RRT-8.1.b", "RRT-8.1.c", "RRT-8.1.d",
)  # fmt: skip
advertising = _sanction(
    "early-advertising", Label("提早宣傳的處分", "Sanction for early advertising"),
    "RRT-8.2.a", "RRT-8.2.b", "RRT-8.2.c", "RRT-8.2.d",
)  # fmt: skip

quality = Procedure(
    "quality",
    Label("品質改善", "Improvement of quality"),
    (
        state("defect", "品質缺失", "defect"),
        state("improvement_due", "限期改善", "improvement due"),
        state("improved", "已改善", "improved", final=True),
        state("stopped", "停止受理", "stopped"),
        state("lifted", "解除", "lifted", final=True),
    ),
    (
        step("set_time", ("定期改善", "set a time to improve"), "defect", "improvement_due",
              COMMITTEE, "RRT-6.1.c", "RRT-3.1.2.2"),
        step("improve", ("改善", "improve"), "improvement_due", "improved", ORGANISER,
              "RRT-6.1.b"),
        step("stop", ("停止受理", "stop"), "improvement_due", "stopped", COMMITTEE,
              "RRT-6.1.c", guards=(Guard("quality-stop", ("stopped",)),),
              output=written("sanction", type="stop", ground="quality")),
        step("lift", ("解除", "lift"), "stopped", "lifted", COMMITTEE, "RRT-6.1.c"),
    ),
)  # fmt: skip

payment = Procedure(
    "payment",
    Label("繳費與對帳", "Payment and matching"),
    (
        state("quoted", "已計費", "quoted"),
        state("stub_received", "已收存根", "stub received"),
        state("imported", "劃撥入帳", "giro booked"),
        state("matched", "已對上", "matched"),
        state("unmatched", "未對上", "unmatched"),
        state("receipt_issued", "已開收據", "receipt issued"),
        state("closed", "結清", "closed", final=True),
    ),
    (
        step("send_stub", ("電郵存根", "e-mail the stub"), "quoted", "stub_received", ORGANISER,
              "RRT-9.PAY-STUB", fee="fee"),
        step("book", ("入帳", "book"), ("quoted", "stub_received"), "imported", SECRETARIAT,
              "RRT-9.PAY-GIRO", dates=("giro_date", "booked_date")),
        step("match", ("對帳", "match"), ("imported", "unmatched"), "matched", SECRETARIAT,
              "RRT-9.PAY-MEMO.1", "RRT-9.PAY-MEMO.2",
              guards=(Guard("payment", ("matched",)),)),
        step("set_aside", ("待查", "set aside"), "imported", "unmatched", SECRETARIAT,
              "RRT-9.PAY-MEMO.2", guards=(Guard("payment", ("unmatched", "incomplete")),)),
        step("issue_receipt", ("開立收據", "issue the receipt"), "matched", "receipt_issued",
              SECRETARIAT, "RRT-9.PAY-MEMO.3", "RRT-9.PAY-MEMO.4", "RRT-9.PAY-MEMO.5",
              output="receipt"),
        step("settle", ("結清", "settle"), "receipt_issued", "closed", SECRETARIAT,
              "RRT-9.FEE-SYMP-NOREFUND",
              guards=(Guard("payment-balance", ("paid", "overpaid")),)),
    ),
    file=written("payment"),
)  # fmt: skip

CONDUCT = (
    change,
    attendance,
    network,
    roster,
    audit,
    false_credit,
    advertising,
    quality,
    payment,
)
