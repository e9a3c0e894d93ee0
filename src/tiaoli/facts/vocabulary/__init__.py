"""
The vocabulary: every kind of fact that a regulation may speak of, shared by all of them.

One file per part of a professional life. A kind is found by name with ``find``; a name nobody
knows is answered with the nearest one. A regulation that lives elsewhere brings words of its own
through the entry point ``tiaoli.vocabulary``: a module with ``KINDS``, and a ``LABEL`` under which
they stand in lists.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import entry_points
from types import ModuleType

from tiaoli.facts.kinds import Kind, Label
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


@dataclass(frozen=True, slots=True)
class Chapter:
    """Kinds that stand together; ``name`` is that of the module which declares them."""

    name: str
    label: Label
    kinds: tuple[Kind, ...]


def _chapter(module: ModuleType) -> Chapter:
    """Raises ValueError for a module that declares no kinds, or does not say what they are of."""
    kinds, label = getattr(module, "KINDS", None), getattr(module, "LABEL", None)
    if kinds is None or not isinstance(label, Label):
        raise ValueError(
            f"{module.__name__} 要有 KINDS（種類）與 LABEL（這些種類的總稱，Label(中, 英)）。 / "
            f"{module.__name__} has to declare KINDS, and LABEL: a Label of what they are of."
        )
    return Chapter(module.__name__, label, tuple(kinds))


_ELSEWHERE = tuple(
    point.load() for point in sorted(entry_points(group="tiaoli.vocabulary"), key=lambda p: p.name)
)

CHAPTERS: tuple[Chapter, ...] = tuple(
    _chapter(module)
    for module in (
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
        *_ELSEWHERE,
    )
)
"""The parts of the vocabulary in its own order; those from elsewhere come last."""


def _by_name() -> dict[str, Kind]:
    """Every kind once. Raises ValueError where two share a name, and says where they are."""
    found: dict[str, Kind] = {}
    for chapter in CHAPTERS:
        for kind in chapter.kinds:
            if kind.name in found:
                raise ValueError(
                    f"兩種紀錄都叫 {kind.name}，其一在 {chapter.name}。 / "
                    f"Two kinds of fact are called {kind.name}, one of them in {chapter.name}."
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
