"""Chapter 6: what is trained, by which curriculum, and which kinds of training are done."""

from __future__ import annotations

from tiaoli.facts.kinds import Label, Unit
from tiaoli.facts.vocabulary.programme import SERVICES
from tiaoli.regulations.nm_program.services import (
    ALL_FIVE,
    BOTH_IMAGING,
    at_partner,
    own,
    self_trained,
)
from tiaoli.regulations.nm_program.suggestion import context, suggests
from tiaoli.regulations.nm_program.terms import (
    cohort,
    every_resident,
    explained,
    in_each_resident_year,
    its_resident,
    na_item,
    of_each_resident,
    open_to_explained,
    review_start,
    the_programme,
    with_residents,
    without_residents,
)
from tiaoli.regulations.nm_program.training_care import item_6_3
from tiaoli.regulations.nm_program.training_cases import item_6_4
from tiaoli.rules import (
    AS_OF,
    NEVER,
    PERIOD_END,
    PERIOD_START,
    SATISFIED,
    Amount,
    AmountNode,
    Flag,
    Quantifier,
    Rule,
    Value,
    all_of,
    any_of,
    any_record,
    between,
    called,
    clause,
    each_one,
    how_many,
    judged,
    level,
    named,
    no,
    reading,
    records,
    scale,
    sum_of,
)

# 6.1: the five areas of training

rotation = records("rotation")
poster = records("presentation")


def _here(area: str) -> Rule:
    """In the department, as the text has it; it does not ask for continuous operation."""
    return own(area, "department", running=SATISFIED)


def _outside(area: str) -> Rule:
    """
    A partner has it in its plan, or residents rotate there for it. Another department of the lead
    hospital is outside too, where residents rotate to it.
    """
    zh, en = SERVICES[area]
    rotations = rotation.where(rotation.area.is_(area))
    elsewhere = rotations.where(~rotation.institution.same_as(the_programme.lead_institution))
    in_the_hospital = all_of(own(area, "hospital", running=SATISFIED), any_record(rotations))
    arranged = any_of(at_partner(area), any_record(elsewhere), in_the_hospital)
    return named(f"{zh}排有外訓", f"{en} arranged outside", all_of(~_here(area), arranged))


_OUTSIDE = {area: _outside(area) for area in ALL_FIVE}
_gamma_and_pet = named(
    "伽瑪與正子都在科內自訓",
    "gamma and PET both trained in the department",
    all_of(*map(_here, BOTH_IMAGING)),
)
trained_here = self_trained("department", running=SATISFIED)
trained_outside = called(
    "五項訓練中排有外訓的項數",
    "arranged outside, of the five areas",
    how_many(*_OUTSIDE.values()),
)
covered = called(
    "五項訓練中自訓或外訓已涵蓋的項數",
    "covered here or outside, of the five areas",
    how_many(
        *(
            named(f"涵蓋{zh}", f"{en} covered", any_of(_here(area), _OUTSIDE[area]))
            for area, (zh, en) in SERVICES.items()
        )
    ),
)
_all_covered = covered.at_least(5)

_shown_poster = any_record(
    poster.where(
        poster.person.same_as(its_resident.name),
        poster.type.is_in("poster", "e_poster"),
        poster.society_annual_meeting.is_(True),
        between(poster.date, review_start, AS_OF),
    )
)
_poster = named(
    "學會年會的壁報發表",
    "a poster at the society's annual meeting",
    reading(
        "L61_POSTER_SCOPE",
        any_cohort_member=each_one(cohort, _shown_poster, Quantifier.ANY),
        each=each_one(cohort, _shown_poster, Quantifier.ALL),
    ),
)
_related = rotation.where(
    rotation.area.is_("related"),
    any_of(rotation.resident.is_absent(), rotation.resident.same_as(its_resident.name)),
)
_months_related = of_each_resident(
    called(
        "到相關臨床科受訓的月數",
        "months in related clinical departments",
        sum_of(rotation.months, _related),
    )
)
_two_months_related = _months_related.at_least(Amount(2, Unit.MONTH))
_extras = all_of(_poster, _two_months_related)
_core_shown = judged(
    "NM-6.1.L5",
    "書審與訪談可見課程界定專科應有的能力，並與訓練內容對應",
    "documents and interviews show that the curriculum defines the abilities of a specialist",
    who=("訪視委員", "surveyors"),
)
_rated = reading(
    "NORES_61",
    fixed_3=named(
        "有（或視同有）住院醫師；沒有者本項視同3級，不再往上評",
        "has residents, or is deemed to; without them the item is level 3 and goes no higher",
        with_residents,
    ),
    floor_3=SATISFIED,
    evaluate=SATISFIED,
)
_treated_as_3 = clause(
    "NM-6.1.L3.Z",
    all_of(
        without_residents,
        reading("NORES_61", fixed_3=SATISFIED, floor_3=SATISFIED, evaluate=NEVER),
    ),
)
_two_or_fewer = reading(
    "L61_COVERAGE", self_plus_external=covered.at_most(2), self_only=trained_here.at_most(2)
)


def _exactly(number: int, amount: AmountNode) -> Rule:
    return all_of(amount.at_least(number), amount.at_most(number))


item_6_1 = suggests(
    scale(
        "6.1",
        Label("訓練項目", "training items"),
        level("NM-6.1.L1", _two_or_fewer, text=all_of(covered.at_least(1), _two_or_fewer)),
        level(
            "NM-6.1.L2",
            all_of(_exactly(3, trained_here), _gamma_and_pet, trained_outside.at_most(0)),
        ),
        level(
            "NM-6.1.L3",
            any_of(_treated_as_3, all_of(_gamma_and_pet, trained_here.at_least(3), _all_covered)),
            text=all_of(_gamma_and_pet, _exactly(3, trained_here), trained_outside.at_least(2)),
        ),
        level(
            "NM-6.1.L4",
            all_of(
                _rated,
                _gamma_and_pet,
                trained_here.at_least(4),
                _all_covered,
                clause("NM-6.1.L4.G", _extras),
            ),
            text=all_of(
                _gamma_and_pet,
                _exactly(4, trained_here),
                trained_outside.at_least(1),
                _extras,
            ),
        ),
        level(
            "NM-6.1.L5",
            all_of(
                _rated,
                trained_here.at_least(5),
                reading(
                    "L61_L5_NEEDS_L4_EXTRAS",
                    no=SATISFIED,
                    yes=clause("NM-6.1.L5.G", _extras),
                ),
                _core_shown,
            ),
            text=all_of(trained_here.at_least(5), _core_shown),
        ),
    ),
    flags=(
        Flag(
            "prerequisite_unmet",
            Label(
                "五項未全涵蓋：同時不符3.1的必要條件",
                "the five areas are not all covered: a prerequisite of 3.1 is unmet as well",
            ),
            ~_all_covered,
        ),
    ),
)

# 6.2: the curriculum and its passport

entry = records("passport_entry")
course = records("course_attendance")

_passport = the_programme.passport.is_(True)
_matches = judged(
    "NM-6.2.L3",
    "護照的訓練項目與核心課程都合於宗旨與目標",
    "every item and core course of the passport matches purpose and objectives",
    who=("訪視委員", "surveyors"),
)
_own_entry = entry.where(entry.resident.same_as(its_resident.name))
_recorded = named(
    "每位住院醫師都有教學紀錄", "teaching records of each resident",
    every_resident(any_record(_own_entry)),
)  # fmt: skip
_signed_by_all = named(
    "教學紀錄都有簽名", "every teaching record signed",
    every_resident(no(_own_entry.where(entry.signed_date.is_absent()))),
)  # fmt: skip
_explained_62 = clause("NM-6.2.L3.Z", all_of(without_residents, explained("6.2")))


def _taught(topic: str, zh: str, en: str) -> Rule:
    """Somebody whose training is looked at has had the course."""
    own = course.where(
        course.resident.same_as(its_resident.name),
        any_of(course.topic.is_(topic), course.also.includes(topic)),
    )
    return named(zh, en, each_one(cohort, any_record(own), Quantifier.ANY))


_courses = all_of(
    _taught("ethics", "有醫學倫理課程", "a course in medical ethics"),
    _taught("law", "有醫療法律課程", "a course in medical law"),
)
_answered = named(
    "上次訪視的建議已有回應",
    "the recommendations of the previous visit are answered",
    any_of(the_programme.previous_recommendations.is_absent(), the_programme.responses.is_given()),
)
_effective = judged(
    "NM-6.2.L5",
    "課程次序、時段、場所與教法有效，已落實並持續改善，上次訪視的每項建議都處理了",
    "order, times, places and methods work, are carried out and improved, on each past advice too",
    who=("訪視委員", "surveyors"),
)
_fields = all_of(
    the_programme.passport_assessment_field.is_(True),
    the_programme.passport_feedback_field.is_(True),
)
_text_3 = all_of(_passport, _matches, _recorded, _signed_by_all)
_text_4 = all_of(_text_3, _fields)
_shown_62 = any_of(_explained_62, all_of(with_residents, _recorded, _signed_by_all))
_rule_3 = level("NM-6.2.L3", all_of(_passport, _matches, _shown_62), text=_text_3)
_rule_4 = level("NM-6.2.L4", all_of(open_to_explained, _rule_3.rule, _fields), text=_text_4)

item_6_2 = suggests(
    scale(
        "6.2",
        Label("核心課程", "core curriculum"),
        level("NM-6.2.L1", ~_passport),
        level("NM-6.2.L2", all_of(_passport, ~_matches)),
        _rule_3,
        _rule_4,
        level(
            "NM-6.2.L5",
            all_of(_rule_4.rule, any_of(without_residents, _courses), _answered, _effective),
            text=all_of(_text_4, _courses, _answered, _effective),
        ),
    ),
    flags=(
        context(
            "NM-6.2.H",
            "書面課程反映學習目標、可行、教法多樣",
            "a written curriculum that reflects the objectives, feasible and varied in method",
        ),
    ),
)

# 6.5: kinds of training

KINDS_OF_TRAINING = (
    "report_writing",
    "image_reading",
    "patient_education",
    "joint_presenter",
    "pre_therapy_review",
    "ria_quality",
    "instrument_quality",
    "exposure_records",
)
"""The eight that the fifth level lists; the statement of the item lists the first six."""


def _signed(kind: str, start: Value, end: Value) -> Rule:
    """The resident whose turn it is has a signed record of the kind between the two days."""
    covers = reading(
        "EVENT_MULTI_COUNT",
        each_named=any_of(entry.type.is_(kind), entry.also.includes(kind)),
        first_only=entry.type.is_(kind),
    )
    own = entry.where(
        entry.resident.same_as(its_resident.name),
        covers,
        entry.signed_date.is_given(),
        between(entry.date, start, end),
    )
    label = entry.type.attribute.option_label(kind)
    return named(label.zh, label.en, any_record(own))


def _kinds(number: int, start: Value, end: Value) -> AmountNode:
    kinds = how_many(*(_signed(kind, start, end) for kind in KINDS_OF_TRAINING[:number]))
    return called(f"{number}類訓練中做到的類數", f"kinds of training done, of {number}", kinds)


kinds_a_year = in_each_resident_year(
    reading(
        "L65_LIST",
        eight=_kinds(8, PERIOD_START, PERIOD_END),
        six=_kinds(6, PERIOD_START, PERIOD_END),
    )
)
_kinds_in_all = of_each_resident(
    reading(
        "L65_LIST",
        eight=_kinds(8, its_resident.start_date, AS_OF),
        six=_kinds(6, its_resident.start_date, AS_OF),
    )
)


def _all_of_them(kinds: AmountNode) -> Rule:
    return reading("L65_LIST", eight=kinds.at_least(8), six=kinds.at_least(6))


_every_kind = reading(
    "L65_L5_PERIOD",
    per_year=_all_of_them(kinds_a_year),
    whole_training=_all_of_them(_kinds_in_all),
)

item_6_5 = suggests(
    scale(
        "6.5",
        Label("訓練種類", "kinds of training"),
        level("NM-6.5.L1", kinds_a_year.at_most(2)),
        level("NM-6.5.L2", kinds_a_year.at_least(3), text=_exactly(3, kinds_a_year)),
        level("NM-6.5.L3", kinds_a_year.at_least(4)),
        level("NM-6.5.L4", kinds_a_year.at_least(5)),
        level("NM-6.5.L5", clause("NM-6.5.LIST", _every_kind)),
    ),
    not_assessed=na_item,
)

QUESTIONS = (item_6_1, item_6_2, item_6_3, item_6_4, item_6_5)
