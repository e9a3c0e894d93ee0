"""The table of tiaoli's reading in SQL by the names under which answers are compared."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from names import NAMES, OUTCOMES


def told(question: str, table: Any) -> dict[str, Any]:
    return {mine: _column(question, table, name) for mine, name in NAMES[question].items()}


def _column(question: str, table: Any, name: str) -> Any:
    if name == "outcome":
        return _places(table["outcome"], OUTCOMES[question])
    amount, _, part = name.rpartition(" ")
    if part == "limited":
        return _bits(table[f"{amount}__high"].is_valid())
    if part in ("low", "high"):
        return _whole(table[f"{amount}__{part}"])
    met = table[name]
    return np.where(_bits(met.is_null()), 1, 2 * _bits(met.fill_null(False))).astype(np.int8)


def _bits(truths: Any) -> Any:
    return truths.combine_chunks().to_numpy(zero_copy_only=False).astype(np.int8)


def _places(words: Any, among: tuple[str, ...]) -> Any:
    return pc.index_in(words.cast(pa.string()), value_set=pa.array(among)).to_numpy()


def _whole(numbers: Any) -> Any:
    """Hundredths of a decimal; a whole number as it is."""
    if pa.types.is_decimal(numbers.type):
        numbers = pc.multiply(numbers.cast(pa.float64()), 100.0).fill_null(0)
        return np.rint(numbers.to_numpy()).astype(np.int64)
    return numbers.fill_null(0).to_numpy()
