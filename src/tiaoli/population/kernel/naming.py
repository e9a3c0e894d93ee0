"""What terms are called in a program, and of which C type they are."""

from __future__ import annotations

from typing import Any, Final

from tiaoli.facts.kinds import Label
from tiaoli.population.kernel.limits import Limits
from tiaoli.population.kernel.slots import Slots
from tiaoli.population.terms import Rows, Sort, Term

__all__ = ["Names", "NoKernel", "literal", "troubles", "type_in_c"]


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


def troubles(term: Term, names: Names) -> str:
    """What a function is given to tell for whom, and where, something cannot be worked out."""
    return f"t, s, {names.watched.setdefault(term, len(names.watched))}"
