"""
National ID and residence numbers: what they look like, and their check digit.

National ID: a letter, 1 or 2, eight digits. Residence number: since 2021-01-02 a letter, 8 or 9,
eight digits; before, two letters (the second A to D), eight digits, good until 2031-01-01.
The letters stand for numbers; weighted 1, 9, 8, …, 1, 1 the sum is a multiple of ten.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from tiaoli.facts.kinds import Label

_LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVXYWZIO"
"""In the order of their numbers, 10 to 35."""
_WEIGHTS: Final = (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1)
_NATIONAL: Final = re.compile(r"[A-Z][12]\d{8}")
_RESIDENT: Final = re.compile(r"[A-Z][89]\d{8}")
_OLD_RESIDENT: Final = re.compile(r"[A-Z][A-D]\d{8}")


class WrongNumber(ValueError):
    """A number that nobody can have."""

    def __init__(self, says: Label) -> None:
        super().__init__(f"{says.zh} / {says.en}")
        self.says = says


def read_identity_number(written: str) -> str:
    """The number in upper case and half width. Raises WrongNumber, with what is wrong."""
    number = unicodedata.normalize("NFKC", written).strip().upper().replace(" ", "")
    if not any(form.fullmatch(number) for form in (_NATIONAL, _RESIDENT, _OLD_RESIDENT)):
        raise WrongNumber(
            Label(
                "身分證或居留證號是一個英文字母加九個數字（舊式居留證為兩個字母加八個數字），"
                f"共十碼；這裡有 {len(number)} 碼。",
                "A national ID or residence number is a letter and nine digits (two letters and "
                f"eight digits on an old residence permit), ten in all; found {len(number)}.",
            )
        )
    if sum(w * d for w, d in zip(_WEIGHTS, _digits(number), strict=True)) % 10:
        raise WrongNumber(
            Label(
                "檢查碼不符，請再核對一次號碼。",
                "The check digit does not fit: look at the number once more.",
            )
        )
    return number


def _digits(number: str) -> list[int]:
    first = _LETTERS.index(number[0]) + 10
    second = number[1] if number[1].isdigit() else str(_LETTERS.index(number[1]) % 10)
    return [first // 10, first % 10, int(second), *map(int, number[2:])]
