"""6.3: what residents do for patients, and what they are certified for."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.regulations.nm_program.suggestion import context, suggests
from tiaoli.regulations.nm_program.terms import (
    cohort,
    every_resident,
    explained,
    its_last_day,
    its_resident,
    na_item,
    with_residents,
    without_residents,
)
from tiaoli.rules import (
    AS_OF,
    NEVER,
    Quantifier,
    Rule,
    all_of,
    any_of,
    any_record,
    between,
    clause,
    each_one,
    judged,
    last_day_of,
    level,
    named,
    or_else,
    reading,
    records,
    scale,
    years,
)

report = records("image_report")
education = records("health_education_session")
injury_training = records("radiation_injury_training")
certificate = records("radiation_certificate")

_own_report = report.where(report.drafter.same_as(its_resident.name))
_own_education = education.where(education.resident.same_as(its_resident.name))
_own_injury = injury_training.where(injury_training.resident.same_as(its_resident.name))

# Of the resident whose turn it is

_writes = named("有寫判讀報告", "writes reports", any_record(_own_report))
_reviewed = named(
    "報告有複審指導紀錄",
    "reports are reviewed on record",
    any_record(_own_report.where(report.review_record.is_(True))),
)
_educates = named("有做衛教", "does patient education", any_record(_own_education))
_education_recorded = named(
    "衛教有訓練紀錄",
    "patient education is recorded",
    any_record(_own_education.where(education.record.is_(True))),
)
_not_reviewed = named("報告沒有複審指導紀錄", "no report is reviewed on record", ~_reviewed)
_does_not_educate = named("沒有做衛教", "does no patient education", ~_educates)
_education_not_recorded = named(
    "衛教沒有訓練紀錄", "patient education is not recorded", ~_education_recorded
)
_end_of_first_year = last_day_of(its_resident.start_date, years(1))
_trained_in_first_year = any_record(
    _own_injury.where(between(injury_training.date, its_resident.start_date, _end_of_first_year))
)
_still_in_time = reading(
    "R1_INJURY_DUE", end_of_r1=its_last_day <= _end_of_first_year, at_entry=NEVER
)
_injury_in_first_year = named(
    "第一年受過輻傷訓練（或第一年尚未結束）",
    "radiation-injury training in the first year, or that year is still running",
    any_of(_trained_in_first_year, _still_in_time),
)
_injury_trained = named(
    "受過輻傷訓練", "has had radiation-injury training", any_record(_own_injury)
)
_feedback = named(
    "報告與衛教都有考核回饋紀錄",
    "feedback on record for reports and for patient education",
    all_of(
        any_record(_own_report.where(report.feedback.is_(True))),
        any_record(_own_education.where(education.feedback.is_(True))),
    ),
)

_from = or_else(certificate.valid_from, certificate.issue_date)
_in_force = certificate.where(
    certificate.holder.same_as(its_resident.name),
    certificate.status.is_("valid"),
    _from <= AS_OF,
    any_of(
        certificate.expiry_date >= AS_OF,
        all_of(
            certificate.expiry_date.is_absent(),
            any_of(
                ~certificate.type.is_("radiation_safety"), last_day_of(_from, years(6)) >= AS_OF
            ),
        ),
    ),
)
_protection = any_record(
    _in_force.where(certificate.type.is_in("protection_officer", "protection_specialist"))
)
_safety = any_record(_in_force.where(certificate.type.is_("radiation_safety")))
_may_work = named(
    "持有有效的輻安證書",
    "holds a radiation safety certificate in force",
    reading("RP_CERT_SUBSUMES_RS_CERT", yes=any_of(_safety, _protection), no=_safety),
)
_protects = named(
    "持有有效的輻防員或輻防師證書",
    "holds a radiation protection officer's or specialist's certificate in force",
    _protection,
)

# Of all of them


def _of_somebody(rule: Rule) -> Rule:
    """What keeps everybody from reaching more; the reverse of ``every_resident``."""
    most = ~each_one(cohort, ~rule, Quantifier.MAJORITY)
    return reading(
        "PERSON_QUANTIFIER",
        all=each_one(cohort, rule, Quantifier.ANY),
        any=each_one(cohort, rule, Quantifier.ALL),
        mean=most,
        majority=most,
    )


_nothing_kept = _of_somebody(all_of(_writes, _not_reviewed, _does_not_educate))
_half_kept = _of_somebody(
    any_of(all_of(_writes, _not_reviewed), all_of(_educates, _education_not_recorded))
)
_all_kept = every_resident(all_of(_writes, _reviewed, _education_recorded, _injury_in_first_year))
_certified = every_resident(all_of(_feedback, _injury_trained, _may_work))
_protection_certified = reading(
    "RP_CERT_SCOPE_635",
    all=every_resident(_protects),
    any=each_one(cohort, _protects, Quantifier.ANY),
)
_care_shown = judged(
    "NM-6.3.L5",
    "住院醫師直接、連續而完整地照顧病人，依科內規則考核，責任隨年資提高",
    "direct, continuous and complete care, assessed by the rules, with growing responsibility",
    who=("訪視委員", "surveyors"),
)
_explained = clause("NM-6.3.L3.Z", all_of(without_residents, explained("6.3")))
_above_level_1 = named("沒有等級1的情形", "nothing that level 1 describes", ~_nothing_kept)
_level_1 = level("NM-6.3.L1", all_of(with_residents, _nothing_kept), text=_nothing_kept)
_level_3 = level(
    "NM-6.3.L3",
    any_of(_explained, all_of(with_residents, clause("NM-6.3.L3.G", _all_kept))),
    text=_all_kept,
)
_text_4 = all_of(_all_kept, _certified)
_level_4 = level("NM-6.3.L4", all_of(with_residents, _level_3.rule, _certified), text=_text_4)

item_6_3 = suggests(
    scale(
        "6.3",
        Label("臨床訓練", "clinical training"),
        _level_1,
        level(
            "NM-6.3.L2",
            all_of(with_residents, _half_kept, _above_level_1),
            text=_half_kept,
        ),
        _level_3,
        _level_4,
        level(
            "NM-6.3.L5",
            all_of(_level_4.rule, _protection_certified, _care_shown),
            text=all_of(_text_4, _protection_certified, _care_shown),
        ),
    ),
    worse=_of_somebody(named("沒有寫判讀報告", "writes no reports", ~_writes)),
    not_assessed=na_item,
    flags=(
        context(
            "NM-6.3.H",
            "直接、連續、完整照顧病人，責任隨年資提高",
            "direct, continuous and complete care, with growing responsibility",
        ),
    ),
)
