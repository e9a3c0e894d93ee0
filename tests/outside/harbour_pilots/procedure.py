"""Article 2 as a procedure: to the guild, the fee, the board, the badge."""

from __future__ import annotations

from harbour_pilots.words import pilot_badge, pilot_filing
from tiaoli.facts.kinds import Label
from tiaoli.rules import Guard, Procedure, Role, Seat
from tiaoli.rules.steps import (
    APPLICANT,
    DRAFT,
    INCOMPLETE,
    NOT_PASSED,
    WITHDRAWN,
    returned,
    state,
    step,
    withdrawal,
    written,
)

GUILD = Role("guild", Label("公會", "guild"), Seat.OFFICE)
BOARD = Role("board", Label("引水人評議會", "pilots' board"), Seat.PANEL)

badge = Procedure(
    "badge",
    Label("申請引水人徽章", "Application for a pilot's badge"),
    states=(
        DRAFT,
        state("filed", "已提出", "filed"),
        INCOMPLETE,
        state("fee_due", "待繳費", "fee due"),
        state("before_the_board", "評議中", "before the board"),
        state("issued", "已核發", "issued", final=True),
        NOT_PASSED,
        WITHDRAWN,
    ),
    transitions=(
        step(
            "file", ("提出", "file"), "draft", "filed", APPLICANT, "HP-1.north", "HP-1.south",
            "HP-2.file", guards=(Guard("badge", ("eligible", "needs_review")),),
            documents=("logbook",), dates=("filed_on",),
        ),
        *returned("filed", GUILD, APPLICANT, "HP-5", within="completion"),
        step(
            "ask_fee", ("收齊，通知繳費", "complete: ask for the fee"), "filed", "fee_due", GUILD,
            "HP-3", fee="badge-fee", dates=("received_on",),
        ),
        step(
            "pay", ("繳費", "pay"), "fee_due", "before_the_board", APPLICANT,
            "HP-3", fee="badge-fee", dates=("paid_on",),
        ),
        step(
            "issue", ("核發徽章", "issue the badge"), "before_the_board", "issued", BOARD,
            "HP-2.fit", guards=(Guard("badge", ("eligible",)),), shows=("badge",),
            output=written(pilot_badge.name, status="valid"), lasts="badge-expiry",
            dates=("decided_on",), adds={"result": "passed"},
        ),
        step(
            "refuse", ("不通過", "refuse"), "before_the_board", "not_passed", BOARD,
            "HP-2.fit", shows=("badge",), dates=("decided_on",), adds={"result": "failed"},
        ),
        withdrawal(APPLICANT, "draft", "filed", "incomplete", "fee_due", "before_the_board"),
    ),
    file=written(pilot_filing.name),
)  # fmt: skip

PROCEDURES = (badge,)
