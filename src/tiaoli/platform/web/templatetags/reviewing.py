"""
Outcomes and verdicts in words, for the plain rendering of answers beside a file.

    {% load reviewing %}{{ answer.outcome|outcome:lang }} {{ reason.outcome|verdict:lang }}
"""

from __future__ import annotations

from typing import Final

from django import template

from tiaoli.facts.kinds import Label
from tiaoli.platform.fees.models import Notice
from tiaoli.platform.reviews.models import Finding
from tiaoli.rules.outcomes import outcome_label

register = template.Library()

_VERDICTS: Final = {
    "met": Label("符合", "met"),
    "not_met": Label("不符合", "not met"),
    "unknown": Label("不明", "not known"),
    "waived": Label("免除", "waived"),
    "counted": Label("計入", "counted"),
}
_MARKS: Final = {
    "met": "circle-check",
    "not_met": "circle-x",
    "unknown": "help-circle",
    "waived": "check",
    "counted": "checklist",
}


@register.filter
def outcome(word: str, lang: str = "zh") -> str:
    """What a question answered, in words."""
    return outcome_label(word).in_(lang)


@register.filter
def verdict(word: str, lang: str = "zh") -> str:
    """What became of one clause, in words."""
    return _VERDICTS.get(word, Label(word, word)).in_(lang)


@register.filter
def mark(word: str) -> str:
    """The icon beside a verdict."""
    return _MARKS.get(word, "info-circle")


@register.filter
def notice_state(word: str, lang: str = "zh") -> str:
    """Whether a notice is due, paid, cancelled or refunded, in words."""
    return Notice.State.of(word).label.in_(lang)


@register.filter
def said_of_fact(word: str, lang: str = "zh") -> str:
    """What a reviewer said of a fact, in words."""
    return Finding.Verdict.of(word).label.in_(lang)
