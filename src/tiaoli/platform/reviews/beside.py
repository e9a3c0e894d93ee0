"""Each clause beside its evidence: the facts that count for it, those that do not, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any, Final

from tiaoli.answers import Answer, Reason
from tiaoli.answers.naming import fact_called
from tiaoli.facts import vocabulary
from tiaoli.facts.kinds import Label
from tiaoli.facts.reading import read_dossier
from tiaoli.platform.applications.comparing import judged_on
from tiaoli.platform.applications.dossiers import FILE, latest_snapshot
from tiaoli.platform.applications.inquiry import Inquiry
from tiaoli.platform.portfolio.models import EvidenceFile, Tier
from tiaoli.platform.portfolio.wording import value_words
from tiaoli.platform.reviews.findings import JUDGEMENT, latest_findings
from tiaoli.platform.reviews.models import Finding, Judgement
from tiaoli.rules.judgement import Judged

A_PART: Final = 30
"""So many facts beside one clause at a time; the others are on the parts before and after."""


@dataclass(frozen=True, slots=True)
class Leafed:
    """To which ``part`` of the facts of the clause at ``place``, among those that say ``find``."""

    place: str = ""
    part: int = 1
    find: str = ""


@dataclass(frozen=True, slots=True)
class FactShown:
    """A fact of the frozen dossier: what it says, how it is evidenced, what was said of it."""

    id: str
    kind: Label
    words: Label
    says: tuple[tuple[Label, Label], ...]
    tier: Label
    files: tuple[EvidenceFile, ...]
    finding: Finding | None
    why_not: Label | None = None

    def tells(self, find: str) -> bool:
        """Whether what is looked for stands in it, in one language or the other."""
        said = (self.words, *(value for _, value in self.says))
        sought = find.casefold()
        return any(sought in one.zh.casefold() or sought in one.en.casefold() for one in said)


@dataclass(frozen=True, slots=True)
class Beside:
    """
    One clause and a part of its facts; ``place`` names it on the page. ``found`` is how many of
    ``all`` facts say what is looked for (``find``); ``aside`` of these do not count.
    """

    place: str
    reason: Reason
    counted: tuple[FactShown, ...]
    left_out: tuple[FactShown, ...]
    part: int
    parts: int
    all: int
    found: int
    aside: int
    find: str

    @property
    def before(self) -> int:
        return self.part - 1

    @property
    def after(self) -> int:
        return self.part + 1


@dataclass(frozen=True, slots=True)
class QuestionShown:
    """One question that is put before whoever decides."""

    label: Label
    answer: Answer
    clauses: tuple[Beside, ...]


def beside(inquiry: Inquiry, leafed: Leafed = Leafed()) -> list[QuestionShown]:
    """
    What the steps out of the present state show and ask, clause by clause: what is shown, as of the
    day on which the file came to whoever judges it; what opens a step, as of the inquiry.
    """
    facts = _facts(inquiry)
    return [
        QuestionShown(
            inquiry.regulation.question(answer.question).label,
            answer,
            tuple(_clauses(answer, facts, leafed)),
        )
        for answer in answers_beside(inquiry)
    ]


def answers_beside(inquiry: Inquiry) -> list[Answer]:
    """The answers that are put beside the evidence, each question once."""
    application = inquiry.application
    came = judged_on(application)
    then = inquiry if came is None or came == inquiry.on else Inquiry(application, came)
    asked: dict[str, Inquiry] = {}
    for step in inquiry.procedure.from_state(application.state):
        asked |= dict.fromkeys(inquiry.shown(step), then)
        for guard in step.guards:
            asked.setdefault(guard.question, inquiry)
    answers = (at.ask(name) for name, at in asked.items())
    return [answer for answer in answers if answer is not None]


def _clauses(answer: Answer, facts: Mapping[str, FactShown], leafed: Leafed) -> Iterator[Beside]:
    for number, reason in enumerate(answer.reasons, 1):
        counted = _in_turn(part.counted for part in reason.walk())
        left = {n.fact: n.why for part in reason.walk() for n in part.not_counted if n.near}
        here = [facts[f] for f in counted if f in facts]
        out = [
            _because(facts[f], why) for f, why in left.items() if f in facts and f not in counted
        ]
        place = f"{answer.question}-{number}"
        yield _part(place, reason, here, out, leafed if leafed.place == place else Leafed())


def _part(
    place: str, reason: Reason, here: list[FactShown], out: list[FactShown], leafed: Leafed
) -> Beside:
    """The part that was turned to: of what counts, and of what does not."""
    every = len(here) + len(out)
    find = leafed.find.strip()
    here, out = ([f for f in some if f.tells(find)] for some in (here, out))
    parts = max(1, -(-max(len(here), len(out)) // A_PART))
    part = min(max(leafed.part, 1), parts)
    shown = slice((part - 1) * A_PART, part * A_PART)
    return Beside(
        place, reason, tuple(here[shown]), tuple(out[shown]), part, parts, every,
        len(here) + len(out), len(out), find,
    )  # fmt: skip


def _in_turn(parts: Iterable[Sequence[str]]) -> dict[str, None]:
    """The facts of every part of a clause in turn: what is shown at most has some of each."""
    return dict.fromkeys(f for row in zip_longest(*parts) for f in row if f is not None)


def _because(fact: FactShown, why: Label) -> FactShown:
    return replace(fact, why_not=why)


def _facts(inquiry: Inquiry) -> dict[str, FactShown]:
    """All facts that were handed in, those that a finding left out too."""
    application = inquiry.application
    snapshot = latest_snapshot(application)
    if snapshot is None:
        return {}
    read = read_dossier(snapshot.dossier)
    findings = latest_findings(application)
    files: dict[str, list[EvidenceFile]] = {}
    evidence = EvidenceFile.objects.filter(person=application.person, removed=None)
    for file in evidence.prefetch_related("records"):
        for record in file.records.all():
            files.setdefault(record.fact, []).append(file)
    return {
        fact["id"]: _fact(
            fact, fact_called(fact["id"], read), files.get(fact["id"], []), findings.get(fact["id"])
        )
        for fact in snapshot.dossier["facts"]
        if fact["id"] != FILE and fact["kind"] != JUDGEMENT
    }


def _fact(
    plain: Mapping[str, Any], words: Label, files: list[EvidenceFile], finding: Finding | None
) -> FactShown:
    kind = vocabulary.find(plain["kind"])
    says = tuple(
        (attribute.label, value_words(attribute, plain[name]))
        for name, attribute in kind.attributes.items()
        if name in plain
    )
    tier = Tier.of(plain.get("evidence", "claimed")).label
    return FactShown(plain["id"], kind.label, words, says, tier, tuple(files), finding)


def rejected(inquiry: Inquiry) -> list[FactShown]:
    """The facts that a finding left out of what is asked."""
    facts = _facts(inquiry).values()
    return [
        f for f in facts
        if f.finding is not None and f.finding.verdict == Finding.Verdict.REJECTED
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class ToJudge:
    """A clause that is left to human judgement, and the ruling on it, where there is one."""

    clause: str
    where: Label
    says: Label
    asks: Label
    ruling: Judgement | None


def clauses_to_judge(inquiry: Inquiry) -> list[ToJudge]:
    """
    The clauses on which the questions beside the evidence take a person's ruling, and those that
    were ruled on, in the order of the text.
    """
    clauses = inquiry.regulation.clauses
    rulings = {r.clause: r for r in inquiry.application.judgements.select_related("by")}
    asks: dict[str, Label] = {clause: clauses[clause].says for clause in rulings}
    for answer in answers_beside(inquiry):
        told = {reason.clause for reason in answer.walk()} | {m.clause for m in answer.missing}
        asked = inquiry.regulation.question(answer.question).walk()
        judged = (n for n in asked if isinstance(n, Judged) and n.clause in told)
        asks |= {node.clause: node.question for node in judged}
    return [
        ToJudge(c.id, c.where, c.says, asks[c.id], rulings.get(c.id))
        for c in clauses.values()
        if c.id in asks
    ]
