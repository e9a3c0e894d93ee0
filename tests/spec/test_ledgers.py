"""Ledgers: what each record counts, in turn, until a cap is full; portions and periods."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from three_readings import case, check, dossier

from tiaoli.answers.explain import Reader, explain_amount
from tiaoli.answers.meaning import Range, amount, value
from tiaoli.facts.kinds import Label
from tiaoli.rules import (
    SATISFIED,
    TENTH,
    Cap,
    MixedUnits,
    Once,
    Value,
    amount_clause,
    amount_table,
    any_record,
    date_of,
    during,
    ledger,
    length_of,
    minutes,
    month_end_on_or_after,
    number_of,
    periods_in,
    points,
    portion,
    records,
    times,
    twd,
    years,
)
from tiaoli.rules.expressions import Rule

MET, NOT, OPN = True, False, None

entry = records("credit_entry")
practice = records("practice_registration")
SAYS = {name: Label(name, name) for name in ("C1", "C2", "C3")}


def credit(worth: Any, date: str = "2024-05-01", **more: Any) -> dict[str, Any]:
    """One activity of so many hours."""
    return {"kind": "credit_entry", "hours": worth, "date": date, **more}


one_point_an_hour = amount_clause("C1", times(points(1), portion(entry.hours, minutes(60), TENTH)))
online = entry.mode.is_("5")
CAP = Cap("C2", online, points(3))
ETHICS = entry.attribute.is_("ethics")


def counted(told: Any, **how: Any) -> Range | None:
    return amount(ledger(entry, one_point_an_hour, day=entry.date, **how), case(told))


# --- Caps ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("worth", "found"),
    [([1, 1], 2), ([1, 2], 3), ([2, 2], 3), (["1.5", "1.4"], Decimal("2.9")), ([], 0)],
)
def test_a_cap_is_filled_and_no_more(worth: list[Any], found: Any) -> None:
    told = dossier(*(credit(each, mode="5") for each in worth))
    assert counted(told, caps=(CAP,)) == Range(found, found)


def test_what_falls_under_no_cap_is_not_bound_by_one() -> None:
    told = dossier(credit(4, mode="5"), credit(4, mode="4"))
    assert counted(told, caps=(CAP,)) == Range(7, 7)


def test_one_cap_holds_for_each_value_of_what_it_goes_by() -> None:
    by_term = Cap("C2", SATISFIED, points(3), (entry.semester,))
    terms = ("2024-1", "2024-1", "2024-2")
    told = dossier(*(credit(2, semester=term) for term in terms))
    assert counted(told, caps=(by_term,)) == Range(5, 5)


def test_a_record_that_has_no_such_value_is_by_itself() -> None:
    by_term = Cap("C2", SATISFIED, points(3), (entry.semester,))
    told = dossier(credit(2), credit(2))
    assert counted(told, caps=(by_term,)) == Range(4, 4)


def test_a_cap_is_filled_in_order_of_time_by_those_not_asked_about_too() -> None:
    early = credit(2, "2024-01-01", mode="5", attribute="professional")
    late = credit(2, "2024-02-01", mode="5", attribute="ethics")
    told = dossier(late, early)
    assert counted(told, caps=(CAP,), within=ETHICS) == Range(1, 1)
    assert counted(told, caps=(CAP,), within=ETHICS, first=ETHICS) == Range(2, 2)


@pytest.mark.parametrize(("cap_first", "found"), [(False, 3), (True, 6)])
def test_a_factor_comes_before_the_cap_or_after_it(cap_first: bool, found: int) -> None:
    told = dossier(credit(2, mode="5"), credit(2, mode="5"))
    both = counted(told, caps=(CAP,), factor=number_of(2), cap_first=cap_first)
    assert both == Range(found, found)


def test_a_cap_of_another_unit_is_refused() -> None:
    with pytest.raises(MixedUnits, match="TWD is no cap for POINT"):
        ledger(entry, one_point_an_hour, day=entry.date, caps=(Cap("C2", SATISFIED, twd(3)),))


# --- Once ---------------------------------------------------------------------------------

ONCE = Once("C3", SATISFIED, (entry.source_id,))
HIGHEST = Once("C3", SATISFIED, (entry.source_id,), highest=True)


def same_work(*worths: int) -> list[dict[str, Any]]:
    """Records of one work, a month apart."""
    return [credit(n, f"2024-0{m}-01", source_id="A") for m, n in enumerate(worths, 1)]


@pytest.mark.parametrize(
    ("worths", "earliest", "highest"), [((1, 2, 3), 1, 3), ((2, 3, 1), 2, 3), ((2, 1), 2, 2)]
)
def test_of_the_same_work_the_earliest_counts_or_the_one_worth_most(
    worths: tuple[int, ...], earliest: int, highest: int
) -> None:
    told = dossier(*same_work(*worths))
    assert counted(told, once=(ONCE,)) == Range(earliest, earliest)
    assert counted(told, once=(HIGHEST,)) == Range(highest, highest)


def test_another_work_counts_beside_it() -> None:
    first, again = same_work(1, 2)
    told = dossier(first, {**again, "source_id": "B"})
    assert counted(told, once=(ONCE,)) == Range(3, 3)


def test_what_is_worth_most_is_so_with_its_factor() -> None:
    first, again = same_work(3, 2)
    told = dossier({**first, "mode": "1"}, {**again, "mode": "5"})
    double = amount_table((online, number_of(2)), otherwise=number_of(1))
    assert counted(told, once=(HIGHEST,), factor=double) == Range(4, 4)


def test_of_several_worth_most_the_earliest_counts() -> None:
    first, again = same_work(2, 2)
    told = dossier({**first, "attribute": "law"}, {**again, "attribute": "ethics"})
    assert counted(told, once=(HIGHEST,), within=ETHICS) == Range(0, 0)


# --- Truncated after multiplying ----------------------------------------------------------

HALF_MORE = number_of(Decimal("1.5"))


@pytest.mark.parametrize(
    ("cap_first", "found"), [(False, 3), (True, Decimal("4.5"))], ids=["cap last", "cap first"]
)
def test_a_cap_that_comes_first_binds_the_raw_amounts_though_they_are_truncated_later(
    cap_first: bool, found: Any
) -> None:
    """3.1 under a cap of 3: 4.65 and so 4.6, of which 3 count; or 3, which make 4.5."""
    told = dossier(credit("3.1", mode="5"))
    how = {"caps": (CAP,), "factor": HALF_MORE, "cap_first": cap_first, "step": TENTH}
    assert counted(told, **how) == Range(found, found)


@pytest.mark.parametrize("cap_first", [False, True])
@pytest.mark.parametrize(
    ("cases", "pooled", "found"),
    [("AA", (entry.case,), "5.7"), ("AB", (entry.case,), "5.6"), ("AA", (), "5.6")],
)
def test_what_is_pooled_is_truncated_at_once(
    cap_first: bool, cases: str, pooled: tuple[Value, ...], found: str
) -> None:
    """Twice 1.9 are 3.8, and half more 5.7; each by itself is 2.85, and so 2.8."""
    told = dossier(*(credit("1.9", case=name) for name in cases))
    how = {"factor": HALF_MORE, "cap_first": cap_first, "step": TENTH, "pooled": pooled}
    assert counted(told, **how) == Range(Decimal(found), Decimal(found))


@pytest.mark.parametrize(("cap_first", "low", "high"), [(False, "2.8", 3), (True, "2.75", "4.7")])
def test_what_is_truncated_is_bounded_while_something_is_not_known(
    cap_first: bool, low: str, high: Any
) -> None:
    told = dossier(credit("1.9", mode="5", case="A"), credit("unknown", mode="5", case="A"))
    how = {"caps": (CAP,), "factor": HALF_MORE, "cap_first": cap_first, "step": TENTH}
    assert counted(told, **how, pooled=(entry.case,)) == Range(Decimal(low), Decimal(high))


def test_a_line_says_what_is_left_of_it_when_it_is_truncated() -> None:
    told = dossier({**credit("1.9", mode="1"), "id": "talk"})
    of = ledger(entry, one_point_an_hour, day=entry.date, factor=HALF_MORE, step=TENTH)
    _, (free,), _, _ = explain_amount(of, Reader(case(told), SAYS))
    assert [line.says for line in free.children] == [
        Label(
            "talk：1.9 分 × 1.5 = 2.85 分，捨去後 2.8 分",
            "talk: 1.9 points × 1.5 = 2.85 points, truncated to 2.8 points",
        )
    ]
    assert free.not_counted == ()


# --- What is not known --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "within", "low", "high"),
    [
        ([credit(2, mode="1"), credit("unknown", mode="1")], SATISFIED, 2, None),
        ([credit(2, mode="5"), credit("unknown", mode="5")], SATISFIED, 2, 3),
        ([credit(4, mode="5"), credit("unknown", mode="5")], SATISFIED, 3, 3),
        ([credit(2, mode="5"), credit(2, mode="unknown")], SATISFIED, 2, 4),
        ([credit(2, attribute="ethics", mode="1"), credit(1, mode="1")], ETHICS, 2, 3),
        ([credit(2, mode="5", attribute="ethics"), credit(2, mode="5")], ETHICS, 1, 3),
    ],
)
def test_what_is_certain_and_what_is_possible(
    facts: list[dict[str, Any]], within: Rule, low: int, high: int | None
) -> None:
    assert counted(dossier(*facts), caps=(CAP,), within=within) == Range(low, high)


def test_of_an_incomplete_kind_more_may_follow() -> None:
    told = dossier(credit(2), incomplete=("credit_entry",))
    assert counted(told) == Range(2, None)


# --- Portions -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("length", "step", "up", "found"),
    [
        ("49 min", TENTH, False, Decimal("0.9")),
        ("50 min", TENTH, False, 1),
        ("99 min", TENTH, False, Decimal("1.9")),
        ("99 min", number_of(1), False, 1),
        ("99 min", number_of(1), True, 2),
        ("100 min", number_of(1), True, 2),
    ],
)
def test_a_portion_is_whole_steps(length: str, step: Any, up: bool, found: Any) -> None:
    each = portion(entry.hours, minutes(50), step, up=up)
    told = dossier(credit(length))
    assert amount(each, case(told), told.facts[0].values) == Range(found, found)


def test_pooled_portions_are_rounded_once_for_all_that_agree() -> None:
    pooled = portion(entry.hours, minutes(50), TENTH, pooled=(entry.case,))
    of = ledger(entry, times(points(1), pooled), day=entry.date)
    two = [credit("49 min", case="A"), credit("49 min", case="A")]
    assert amount(of, case(dossier(*two))) == Range(Decimal("1.9"), Decimal("1.9"))
    apart = [credit("49 min", case="A"), credit("49 min", case="B")]
    assert amount(of, case(dossier(*apart))) == Range(Decimal("1.8"), Decimal("1.8"))
    unsure = [credit("49 min", case="A"), credit("49 min", case="unknown")]
    assert amount(of, case(dossier(*unsure))) == Range(Decimal("1.8"), Decimal("1.9"))


def test_hours_do_not_go_into_points() -> None:
    with pytest.raises(MixedUnits, match="MINUTE is not divided by POINT"):
        portion(entry.hours, points(1))


# --- Periods, lists, days -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("end", "found"), [("2025-02-27", 0), ("2025-02-28", 1), ("2026-02-28", 2), ("unknown", None)]
)
def test_full_years_between_two_days(end: str, found: int | None) -> None:
    told = dossier(credit(1, start_date="2024-03-01", end_date=end))
    full = periods_in(entry.start_date, entry.end_date, years(1))
    row = told.facts[0].values
    assert amount(full, case(told), row) == (
        Range(0, None) if found is None else Range(found, found)
    )


@pytest.mark.parametrize(
    ("topics", "found"),
    [
        (["gender"], Range(1, 1)),
        (["gender", "infection_control"], Range(2, 2)),
        ("none", Range(0, 0)),
        ("unknown", Range(0, None)),
    ],
)
def test_a_list_has_a_length(topics: Any, found: Range) -> None:
    told = dossier(credit(1, topics=topics))
    assert amount(length_of(entry.topics), case(told), told.facts[0].values) == found


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2024-01-01", "2024-05-01", MET),
        ("2024-05-01", "none", MET),
        ("2024-05-02", "none", NOT),
        ("2024-01-01", "2024-04-30", NOT),
        ("2024-01-01", "unknown", OPN),
    ],
)
def test_a_day_lies_in_the_period_of_another_record(
    start: str, end: str, expected: bool | None
) -> None:
    island = {"kind": "practice_registration", "start_date": start, "end_date": end}
    told = dossier(credit(1), island)
    check(any_record(entry.where(during(entry.date, practice))), told, expected)


@pytest.mark.parametrize(
    ("day", "month", "found"),
    [
        ((2024, 2, 29), 2, "2024-02-29"),
        ((2024, 3, 1), 2, "2025-02-28"),
        ((2025, 9, 30), 9, "2025-09-30"),
        ((2025, 10, 1), 9, "2026-09-30"),
        ((2025, 1, 1), 12, "2025-12-31"),
    ],
)
def test_the_next_end_of_a_month(day: tuple[int, int, int], month: int, found: str) -> None:
    next_end: Value = month_end_on_or_after(date_of(*day), month)
    assert str(value(next_end, case(dossier()))) == found


# --- Told ---------------------------------------------------------------------------------


def test_every_line_is_told_and_why_a_fraction_does_not_count() -> None:
    told = dossier(
        {**credit("2.5", "2024-01-01", mode="5"), "id": "early"},
        {**credit("1.2", "2024-02-01", mode="5"), "id": "late"},
        {**credit(1, "2024-03-01", mode="1"), "id": "free"},
    )
    of = ledger(entry, one_point_an_hour, day=entry.date, caps=(CAP,))
    _, (capped, free), _, _ = explain_amount(of, Reader(case(told), SAYS))
    assert (capped.clause, capped.counted, free.clause, free.counted) == (
        "C2",
        ("early", "late"),
        None,
        ("free",),
    )
    (lost,) = capped.not_counted
    assert (lost.fact, lost.clause) == ("late", "C2")
    assert lost.why == Label(
        "0.7 分不計：已達上限 3 分", "0.7 points not counted: the cap of 3 points is full"
    )
    assert [line.says.en for line in capped.children] == [
        "early: 2.5 points × 1 = 2.5 points",
        "late: 1.2 points × 1 = 1.2 points",
    ]
    assert [part.clause for part in capped.children[0].children] == ["C1"]
