"""Parts of an answer in words: amounts and days, how far a clause is met, from when until when."""

from __future__ import annotations

import datetime
import re
from calendar import monthrange
from collections.abc import Sequence

from tiaoli.answers.answer import Answer, NotCounted, Quantity, Reason, Shown
from tiaoli.answers.in_words import day_words, quantity_text
from tiaoli.facts.dates import ROC_EPOCH, both
from tiaoli.facts.kinds import Label
from tiaoli.rules.outcomes import outcome_label

REASON_OUTCOMES = {
    "met": Label("符合", "met"),
    "not_met": Label("不符合", "not met"),
    "unknown": Label("未定", "not known"),
    "waived": Label("免附", "waived"),
    "counted": Label("計算", "counted"),
}
"""The outcomes of one clause."""

_NOTHING = Label("", "")


def day_label(day: datetime.date | None) -> Label:
    """A day in both calendars; three dots for one that is not there."""
    return Label("…", "…") if day is None else day_words(day)


def span_label(first: datetime.date | None, last: datetime.date | None) -> Label:
    """From when until when; a whole calendar month by its name: 民國113年2月（2024-02）."""
    if first is not None and last is not None and _is_month(first, last):
        year = first.year - ROC_EPOCH
        return Label(
            f"民國{year}年{first.month}月（{first:%Y-%m}）",
            f"{first:%Y-%m} (ROC {year}-{first:%m})",
        )
    begins, ends = day_label(first), day_label(last)
    return Label(f"{begins.zh} 至 {ends.zh}", f"{begins.en} to {ends.en}")


def _is_month(first: datetime.date, last: datetime.date) -> bool:
    whole = first.replace(day=monthrange(first.year, first.month)[1])
    return first.day == 1 and last == whole and first.year > ROC_EPOCH


def shown_label(shown: Shown) -> Label:
    """An amount, a day or words; nothing where there is nothing to show."""
    match shown:
        case None:
            return _NOTHING
        case Quantity():
            return quantity_text(shown)
        case Label():
            return shown
    return day_label(shown)


def measure(reason: Reason) -> Label:
    """What a clause has and needs, and in which window; empty where it measures nothing."""
    adds_up = reason.outcome == "counted"  # then what it is held against is a limit, not a need
    zh, en = [], []
    for shown, heads in (
        (reason.have, (("採計", "counts") if adds_up else ("現有", "has"))),
        (reason.need, (("上限", "at most") if adds_up else ("須", "needs"))),
    ):
        label = shown_label(shown)
        if label.zh:
            zh.append(f"{heads[0]} {label.zh}")
            en.append(f"{heads[1]} {label.en}")
    if reason.window is not None:
        first, last = reason.window
        zh.append(f"期間 {both(first)}至{both(last)}")
        en.append(f"window {both(first, 'en')} to {both(last, 'en')}")
    return Label("，".join(zh), ", ".join(en))


def alike(not_counted: Sequence[NotCounted]) -> list[list[NotCounted]]:
    """Those that do not count for the same sort of reason, together."""
    groups: dict[str, list[NotCounted]] = {}
    for one in not_counted:
        groups.setdefault(re.sub(r"\d[\d-]*", "#", one.why.zh), []).append(one)
    return list(groups.values())


def spell_text(found: Answer, goal: str) -> Label:
    """From when until when the goal holds, if nothing else happens."""
    return spell_words(found.outcome, goal, found.earliest, found.until)


def spell_words(
    outcome: str, goal: str, earliest: datetime.date | None, until: datetime.date | None
) -> Label:
    """The same of an outcome and the spell of its goal (both None: there is no such spell)."""
    label = outcome_label(goal)
    if earliest is None and until is None and outcome != goal:
        if outcome == "needs_review":  # no fact is wanted: somebody has to look
            return Label(
                f"是否「{label.zh}」，要由人審查之後才能確定",
                f"whether it is “{label.en}” is settled once a person has reviewed it",
            )
        return Label(
            f"若沒有新的事實，不會「{label.zh}」",
            f"without further facts it will not become “{label.en}”",
        )
    start, end = day_label(earliest), day_label(until)
    since = "自" if outcome == goal else "最早自"
    if until is None:
        return Label(
            f"{since} {start.zh} 起「{label.zh}」，沒有終期",
            f"“{label.en}” from {start.en}, without end",
        )
    return Label(
        f"{since} {start.zh} 起「{label.zh}」，到 {end.zh} 為止",
        f"“{label.en}” from {start.en}, until {end.en}",
    )
