"""
What is being invented: so many records for each subject, and what has been drawn for them so far.

Every draw has a stream of its own, named for the record and the attribute, so that a change in one
place of a recipe leaves everything else as it was. Only whole numbers and comparisons of uniform
draws are used, which come out alike on every machine.
"""

from __future__ import annotations

import datetime
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from tiaoli.facts.kinds import Attribute

__all__ = ["Cells", "Draw", "Rows", "stream"]


def stream(seed: int, *names: str) -> np.random.Generator:
    """The random numbers for what is called by ``names``, the same for the same seed."""
    key = zlib.crc32("\0".join(names).encode())
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, key])))


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """
    Drawn values: numbers, or places in ``pool``. With ``lengths`` they are the items of lists.
    ``left_out`` marks the rows where the attribute is left out.
    """

    values: Any
    pool: tuple[str, ...] = ()
    lengths: Any = None
    left_out: Any = None


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """
    The records of one sort. ``counts`` says how many each subject has; of each row, ``owner`` is
    the number of the subject and ``place`` which of its records it is. ``firm`` marks the rows of
    which everything is in order, as far as the recipe goes: nearly all rows of some subjects, so
    that some meet even rules that ask for twenty things at once.
    """

    on: datetime.date
    counts: Any
    earlier: Mapping[str, Any]
    firm: Any
    owner: Any = field(init=False)
    place: Any = field(init=False)
    drawn: dict[str, Cells] = field(default_factory=dict)

    def __post_init__(self) -> None:
        starts = np.cumsum(self.counts) - self.counts
        owner = np.repeat(np.arange(len(self.counts)), self.counts)
        object.__setattr__(self, "owner", owner)
        object.__setattr__(self, "place", np.arange(len(owner)) - starts[owner])

    @property
    def total(self) -> int:
        return len(self.owner)


Draw = Callable[[Rows, Attribute, np.random.Generator], Cells]
"""Values of one attribute for all rows of a sort."""
