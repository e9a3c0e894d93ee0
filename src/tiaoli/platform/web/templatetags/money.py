"""
Amounts in templates: ``{{ notice.amount|money }}`` is ``1,000``, in every language.

Django's own grouping follows the language, and would write 10000 as 1,0000 in Chinese.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template

register = template.Library()


@register.filter
def money(amount: Any) -> str:
    """With commas by three; cents where there are any."""
    exact = Decimal(amount or 0)
    return f"{exact:,.0f}" if exact == exact.to_integral_value() else f"{exact:,.2f}"
