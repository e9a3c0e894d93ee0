"""
What no case notices goes before the solver: it proves that a mutant means the same, or finds facts
to which it gives another answer, which make a regression case.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from mutants import Mutant, mutated

from tiaoli.answers import Detail, ask
from tiaoli.answers.meaning import Conflict
from tiaoli.cli.edges import case_text
from tiaoli.facts.dossier import Dossier
from tiaoli.facts.kinds import Label
from tiaoli.proofs.asked import resolved
from tiaoli.proofs.difference import difference
from tiaoli.proofs.search import Verdict
from tiaoli.regulations import catalogue
from tiaoli.rules import Regulation

ON = datetime.date(2026, 6, 30)
_HEAD = """\
# 由求解器找出、能區分規則與其變動的案例；期望值取自現行規則（make mutate ARGS=--keep）。
# Facts that tell the rules from a change of them, found by the solver; what is expected is what
# the rules answer.
"""


@dataclass(frozen=True)
class Settled:
    """``verdict`` NONE: proved to mean the same; FOUND: ``dossier`` tells them apart."""

    mutant: Mutant
    verdict: Verdict
    question: str = ""
    dossier: Dossier | None = None


def settled(regulation: Regulation, mutant: Mutant) -> Settled:
    """Proved the same only where it is so in every question in which the change stands."""
    readings = regulation.default_readings()
    changed = mutated(regulation, mutant)
    open_somewhere = False
    for name in mutant.questions:
        one, other = (resolved(of.question(name), readings) for of in (regulation, changed))
        if one.as_of is not other.as_of:
            open_somewhere = True
            continue
        found = difference(one, other, on=ON)
        if found.dossier is not None and _tells(regulation, changed, name, found.dossier):
            return Settled(mutant, found.verdict, name, found.dossier)
        open_somewhere = open_somewhere or found.verdict is not Verdict.NONE
    return Settled(mutant, Verdict.OPEN if open_somewhere else Verdict.NONE)


def _tells(one: Regulation, other: Regulation, question: str, dossier: Dossier) -> bool:
    """The whole answer agrees that they differ, or there no longer is one."""
    try:
        answers = [ask(of, question, dossier, on=ON, detail=Detail.REASONS) for of in (one, other)]
    except Conflict:
        return True
    return len({(a.outcome, str(a.value)) for a in answers}) > 1


def keep(regulation: Regulation, found: list[Settled]) -> Path:
    """Write the cases beside the others that are made; returns the file."""
    folder = catalogue.folder_of(regulation.id)
    assert folder is not None
    package = Path(__file__).parents[2] / "src" / Path(*folder.split("."))
    path = package / "regression" / "differences.toml"
    before = path.read_text(encoding="utf-8") if path.exists() else _HEAD
    number = before.count("[[case]]")
    pieces = []
    for at, one in enumerate(found, number + 1):
        assert one.dossier is not None
        clause = one.mutant.clause or one.question
        says = Label(
            f"{clause} 的規則若有變動，答案會不同（{at}）",
            f"a changed rule of {clause} would answer differently ({at})",
        )
        answer = ask(regulation, one.question, one.dossier, on=ON, detail=Detail.REASONS)
        pieces.append(case_text(f"{clause}/difference-{at}", says, answer, one.dossier))
    path.parent.mkdir(exist_ok=True)
    path.write_text(before + "".join(pieces), encoding="utf-8")
    return path
