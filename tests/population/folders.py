"""Folders of tables: those that a test gives, and two people where it gives none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet

PEOPLE = pa.table({"subject": ["甲", "乙"], "id": ["甲", "乙"]})


def folder(into: Path, **tables: Any) -> Path:
    """A folder with these tables, and with two people where it has none."""
    for kind, table in {"practitioner": PEOPLE, **tables}.items():
        if isinstance(table, str):
            (into / f"{kind}.csv").write_text(table, encoding="utf-8")
        elif table is not None:
            pyarrow.parquet.write_table(table, into / f"{kind}.parquet")
    return into


def rows(**columns: Any) -> Any:
    """A table of records of 甲, by default called 1, 2, 3 …"""
    count = max(len(column) for column in columns.values())
    ids = [str(n) for n in range(1, count + 1)]
    return pa.table({"subject": ["甲"] * count, "id": ids, **columns})
