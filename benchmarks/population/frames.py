"""
The encoded columns as Polars frames: null is what is not known, and of what there is none, a day is
0 and every other number -1. Rows are in order of ``subject``, those of a subject in order of id.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl
from encoded import Numbers

NO_DAY = 0
_LAST = "offsets", "incomplete", "starts", "codes", "states"


class Frames:
    """One frame for each kind, and ``subjects`` with what may not be listed (``kind``: 0 or 1)."""

    def __init__(self, numbers: Numbers) -> None:
        self.numbers = numbers
        self.on = numbers.on
        names = sorted({name.split("__")[0] for name in numbers.columns})
        self.kinds = {kind: self._frame(kind) for kind in names}
        own = {kind: numbers[f"{kind}__incomplete"].astype(np.int8) for kind in names}
        self.subjects = pl.DataFrame({"subject": np.arange(len(numbers), dtype=np.int32), **own})

    def __getitem__(self, kind: str) -> pl.LazyFrame:
        return self.kinds[kind].lazy()

    @property
    def nbytes(self) -> int:
        return sum(int(f.estimated_size()) for f in (self.subjects, *self.kinds.values()))

    def code(self, column: str, option: str) -> int:
        return self.numbers.code(column, option)

    def _frame(self, kind: str) -> pl.DataFrame:
        found = {"subject": pl.Series(self.numbers.owners(kind).astype(np.int32)).set_sorted()}
        for name, values in self.numbers.columns.items():
            of, attribute, *part = name.split("__")
            if of == kind and not part and attribute not in _LAST:
                found[attribute] = _series(values, is_day=attribute.endswith("date"))
        for name in self.numbers.columns:
            if name.startswith(f"{kind}__") and name.endswith("__states"):
                attribute = name.split("__")[1]
                found[attribute] = self._lists(f"{kind}__{attribute}")
        return pl.DataFrame(found)

    def _lists(self, name: str) -> pl.Series:
        starts, states = self.numbers[f"{name}__starts"], self.numbers[f"{name}__states"]
        rows = pl.DataFrame(
            {
                "row": np.repeat(np.arange(len(states)), np.diff(starts)),
                "code": self.numbers[f"{name}__codes"],
            }
        )
        lists = rows.group_by("row", maintain_order=True).agg("code")
        every = pl.DataFrame({"row": np.arange(len(states)), "state": states})
        empty = pl.lit([], dtype=pl.List(pl.Int32))
        told = every.join(lists, on="row", how="left", maintain_order="left").select(
            pl.when(pl.col("state") != 1).then(pl.col("code").fill_null(empty))
        )
        return told.to_series()


def _series(values: Any, *, is_day: bool) -> pl.Series:
    least = int(np.iinfo(values.dtype).min)
    absent = NO_DAY if is_day else -1
    plain = pl.Series(np.where(values == least + 1, absent, values).astype(values.dtype))
    return plain.set(pl.Series(values == least), None)


def tri(met: pl.Expr) -> pl.Expr:
    """0 not met, 1 open, 2 met: so that the greatest of a group is whether any of it is met."""
    return (met.cast(pl.Int8) * 2).fill_null(1)
