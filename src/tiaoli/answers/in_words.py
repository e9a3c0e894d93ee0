"""What is found, in words: amounts with their units, days in both calendars, options by name."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from tiaoli.answers.answer import Quantity
from tiaoli.facts.dates import both
from tiaoli.facts.kinds import NONE, Attribute, Label, Type, Unit


def day_words(day: datetime.date) -> Label:
    """A day in both calendars; of a moment, its day."""
    whole = datetime.date(day.year, day.month, day.day)
    return Label(both(whole), both(whole, "en"))


def quantity_text(quantity: Quantity) -> Label:
    """``7.5 小時``; minutes are told as hours; a range where facts are unknown."""
    unit, divide = quantity.unit, 1
    if unit is Unit.MINUTE:
        unit, divide = Unit.HOUR, 60
    low = _plain(quantity.at_least, unit, divide)
    if quantity.at_most is None:
        zh, en = unit.label.zh, unit.label.en
        return Label(f"至少 {low} {zh}".strip(), f"at least {low} {en}".strip())
    if quantity.at_most == quantity.at_least:
        number = low
    else:
        number = f"{low}–{_plain(quantity.at_most, unit, divide)}"
    return Label(f"{number} {unit.label.zh}".strip(), f"{number} {unit.label.en}".strip())


def _plain(number: int | Decimal, unit: Unit, divide: int) -> str:
    exact = Decimal(number) / divide
    shown = exact if exact == round(exact, 3) else _rounded(exact, 1 if unit is Unit.PERCENT else 2)
    return format(shown.normalize(), "f")


def _rounded(number: Decimal, places: int) -> Decimal:
    """A fraction, to no more places than leave it one: 89.96 % must not be taken for 90 %."""
    rounded = (round(number, more) for more in range(places, 7))
    return next((one for one in rounded if one != one.to_integral_value()), number)


def shown_value(attribute: Attribute, found: Any) -> Label:
    """One value of an attribute as a person reads it."""
    if found is None:
        return Label("不明", "not known")
    if found is NONE:
        return Label("無", "none")
    if attribute.type is Type.CHOICE:
        return attribute.option_label(found)
    if attribute.type is Type.YES_NO:
        return Label("是", "yes") if found else Label("否", "no")
    if isinstance(found, int | Decimal):
        return quantity_text(Quantity(found, found, attribute.unit))
    if isinstance(found, tuple):
        labels = [attribute.option_label(item) for item in found]
        return Label("、".join(lb.zh for lb in labels), ", ".join(lb.en for lb in labels))
    if attribute.type in (Type.DAY, Type.MOMENT):
        day = day_words(found)
        clock = f" {found:%H:%M}" if attribute.type is Type.MOMENT else ""
        return Label(f"{day.zh}{clock}", f"{day.en}{clock}")
    return Label(str(found), str(found))


def options_text(attribute: Attribute, options: tuple[Any, ...]) -> Label:
    """Options to choose from; of many, the first few."""
    labels = [shown_value(attribute, option) for option in options]
    zh, en = [lb.zh for lb in labels], [lb.en for lb in labels]
    if len(labels) > 5:
        return Label(
            f"{'、'.join(zh[:4])}等 {len(zh)} 種", f"one of {len(en)}: {', '.join(en[:4])}…"
        )
    return Label("／".join(zh), " or ".join(en))
