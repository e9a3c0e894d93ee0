"""Amounts, days and lists of records, as a line of an answer tells them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence

from tiaoli.answers.answer import NotCounted, Quantity, Reason, Shown
from tiaoli.answers.wording import quantity_text
from tiaoli.cli.inputs import Screen
from tiaoli.facts.dates import both
from tiaoli.facts.kinds import Label

MOST_LISTED = 8


def either(screen: Screen, zh: str, en: str) -> str:
    return zh if screen.lang == "zh" else en


def day_text(day: datetime.date | None, screen: Screen) -> str:
    return "…" if day is None else both(day, screen.lang)


def measure(reason: Reason, screen: Screen) -> str:
    have, need = shown_text(reason.have, screen), shown_text(reason.need, screen)
    adds_up = reason.outcome == "counted"  # then what it is held against is a limit, not a need
    parts = []
    if have and adds_up:
        parts.append(either(screen, f"採計 {have}", f"counts {have}"))
    elif have:
        parts.append(either(screen, f"現有 {have}", f"has {have}"))
    if need and adds_up:
        parts.append(either(screen, f"上限 {need}", f"at most {need}"))
    elif need:
        parts.append(either(screen, f"須 {need}", f"needs {need}"))
    if reason.window is not None:
        first, last = (day.isoformat() for day in reason.window)
        parts.append(either(screen, f"期間 {first} 至 {last}", f"window {first} to {last}"))
    return "，".join(parts) if screen.lang == "zh" else ", ".join(parts)


def shown_text(shown: Shown, screen: Screen) -> str:
    match shown:
        case None:
            return ""
        case Quantity():
            return screen.say(quantity_text(shown))
        case Label():
            return screen.say(shown)
    return day_text(shown, screen)


def listed(ids: Sequence[str], screen: Screen) -> str:
    shown = "、".join(ids[:MOST_LISTED]) if screen.lang == "zh" else ", ".join(ids[:MOST_LISTED])
    more = len(ids) - MOST_LISTED
    return shown + (either(screen, f" 等 {len(ids)} 筆", f" and {more} more") if more > 0 else "")


def left_out(not_counted: Sequence[NotCounted], screen: Screen) -> Iterable[str]:
    """One line for each sort of reason, with the records it befell."""
    groups: dict[str, list[NotCounted]] = {}
    for one in not_counted:
        groups.setdefault(re.sub(r"\d[\d-]*", "#", one.why.zh), []).append(one)
    for same in groups.values():
        why = screen.say(same[0].why)
        ids = list(dict.fromkeys(one.fact for one in same))
        clause = f" [{same[0].clause}]" if same[0].clause else ""
        head = either(screen, "不計：", "not counted: ")
        yield f"{head}{listed(ids, screen)}{clause} {why}"


def figure_text(shown: Shown, screen: Screen) -> str:
    text = shown_text(shown, screen) or "—"
    if isinstance(shown, Quantity) and shown.at_most != shown.at_least:
        return text + either(screen, "（其餘不明）", " (the rest is not known)")
    return text
