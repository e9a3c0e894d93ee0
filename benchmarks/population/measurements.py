"""What was measured, of one question and one number of people at a time, and kept in files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

Lines = Mapping[str, "Line"]
"""By label, in the order of the tables."""


@dataclass
class Line:
    """
    What came of one contestant: the seconds of each round, and what its process told of itself.
    ``process``: some share one, whose cold start is told once.
    """

    label: str
    process: str
    ready: dict[str, Any]
    seconds: list[float] = field(default_factory=list)
    memory: int = 0
    compared: int = 0

    @property
    def median(self) -> float:
        return median(self.seconds)


@dataclass(frozen=True)
class Cell:
    """
    One question asked of so many people. ``facts``: how many there are of each of them;
    ``made``: the commit and the day; ``left_out``: who could not be run, or was not asked of so
    many, by label, and why in two languages.
    """

    question: str
    size: int
    facts: float
    made: str
    lines: Lines
    left_out: Mapping[str, str]
    what_if: Line | None = None


@dataclass
class Measured:
    """Every cell that there is."""

    cells: dict[tuple[str, int], Cell] = field(default_factory=dict)

    def add(self, cell: Cell) -> None:
        self.cells[cell.question, cell.size] = cell

    def sizes(self, question: str) -> list[int]:
        return sorted(size for asked, size in self.cells if asked == question)

    def questions(self) -> list[str]:
        return list(dict.fromkeys(question for question, _ in self.cells))

    def lines(self, question: str, size: int) -> Lines:
        return self.cells[question, size].lines


def keep(cell: Cell, folder: Path) -> None:
    """Written when it is whole, so that a run that is cut off loses no more than one cell."""
    folder.mkdir(parents=True, exist_ok=True)
    told = {
        "question": cell.question,
        "size": cell.size,
        "facts": cell.facts,
        "made": cell.made,
        "lines": [vars(line) for line in cell.lines.values()],
        "left_out": dict(cell.left_out),
        "what_if": cell.what_if and vars(cell.what_if),
    }
    path = folder / f"{cell.question}-{cell.size}.json"
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def kept(folder: Path, questions: list[str]) -> Measured:
    """All cells of ``folder``, questions in the order given."""
    found = [_read(path) for path in folder.glob("*.json")]
    measured = Measured()
    for cell in sorted(found, key=lambda cell: (questions.index(cell.question), cell.size)):
        measured.add(cell)
    return measured


def _read(path: Path) -> Cell:
    told = json.loads(path.read_text(encoding="utf-8"))
    lines = [Line(**line) for line in told.pop("lines")]
    what_if = told.pop("what_if")
    by_label = {line.label: line for line in lines}
    return Cell(lines=by_label, what_if=Line(**what_if) if what_if else None, **told)
