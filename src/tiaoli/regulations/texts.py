"""A regulation's clauses, interpretations and findings, read from the TOML beside its rules."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from fnmatch import fnmatch
from importlib.resources import files
from typing import Any

from tiaoli.facts.kinds import Label
from tiaoli.rules import BrokenRegulation, Clause, Interpretation, KnownFinding, Option, Place


def clauses(package: str) -> Mapping[str, Clause]:
    """The clauses of every ``package``/clauses*.toml; by name, the files follow the text."""
    found: dict[str, Clause] = {}
    for row in _tables(package, "clauses*.toml", "clause"):
        if row["id"] in found:
            raise BrokenRegulation(f"{package}: {row['id']} stands twice")
        found[row["id"]] = _clause(row)
    return found


def interpretations(package: str) -> Mapping[str, Interpretation]:
    """The keys of every ``package``/interpretations*.toml; no key may stand twice."""
    found: dict[str, Interpretation] = {}
    for row in _tables(package, "interpretations*.toml", "interpretation"):
        if row["key"] in found:
            raise BrokenRegulation(f"{package}: {row['key']} stands twice")
        found[row["key"]] = _interpretation(row)
    return found


def findings(package: str) -> tuple[KnownFinding, ...]:
    """What ``package``/findings*.toml declare; nothing where there is no such file."""
    return tuple(
        KnownFinding(
            check=row["check"],
            clauses=tuple(row["clauses"]),
            says=Label(**row["says"]),
            settled_by=tuple(row.get("settled_by", ())),
        )
        for row in _tables(package, "findings*.toml", "finding")
    )


def _tables(package: str, pattern: str, table: str) -> Iterator[dict[str, Any]]:
    entries = sorted(files(package).iterdir(), key=lambda entry: entry.name)
    for entry in (one for one in entries if fnmatch(one.name, pattern)):
        yield from tomllib.loads(entry.read_text(encoding="utf-8"))[table]


def _clause(row: Mapping[str, Any]) -> Clause:
    left = row.get("left")
    because = row.get("because")
    return Clause(
        id=row["id"],
        where=Label(**row["where"]),
        says=Label(**row["says"]),
        kind=row["kind"],
        left=None if left is None else Place(left),
        because=None if because is None else Label(**because),
    )


def _interpretation(row: Mapping[str, Any]) -> Interpretation:
    return Interpretation(
        key=row["key"],
        ledger=row["ledger"],
        place=Label(**row["where"]),
        question=Label(**row["question"]),
        options=tuple(Option(name, Label(**says)) for name, says in row["readings"].items()),
        default=row["default"],
        because=Label(**row["because"]),
    )
