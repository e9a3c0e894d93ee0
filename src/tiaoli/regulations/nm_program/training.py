"""Chapter 6: what is trained, how, and how many cases."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.regulations.nm_program.suggestion import suggests
from tiaoli.regulations.nm_program.terms import in_each_resident_year, its_resident, na_item
from tiaoli.rules import (
    PERIOD_END,
    PERIOD_START,
    Rule,
    any_of,
    any_record,
    between,
    clause,
    how_many,
    level,
    named,
    reading,
    records,
    scale,
)

entry = records("passport_entry")

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


def _signed(kind: str) -> Rule:
    """The resident whose turn it is has a signed record of the kind in the year."""
    covered = reading(
        "EVENT_MULTI_COUNT",
        each_named=any_of(entry.type.is_(kind), entry.also.includes(kind)),
        first_only=entry.type.is_(kind),
    )
    own = entry.where(
        entry.resident.same_as(its_resident.name),
        covered,
        entry.signed_date.is_given(),
        between(entry.date, PERIOD_START, PERIOD_END),
    )
    label = entry.type.attribute.option_label(kind)
    return named(label.zh, label.en, any_record(own))


_eight = how_many(*map(_signed, KINDS_OF_TRAINING))
_six = how_many(*map(_signed, KINDS_OF_TRAINING[:6]))
kinds_a_year = in_each_resident_year(reading("L65_LIST", eight=_eight, six=_six))
_all_of_them = reading("L65_LIST", eight=kinds_a_year.at_least(8), six=kinds_a_year.at_least(6))

item_6_5 = suggests(
    scale(
        "6.5",
        Label("訓練種類", "kinds of training"),
        level("NM-6.5.L1", kinds_a_year.at_most(2)),
        level("NM-6.5.L2", kinds_a_year.at_least(3)),
        level("NM-6.5.L3", kinds_a_year.at_least(4)),
        level("NM-6.5.L4", kinds_a_year.at_least(5)),
        level("NM-6.5.L5", clause("NM-6.5.LIST", _all_of_them)),
    ),
    not_assessed=na_item,
)

QUESTIONS = (item_6_5,)
