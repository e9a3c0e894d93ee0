"""After recognition: changes, attendance, the roster, audits, sanctions, payments."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.rules import Guard, Procedure, State, Transition

_ORGANISER = ("organiser", Label("開課單位", "organiser"))
_SECRETARIAT = ("secretariat", Label("秘書處", "secretariat"))
_COMMITTEE = ("committee", Label("審查委員會", "review committee"))
_TRAINEE = ("trainee", Label("學員", "attendee"))
_MEMBER = ("member", Label("會員", "member"))


def _state(id: str, zh: str, en: str, *, final: bool = False) -> State:
    return State(id, Label(zh, en), final)


def _step(
    id: str,
    name: tuple[str, str],
    source: str | tuple[str, ...],
    target: str,
    by: str,
    *clauses: str,
    guards: tuple[Guard, ...] = (),
    deadline: str | None = None,
    fee: str | None = None,
    output: str | None = None,
) -> Transition:
    return Transition(
        id,
        Label(*name),
        (source,) if isinstance(source, str) else source,
        target,
        by=by,
        guards=guards,
        deadline=deadline,
        fee=fee,
        output=output,
        clauses=clauses,
    )


change = Procedure(
    "change",
    Label("課程變更", "Change of a course"),
    (
        _state("recognised", "已認定", "recognised"),
        _state("requested", "已通知變更", "change announced"),
        _state("accepted", "變更受理", "change accepted"),
        _state("refused", "不得變更", "change refused", final=True),
        _state("for_a_person", "由人處理", "left to a person", final=True),
        _state("explained", "已向學員說明", "explained to attendees"),
        _state("applied", "已變更", "changed", final=True),
        _state("complained", "會員檢舉", "complaint by a member"),
        _state("suspended", "停止申請三個月", "filings stopped for three months", final=True),
    ),
    (
        _step(
            "announce", ("通知變更", "announce a change"), "recognised", "requested", "organiser",
            "RRT-5.1.3.6.c", "RRT-5.1.3.6.g", deadline="change-notice-day",
            output="change_request",
        ),
        _step(
            "accept_topic", ("受理講題變更", "accept another topic"), "requested", "accepted",
            "secretariat", "RRT-5.1.3.6.b", guards=(Guard("change", ("accepted",)),),
        ),
        _step(
            "accept_lecturer", ("受理講者變更", "accept another lecturer"), "requested", "accepted",
            "secretariat", "RRT-5.1.3.6.b", "RRT-2.0",
            guards=(Guard("change", ("accepted",)), Guard("lecturers", ("eligible",))),
        ),
        _step(
            "escalate", ("交由人處理", "leave to a person"), "requested", "for_a_person",
            "secretariat", "RRT-5.1.3.6.c", guards=(Guard("change", ("late", "needs_review")),),
        ),
        _step(
            "refuse", ("不受理", "refuse"), "requested", "refused", "secretariat",
            "RRT-5.1.3.6.a", "RRT-5.1.3.6.f", guards=(Guard("change", ("refused",)),),
        ),
        _step(
            "explain", ("上課前說明", "explain before class"), "accepted", "explained", "organiser",
            "RRT-5.1.3.6.d",
        ),
        _step("apply", ("照變更上課", "hold as changed"), "explained", "applied", "organiser"),
        _step(
            "complain", ("會員檢舉", "complain"), ("accepted", "refused", "applied"), "complained",
            "member", "RRT-5.1.3.6.e", output="complaint",
        ),
        _step(
            "suspend", ("查證屬實，停止申請", "verified: stop filings"), "complained", "suspended",
            "secretariat", "RRT-5.1.3.6.e", output="sanction",
        ),
    ),
    roles=(_ORGANISER, _SECRETARIAT, _MEMBER),
)  # fmt: skip

attendance = Procedure(
    "attendance",
    Label("簽到退", "Attendance"),
    (
        _state("absent", "未到", "absent"),
        _state("in", "已簽到", "signed in"),
        _state("verified", "已查核在線", "presence verified"),
        _state("out", "已簽退", "signed out"),
        _state("assessed", "已評量", "assessed"),
        _state("credited", "採計", "credited", final=True),
    ),
    (
        _step(
            "sign_in", ("簽到", "sign in"), "absent", "in", "trainee",
            "RRT-8.3.a", "RRT-8.3.b", "RRT-5.1.3.5.b", "RRT-6.2.a", output="attendance_record",
        ),
        _step(
            "verify", ("查核在線", "verify presence"), "in", "verified", "organiser",
            "RRT-4.R1.c", "RRT-5.1.3.7.b",
        ),
        _step(
            "sign_out", ("簽退", "sign out"), ("in", "verified"), "out", "trainee",
            "RRT-8.3.a", "RRT-4.R1.b",
        ),
        _step(
            "assess", ("評量", "assess"), "out", "assessed", "organiser",
            "RRT-4.R1.d", "RRT-5.1.3.7.c",
        ),
        _step(
            "credit", ("採計", "credit"), ("out", "assessed"), "credited", "organiser",
            "RRT-5.1.3.5.c", "RRT-6.2.b", guards=(Guard("attendance", ("credited",)),),
        ),
    ),
    roles=(_ORGANISER, _TRAINEE),
)  # fmt: skip

network = Procedure(
    "network-completion",
    Label("網路課程修習", "Completing a network course"),
    (
        _state("open", "開放觀看", "open"),
        _state("viewed", "已觀看", "viewed"),
        _state("completed", "評量完成", "completed", final=True),
        _state("closed", "已關閉", "closed", final=True),
    ),
    (
        _step(
            "view", ("觀看", "view"), "open", "viewed", "trainee", "RRT-4.R2.c", "RRT-5.1.3.8.a"
        ),
        _step(
            "pass_quiz", ("完成評量", "take the quiz"), "viewed", "completed", "trainee",
            "RRT-5.1.3.8.f", "RRT-5.1.3.8.g", "RRT-4.R2.d",
        ),
        _step(
            "close", ("屆期關閉", "close"), ("open", "viewed"), "closed", "organiser",
            "RRT-5.1.3.8.e", deadline="viewing-window",
        ),
    ),
    roles=(_ORGANISER, _TRAINEE),
)  # fmt: skip

roster = Procedure(
    "roster",
    Label("名單與入帳", "Roster and posting"),
    (
        _state("not_due", "尚未辦完", "not due"),
        _state("due", "待登錄", "due"),
        _state("uploaded", "已登錄", "registered"),
        _state("scan_sent", "已寄用印檔", "sealed copy sent"),
        _state("validated", "已核對", "validated"),
        _state("posted", "已入帳", "posted", final=True),
        _state("void", "無效", "void", final=True),
    ),
    (
        _step(
            "complete", ("辦理完成", "complete the course"), "not_due", "due", "organiser",
            "RRT-6.1.a", "RRT-6.1.b",
        ),
        _step(
            "register", ("登錄名單", "register the roster"), "due", "uploaded", "organiser",
            "RRT-5.1.3.5.a", deadline="roster-day", output="roster",
        ),
        _step(
            "send_scan", ("寄送用印檔", "send the sealed copy"), "uploaded", "scan_sent",
            "organiser", "RRT-5.1.3.5.d", "RRT-5.1.3.5.e", deadline="roster-day",
        ),
        _step(
            "validate", ("核對", "validate"), "scan_sent", "validated", "secretariat",
            "RRT-5.1.3.5.b", "RRT-5.1.3.5.c", "RRT-4.3.CH",
            guards=(Guard("roster", ("on_time", "late")),),
        ),
        _step(
            "post", ("入帳", "post the credits"), "validated", "posted", "secretariat",
            "RRT-5.1.3.2.c", output="credit_entry",
        ),
        _step("void", ("註銷", "void"), "posted", "void", "committee", "RRT-8.1.a"),
    ),
    roles=(_ORGANISER, _SECRETARIAT, _COMMITTEE),
)  # fmt: skip

audit = Procedure(
    "audit",
    Label("查核", "Audit"),
    (
        _state("sampled", "已抽樣", "sampled"),
        _state("evidence_requested", "已索取證據", "evidence requested"),
        _state("checked", "已查對", "checked"),
        _state("clean", "無異常", "clean", final=True),
        _state("finding", "有發現", "finding"),
        _state("credit_void", "積分無效", "credit void", final=True),
        _state("sanction_proposed", "提報處分", "sanction proposed", final=True),
        _state("quality_case", "列管改善", "quality case", final=True),
    ),
    (
        _step(
            "request", ("索取證據", "request evidence"), "sampled", "evidence_requested",
            "secretariat", "RRT-5.1.3.5.f", "RRT-5.1.3.8.g",
        ),
        _step(
            "check", ("查對", "check"), "evidence_requested", "checked", "secretariat",
            "RRT-6.2.a", "RRT-6.2.b", output="audit",
        ),
        _step("clear", ("無異常", "clear"), "checked", "clean", "secretariat",
              guards=(Guard("audit", ("clean",)),)),
        _step("find", ("有發現", "record a finding"), "checked", "finding", "secretariat",
              guards=(Guard("audit", ("void", "surplus_void", "finding")),)),
        _step("void", ("積分不計", "void the credit"), "finding", "credit_void", "committee",
              "RRT-8.1.a"),
        _step("propose", ("提報處分", "propose a sanction"), "finding", "sanction_proposed",
              "committee", "RRT-8.1.TRIGGER"),
        _step("open_quality", ("列管改善", "open a quality case"), "finding", "quality_case",
              "committee", "RRT-3.1.2.2", "RRT-6.1.c"),
    ),
    roles=(_SECRETARIAT, _COMMITTEE),
)  # fmt: skip


def _sanction(id: str, name: Label, *clauses: str) -> Procedure:
    """``clauses``: the finding, the warning, the refusal, and the plan that ends it."""
    finding, warn, refuse, plan = clauses
    return Procedure(
        id,
        name,
        (
            _state("finding", "查得違規", "violation found"),
            _state("warned", "書面警告", "warned in writing"),
            _state("refusing", "期間內不受理", "filings refused"),
            _state("plan_filed", "已提改善措施", "plan filed"),
            _state("resumed", "恢復受理", "filings resumed", final=True),
        ),
        (
            _step("warn", ("書面警告", "warn"), "finding", "warned", "committee", finding, warn,
                  output="sanction"),
            _step("refuse", ("不受理", "refuse filings"), ("finding", "warned"), "refusing",
                  "committee", refuse, deadline="sanction-period", output="sanction"),
            _step("file_plan", ("提改善措施", "file a plan"), "refusing", "plan_filed", "organiser",
                  plan, output="improvement_plan"),
            _step("agree", ("同意", "agree to the plan"), "plan_filed", "resumed", "committee",
                  plan, guards=(Guard("filing-allowed", ("open",)),)),
        ),
        roles=(_ORGANISER, _COMMITTEE),
    )  # fmt: skip


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
        _state("defect", "品質缺失", "defect"),
        _state("improvement_due", "限期改善", "improvement due"),
        _state("improved", "已改善", "improved", final=True),
        _state("stopped", "停止受理", "stopped"),
        _state("lifted", "解除", "lifted", final=True),
    ),
    (
        _step("set_time", ("定期改善", "set a time to improve"), "defect", "improvement_due",
              "committee", "RRT-6.1.c", "RRT-3.1.2.2"),
        _step("improve", ("改善", "improve"), "improvement_due", "improved", "organiser",
              "RRT-6.1.b"),
        _step("stop", ("停止受理", "stop"), "improvement_due", "stopped", "committee",
              "RRT-6.1.c", guards=(Guard("quality-stop", ("stopped",)),), output="sanction"),
        _step("lift", ("解除", "lift"), "stopped", "lifted", "committee", "RRT-6.1.c"),
    ),
    roles=(_ORGANISER, _COMMITTEE),
)  # fmt: skip

payment = Procedure(
    "payment",
    Label("繳費與對帳", "Payment and matching"),
    (
        _state("quoted", "已計費", "quoted"),
        _state("stub_received", "已收存根", "stub received"),
        _state("imported", "劃撥入帳", "giro booked"),
        _state("matched", "已對上", "matched"),
        _state("unmatched", "未對上", "unmatched"),
        _state("receipt_issued", "已開收據", "receipt issued"),
        _state("closed", "結清", "closed", final=True),
    ),
    (
        _step("send_stub", ("電郵存根", "e-mail the stub"), "quoted", "stub_received", "organiser",
              "RRT-9.PAY-STUB", fee="fee"),
        _step("book", ("入帳", "book"), ("quoted", "stub_received"), "imported", "secretariat",
              "RRT-9.PAY-GIRO", output="payment"),
        _step("match", ("對帳", "match"), ("imported", "unmatched"), "matched", "secretariat",
              "RRT-9.PAY-MEMO.1", "RRT-9.PAY-MEMO.2",
              guards=(Guard("payment", ("matched",)),)),
        _step("set_aside", ("待查", "set aside"), "imported", "unmatched", "secretariat",
              "RRT-9.PAY-MEMO.2", guards=(Guard("payment", ("unmatched", "incomplete")),)),
        _step("issue_receipt", ("開立收據", "issue the receipt"), "matched", "receipt_issued",
              "secretariat", "RRT-9.PAY-MEMO.3", "RRT-9.PAY-MEMO.4", "RRT-9.PAY-MEMO.5",
              output="receipt"),
        _step("settle", ("結清", "settle"), "receipt_issued", "closed", "secretariat",
              "RRT-9.FEE-SYMP-NOREFUND",
              guards=(Guard("payment-balance", ("paid", "overpaid")),)),
    ),
    roles=(_ORGANISER, _SECRETARIAT),
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
