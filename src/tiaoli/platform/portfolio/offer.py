"""
Kinds of fact to choose from: what a person's regulations read comes first, then everything,
chapter by chapter. No regulation and no kind is named here.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from types import ModuleType

from tiaoli.facts import vocabulary
from tiaoli.facts.kinds import Kind, Label
from tiaoli.facts.options import folded
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


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of the vocabulary, with kinds that a person may have records of."""

    name: str
    label: Label
    kinds: tuple[Kind, ...]


@cache
def chapters() -> tuple[Chapter, ...]:
    """The chapters in the order of the vocabulary, without kinds that are subjects themselves."""
    modules = {}
    for module in vars(vocabulary).values():
        if isinstance(module, ModuleType) and hasattr(module, "KINDS"):
            modules.update({kind.name: module for kind in module.KINDS})
    grouped: dict[ModuleType | None, list[Kind]] = {}
    for kind in vocabulary.KINDS.values():
        if not kind.subject:
            grouped.setdefault(modules.get(kind.name), []).append(kind)
    return tuple(_chapter(module, kinds) for module, kinds in grouped.items())


def _chapter(module: ModuleType | None, kinds: list[Kind]) -> Chapter:
    name = "" if module is None else module.__name__.rpartition(".")[2]
    says = "" if module is None else (module.__doc__ or name).partition(":")[0].strip(" .")
    return Chapter(name, _LABELS.get(name, Label(says or "其他", says or "Others")), tuple(kinds))


_LABELS = {
    "people": Label("身分與證照", "Identity and credentials"),
    "practice": Label("執業與臨床", "Practice"),
    "learning": Label("學習、發表與教學", "Learning, publishing, teaching"),
    "interventional": Label("介入治療", "Image-guided intervention"),
    "applications": Label("申請與審查", "Applications and reviews"),
    "radiation": Label("輻射", "Radiation"),
    "continuing_education": Label("繼續教育", "Continuing education"),
    "oversight": Label("監督", "Oversight"),
    "programme": Label("訓練計畫", "Training programmes"),
    "programme_learning": Label("訓練計畫：學習", "Training programmes: learning"),
    "programme_resources": Label("訓練計畫：資源", "Training programmes: resources"),
    "allocation": Label("容額", "Allocation of places"),
}
"""What chapters are called in Chinese; one that is not here is called as it describes itself."""


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
