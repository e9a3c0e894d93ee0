"""
The columns as plain numbers, as hand-written code reads them. Knows nothing of tiaoli: it also runs
in the peers' environment.

The least number of an integer type says that a value is not known, the one after it that there is
none. The records of subject ``n`` are the rows ``offsets[n]`` up to ``offsets[n + 1]``.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np


class Numbers:
    """Every column of a folder, read into memory; ``numbers["licence__issue_date"]``."""

    def __init__(self, folder: Path) -> None:
        self.columns = {path.stem: np.load(path) for path in sorted(folder.glob("*.npy"))}
        about = json.loads((folder / "about.json").read_text())
        self.on: int = about["on"]
        self.options: dict[str, list[str]] = about["options"]
        self.texts: dict[str, int] = about["texts"]

    def __getitem__(self, name: str) -> Any:
        return self.columns[name]

    def __len__(self) -> int:
        return next(len(c) - 1 for name, c in self.columns.items() if name.endswith("__offsets"))

    @property
    def nbytes(self) -> int:
        return sum(column.nbytes for column in self.columns.values())

    def code(self, column: str, option: str) -> int:
        """The number of an option of a choice."""
        return self.options[column].index(option)

    def owners(self, kind: str) -> Any:
        """By row, the number of the subject."""
        return np.repeat(np.arange(len(self)), np.diff(self[f"{kind}__offsets"]))
