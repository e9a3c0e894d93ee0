"""What each operation is in C. A value that is not there is a number below nothing, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from tiaoli.facts.kinds import Label, Type
from tiaoli.facts.vocabulary import find
from tiaoli.population.kernel.limits import LAST_DAY, Limits
from tiaoli.population.kernel.slots import Slots, type_of
from tiaoli.population.tables.encoding import none_of, number_type, unknown_of
from tiaoli.population.terms import Rows, Sort, Term

__all__ = [
    "Names", "NoKernel", "known_operations", "literal", "part_of", "read", "troubles", "type_in_c",
    "written",
]  # fmt: skip


class NoKernel(NotImplementedError):
    """A term that the kernel has no program for; the message says which."""

    def __init__(self, term: Term) -> None:
        how = getattr(term.data, "how", None)
        name = term.op if how is None else f"{term.op} {how.value}"
        what = f"{name}({', '.join(arg.sort.value for arg in term.args)})"
        self.says = Label(
            f"核心程式沒有「{what}」這種運算，這個問題請改用其他方式計算。",
            f"The kernel has no operation {what}; have this question worked out another way.",
        )
        super().__init__(f"{self.says.zh} / {self.says.en}")


class Names:
    """What the terms that are in view are called in the program, and what they may come to."""

    def __init__(self, slots: Slots, limits: Limits) -> None:
        self.slots = slots
        self.limits = limits
        self._made = 0
        self.called: dict[int, str] = {}
        self.rows: dict[Rows, str] = {}
        self.turns: dict[Any, str] = {}
        self.gathered: dict[int, str] = {}
        self.watched: dict[Term, int] = {}
        """The terms that may turn out not to be workable for somebody, by the place in troubles."""

    def fresh(self, letter: str) -> str:
        """A name that nothing has."""
        self._made += 1
        return f"{letter}{self._made}"

    def of(self, term: Term) -> str:
        match term.op:
            case "const":
                return literal(int(term.data))
            case "param":
                return self._given(term)
            case "row":
                return self.rows[term.data]
            case "turn":
                return self.turns[term.data]
        return self.called[term.number]

    def _given(self, term: Term) -> str:
        number = self.slots.number("given", term)
        if term.sort is Sort.DAY:
            return f"(int32_t){number}"
        if not self.limits.is_wide(term):
            return number
        upper = self.slots.number("upper", term)
        return f"(wide)((uwide)(uint64_t){upper} << 64 | (uint64_t){number})"


def literal(number: int) -> str:
    """A whole number as C has it; one of 128 bits in two halves."""
    if -(2**63) < number < 2**63:
        return f"INT64_C({number})" if abs(number) >= 2**31 else str(number)
    upper, lower = number >> 64, number & (2**64 - 1)
    return f"((wide)((uwide)(uint64_t){literal(upper)} << 64 | UINT64_C({lower})))"


def type_in_c(term: Term, limits: Limits) -> str:
    if term.sort is Sort.INT:
        return "wide" if limits.is_wide(term) else "int64_t"
    return _TYPES[term.sort]


_TYPES: Final = {
    Sort.BOOL: "uint8_t",
    Sort.DAY: "int32_t",
    Sort.MOMENT: "int64_t",
    Sort.TEXT: "int32_t",
    Sort.CHOICE: "int32_t",
    Sort.CHOICES: "int64_t",
    Sort.ROW: "int64_t",
}

Writes = Callable[[Term, list[str], Names], str | None]
_WRITES: dict[str, Writes] = {}


def writes(*ops: str) -> Callable[[Writes], Writes]:
    """``@writes("eq")``: the function that follows says what the operation is in C."""

    def kept(function: Writes) -> Writes:
        for op in ops:
            _WRITES[op] = function
        return function

    return kept


def known_operations() -> frozenset[str]:
    return frozenset({*_WRITES, "const", "param", "row", "turn", "at", "agg"})


def written(term: Term, names: Names) -> str:
    """The expression of a term. Raises NoKernel for one that is not known."""
    write = _WRITES.get(term.op)
    args = [names.of(arg) for arg in term.args if arg.sort is not Sort.TEXTS]
    found = None if write is None else write(term, args, names)
    if found is None:
        raise NoKernel(term)
    return found


def troubles(term: Term, names: Names) -> str:
    """What a function is given to tell for whom, and where, something cannot be worked out."""
    return f"t, s, {names.watched.setdefault(term, len(names.watched))}"


# Truths and comparisons


@writes("and", "or")
def _joined(term: Term, args: list[str], _names: Names) -> str:
    return (" & " if term.op == "and" else " | ").join(args)


@writes("not")
def _not(_term: Term, args: list[str], _names: Names) -> str:
    return f"{args[0]} ^ 1"


@writes("eq", "lt", "le")
def _compared(term: Term, args: list[str], _names: Names) -> str | None:
    lists = (Sort.TEXTS, Sort.CHOICES)
    ordered = term.op == "eq" or all(arg.sort in _ORDERED for arg in term.args)
    if not ordered or any(arg.sort in lists for arg in term.args):
        return None
    return f"{args[0]} {({'eq': '==', 'lt': '<', 'le': '<='})[term.op]} {args[1]}"


_ORDERED: Final = (Sort.INT, Sort.DAY, Sort.MOMENT, Sort.BOOL)


@writes("select")
def _select(term: Term, args: list[str], _names: Names) -> str | None:
    if term.sort is Sort.TEXTS:
        return None
    if term.sort is Sort.CHOICE and term.args[1].data != term.args[2].data:
        return None
    return f"{args[0]} ? {args[1]} : {args[2]}"


# Numbers


@writes("add", "sub", "mul")
def _number(term: Term, args: list[str], names: Names) -> str:
    if names.limits.may_exceed(term):
        return _watched(term, args, names)
    if names.limits.is_wide(term):
        args = [f"(wide){args[0]}", *args[1:]]
    return f" {_SIGNS[term.op]} ".join(args)


_SIGNS: Final = {"add": "+", "sub": "-", "mul": "*"}


def _watched(term: Term, args: Sequence[str], names: Names) -> str:
    found = args[0]
    for arg in args[1:]:
        found = f"watched_{term.op}({found}, {arg}, {troubles(term, names)})"
    return found


@writes("scaled")
def _scaled(term: Term, args: list[str], names: Names) -> str:
    by = literal(term.data)
    if names.limits.may_exceed(term):
        return f"watched_mul({args[0]}, {by}, {troubles(term, names)})"
    return f"{'(wide)' if names.limits.is_wide(term) else ''}{args[0]} * {by}"


@writes("min", "max")
def _end(term: Term, args: list[str], _names: Names) -> str:
    return f"{args[0]} {'<' if term.op == 'min' else '>'} {args[1]} ? {args[0]} : {args[1]}"


@writes("floordiv")
def _floordiv(term: Term, args: list[str], names: Names) -> str:
    is_wide = any(names.limits.is_wide(arg) for arg in term.args)
    name = "wide_divided" if is_wide else "divided"
    return f"{name}({args[0]}, {args[1]}, {troubles(term, names)})"


# Days


@writes("moved")
def _moved(term: Term, args: list[str], names: Names) -> str:
    function = "nth" if len(args) > 1 else "moved"
    given = ", ".join((names.slots.move(term), *args, troubles(term, names)))
    return f"{function}({given})"


@writes("later_by")
def _later_by(term: Term, args: list[str], names: Names) -> str:
    return f"later({args[0]}, {args[1]}, {troubles(term, names)})"


@writes("no_end")
def _no_end(_term: Term, _args: list[str], _names: Names) -> str:
    return str(LAST_DAY)


@writes("day_of")
def _day_of(term: Term, args: list[str], names: Names) -> str:
    closes = "-1" if term.data is None else names.slots.number("seconds", term.data)
    return f"day_of({args[0]}, {closes})"


@writes("day_number")
def _day_number(_term: Term, args: list[str], _names: Names) -> str:
    return f"{args[0]} > 0 ? {args[0]} : 0"


@writes("year_of")
def _year_of(_term: Term, args: list[str], _names: Names) -> str:
    return f"year_of({args[0]})"


@writes("minutes_between")
def _minutes_between(_term: Term, args: list[str], _names: Names) -> str:
    return f"minutes_between({args[0]}, {args[1]})"


# Choices and texts


@writes("as_text")
def _as_text(term: Term, args: list[str], names: Names) -> str | None:
    inner = term.args[0]
    if inner.op != "at":
        return None
    codes = names.slots.array("options", inner.data[0], inner.data[1])
    return f"{args[0]} < 0 ? -2 : {codes}[{args[0]}]"


@writes("one_of")
def _one_of(term: Term, args: list[str], names: Names) -> str | None:
    inner, options = term.args[0], term.data
    if inner.sort is Sort.TEXT:
        codes = [names.slots.number("text", option) for option in options]
        return _any_equal(args[0], codes)
    if inner.sort is not Sort.CHOICE or inner.op != "at":
        return None
    of = (inner.data[0], inner.data[1], options)
    if len(options) == 1:
        return f"{args[0]} == {names.slots.number('place', *of)}"
    if len(find(inner.data[0]).attributes[inner.data[1]].option_names) > 64:
        places = [names.slots.number("place", *of[:2], (option,)) for option in options]
        return _any_equal(args[0], places)
    mask = names.slots.number("mask", *of)
    return f"({args[0]} >= 0) & (uint8_t)((uint64_t){mask} >> ({args[0]} & 63) & 1)"


def _any_equal(value: str, numbers: list[str]) -> str:
    return " | ".join(f"({value} == {number})" for number in numbers) or "0"


@writes("contains")
def _contains(term: Term, args: list[str], names: Names) -> str | None:
    if term.args[0].sort is not Sort.TEXT:
        return None
    found = names.slots.array("containing", term.data)
    return f"{args[0]} < 0 ? 0 : {found}[{args[0]}]"


@writes("includes")
def _includes(term: Term, args: list[str], names: Names) -> str | None:
    inner, options = term.args[0], term.data
    if inner.op != "at":
        return None
    if inner.sort is Sort.CHOICES:
        mask = names.slots.number("mask", inner.data[0], inner.data[1], options)
        return f"({args[0]} & {mask}) == {mask}"
    if inner.sort is not Sort.TEXTS:
        return None
    codes = [names.slots.number("text", option) for option in options]
    return " & ".join(f"holds({list_of(inner, names)}, {code})" for code in codes) or "1"


@writes("holds")
def _holds(term: Term, args: list[str], names: Names) -> str | None:
    many = term.args[0]
    if many.op != "at":
        return None
    if many.sort is Sort.TEXTS:
        return f"holds({list_of(many, names)}, {args[0]})"
    if many.sort is not Sort.CHOICES:
        return None
    number = len(find(many.data[0]).attributes[many.data[1]].option_names)
    codes = names.slots.array("options", many.data[0], many.data[1])
    return f"holds_option({codes}, {number}, {args[0]}, {args[1]})"


@writes("length")
def _length(term: Term, args: list[str], names: Names) -> str | None:
    if term.args[0].sort is Sort.CHOICES:
        return f"__builtin_popcountll((uint64_t){args[0]})"
    if term.args[0].op != "at" or term.args[0].sort is not Sort.TEXTS:
        return None
    _, first, last = list_of(term.args[0], names).split(", ")
    return f"{last} - {first}"


def list_of(term: Term, names: Names) -> str:
    """The codes of a list, from where, and until where: that of no record is empty."""
    kind, name, _ = term.data
    codes, ends = names.slots.array("codes", kind, name), names.slots.array("ends", kind, name)
    row = names.of(term.args[0])
    if term.args[0].op == "row":
        return f"{codes}, {ends}[{row}], {ends}[{row} + 1]"
    return f"{codes}, ({row} < 0 ? 0 : {ends}[{row}]), ({row} < 0 ? 0 : {ends}[{row} + 1])"


# Records


@writes("row_number")
def _row_number(_term: Term, args: list[str], _names: Names) -> str:
    return args[0]


@writes("unpacked")
def _unpacked(term: Term, args: list[str], _names: Names) -> str | None:
    if term.data != 2**32:
        return None
    return f"{args[1]} ? (int64_t)(uint32_t){args[0]} : -1"


@writes("referred")
def _referred(term: Term, args: list[str], names: Names) -> str:
    rows = names.slots.array("references", *term.data)
    if term.args[0].op == "row":
        return f"{rows}[{args[0]}]"
    return f"{args[0]} < 0 ? -1 : {rows}[{args[0]}]"


@writes("incomplete")
def _incomplete(term: Term, _args: list[str], names: Names) -> str:
    return f"{names.slots.array('incomplete', term.data)}[s]"


# Attributes


def read(term: Term, names: Names) -> tuple[str, str]:
    """The C type of an attribute as it stands in its column, and the expression that reads it."""
    kind, name, _ = term.data
    of, row = type_of(kind, name), names.of(term.args[0])
    if of is Type.TEXTS:
        column, absent, element = names.slots.array("states", kind, name), "1", "int8_t"
    else:
        column, element = names.slots.array("values", kind, name), f"{number_type(of).name}_t"
        absent = _LEAST[element]
    if term.args[0].op == "row":
        return element, f"{column}[{row}]"
    return element, f"{row} < 0 ? {absent} : {column}[{row}]"


_LEAST: Final[Mapping[str, str]] = {
    "int8_t": "INT8_MIN",
    "int16_t": "INT16_MIN",
    "int32_t": "INT32_MIN",
    "int64_t": "INT64_MIN",
}


def part_of(term: Term, raw: str) -> str | None:
    """``known``, ``given`` or ``value`` of an attribute that has been read as ``raw``."""
    kind, name, part = term.data
    of = type_of(kind, name)
    if of is Type.TEXTS:
        return {"known": f"{raw} != 1", "given": f"{raw} == 0"}.get(part)
    least = _LEAST[f"{number_type(of).name}_t"]
    assert none_of(of) == unknown_of(of) + 1
    match part:
        case "known":
            return f"{raw} != {least}"
        case "given":
            return f"{raw} > {least} + 1"
    if term.sort is Sort.BOOL:
        return f"{raw} == 1"
    return f"{raw} > {least} + 1 ? {raw} : 0" if term.sort is Sort.INT else raw
