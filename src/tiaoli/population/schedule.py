"""
In which order terms are worked out, and over which records: one pass over each kind of record for
all that can be had from it at once.

A program is a block for the subject. In a block stand steps: a term to be worked out, a loop over
the records of a kind (or over periods) with a block for each, and the end of an aggregate.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from tiaoli.population.terms import Aggregated, Binder, Rows, Term


@dataclass(frozen=True, slots=True)
class Let:
    """Work out a term that is no aggregate."""

    term: Term


@dataclass(frozen=True, slots=True)
class Fold:
    """What an aggregate takes of each record: ``args`` of the ``group``-th of its binders."""

    agg: Term
    group: int

    @property
    def args(self) -> tuple[Term, ...]:
        about: Aggregated = self.agg.data
        return self.agg.args[self.group * about.width : (self.group + 1) * about.width]


@dataclass(frozen=True, slots=True)
class Loop:
    """The block for each record of ``binder``, and what is gathered meanwhile."""

    binder: Binder
    body: Block
    folds: tuple[Fold, ...] = ()


@dataclass(frozen=True, slots=True)
class Close:
    """All that an aggregate is made over has been seen: its term is there."""

    agg: Term


@dataclass(frozen=True, slots=True)
class Emit:
    """The results of one subject (and one record asked about) are there."""

    outputs: tuple[Term, ...]


Step = Let | Loop | Close | Emit


@dataclass(eq=False, slots=True)
class Block:
    """``chain``: the binders that are open, the outermost first."""

    chain: tuple[Binder, ...]
    steps: list[Step] = field(default_factory=list)


def schedule(outputs: Sequence[Term], *, asked: Rows | None = None) -> Block:
    """The program that works out ``outputs`` for each subject, or for each record asked about."""
    root = _Builder(()).block(outputs, end=asked is None)
    if asked is not None:
        body = _Builder((asked,)).block(outputs, end=True)
        root.steps.append(Loop(asked, body))
    return root


class _Builder:
    """Makes one block. A term is its own where the innermost binder that it hangs on is."""

    def __init__(self, chain: tuple[Binder, ...]) -> None:
        self.chain = chain
        self._open = frozenset(chain)
        self._stages: dict[int, int] = {}
        self._there: set[int] = set()

    def block(self, wanted: Sequence[Term], *, end: bool = False) -> Block:
        block = Block(self.chain)
        for aggs in self._in_stages(wanted):
            for binder, folds in _by_binder(aggs).items():
                args = [arg for fold in folds for arg in fold.args]
                block.steps += self._lets(args)
                body = _Builder((*self.chain, binder)).block(args)
                block.steps.append(Loop(binder, body, tuple(folds)))
            block.steps += [Close(agg) for agg in aggs]
            self._there |= {agg.number for agg in aggs}
        block.steps += self._lets(wanted)
        if end:
            block.steps.append(Emit(tuple(wanted)))
        return block

    def _is_mine(self, term: Term) -> bool:
        if not term.free <= self._open:
            return False
        return self.chain[-1] in term.free if self.chain else True

    def _is_outside(self, term: Term) -> bool:
        """It has been worked out further out."""
        return term.free <= self._open and not self._is_mine(term)

    def _within(self, wanted: Iterable[Term]) -> Iterator[Term]:
        """All that ``wanted`` is made of, parts before wholes, but for what is outside."""
        seen: set[int] = set()
        ahead = [(term, False) for term in wanted]
        while ahead:
            term, ready = ahead.pop()
            if ready:
                yield term
            elif term.number not in seen and not self._is_outside(term):
                seen.add(term.number)
                ahead.append((term, True))
                ahead.extend((arg, False) for arg in term.args)

    def _in_stages(self, wanted: Sequence[Term]) -> list[list[Term]]:
        """The aggregates of this block; those of a stage hang on earlier stages only."""
        stages: list[list[Term]] = []
        for term in self._within(wanted):
            before = max((self._stages.get(arg.number, -1) for arg in term.args), default=-1)
            if term.op == "agg" and self._is_mine(term):
                before += 1
                if before == len(stages):
                    stages.append([])
                stages[before].append(term)
            self._stages[term.number] = before
        return stages

    def _lets(self, wanted: Sequence[Term]) -> list[Step]:
        """The terms of this block that ``wanted`` needs and that are not there yet."""
        steps: list[Step] = []
        for term in self._within(wanted):
            if term.number in self._there or not self._is_mine(term) or term.op in _AT_HAND:
                continue
            assert term.op != "agg", f"{term} is needed before it is there"
            self._there.add(term.number)
            steps.append(Let(term))
        return steps


_AT_HAND = ("const", "param", "row", "turn")
"""What needs no working out."""


def _by_binder(aggs: Iterable[Term]) -> dict[Binder, list[Fold]]:
    found: dict[Binder, list[Fold]] = {}
    for agg in aggs:
        for group, binder in enumerate(agg.data.binders):
            found.setdefault(binder, []).append(Fold(agg, group))
    return found
