"""What the checks find in a regulation, beside what it declares, as a page or as JSON."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from enum import Enum
from multiprocessing import get_context
from typing import Any

from tiaoli.cli.inputs import Screen
from tiaoli.facts.kinds import Label
from tiaoli.proofs.asked import Example
from tiaoli.proofs.findings import CHECKS, Finding
from tiaoli.proofs.lint import DAY, Report, Work, joined, lint, works
from tiaoli.regulations import catalogue
from tiaoli.regulations.cases import cases
from tiaoli.rules import KnownFinding, Regulation


class Verdict(Enum):
    DECLARED = Label("已聲明", "declared")
    UNDECLARED = Label("未聲明", "undeclared")
    OTHER_KEYS = Label("已聲明，但所繫的解釋鍵不同", "declared with other keys")
    GONE = Label("已聲明，但已不存在", "declared and gone")
    NOT_CONFIRMED = Label("未經證實", "not confirmed")

    @property
    def is_right(self) -> bool:
        return self in (Verdict.DECLARED, Verdict.NOT_CONFIRMED)


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding, a declaration, or both, and what is to be said of it."""

    verdict: Verdict
    found: Finding | None = None
    declared: KnownFinding | None = None
    settled_by: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        says = None if self.declared is None else self.declared.says
        told = self.found.to_json() if self.found is not None else {}
        if self.found is None and self.declared is not None:
            told = {"check": self.declared.check, "clauses": list(self.declared.clauses)}
        return {
            **told,
            "verdict": self.verdict.name.lower(),
            "settled_by": list(self.settled_by),
            "known": None if says is None else {"zh": says.zh, "en": says.en},
        }


def judged(regulation: Regulation, report: Report) -> list[Judged]:
    """Every finding and every declaration, each once."""
    declared = {known.identity: known for known in regulation.findings}
    told = []
    for found in report.findings:
        known = declared.pop(found.identity, None)
        settled = tuple(sorted(found.settled_by))
        if not (found.confirmed or any(state.figures for state in found.witness)):
            verdict = Verdict.NOT_CONFIRMED
        elif known is None:
            verdict = Verdict.UNDECLARED
        elif not _are_declared(found, known):
            verdict = Verdict.OTHER_KEYS
        else:
            verdict = Verdict.DECLARED
        told.append(Judged(verdict, found, known, settled))
    gone = [Judged(Verdict.GONE, None, k, k.settled_by) for k in declared.values()]
    return [*told, *gone]


def _are_declared(found: Finding, known: KnownFinding) -> bool:
    """Where only figures show a finding, keys that a dossier would show may be declared too."""
    keys, declared = set(found.settled_by), set(known.settled_by)
    return keys == declared or (not found.confirmed and keys < declared)


def checked(regulation: Regulation, on: datetime.date | None) -> tuple[Report, list[Judged]]:
    """What the checks find, and what is to be said of it."""
    report = joined(regulation, [_done(regulation, on, work) for work in works(regulation)])
    return report, judged(regulation, report)


def _done(regulation: Regulation, on: datetime.date | None, work: Work) -> Report:
    examples = examples_of(regulation) if work.rules else {}
    return lint(regulation, on=DAY if on is None else on, examples=examples, work=work)


def examples_of(regulation: Regulation) -> dict[str, list[Example]]:
    """The facts of its worked cases, by the question that they are asked."""
    found: dict[str, list[Example]] = {}
    folder = catalogue.folder_of(regulation.id)
    for case in cases(folder) if folder is not None else ():
        found.setdefault(case.question, []).append(Example(case.dossier, case.about))
    return found


def checked_at_once(
    regulations: Sequence[Regulation], on: datetime.date | None
) -> Iterator[tuple[Report, list[Judged]]]:
    """The same for several regulations, side by side, each told as soon as its turn has come."""
    parts = [(one, work) for one in regulations for work in works(one)]
    if len(parts) == 1:
        yield checked(regulations[0], on)
        return
    # A process of its own for each part: what the solver finds hangs on what it was asked before.
    with ProcessPoolExecutor(mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
        parts.sort(key=lambda part: -len(part[0].interpretations))  # the longest first
        jobs: dict[str, list[Future[Report]]] = {one.id: [] for one in regulations}
        for one, work in parts:
            jobs[one.id].append(pool.submit(_done_by_name, one.id, on, work))
        for one in regulations:
            report = joined(one, [job.result() for job in jobs[one.id]])
            yield report, judged(one, report)


def _done_by_name(regulation_id: str, on: datetime.date | None, work: Work) -> Report:
    return _done(catalogue.find(regulation_id), on, work)


def as_json(regulation: Regulation, report: Report, rows: list[Judged]) -> dict[str, Any]:
    return {
        "regulation": regulation.id,
        "findings": [row.to_json() for row in rows],
        "asked": report.open.asked,
        "undecided": sorted(set(report.open.undecided)),
        "inexact": report.open.inexact,
        "narrowed": sorted(report.open.narrowed),
    }


def print_page(regulation: Regulation, report: Report, rows: list[Judged], screen: Screen) -> None:
    def say(zh: str, en: str) -> str:
        return screen.say(Label(zh, en))

    def line(text: str) -> None:
        screen.out.print(text, markup=False, highlight=False, soft_wrap=True)

    line(f"{regulation.id} {screen.say(regulation.title)}")
    if not rows:
        line(say("  沒有發現", "  nothing found"))
    for row in rows:
        known = row.found or row.declared
        assert known is not None
        keys = f" [{', '.join(row.settled_by)}]" if row.settled_by else ""
        check = screen.say(CHECKS.get(known.check, Label(known.check, known.check)))
        clauses = say("、", ", ").join(known.clauses)
        line(f"  {check} {clauses}{keys} — {screen.say(row.verdict.value)}")
        line(f"    {screen.say(known.says)}")
        for state in row.found.witness if row.found is not None else ():
            for told in state.lines(screen.lang):
                line(f"    · {told}")
            if state.result is not None:
                line(f"      → {screen.say(state.result)}")
        if row.declared is not None and row.found is not None:
            line(f"    {screen.say(row.declared.says)}")
    open_ = report.open
    line(
        say(
            f"  問了 {open_.asked} 次；未能決定 {len(set(open_.undecided))}；"
            f"放寬的翻譯 {sum(open_.inexact.values())} 處",
            f"  {open_.asked} queries; {len(set(open_.undecided))} undecided; "
            f"{sum(open_.inexact.values())} parts translated more widely than written",
        )
    )
    for what in sorted(set(open_.undecided)):
        line(f"    ? {what}")
