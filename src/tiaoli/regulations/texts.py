"""A regulation's clauses, interpretations and findings, read from the TOML beside its rules."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from fnmatch import fnmatch
from importlib.resources import files
from typing import Any

from tiaoli.facts.kinds import Label
from tiaoli.rules import BrokenRegulation, Clause, Interpretation, KnownFinding, Option, Place


def clauses(package: str) -> Mapping[str, Clause]:
    """The clauses of ``package``/clauses.toml, in the order of the text."""
    return {row["id"]: _clause(row) for row in _table(package, "clauses.toml", "clause")}


def interpretations(package: str) -> Mapping[str, Interpretation]:
    """The keys of every ``package``/interpretations*.toml; no key may stand twice."""
    names = sorted(entry.name for entry in files(package).iterdir())
    found: dict[str, Interpretation] = {}
    for name in (n for n in names if fnmatch(n, "interpretations*.toml")):
        for row in _table(package, name, "interpretation"):
            if row["key"] in found:
                raise BrokenRegulation(f"{package}: {row['key']} stands twice")
            found[row["key"]] = _interpretation(row)
    return found


def findings(package: str) -> tuple[KnownFinding, ...]:
    """What ``package``/findings.toml declares; nothing where it has no such file."""
    if not files(package).joinpath("findings.toml").is_file():
        return ()
    return tuple(
        KnownFinding(
            check=row["check"],
            clauses=tuple(row["clauses"]),
            says=Label(**row["says"]),
            settled_by=tuple(row.get("settled_by", ())),
        )
        for row in _table(package, "findings.toml", "finding")
    )


def _table(package: str, name: str, table: str) -> list[dict[str, Any]]:
    text = files(package).joinpath(name).read_text(encoding="utf-8")
    rows: list[dict[str, Any]] = tomllib.loads(text)[table]
    return rows


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
