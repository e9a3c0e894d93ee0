"""
4.1: supervision, complaints, and a mentor of one's own.

A programme without residents is not assessed. Who completed within four years stands for a resident
of today; the evidence is that of those here now or until a year ago.
"""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.regulations.nm_program.suggestion import context, suggests
from tiaoli.regulations.nm_program.terms import (
    cohort,
    explained,
    its_last_day,
    its_resident,
    resident,
    without_residents_41,
)
from tiaoli.rules import (
    NEVER,
    SATISFIED,
    Rule,
    all_of,
    any_of,
    any_record,
    clause,
    count,
    each_one,
    judged,
    latest,
    level,
    named,
    no,
    reading,
    records,
    related,
    scale,
    union,
)

_SURVEYORS = ("訪視委員", "surveyors")

_with_residents = clause(
    "NM-4.1.N",
    named("有（或視同有）住院醫師", "has residents, or is deemed to", ~without_residents_41),
)
_not_assessed = all_of(without_residents_41, reading("NA_MODE", forced=SATISFIED, optional=NEVER))

# Supervision

supervision = records("supervision_policy")
_policy = latest(supervision, supervision.adopted_date)

_norm_stated = named(
    "書面或訪談能說明督導規範",
    "the norm of supervision is stated in writing or in interviews",
    any_of(_policy.written_norm.is_(True), _policy.explained.is_(True)),
)
_supervised = all_of(
    named("書面訂有督導規範", "the norm is in writing", _policy.written_norm.is_(True)),
    named(
        "教師能說明督導的範圍與場合",
        "teachers can explain the scope of supervision",
        _policy.explained.is_(True),
    ),
    named("落實督導", "supervision is carried out", _policy.carried_out.is_(True)),
)
_recorded = named("有督導紀錄", "supervision is recorded", _policy.records.is_(True))
_SLASH_LIST = (
    _policy.promotion.is_(True),
    _policy.follow_up.is_(True),
    _policy.faculty_training.is_(True),
)
_policy_lived = named(
    "督導政策有宣導、追蹤、教師訓練",
    "the policy is promoted, followed up and taught to faculty",
    reading("SLASH_LIST_41", all=all_of(*_SLASH_LIST), any=any_of(*_SLASH_LIST)),
)

# Complaints

complaint = records("complaint")
_general = _policy.complaint_channel.is_(True)
_of_duty_hours = _policy.duty_hour_channel.is_(True)
_either_channel = any_of(_general, _of_duty_hours)
_channel = named(
    "有抱怨及申訴管道",
    "residents have a channel for complaints",
    reading("CHANNEL_KINDS", separate=_general, shared=_either_channel),
)
duty_hour_channel = named(
    "有工時的抱怨及申訴管道",
    "residents have a channel for complaints about duty hours",
    reading("CHANNEL_KINDS", separate=_of_duty_hours, shared=_either_channel),
)
"""For item 4.2.a."""

_through_the_channel = reading(
    "CHANNEL_KINDS",
    separate=complaint.channel.is_("general"),
    shared=complaint.channel.is_in("general", "duty_hours"),
)
_handled = named(
    "抱怨及申訴沒有處理無效者",
    "no complaint was handled ineffectively",
    no(complaint.where(_through_the_channel, complaint.handled.is_("ineffective"))),
)

# Mentors

faculty = records("faculty_member")


def _has_a_mentor_of_ones_own() -> Rule:
    """Nobody else who was in training at the same time had the same mentor."""
    shared_with = cohort.where(
        ~resident.name.same_as(its_resident.name),
        resident.mentor.same_as(its_resident.mentor),
        resident.start_date <= its_last_day,
        any_of(
            resident.completion_date.is_absent(),
            resident.completion_date >= its_resident.start_date,
        ),
    )
    return all_of(its_resident.mentor.is_given(), no(shared_with))


_mentors = union(
    cohort.where(resident.mentor.is_given()),
    faculty.where(related(cohort, (faculty.name, resident.mentor))),
    faculty.where(faculty.mentor_of.is_given()),
)
_as_many_mentors = count(_mentors, distinct=("mentor", "name", "name")) >= count(cohort)
_one_to_one = named(
    "住院醫師與導師一對一",
    "one mentor to one resident",
    reading(
        "RATIO_11",
        one_to_one_matching=each_one(cohort, _has_a_mentor_of_ones_own()),
        mentors_ge_residents=_as_many_mentors,
    ),
)

# The levels

_unrecorded = named("沒有督導紀錄", "no records of supervision", ~_recorded)
_no_record = all_of(_norm_stated, _unrecorded)
_words_of_1 = any_of(
    named("說不出督導規範", "the norm of supervision cannot be stated", ~_norm_stated),
    _unrecorded,
    named("沒有抱怨及申訴管道", "no channel for complaints", ~_channel),
)
_words_of_2 = any_of(
    _no_record,
    all_of(
        _channel,
        named("有抱怨或申訴處理無效", "a complaint was handled without effect", ~_handled),
    ),
    named(
        "督導政策沒有宣導、追蹤、教師訓練",
        "the policy is not promoted, followed up and taught to faculty",
        ~_policy_lived,
    ),
)
_words_of_3 = all_of(_supervised, _recorded, _channel, _handled, _policy_lived)
_reviewed = named(
    "對抱怨及申訴有適當檢討機制",
    "complaints are reviewed by an appropriate mechanism",
    _policy.review_mechanism.is_(True),
)
_corrected = judged(
    "NM-4.1.L5",
    "抱怨及申訴導入矯正預防措施，且執行良好",
    "corrective and preventive action on complaints is well executed",
    who=_SURVEYORS,
)
_words_of_4 = all_of(_words_of_3, _reviewed)
_shown = all_of(_with_residents, clause("NM-4.1.L3.G", any_record(cohort)), _words_of_3)
_explained = clause("NM-4.1.L3.Z", all_of(without_residents_41, explained("4.1")))
_more_than_3 = reading("Z_NOTE_EFFECT", substitutes_resident_facts=_explained, fixed_3=NEVER)

item_4_1 = suggests(
    scale(
        "4.1",
        Label("接受教導", "supervision"),
        level("NM-4.1.L1", all_of(_with_residents, _words_of_1), text=_words_of_1),
        level("NM-4.1.L2", all_of(_with_residents, _words_of_2), text=_words_of_2),
        level("NM-4.1.L3", any_of(_shown, _explained), text=_words_of_3),
        level("NM-4.1.L4", any_of(_shown, _more_than_3) & _reviewed, text=_words_of_4),
        level(
            "NM-4.1.L5",
            all_of(_shown, _reviewed, _one_to_one, _corrected),
            text=all_of(_words_of_4, _one_to_one, _corrected),
        ),
    ),
    upper=reading("L41_NO_RECORD", level_2=all_of(_no_record, _channel), level_1=NEVER),
    flags=(
        context(
            "NM-4.1.H",
            "主持人示範督導政策並與教師溝通",
            "the director models the policy and communicates it to faculty",
        ),
    ),
    not_assessed=_not_assessed,
)
