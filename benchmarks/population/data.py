"""
The people, invented once for each size and question, in the forms in which engines take them:
tables as they come (Arrow, and Parquet for Spark), and the same as plain numbers
(``tables.encoding``), one file each.

Of the tables, only the kinds and attributes that the question reads are kept.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from pyarrow import feather
from questions import DAY, QUESTIONS, SEED

from tiaoli.facts.kinds import Attribute, Type
from tiaoli.facts.vocabulary import find
from tiaoli.population.invented import people
from tiaoli.population.tables import (
    Columns,
    Facts,
    Lists,
    arrow_type,
    mark_of,
    save,
    unknown_of,
)

SUBJECTS = "subjects"
PARQUET = "parquet"
"""The folder of the Parquet tables, in that of the people."""
_OWN = ("subject", "id")


def prepared(question: str, size: int, folder: Path) -> Facts:
    """The people written to ``folder``, unless they stand there already."""
    done = folder / "done.json"
    if not done.exists():
        folder.mkdir(parents=True, exist_ok=True)
        asked = QUESTIONS[question]
        facts = kept(people(asked.recipe, size, SEED, DAY), asked.reads)
        _write_tables(facts, folder)
        save(facts, folder / PARQUET)
        columns = Columns(facts)
        _write_numbers(columns, asked.reads, folder)
        np.savez(folder / "settled.npz", settled=settled(columns, asked.reads))
        done.write_text(json.dumps({"subjects": facts.size, "facts": facts.total}))
    return tables(folder)


def kept(facts: Facts, reads: Mapping[str, tuple[str, ...]]) -> Facts:
    """Only what is read, with every column that a table of such records may have."""
    records = {
        kind: _whole(facts.records[kind], kind, names)
        for kind, names in reads.items()
        if kind in facts.records
    }
    own = facts.subjects.select([*_OWN, "incomplete"])
    return Facts(facts.subject_kind, own, records)


def _whole(table: Any, kind: str, names: tuple[str, ...]) -> Any:
    columns = {name: table[name] for name in _OWN}
    for name in names:
        attribute = find(kind).attributes[name]
        mark = mark_of(attribute)
        columns[name] = _or(table, name, pa.nulls(len(table), arrow_type(attribute)))
        columns[mark] = _or(table, mark, pa.array(np.zeros(len(table), bool))).fill_null(False)
    return pa.table(columns)


def _or(table: Any, name: str, otherwise: Any) -> Any:
    return table[name] if name in table.column_names else otherwise


def _write_tables(facts: Facts, folder: Path) -> None:
    for kind, table in {SUBJECTS: facts.subjects, **facts.records}.items():
        feather.write_feather(
            table.combine_chunks(),
            folder / f"{kind}.arrow",
            compression="uncompressed",
            chunksize=max(1, len(table)),
        )


def tables(folder: Path) -> Facts:
    """The tables, read into memory."""
    found = {path.stem: _read(path) for path in sorted(folder.glob("*.arrow"))}
    own = found.pop(SUBJECTS)
    return Facts("practitioner", own, found)


def _read(path: Path) -> Any:
    return feather.read_table(path, memory_map=False)


def _write_numbers(columns: Columns, reads: Mapping[str, tuple[str, ...]], folder: Path) -> None:
    about: dict[str, Any] = {"on": DAY.toordinal(), "options": {}, "texts": {}}
    for kind, names in reads.items():
        np.save(folder / f"{kind}__offsets.npy", columns.offsets(kind))
        np.save(folder / f"{kind}__incomplete.npy", columns.incomplete(kind))
        for name in names:
            attribute = find(kind).attributes[name]
            _write_column(columns.values(kind, name), f"{kind}__{name}", folder)
            about["options"] |= {f"{kind}__{name}": _options(attribute)}
    about["texts"] = {text: columns.code(text) for text in clauses_judged()}
    (folder / "about.json").write_text(json.dumps(about))


def clauses_judged() -> tuple[str, ...]:
    """Clauses that people decide on, by which a recorded judgement is looked up."""
    return (
        "RTL-2.2", "RTL-5.RT3.CLIN", "RRT-4.2.d", "RRT-4.3.d", "RRT-4.7.a", "RRT-4.12.SCOPE",
    )  # fmt: skip


def _options(attribute: Attribute) -> list[str]:
    return list(attribute.option_names) if attribute.type in (Type.CHOICE, Type.CHOICES) else []


def _write_column(values: Any, name: str, folder: Path) -> None:
    if isinstance(values, Lists):
        np.save(folder / f"{name}__starts.npy", values.offsets)
        np.save(folder / f"{name}__codes.npy", values.codes)
        np.save(folder / f"{name}__states.npy", values.states)
    else:
        np.save(folder / f"{name}.npy", values)


def settled(columns: Columns, reads: Mapping[str, tuple[str, ...]]) -> Any:
    """By subject, whether all that the question reads is known and every list is complete."""
    found = np.ones(len(columns), dtype=bool)
    for kind, names in reads.items():
        found &= columns.incomplete(kind) == 0
        owners = columns.owners(kind)
        for name in names:
            values, of = columns.values(kind, name), find(kind).attributes[name].type
            open_ = values.states == 1 if isinstance(values, Lists) else values == unknown_of(of)
            found[owners[open_]] = False
    return found


if __name__ == "__main__":
    prepared(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
