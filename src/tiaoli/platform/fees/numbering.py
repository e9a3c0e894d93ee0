"""
Numbers that follow each other without a gap: 1, 2, 3 … for each series of each organisation.

The row of a series is locked until the transaction ends. Two who ask at once wait for each other,
and a number that was not used in the end (the transaction failed) is given to the next.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.db import models

_ROC_EPOCH = 1911


class Counter(models.Model):
    """The last number given in a series. Each app has a table of its own."""

    year = models.PositiveIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True


def next_number(counter: type[Counter], *, day: datetime.date, **series: Any) -> int:
    """The next number of the series in the year of ``day``; within a transaction only."""
    counter.objects.bulk_create([counter(year=day.year, **series)], ignore_conflicts=True)
    row = counter.objects.select_for_update().get(year=day.year, **series)
    row.last += 1
    row.save(update_fields=["last"])
    return row.last


def hold(counter: type[Counter], *, day: datetime.date, **series: Any) -> None:
    """Lock a series without taking a number, so that locks are always taken in one order."""
    counter.objects.bulk_create([counter(year=day.year, **series)], ignore_conflicts=True)
    counter.objects.select_for_update().get(year=day.year, **series)


def roc_year(day: datetime.date) -> int:
    """The year by which numbers are counted, in the ROC era."""
    return day.year - _ROC_EPOCH
