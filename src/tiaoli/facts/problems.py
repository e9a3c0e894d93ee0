"""What is wrong with a dossier, all of it at once, and where to look for each of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from tiaoli.facts.kinds import Attribute, Label

__all__ = ["DossierError", "Problem", "Unreadable", "expected", "shown"]

_PRINTED_AT_MOST: Final = 50
_SHOWN_CHARACTERS: Final = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right: ``place`` says where, ``says`` what was asked and what was found."""

    place: str
    says: Label

    def __str__(self) -> str:
        return f"{self.place}\n    {self.says.zh}\n    {self.says.en}"


class DossierError(ValueError):
    """A dossier that cannot be used as it is. ``problems`` holds everything found, in order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        count = len(self.problems)
        head = f"卷宗有 {count} 處要修正。 / The dossier needs {count} correction(s)."
        listed = [f"{n}. {p}" for n, p in enumerate(self.problems[:_PRINTED_AT_MOST], 1)]
        return "\n".join([head, *listed, *_rest(count - _PRINTED_AT_MOST)])


def _rest(more: int) -> list[str]:
    return [f"……另有 {more} 處。 / … and {more} more."] if more > 0 else []


class Unreadable(ValueError):
    """A written value that cannot be read with certainty; the reader of a record adds the place."""

    def __init__(self, says: Label) -> None:
        super().__init__(says)
        self.says = says

    def __str__(self) -> str:
        return f"{self.says.zh} {self.says.en}"


def shown(raw: object) -> str:
    """What was found, short enough to print."""
    text = str(raw).lower() if isinstance(raw, bool) else str(raw)
    return text if len(text) <= _SHOWN_CHARACTERS else f"{text[:_SHOWN_CHARACTERS]}…"


def expected(attribute: Attribute, zh: str, en: str, raw: object) -> Unreadable:
    """``attribute`` takes ``zh``/``en``, but ``raw`` was found."""
    label = attribute.label
    return Unreadable(
        Label(
            f"「{label.zh}」要填{zh}；這裡是「{shown(raw)}」。請改正，不知道時請寫「不明」。",
            f'"{label.en}" takes {en}; found "{shown(raw)}". '
            "Correct it, or write unknown if nobody knows.",
        )
    )
