"""What a facility does: train its people, guide trainees, answer for foreigners under contract."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.rules import Guard, Procedure, State, Transition

_AUTHORITY = ("authority", Label("主管機關", "competent authority"))
_FACILITY = ("facility", Label("設施經營者", "facility operator"))
_QUALIFIED = ("qualified_person", Label("合格人員", "qualified person"))

facility_training = Procedure(
    id="facility-training",
    label=Label("設施自辦訓練", "Training by the facility"),
    states=(
        State("planned", Label("已規劃", "planned")),
        State("notified", Label("已報備", "notified")),
        State("held", Label("已辦理", "held")),
        State("proved", Label("已發證明", "proof issued"), final=True),
    ),
    transitions=(
        Transition(
            "notify",
            Label("報備", "file the notice"),
            ("planned",),
            "notified",
            by="facility",
            deadline="facility-training",
            output="facility_notice",
            clauses=("RAD-6.2a",),
        ),
        Transition(
            "hold",
            Label("辦理訓練", "hold the training"),
            ("notified",),
            "held",
            by="facility",
            guards=(Guard("facility-training", ("on_time", "needs_review")),),
            clauses=("RAD-6.1.1",),
        ),
        Transition(
            "prove",
            Label("發給證明", "issue proof"),
            ("held",),
            "proved",
            by="facility",
            output="qualification",
            clauses=("RAD-6.1.0", "RAD-6.2b"),
        ),
    ),
    roles=(_FACILITY,),
)

training = Procedure(
    id="trainee",
    label=Label("受訓操作", "Operating in training"),
    states=(
        State("admitted", Label("已收訓", "admitted")),
        State("cleared", Label("已完成講習", "lecture heard")),
        State("operating", Label("受指導操作", "operating under guidance")),
        State("stopped", Label("已停止", "stopped"), final=True),
    ),
    transitions=(
        Transition(
            "lecture",
            Label("上講習", "hear the lecture"),
            ("admitted",),
            "cleared",
            by="qualified_person",
            output="lecture",
            clauses=("RAD-3.3a", "RAD-3.4a"),
        ),
        Transition(
            "operate",
            Label("開始操作", "begin to operate"),
            ("cleared",),
            "operating",
            by="qualified_person",
            guards=(Guard("trainee", ("eligible",)),),
            output="supervision",
            clauses=("RAD-3.1.0", "RAD-3.3b"),
        ),
        Transition(
            "stop",
            Label("停止", "stop"),
            ("operating",),
            "stopped",
            by="qualified_person",
            deadline="half-year",
            clauses=("RAD-3.2",),
        ),
    ),
    roles=(_QUALIFIED,),
)

foreign = Procedure(
    id="foreign-operator",
    label=Label("外國人操作", "Foreign operator"),
    states=(
        State("planned", Label("已規劃", "planned")),
        State("filed", Label("已申請", "filed")),
        State("approved", Label("已核准", "approved")),
        State("refused", Label("駁回", "refused"), final=True),
        State("ended", Label("契約已結束", "ended"), final=True),
    ),
    transitions=(
        Transition(
            "file",
            Label("經營者申請", "the facility operator files"),
            ("planned",),
            "filed",
            by="facility",
            documents=("foreign_proof",),
            fee="fee",
            clauses=("RAD-4.3b",),
        ),
        Transition(
            "approve",
            Label("審查合格", "approve"),
            ("filed",),
            "approved",
            by="authority",
            deadline="processing-time",
            output="foreign_approval",
            clauses=("RAD-4.3a", "RAD-4.3b"),
        ),
        Transition(
            "refuse",
            Label("駁回", "refuse"),
            ("filed",),
            "refused",
            by="authority",
            clauses=("RAD-4.3b",),
        ),
        Transition(
            "end",
            Label("契約結束", "the contract ends"),
            ("approved",),
            "ended",
            by="facility",
            guards=(Guard("foreign-operator", ("not_authorised",)),),
            clauses=("RAD-4.3b",),
        ),
    ),
    roles=(_FACILITY, _AUTHORITY),
)


FACILITY_PROCEDURES = (facility_training, training, foreign)
