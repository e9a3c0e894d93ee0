"""What is gathered over records as they go by, in C: one number, or none, for each aggregate."""

from __future__ import annotations

from typing import Final

from tiaoli.population.kernel.limits import WORD
from tiaoli.population.kernel.operations import Names, NoKernel, literal, troubles, type_in_c
from tiaoli.population.schedule import Fold
from tiaoli.population.terms import Agg, Sort, Term

__all__ = ["FOLDED", "closed", "opened", "taken"]

FOLDED: Final = (Agg.ANY, Agg.COUNT, Agg.SUM, Agg.LEAST, Agg.GREATEST)


def opened(agg: Term, names: Names) -> list[str]:
    """What stands before the loop."""
    of, how = type_in_c(agg, names.limits), agg.data.how
    name = names.gathered[agg.number] = names.fresh("a")
    if how not in (Agg.LEAST, Agg.GREATEST):
        return [f"{of} {name} = 0;"]
    return [f"{of} {name} = {_furthest(agg, names)};", f"uint8_t {name}_any = 0;"]


def _furthest(agg: Term, names: Names) -> str:
    """What any value is nearer than."""
    of_least = agg.data.how is Agg.LEAST
    if names.limits.is_wide(agg):
        return "GREATEST_WIDE" if of_least else "LEAST_WIDE"
    if agg.sort not in _GREATEST:
        raise NoKernel(agg)
    return literal(_GREATEST[agg.sort] * (1 if of_least else -1))


_GREATEST: Final = {Sort.INT: WORD, Sort.DAY: 2**31 - 1, Sort.MOMENT: WORD}


def taken(fold: Fold, names: Names) -> list[str]:
    """What is taken of the record in hand."""
    agg, truth = fold.agg, names.of(fold.args[0])
    name, how = names.gathered[agg.number], agg.data.how
    if how is Agg.ANY:
        return [f"{name} |= {truth};"]
    if how is Agg.COUNT:
        return [f"{name} += {truth};"]
    value = names.of(fold.args[1])
    if how is Agg.SUM:
        return [_added(agg, name, f"({truth} ? {value} : 0)", names)]
    nearer = "<" if how is Agg.LEAST else ">"
    return [
        f"{name} = {truth} & ({value} {nearer} {name}) ? {value} : {name};",
        f"{name}_any |= {truth};",
    ]


def _added(agg: Term, name: str, value: str, names: Names) -> str:
    if names.limits.may_exceed(agg):
        return f"{name} = watched_add({name}, {value}, {troubles(agg, names)});"
    return f"{name} += {value};"


def closed(agg: Term, names: Names) -> str:
    """What it comes to when all have gone by."""
    name = names.gathered[agg.number]
    return f"{name}_any ? {name} : 0" if agg.data.how in (Agg.LEAST, Agg.GREATEST) else name
