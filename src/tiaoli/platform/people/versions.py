"""The versions of rows that triggers keep: which there are, and clearing those of the forgotten."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pghistory.core
import pgtrigger
from django.db import models


def version_table(model: type[models.Model]) -> Any:
    """The table of versions of a model; None where none are kept."""
    return next(iter(pghistory.core.event_models(tracks_model=model)), None)


def clear_versions(model: type[models.Model], keys: Iterable[Any]) -> int:
    """
    Delete every version of these rows. They can otherwise only be added to; this is for data that
    the law wants gone. How many there were.
    """
    table = version_table(model)
    if table is None:
        return 0
    label = table._meta.label
    with pgtrigger.ignore(f"{label}:append_only"):
        found = table.objects.filter(pgh_obj_id__in=list(keys))
        return int(found._raw_delete(found.db) or 0)  # None where there is nothing to ask
