"""The question behind the text: may this person operate this source on this day?"""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.regulations.radiation_operator.certificates import is_valid
from tiaoli.regulations.radiation_operator.licences import exempt
from tiaoli.regulations.radiation_operator.limits import is_low
from tiaoli.regulations.radiation_operator.operation import moment, operation
from tiaoli.regulations.radiation_operator.qualifications import foreign_approved
from tiaoli.regulations.radiation_operator.renewal import awaits_renewal
from tiaoli.regulations.radiation_operator.substitute import may_operate_low
from tiaoli.regulations.radiation_operator.trainees import may_train
from tiaoli.regulations.radiation_operator.transition import operates_under_old_credential
from tiaoli.rules import (
    AS_OF,
    Band,
    Question,
    Rule,
    all_of,
    any_of,
    clause,
    completed,
    earliest,
    presumed,
    records,
    years,
)

practitioner = records("practitioner")
_born = earliest(practitioner, practitioner.date_of_birth).date_of_birth


def _aged(number: int) -> Rule:
    """Article 14 of the Act, a gate before every way of authority."""
    return presumed(
        completed(_born, years(number)) <= AS_OF,
        True,
        "未填出生日期者視為已滿十八歲",
        "taken to be of age where no date of birth is given",
    )


_foreigner = foreign_approved(operation.within_scope.is_(True))
_holds_certificate = clause("RAD-4.1.0", any_of(is_valid, awaits_renewal))

may_operate = Question(
    id="may-operate",
    label=Label("可否操作", "May operate"),
    asks=Label(
        "這個人在這一天是否可以操作這個輻射源，依據是什麼",
        "whether this person may operate this source on this day, and on what ground",
    ),
    bands=(
        Band(
            "authorised",
            all_of(
                _aged(18),
                any_of(
                    exempt,
                    may_train,
                    _holds_certificate,
                    _foreigner,
                    may_operate_low,
                    operates_under_old_credential,
                ),
            ),
        ),
        Band("needs_review", all_of(_aged(16), ~_aged(18), may_train)),
    ),
    otherwise="not_authorised",
    undecided="needs_review",
    goal="authorised",
    about="operation",
    as_of=moment,
)

source_limit = Question(
    id="source-limit",
    label=Label("輻射源的限值", "Limit of the source"),
    asks=Label(
        "操作這個輻射源，受過訓練即可，還是要有證書",
        "whether training is enough for this source, or a certificate is needed",
    ),
    bands=(Band("training_enough", is_low),),
    otherwise="certificate_needed",
    undecided="needs_review",
    about="operation",
    as_of=moment,
)

QUESTIONS = (may_operate, source_limit)
