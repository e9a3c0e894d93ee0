"""Radionuclide therapy and radioimmunoassay: who completed them, and in how large a laboratory."""

from __future__ import annotations

from tiaoli.facts.kinds import Unit
from tiaoli.regulations.nm_program.terms import its_resident
from tiaoli.rules import (
    AS_OF,
    Amount,
    AmountNode,
    Fold,
    Records,
    Rule,
    Value,
    all_of,
    any_record,
    its,
    known_if,
    latest,
    look_back,
    named,
    of_each,
    reading,
    records,
    related,
    sum_of,
    year_of,
    years,
)

rotation = records("rotation")
laboratory = records("ria_laboratory")


def _completed(area: str) -> Records:
    """Rotations of the resident whose turn it is that took place and are over."""
    return rotation.where(
        rotation.resident.same_as(its_resident.name),
        rotation.area.is_(area),
        rotation.status.is_("actual"),
        rotation.end_date <= AS_OF,
    )


therapy_completed = named(
    "完成放射核種治療訓練", "radionuclide therapy completed", any_record(_completed("therapy"))
)
_ria = _completed("ria")
_last_calendar_year = year_of(look_back(AS_OF, years(1)))


def _of_year(day: Value) -> Rule:
    """The volume in hand is that of the year which counts."""
    ended = year_of(day)
    return reading(
        "RIA_VOLUME_YEAR",
        year_training_ended=all_of(laboratory.year >= ended, laboratory.year <= ended),
        last_calendar_year=all_of(
            laboratory.year >= _last_calendar_year, laboratory.year <= _last_calendar_year
        ),
    )


def _volume(of: Records) -> AmountNode:
    known = any_record(of)
    tests = sum_of(laboratory.tests, of)
    return known_if(known, tests, "放免實驗室年檢驗量", "laboratory's tests in the year")


_no_tests = Amount(0, Unit.TEST)
_laboratory_there = laboratory.where(
    laboratory.institution.same_as(its(rotation).institution), _of_year(its(rotation).end_date)
)
_each_laboratory = of_each(
    _ria, _volume(_laboratory_there), fold=Fold.GREATEST, otherwise=_no_tests
)
_laboratories = laboratory.where(
    related(_ria, (laboratory.institution, rotation.institution)),
    _of_year(latest(_ria, rotation.end_date).end_date),
)
_together = of_each(_ria, _volume(_laboratories), fold=Fold.GREATEST, otherwise=_no_tests)
ria_volume = reading("RIA_VOLUME_SUM", no=_each_laboratory, yes=_together)
"""The tests a year of the laboratory in which the resident whose turn it is was trained."""


def ria_in(tests: int) -> Rule:
    zh = f"在年檢驗量 {tests // 10000} 萬項以上的實驗室完成放免訓練"
    en = f"radioimmunoassay completed in a laboratory of {tests:,} tests a year or more"
    return named(zh, en, ria_volume.at_least(Amount(tests, Unit.TEST)))
