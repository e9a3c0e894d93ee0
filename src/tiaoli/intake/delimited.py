"""Tables of text: CSV with commas, semicolons or tabs."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator
from typing import Final

from tiaoli.facts.kinds import Label
from tiaoli.facts.problems import DossierError, Problem

__all__ = ["delimited_rows"]

_DELIMITERS: Final = (",", ";", "\t")


def delimited_rows(text: str, place: str, columns: Collection[str]) -> Iterator[list[str]]:
    """The rows of ``text``, parted by the delimiter whose header has most of ``columns``."""
    delimiter = max(_DELIMITERS, key=lambda mark: _fit(text, mark, columns))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    row = 0
    while True:
        row += 1
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise DossierError([_broken(f"{place} row {row}", error)]) from None


def _fit(text: str, delimiter: str, columns: Collection[str]) -> tuple[int, int]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        header = [title.strip() for title in next(reader, [])]
    except csv.Error:
        return 0, 0
    return len(set(header) & set(columns)), len(header)


def _broken(place: str, error: csv.Error) -> Problem:
    return Problem(
        place,
        Label(
            f"從這一列起讀不下去（{error}）。請檢查引號是否成對。",
            f"The table cannot be read from this row on ({error}). Check that quotes are closed.",
        ),
    )
