"""What a facility does: train its people, guide trainees, answer for foreigners under contract."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.rules import Guard, Procedure, Role, Seat
from tiaoli.rules.steps import (
    INCOMPLETE,
    REFUSED,
    WITHDRAWN,
    returned,
    state,
    step,
    withdrawal,
    written,
)

AUTHORITY = Role("authority", Label("主管機關", "competent authority"), Seat.OFFICE)
FACILITY = Role("facility", Label("設施經營者", "facility operator"))
QUALIFIED = Role("qualified_person", Label("合格人員", "qualified person"), Seat.OTHER_PERSON)

facility_training = Procedure(
    "facility-training",
    Label("設施自辦訓練", "Training by the facility"),
    states=(
        state("planned", "已規劃", "planned"),
        state("notified", "已報備", "notified"),
        state("held", "已辦理", "held"),
        state("proved", "已發證明", "proof issued", final=True),
    ),
    transitions=(
        step(
            "notify", ("報備", "file the notice"), "planned", "notified", FACILITY, "RAD-6.2a",
            deadline="facility-training", dates=("filing_date",),
        ),
        step(
            "hold", ("辦理訓練", "hold the training"), "notified", "held", FACILITY, "RAD-6.1.1",
            guards=(Guard("facility-training", ("on_time", "needs_review")),),
            dates=("training_end",),
        ),
        step(
            "prove", ("發給證明", "issue proof"), "held", "proved", FACILITY,
            "RAD-6.1.0", "RAD-6.2b", output="qualification", lasts="proof-validity",
        ),
    ),
    file=written("facility_notice"),
)  # fmt: skip

training = Procedure(
    "trainee",
    Label("受訓操作", "Operating in training"),
    states=(
        state("admitted", "已收訓", "admitted"),
        state("cleared", "已完成講習", "lecture heard"),
        state("operating", "受指導操作", "operating under guidance"),
        state("stopped", "已停止", "stopped", final=True),
    ),
    transitions=(
        step(
            "lecture", ("上講習", "hear the lecture"), "admitted", "cleared", QUALIFIED,
            "RAD-3.3a", "RAD-3.4a", output="lecture",
        ),
        step(
            "operate", ("開始操作", "begin to operate"), "cleared", "operating", QUALIFIED,
            "RAD-3.1.0", "RAD-3.3b", guards=(Guard("trainee", ("eligible",)),),
            output="supervision",
        ),
        step(
            "stop", ("停止", "stop"), "operating", "stopped", QUALIFIED, "RAD-3.2",
            deadline="half-year",
        ),
    ),
)  # fmt: skip

foreign = Procedure(
    "foreign-operator",
    Label("外國人操作", "Foreign operator"),
    states=(
        state("planned", "已規劃", "planned"),
        state("filed", "已申請", "filed"),
        state("approved", "已核准", "approved"),
        INCOMPLETE,
        REFUSED,
        state("ended", "契約已結束", "ended", final=True),
        WITHDRAWN,
    ),
    transitions=(
        step(
            "file", ("經營者申請", "the facility operator files"), "planned", "filed", FACILITY,
            "RAD-4.3b", documents=("foreign_proof",), fee="fee", dates=("filed_date",),
        ),
        *returned(
            "filed", AUTHORITY, FACILITY, "RAD-4.3b",
            when=(Guard("documents", ("incomplete", "needs_review")),),
        ),
        step(
            "approve", ("審查合格", "approve"), "filed", "approved", AUTHORITY,
            "RAD-4.3a", "RAD-4.3b", deadline="processing-time", output="foreign_approval",
            dates=("decision_date",), adds={"result": "passed"},
        ),
        step(
            "refuse", ("駁回", "refuse"), "filed", "refused", AUTHORITY, "RAD-4.3b",
            deadline="processing-time", dates=("decision_date",), adds={"result": "failed"},
        ),
        step(
            "end", ("契約結束", "the contract ends"), "approved", "ended", FACILITY, "RAD-4.3b",
            guards=(Guard("foreign-operator", ("not_authorised",)),),
        ),
        withdrawal(FACILITY, "filed", "incomplete"),
    ),
    file=written("application", type="foreign"),
)  # fmt: skip


FACILITY_PROCEDURES = (facility_training, training, foreign)
