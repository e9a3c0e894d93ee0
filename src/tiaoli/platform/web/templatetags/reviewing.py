"""
What was found about a file, in words.

    {% load reviewing %}{{ "met"|verdict:lang }} {{ notice.state|notice_state:lang }}
"""

from __future__ import annotations

from django import template

from tiaoli.answers.telling import REASON_OUTCOMES
from tiaoli.platform.fees.models import Notice
from tiaoli.platform.reviews.models import Finding

register = template.Library()


@register.filter
def verdict(word: str, lang: str = "zh") -> str:
    """What became of one clause, in words."""
    return REASON_OUTCOMES[word].in_(lang)


@register.filter
def notice_state(word: str, lang: str = "zh") -> str:
    """Whether a notice is due, paid, cancelled or refunded, in words."""
    return Notice.State.of(word).label.in_(lang)


@register.filter
def said_of_fact(word: str, lang: str = "zh") -> str:
    """What a reviewer said of a fact, in words."""
    return Finding.Verdict.of(word).label.in_(lang)
