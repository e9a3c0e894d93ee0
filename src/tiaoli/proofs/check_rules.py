"""Clauses that are never met or never fail, conditions that exclude one another, dead outcomes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from tiaoli.facts.kinds import Label
from tiaoli.proofs.asked import Asked, place
from tiaoli.proofs.findings import Finding, Open
from tiaoli.proofs.scopes import Placed
from tiaoli.proofs.search import Search, Verdict
from tiaoli.proofs.shapes import Shapes
from tiaoli.proofs.symbols import Truth, conj, neg
from tiaoli.rules.citation import ClauseRule, clause_ids
from tiaoli.rules.expressions import AllOf, Constant


@dataclass(slots=True)
class Shown:
    """Of one clause: whether it has been seen met, and seen to fail, or is still open."""

    met: bool = False
    failed: bool = False
    open: bool = False
    places: tuple[str, ...] = ()


def seen_clauses(
    asked: Asked, known: dict[str, Shown], count: Open, *, only: str | None = None
) -> None:
    """Add to ``known`` what the clauses of a question (or one of them) have been seen to be."""
    pending: list[tuple[Shown, Truth, Truth]] = []
    for part in asked.parts_of(ClauseRule):
        node = part.node
        assert isinstance(node, ClauseRule)
        if isinstance(node.rule, Constant) or only not in (None, node.clause):
            continue
        seen = known.setdefault(node.clause, Shown())
        if asked.question.id not in seen.places:
            seen.places = (*seen.places, asked.question.id)
        seen.met = seen.met or asked.is_shown(part, node)
        seen.failed = seen.failed or asked.is_shown(part, ~node)
        if seen.met and seen.failed:
            continue
        at = place(asked.search, part)
        pending.append((seen, asked.search.reading.truth(node, at.row), at.there))
    for seen, truth, there in pending:
        for wanted, name in ((truth, "met"), (neg(truth), "failed")):
            if not getattr(seen, name):
                verdict = asked.search.seek(wanted, there)
                count.asked += 1
                setattr(seen, name, verdict is Verdict.FOUND)
                seen.open = seen.open or verdict is Verdict.OPEN


def outcomes_reached(
    asked: Asked, count: Open, *, only: set[str] | None = None, but: frozenset[str] = frozenset()
) -> dict[str, Verdict]:
    """
    Whether the outcome of each band (or some, or all ``but`` some) can be reached, the bands before
    it having failed.

    That nothing is left over for the outcome after all bands is no fault: they cover every case.
    """
    question = asked.question
    left = {band.outcome for band in question.bands} - but
    if not (left if only is None else left & only):
        return {}
    reading = asked.search.reading
    found: dict[str, Verdict] = {}
    before: list[Truth] = []
    for band in question.bands:
        outcome, truth = band.outcome, reading.truth(band.rule)
        switched_off = truth is False  # by a reading
        wanted = not switched_off and (only is None or outcome in only) and outcome not in but
        if wanted and found.get(outcome) is not Verdict.FOUND:
            count.asked += 1
            verdict = asked.search.seek(truth, *before)
            known = found.get(outcome)
            decided = known is not Verdict.OPEN or verdict is Verdict.FOUND
            found[outcome] = verdict if decided else Verdict.OPEN
        before.append(neg(truth))
    return found


@dataclass(slots=True)
class MetTogether:
    """The lists of conditions of which facts have been found that meet them all, anywhere."""

    shapes: Shapes = field(default_factory=Shapes)
    found: set[tuple[int, str]] = field(default_factory=set)

    def knows(self, part: Placed) -> bool:
        return self._key(part) in self.found

    def learn(self, part: Placed, verdict: Verdict) -> None:
        if verdict is Verdict.FOUND:
            self.found.add(self._key(part))

    def _key(self, part: Placed) -> tuple[int, str]:
        return self.shapes.of(part.node), "" if part.kind is None else part.kind.name


def contradictions(
    asked: Asked, count: Open, met: MetTogether, *, only: frozenset[str] | None = None
) -> Iterator[Finding]:
    """Conditions of one list (about some clauses) of which each can be met, and not all."""
    pending: list[tuple[Placed, list[Truth], Truth]] = []
    for part in asked.parts_of(AllOf):
        node = part.node
        assert isinstance(node, AllOf)
        if only is not None and not only & (clause_ids(node) | {part.clause}):
            continue
        if met.knows(part):
            continue
        if asked.is_shown(part, *node.rules):
            met.learn(part, Verdict.FOUND)
            continue
        at = place(asked.search, part)
        truths = [asked.search.reading.truth(one, at.row) for one in node.rules]
        if not any(truth is False for truth in truths):  # switched off by a reading
            pending.append((part, truths, at.there))
    for part, truths, there in pending:
        node = part.node
        assert isinstance(node, AllOf)
        if met.knows(part):
            continue
        count.asked += 1
        verdict = asked.search.seek(*truths, there)
        if verdict is not Verdict.NONE:
            met.learn(part, verdict)
            continue
        if any(asked.search.seek(truth, there) is not Verdict.FOUND for truth in truths):
            continue  # the fault lies in one of them, which is looked at by itself
        core = core_of(asked.search, truths, there)
        own = frozenset({part.clause} if part.clause else ())
        cited = frozenset[str]().union(*(clause_ids(node.rules[i]) for i in core)) or own
        if cited:
            yield Finding(
                "contradiction",
                tuple(sorted(cited)),
                (asked.question.id,),
                Label(
                    f"這 {len(core)} 個條件各自可以成立，但不能同時成立",
                    f"each of these {len(core)} conditions can be met, but not all of them at once",
                ),
            )


def core_of(search: Search, truths: list[Truth], there: Truth) -> list[int]:
    """Which of ``truths`` exclude one another: none of them can be left out."""
    kept = list(range(len(truths)))
    for at in range(len(truths)):
        rest = [i for i in kept if i != at]
        if search.seek(conj([truths[i] for i in rest]), there) is Verdict.NONE:
            kept = rest
    return kept
