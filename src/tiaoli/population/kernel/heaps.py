"""
What is worked out of many records at once, in C: of each that is taken some words are kept in a
heap, and ``support.c`` works on the heap when all have gone by. Aggregates of the same records
share a heap.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from tiaoli.population.kernel.naming import Names, NoKernel, troubles, type_in_c
from tiaoli.population.schedule import Fold
from tiaoli.population.terms import Agg, Sort, Term

__all__ = ["KEPT", "Heaps"]

KEPT: Final = (
    Agg.MIDDLE, Agg.DISTINCT, Agg.GROUPS_TOTAL, Agg.GROUPS_BEST, Agg.BLOCKS, Agg.LEDGER,
)  # fmt: skip

_LEDGER_ARGS: Final = 15
"""Of a ledger's arguments, those that are neither whether a record is taken nor its keys."""

_ADDED: Final = 2
"""Where among the arguments of a ledger it says whether a record is added; then: may be."""

_LINE: Final = 14
"""The words of a line before its keys; see ``ledger.c``."""


@dataclass(eq=False)
class Heaps:
    """The heaps of a program, and what has been worked out of each."""

    number: int = 0
    names: dict[Any, str] = field(default_factory=dict)
    """By what is kept; only of the aggregates that are in view."""
    loop: int = 0
    """The number of the loop that is being opened: what is kept is kept of one loop."""
    _worked_out: set[str] = field(default_factory=set)
    _loops: dict[int, int] = field(default_factory=dict)
    _added: dict[str, list[tuple[Term, Term]]] = field(default_factory=dict)
    """By heap of a ledger what is added and what may be, for each total that is made of it."""

    def of(self, agg: Term) -> str:
        return self.names[_key(agg, self._loops[agg.number])]

    def opened(self, agg: Term) -> list[str]:
        """What stands before the loop; nothing where another aggregate has opened the heap."""
        key = _key(agg, self._loops.setdefault(agg.number, self.loop))
        if is_new := key not in self.names:
            self.names[key] = self.fresh()
        name = self.names[key]
        if agg.data.how is Agg.LEDGER:
            totals = self._added.setdefault(name, [])
            if _added(agg) not in totals:
                totals.append(_added(agg))
        return [f"{name}->n = {name}->ready = 0;"] if is_new else []

    def fresh(self) -> str:
        """A heap that nothing has."""
        self.number += 1
        return f"h{self.number - 1}"

    def reserved(self, agg: Term, records: str) -> str:
        """Room for what is kept of so many records."""
        return f"if (!reserve({self.of(agg)}, ({records}) * {_width(agg)})) return 0;"

    def taken(self, fold: Fold, names: Names) -> list[str]:
        """All words are written of every record, and count where it is taken."""
        heap = self.of(fold.agg)
        words = _words(fold, heap, self._added.get(heap, ()), names)
        assert len(words) == _width(fold.agg)
        lines = [f"w[{at}] = {word};" for at, word in enumerate(words) if word]
        wides = [f"put_wide(w + {at}, {wide});" for at, wide in _wides(fold, names)]
        return [
            f"{{ int64_t *const w = {heap}->words + {heap}->n;",
            *lines,
            *wides,
            f"{heap}->n += {names.of(fold.args[0])} ? {len(words)} : 0; }}",
        ]

    def closed(self, agg: Term, names: Names) -> tuple[list[str], str]:
        """What is worked out of the heap, if that has not been done, and what the term is of it."""
        heap, how = self.of(agg), agg.data.how
        if how is Agg.DISTINCT:
            return [], f"distinct({heap}, {agg.data.width - 1}, {troubles(agg, names)})"
        if how is Agg.MIDDLE:
            return [], f"({type_in_c(agg, names.limits)})middle({heap})"
        total = self._added[heap].index(_added(agg)) if how is Agg.LEDGER else 0
        found = f"{heap}_found{total}"
        lines = []
        if found not in self._worked_out:
            self._worked_out.add(found)
            worked_out = _worked_out(agg, heap, total, names)
            lines = [f"const struct {_FOUND[how]} {found} = {worked_out};"]
        return lines, f"({type_in_c(agg, names.limits)}){found}.{_part(agg)}"


_FOUND: Final = {
    Agg.GROUPS_TOTAL: "groups",
    Agg.GROUPS_BEST: "groups",
    Agg.BLOCKS: "blocks",
    Agg.LEDGER: "ledger",
}


def _added(agg: Term) -> tuple[Term, Term]:
    """Of a ledger what is added and what may be: the rest of two totals may be the same."""
    return agg.args[_ADDED], agg.args[_ADDED + 1]


def _key(agg: Term, loop: int) -> Any:
    """What two aggregates that share a heap have in common."""
    about = agg.data
    family = _FOUND.get(about.how, about.how)
    part = about.part.split(":", 1)[1] if about.how is Agg.LEDGER else ""
    alone = agg.number if about.how in (Agg.MIDDLE, Agg.DISTINCT) else 0
    args = list(agg.args)
    if about.how is Agg.LEDGER:
        del args[_ADDED : _ADDED + 2]
    return family, loop, about.binders, tuple(arg.number for arg in args), part, alone


def _width(agg: Term) -> int:
    """How many words are kept of a record."""
    match agg.data.how:
        case Agg.DISTINCT:
            return int(agg.data.width) - 1
        case Agg.LEDGER:
            return _LINE + sum(_keys_of_line(agg))
        case Agg.GROUPS_TOTAL | Agg.GROUPS_BEST:
            return 4
    return 2


def _part(agg: Term) -> str:
    match agg.data.how:
        case Agg.GROUPS_TOTAL:
            return "total"
        case Agg.GROUPS_BEST:
            return "best"
        case Agg.BLOCKS:
            return "number" if agg.data.part == "blocks" else str(agg.data.part)
    return str(agg.data.part.split(":")[0])


def _worked_out(agg: Term, heap: str, total: int, names: Names) -> str:
    told = troubles(agg, names)
    match agg.data.how:
        case Agg.GROUPS_TOTAL | Agg.GROUPS_BEST:
            cap = _same_for_all(agg, agg.args[4], names) if agg.data.part == "capped" else None
            return f"grouped({heap}, {0 if cap is None else 1}, {cap or 0}, {told})"
        case Agg.BLOCKS:
            return f"served({heap}, {_same_for_all(agg, agg.args[3], names)}, {told})"
    cap_first = 1 if agg.data.part.split(":")[1] == "cap_first" else 0
    keys = ", ".join(map(str, _keys_of_line(agg)))
    more, step = (_same_for_all(agg, agg.args[at], names) for at in (_LEDGER_ARGS, -1))
    return f"ledger_of({heap}, {keys}, {cap_first}, {more}, {step}, {total}, {told})"


def _keys_of_line(agg: Term) -> list[int]:
    """How many words the keys of a line take: of its room, its group and its pool."""
    return [int(words) for words in agg.data.part.split(":")[2:5]]


def _same_for_all(agg: Term, arg: Term, names: Names) -> str:
    """An argument that is the same for all records, and so is asked for once."""
    if arg.free & set(agg.data.binders):
        raise NoKernel(agg)
    return names.of(arg)


def _words(fold: Fold, heap: str, added: Sequence[tuple[Term, Term]], names: Names) -> list[str]:
    """The words of one record; those that are empty are filled by ``_wides``."""
    _require_words(fold, names)
    args = [names.of(arg) for arg in fold.args[1:]]
    match fold.agg.data.how:
        case Agg.MIDDLE:
            return ["", ""]
        case Agg.DISTINCT:
            return [args[0], *_pairs(args[1:])]
        case Agg.BLOCKS:
            return args[:2]
        case Agg.LEDGER:
            totals = [names.of(one) for pair in added for one in pair]
            return _words_of_line(args, heap, totals, _keys_of_line(fold.agg))
    return [args[1], f"{args[1]} ? (int64_t){args[2]} : {heap}->n", "", ""]


def _require_words(fold: Fold, names: Names) -> None:
    """A key takes one word for each of its parts."""
    first = {Agg.DISTINCT: 1, Agg.GROUPS_TOTAL: 3, Agg.GROUPS_BEST: 3, Agg.LEDGER: 16}
    start = first.get(fold.agg.data.how, len(fold.args))
    end = {Agg.DISTINCT: None, Agg.LEDGER: -1}.get(fold.agg.data.how, start + 1)
    keys = fold.args[start:end]
    if any(names.limits.is_wide(k) or k.sort in (Sort.TEXTS, Sort.CHOICES) for k in keys):
        raise NoKernel(fold.agg)


def _pairs(parts: Sequence[str]) -> list[str]:
    """Whether there is a value, and the value: where there is none, always the same."""
    return [
        word
        for has, value in zip(parts[::2], parts[1::2], strict=True)
        for word in (has, f"{has} ? {value} : 0")
    ]


def _words_of_line(
    args: Sequence[str], heap: str, totals: Sequence[str], widths: Sequence[int]
) -> list[str]:
    """As ``ledger.c`` reads them."""
    limited, factor_limited = args[5], args[8]
    highest, known, later, day = args[10:14]
    truths = (args[0], limited, factor_limited, highest, known, *totals)
    bits = " | ".join(f"(int64_t){truth} << {at}" for at, truth in enumerate(truths))
    keys: list[str] = []
    at = _LEDGER_ARGS
    for width in widths:
        number, alone, *pairs = args[at : at + width]
        keys += [number, alone, *_pairs(pairs)]
        at += width
    return [later, day, f"{heap}->n", bits, *[""] * 10, *keys]


def _wides(fold: Fold, names: Names) -> list[tuple[int, str]]:
    """The words at which numbers of 128 bits stand, and the numbers."""
    args = [names.of(arg) for arg in fold.args[1:]]
    match fold.agg.data.how:
        case Agg.MIDDLE:
            return [(0, args[0])]
        case Agg.GROUPS_TOTAL | Agg.GROUPS_BEST:
            return [(2, args[0])]
        case Agg.LEDGER:
            numbers = (args[3], args[4], args[6], args[7], args[9])
            return list(zip((4, 6, 8, 10, 12), numbers, strict=True))
    return []
