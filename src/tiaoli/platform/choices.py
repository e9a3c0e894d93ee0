"""What a field may say: a word for the database, and what a person reads, in two languages."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from tiaoli.facts.kinds import Label


class Choice(StrEnum):
    """
    ``DUE = "due", "待繳", "due"``: the member is the word; ``label`` is what is read.

    ``pairs()`` is for ``choices=`` of a field; ``of(word).label`` for a value from the database.
    """

    label: Label

    def __new__(cls, word: str, zh: str, en: str) -> Self:
        member = str.__new__(cls, word)
        member._value_ = word
        member.label = Label(zh, en)
        return member

    @classmethod
    def pairs(cls) -> list[tuple[str, str]]:
        """Words with both labels."""
        return [(member.value, f"{member.label.zh} {member.label.en}") for member in cls]

    @classmethod
    def of(cls, word: str) -> Self:
        """Raises ValueError for a word that is none of them."""
        return cls(word)  # type: ignore[call-arg]  # found by its word, not made
