"""
A plan as one C program. Its schedule is the program already: a step to work out is a constant, a
loop a loop, an aggregate variables before the loop and a constant after it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from tiaoli.population.kernel import folding
from tiaoli.population.kernel.beside import Beside, beside, of_any
from tiaoli.population.kernel.heaps import KEPT, Heaps
from tiaoli.population.kernel.layout import Item, Line, Nest, functions
from tiaoli.population.kernel.limits import Limits, fits
from tiaoli.population.kernel.naming import Names, NoKernel, troubles, type_in_c
from tiaoli.population.kernel.operations import part_of, read, written
from tiaoli.population.kernel.slots import Slots
from tiaoli.population.plan import Plan
from tiaoli.population.schedule import Block, Close, Emit, Fold, Let, Loop
from tiaoli.population.terms import Binder, Rows, Sort, Term, Turns

__all__ = ["ENTRY", "Program", "program_of"]

ENTRY: Final = "tiaoli_run"


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """
    ``source`` and what it has to be given. ``outputs`` are the terms that it writes, each with its
    type in numpy; ``ends`` says of periods without a last one which comparisons bring them to an
    end (none: nothing does), ``watched`` which terms its troubles name.
    """

    source: str
    slots: Slots
    outputs: tuple[tuple[Term, str], ...]
    ends: dict[Turns, tuple[Term, ...]]
    watched: tuple[Term, ...]


def program_of(plan: Plan) -> Program:
    """Raises NoKernel where the plan has an operation that there is no program for."""
    return _Writer(plan).program()


class _Writer:
    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.slots, self.limits = Slots(), Limits()
        self.names = Names(self.slots, self.limits)
        self.heaps = Heaps()
        self.ends: dict[Turns, tuple[Term, ...]] = {}
        self.lines: list[Item] = []
        self._read: dict[tuple[str, str, str], str] = {}
        self._root = self.lines
        self._before = 0
        self._outer: list[Binder] = []
        self._instead: dict[int, Term] = {}
        self._joined: dict[tuple[str, tuple[Term, ...]], Term] = {}
        told = [term for term in plan.outputs if term.op not in ("const", "param")]
        self.outputs = tuple((term, _stored(term, self.limits)) for term in told)

    def program(self) -> Program:
        self._steps(self.plan.program)
        parts, call = functions(self.lines, self._declared())
        has_ledger = "ledger_of(" in parts
        support = [_support("support.c"), _support("ledger.c") if has_ledger else ""]
        text = "\n".join([*support, parts, *self._entry(call), ""])
        return Program(text, self.slots, self.outputs, self.ends, tuple(self.names.watched))

    def _declared(self) -> dict[str, str]:
        """How each name of what a program is given, or fills, is declared."""
        outs = {
            f"o{at}": f"{element}_t *restrict const o{at} = out[{at}];"
            for at, (_, element) in enumerate(self.outputs)
        }
        return {**self.slots.declared(), **outs}

    def _entry(self, call: str) -> list[str]:
        return [
            f"void {ENTRY}(const struct input *in, void *const *out, int64_t first, int64_t last,",
            "int64_t first_row, struct trouble *t) {",
            f"struct heap heaps[{self.heaps.number + 1}] = {{0}};",
            "struct frame frame, *const f = &frame;",
            "for (int64_t s = first; s < last; s++) {",
            f"if (!{call}) {{",
            "fail(t, MEMORY, s, 0, 0, -1);",
            "break;",
            "}",
            "}",
            f"for (int64_t i = 0; i < {self.heaps.number}; i++) {{",
            "free(heaps[i].words);",
            "free(heaps[i].scratch);",
            "}",
            "}",
        ]

    # Steps

    @contextmanager
    def _inside(self, nest: Nest) -> Iterator[None]:
        """What is named inside a loop is in view only there."""
        lines, self.lines = self.lines, nest.inside
        called, was_read = dict(self.names.called), dict(self._read)
        gathered, heaps = dict(self.names.gathered), dict(self.heaps.names)
        instead = self._instead
        yield
        self._instead = instead
        self.lines = lines
        self.names.called, self._read = called, was_read
        self.names.gathered, self.heaps.names = gathered, heaps

    def _steps(self, block: Block) -> None:
        for step in block.steps:
            match step:
                case Let(term=term):
                    self._work_out(term)
                case Loop():
                    self._loop(step)
                case Close(agg=agg):
                    self._close(agg)
                case Emit():
                    self._emit()

    def _add(self, text: str) -> None:
        self.lines.append(Line(text))

    def _work_out(self, term: Term) -> None:
        if term.number in self.names.called or term.sort is Sort.TEXTS:
            return
        term = self._instead.get(term.number, term)
        expression = self._attribute(term) if term.op == "at" else written(term, self.names)
        self._constant(term, expression)

    def _constant(self, term: Term, expression: str) -> None:
        name = self.names.called[term.number] = self.names.fresh("v")
        self._add(f"const {type_in_c(term, self.limits)} {name} = {expression};")

    def _attribute(self, term: Term) -> str:
        """An attribute of a record is read once; its parts are of what has been read."""
        kind, name, _ = term.data
        key = (self.names.of(term.args[0]), kind, name)
        if key not in self._read:
            element, expression = read(term, self.names)
            self._read[key] = self.names.fresh("r")
            self._add(f"const {element} {self._read[key]} = {expression};")
        found = part_of(term, self._read[key])
        if found is None:
            raise NoKernel(term)
        return found

    def _close(self, agg: Term) -> None:
        if agg.data.how in folding.FOLDED:
            self._constant(agg, folding.closed(agg, self.names))
            return
        lines, expression = self.heaps.closed(agg, self.names)
        for line in lines:
            self._add(line)
        self._constant(agg, expression)

    def _emit(self) -> None:
        asked = self.plan.asked
        at = "s" if asked is None else f"{self.names.rows[asked]} - first_row"
        for number, (term, element) in enumerate(self.outputs):
            value = self.names.of(term)
            if self.limits.is_wide(term):
                value = f"narrow({value}, {troubles(term, self.names)})"
            self._add(f"o{number}[{at}] = ({element}_t){value};")

    # Loops

    def _loop(self, loop: Loop) -> None:
        self.heaps.loop += 1
        before = [line for fold in loop.folds for line in self._opened(fold.agg)]
        known = self._known_before(loop)
        guard = "" if known is None else self._told(known)
        apart = self._worked_out_before(loop)
        if apart is None:
            name, head, number = self._head_of(loop.binder)
        else:
            name, head, number = self._head_of_kept(*apart)
        kept = [fold for fold in loop.folds if fold.agg.data.how in KEPT]
        once = {(self.heaps.of(fold.agg), fold.group): fold.agg for fold in kept}
        times = Counter(heap for heap, _ in once)
        of_heap = {heap: agg for (heap, _), agg in once.items()}
        reserved = [
            self.heaps.reserved(agg, f"({number}) * {times[heap]}" if times[heap] > 1 else number)
            for heap, agg in of_heap.items()
        ]
        nest = Nest(before, guard, head, name, reserved=reserved)
        if not self._outer:
            self._before = len(self.lines)
        self.lines.append(nest)
        with self._inside(nest):
            if apart is not None:
                self._read_kept(loop.binder, *apart, name)
            self._outer.append(loop.binder)
            self._end_early(loop)
            self._steps(loop.body)
            self._take(loop)
            self._outer.pop()

    def _known_before(self, loop: Loop) -> Term | None:
        """What is known before the loop and has to be true for any record to be taken."""

        def is_known(term: Term) -> bool:
            return loop.binder not in term.free and term.op != "const"

        return of_any(loop.folds, is_known, self._join)

    def _join(self, op: str, parts: tuple[Term, ...]) -> Term:
        """A truth of others that is in no plan: its number is below nothing."""
        free = frozenset[Binder]().union(*(part.free for part in parts))
        made = Term(op, Sort.BOOL, parts, free=free, number=-1 - len(self._joined))
        return self._joined.setdefault((op, parts), made)

    def _told(self, term: Term) -> str:
        if term.number >= 0:
            return self.names.of(term)
        sign = " & " if term.op == "and" else " | "
        return f"({sign.join(map(self._told, term.args))})"

    # What is worked out before the outermost of several loops

    def _worked_out_before(self, loop: Loop) -> tuple[Beside, str] | None:
        """What is kept for a loop within others, and the heap in which it is."""
        if not self._outer or not isinstance(loop.binder, Rows):
            return None
        kept = beside(loop, self.limits, self._join)
        if kept is None:
            return None
        heap = self.heaps.fresh()
        name, head, number = self._head_of(loop.binder)
        reserved = [f"if (!reserve({heap}, ({number}) * {kept.width})) return 0;"]
        nest = Nest([f"{heap}->n = 0;"], "", head, name, reserved=reserved)
        self._root.insert(self._before, nest)
        self._before += 1
        with self._inside(nest):
            for term in kept.steps:
                self._work_out(term)
            words = [name, *kept.written(self.names.of)]
            taken = "1" if kept.where is None else self.names.of(kept.where)
            lines = [f"w[{at}] = {word};" for at, word in enumerate(words)]
            start = f"{{ int64_t *const w = {heap}->words + {heap}->n;"
            end = f"{heap}->n += {taken} ? {kept.width} : 0; }}"
            self.lines += [Line(line, stays=True) for line in (start, *lines, end)]
        return kept, heap

    def _head_of_kept(self, kept: Beside, heap: str) -> tuple[str, str, str]:
        name, number = self.names.fresh("k"), f"{heap}->n / {kept.width}"
        return name, f"for (int64_t {name} = 0; {name} < {number}; {name}++)", number

    def _read_kept(self, binder: Binder, kept: Beside, heap: str, counter: str) -> None:
        assert isinstance(binder, Rows)
        self._instead = {**self._instead, **kept.instead}

        def word(at: int) -> str:
            return f"{heap}->words[{counter} * {kept.width} + {at}]"

        row = self.names.rows[binder] = self.names.fresh("v")
        self._add(f"const int64_t {row} = {word(0)};")
        for term, expression in kept.read(word):
            self._constant(term, expression)

    def _opened(self, agg: Term) -> list[str]:
        if agg.number in self.names.gathered:
            return []
        if agg.data.how in folding.FOLDED:
            return folding.opened(agg, self.names)
        if agg.data.how not in KEPT:
            raise NoKernel(agg)
        lines = self.heaps.opened(agg)
        self.names.gathered[agg.number] = self.heaps.of(agg)
        return lines

    def _head_of(self, binder: Binder) -> tuple[str, str, str]:
        """What counts in a loop, its head, and how often it runs."""
        if isinstance(binder, Rows):
            name = self.names.rows[binder] = self.names.fresh("i")
            offsets, end = self.slots.array("offsets", binder.kind), f"{name}_end"
            first, last = f"{offsets}[s]", f"{offsets}[s + 1]"
            started = f"int64_t {name} = {first}, {end} = {last}"
            return name, f"for ({started}; {name} < {end}; {name}++)", f"{last} - {first}"
        name = self.names.turns[binder] = self.names.fresh("k")
        last = self.slots.number("turns", binder)
        head = f"for (int64_t {name} = {binder.first}; {name} < {last}; {name}++)"
        return name, head, f"GREATEST({last} - {binder.first}, 0)"

    def _take(self, loop: Loop) -> None:
        """Aggregates that share a heap fill it once; one of two sets of a kind, once for each."""
        done: set[tuple[str, int]] = set()
        for fold in loop.folds:
            if fold.agg.data.how in folding.FOLDED:
                lines = folding.taken(fold, self.names)
            elif (heap := (self.heaps.of(fold.agg), fold.group)) not in done:
                done.add(heap)
                lines = self.heaps.taken(fold, self.names)
            else:
                continue
            self.lines += [Line(line, stays=True) for line in lines]

    def _end_early(self, loop: Loop) -> None:
        """Periods follow one another: after one that is not over in time none is."""
        if not isinstance(loop.binder, Turns):
            return
        ends = _ends(loop, loop.binder)
        before = self.ends.get(loop.binder)
        self.ends[loop.binder] = () if not ends or before == () else (*(before or ()), *ends)
        for end in ends:
            self._work_out(end.args[0])
            self._work_out(end)
        if ends:
            goes_on = " | ".join(self.names.of(end) for end in ends)
            self.lines.append(Line(f"if (!({goes_on})) break;", stays=True))


def _conjuncts(fold: Fold) -> tuple[Term, ...]:
    """What all has to be true for a record to be taken."""
    where = fold.args[0]
    return where.args if where.op == "and" else (where,)


def _ends(loop: Loop, binder: Turns) -> tuple[Term, ...]:
    """Of each fold a comparison that is true of the first periods and then of no more."""
    found: dict[Term, None] = {}
    for fold in loop.folds:
        ends = [term for term in _conjuncts(fold) if _is_end(term, binder)]
        if not ends:
            return ()
        found[ends[0]] = None
    return tuple(found)


def _is_end(term: Term, binder: Turns) -> bool:
    """Whether a period is over by a day."""
    if term.op != "le" or term.args[0].op != "moved" or binder in term.args[1].free:
        return False
    start, *turn = term.args[0].args
    is_turn = bool(turn) and turn[0].op == "turn" and turn[0].data == binder
    return is_turn and term.args[0].data.what == "nth_end" and binder not in start.free


def _stored(term: Term, limits: Limits) -> str:
    """The type in which an output is handed over."""
    if term.sort is Sort.INT:
        return next((n for n, most in _WORDS.items() if fits(limits.of(term), most)), "int64")
    if term.sort not in _STORED:
        raise NoKernel(term)
    return _STORED[term.sort]


_WORDS: Final = {"int8": 2**7 - 1, "int16": 2**15 - 1, "int32": 2**31 - 1}
_STORED: Final = {
    Sort.BOOL: "uint8",
    Sort.DAY: "int32",
    Sort.MOMENT: "int64",
    Sort.TEXT: "int32",
    Sort.CHOICE: "int16",
    Sort.CHOICES: "int64",
}


@cache
def _support(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
