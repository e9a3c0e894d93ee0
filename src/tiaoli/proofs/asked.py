"""One question under chosen readings, with everything a check needs of it, worked out once."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from tiaoli.answers.case import Case
from tiaoli.answers.meaning import Row as Values
from tiaoli.answers.meaning import holds
from tiaoli.facts.dossier import Dossier
from tiaoli.proofs.concretise import told_by
from tiaoli.proofs.findings import Shown
from tiaoli.proofs.reading import Reading, Row, SlotRow
from tiaoli.proofs.scopes import Placed, placed
from tiaoli.proofs.search import WIDTH, Search, Sought, case_on
from tiaoli.proofs.symbols import Truth
from tiaoli.rules.expressions import Node, Rule
from tiaoli.rules.interpretation import resolve
from tiaoli.rules.question import Band, Figure, Question
from tiaoli.rules.timetables import PROGRAMME


@dataclass(frozen=True, slots=True)
class Example:
    """Facts that somebody has written down: what they show need not be looked for."""

    dossier: Dossier
    about: str | None = None


@dataclass(slots=True)
class Place:
    """Where a part is asked: of the subject (no row), or of a record that must be there."""

    row: Row | None
    there: Truth


class Asked:
    """``question`` has no reading left open."""

    def __init__(
        self,
        question: Question,
        readings: Mapping[str, str],
        on: datetime.date,
        width: int = WIDTH,
        examples: Sequence[Example] = (),
    ) -> None:
        self.question = resolved(question, readings)
        self.on = on
        self.width = width
        self.examples = examples

    @cached_property
    def search(self) -> Search:
        """One world for all that the question asks."""
        nodes = (node for node in self.question.nodes() if node is not self.question.as_of)
        return self.search_for(*nodes, width=self.width)

    def search_for(self, *nodes: Node, width: int = WIDTH) -> Search:
        return Search(nodes, on=self.on, as_of=self.question.as_of, width=width)

    def case(self, dossier: Dossier) -> Case:
        """The case of a dossier, as the reference reading takes it."""
        return case_on(dossier, self.on, self.question.as_of)

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        """The examples on the day of asking, with nothing taken for granted."""
        cases = ((self.case(one.dossier), one.about) for one in self.examples)
        return tuple(replace(case, about=about, presuming=False) for case, about in cases)

    def is_shown(self, part: Placed, *rules: Rule) -> bool:
        """Whether some example meets all ``rules`` at once where ``part`` stands."""
        return any(
            all(holds(rule, case, row) for rule in rules)
            for case in self.cases
            for row in _rows(part, case)
        )

    @cached_property
    def parts(self) -> tuple[Placed, ...]:
        return tuple(part for node in self.question.nodes() for part in placed(node))

    def parts_of(self, sort: type[Node] | tuple[type[Node], ...]) -> Iterator[Placed]:
        for part in self.parts:
            if isinstance(part.node, sort) and part.kind is not PROGRAMME:
                yield part


def place(search: Search, part: Placed, reading: Reading | None = None) -> Place:
    """The place of a part in the world of ``search``."""
    read = search.reading if reading is None else reading
    if part.kind is None:
        return Place(None, True)
    slots = search.world.of(part.kind)
    if not slots:
        return Place(None, False)
    return Place(SlotRow(read, slots[0]), read.present(slots[0]))


def _rows(part: Placed, case: Case) -> Iterable[Values | None]:
    if part.kind is None:
        return (None,)
    return (fact.values for fact in case.dossier.of(part.kind.name))


def shown(search: Search, sought: Sought, reading: Reading | None = None) -> Shown:
    """The facts of a model, with the attributes that matter."""
    read = search.reading if reading is None else reading
    assert sought.model is not None
    return Shown(search.dossier(sought, read), told_by(read))


def resolved(question: Question, readings: Mapping[str, str]) -> Question:
    bands = tuple(Band(b.outcome, resolve(b.rule, readings)) for b in question.bands)
    figures = tuple(Figure(f.name, f.label, resolve(f.value, readings)) for f in question.figures)
    flags = tuple(replace(flag, rule=resolve(flag.rule, readings)) for flag in question.flags)
    as_of = resolve(question.as_of, readings)
    return replace(question, bands=bands, figures=figures, flags=flags, as_of=as_of)
