"""
A dossier: what is known about one subject, from when, on what evidence.

Everything here is already checked and typed; reading what a person wrote is in ``reading.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from tiaoli.facts.kinds import Label


class Tier(IntEnum):
    """How well a fact is evidenced. An answer rests on its weakest."""

    CLAIMED = 1
    DOCUMENTED = 2
    VERIFIED = 3

    @property
    def label(self) -> Label:
        return _TIER_LABELS[self]


_TIER_LABELS = {
    Tier.CLAIMED: Label("自行申報", "claimed"),
    Tier.DOCUMENTED: Label("附有文件", "documented"),
    Tier.VERIFIED: Label("已向來源查證", "verified at the source"),
}


@dataclass(frozen=True, slots=True, eq=False)
class Fact:
    """
    One record. ``values`` holds every attribute of its kind: a typed value, ``None`` where it is
    not known, or ``NONE`` where it is known that there is none.
    """

    id: str
    kind: str
    values: Mapping[str, Any]
    tier: Tier = Tier.CLAIMED
    place: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Dossier:
    """
    The facts about one subject.

    ``incomplete`` names the kinds of which further records may exist that nobody has listed: for
    those, "no such record" is not known. For every other kind the list is taken as complete.
    """

    subject: Fact
    facts: tuple[Fact, ...]
    incomplete: frozenset[str] = frozenset()
    by_kind: Mapping[str, tuple[Fact, ...]] = field(init=False, repr=False)
    by_id: Mapping[str, Fact] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        grouped: dict[str, list[Fact]] = {self.subject.kind: [self.subject]}
        for fact in self.facts:
            grouped.setdefault(fact.kind, []).append(fact)
        object.__setattr__(self, "by_kind", {kind: tuple(fs) for kind, fs in grouped.items()})
        object.__setattr__(self, "by_id", {f.id: f for f in (*self.facts, self.subject)})

    def of(self, kind: str) -> tuple[Fact, ...]:
        return self.by_kind.get(kind, ())

    def find(self, fact_id: str) -> Fact | None:
        return self.by_id.get(fact_id)

    def with_facts(self, *more: Fact) -> Dossier:
        return Dossier(self.subject, (*self.facts, *more), self.incomplete)
