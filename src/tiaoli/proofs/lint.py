"""
Read this file first: every check on every question of a regulation, and the keys that settle it.

A clause, outcome or pair of conditions that lies idle under the default readings but not under
another is no finding: that is what the key is for. Anything else found under the default readings
is one, and the keys under another reading of which it vanishes are named with it.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from tiaoli.answers.meaning import holds
from tiaoli.facts.dossier import Dossier
from tiaoli.facts.kinds import Label
from tiaoli.proofs import check_amounts, check_cliffs, check_rules
from tiaoli.proofs.asked import Asked, Example
from tiaoli.proofs.check_scales import ScaleChecks
from tiaoli.proofs.findings import Finding, Open, merged
from tiaoli.proofs.search import WIDTH, Verdict
from tiaoli.rules.citation import clause_ids
from tiaoli.rules.interpretation import keys_of, resolve
from tiaoli.rules.question import Question
from tiaoli.rules.regulation import Regulation
from tiaoli.rules.scales import Level, Scale

Readings = Mapping[str, str]
Check = Callable[..., Iterator[Finding]]
Examples = Mapping[str, Sequence[Example]]

DAY = datetime.date(2026, 6, 30)
"""The day of asking unless another is given. It is fixed, so that the findings are."""

_WITH_WITNESS: tuple[Check, ...] = (
    check_amounts.two_rows,
    check_amounts.below_nothing,
    check_cliffs.cliffs_of_a_record,
    check_cliffs.cliffs_of_a_figure,
)


@dataclass(slots=True)
class Report:
    """What the checks found in one regulation, and what they had to leave open."""

    findings: list[Finding] = field(default_factory=list)
    open: Open = field(default_factory=Open)


@dataclass(frozen=True, slots=True)
class Work:
    """A part of what is to be checked: every rule as a rule, or the words of some scales."""

    rules: bool
    scales: tuple[str, ...]


_SHARES_OF_SCALES = 2


def works(regulation: Regulation) -> tuple[Work, ...]:
    """The checks on a regulation in parts that may be done side by side."""
    scales = tuple(q.id for q in regulation.questions.values() if q.scale is not None)
    shares = (scales[number::_SHARES_OF_SCALES] for number in range(_SHARES_OF_SCALES))
    return (Work(True, ()), *(Work(False, share) for share in shares if share))


def lint(
    regulation: Regulation,
    *,
    on: datetime.date,
    examples: Examples = MappingProxyType({}),
    work: Work | None = None,
) -> Report:
    """
    Every check on ``regulation`` (or a part of them), as of the day ``on``. ``examples`` are facts
    known for each question; what they show is not looked for.
    """
    parts = works(regulation) if work is None else (work,)
    done = _Lint(regulation, on, examples)
    return joined(regulation, [done.report(part) for part in parts])


def joined(regulation: Regulation, reports: Sequence[Report]) -> Report:
    """What several parts found, in the order of the text."""
    order = {clause: at for at, clause in enumerate(regulation.clauses)}
    ordered = [
        replace(f, clauses=tuple(sorted(f.clauses, key=lambda c: order.get(c, 10**6))))
        for f in merged(f for report in reports for f in report.findings)
    ]
    ordered.sort(key=lambda f: (order.get(f.clauses[0], 10**6) if f.clauses else 0, f.check))
    left = Open()
    for report in reports:
        left.add(report.open)
    return Report(ordered, left)


class _Lint:
    def __init__(self, regulation: Regulation, on: datetime.date, examples: Examples) -> None:
        self.regulation = regulation
        self.on = on
        self.examples = examples
        self.open = Open()
        self.useful: Counter[str] = Counter()
        """How often a key has made the difference; such keys are tried first."""
        self.defaults = regulation.default_readings()
        self.asked = {q.id: self._asked(q) for q in regulation.questions.values() if not q.summary}

    def report(self, work: Work) -> Report:
        self.open = Open()
        found = [*(self._rules() if work.rules else ()), *self._scales(work.scales)]
        return Report(found, self.open)

    def _rules(self) -> Iterator[Finding]:
        yield from self._idle_clauses()
        yield from self._dead_outcomes()
        yield from self._contradictions()
        yield from self._with_witness()
        for asked in self.asked.values():
            world = asked.search.world
            self.open.narrowed |= world.narrowed
            for why, times in world.inexact.items():
                self.open.inexact[why] = self.open.inexact.get(why, 0) + times

    def _asked(
        self, question: Question, width: int = WIDTH, other: Readings = MappingProxyType({})
    ) -> Asked:
        """A question under the default readings, but for some ``other`` ones."""
        examples = self.examples.get(question.id, ())
        return Asked(question, {**self.defaults, **other}, self.on, width, examples)

    # Other readings

    def _flips(
        self, question: Question, *, but: frozenset[str] = frozenset()
    ) -> Iterator[tuple[str, Asked]]:
        """The question under each other reading of each key that it depends on, ``but`` some."""
        keys = sorted(frozenset[str]().union(*map(keys_of, question.nodes())) - but)
        for key in sorted(keys, key=lambda key: -self.useful[key]):
            for name in self.regulation.interpretations[key].option_names:
                if name != self.defaults[key]:
                    yield key, self._asked(question, other={key: name})

    def _question(self, name: str) -> Question:
        return self.regulation.questions[name]

    # Idle clauses and outcomes

    def _without_scale(self) -> list[Asked]:
        """The words of a scale are looked at level by level, and not clause by clause."""
        return [asked for asked in self.asked.values() if asked.question.scale is None]

    def _idle_clauses(self) -> Iterator[Finding]:
        known: dict[str, check_rules.Shown] = {}
        for asked in self._without_scale():
            check_rules.seen_clauses(asked, known, self.open)
        for clause, seen in known.items():
            if seen.met and seen.failed:
                continue
            if seen.open:
                self.open.undecided.append(f"clause {clause}")
                continue
            self._seen_otherwise(clause, seen)
            if not seen.met:
                says = Label("沒有任何情形能符合", "nothing can meet it")
                yield Finding("never", (clause,), seen.places, says)
            elif not seen.failed:
                says = Label("沒有任何情形能違反", "nothing can fail it")
                yield Finding("always", (clause,), seen.places, says)

    def _seen_otherwise(self, clause: str, seen: check_rules.Shown) -> None:
        for place in seen.places:
            for _, asked in self._flips(self._question(place)):
                known = {clause: replace(seen)}
                check_rules.seen_clauses(asked, known, self.open, only=clause)
                seen.met, seen.failed = known[clause].met, known[clause].failed
                if seen.met and seen.failed:
                    return

    def _dead_outcomes(self) -> Iterator[Finding]:
        for asked in self._without_scale():
            name = asked.question.id
            shown = frozenset(outcomes_shown(asked))
            reached = check_rules.outcomes_reached(asked, self.open, but=shown)
            for outcome, verdict in reached.items():
                if verdict is Verdict.OPEN:
                    self.open.undecided.append(f"{name} {outcome}")
            dead = {o for o, verdict in reached.items() if verdict is Verdict.NONE}
            if dead:
                wide = self._asked(self._question(name), width=3 * WIDTH)
                now = check_rules.outcomes_reached(wide, self.open, only=dead)
                dead = {o for o in dead if now.get(o, Verdict.NONE) is Verdict.NONE}
            if not dead:
                continue
            for key, other in self._flips(self._question(name)):
                now = check_rules.outcomes_reached(other, self.open, only=dead)
                alive = {o for o, verdict in now.items() if verdict is not Verdict.NONE}
                self.useful[key] += bool(alive)
                dead -= alive
                if not dead:
                    break
            for outcome in sorted(dead):
                yield self._dead(name, asked, outcome)

    def _dead(self, name: str, asked: Asked, outcome: str) -> Finding:
        bands = asked.question.bands
        of = [band.rule for band in bands if band.outcome == outcome] or [b.rule for b in bands]
        cited = frozenset[str]().union(*map(clause_ids, of))
        every = frozenset[str]().union(*(clause_ids(b.rule) for b in bands))
        says = Label(f"結果「{outcome}」無法到達", f"the outcome {outcome} cannot be reached")
        return Finding("unreachable", tuple(cited or every), (name,), says)

    def _contradictions(self) -> Iterator[Finding]:
        met = check_rules.MetTogether()
        for asked in self._without_scale():
            name = asked.question.id
            found = {f.identity: f for f in check_rules.contradictions(asked, self.open, met)}
            if not found:
                continue
            for _, other in self._flips(self._question(name)):
                about = frozenset(clause for f in found.values() for clause in f.clauses)
                again = check_rules.contradictions(
                    other, self.open, check_rules.MetTogether(), only=about
                )
                now = {f.identity for f in again}
                found = {identity: f for identity, f in found.items() if identity in now}
                if not found:
                    break
            yield from found.values()

    # Findings with facts that show them

    def _with_witness(self) -> Iterator[Finding]:
        """The same finding in several questions is settled once, in the first of them."""
        for check in _WITH_WITNESS:
            found = [f for asked in self.asked.values() for f in check(asked, self.open)]
            for finding in merged(found):
                yield self._settled(finding, self._question(finding.places[0]), check)

    def _settled(self, finding: Finding, question: Question, check: Check) -> Finding:
        keys = dict.fromkeys(
            key for key, other in self._flips(question) if not self._is_there(finding, other, check)
        )
        return replace(finding, settled_by=tuple(keys))

    def _is_there(self, finding: Finding, asked: Asked, check: Check) -> bool:
        of_a_figure = check is check_cliffs.cliffs_of_a_figure
        if of_a_figure and check_cliffs.still_falls(asked, finding):
            return True
        tried = Open()
        again = check(asked, tried, tuple(sorted(finding.clauses)))
        there = any(f.identity == finding.identity for f in again)
        self.open.asked += tried.asked
        return there or bool(tried.undecided)

    # Scales

    def _scales(self, items: Sequence[str]) -> Iterator[Finding]:
        for question in map(self._question, items):
            if question.scale is not None:
                checks = self._checks_of(question.scale, self.defaults, self.open)
                found = list(checks.findings())
                if found:
                    others = list(self._other_checks_of(question.scale))
                    deciding = list(self._flips(question, but=_in_words(question.scale)))
                    for finding in found:
                        keys = [key for key, other in others if not other.is_there(finding)]
                        keys += self._turned_by(question, finding, deciding)
                        yield replace(finding, settled_by=tuple(dict.fromkeys(keys)))

    def _turned_by(
        self, question: Question, finding: Finding, others: list[tuple[str, Asked]]
    ) -> Iterator[str]:
        """The keys that are not in the words, but say which level the witness is given."""
        if finding.witness:
            dossier = finding.witness[0].dossier
            given = outcome_of(self.asked[question.id], dossier)
            yield from (key for key, asked in others if outcome_of(asked, dossier) != given)

    def _checks_of(self, scale: Scale, readings: Readings, count: Open) -> ScaleChecks:
        return ScaleChecks(resolved_scale(scale, readings), self.on, count)

    def _other_checks_of(self, scale: Scale) -> Iterator[tuple[str, ScaleChecks]]:
        nodes = [scale.given, *(level.literal for level in scale.levels)]
        for key in sorted(frozenset[str]().union(*map(keys_of, nodes))):
            for name in self.regulation.interpretations[key].option_names:
                if name != self.defaults[key]:
                    yield key, self._checks_of(scale, {**self.defaults, key: name}, Open())


def outcome_of(asked: Asked, dossier: Dossier) -> str:
    """What the reference reading answers; a band that is open stops."""
    case = asked.case(dossier)
    for band in asked.question.bands:
        truth = holds(band.rule, case)
        if truth is not False:
            return band.outcome if truth else asked.question.undecided
    return asked.question.otherwise


def outcomes_shown(asked: Asked) -> Iterator[str]:
    """The outcomes of bands that examples come to, as the reference reading has it."""
    for case in asked.cases:
        for band in asked.question.bands:
            truth = holds(band.rule, case)
            if truth:
                yield band.outcome
            if truth is not False:
                break


def _in_words(scale: Scale) -> frozenset[str]:
    return frozenset[str]().union(*(keys_of(level.literal) for level in scale.levels))


def resolved_scale(scale: Scale, readings: Readings) -> Scale:
    levels = tuple(
        Level(
            level.clause,
            resolve(level.rule, readings),
            None if level.text is None else resolve(level.text, readings),
        )
        for level in scale.levels
    )
    return replace(scale, levels=levels, given=resolve(scale.given, readings))
