"""Chapter 5(2) as procedures: how an individual case travels, and its one re-review."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.rules import Guard, Procedure, State, Transition

_APPLICANT = ("applicant", Label("申請人", "applicant"))
_SECRETARIAT = ("secretariat", Label("秘書處", "secretariat"))
_COMMITTEE = ("committee", Label("審查委員會", "review committee"))

individual_case = Procedure(
    "individual-case",
    Label("個人積分申請", "Individual case"),
    (
        State("draft", Label("草稿", "draft")),
        State("online_filed", Label("已線上申請", "filed online")),
        State("filed", Label("已寄出文件", "documents mailed")),
        State("incomplete", Label("待補件", "incomplete")),
        State("queued", Label("列入截止批次", "queued for a cut-off")),
        State("under_review", Label("審查中", "under review")),
        State("recognised", Label("已認定", "recognised")),
        State("partly_recognised", Label("部分認定", "recognised in part")),
        State("not_recognised", Label("未認定", "not recognised"), final=True),
        State("posted", Label("已入帳", "posted")),
        State("confirmed", Label("已確認入帳", "posting confirmed"), final=True),
        State("refused", Label("不受理", "refused"), final=True),
    ),
    (
        Transition(
            "file_online",
            Label("線上申請", "file online"),
            ("draft",),
            "online_filed",
            by="applicant",
            clauses=("RRT-5.2.ONLINE", "RRT-5.2.3"),
        ),
        Transition(
            "mail",
            Label("寄送文件", "mail the documents"),
            ("online_filed",),
            "filed",
            by="applicant",
            fee="personal-fee",
            clauses=("RRT-5.2.1", "RRT-5.2.2"),
        ),
        Transition(
            "refuse",
            Label("不受理", "refuse"),
            ("filed",),
            "refused",
            by="secretariat",
            guards=(Guard("personal-filing", ("refused",)),),
            clauses=("RRT-5.2.ONCE", "RRT-5.2.1"),
        ),
        Transition(
            "ask_for_more",
            Label("通知補件", "ask for what is lacking"),
            ("filed",),
            "incomplete",
            by="secretariat",
            clauses=("RRT-5.2.EVIDENCE", "RRT-5.2.6.a"),
        ),
        Transition(
            "complete",
            Label("補齊", "complete the file"),
            ("incomplete",),
            "filed",
            by="applicant",
            clauses=("RRT-5.2.EVIDENCE",),
        ),
        Transition(
            "queue",
            Label("列入批次", "queue"),
            ("filed",),
            "queued",
            by="secretariat",
            guards=(Guard("personal-filing", ("accepted",)),),
            clauses=("RRT-5.2.WINDOW", "RRT-5.2.5"),
        ),
        Transition(
            "open_review",
            Label("開始審查", "open the review"),
            ("queued",),
            "under_review",
            by="secretariat",
            deadline="personal-filing",
            clauses=("RRT-5.2.WINDOW", "RRT-5.2.REPLY"),
        ),
        *(
            Transition(
                step,
                Label(zh, en),
                ("under_review",),
                target,
                by="committee",
                deadline="personal-reply",
                clauses=("RRT-5.2.REPLY",),
            )
            for step, target, zh, en in (
                ("recognise", "recognised", "認定", "recognise"),
                ("recognise_in_part", "partly_recognised", "部分認定", "recognise in part"),
                ("turn_down", "not_recognised", "不認定", "turn down"),
            )
        ),
        Transition(
            "post",
            Label("入帳", "post the credits"),
            ("recognised", "partly_recognised"),
            "posted",
            by="secretariat",
            output="credit_entry",
            clauses=("RRT-5.2.4",),
        ),
        Transition(
            "confirm",
            Label("確認入帳", "confirm the posting"),
            ("posted",),
            "confirmed",
            by="applicant",
            guards=(Guard("personal-posting", ("complete",)),),
            clauses=("RRT-5.2.4", "RRT-5.2.5"),
        ),
    ),
    roles=(_APPLICANT, _SECRETARIAT, _COMMITTEE),
)

re_review = Procedure(
    "re-review",
    Label("複審", "Re-review"),
    (
        State("available", Label("得申請", "may be asked for")),
        State("requested", Label("已申請", "asked for")),
        State("refused", Label("不受理", "refused"), final=True),
        State("decided", Label("已決定，不得再請", "decided, and final"), final=True),
    ),
    (
        Transition(
            "request",
            Label("申請複審", "ask for re-review"),
            ("available",),
            "requested",
            by="applicant",
            output="rereview",
            clauses=("RRT-5.2.REREVIEW",),
        ),
        Transition(
            "refuse",
            Label("不受理", "refuse"),
            ("requested",),
            "refused",
            by="secretariat",
            guards=(Guard("rereview", ("refused",)),),
            clauses=("RRT-5.2.REREVIEW",),
        ),
        Transition(
            "decide",
            Label("決定", "decide"),
            ("requested",),
            "decided",
            by="committee",
            guards=(Guard("rereview", ("accepted",)),),
            clauses=("RRT-5.2.REREVIEW",),
        ),
    ),
    roles=(_APPLICANT, _SECRETARIAT, _COMMITTEE),
)

PROCEDURES = (individual_case, re_review)
