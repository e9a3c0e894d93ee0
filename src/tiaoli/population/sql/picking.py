"""
The record of the greatest rank, without numbering records and looking it up again: what is asked
of it is gathered with the rest, in the same grouping, where an engine can do that.

A rule picks a record by a number that packs its rank and its place (``lowering.days``), and then
asks for its attributes. Each of these becomes an aggregate here: the attribute at the greatest
rank, and of equal ranks at the last id. The places are in the order of ids, so that is the same.
Where the number itself is compared with others, the records are numbered anyway.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from itertools import count
from typing import Final

from tiaoli.population.plan import Plan
from tiaoli.population.schedule import schedule
from tiaoli.population.tables.layout import ID
from tiaoli.population.terms import Agg, Aggregated, Rows, Sort, Term, walk

__all__ = ["PICKED", "with_picked"]

PICKED: Final = "picked"
"""``part`` of a GREATEST whose arguments are: taken, the value, the rank and the id."""


def with_picked(plan: Plan) -> Plan:
    """The same plan, in which picked records are not looked up."""
    work = _Work(plan.outputs)
    if not work.picks:
        return plan
    columns = tuple(
        replace(column, parts={name: work.made[term.number] for name, term in column.parts.items()})
        for column in plan.columns
    )
    outputs = tuple(dict.fromkeys(work.made[term.number] for term in plan.outputs))
    return replace(plan, columns=columns, program=schedule(outputs, asked=plan.asked))


class _Work:
    """``made``: what each term has become, by its number."""

    def __init__(self, outputs: Iterable[Term]) -> None:
        terms = list(walk(outputs))
        self.made: dict[int, Term] = {}
        self.picks = False
        self._numbers = count(max((term.number for term in terms), default=0) + 1)
        uses = Counter(arg.number for term in terms for arg in term.args)
        unpacked = Counter(term.args[0].number for term in terms if term.op == "unpacked")
        self._only_picks = {number for number, times in unpacked.items() if times == uses[number]}
        self._asked = {(t.args[0].number, t.data): t for t in terms if t.op == "at"}
        for term in terms:
            self.made[term.number] = self._becomes(term)

    def _becomes(self, term: Term) -> Term:
        best = _best_of(term)
        if best is not None and best.number in self._only_picks:
            self.picks = True
            return self._picked(term, best)
        args = tuple(self.made[arg.number] for arg in term.args)
        if all(one is other for one, other in zip(args, term.args, strict=True)):
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
