"""
Kinds of fact to choose from: what a person's regulations read comes first, then everything,
chapter by chapter. No regulation and no kind is named here.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache

from tiaoli.facts import vocabulary
from tiaoli.facts.kinds import Kind, Label
from tiaoli.facts.options import folded
from tiaoli.facts.vocabulary import Chapter
from tiaoli.platform.people.models import Person
from tiaoli.platform.portfolio.concern import about_persons, concerns_of, goals, kinds_of
from tiaoli.regulations import catalogue
from tiaoli.rules import Regulation
from tiaoli.rules.reads import kinds_read


@cache
def kinds_written() -> frozenset[str]:
    """The kinds that procedures write: the files that travel, and what steps leave behind."""
    procedures = [p for name in catalogue.ids() for p in catalogue.find(name).procedures]
    written = [p.file for p in procedures] + [t.output for p in procedures for t in p.transitions]
    return frozenset(record.kind for record in written if record is not None)


@cache
def chapters() -> tuple[Chapter, ...]:
    """The chapters of the vocabulary, without kinds that are subjects themselves."""
    found = (replace(c, kinds=_without_subjects(c.kinds)) for c in vocabulary.CHAPTERS)
    return tuple(chapter for chapter in found if chapter.kinds)


def _without_subjects(kinds: Iterable[Kind]) -> tuple[Kind, ...]:
    return tuple(kind for kind in kinds if not kind.subject)


@dataclass(frozen=True, slots=True)
class KindOffered:
    """A kind, with how many records there are, and which regulations of the person read it."""

    kind: Kind
    records: int
    read_by: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """Kinds to choose from: those that concern the person first, then chapter by chapter."""

    first: tuple[KindOffered, ...]
    chapters: tuple[tuple[Label, tuple[KindOffered, ...]], ...]


def offer(person: Person, day: datetime.date, search: str = "") -> Offer:
    """
    The kinds whose names have ``search`` in them; first what is read by the regulations that
    concern the person, or by any about persons where none is known to.
    """
    counts = Counter(person.records.filter(removed=None).values_list("kind", flat=True))
    concern = concerns_of(person, day).own or about_persons()

    def offered(kind: Kind) -> KindOffered:
        readers = (one.title for one in concern if kind.name in kinds_of(one))
        return KindOffered(kind, counts[kind.name], tuple(readers))

    found = [
        (chapter.label, tuple(offered(kind) for kind in chapter.kinds if _found(kind, search)))
        for chapter in chapters()
    ]
    everything = [one for _, kinds in found for one in kinds]
    first = sorted((one for one in everything if one.read_by), key=_weight(concern))
    return Offer(tuple(first), tuple((label, kinds) for label, kinds in found if kinds))


def _weight(concern: tuple[Regulation, ...]) -> Callable[[KindOffered], tuple[int, bool, int]]:
    """What there is most of, then what most questions read; what procedures write comes last."""
    asked = Counter(kind for one in concern for question in goals(one)
                    for kind in kinds_read(question))  # fmt: skip

    def weight(one: KindOffered) -> tuple[int, bool, int]:
        return (-one.records, one.kind.name in kinds_written(), -asked[one.kind.name])

    return weight


def _found(kind: Kind, search: str) -> bool:
    words = folded(f"{kind.name} {kind.label.zh} {kind.label.en}")
    return all(word in words for word in folded(search).split())
