"""Scales, by the words of their levels: no level, two levels, levels that cannot be."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations

from tiaoli.answers.case import Case
from tiaoli.answers.meaning import holds
from tiaoli.facts.dossier import Dossier
from tiaoli.facts.kinds import Label
from tiaoli.proofs.asked import shown
from tiaoli.proofs.figures import FreeFigures, have_figures
from tiaoli.proofs.findings import Finding, Open
from tiaoli.proofs.plainest import plainest
from tiaoli.proofs.search import A_LITTLE, EFFORT, WIDTH, Search, Verdict
from tiaoli.proofs.symbols import Truth, neg
from tiaoli.rules.scales import Scale

_CUMULATIVE_FROM = 4
"""A level from here on adds to the one below it; the lower ones exclude one another."""


@dataclass(frozen=True, slots=True)
class Claim:
    """That the words of some levels can be met, and those of others not, by the same facts."""

    check: str
    levels: Mapping[int, bool]
    says: Label

    def clauses(self, scale: Scale) -> tuple[str, ...]:
        return tuple(scale.level(number).clause for number in sorted(self.levels))


def claims(scale: Scale) -> Iterator[Claim]:
    """What is asked of a scale; the first ones, of each level alone, are in order if they hold."""
    numbers = range(1, len(scale.levels) + 1)
    for number in numbers:
        zh, en = (
            f"第 {number} 級的文字沒有任何情形能符合",
            f"nothing can meet the words of level {number}",
        )
        yield Claim("never", {number: True}, Label(zh, en))
    nothing = Label("有情形不符合任何一級的文字", "there are facts that no level's words meet")
    yield Claim("gap", dict.fromkeys(numbers, False), nothing)
    for one, other in combinations(numbers, 2):
        if one + 1 < _CUMULATIVE_FROM:
            zh = f"同一情形同時符合第 {one} 級與第 {other} 級的文字"
            en = f"the same facts meet the words of level {one} and of level {other}"
            yield Claim("overlap", {one: True, other: True}, Label(zh, en))
    for number in range(_CUMULATIVE_FROM, len(scale.levels) + 1):
        zh = f"符合第 {number} 級的文字，卻不符合第 {number - 1} 級的文字"
        en = f"the words of level {number} are met, those of level {number - 1} are not"
        yield Claim("not_implied", {number - 1: False, number: True}, Label(zh, en))


class ScaleChecks:
    """The words of every level of ``scale``, which have no reading left open."""

    def __init__(self, scale: Scale, on: datetime.date, count: Open) -> None:
        self.scale = scale
        self.on = on
        self.count = count

    @cached_property
    def search(self) -> Search:
        return self._search(WIDTH)

    @cached_property
    def free(self) -> FreeFigures | None:
        """With the figures of a cohort free; None where the words turn on none."""
        words = [self.scale.given, *(level.literal for level in self.scale.levels)]
        return FreeFigures(words, on=self.on) if have_figures(words) else None

    @cached_property
    def wider(self) -> Search:
        """With many more records, and with amounts left open: asked before "never" is said."""
        return self._search(3 * WIDTH)

    def _search(self, width: int) -> Search:
        words = [level.literal for level in self.scale.levels]
        effort = A_LITTLE if have_figures(words) else EFFORT
        return Search([self.scale.given, *words], on=self.on, width=width, effort=effort)

    def findings(self) -> Iterator[Finding]:
        idle: set[int] = set()
        for claim in claims(self.scale):
            if claim.check != "gap" and idle & claim.levels.keys():
                continue
            verdict = self._can(claim)
            if claim.check != "never":
                yield from self._shown(claim) if verdict is Verdict.FOUND else ()
            elif verdict is Verdict.NONE:
                idle |= claim.levels.keys()
                yield self._finding(claim)

    def is_there(self, finding: Finding) -> bool:
        """Whether a finding made under other readings is one here; what is open counts as one."""
        claim = next(
            claim
            for claim in claims(self.scale)
            if (claim.check, claim.clauses(self.scale)) == (finding.check, finding.clauses)
        )
        if any(self._shows(claim, state.dossier) for state in finding.witness):
            return True
        if self.free is not None and claim.check != "never":
            truths = self._truths(claim, self.free)
            return self.free.seek(*truths, certain=True) is not Verdict.NONE
        found = Verdict.FOUND if claim.check == "never" else Verdict.NONE
        return self._can(claim) is not found

    def _can(self, claim: Claim) -> Verdict:
        self.count.asked += 1
        if self.free is not None:
            return self._can_by_figures(claim, self.free)
        verdict = self.search.seek(*self._truths(claim, self.search), certain=True)
        if claim.check == "never" and verdict is Verdict.NONE:
            verdict = self.wider.seek(*self._truths(claim, self.wider))
        if verdict is Verdict.OPEN:
            self.count.undecided.append(f"{claim.check} {self.scale.item}")
        return verdict

    def _can_by_figures(self, claim: Claim, free: FreeFigures) -> Verdict:
        """What no figures can do no facts can; what facts leave open the figures decide."""
        if free.seek(*self._truths(claim, free), certain=True) is Verdict.NONE:
            return Verdict.NONE
        verdict = self.search.seek(*self._truths(claim, self.search), certain=True)
        if verdict is Verdict.NONE and claim.check != "never":
            return Verdict.NONE
        return Verdict.FOUND

    def _truths(self, claim: Claim, search: Search) -> list[Truth]:
        reading = search.reading
        every = [reading.truth(level.literal) for level in self.scale.levels]
        met = [every[n - 1] if wanted else neg(every[n - 1]) for n, wanted in claim.levels.items()]
        return [reading.truth(self.scale.given), *met]

    def _shown(self, claim: Claim) -> Iterator[Finding]:
        sought = self.search.look(*self._truths(claim, self.search), certain=True)
        agreed = False
        if sought.model is not None:
            state = shown(self.search, sought)
            agreed = self._shows(claim, state.dossier)
        if not agreed and self.free is not None:
            yield from self._shown_by_figures(claim, self.free)
            return
        if sought.model is None:
            return
        if agreed:
            (plain,) = plainest((state.dossier,), lambda states: self._shows(claim, states[0]))
            state = replace(state, dossier=plain)
        yield replace(self._finding(claim), witness=(state,), confirmed=agreed)

    def _shown_by_figures(self, claim: Claim, free: FreeFigures) -> Iterator[Finding]:
        sought = free.look(*self._truths(claim, free), certain=True)
        if sought.model is not None:
            state = replace(shown(free, sought), figures=free.told(sought.model))
            yield replace(self._finding(claim), witness=(state,), confirmed=False)

    def _shows(self, claim: Claim, dossier: Dossier) -> bool:
        """The reference reading finds what is claimed in these facts."""
        case = Case(dossier, self.on, self.on)
        return all(
            holds(self.scale.level(number).literal, case) is wanted
            for number, wanted in claim.levels.items()
        )

    def _finding(self, claim: Claim) -> Finding:
        return Finding(claim.check, claim.clauses(self.scale), (self.scale.item,), claim.says)
