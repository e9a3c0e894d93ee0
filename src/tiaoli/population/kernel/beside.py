"""
Loops within loops: what hangs on the record of the inner one alone is worked out once for the
subject, and of the records that can be taken at all. The inner loop goes through what is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tiaoli.population.kernel.limits import Limits
from tiaoli.population.schedule import Block, Fold, Let, Loop
from tiaoli.population.terms import Sort, Term

__all__ = ["Beside", "beside", "of_any"]

_BITS: Final = 60
"""Truths that are kept in one word."""

_KEPT: Final = (
    Sort.BOOL, Sort.INT, Sort.DAY, Sort.MOMENT, Sort.TEXT, Sort.CHOICE, Sort.CHOICES, Sort.ROW,
)  # fmt: skip

Join = Callable[[str, tuple[Term, ...]], Term]


@dataclass(frozen=True, slots=True, eq=False)
class Beside:
    """
    ``steps`` are worked out of each record, ``where`` says which records can be taken (None: all),
    ``kept`` is what the inner loop needs of them; by number, how it reads the terms that it works
    out itself (``instead``).
    """

    steps: tuple[Term, ...]
    where: Term | None
    kept: tuple[Term, ...]
    instead: dict[int, Term]

    @property
    def truths(self) -> tuple[Term, ...]:
        return tuple(term for term in self.kept if term.sort is Sort.BOOL)

    @property
    def values(self) -> tuple[Term, ...]:
        return tuple(term for term in self.kept if term.sort is not Sort.BOOL)

    @property
    def width(self) -> int:
        """Words of a record: which it is, its truths, its values."""
        return 1 + -(-len(self.truths) // _BITS) + len(self.values)

    def written(self, called: Callable[[Term], str]) -> list[str]:
        """What each word is."""
        names = [f"(uint64_t){called(term)}" for term in self.truths]
        truths = [
            " | ".join(f"{name} << {at}" for at, name in enumerate(names[start : start + _BITS]))
            for start in range(0, len(names), _BITS)
        ]
        return [*(f"(int64_t)({word})" for word in truths), *map(called, self.values)]

    def read(self, word: Callable[[int], str]) -> Iterator[tuple[Term, str]]:
        """Each term, from the words that ``written`` wrote, the first of which is number 1."""
        for at, term in enumerate(self.truths):
            yield term, f"(uint8_t)((uint64_t){word(1 + at // _BITS)} >> {at % _BITS} & 1)"
        first = 1 + -(-len(self.truths) // _BITS)
        for at, term in enumerate(self.values):
            yield term, word(first + at)


def beside(loop: Loop, limits: Limits, join: Join) -> Beside | None:
    """What can be worked out before the loop around this one; None where it is nothing."""
    alone = _alone(loop, limits)
    if not alone:
        return None
    made: dict[int, Term] = {}
    instead: dict[int, Term] = {}

    def joined(op: str, parts: tuple[Term, ...]) -> Term:
        term = join(op, parts)
        if term.number not in alone:
            made[term.number] = term
        return term

    for step in loop.body.steps:
        if isinstance(step, Let) and step.term.number not in alone:
            found = _regrouped(step.term, alone, joined)
            if found is not None:
                instead[step.term.number] = found
    where = of_any(loop.folds, lambda term: term.number in alone, joined)
    used = {
        part.number: part
        for term in _used(loop, alone, instead)
        for part in (term,)
        if part.number in alone or part.number in made
    }
    kept = tuple(term for term in used.values() if term.sort is not Sort.TEXTS)
    steps = (*(term for term in alone.values() if term.sort is not Sort.TEXTS), *made.values())
    return Beside(steps, where, kept, instead)


def _alone(loop: Loop, limits: Limits) -> dict[int, Term]:
    """The terms that hang on the record of the loop and on no other, parts before wholes."""
    found: dict[int, Term] = {}
    mine = frozenset({loop.binder})
    for step in loop.body.steps:
        if not isinstance(step, Let) or step.term.free != mine or limits.is_wide(step.term):
            continue
        if step.term.sort not in (*_KEPT, Sort.TEXTS):
            continue
        if all(_is_there(part, found) for part in step.term.args):
            found[step.term.number] = step.term
    return found


def _is_there(term: Term, found: dict[int, Term]) -> bool:
    return not term.free or term.op == "row" or term.number in found


def _regrouped(term: Term, alone: dict[int, Term], join: Join) -> Term | None:
    """The same truth, in which those of the record alone stand together."""
    if term.op not in ("and", "or"):
        return None
    of_record = tuple(part for part in term.args if part.number in alone)
    if len(of_record) < 2:
        return None
    others = tuple(part for part in term.args if part.number not in alone)
    args = (*others, join(term.op, of_record))
    return Term(term.op, term.sort, args, free=term.free, number=term.number)


def _used(loop: Loop, alone: dict[int, Term], instead: dict[int, Term]) -> Iterator[Term]:
    """What the loop needs, with what is in it."""
    for fold in loop.folds:
        yield from fold.args
    for step in loop.body.steps:
        if isinstance(step, Let) and step.term.number not in alone:
            yield from instead.get(step.term.number, step.term).args
        elif isinstance(step, Loop):
            yield from _in_block(step.body)
            for fold in step.folds:
                yield from fold.args


def _in_block(block: Block) -> Iterator[Term]:
    for step in block.steps:
        if isinstance(step, Let):
            yield from step.term.args
        elif isinstance(step, Loop):
            yield from _in_block(step.body)
            for fold in step.folds:
                yield from fold.args


def of_any(folds: Sequence[Fold], is_one: Callable[[Term], bool], join: Join) -> Term | None:
    found = [_necessary(fold.args[0], is_one, join) for fold in folds]
    there = tuple(dict.fromkeys(term for term in found if term is not None))
    if not there or len([term for term in found if term is not None]) < len(found):
        return None
    return there[0] if len(there) == 1 else join("or", there)


def _necessary(term: Term, is_one: Callable[[Term], bool], join: Join) -> Term | None:
    """
    What has to be true for a term to be, made of terms of one sort alone; None where nothing has.
    """
    if is_one(term):
        return term
    if term.op not in ("and", "or"):
        return None
    found = [_necessary(part, is_one, join) for part in term.args]
    there = tuple(dict.fromkeys(part for part in found if part is not None))
    if not there or (term.op == "or" and None in found):
        return None
    return there[0] if len(there) == 1 else join(term.op, there)
