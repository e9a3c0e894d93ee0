"""The texts of a population, each with a number: equal numbers are equal texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tiaoli.population.tables.order import combined

__all__ = ["Texts"]


class Texts(Mapping[str, int]):
    """
    Codes from 0 on, in the order in which texts were first met. The order of codes says nothing
    about that of texts, and another run may number them otherwise.
    """

    def __init__(self) -> None:
        self._all = pa.array([], pa.string())

    def __getitem__(self, text: str) -> int:
        found = int(pc.index(self._all, pa.scalar(text, pa.string())).as_py())
        if found < 0:
            raise KeyError(text)
        return found

    def __iter__(self) -> Iterator[str]:
        return (text.as_py() for text in self._all)

    def __len__(self) -> int:
        return len(self._all)

    def code(self, text: str) -> int:
        """The code of ``text``, which it keeps, also where no record says it as yet."""
        return int(self.codes(pa.array([text], pa.string()))[0])

    def text_of(self, code: int) -> str:
        text: str = self._all[code].as_py()
        return text

    def codes(self, texts: Any) -> Any:
        """The codes of ``texts`` as int32; new texts are given one. Null is coded as -1."""
        told = combined(texts).dictionary_encode()
        own = self._numbered(told.dictionary)
        indices = told.indices.fill_null(-1).to_numpy(zero_copy_only=False)
        return np.append(own, np.int32(-1))[indices]

    def containing(self, part: str) -> Any:
        """By code, whether the text has ``part`` in it (uint8)."""
        found = pc.match_substring(self._all, part)
        return found.to_numpy(zero_copy_only=False).astype(np.uint8)

    def _numbered(self, different: Any) -> Any:
        found = pc.index_in(different, value_set=self._all)
        new = found.is_null().to_numpy(zero_copy_only=False)
        numbers = found.fill_null(0).to_numpy(zero_copy_only=False).astype(np.int32)
        numbers[new] = np.arange(len(self._all), len(self._all) + int(new.sum()), dtype=np.int32)
        if new.any():
            self._all = pa.concat_arrays([self._all, different.filter(pa.array(new))])
        return numbers

    @property
    def nbytes(self) -> int:
        return int(self._all.nbytes)
