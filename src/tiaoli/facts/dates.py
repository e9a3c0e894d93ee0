"""
Days as people write them, in the Western or the ROC calendar, and how we write them back.

Years of the Republic of China (民國) count from 1912, so 115 is 2026. A text that could mean two
days is refused: a wrong day that looks right is worse than a question.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import isleap, monthrange
from datetime import date, datetime, time
from typing import Final, NamedTuple

__all__ = ["ROC_EPOCH", "UnreadableDate", "both", "iso", "parse_day", "roc"]

ROC_EPOCH: Final = 1911  # Western year = ROC year + 1911
_LARGEST_DAY_OF_MONTH: Final = 31

_SEPARATED: Final = re.compile(
    r"(?P<era>民國前|民前|(?:中華)?民國|ROC|西元|公元)?(?P<year>元|[0-9]{1,4})"
    r"(?:年(?P<month>[0-9]{1,2})月(?P<day>[0-9]{1,2})日"
    r"|(?P<mark>[-/.])(?P<m>[0-9]{1,2})(?P=mark)(?P<d>[0-9]{1,2}))"
)
_COMPACT: Final = re.compile(r"(?P<year>[0-9]{3,4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})")
# Space between two digits stays and is refused: "2026 1 130" has two readings.
_LOOSE_SPACE: Final = re.compile(r"(?<![0-9])\s+|\s+(?![0-9])")
_YEAR_LAST: Final = re.compile(r"[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{3,4}")

_BEFORE_ROC: Final = ("民國前", "民前")
_WESTERN: Final = ("西元", "公元")


class UnreadableDate(ValueError):
    """A day that cannot be read with certainty. Its message is Chinese, then English."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh, en)
        self.zh = zh
        self.en = en

    def __str__(self) -> str:
        return f"{self.zh} {self.en}"


class _Written(NamedTuple):
    """The parts of a day as they were written, before anybody asks whether there is such a day."""

    text: str
    era: str
    year: str
    month: int
    day: int


def parse_day(written: str | date) -> date:
    """
    The day that ``written`` means.

        2026-06-30   2026/06/30   2026.6.30   20260630   2026年6月30日
        115-06-30    115/06/30    115.6.30    1150630    民國115年6月30日

    A year of four digits is Western, of two or three digits ROC. Without 民國, a year of one or two
    digits must be above 31: the 25 in ``25/12/31`` might be ROC 25, the 25th, or short for 2025.
    Write 民國25年 or 025 for that ROC year. Full-width digits are read like plain ones, and spaces
    may stand anywhere but between two digits.
    """
    if isinstance(written, datetime):
        return _day_of_moment(written)
    if isinstance(written, date):
        return written
    if not isinstance(written, str):
        raise _wrong_type(written)
    parts = _split(written)
    return _real_day(parts, _western_year(parts))


def _day_of_moment(moment: datetime) -> date:
    # Spreadsheets hand over a day as its midnight.
    if moment.time() == time() and moment.tzinfo is None:
        return moment.date()
    raise UnreadableDate(
        f"「{moment}」帶有時刻或時區，這裡要的是日期；請改寫為 {moment.date()} 這樣的日期。",
        f'"{moment}" has a time of day or a time zone, and a day is wanted; '
        f"write a day such as {moment.date()}.",
    )


def _split(text: str) -> _Written:
    # NFKC turns full-width digits and marks into plain ones.
    plain = _LOOSE_SPACE.sub("", unicodedata.normalize("NFKC", text))
    if found := _SEPARATED.fullmatch(plain):
        month, day = found["month"] or found["m"], found["day"] or found["d"]
        return _Written(text, found["era"] or "", found["year"], int(month), int(day))
    if found := _COMPACT.fullmatch(plain):
        return _Written(text, "", found["year"], int(found["month"]), int(found["day"]))
    raise _year_last(text) if _YEAR_LAST.fullmatch(plain) else _unknown_form(text)


def _western_year(parts: _Written) -> int:
    year = 1 if parts.year == "元" else int(parts.year)
    if parts.era in _WESTERN or (not parts.era and len(parts.year) == 4):
        return _checked_western(parts, year)
    if year == 0 or len(parts.year) == 4:
        raise _no_such_roc_year(parts)
    if parts.era in _BEFORE_ROC:
        return ROC_EPOCH + 1 - year
    if not parts.era and len(parts.year) < 3 and year <= _LARGEST_DAY_OF_MONTH:
        raise _ambiguous(parts)
    return ROC_EPOCH + year


def _checked_western(parts: _Written, year: int) -> int:
    # 0115 is an ROC year padded to four digits more often than a year of antiquity.
    if year >= 1000:
        return year
    raise UnreadableDate(
        f"「{parts.text}」的年份 {parts.year} 不像西元年；"
        f"民國年請寫 民國{year}年，西元年請寫 2026 這樣的四位數。",
        f'"{parts.text}": {parts.year} does not look like a Western year; '
        f"write 民國{year}年 for an ROC year, or a Western year such as 2026.",
    )


def _real_day(parts: _Written, year: int) -> date:
    if not 1 <= parts.month <= 12:
        raise UnreadableDate(
            f"「{parts.text}」的月份是 {parts.month}，月份只有 1 至 12；請依年、月、日的順序改寫。",
            f'"{parts.text}": the month is {parts.month}, and months go from 1 to 12; '
            "write year, month, day in this order.",
        )
    length = monthrange(year, parts.month)[1]
    if not 1 <= parts.day <= length:
        raise _no_such_day(parts, date(year, parts.month, max(1, min(parts.day, length))), length)
    return date(year, parts.month, parts.day)


def _no_such_day(parts: _Written, nearest: date, length: int) -> UnreadableDate:
    leap_zh = leap_en = ""
    if nearest.month == 2:
        leap_zh = f"，{nearest.year} 年{'' if isleap(nearest.year) else '不'}是閏年"
        leap_en = f" ({nearest.year} is {'' if isleap(nearest.year) else 'not '}a leap year)"
    return UnreadableDate(
        f"沒有「{parts.text}」這一天：{nearest.year} 年 {nearest.month} 月有 {length} 日{leap_zh}；"
        f"最近的日期是{both(nearest)}，請查明後改寫。",
        f'"{parts.text}" does not exist: {nearest:%B} {nearest.year} has {length} days{leap_en}; '
        f"the nearest day is {both(nearest, 'en')}. Check it and write it again.",
    )


def _no_such_roc_year(parts: _Written) -> UnreadableDate:
    return UnreadableDate(
        f"「{parts.text}」的民國年是 {parts.year}，民國年為 1 至 999；西元年請去掉「民國」。",
        f'"{parts.text}": the ROC year is {parts.year}, and ROC years go from 1 to 999; '
        "leave out 民國 or ROC if the year is Western.",
    )


def _ambiguous(parts: _Written) -> UnreadableDate:
    year = int(parts.year)
    return UnreadableDate(
        f"「{parts.text}」開頭的 {parts.year} 可能是民國年、日，或西元年的末兩位；"
        f"請寫 民國{year}年，或四位數的西元年。",
        f'"{parts.text}": {parts.year} may be an ROC year, a day, or the end of a Western year; '
        f"write 民國{year}年, or a Western year in four digits.",
    )


def _year_last(text: str) -> UnreadableDate:
    return UnreadableDate(
        f"「{text}」把年份寫在最後，分不出月與日；請依年、月、日的順序寫，例如 2026-06-30。",
        f'"{text}" has the year last, so month and day cannot be told apart; '
        "write year, month, day, such as 2026-06-30.",
    )


def _unknown_form(text: str) -> UnreadableDate:
    return UnreadableDate(
        f"讀不出「{text}」是哪一天；請寫 2026-06-30、115/06/30 或 民國115年6月30日。",
        f'"{text}" cannot be read as a day; write 2026-06-30, 115/06/30 or 民國115年6月30日.',
    )


def _wrong_type(value: object) -> UnreadableDate:
    return UnreadableDate(
        f"{value!r} 不是日期也不是文字；請寫成文字，例如 '2026-06-30'。",
        f"{value!r} is neither a day nor a text; write it as a text, such as '2026-06-30'.",
    )


def iso(day: date) -> str:
    return day.isoformat()


def roc(day: date) -> str:
    if day.year > ROC_EPOCH:
        return f"民國{day.year - ROC_EPOCH}年{day.month}月{day.day}日"
    return f"民國前{ROC_EPOCH + 1 - day.year}年{day.month}月{day.day}日"


def both(day: date, lang: str = "zh") -> str:
    """A day in both calendars: 民國115年6月30日（2026-06-30）, or 2026-06-30 (ROC 115-06-30)."""
    if lang != "en":
        return f"{roc(day)}（{iso(day)}）"
    if day.year > ROC_EPOCH:
        return f"{iso(day)} (ROC {day.year - ROC_EPOCH}-{day:%m-%d})"
    return f"{iso(day)} (before ROC 1)"
