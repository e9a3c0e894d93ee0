"""
Questions: what a person may ask of a regulation, and in which words it is answered.

A question has bands, tried in order: the first whose rule is met gives the outcome; a band that is
unknown leaves the question undecided, so that unknown never slips through to the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from tiaoli.facts.kinds import Label
from tiaoli.rules.amounts import NotStated
from tiaoli.rules.expressions import Node, Rule, Value, walk
from tiaoli.rules.judgement import Presumed
from tiaoli.rules.moments import ASKED_ON
from tiaoli.rules.scales import Scale

NOT_STATED = "not_stated"
COMPUTED = "computed"


@dataclass(frozen=True, slots=True)
class Band:
    """``outcome`` where ``rule`` is met."""

    outcome: str
    rule: Rule


@dataclass(frozen=True, slots=True)
class Figure:
    """Something a question computes: an amount or a day."""

    name: str
    label: Label
    value: Value


@dataclass(frozen=True, slots=True, eq=False)
class Flag:
    """Something that the answer points out where ``rule`` is met, whatever the outcome."""

    id: str
    label: Label
    rule: Rule


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Question:
    """
    ``otherwise``  the outcome where no band is met
    ``undecided``  the outcome where a band is unknown
    ``goal``       the outcome a person works towards; None where there is nothing to reach
    ``as_of``      the reference date (a reading may put it elsewhere than the day of asking)
    ``about``      the kind of record the question is about, if it is about one
    ``flags``      what is pointed out beside the outcome
    ``scale``      the scale of levels that the bands were made from, if they were
    ``summary``    it only brings together what other questions answer; what is proved of it, and
                   which readings would change it, is to be asked of those
    """

    id: str
    label: Label
    asks: Label
    bands: tuple[Band, ...] = ()
    otherwise: str = COMPUTED
    undecided: str = "unknown"
    figures: tuple[Figure, ...] = ()
    goal: str | None = None
    as_of: Value = ASKED_ON
    about: str | None = None
    flags: tuple[Flag, ...] = ()
    scale: Scale | None = None
    summary: bool = False
    outcomes: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        words = [band.outcome for band in self.bands] + [self.otherwise, self.undecided]
        if any(isinstance(n, NotStated) for node in self.nodes() for n in node.walk()):
            words.append(NOT_STATED)
        object.__setattr__(self, "outcomes", tuple(dict.fromkeys(words)))

    def __repr__(self) -> str:
        return f"<Question {self.id}>"

    def nodes(self) -> Iterator[Node]:
        """Everything the answer depends on."""
        yield from (band.rule for band in self.bands)
        yield from (figure.value for figure in self.figures)
        yield from (flag.rule for flag in self.flags)
        yield self.as_of

    def walk(self) -> Iterator[Node]:
        """Every node that the answer depends on, each once."""
        return walk(self.nodes())


def qualifies(
    id: str,
    label: Label,
    asks: Label,
    rule: Rule,
    *,
    barred_unless: Rule | None = None,
    as_of: Value = ASKED_ON,
    about: str | None = None,
    figures: tuple[Figure, ...] = (),
) -> Question:
    """
    Eligible, needs review, or not yet; ``ineligible`` where ``barred_unless``, a status that time
    cannot cure, is known not to be met.
    """
    bands = [Band("eligible", rule)]
    if barred_unless is not None:
        barred = Presumed(
            ~barred_unless, False, Label("身分未明時不視為不合格", "an unknown status does not bar")
        )
        bands.append(Band("ineligible", barred))
    return Question(
        id=id,
        label=label,
        asks=asks,
        bands=tuple(bands),
        otherwise="not_yet",
        undecided="needs_review",
        goal="eligible",
        as_of=as_of,
        about=about,
        figures=figures,
    )


def computes(
    id: str,
    label: Label,
    asks: Label,
    *figures: Figure,
    about: str | None = None,
    as_of: Value = ASKED_ON,
) -> Question:
    """A question whose answer is an amount or a day, or that the text does not state it."""
    return Question(id=id, label=label, asks=asks, figures=figures, about=about, as_of=as_of)
