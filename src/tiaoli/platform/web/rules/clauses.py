"""The clauses of a regulation on a page: in the order of the text, found by words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from tiaoli.answers.clauses import clauses_told
from tiaoli.answers.outline import Line
from tiaoli.facts.kinds import Label
from tiaoli.regulations import catalogue
from tiaoli.regulations.cases import WorkedCase, by_clause, cases
from tiaoli.rules import Clause, KnownFinding, Regulation

_MOST_CASES = 4
_UNPLACED = Label("尚無下落", "not placed yet")


@dataclass(slots=True)
class Point:
    """A line of an outline, with those below it."""

    says: Label
    points: list[Point] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ClauseTold:
    """``place`` is what became of the clause; ``sentences`` are made from the rule itself."""

    clause: Clause
    place: Label
    word: str
    sentences: tuple[Sequence[Point], ...]
    questions: tuple[tuple[str, Label], ...]
    keys: tuple[str, ...]
    findings: tuple[KnownFinding, ...]
    cases: tuple[WorkedCase, ...]


@cache
def told(regulation_id: str) -> tuple[ClauseTold, ...]:
    """All clauses, in the order of the text."""
    regulation = catalogue.find(regulation_id)
    worked = by_clause(cases_of(regulation_id))
    found = []
    for clause_id, one in clauses_told(regulation).items():
        place = regulation.place_of(clause_id)
        found.append(
            ClauseTold(
                regulation.clauses[clause_id],
                _UNPLACED if place is None else place.label,
                "" if place is None else place.value,
                tuple(as_points(lines) for lines in one.outlines),
                tuple((name, regulation.question(name).label) for name in one.questions),
                one.keys,
                one.findings,
                worked.get(clause_id, ())[:_MOST_CASES],
            )
        )
    return tuple(found)


def cases_of(regulation_id: str) -> tuple[WorkedCase, ...]:
    """The worked cases that a regulation of this repository brings along."""
    folder = catalogue.folder_of(regulation_id)
    return () if folder is None else cases(folder)


def as_points(lines: Iterable[Line]) -> Sequence[Point]:
    """Lines by their depth, as a tree."""
    root: list[Point] = []
    below = [root]
    for line in lines:
        del below[line.depth + 1 :]
        point = Point(line.says)
        below[-1].append(point)
        below.append(point.points)
    return root


def found_by(regulation: Regulation, words: str) -> list[ClauseTold]:
    """The clauses in which all ``words`` stand, in either language; all where there are none."""
    wanted = words.casefold().split()
    return [one for one in told(regulation.id) if has_all(_texts(one), wanted)]


def has_all(texts: Iterable[str], wanted: Sequence[str]) -> bool:
    """Whether every one of ``wanted`` (casefolded) stands somewhere in ``texts``."""
    text = "\n".join(texts).casefold()
    return all(word in text for word in wanted)


def _texts(one: ClauseTold) -> Iterator[str]:
    clause = one.clause
    yield clause.id
    for label in (clause.where, clause.says, one.place, clause.because):
        yield from both(label)
    for points in one.sentences:
        yield from _of_points(points)
    yield from one.keys
    for finding in one.findings:
        yield from both(finding.says)


def _of_points(points: Sequence[Point]) -> Iterator[str]:
    for point in points:
        yield from both(point.says)
        yield from _of_points(point.points)


def both(label: Label | None) -> tuple[str, ...]:
    return () if label is None else (label.zh, label.en)
