"""
Which kinds of fact are read by whom: the kinds of a regulation, the regulations of a person.

Worked out from what the catalogue holds: a regulation reads a kind where a question of it asks for
such records. No regulation and no kind is named here.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from tiaoli.facts import vocabulary
from tiaoli.facts.kinds import Kind, Label
from tiaoli.facts.options import folded
from tiaoli.facts.vocabulary import Chapter
from tiaoli.platform.people.models import Mandate, Person, holding
from tiaoli.platform.portfolio.dossiers import SUBJECT_KIND
from tiaoli.regulations import catalogue


@cache
def kinds_read(regulation: str) -> Mapping[str, int]:
    """The kinds that a regulation's questions read, and in how many places."""
    found: Counter[str] = Counter()
    for node in catalogue.find(regulation).nodes():
        for part in node.walk():
            kind = getattr(part, "kind", None)
            if isinstance(kind, Kind) and kind.name in vocabulary.KINDS:
                found[kind.name] += 1
    return found


@cache
def kinds_written() -> frozenset[str]:
    """The kinds that procedures write: the files that travel, and what steps leave behind."""
    procedures = [p for name in catalogue.ids() for p in catalogue.find(name).procedures]
    written = [p.file for p in procedures] + [t.output for p in procedures for t in p.transitions]
    return frozenset(record.kind for record in written if record is not None)


@cache
def about_persons() -> tuple[str, ...]:
    """The regulations that can be asked of a person: those that read no other subject alone."""
    return tuple(name for name in catalogue.ids() if _about_persons(kinds_read(name)))


def _about_persons(read: Iterable[str]) -> bool:
    subjects = {name for name in read if vocabulary.KINDS[name].subject}
    return not subjects or SUBJECT_KIND in subjects


@cache
def _read_by(kind: str) -> tuple[str, ...]:
    return tuple(name for name in about_persons() if kind in kinds_read(name))


def regulations_of(person: Person, day: datetime.date) -> tuple[str, ...]:
    """
    The regulations that concern a person: run by a society that they belong to, or the only ones
    to read a kind of which they have a record. All that are about persons, where none is found.
    """
    run = Mandate.objects.filter(
        holding(day), organisation__in=person.memberships.values("organisation")
    ).values_list("regulation", flat=True)
    has = person.records.filter(removed=None).values_list("kind", flat=True).distinct()
    own = {_read_by(kind)[0] for kind in has if len(_read_by(kind)) == 1}
    concern = own | set(run)
    return tuple(name for name in about_persons() if name in concern) or about_persons()


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
    """The kinds whose names have ``search`` in them; first what the person's regulations read."""
    counts = Counter(person.records.filter(removed=None).values_list("kind", flat=True))
    concern = regulations_of(person, day)

    def offered(kind: Kind) -> KindOffered:
        readers = [name for name in concern if kind.name in kinds_read(name)]
        titles = tuple(catalogue.find(name).title for name in readers)
        return KindOffered(kind, counts[kind.name], titles)

    found = [
        (chapter.label, tuple(offered(kind) for kind in chapter.kinds if _found(kind, search)))
        for chapter in chapters()
    ]
    everything = [one for _, kinds in found for one in kinds]
    first = sorted((one for one in everything if one.read_by), key=_weight(concern))
    return Offer(tuple(first), tuple((label, kinds) for label, kinds in found if kinds))


def _weight(concern: tuple[str, ...]) -> Callable[[KindOffered], tuple[int, bool, int]]:
    """What there is most of, then what is read most; what procedures write comes last."""

    def weight(one: KindOffered) -> tuple[int, bool, int]:
        read = sum(kinds_read(name).get(one.kind.name, 0) for name in concern)
        return (-one.records, one.kind.name in kinds_written(), -read)

    return weight


def _found(kind: Kind, search: str) -> bool:
    words = folded(f"{kind.name} {kind.label.zh} {kind.label.en}")
    return all(word in words for word in folded(search).split())
