"""A dossier from the file it is kept in, together with the tables that file names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tiaoli.facts.dossier import Dossier
from tiaoli.facts.kinds import Label
from tiaoli.facts.problems import DossierError, Problem
from tiaoli.facts.reading import Progress, read_dossier
from tiaoli.facts.rows import TableRows
from tiaoli.intake.encodings import decoded
from tiaoli.intake.opening import bytes_of
from tiaoli.intake.plain_data import READERS
from tiaoli.intake.tables import open_table

__all__ = ["Loaded", "load", "load_with_tables"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A dossier and the tables it came from, whose rows and ignored columns may be shown."""

    dossier: Dossier
    tables: tuple[TableRows, ...]


def load(path: str | Path, *, progress: Progress | None = None) -> Dossier:
    """The dossier in a .yaml, .toml or .json file. Raises DossierError with every problem."""
    return load_with_tables(path, progress=progress).dossier


def load_with_tables(path: str | Path, *, progress: Progress | None = None) -> Loaded:
    path = Path(path)
    data = _plain_data(path)
    tables = tuple(open_table(described, path.parent) for described in _tables(data))
    return Loaded(read_dossier(data, rows=tables, progress=progress), tables)


def _tables(data: object) -> list[object]:
    tables = data.get("tables") if isinstance(data, Mapping) else None
    return tables if isinstance(tables, list) else []


def _plain_data(path: Path) -> object:
    raw = bytes_of(path, path.name)
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        says = Label(
            f"卷宗檔要是 {'、'.join(READERS)} 之一；這是「{path.suffix}」。",
            f'A dossier is one of {", ".join(READERS)}; this is "{path.suffix}".',
        )
        raise DossierError([Problem(path.name, says)])
    return reader(decoded(raw, path.name, encodings=("utf-8-sig",)), path.name)
