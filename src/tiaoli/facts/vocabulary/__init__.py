"""
The vocabulary: every kind of fact that a regulation may speak of, shared by all of them.

One file per part of a professional life. A kind is found by name with ``find``; a name nobody
knows is answered with the nearest one.
"""

from collections.abc import Mapping

from tiaoli.facts.kinds import Kind
from tiaoli.facts.names import nearest
from tiaoli.facts.vocabulary import (
    allocation,
    applications,
    continuing_education,
    interventional,
    learning,
    oversight,
    people,
    practice,
    programme,
    programme_learning,
    programme_resources,
    radiation,
)

_CHAPTERS = (
    people,
    practice,
    learning,
    interventional,
    applications,
    radiation,
    continuing_education,
    oversight,
    programme,
    programme_learning,
    programme_resources,
    allocation,
)

KINDS: Mapping[str, Kind] = {kind.name: kind for chapter in _CHAPTERS for kind in chapter.KINDS}

if len(KINDS) != sum(len(chapter.KINDS) for chapter in _CHAPTERS):
    raise ValueError("two kinds of fact share a name")


class UnknownKind(LookupError):
    """A kind of fact that the vocabulary does not have."""


def find(name: str) -> Kind:
    """The kind called ``name``. Raises UnknownKind, naming the nearest ones."""
    try:
        return KINDS[name]
    except KeyError:
        hint = nearest(name, KINDS)
        raise UnknownKind(
            f"沒有「{name}」這種紀錄。{hint.zh} / There is no kind of fact {name!r}. {hint.en}"
        ) from None
