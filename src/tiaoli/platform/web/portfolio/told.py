"""Words to whoever looks at a page, in its language; records as rows of a list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest

from tiaoli.facts.kinds import Label
from tiaoli.platform.portfolio.models import Record, Tier
from tiaoli.platform.portfolio.wording import kind_label, line

TIER_ICONS = {
    Tier.CLAIMED: "circle-dashed",
    Tier.DOCUMENTED: "paperclip",
    Tier.VERIFIED: "shield-check",
}


def tell(request: HttpRequest, says: Label) -> None:
    """On the next page: it is done."""
    messages.success(request, says.in_(request.lang))


def warn(request: HttpRequest, says: Label) -> None:
    """On the next page: it is not."""
    messages.warning(request, says.in_(request.lang))


@dataclass(frozen=True, slots=True)
class Row:
    """A record in a list."""

    record: Record
    kind: Label
    line: Label
    tier: Label
    icon: str


def rows(records: Iterable[Record]) -> list[Row]:
    return [row(record) for record in records]


def row(record: Record) -> Row:
    tier = Tier.of(record.tier)
    return Row(record, kind_label(record.kind), line(record), tier.label, TIER_ICONS[tier])


def number_in(request: HttpRequest, name: str) -> int:
    """A whole number of a form; -1, which no version and no row is, where it is none."""
    text = request.POST.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 9 else -1


def page_of(request: HttpRequest, found: Any, size: int = 25) -> Page:
    """One page of a list; a number that is none is the nearest."""
    return Paginator(found, size).get_page(request.GET.get("page"))
