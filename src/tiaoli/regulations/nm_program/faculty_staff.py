"""Chapter 5.3: who keeps the files, and who else helps to teach."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.regulations.nm_program.suggestion import suggests
from tiaoli.regulations.nm_program.terms import (
    cohort,
    explained,
    open_to_explained,
    resident,
    the_programme,
    with_residents,
    without_residents,
)
from tiaoli.rules import (
    AS_OF,
    NEVER,
    SATISFIED,
    all_of,
    any_of,
    any_record,
    clause,
    every,
    level,
    named,
    reading,
    records,
    scale,
)

staff = records("support_staff")

_here = staff.where(any_of(staff.to_date.is_absent(), staff.to_date >= AS_OF))
_administrator = named(
    "有專職或兼職行政人員",
    "an administrator, full or part time",
    any_record(_here.where(staff.type.is_("administrator"))),
)
_filed = named(
    "資料依住院醫師層級歸檔",
    "files are kept by the level of the residents",
    the_programme.files_by_level.is_(True),
)
_unfiled = named(
    "資料未依住院醫師層級歸檔", "files are not kept by the level of the residents", ~_filed
)
_kept = any_of(
    all_of(with_residents, _filed),
    clause("NM-5.3.L3.Z", all_of(without_residents, explained("5.3"))),
)
_each_has_a_file = named(
    "每位住院醫師各有檔案",
    "a file for each resident",
    every(cohort, resident.individual_file.is_(True)),
)
_protection_staff = named(
    "輻射防護人員協助教學",
    "radiation-protection staff help teach",
    any_record(_here.where(staff.type.is_("radiation_protection"), staff.helps_teach.is_(True))),
)
_specialised_staff = named(
    "專任放射藥師、放免人員或加速器操作人員協助教學且有紀錄",
    "a full-time radiopharmacist, RIA staff or cyclotron operator helps teach, on record",
    any_record(
        _here.where(
            staff.type.is_in("radiopharmacist", "ria_staff", "cyclotron_operator"),
            staff.full_time.is_(True),
            staff.helps_teach.is_(True),
            staff.teaching_records.is_(True),
        )
    ),
)

_level_3 = level("NM-5.3.L3", all_of(_administrator, _kept), text=all_of(_administrator, _filed))
_beyond = all_of(_each_has_a_file, _protection_staff)
_level_4 = level(
    "NM-5.3.L4",
    all_of(open_to_explained, _level_3.rule, _beyond),
    text=all_of(_level_3.literal, _beyond),
)

item_5_3 = suggests(
    scale(
        "5.3",
        Label("其他人員", "other staff"),
        level(
            "NM-5.3.L1",
            any_of(~_administrator, all_of(with_residents, _unfiled)),
            text=any_of(~_administrator, _unfiled),
        ),
        level(
            "NM-5.3.L2",
            all_of(_administrator, with_residents, _unfiled),
            text=all_of(_administrator, _unfiled),
        ),
        _level_3,
        _level_4,
        level(
            "NM-5.3.L5",
            all_of(_level_4.rule, _specialised_staff),
            text=all_of(_level_4.literal, _specialised_staff),
        ),
    ),
    upper=reading("L53_NOT_FILED", level_2=SATISFIED, level_1=NEVER),
)

QUESTIONS = (item_5_3,)
