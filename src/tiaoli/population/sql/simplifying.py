"""
A plan as a query has it the easier: less is asked, and the answers are the same.

A rule picks a record by a number that packs its rank and its place (``lowering.days``), and then
asks for its attributes. Where an engine can gather a value at the greatest of something, each of
them becomes such an aggregate: the attribute at the greatest rank, and of equal ranks at the last
id. The places are in the order of ids, so that is the same. Where the number itself is compared
with others, the records are numbered anyway.

A value is null where it is not given, and a comparison with null is false: that it is given need
not be asked as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import count
from typing import Final

from tiaoli.population.plan import Plan
from tiaoli.population.schedule import schedule
from tiaoli.population.tables.layout import ID
from tiaoli.population.terms import Agg, Aggregated, Rows, Sort, Term, walk

__all__ = ["PICKED", "simplified"]

PICKED: Final = "picked"
"""``part`` of a GREATEST whose arguments are: taken, the value, the rank and the id."""


def simplified(plan: Plan, *, can_pick: bool) -> Plan:
    """The same plan with fewer questions; ``can_pick``: picked records are not looked up."""
    work = _Work(plan.outputs, can_pick=can_pick)
    columns = tuple(
        replace(column, parts={name: work.made[term.number] for name, term in column.parts.items()})
        for column in plan.columns
    )
    outputs = tuple(dict.fromkeys(work.made[term.number] for term in plan.outputs))
    return replace(plan, columns=columns, program=schedule(outputs, asked=plan.asked))


class _Work:
    """``made``: what each term has become, by its number."""

    def __init__(self, outputs: Iterable[Term], *, can_pick: bool) -> None:
        terms = list(walk(outputs))
        self.made: dict[int, Term] = {}
        self._numbers = count(max((term.number for term in terms), default=0) + 1)
        uses = Counter(arg.number for term in terms for arg in term.args)
        unpacked = Counter(term.args[0].number for term in terms if term.op == "unpacked")
        self._only_picks = {
            number for number, times in unpacked.items() if can_pick and times == uses[number]
        }
        self._asked = {_key(t): t for t in terms if t.op == "at"}
        for term in terms:
            self.made[term.number] = self._becomes(term)

    def _becomes(self, term: Term) -> Term:
        best = _best_of(term)
        if best is not None and best.number in self._only_picks:
            return self._picked(term, best)
        left = _without_implied(term.args) if term.op == "and" else term.args
        args = tuple(self.made[arg.number] for arg in left)
        if len(args) == 1 and term.op == "and":
            return args[0]
        if len(args) == len(term.args) and all(
            one is other for one, other in zip(args, term.args, strict=True)
        ):
            return term
        return replace(term, args=args, number=next(self._numbers))

    def _picked(self, term: Term, best: Term) -> Term:
        taken, packed = (self.made[arg.number] for arg in best.args)
        shifted, place = packed.args
        (row,) = place.args
        value = self._at(row, term.data, term.sort, term.scale)
        own = self._at(row, (term.data[0], ID, "value"), Sort.TEXT, 0)
        args = (taken, value, shifted.args[0], own)
        about = Aggregated(Agg.GREATEST, best.data.binders, len(args), PICKED)
        return Term("agg", term.sort, args, about, term.scale, best.free, next(self._numbers))

    def _at(self, row: Term, where: tuple[str, str, str], sort: Sort, scale: int) -> Term:
        if (row.number, where) not in self._asked:
            number = next(self._numbers)
            self._asked[row.number, where] = Term(
                "at", sort, (row,), where, scale, row.free, number
            )
        return self._asked[row.number, where]


_STRICT: Final = frozenset(
    {"eq", "lt", "le", "one_of", "includes", "contains", "as_text", "later_by", "day_of"}
)
"""Operations of which nothing comes, or no, where one of their values is null."""


def _without_implied(parts: Sequence[Term]) -> tuple[Term, ...]:
    """What is to be true at once, but for what the rest cannot be true without."""
    implied = {one for part in parts for one in _given_in(part)}
    return tuple(part for part in parts if not (part.op == "at" and _key(part) in implied))


def _given_in(term: Term) -> Iterator[tuple[int, tuple[str, str, str]]]:
    """What has to be given for a term to be anything but null or false."""
    if term.op == "at" and term.data[2] == "value":
        kind, attribute, _ = term.data
        yield term.args[0].number, (kind, attribute, "given")
    elif term.op in _STRICT:
        for arg in term.args:
            yield from _given_in(arg)


def _key(term: Term) -> tuple[int, tuple[str, str, str]]:
    return term.args[0].number, term.data


def _best_of(term: Term) -> Term | None:
    """The rank and place of the record of which a term asks an attribute, where one is picked."""
    if term.op != "at" or term.args[0].op != "unpacked":
        return None
    best, found = term.args[0].args
    if best.op != "agg" or best.data.how is not Agg.GREATEST or len(best.data.binders) != 1:
        return None
    (binder,), (taken, packed) = best.data.binders, best.args
    if not (isinstance(binder, Rows) and binder.kind == term.data[0]):
        return None
    if not (found.op == "agg" and found.data.how is Agg.ANY and found.args == (taken,)):
        return None
    if packed.op != "add" or [arg.op for arg in packed.args] != ["mul", "row_number"]:
        return None
    shifted, place = packed.args
    by = shifted.args[1]
    if by.op != "const" or by.data != term.args[0].data or place.args[0].op != "row":
        return None
    return best if place.args[0].data == binder else None
