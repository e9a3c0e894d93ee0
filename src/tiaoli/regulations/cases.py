"""
Worked cases: what a regulation answers for a described person, as data a registrar can read.

A case starts from a ``base`` (a person who meets everything, in ``cases/bases.toml``), leaves out
some facts by id, adds or replaces others, and says what is expected.
"""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from tiaoli.facts.dossier import Dossier
from tiaoli.facts.kinds import Label
from tiaoli.facts.reading import read_dossier

Data = Mapping[str, Any]


class BrokenCase(ValueError):
    """A case that refers to a base or fact that does not exist, or says nothing to check."""


@dataclass(frozen=True, slots=True)
class Expected:
    """
    ``decided_by``  clauses that must be among those on which the outcome turns
    ``sensitivity`` keys that must be among those that would change the answer
    ``flags``       what is pointed out beside the outcome: these and no others
    ``value``       figures by name, as written in an answer's JSON amounts or days
    ``not_counted`` fact ids that must be told as not counted
    ``missing``     clauses, fact ids or kinds that must be asked for
    ``clauses``     clauses that are met or not as the question asks them, whatever the outcome
    """

    outcome: str
    earliest: datetime.date | None = None
    until: datetime.date | None = None
    decided_by: tuple[str, ...] = ()
    sensitivity: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    value: Mapping[str, str] = field(default_factory=dict)
    not_counted: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    clauses: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True)
class WorkedCase:
    """
    ``told``: the subject and the facts as plain data, read when ``dossier`` is first asked for.
    ``flips``: readings by key under which the outcome is another, and which.
    """

    id: str
    says: Label
    question: str
    on: datetime.date
    told: Data
    readings: Mapping[str, str]
    about: str | None
    expected: Expected
    flips: Mapping[str, tuple[str, str]]

    @cached_property
    def dossier(self) -> Dossier:
        """What is told, read and checked. Raises DossierError where it cannot be read."""
        return read_dossier(self.told)


@cache
def cases(package: str) -> tuple[WorkedCase, ...]:
    """Every case in ``package``/cases/*.toml, file by file; none where it has no such folder."""
    return tuple(_cases(package)) if files(package).joinpath("cases").is_dir() else ()


def _cases(package: str) -> Iterator[WorkedCase]:
    folder, bases = files(package).joinpath("cases"), _bases(package)
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".toml") and not _holds_bases(entry.name):
            for row in tomllib.loads(entry.read_text(encoding="utf-8"))["case"]:
                yield _case(row, bases)


def by_clause(of: Iterable[WorkedCase]) -> dict[str, tuple[WorkedCase, ...]]:
    """The cases by the clauses that decide them."""
    found: dict[str, tuple[WorkedCase, ...]] = {}
    for case in of:
        for clause in case.expected.decided_by:
            found[clause] = (*found.get(clause, ()), case)
    return found


def _bases(package: str) -> Data:
    """What ``package``/cases/bases*.toml describe; no base may stand twice."""
    found: dict[str, Any] = {}
    for entry in files(package).joinpath("cases").iterdir():
        if _holds_bases(entry.name):
            more = tomllib.loads(entry.read_text(encoding="utf-8"))
            if twice := found.keys() & more.keys():
                raise BrokenCase(f"{package}: the bases {sorted(twice)} stand twice")
            found |= more
    return found


def _holds_bases(name: str) -> bool:
    return name.startswith("bases") and name.endswith(".toml")


@cache
def regression_cases(package: str) -> tuple[WorkedCase, ...]:
    """
    The cases of ``package``/regression/*.toml: made from the rules, by the solver at every
    threshold or by changing a worked case in one point, to notice when an answer changes.
    """
    bases = _bases(package)
    return tuple(
        _case(row, bases) for _, data in _regression_files(package) for row in data.get("case", ())
    )


def idle_edges(package: str) -> Mapping[str, Label]:
    """The edges of thresholds of which no case can be made, and why."""
    idle = (row for _, data in _regression_files(package) for row in data.get("idle", ()))
    return {row["id"]: Label(**row["why"]) for row in idle}


def _regression_files(package: str) -> Iterator[tuple[str, Data]]:
    folder = files(package).joinpath("regression")
    if folder.is_dir():
        for entry in sorted(folder.iterdir(), key=lambda item: item.name):
            if entry.name.endswith(".toml"):
                yield entry.name, tomllib.loads(entry.read_text(encoding="utf-8"))


def _case(row: Data, bases: Data) -> WorkedCase:
    lists = ("decided_by", "sensitivity", "flags", "not_counted", "missing")
    expect: dict[str, Any] = {k: tuple(v) if k in lists else v for k, v in row["expect"].items()}
    return WorkedCase(
        id=row["id"],
        says=Label(**row["says"]),
        question=row["question"],
        on=row["on"],
        told=_told(row, bases),
        readings=row.get("readings", {}),
        about=row.get("about"),
        expected=Expected(**expect),
        flips={key: (f["reading"], f["outcome"]) for key, f in row.get("flips", {}).items()},
    )


def _told(row: Data, bases: Data) -> Data:
    nobody: Data = {"subject": {"id": "someone"}}
    base = _base(row["base"], row["id"], bases) if "base" in row else nobody
    kept = {fact["id"]: fact for fact in base.get("facts", ())}
    for left_out in row.get("without", ()):
        if left_out not in kept:
            raise BrokenCase(f"{row['id']} leaves out {left_out!r}, which its base does not have")
        del kept[left_out]
    for fact in [*row.get("facts", ()), *_repeated(row)]:
        kept[fact["id"]] = fact
    return {
        "subject": {**base["subject"], **row.get("subject", {})},
        "facts": list(kept.values()),
        "incomplete": row.get("incomplete", []),
    }


def _base(name: str, case_id: str, bases: Data) -> Data:
    """A base, with the facts of the bases that it builds upon."""
    if name not in bases:
        raise BrokenCase(f"{case_id}: there is no base {name!r}")
    base: Data = bases[name]
    facts = {fact["id"]: fact for fact in [*base.get("facts", ()), *_repeated(base)]}
    if "upon" in base:
        below = _base(base["upon"], case_id, bases)
        facts = {**{fact["id"]: fact for fact in below["facts"]}, **facts}
        for left_out in base.get("without", ()):
            facts.pop(left_out)
        return {
            "subject": {**below["subject"], **base.get("subject", {})},
            "facts": [*facts.values()],
        }
    return {"subject": base["subject"], "facts": [*facts.values()]}


def _repeated(row: Data) -> Iterator[Data]:
    """``repeat`` entries: one fact a number of times, ids and listed texts numbered."""
    for entry in row.get("repeat", ()):
        fact, numbered = dict(entry["fact"]), entry.get("numbered", [])
        for number in range(1, entry["times"] + 1):
            own = {name: f"{fact[name]}-{number}" for name in numbered}
            yield {**fact, **own, "id": f"{fact['id']}-{number}"}
