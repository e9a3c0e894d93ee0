"""Days: windows with both their edges, the latest and the first record, and years of service."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from three_readings import case, check, dossier

from tiaoli.answers.meaning import Truth, value
from tiaoli.facts.kinds import NONE
from tiaoli.rules import (
    AS_OF,
    MixedUnits,
    Value,
    any_record,
    between,
    completed,
    date_of,
    day_if,
    day_of_earlier_month,
    days,
    days_after,
    days_later,
    deadline,
    earlier_of,
    earliest,
    falls_on_saturday,
    follow,
    last_day_of,
    later_of,
    latest,
    look_back,
    lookback,
    months,
    not_a_holiday_on_or_after,
    or_else,
    records,
    served,
    the,
    workday_on_or_after,
    workdays_after,
    workdays_before,
    years,
)

MET, NOT, OPN = True, False, None
DAY = datetime.date.fromisoformat

paper = records("publication")
award = records("level_award")
service = records("clinical_service")


def publication(day: str) -> dict[str, Any]:
    return {"kind": "publication", "publication_date": day}


# --- Windows ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("published", "edge_inside", "edge_outside"),
    [
        ("2021-06-29", NOT, NOT),
        ("2021-06-30", MET, NOT),
        ("2021-07-01", MET, MET),
        ("2026-06-30", MET, MET),
        ("2026-07-01", NOT, NOT),
        ("unknown", OPN, OPN),
    ],
)
def test_five_years_back_from_the_last_day_of_june(
    published: str, edge_inside: Truth, edge_outside: Truth
) -> None:
    told = dossier(publication(published))
    inside = lookback(paper.publication_date, years(5))
    outside = lookback(paper.publication_date, years(5), edge_inside=False)
    check(any_record(paper.where(inside)), told, edge_inside)
    check(any_record(paper.where(outside)), told, edge_outside)


@pytest.mark.parametrize(
    ("published", "expected"),
    [("2027-02-27", NOT), ("2027-02-28", MET), ("2028-02-29", MET)],
)
def test_a_year_back_from_a_leap_day_ends_on_the_28th(published: str, expected: Truth) -> None:
    recent = any_record(paper.where(lookback(paper.publication_date, years(1))))
    check(recent, dossier(publication(published)), expected, on="2028-02-29")


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2024-01-31", NOT), ("2024-02-01", MET), ("2024-02-29", MET), ("2024-03-01", NOT)],
)
def test_between_two_days_holds_both(day: str, expected: Truth) -> None:
    february = between(paper.publication_date, date_of(2024, 2, 1), date_of(2024, 2, 29))
    check(any_record(paper.where(february)), dossier(publication(day)), expected)


MOVES: list[tuple[Value, str]] = [
    (look_back(AS_OF, months(6)), "2025-12-30"),
    (completed(AS_OF, years(1)), "2027-06-30"),
    (completed(AS_OF, years(1), first_day_counts=False), "2027-07-01"),
    (last_day_of(AS_OF, years(6)), "2032-06-29"),
    (deadline(AS_OF, days(30)), "2026-07-30"),
    (days_after(AS_OF, 1), "2026-07-01"),
    (days_after(AS_OF, -1), "2026-06-29"),
    (workdays_after(AS_OF, 5), "2026-07-07"),
    (workday_on_or_after(date_of(2026, 7, 4)), "2026-07-06"),
    (workdays_before(date_of(2026, 2, 23), 3), "2026-02-11"),
    (workdays_before(date_of(2025, 2, 8), 3), "2025-02-05"),
    (workdays_before(date_of(2025, 2, 9), 3), "2025-02-06"),
    (workdays_before(date_of(2025, 2, 9), 3, makeup_saturdays=False), "2025-02-05"),
    (workdays_before(date_of(2025, 5, 2), 1), "2025-05-01"),
    (workdays_before(date_of(2025, 5, 2), 1, labour_day=True), "2025-04-30"),
    (
        workdays_before(date_of(2025, 5, 2), 1, labour_day=True, makeup_saturdays=False),
        "2025-04-30",
    ),
    (not_a_holiday_on_or_after(date_of(2025, 5, 25)), "2025-05-25"),
    (not_a_holiday_on_or_after(date_of(2026, 9, 25)), "2026-09-26"),
    (day_of_earlier_month(date_of(2025, 1, 10), 15), "2024-12-15"),
    (day_of_earlier_month(date_of(2025, 3, 31), 25, months_before=0), "2025-03-25"),
    (later_of(AS_OF, date_of(2026, 7, 1)), "2026-07-01"),
    (earlier_of(AS_OF, date_of(2026, 7, 1)), "2026-06-30"),
]


@pytest.mark.parametrize(("moved", "expected"), MOVES)
def test_how_the_law_counts_from_the_last_day_of_june(moved: Value, expected: str) -> None:
    assert value(moved, case(dossier())) == DAY(expected)
    check(moved <= date_of(*DAY(expected).timetuple()[:3]), dossier(), MET)
    check(moved < date_of(*DAY(expected).timetuple()[:3]), dossier(), NOT)


@pytest.mark.parametrize(
    ("approved", "found"),
    [("2024-01-01", DAY("2024-01-01")), ("none", DAY("2026-06-30")), ("unknown", None)],
)
def test_a_fallback_stands_in_for_no_day_but_not_for_an_unknown_one(
    approved: str, found: datetime.date | None
) -> None:
    told = dossier({"kind": "level_award", "approval_date": approved})
    last = the(award.whenever()).approval_date
    assert value(or_else(last, AS_OF), case(told)) == found


# --- The latest and the first -------------------------------------------------------------


def level(name: str, day: str) -> dict[str, Any]:
    return {"kind": "level_award", "level": name, "approval_date": day}


RT1, RT2 = level("RT1", "2020-01-01"), level("RT2", "2023-01-01")
FUTURE, UNDATED = level("RT4", "2027-01-01"), level("RT3", "unknown")


@pytest.mark.parametrize(
    ("awards", "last", "first"),
    [
        ([RT1, RT2], "RT2", "RT1"),
        ([RT2, RT1], "RT2", "RT1"),
        ([RT1, FUTURE], "RT1", "RT1"),
        ([RT1, UNDATED], None, None),
        ([UNDATED], None, None),
        ([], NONE, NONE),
        ([FUTURE], NONE, NONE),
    ],
)
def test_the_latest_and_the_first_are_known_where_no_unknown_day_could_change_them(
    awards: list[dict[str, Any]], last: Any, first: Any
) -> None:
    told = dossier(*awards)
    assert value(latest(award).level, case(told)) == last
    assert value(earliest(award).level, case(told)) == first
    check(latest(award).level.is_("RT2"), told, None if last is None else last == "RT2")


def test_an_unlisted_award_may_be_the_latest_but_is_not_the_one_that_was_named() -> None:
    told = dossier({**RT2, "id": "two"}, incomplete=("level_award",))
    check(latest(award).level.is_("RT2"), told, OPN)
    check(the(award).level.is_("RT2"), told, OPN)
    check(the(award).level.is_("RT2"), told, MET, about="two")


def test_the_record_that_was_named_is_meant() -> None:
    told = dossier({**RT1, "id": "one"}, {**RT2, "id": "two"})
    check(the(award).level.is_("RT1"), told, NOT)
    check(the(award).level.is_("RT1"), told, MET, about="one")


def test_nothing_is_later_for_one_who_has_nothing() -> None:
    check(latest(award).approval_date <= AS_OF, dossier(), NOT)
    check(latest(award).approval_date > AS_OF, dossier(), NOT)
    check(latest(award).approval_date.is_absent(), dossier(), MET)


# --- Service ------------------------------------------------------------------------------


def worked(first: str, last: str = "") -> dict[str, Any]:
    end = {"end_date": last} if last else {}
    return {"kind": "clinical_service", "start_date": first, **end}


UNBROKEN = [worked("2023-03-01")]
A_DAY_OFF = [worked("2023-03-01", "2023-06-30"), worked("2023-07-02")]


@pytest.mark.parametrize(
    ("spells", "complete"),
    [
        (UNBROKEN, "2024-03-01"),
        (A_DAY_OFF, "2024-03-01"),
        ([worked("2023-03-01", "2023-06-30"), worked("2023-07-01")], "2024-03-01"),
        ([worked("2024-02-29")], "2025-03-01"),
    ],
)
def test_a_year_is_full_on_the_day_after_its_last(
    spells: list[dict[str, Any]], complete: str
) -> None:
    told, eve = dossier(*spells), DAY(complete) - datetime.timedelta(days=1)
    check(served(service, 1), told, NOT, on=eve.isoformat())
    check(served(service, 1), told, MET, on=complete)


def test_by_another_reading_it_is_full_on_its_last_day_or_a_day_later() -> None:
    on_last = served(service, 1, complete_on_last_day=True)
    first_out = served(service, 1, first_day_counts=False)
    check(on_last, dossier(*UNBROKEN), NOT, on="2024-02-28")
    check(on_last, dossier(*UNBROKEN), MET, on="2024-02-29")
    check(first_out, dossier(*UNBROKEN), NOT, on="2024-03-01")
    check(first_out, dossier(*UNBROKEN), MET, on="2024-03-02")


@pytest.mark.parametrize(
    ("licensed", "expected"),
    [("2023-01-01", MET), ("2023-03-02", NOT), ("none", NOT), ("unknown", OPN)],
)
def test_service_counts_since_a_day(licensed: str, expected: Truth) -> None:
    licence = {"kind": "level_award", "approval_date": licensed}
    since = the(award.whenever()).approval_date
    told = dossier(*UNBROKEN, licence)
    check(served(service, 1, since=since), told, expected, on="2024-03-01")


@pytest.mark.parametrize(
    ("spells", "incomplete", "expected"),
    [
        ([worked("2023-03-01", "unknown")], (), OPN),
        ([worked("unknown")], (), OPN),
        ([worked("2023-03-01", "2023-12-31")], (), NOT),
        ([worked("2023-03-01", "2023-12-31")], ("clinical_service",), OPN),
        ([worked("2020-03-01", "2021-12-31"), worked("unknown")], (), MET),
    ],
)
def test_what_is_not_known_of_service_leaves_it_open(
    spells: list[dict[str, Any]], incomplete: tuple[str, ...], expected: Truth
) -> None:
    check(served(service, 1), dossier(*spells, incomplete=incomplete), expected, on="2024-06-01")


# --- A day for those who meet a rule ------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("journal_article", DAY("2020-01-01")), ("proceedings", NONE), ("unknown", None)],
)
def test_a_day_is_fixed_only_for_those_who_meet_its_rule(kind: str, expected: Any) -> None:
    fixed = day_if(any_record(paper.where(paper.type.is_("journal_article"))), date_of(2020, 1, 1))
    assert value(fixed, case(dossier({**publication("2024-01-01"), "type": kind}))) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2026-03-13", NOT), ("2026-03-14", MET), ("2026-03-15", NOT), ("unknown", OPN)],
)
def test_a_day_that_falls_on_a_saturday(day: str, expected: Truth) -> None:
    told = dossier({"kind": "level_award", "level": "RT1", "approval_date": day})
    check(falls_on_saturday(latest(award).approval_date), told, expected)


check_of = records("equipment_check")
due = days_later(check_of.date, follow(check_of.equipment).maintenance_interval)


@pytest.mark.parametrize(
    ("interval", "expected"), [(90, True), (89, False), ("none", False), ("unknown", None)]
)
def test_so_many_days_later_as_a_record_says(interval: Any, expected: Truth) -> None:
    told = dossier(
        {"id": "pet", "kind": "equipment", "type": "pet", "maintenance_interval": interval},
        {"kind": "equipment_check", "equipment": "pet", "date": "2026-04-01"},
    )
    check(any_record(check_of.where(due >= AS_OF)), told, expected)


def test_an_amount_of_another_sort_is_no_number_of_days() -> None:
    with pytest.raises(MixedUnits, match="is no number of days"):
        days_later(check_of.date, records("training").hours)
