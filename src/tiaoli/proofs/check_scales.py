"""Scales, by the words of their levels: no level, two levels, levels that cannot be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import combinations

from tiaoli.answers.meaning import Truth as ReferenceTruth
from tiaoli.answers.meaning import holds
from tiaoli.facts.dossier import Dossier
from tiaoli.facts.kinds import Label
from tiaoli.proofs.asked import shown
from tiaoli.proofs.findings import Finding, Open
from tiaoli.proofs.plainest import plainest
from tiaoli.proofs.search import Search, Sought, Verdict
from tiaoli.proofs.symbols import Truth, neg
from tiaoli.rules.expressions import Rule
from tiaoli.rules.scales import Level, Scale

_CUMULATIVE_FROM = 4
"""A level from here on adds to the one below it; the lower ones exclude one another."""


class ScaleChecks:
    """``search`` knows the words of every level; they have no reading left open."""

    def __init__(self, scale: Scale, search: Search, count: Open) -> None:
        self.scale = scale
        self.search = search
        self.count = count
        reading = search.reading
        self.given = reading.truth(scale.given)
        self.truths = [reading.truth(level.literal) for level in scale.levels]

    def findings(self) -> Iterator[Finding]:
        idle: set[int] = set()
        yield from self._unsatisfiable(idle)
        yield from self._gap()
        yield from self._overlaps(idle)
        yield from self._not_implied(idle)

    def _unsatisfiable(self, idle: set[int]) -> Iterator[Finding]:
        for number, (level, truth) in enumerate(self._levels(), 1):
            self.count.asked += 1
            verdict = self.search.can(truth, self.given, certain=True)
            if verdict is Verdict.OPEN:
                self.count.undecided.append(f"level {level.clause}")
            if verdict is Verdict.NONE:
                idle.add(number)
                yield self._found(
                    "never",
                    (level,),
                    Label(
                        f"第 {number} 級的文字沒有任何情形能符合",
                        f"nothing can meet the words of level {number}",
                    ),
                )

    def _levels(self) -> list[tuple[Level, Truth]]:
        return list(zip(self.scale.levels, self.truths, strict=True))

    def _gap(self) -> Iterator[Finding]:
        sought = self._look("gap", *(neg(truth) for truth in self.truths))
        if sought.model is not None:
            says = Label("有情形不符合任何一級的文字", "there are facts that no level's words meet")
            none = {level.literal: False for level in self.scale.levels}
            yield self._found("gap", self.scale.levels, says, sought, none)

    def _overlaps(self, idle: set[int]) -> Iterator[Finding]:
        for (one, low), (other, high) in combinations(enumerate(self._levels(), 1), 2):
            if one + 1 >= _CUMULATIVE_FROM or idle & {one, other}:
                continue
            sought = self._look("overlap", low[1], high[1])
            if sought.model is not None:
                says = Label(
                    f"同一情形同時符合第 {one} 級與第 {other} 級的文字",
                    f"the same facts meet the words of level {one} and of level {other}",
                )
                wanted: dict[Rule, ReferenceTruth] = {low[0].literal: True, high[0].literal: True}
                yield self._found("overlap", (low[0], high[0]), says, sought, wanted)

    def _not_implied(self, idle: set[int]) -> Iterator[Finding]:
        levels = self._levels()
        for number in range(_CUMULATIVE_FROM, len(levels) + 1):
            (below, lower), (level, truth) = levels[number - 2], levels[number - 1]
            if number in idle or number - 1 in idle:
                continue
            sought = self._look("not_implied", truth, neg(lower))
            if sought.model is not None:
                says = Label(
                    f"符合第 {number} 級的文字，卻不符合第 {number - 1} 級的文字",
                    f"the words of level {number} are met, those of level {number - 1} are not",
                )
                wanted: dict[Rule, ReferenceTruth] = {level.literal: True, below.literal: False}
                yield self._found("not_implied", (below, level), says, sought, wanted)

    def _look(self, check: str, *truths: Truth) -> Sought:
        self.count.asked += 1
        sought = self.search.look(*truths, self.given, certain=True)
        if sought.verdict is Verdict.OPEN:
            self.count.undecided.append(f"{check} {self.scale.item}")
        return sought

    def _found(
        self,
        check: str,
        levels: tuple[Level, ...],
        says: Label,
        sought: Sought | None = None,
        wanted: Mapping[Rule, ReferenceTruth] | None = None,
    ) -> Finding:
        clauses = tuple(level.clause for level in levels)
        if sought is None:
            return Finding(check, clauses, (self.scale.item,), says)
        state = shown(self.search, sought)

        def shows(states: tuple[Dossier, ...]) -> bool:
            case = self.search.case(states[0])
            return all(holds(rule, case) is truth for rule, truth in (wanted or {}).items())

        agreed = shows((state.dossier,))
        if agreed:
            (plain,) = plainest((state.dossier,), shows)
            state = replace(state, dossier=plain)
        return Finding(check, clauses, (self.scale.item,), says, (state,), confirmed=agreed)
