"""Chapter 7: conferences and research, which have files of their own, and quality courses (7.3)."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.regulations.nm_program.academic_conferences import item_7_1_1, item_7_1_2
from tiaoli.regulations.nm_program.academic_joint import item_7_2
from tiaoli.regulations.nm_program.academic_research import item_7_1_3
from tiaoli.regulations.nm_program.suggestion import suggests
from tiaoli.regulations.nm_program.terms import (
    explained,
    in_each_resident_year,
    its_resident,
    open_to_explained,
    or_fewer,
    with_residents,
    without_residents,
)
from tiaoli.rules import (
    NEVER,
    PERIOD_END,
    PERIOD_START,
    SATISFIED,
    Rule,
    all_of,
    any_of,
    any_record,
    between,
    called,
    clause,
    how_many,
    level,
    named,
    reading,
    records,
    scale,
    unless,
)

attendance = records("course_attendance")

# 7.3: quality-related courses

TOPICS = (
    "ethics",
    "patient_safety",
    "patient_autonomy",
    "communication",
    "evidence_based",
    "infection_control",
    "rural_support",
    "hospice",
    "telemedicine",
)


def _attended(topic: str) -> Rule:
    """The resident whose turn it is took a course on the topic in the year."""
    covered = reading(
        "EVENT_MULTI_COUNT",
        each_named=any_of(attendance.topic.is_(topic), attendance.also.includes(topic)),
        first_only=attendance.topic.is_(topic),
    )
    own = attendance.where(
        attendance.resident.same_as(its_resident.name),
        covered,
        between(attendance.date, PERIOD_START, PERIOD_END),
    )
    label = attendance.topic.attribute.option_label(topic)
    return named(label.zh, label.en, any_record(own))


topics_a_year = in_each_resident_year(
    called("九項課題中上過課的項數", "topics attended, of nine", how_many(*map(_attended, TOPICS)))
)
_explained_73 = clause("NM-7.3.L3.Z", all_of(without_residents, explained("7.3")))
_one_is_level_2 = reading("OVERLAP_73", level_2=SATISFIED, level_1=NEVER)

item_7_3 = suggests(
    scale(
        "7.3",
        Label("品質課程", "quality courses"),
        level(
            "NM-7.3.L1",
            all_of(with_residents, or_fewer(topics_a_year, 1)),
            text=or_fewer(topics_a_year, 1),
        ),
        level(
            "NM-7.3.L2",
            all_of(with_residents, topics_a_year.at_least(1)),
            text=unless(topics_a_year.at_least(1), topics_a_year.at_least(2)),
        ),
        level(
            "NM-7.3.L3",
            any_of(
                _explained_73,
                all_of(with_residents, clause("NM-7.3.LIST", topics_a_year.at_least(2))),
            ),
            text=topics_a_year.at_least(2),
        ),
        level(
            "NM-7.3.L4",
            all_of(open_to_explained, with_residents, topics_a_year.at_least(3)),
            text=topics_a_year.at_least(3),
        ),
        level(
            "NM-7.3.L5",
            all_of(with_residents, topics_a_year.at_least(4)),
            text=topics_a_year.at_least(4),
        ),
    ),
    upper=_one_is_level_2,
)

QUESTIONS = (item_7_1_1, item_7_1_2, item_7_1_3, item_7_2, item_7_3)
