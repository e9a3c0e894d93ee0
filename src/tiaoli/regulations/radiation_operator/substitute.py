"""Article 6: training in place of a certificate, and the notice a facility files beforehand."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.regulations.radiation_operator.dates import last_day_to_keep
from tiaoli.regulations.radiation_operator.limits import is_low
from tiaoli.regulations.radiation_operator.qualifications import (
    has_credits,
    proved,
    qualification,
)
from tiaoli.rules import (
    AS_OF,
    NEVER,
    SATISFIED,
    Band,
    Figure,
    Question,
    Rule,
    Value,
    all_of,
    any_of,
    any_record,
    clause,
    day_clause,
    days_after,
    deadline,
    follow,
    judged,
    or_else,
    reading,
    records,
    the,
    years,
)
from tiaoli.rules.records import Followed, One

# Paragraph 2: the notice


def _filed_before(notice: One | Followed) -> Rule:
    return any_of(
        notice.filing_date < notice.training_start,
        reading(
            "rad.s6.notice_same_day",
            earlier_time_or_earlier_date=all_of(
                notice.filing_date <= notice.training_start, notice.filed_at < notice.starts_at
            ),
            earlier_date_only=NEVER,
        ),
    )


_FIELDS = ("trainees", "time", "place", "course", "hours", "instructors")


def _notified(notice: One | Followed) -> Rule:
    return all_of(_filed_before(notice), notice.fields.includes(*_FIELDS))


_own_notice = follow(qualification.notice)
_notified_or_excused = any_of(
    _notified(_own_notice),
    reading(
        "rad.s6.notice_missing",
        needs_review=judged(
            "RAD-6.2a",
            "未依規定先報備的自辦訓練是否採計",
            "whether training held without prior notice is accepted",
            who=("主管機關", "authority"),
        ),
        invalid=NEVER,
        valid_but_breach=SATISFIED,
    ),
)

# Paragraph 1: the training, or two credits

_trained = proved.where(
    qualification.type.is_in("substitute_training", "certificate_training"),
    any_of(
        qualification.provider_type.is_("approved_business"),
        all_of(qualification.provider_type.is_("facility_operator"), _notified_or_excused),
    ),
    reading(
        "rad.s6.proof_validity",
        none=SATISFIED,
        six_years=deadline(qualification.end_date, years(6)) >= AS_OF,
    ),
)
may_operate_low = clause(
    "RAD-6.1.0",
    all_of(
        is_low,
        any_of(
            clause("RAD-6.1.1", any_record(_trained)),
            clause("RAD-6.1.2", has_credits(2)),
        ),
        reading("rad.s4.low_source_exception", act_31_II_prevails=SATISFIED, literal_art4=NEVER),
    ),
)

# What may be asked of a notice

notice = the(records("facility_notice").whenever())

training_notice = Question(
    id="facility-training",
    label=Label("自辦訓練的報備", "Notice of facility training"),
    asks=Label(
        "設施自辦訓練是否已先報備，最遲哪一天報備",
        "whether facility training was notified beforehand, and by which day at the latest",
    ),
    bands=(
        Band("on_time", clause("RAD-6.2a", _notified(notice))),
        Band("incomplete", ~notice.fields.includes(*_FIELDS)),
    ),
    otherwise="breach",
    undecided="needs_review",
    figures=(
        Figure(
            "last_day",
            Label("報備末日", "Last day for the notice"),
            day_clause("RAD-6.2a", days_after(notice.training_start, -1)),
        ),
    ),
    about="facility_notice",
)


def _kept_until() -> Value:
    return last_day_to_keep(
        reading(
            "rad.s6.retention_from",
            training_end=or_else(notice.training_end, notice.training_start),
            filing=notice.filing_date,
        ),
        10,
    )


training_retention = Question(
    id="training-retention",
    label=Label("自辦訓練資料的保存", "Retention of facility training records"),
    asks=Label(
        "自辦訓練的資料要保存到哪一天",
        "until which day records of facility training must be kept",
    ),
    bands=(
        Band("breach", clause("RAD-6.2b", notice.records_destroyed_date <= _kept_until())),
        Band("must_keep", clause("RAD-6.2b", _kept_until() >= AS_OF)),
    ),
    otherwise="may_destroy",
    undecided="needs_review",
    figures=(
        Figure(
            "until", Label("保存末日", "Last day to keep"), day_clause("RAD-6.2b", _kept_until())
        ),
    ),
    about="facility_notice",
)

QUESTIONS = (training_notice, training_retention)
