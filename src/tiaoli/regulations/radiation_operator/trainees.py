"""Article 3: who may operate in training, after which lecture and under whose eyes."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.regulations.radiation_operator.limits import is_low
from tiaoli.regulations.radiation_operator.operation import moment, operation, source
from tiaoli.rules import (
    AS_OF,
    NEVER,
    Band,
    Figure,
    Question,
    Rule,
    Value,
    all_of,
    amount_clause,
    any_of,
    any_record,
    clause,
    day_clause,
    deadline,
    earliest,
    hours,
    judged,
    last_day_of,
    latest,
    months,
    no,
    reading,
    records,
    sum_of,
)
from tiaoli.rules.expressions import AttributeOf

trainee = records("trainee")
_in_training = trainee.where(any_of(trainee.end_date.is_absent(), trainee.end_date >= AS_OF))
_SCHOOLS = ("university", "junior_college", "secondary_school")

# Paragraphs 1 and 2: four groups, the last for half a year

_school_or_research = any_record(
    _in_training.where(
        trainee.category.is_("school_or_research"),
        trainee.institution_type.is_in(*_SCHOOLS, "research_institute"),
    )
)
_learner = any_record(
    _in_training.where(
        trainee.category.is_("training_body_learner"),
        trainee.approval_from <= AS_OF,
        any_of(trainee.approval_to.is_absent(), trainee.approval_to >= AS_OF),
    )
)
_clinical = any_record(_in_training.where(trainee.category.is_("clinical_training")))
_intern = any_record(
    _in_training.where(
        trainee.category.is_("hospital_intern"),
        any_of(
            trainee.institution_type.is_("hospital"),
            all_of(
                trainee.institution_type.is_("clinic"),
                judged(
                    "RAD-3.1.3b",
                    "在診所實習是否等同醫院實習",
                    "whether internship in a clinic is like that in a hospital",
                    who=("主管機關", "authority"),
                ),
            ),
        ),
    )
)

_pre_employed = trainee.where(trainee.category.is_("pre_employment"))


def _half_year_ends(start: Value) -> Value:
    return reading(
        "rad.s3.half_year",
        per_facility_continuous_first_day_counted=last_day_of(start, months(6)),
        lifetime_cumulative=last_day_of(earliest(_pre_employed).start_date, months(6)),
        first_day_excluded=deadline(start, months(6)),
    )


_pre_employment_now = _in_training.where(trainee.category.is_("pre_employment"))
_within_half_year = clause(
    "RAD-3.2",
    any_record(_pre_employment_now.where(_half_year_ends(trainee.start_date) >= AS_OF)),
)
_pre_employment = all_of(any_record(_pre_employment_now), _within_half_year)

is_of_a_group = any_of(
    clause("RAD-3.1.1", _school_or_research),
    clause("RAD-3.1.2", _learner),
    clause("RAD-3.1.3a", _clinical),
    clause("RAD-3.1.3b", _intern),
    clause("RAD-3.1.4", _pre_employment),
)

# Paragraphs 3 and 4: the lecture beforehand, three hours of it

lecture = records("lecture")
supervision = records("supervision")


def _is_qualified(said: AttributeOf, by: AttributeOf) -> Rule:
    return any_of(
        all_of(by.is_absent(), said.is_(True)),
        by.is_in("certificate", "licence"),
        reading(
            "rad.s3.qualified_person",
            certificate_or_art2_licence=NEVER,
            also_training_only_for_low_sources=all_of(by.is_("training_only"), is_low),
        ),
    )


_planned = lecture.where(_is_qualified(lecture.planner_qualified, lecture.qualified_by))
_lecture_hours = sum_of(lecture.hours, _planned)
_three_hours = _lecture_hours.at_least(hours(3))
_school_curriculum = any_record(
    _in_training.where(
        trainee.institution_type.is_in(*_SCHOOLS), trainee.approved_curriculum.is_(True)
    )
)
has_heard_lecture = all_of(
    clause("RAD-3.3a", any_record(_planned)),
    clause(
        "RAD-3.4a",
        reading(
            "rad.s3.three_hours_school",
            retention_only=_three_hours,
            both=any_of(_three_hours, _school_curriculum),
        ),
    ),
)

# Paragraph 3: guidance, and direct supervision of sources under permit

_on_the_day = supervision.where(
    supervision.date.same_as(AS_OF),
    _is_qualified(supervision.qualified, supervision.qualified_by),
    any_of(supervision.source.is_absent(), supervision.source.same_as(operation.source)),
)
_is_guided = any_record(_on_the_day)
_is_supervised = any_record(_on_the_day.where(supervision.type.is_("direct")))
_permit = source.regulation_class.is_("permit")
_mobile = source.mobile.is_(True)
_unshielded = source.fixed_shielding.is_(False)
_must_be_supervised = reading(
    "rad.s3.guidance_vs_direct",
    permit_and_mobile_or_unshielded=all_of(_permit, any_of(_mobile, _unshielded)),
    permit_mobile_or_any_unshielded=any_of(all_of(_permit, _mobile), _unshielded),
)
may_train = clause(
    "RAD-3.1.0",
    all_of(
        is_of_a_group,
        has_heard_lecture,
        _is_guided,
        clause("RAD-3.3b", any_of(_is_supervised, ~_must_be_supervised)),
    ),
)

# What may be asked

_HOURS = Figure(
    "hours", Label("講習時數", "Lecture hours"), amount_clause("RAD-3.4a", _lecture_hours)
)

ready = Question(
    id="trainee",
    label=Label("受訓者的資格與講習", "Trainee: group and lecture"),
    asks=Label(
        "是否屬可受訓操作的人員，並已上過足夠的講習",
        "whether the person belongs to a group that may train, and has heard the lecture",
    ),
    bands=(
        Band("eligible", clause("RAD-3.1.0", all_of(is_of_a_group, has_heard_lecture))),
        Band("not_in_training", ~is_of_a_group),
    ),
    otherwise="not_yet",
    undecided="needs_review",
    goal="eligible",
    figures=(_HOURS,),
    as_of=moment,
)

supervision_needed = Question(
    id="supervision",
    label=Label("受訓操作的監督方式", "Supervision of a trainee"),
    asks=Label(
        "受訓者操作這個輻射源須直接監督還是指導即可",
        "whether a trainee needs direct supervision for this source, or guidance",
    ),
    bands=(Band("direct_supervision", clause("RAD-3.3b", _must_be_supervised)),),
    otherwise="guidance",
    undecided="needs_review",
    about="operation",
    as_of=moment,
)

half_year = Question(
    id="half-year",
    label=Label("就職前受訓的半年", "The half year of pre-employment training"),
    asks=Label(
        "就職前受訓者可受指導操作到哪一天",
        "until which day a person in pre-employment training may operate under guidance",
    ),
    bands=(
        Band("running", _within_half_year),
        Band("not_in_training", no(_pre_employed)),
    ),
    otherwise="over",
    figures=(
        Figure(
            "until",
            Label("末日", "Last day"),
            day_clause("RAD-3.2", _half_year_ends(latest(_pre_employed).start_date)),
        ),
    ),
)

QUESTIONS = (ready, supervision_needed, half_year)
