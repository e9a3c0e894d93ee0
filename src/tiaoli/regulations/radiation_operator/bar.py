"""Article 9: grounds for withdrawal, and the year without applications that follows it."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.regulations.radiation_operator.certificates import sanction, withdrawals
from tiaoli.rules import (
    AS_OF,
    Band,
    Figure,
    Question,
    Rule,
    Value,
    all_of,
    any_of,
    any_record,
    between,
    clause,
    day_clause,
    deadline,
    judged,
    last_day_of,
    latest,
    no,
    presumed,
    reading,
    years,
)


def _barred_until(served: Value, decided: Value) -> Value:
    return reading(
        "rad.s9.bar_start",
        service_date_first_day_counted=last_day_of(served, years(1)),
        decision_date=last_day_of(decided, years(1)),
        excluded=deadline(served, years(1)),
    )


_in_effect = sanction.where(
    sanction.type.is_in("revocation", "rescission"),
    between(
        AS_OF,
        sanction.service_date,
        _barred_until(sanction.service_date, sanction.decision_date),
    ),
)
is_barred = clause("RAD-9.2", any_record(_in_effect))
is_free = clause("RAD-9.2", no(_in_effect))

_last = latest(withdrawals, sanction.service_date)

bar = Question(
    id="bar",
    label=Label("撤銷廢止後不得申請", "Bar after withdrawal"),
    asks=Label(
        "證書遭撤銷或廢止後，是否仍在不得申請的一年內",
        "whether applications are still barred after a revocation or rescission",
    ),
    bands=(
        Band("barred", is_barred),
        Band("never_withdrawn", ~any_record(withdrawals)),
    ),
    otherwise="free_to_apply",
    undecided="needs_review",
    goal="free_to_apply",
    figures=(
        Figure(
            "until",
            Label("不得申請的末日", "Last barred day"),
            day_clause("RAD-9.2", _barred_until(_last.service_date, _last.decision_date)),
        ),
    ),
)

# Paragraph 1: the grounds, found by the authority; whether it withdraws is for it to say

_pending = sanction.where(any_of(sanction.service_date.is_absent(), sanction.service_date > AS_OF))


def _found(ground: str, *more: Rule) -> Rule:
    return any_record(_pending.where(sanction.ground.is_(ground), *more))


_convicted = reading(
    "rad.s9.conviction",
    final_conviction=_found("offence", sanction.final_conviction.is_(True)),
    indictment=_found("offence"),
)
_other_serious = any_of(
    _found("serious"),
    presumed(
        judged(
            "RAD-9.1.4",
            "是否另有重大違規",
            "whether there is another serious violation",
            who=("主管機關", "authority"),
        ),
        False,
        "主管機關未認定者不視為有",
        "not taken to be so before the authority has found it",
    ),
)
_ground = any_of(
    clause("RAD-9.1.1", _found("false_documents")),
    clause("RAD-9.1.2", _found("lending")),
    clause("RAD-9.1.3", _convicted),
    clause("RAD-9.1.4", _other_serious),
)
_to_be_withdrawn = presumed(
    judged(
        "RAD-9.1.0",
        "是否撤銷或廢止證書",
        "whether the certificate is to be withdrawn",
        who=("主管機關", "authority"),
    ),
    False,
    "主管機關得決定而未決定",
    "the authority may decide so and has not",
)

grounds = Question(
    id="withdrawal",
    label=Label("撤銷與廢止的事由", "Grounds for withdrawal"),
    asks=Label(
        "是否有得撤銷或廢止證書的事由",
        "whether there is a ground on which the certificate may be withdrawn",
    ),
    bands=(
        Band("to_be_withdrawn", clause("RAD-9.1.0", all_of(_ground, _to_be_withdrawn))),
        Band("may_be_withdrawn", _ground),
    ),
    otherwise="no_ground",
    undecided="needs_review",
)

QUESTIONS = (bar, grounds)
