"""What an engine found, and the table that is made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tiaoli.population.terms import Term

__all__ = ["Found"]


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """
    ``values`` by term, in order of subjects (or of the records asked about): truths are 0 or 1,
    days ordinals, amounts whole numbers of the scale of their term. ``subjects`` says by place the
    number of the subject, ``rows`` which record is asked about (None: the subject itself).
    """

    values: Mapping[Term, Any]
    subjects: Any
    rows: Any | None
