"""Case numbers: a year and a running number, which say nothing of what the case is about."""

from __future__ import annotations

from tiaoli.platform import clock
from tiaoli.platform.applications.models import Series


def next_number() -> str:
    """``2026-000041``. Within a transaction: a number is given out once, and none is left out."""
    year = clock.today().year
    Series.objects.get_or_create(year=year)
    series = Series.objects.select_for_update().get(year=year)
    series.last += 1
    series.save(update_fields=["last"])
    return f"{year}-{series.last:06}"
