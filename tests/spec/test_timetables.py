"""Times of day: when a moment counts, how long sessions last, what a day's programme makes up."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from three_readings import case, check, dossier

from tiaoli.answers.meaning import Range, Truth, amount, value
from tiaoli.facts.kinds import NONE
from tiaoli.rules import (
    Value,
    amount_table,
    any_record,
    day_of,
    day_table,
    days_after,
    elapsed,
    excess,
    number_of,
    per_day,
    programme_day,
    reached_on,
    records,
    sum_of,
    the,
    times,
    twd,
)
from tiaoli.rules.amounts import hours

session = records("course_session")
payment = records("payment")
first = the(session, session.date)
FEE = amount_table((programme_day.elapsed <= hours(4), twd(500)), otherwise=twd(1000))


def held(day: str, start: str, end: str, **more: str) -> dict[str, Any]:
    told = {"date": day, "start": f"{day} {start}", "end": f"{day} {end}"}
    return {"kind": "course_session", **told, **more}


def paid(day: str, much: str) -> dict[str, Any]:
    return {"kind": "payment", "giro_date": day, "amount": much}


@pytest.mark.parametrize(
    ("start", "closes", "expected"),
    [
        ("17:00", None, "2025-03-01"),
        ("17:00", datetime.time(17), "2025-03-01"),
        ("17:01", datetime.time(17), "2025-03-02"),
        ("00:00", datetime.time(17), "2025-03-01"),
    ],
)
def test_what_comes_in_after_closing_counts_on_the_next_day(
    start: str, closes: datetime.time | None, expected: str
) -> None:
    told = dossier(held("2025-03-01", start, "23:00"))
    day: Value = day_of(first.start, closes=closes)
    assert value(day, case(told)) == datetime.date.fromisoformat(expected)


def test_the_minutes_of_sessions_add_up() -> None:
    told = dossier(held("2025-03-01", "09:00", "10:40"), held("2025-03-01", "11:00", "11:49"))
    lasting = sum_of(elapsed(session.start, session.end), session)
    assert amount(lasting, case(told)) == Range(149, 149)


@pytest.mark.parametrize(
    ("sessions", "fee"),
    [
        ([held("2025-03-01", "09:00", "13:00")], 500),
        ([held("2025-03-01", "09:00", "13:01")], 1000),
        ([held("2025-03-01", "09:00", "11:00"), held("2025-03-01", "13:00", "15:00")], 1000),
        ([held("2025-03-01", "09:00", "17:00"), held("2025-03-02", "09:00", "12:00")], 1500),
        ([], 0),
    ],
)
def test_each_day_has_its_own_fee(sessions: list[dict[str, Any]], fee: int) -> None:
    assert amount(per_day(session, FEE), case(dossier(*sessions))) == Range(fee, fee)


def test_a_session_of_unknown_times_leaves_the_fee_open() -> None:
    told = dossier(held("2025-03-01", "09:00", "12:00"), held("2025-03-02", "09:00", "12:00"))
    assert amount(per_day(session, FEE), case(told)) == Range(1000, 1000)
    open_one = {"kind": "course_session", "date": "2025-03-02"}
    told = dossier(held("2025-03-01", "09:00", "12:00"), open_one)
    assert amount(per_day(session, FEE), case(told)) == Range(0, None)


@pytest.mark.parametrize(
    ("start", "end", "parts"),
    [("09:00", "12:00", 1), ("10:00", "14:00", 2), ("13:00", "18:30", 2), ("09:00", "19:00", 3)],
)
def test_the_half_days_that_a_programme_touches(start: str, end: str, parts: int) -> None:
    touched = per_day(session, times(number_of(1), programme_day.half_days))
    told = dossier(held("2025-03-01", start, end))
    assert amount(touched, case(told)) == Range(parts, parts)


@pytest.mark.parametrize(
    ("payments", "day"),
    [
        ([paid("2025-03-01", "1000"), paid("2025-03-05", "1000")], "2025-03-05"),
        ([paid("2025-03-01", "2000"), paid("2025-03-05", "1000")], "2025-03-01"),
        ([paid("2025-03-01", "1999")], None),
    ],
)
def test_the_day_on_which_a_fee_is_paid_in_full(
    payments: list[dict[str, Any]], day: str | None
) -> None:
    full = reached_on(payment.amount, payment, twd(2000))
    expected = NONE if day is None else datetime.date.fromisoformat(day)
    assert value(full, case(dossier(*payments))) == expected


def test_what_is_paid_above_the_fee() -> None:
    above = excess(sum_of(payment.amount, payment), twd(1000))
    assert amount(above, case(dossier(paid("2025-03-01", "2500")))) == Range(1500, 1500)
    assert amount(above, case(dossier(paid("2025-03-01", "500")))) == Range(0, 0)


@pytest.mark.parametrize(
    ("title", "expected"),
    [("新生兒呼吸照護（網路課程）", True), ("線上課程", False), ("unknown", None), ("none", False)],
)
def test_a_title_has_a_word_in_it(title: str, expected: Truth) -> None:
    told = dossier(held("2025-03-01", "09:00", "10:00", title=title))
    check(any_record(session.where(session.title.contains("網路課程"))), told, expected)


@pytest.mark.parametrize(
    ("start", "expected"), [("08:00", "2025-03-02"), ("13:00", "2025-03-08"), ("unknown", None)]
)
def test_a_day_may_go_with_the_case(start: str, expected: str | None) -> None:
    early = first.start < the(session.whenever(), session.date).end
    told = dossier({**held("2025-03-01", "09:00", "12:00"), "start": _at("2025-03-01", start)})
    found = value(
        day_table((early, days_after(first.date, 1)), (~early, days_after(first.date, 7))),
        case(told),
    )
    assert found == (None if expected is None else datetime.date.fromisoformat(expected))


def _at(day: str, time: str) -> str:
    return time if time == "unknown" else f"{day} {time}"
