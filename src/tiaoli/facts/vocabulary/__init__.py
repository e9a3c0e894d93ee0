"""
The vocabulary: every kind of fact that a regulation may speak of, shared by all of them.

One file per part of a professional life. A kind is found by name with ``find``; a name nobody
knows is answered with the nearest one. A regulation that lives elsewhere brings words of its own
through the entry point ``tiaoli.vocabulary``: a module with ``KINDS``.
"""

from collections.abc import Mapping
from importlib.metadata import entry_points

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

_ELSEWHERE = tuple(
    point.load() for point in sorted(entry_points(group="tiaoli.vocabulary"), key=lambda p: p.name)
)


def _by_name() -> dict[str, Kind]:
    """Every kind once. Raises ValueError where two share a name, and says where they are."""
    found: dict[str, Kind] = {}
    for chapter in (*_CHAPTERS, *_ELSEWHERE):
        for kind in chapter.KINDS:
            if kind.name in found:
                raise ValueError(
                    f"兩種紀錄都叫 {kind.name}，其一在 {chapter.__name__}。 / "
                    f"Two kinds of fact are called {kind.name}, one of them in {chapter.__name__}."
                )
            found[kind.name] = kind
    return found


KINDS: Mapping[str, Kind] = _by_name()


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
