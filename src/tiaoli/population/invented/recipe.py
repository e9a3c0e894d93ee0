"""
A recipe: which records people have, how many, and where their values come from.

    some("spell", "clinical_service", (0, 1, 1, 2), spells("start_date", "end_date"))

is a sort of record of the kind ``clinical_service``, with ids ``spell-1``, ``spell-2`` …; who has
come farthest (zeal 3) has about two of them. Several sorts may be of one kind.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from tiaoli.facts.kinds import Kind
from tiaoli.facts.vocabulary import find
from tiaoli.population.invented.days import days
from tiaoli.population.invented.draws import in_turn, options, usual
from tiaoli.population.invented.modelled import Model
from tiaoli.population.invented.rows import Draw

__all__ = ["Recipe", "Sort", "rulings", "some", "the_subject"]

Joint = tuple[str, str, Draw, Draw]


@dataclass(frozen=True, slots=True)
class Sort:
    """
    ``most``: about how many a subject has, by its zeal from 0 to 3, how far it has come: as many,
    one fewer or one more. ``exact``: as many and no other number. ``share``: of how many subjects
    this is so; the others have none.
    """

    name: str
    kind: Kind
    most: tuple[int, int, int, int]
    draws: Mapping[str, Draw]
    share: float = 1.0
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Recipe:
    """
    What is known of each subject, and its records; a sort may name those before it. Some subjects,
    the last ones, may be made after a ``model`` instead.
    """

    subject: Sort
    sorts: Sequence[Sort]
    model: Model | None = None


def some(
    name: str,
    kind: str,
    most: tuple[int, int, int, int],
    /,
    *joint: Joint,
    told: str = "",
    share: float = 1.0,
    exact: bool = False,
    besides: Mapping[str, Draw] = MappingProxyType({}),
    **draws: Draw,
) -> Sort:
    """
    A sort of record; attributes in ``told`` are drawn as is usual for their type, ``besides``
    are more draws.
    """
    of = find(kind)
    drawn: dict[str, Draw] = {}
    for start, end, starts, ends in joint:
        drawn |= {start: starts, end: ends}
    drawn |= draws
    drawn |= besides
    drawn |= {attribute: usual(of.attributes[attribute]) for attribute in told.split()}
    if unknown := drawn.keys() - of.attributes.keys():
        raise ValueError(f"{kind}: {sorted(unknown)}")
    return Sort(name, of, most, drawn, share, exact)


def the_subject(kind: str, /, *, told: str = "", **draws: Draw) -> Sort:
    return some(kind, kind, (1, 1, 1, 1), told=told, exact=True, besides=draws)


def rulings(*clauses: str, share: float = 0.8, **more: Draw) -> Sort:
    """What people have decided on clauses that are left to them, now and then twice."""
    n = len(clauses)
    return some(
        "ruling",
        "judgement",
        (n // 4, n // 2, n, 2 * n),
        clause=in_turn(*clauses),
        decision=options(met=8, not_met=2),
        date=days(3),
        share=share,
        told="by",
        besides=more,
    )
