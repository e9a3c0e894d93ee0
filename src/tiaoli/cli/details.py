"""Amounts, days and lists of records, as a line of an answer tells them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from tiaoli.answers.answer import NotCounted, Quantity, Shown
from tiaoli.answers.telling import alike, shown_label
from tiaoli.cli.inputs import Screen
from tiaoli.facts.dates import both

MOST_LISTED = 8


def either(screen: Screen, zh: str, en: str) -> str:
    return zh if screen.lang == "zh" else en


def day_text(day: datetime.date | None, screen: Screen) -> str:
    return "…" if day is None else both(day, screen.lang)


def shown_text(shown: Shown, screen: Screen) -> str:
    return screen.say(shown_label(shown))


def listed(ids: Sequence[str], screen: Screen) -> str:
    shown = "、".join(ids[:MOST_LISTED]) if screen.lang == "zh" else ", ".join(ids[:MOST_LISTED])
    more = len(ids) - MOST_LISTED
    return shown + (either(screen, f" 等 {len(ids)} 筆", f" and {more} more") if more > 0 else "")


def left_out(not_counted: Sequence[NotCounted], screen: Screen) -> Iterable[str]:
    """One line for each sort of reason, with the records it befell."""
    for same in alike(not_counted):
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
