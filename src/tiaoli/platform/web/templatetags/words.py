"""
Words in templates, Chinese first, English beside it; built in, nothing to load.

    {% say "申請" "Application" %}      one of the two, by the language of the page
    {{ question.label|words:lang }}     a Label
    {{ record.happens|day:lang }}       115/11/22 (2026-11-22)
    {% icon "check" %}
"""

from __future__ import annotations

import datetime
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tiaoli.answers.answer import Quantity
from tiaoli.answers.in_words import quantity_text
from tiaoli.facts.dates import both
from tiaoli.facts.kinds import Label

register = template.Library()


@register.simple_tag(takes_context=True)
def say(context: Any, zh: str, en: str, **named: Any) -> str:
    """``zh`` or ``en``; ``{name}`` in them is filled with what is given by name."""
    text = en if context.get("lang") == "en" else zh
    return text.format(**named) if named else text


@register.filter
def words(label: Any, lang: str = "zh") -> str:
    """A Label (or ``{"zh", "en"}``, or a text) in the language of the page."""
    match label:
        case None:
            return ""
        case Label():
            return label.in_(lang)
        case {"zh": zh, "en": en}:
            return str(en if lang == "en" else zh)
        case Quantity():
            return quantity_text(label).in_(lang)
        case datetime.date():
            return both(label, lang)
    return str(label)


@register.filter
def day(value: Any, lang: str = "zh") -> str:
    """A day, ROC and ISO. Takes a date, a moment (as the day in Taipei) or an ISO text."""
    if value in (None, ""):
        return ""
    if isinstance(value, datetime.datetime):
        from tiaoli.platform.clock import TAIPEI  # noqa: PLC0415  # settings are read there

        value = value.astimezone(TAIPEI).date()
    if isinstance(value, str):
        value = datetime.date.fromisoformat(value)
    return both(value, lang)


@register.simple_tag
def icon(name: str, says: str = "") -> SafeString:
    """An icon; ``says`` is what a screen reader is told, nothing where words stand beside it."""
    address = f"{static('vendor/icons.svg')}#{name}"
    if says:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}"></use></svg>',
            says, address,
        )  # fmt: skip
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"></use></svg>', address)
