"""An answer made ready for a page: every part in words, with where it leads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tiaoli.answers.answer import Answer, Flip, NotCounted, Quantity, Reason
from tiaoli.answers.naming import fact_called
from tiaoli.answers.telling import (
    REASON_OUTCOMES,
    alike,
    measure,
    shown_label,
    spell_text,
)
from tiaoli.facts.dates import both
from tiaoli.facts.dossier import Dossier
from tiaoli.facts.kinds import Label
from tiaoli.platform.web.answers.links import Links
from tiaoli.rules import Regulation
from tiaoli.rules.outcomes import Tone, outcome_label, tone_of

_MARKS = {
    "met": "circle-check",
    "not_met": "circle-x",
    "unknown": "help-circle",
    "waived": "circle-dashed",
    "counted": "equal",
}
_TONES = {Tone.GOOD: "circle-check", Tone.OPEN: "help-circle", Tone.BAD: "circle-x"}
_MOST_AT_ONCE = 8
_MOST_FOLDED = 100


@dataclass(frozen=True, slots=True)
class Chip:
    """An outcome in words, with an icon; ``tone`` is ``good``, ``open`` or ``bad``."""

    word: str
    label: Label
    tone: str
    icon: str


def chip(outcome: str, goal: str | None = None) -> Chip:
    """The chip of an outcome, under a question that works towards ``goal``."""
    tone = tone_of(outcome, goal)
    return Chip(outcome, outcome_label(outcome), tone.value, _TONES[tone])


@dataclass(frozen=True, slots=True)
class ClauseShown:
    id: str
    where: Label
    url: str | None


@dataclass(frozen=True, slots=True)
class FactShown:
    """``url`` is None where there is nothing to open; ``tier`` how well it is evidenced."""

    id: str
    words: Label
    url: str | None
    tier: Label | None = None


@dataclass(frozen=True, slots=True)
class FactsShown:
    """Some facts: the first few, those folded away, and how many are not listed at all."""

    first: tuple[FactShown, ...]
    folded: tuple[FactShown, ...]
    further: int
    total: int

    @property
    def rest(self) -> int:
        """How many are not among the first."""
        return self.total - len(self.first)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Facts that do not count, all for the same sort of reason."""

    why: Label
    clause: ClauseShown | None
    facts: FactsShown


@dataclass(frozen=True, slots=True)
class ReasonShown:
    """``mark`` is an icon, ``verdict`` its words; ``far`` are facts of quite another sort."""

    outcome: str
    mark: str
    verdict: Label
    clause: ClauseShown | None
    says: Label
    measure: Label
    counted: FactsShown | None
    near: tuple[LeftOut, ...]
    far: tuple[LeftOut, ...]
    children: tuple[ReasonShown, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class MissingShown:
    asks: Label
    sort: Label
    clause: ClauseShown | None
    fact: FactShown | None
    url: str | None


@dataclass(frozen=True, slots=True)
class ReadingShown:
    """``label`` is how ``key`` is read, ``default`` that this is how it is read unless chosen."""

    key: str
    question: Label
    label: Label
    default: bool
    usual: Label


@dataclass(frozen=True, slots=True)
class FlipShown:
    key: str
    question: Label
    label: Label
    chip: Chip
    figures: tuple[tuple[Label, Label], ...]


@dataclass(frozen=True, slots=True)
class AnswerShown:
    """Everything that ``answers/answer.html`` shows. ``answer`` is the answer itself."""

    answer: Answer
    regulation: Label
    question: Label
    asks: Label
    chip: Chip
    sentence: Label
    about: FactShown | None
    flags: tuple[Label, ...]
    figures: tuple[tuple[Label, Label], ...]
    decided_by: tuple[ClauseShown, ...]
    reasons: tuple[ReasonShown, ...]
    missing: tuple[MissingShown, ...]
    chosen: tuple[ReadingShown, ...]
    usual: tuple[ReadingShown, ...]
    flips: tuple[FlipShown, ...]
    evidence: Label | None


def show(
    answer: Answer, regulation: Regulation, dossier: Dossier, links: Links | None = None
) -> AnswerShown:
    """``answer`` to a question of ``regulation``, about the facts of ``dossier``."""
    return _Showing(regulation, dossier, links or Links()).answer(answer)


def show_reason(
    reason: Reason, regulation: Regulation, dossier: Dossier, links: Links | None = None
) -> ReasonShown:
    """One clause of such an answer."""
    return _Showing(regulation, dossier, links or Links()).reason(reason)


@dataclass(frozen=True, slots=True)
class _Showing:
    regulation: Regulation
    dossier: Dossier
    links: Links

    def answer(self, answer: Answer) -> AnswerShown:
        asked = self.regulation.question(answer.question)
        readings = [self._reading(key, name) for key, name in answer.interpretations.items()]
        known = {**answer.value, **answer.partly}
        figures = ((f.label, shown_label(known.get(f.name))) for f in asked.figures)
        nothing = Label("—", "—")
        return AnswerShown(
            answer=answer,
            regulation=self.regulation.title,
            question=asked.label,
            asks=asked.asks,
            chip=chip(answer.outcome, asked.goal),
            sentence=_sentence(answer, asked.label, asked.goal),
            about=None if answer.about is None else self._fact(answer.about),
            flags=tuple(flag.says for flag in answer.flags),
            figures=tuple((name, value if value.zh else nothing) for name, value in figures),
            decided_by=tuple(self._clause(one) for one in answer.decided_by),
            reasons=tuple(self.reason(one) for one in answer.reasons),
            missing=tuple(self._missing(answer)),
            chosen=tuple(one for one in readings if not one.default),
            usual=tuple(one for one in readings if one.default),
            flips=tuple(self._flip(one, answer) for one in answer.sensitivity),
            evidence=None if answer.evidence is None else answer.evidence.label,
        )

    def _clause(self, clause: str) -> ClauseShown:
        told = self.regulation.clauses.get(clause)
        where = Label("", "") if told is None else told.where
        return ClauseShown(clause, where, self.links.clause(clause))

    def _fact(self, fact_id: str) -> FactShown:
        fact = self.dossier.find(fact_id)
        return FactShown(
            fact_id,
            fact_called(fact_id, self.dossier),
            None if fact is self.dossier.subject else self.links.fact(fact_id),
            None if fact is None else fact.tier.label,
        )

    def _facts(self, ids: Iterable[str]) -> FactsShown:
        different = list(dict.fromkeys(ids))
        listed = [self._fact(one) for one in different[:_MOST_FOLDED]]
        return FactsShown(
            tuple(listed[:_MOST_AT_ONCE]),
            tuple(listed[_MOST_AT_ONCE:]),
            len(different) - len(listed),
            len(different),
        )

    def reason(self, reason: Reason) -> ReasonShown:
        alone = len(reason.counted) == 1 and reason.says.zh.startswith(f"{reason.counted[0]}：")
        says = reason.says
        if alone:
            words = fact_called(reason.counted[0], self.dossier)
            says = _renamed(says, reason.counted[0], words)
        counted = self._facts(reason.counted) if reason.counted else None
        settled = reason.outcome in ("met", "waived") or _adds_nothing(reason)
        return ReasonShown(
            outcome=reason.outcome,
            mark=_MARKS[reason.outcome],
            verdict=REASON_OUTCOMES[reason.outcome],
            clause=None if reason.clause is None else self._clause(reason.clause),
            says=says,
            measure=measure(reason),
            counted=counted,
            near=self._left_out([one for one in reason.not_counted if one.near]),
            far=self._left_out([one for one in reason.not_counted if not one.near]),
            children=tuple(self.reason(child) for child in reason.children),
            open=not settled,
        )

    def _left_out(self, not_counted: Sequence[NotCounted]) -> tuple[LeftOut, ...]:
        return tuple(
            LeftOut(
                same[0].why,
                None if same[0].clause is None else self._clause(same[0].clause),
                self._facts(one.fact for one in same),
            )
            for same in alike(not_counted)
        )

    def _missing(self, answer: Answer) -> Iterable[MissingShown]:
        for one in answer.missing:
            yield MissingShown(
                one.asks,
                _SORTS.get(one.sort, _SORTS["records"]),
                None if one.clause is None else self._clause(one.clause),
                None if one.fact is None else self._fact(one.fact),
                self.links.add(one),
            )

    def _reading(self, key: str, name: str) -> ReadingShown:
        found = self.regulation.interpretation(key)
        usual = found.default == name
        return ReadingShown(
            key, found.question, found.label(name), usual, found.label(found.default)
        )

    def _flip(self, flip: Flip, answer: Answer) -> FlipShown:
        found = self.regulation.interpretation(flip.key)
        asked = self.regulation.question(answer.question)
        changed = (
            (figure.label, shown_label(flip.value.get(figure.name)))
            for figure in asked.figures
            if flip.value.get(figure.name) != answer.value.get(figure.name)
        )
        return FlipShown(
            flip.key,
            found.question,
            found.label(flip.reading),
            chip(flip.outcome, asked.goal),
            tuple((name, value) for name, value in changed if value.zh),
        )


_SORTS = {
    "attribute": Label("紀錄缺一欄", "a record lacks something"),
    "judgement": Label("須由人判斷", "for a person to judge"),
    "records": Label("紀錄可能不全", "there may be further records"),
}


def _sentence(answer: Answer, question: Label, goal: str | None) -> Label:
    """The outcome in a sentence, and from when until when, where there is something to reach."""
    outcome = outcome_label(answer.outcome)
    zh = f"以{both(answer.on)}為準，「{question.zh}」的結果是「{outcome.zh}」。"
    en = f"As of {both(answer.on, 'en')}, “{question.en}” comes out as “{outcome.en}”."
    if goal is None or not answer.fingerprint:
        return Label(zh, en)
    spell = spell_text(answer, goal)
    return Label(f"{zh}{spell.zh}。", f"{en} {spell.en[:1].upper()}{spell.en[1:]}.")


def _renamed(says: Label, fact_id: str, words: Label) -> Label:
    """The id at the head of a line, by what the record is called."""
    return Label(says.zh.replace(fact_id, words.zh, 1), says.en.replace(fact_id, words.en, 1))


def _adds_nothing(reason: Reason) -> bool:
    """A row of a schedule that nothing falls under."""
    have = reason.have
    return reason.outcome == "counted" and isinstance(have, Quantity) and have.at_most == 0
