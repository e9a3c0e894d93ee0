"""
Fingerprints: the same rules, facts, readings and date give the same hash, years later.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import lru_cache
from typing import Any

from tiaoli.facts.dossier import Dossier
from tiaoli.facts.kinds import Attribute, Kind, Label
from tiaoli.facts.reading import canonical
from tiaoli.rules.expressions import Node
from tiaoli.rules.regulation import Regulation


def fingerprint(
    regulation: Regulation,
    question: str,
    dossier: Dossier,
    *,
    on: datetime.date,
    readings: Mapping[str, str],
    about: str | None,
) -> str:
    """SHA-256 over everything an answer depends on."""
    return _hash(
        {
            "rules": rule_set_hash(regulation),
            "question": question,
            "facts": canonical(dossier),
            "on": on.isoformat(),
            "readings": dict(sorted(readings.items())),
            "about": about,
        }
    )


@lru_cache(maxsize=64)
def rule_set_hash(regulation: Regulation) -> str:
    """SHA-256 over the rules themselves: every question, edition and default reading."""
    done: dict[int, str] = {}
    return _hash(
        {
            "regulation": regulation.id,
            "editions": [_structure(edition, done) for edition in regulation.editions],
            "defaults": regulation.default_readings(),
            "questions": {name: _structure(q, done) for name, q in regulation.questions.items()},
        }
    )


def _hash(data: Any) -> str:
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _structure(thing: Any, done: dict[int, str]) -> Any:
    """
    A rule as plain data. Labels are left out: a better wording is not another rule. A node that
    stands in many places is told by its hash, which is made once.
    """
    if isinstance(thing, Node):
        if id(thing) not in done:
            done[id(thing)] = _hash(_fields(thing, done))
        return done[id(thing)]
    if isinstance(thing, Label):
        return None
    if isinstance(thing, Kind | Attribute):
        return thing.name
    if isinstance(thing, Enum):
        return thing.name
    if is_dataclass(thing):
        return _fields(thing, done)
    if isinstance(thing, tuple | list):
        return [_structure(item, done) for item in thing]
    return thing if thing is None or isinstance(thing, bool | int | str) else str(thing)


def _fields(thing: Any, done: dict[int, str]) -> list[Any]:
    values = [_structure(getattr(thing, field.name), done) for field in fields(thing)]
    return [type(thing).__name__, *values]
