"""What a person's portfolio page shows: filtered, counted, one page at a time."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import ExtractYear
from django.http import HttpRequest

from tiaoli.facts.kinds import Label
from tiaoli.platform.people.models import Person
from tiaoli.platform.portfolio.models import Record, Tier
from tiaoli.platform.portfolio.wording import kind_label
from tiaoli.platform.web.portfolio.told import TIER_ICONS


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many records of a kind there are, in all and by tier (claimed, documented, verified)."""

    name: str
    label: Label
    all: int
    by_tier: tuple[int, ...]
    incomplete: bool


def tiers() -> list[dict[str, Any]]:
    """The tiers, from the weakest, with word and icon."""
    return [{"name": t.value, "label": t.label, "icon": TIER_ICONS[t]} for t in Tier]


def kind_counts(person: Person, records: QuerySet[Record] | None = None) -> list[KindCount]:
    """
    By kind, the most frequent first; kinds said to be incomplete too, though empty. Of all the
    person's records, or of those of them that somebody may see.
    """
    found: dict[str, dict[str, int]] = defaultdict(dict)
    counted = person.records.all() if records is None else records
    grouped = counted.filter(removed=None).values_list("kind", "tier").annotate(Count("pk"))
    for kind, tier, count in grouped:
        found[kind][tier] = count
    incomplete = set(person.incomplete_kinds.values_list("kind", flat=True))
    counts = [
        KindCount(
            kind,
            kind_label(kind),
            sum(found[kind].values()),
            tuple(found[kind].get(tier, 0) for tier in Tier),
            kind in incomplete,
        )
        for kind in {*found, *incomplete}
    ]
    return sorted(counts, key=lambda one: (-one.all, one.name))


def years(person: Person) -> list[tuple[int, int]]:
    """(year, records), newest first."""
    records = person.records.filter(removed=None, happens__isnull=False)
    grouped = records.annotate(year=ExtractYear("happens")).values_list("year")
    return list(grouped.annotate(Count("pk")).order_by("-year"))


def filtered(records: QuerySet[Record], request: HttpRequest) -> QuerySet[Record]:
    """By the kind, year and tier that the address names; ``out=1``: those taken out."""
    given = request.GET
    found = records.filter(removed__isnull=given.get("out") != "1")
    if kind := given.get("kind"):
        found = found.filter(kind=kind)
    if (year := given.get("year", "")).isdecimal() and 1 <= int(year) <= 9999:
        found = found.filter(happens__year=int(year))
    if tier := given.get("tier"):
        found = found.filter(tier=tier)
    return found.annotate(files_kept=Count("files")).order_by("-happens", "-pk")
