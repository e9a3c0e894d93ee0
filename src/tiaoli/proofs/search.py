"""
Looking for facts: a world for some rules, and the facts in it under which something holds.

Read ``solve`` first. A search proposes facts, corrects what it got wrong about the calendar, asks
for the plainest facts that will do, and leaves it to the reference reading to confirm them.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

import z3

from tiaoli.answers.case import Case
from tiaoli.answers.meaning import holds, value
from tiaoli.facts.dossier import Dossier
from tiaoli.proofs import (
    amounts_read,
    cohorts_read,
    ledgers_read,
    ranking_read,
    rules_read,
    values_read,
)
from tiaoli.proofs.concretise import dossier_of
from tiaoli.proofs.reading import Reading, State
from tiaoli.proofs.service import lifted_truth
from tiaoli.proofs.shapes import Shapes
from tiaoli.proofs.symbols import Truth, choose, conj
from tiaoli.proofs.world import World, asked_whether, build, needs_of
from tiaoli.rules.expressions import SATISFIED, Node, Rule, Value
from tiaoli.rules.moments import ASKED_ON, AskedOn

_FILLED = (amounts_read, cohorts_read, ledgers_read, ranking_read, rules_read, values_read)
"""The files that say what each node means; importing them fills the tables of ``reading``."""

WIDTH = 8
_ROUNDS = 15
_PINNED_ROUNDS = 3
EFFORT, A_LITTLE = 6_000_000, 600_000
"""After so many of its steps the solver gives up, on any machine."""

_MOST_WISHES_DROPPED = 60
_MOST_MODELS = 40
"""So many of the facts that were found are kept, to be looked at before the solver is asked."""


class Verdict(Enum):
    FOUND = "found"
    NONE = "none"  # no facts within the world can do it
    OPEN = "open"  # the solver gave up


@dataclass(frozen=True, slots=True)
class Sought:
    """What came of looking; ``model`` where facts were found."""

    verdict: Verdict
    model: z3.ModelRef | None = None


@dataclass(frozen=True, slots=True)
class _Kept:
    """Facts found before, and how much was known of the world when they were found."""

    model: z3.ModelRef
    told: tuple[int, int]
    computed: int


class Search:
    """The world of ``nodes``: translated once, asked as often as wanted."""

    def __init__(
        self,
        nodes: Iterable[Node],
        *,
        on: datetime.date,
        as_of: Value = ASKED_ON,
        width: int = WIDTH,
        effort: int = EFFORT,
    ) -> None:
        self.on = on
        self.effort = effort
        self.as_of = as_of
        self.nodes = (*nodes, as_of)
        self.world = World(day=on, may_be_absent=asked_whether(self.nodes))
        self.shapes = Shapes()
        self.needs = needs_of(self.nodes, self.shapes)
        build(self.world, self.needs, width)
        self.solver = z3.Solver()
        self.solver.set("rlimit", effort)
        self.solver.set("random_seed", 1)
        self._told = [0, 0]
        self._kept: list[_Kept] = []
        self._learned: list[z3.BoolRef] = []
        self._until = 0
        self.verdict = Verdict.OPEN
        self.reading = self.reading_in(State())

    def reading_in(self, state: State) -> Reading:
        """The reading of another state of the same world."""
        day = self.on.toordinal()
        first = Reading(self.world, day, self.needs, self.shapes, day, state)
        if isinstance(self.as_of, AskedOn):
            return first
        found = first.value(self.as_of)
        as_of = choose(found.absent, day, found.term)
        return Reading(self.world, day, self.needs, self.shapes, as_of, state)

    def truth(self, rule: Rule) -> Truth:
        return self.reading.truth(rule)

    def look(self, *truths: Truth, plainly: bool = True, certain: bool = False) -> Sought:
        """
        Facts under which all of ``truths`` hold; with ``plainly``, no more than needed, and with
        ``certain``, so many that nothing which is compared is left open.
        """
        sought = self._looked(conj((*truths, *(self.world.certain if certain else ()))), plainly)
        self.verdict = sought.verdict
        return sought

    def _looked(self, wanted: Truth, plainly: bool) -> Sought:
        if wanted is False:
            return Sought(Verdict.NONE)
        self._tell()
        self._until = self.spent + 2 * self.effort
        self.solver.push()
        try:
            self.solver.add(lifted_truth(wanted))
            return self._look(plainly)
        finally:
            self.solver.pop()
            self.solver.add(self._learned)
            self._learned.clear()

    def can(self, *truths: Truth, certain: bool = False) -> Verdict:
        """Whether all of ``truths`` can hold at once."""
        return self.look(*truths, plainly=False, certain=certain).verdict

    # Facts found before

    def seek(self, *truths: Truth, certain: bool = False) -> Verdict:
        """
        As ``can``, but the facts found before are tried first: the same facts meet many conditions.
        """
        wanted = conj((*truths, *(self.world.certain if certain else ())))
        if wanted is False:
            return Verdict.NONE
        formula = lifted_truth(wanted)
        for at, kept in enumerate(self._kept):
            if z3.is_true(kept.model.eval(formula, model_completion=True)) and self._is_so(kept):
                self._kept.insert(0, self._kept.pop(at))
                return Verdict.FOUND
        sought = self.look(wanted, plainly=False)
        if sought.model is not None:
            calls = len(self.world.computations.calls)
            self._kept.insert(0, _Kept(sought.model, self._known(), calls))
            del self._kept[_MOST_MODELS:]
        return sought.verdict

    def _known(self) -> tuple[int, int]:
        return len(self.world.constraints), len(self.world.computations.bounds)

    def _is_so(self, kept: _Kept) -> bool:
        """Whether facts found before agree with what has come to be known of the world since."""
        world, (first, second) = self.world, kept.told
        since = (*world.constraints[first:], *world.computations.bounds[second:])
        return all(
            z3.is_true(kept.model.eval(known, model_completion=True)) for known in since
        ) and world.computations.is_right(kept.model, since=kept.computed)

    def _look(self, plainly: bool) -> Sought:
        if not plainly and self.world.computations.calls and self.world.usual:
            usual = self._corrected(self.world.usual)
            if usual.verdict is Verdict.FOUND:
                return usual
        sought = self._corrected([])
        if sought.verdict is Verdict.NONE or (sought.verdict is Verdict.FOUND and not plainly):
            return sought  # where it is open, plain facts are sooner found than any at all
        wishes = [wish for _, wish in sorted(self.world.wishes, key=lambda w: -w[0])]
        return self._with_wishes(wishes, sought)

    def _tell(self) -> None:
        """What has come to hold of the world since it was last asked."""
        computed = self.world.computations.bounds
        for number, known in enumerate((self.world.constraints, computed)):
            self.solver.add(known[self._told[number] :])
            self._told[number] = len(known)

    @property
    def spent(self) -> int:
        """The solver's steps so far."""
        known = self.solver.statistics()
        return int(known.get_key_value("rlimit count")) if "rlimit count" in known.keys() else 0  # noqa: SIM118  # not a mapping

    def _correct(self, corrections: list[z3.BoolRef]) -> None:
        self.solver.add(corrections)
        self._learned += corrections

    def _corrected(self, wishes: list[z3.BoolRef]) -> Sought:
        """A model in which every date is right."""
        for _ in range(_ROUNDS):
            if self.spent > self._until:
                return Sought(Verdict.OPEN)
            found = self.solver.check(*wishes)
            if found == z3.unsat:
                return Sought(Verdict.NONE)
            if found == z3.unknown:
                return Sought(Verdict.OPEN)
            model = self.solver.model()
            corrections = self.world.computations.corrections(model)
            if not corrections:
                return Sought(Verdict.FOUND, model)
            self._correct(corrections)
            pinned = self._pinned(wishes, self.world.computations.pins(model))
            if pinned is not None:
                return pinned
        return Sought(Verdict.OPEN)

    def _pinned(self, wishes: list[z3.BoolRef], pins: list[z3.BoolRef]) -> Sought | None:
        """The same guess, with what follows from it put right; None where that will not do."""
        for _ in range(_PINNED_ROUNDS):
            found = self.solver.check(*wishes, *pins)
            if found == z3.unknown:
                return Sought(Verdict.OPEN)
            if found != z3.sat:
                return None
            model = self.solver.model()
            corrections = self.world.computations.corrections(model)
            if not corrections:
                return Sought(Verdict.FOUND, model)
            self._correct(corrections)
        return None

    def _with_wishes(self, wishes: list[z3.BoolRef], known: Sought) -> Sought:
        """The plainest facts: as many wishes granted as go together, the greater before."""
        kept = list(wishes)
        for _ in range(_MOST_WISHES_DROPPED):
            sought = self._corrected(kept)
            if sought.verdict is Verdict.FOUND:
                return sought
            if sought.verdict is Verdict.OPEN:
                break
            core = {wish.get_id() for wish in self.solver.unsat_core()}
            blamed = [i for i, wish in enumerate(kept) if wish.get_id() in core]
            if not blamed:
                break
            for at in reversed(blamed[len(blamed) // 2 :]):
                del kept[at]
        few = self._corrected(kept[: len(kept) // 3])
        return few if few.verdict is Verdict.FOUND else known

    def dossier(self, sought: Sought, reading: Reading | None = None) -> Dossier:
        assert sought.model is not None, "nothing was found"
        return dossier_of(sought.model, self.reading if reading is None else reading)

    def case(self, dossier: Dossier) -> Case:
        """The case of a dossier, as the reference reading takes it."""
        return case_on(dossier, self.on, self.as_of)


def case_on(dossier: Dossier, on: datetime.date, as_of: Value) -> Case:
    case = Case(dossier, on, on)
    if isinstance(as_of, AskedOn):
        return case
    found = value(as_of, case)
    return Case(dossier, on, found) if isinstance(found, datetime.date) else case


def solve(
    rule: Rule,
    *,
    on: datetime.date,
    given: Rule = SATISFIED,
    as_of: Value = ASKED_ON,
    also: Callable[[Dossier], bool] = lambda _: True,
) -> Dossier | None:
    """
    Facts under which ``rule`` and ``given`` are met on the day ``on``; None where none were found.

    No reading may be left open (``rules.resolve``). What is returned has been confirmed by the
    reference reading, and by ``also``.
    """
    search = Search((rule, given), on=on, as_of=as_of)
    wanted = conj((search.truth(rule), search.truth(given)))
    for sought in search_again(search, wanted):
        dossier = search.dossier(sought)
        case = search.case(dossier)
        if holds(rule, case) and holds(given, case) and also(dossier):
            return dossier
    return None


def search_again(
    search: Search, wanted: Truth, tries: int = 4, *, certain: bool = False
) -> Iterator[Sought]:
    """Facts that the translation thinks will do; others when those were of no use."""
    refused: list[Any] = []
    for number in range(tries):
        sought = search.look(wanted, *refused, plainly=number % 2 == 0, certain=certain)
        if sought.verdict is not Verdict.FOUND or sought.model is None:
            return
        yield sought
        refused.append(_otherwise(sought.model))


def _otherwise(model: z3.ModelRef) -> Any:
    """Not these facts again."""
    parts = []
    for declared in model.decls():
        if declared.arity() == 0 and declared.range().kind() in (z3.Z3_BOOL_SORT, z3.Z3_INT_SORT):
            parts.append(declared() != model[declared])
    return z3.Or(parts)
