"""
A day as people type it, in the ROC or the Western calendar: read everywhere alike (``parse_day``).

``FORMS`` is what a field says beside itself of how a day may be written.
"""

from __future__ import annotations

import datetime
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language

from tiaoli.facts.dates import UnreadableDate, both, parse_day
from tiaoli.facts.kinds import Label
from tiaoli.population.tables.layout import FIRST_DAY, LAST_DAY

FORMS: Final = Label(
    "例如 115/06/30、1150630 或 2026-06-30",
    "such as 2026-06-30, 20260630 or 115/06/30",
)

_TOO_FAR: Final = Label(
    f"日期要在{both(FIRST_DAY)}與{both(LAST_DAY)}之間，請查明年份。",
    f"A day is between {both(FIRST_DAY, 'en')} and {both(LAST_DAY, 'en')}. Check the year.",
)


def day_typed(written: str) -> tuple[datetime.date | None, Label | None]:
    """The day, None where nothing was typed; and what is wrong with what was."""
    if not written.strip():
        return None, None
    try:
        day = parse_day(written)
    except UnreadableDate as error:
        return None, Label(error.zh, error.en)
    return (day, None) if FIRST_DAY <= day <= LAST_DAY else (None, _TOO_FAR)


class DayField(forms.CharField):
    """A field for a day; ``cleaned_data`` has the date. What was typed stays where it is wrong."""

    def __init__(self, **named: Any) -> None:
        typed = forms.TextInput({"autocomplete": "off", "maxlength": 30})
        super().__init__(**{"widget": typed, **named})

    def to_python(self, value: Any) -> datetime.date | None:
        day, wrong = day_typed(super().to_python(value))
        if wrong is not None:
            raise ValidationError(wrong.in_("en" if get_language() == "en" else "zh"))
        return day
