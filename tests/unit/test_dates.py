"""Days as people write them, and the days we refuse to guess."""

from __future__ import annotations

import pickle
from datetime import UTC, date, datetime, timedelta

import pytest

from tiaoli.facts.dates import UnreadableDate, both, iso, parse_day, roc


@pytest.mark.parametrize(
    "written",
    [
        "2026-06-30",
        "2026/06/30",
        "2026/6/30",
        "2026.6.30",
        "20260630",
        "2026年6月30日",
        "西元2026年6月30日",
        "115/06/30",
        "115-06-30",
        "115.6.30",
        "1150630",
        "115年6月30日",
        "民國115年6月30日",
        "中華民國115年6月30日",
        "民國 115 年 6 月 30 日",
        "民國115/6/30",
        "ROC 115-06-30",
        "  2026-06-30  ",
        "２０２６／０６／３０",
        "１１５年６月３０日",
        "民國１１５．６．３０",
        date(2026, 6, 30),
        datetime(2026, 6, 30),
    ],
)
def test_one_day_is_read_however_it_is_written(written: str | date) -> None:
    assert parse_day(written) == date(2026, 6, 30)


def test_what_is_read_is_a_plain_day() -> None:
    assert type(parse_day(datetime(2026, 6, 30))) is date


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("75/03/02", date(1986, 3, 2)),
        ("99/01/02", date(2010, 1, 2)),
        ("32/01/02", date(1943, 1, 2)),
        ("0750302", date(1986, 3, 2)),
        ("031/12/25", date(1942, 12, 25)),
        ("民國31年12月25日", date(1942, 12, 25)),
        ("民國1年1月1日", date(1912, 1, 1)),
        ("民國元年1月1日", date(1912, 1, 1)),
        ("民國前1年12月31日", date(1911, 12, 31)),
        ("民前7年3月2日", date(1905, 3, 2)),
        ("113/2/29", date(2024, 2, 29)),
    ],
)
def test_roc_years_are_read(written: str, day: date) -> None:
    assert parse_day(written) == day


@pytest.mark.parametrize("written", ["25/12/31", "31-12-25", "01/02/03", "1.2.3", "25年12月31日"])
def test_a_short_year_that_might_be_a_day_is_refused(written: str) -> None:
    with pytest.raises(UnreadableDate, match=r"may be an ROC year, a day, or the end of a Western"):
        parse_day(written)


@pytest.mark.parametrize("written", ["30/06/2026", "06-30-2026", "6/30/115"])
def test_a_year_in_last_place_is_refused(written: str) -> None:
    with pytest.raises(UnreadableDate, match=r"has the year last"):
        parse_day(written)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "明年",
        "2026-06/30",
        "2026-06",
        "750302",
        "46203",
        "2026 06 30",
        "2026 1 130",
        "2026-06-30T08:00",
        "12345/06/30",
        "٢٠٢٦-٠٦-٣٠",
    ],
)
def test_an_unknown_form_is_refused(written: str) -> None:
    with pytest.raises(UnreadableDate, match=r"cannot be read as a day; write 2026-06-30"):
        parse_day(written)


@pytest.mark.parametrize("written", ["0115/06/30", "01150630", "西元115年6月30日"])
def test_a_western_year_before_1000_is_refused(written: str) -> None:
    with pytest.raises(UnreadableDate, match=r"does not look like a Western year; write 民國115年"):
        parse_day(written)


@pytest.mark.parametrize("written", ["民國2026年6月30日", "民國0年1月1日", "000/01/01"])
def test_an_roc_year_that_does_not_exist_is_refused(written: str) -> None:
    with pytest.raises(UnreadableDate, match=r"ROC years go from 1 to 999"):
        parse_day(written)


@pytest.mark.parametrize("month", ["0", "13"])
def test_a_month_that_does_not_exist_is_refused(month: str) -> None:
    with pytest.raises(UnreadableDate, match=rf"the month is {month}, and months go from 1 to 12"):
        parse_day(f"2026-{month}-01")


@pytest.mark.parametrize(
    ("written", "en"),
    [
        (
            "2026-02-30",
            '"2026-02-30" does not exist: February 2026 has 28 days (2026 is not a leap year); '
            "the nearest day is 2026-02-28 (ROC 115-02-28). Check it and write it again.",
        ),
        (
            "113/2/30",
            '"113/2/30" does not exist: February 2024 has 29 days (2024 is a leap year); '
            "the nearest day is 2024-02-29 (ROC 113-02-29). Check it and write it again.",
        ),
        (
            "1150431",
            '"1150431" does not exist: April 2026 has 30 days; '
            "the nearest day is 2026-04-30 (ROC 115-04-30). Check it and write it again.",
        ),
        (
            "2026-04-00",
            '"2026-04-00" does not exist: April 2026 has 30 days; '
            "the nearest day is 2026-04-01 (ROC 115-04-01). Check it and write it again.",
        ),
    ],
)
def test_an_impossible_day_names_the_nearest_real_one(written: str, en: str) -> None:
    with pytest.raises(UnreadableDate) as refusal:
        parse_day(written)
    assert refusal.value.en == en


def test_a_refusal_is_chinese_first_and_then_english() -> None:
    with pytest.raises(UnreadableDate) as refusal:
        parse_day("114/2/29")
    assert str(refusal.value) == (
        "沒有「114/2/29」這一天：2025 年 2 月有 28 日，2025 年不是閏年；"
        "最近的日期是民國114年2月28日（2025-02-28），請查明後改寫。 "
        '"114/2/29" does not exist: February 2025 has 28 days (2025 is not a leap year); '
        "the nearest day is 2025-02-28 (ROC 114-02-28). Check it and write it again."
    )


def test_a_refusal_survives_being_sent_to_another_process() -> None:
    refusal = UnreadableDate("讀不出。", "Unreadable.")
    assert str(pickle.loads(pickle.dumps(refusal))) == "讀不出。 Unreadable."


@pytest.mark.parametrize("moment", [datetime(2026, 6, 30, 8), datetime(2026, 6, 30, tzinfo=UTC)])
def test_a_moment_is_not_cut_down_to_a_day(moment: datetime) -> None:
    with pytest.raises(UnreadableDate, match=r"has a time of day or a time zone"):
        parse_day(moment)


@pytest.mark.parametrize("value", [1150630, None, 46203.0])
def test_what_is_neither_day_nor_text_is_refused(value: object) -> None:
    with pytest.raises(UnreadableDate, match=r"is neither a day nor a text; write it as a text"):
        parse_day(value)


def test_a_day_is_written_in_both_calendars() -> None:
    day = date(2026, 6, 30)
    assert iso(day) == "2026-06-30"
    assert roc(day) == "民國115年6月30日"
    assert both(day) == both(day, "zh") == "民國115年6月30日（2026-06-30）"
    assert both(day, "en") == "2026-06-30 (ROC 115-06-30)"


def test_a_day_before_the_republic_is_counted_backwards() -> None:
    day = date(1911, 12, 31)
    assert both(day) == "民國前1年12月31日（1911-12-31）"
    assert both(day, "en") == "1911-12-31 (before ROC 1)"


def test_every_day_that_is_written_is_read_back() -> None:
    first = date(1911, 12, 1)
    days = [first + timedelta(days=n) for n in range(0, 60_000, 7)]
    assert [parse_day(roc(day)) for day in days] == days
    assert [parse_day(iso(day)) for day in days] == days
