"""What ends each stretch of an outcome: the clauses that turn on the day it changes."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from tiaoli.answers.answer import Answer, Reason
from tiaoli.answers.ask import Detail, ask
from tiaoli.answers.prepared import prepare
from tiaoli.answers.refusals import (
    NotInForce,
    check_about,
    checked_readings,
    edition_in_force,
)
from tiaoli.answers.timeline import Course, Spell
from tiaoli.facts.dossier import Dossier
from tiaoli.facts.kinds import Label
from tiaoli.rules.regulation import Regulation


@dataclass(frozen=True, slots=True)
class Turned:
    """
    One thing that changes on a day: ``clause`` becomes ``outcome``, because the records ``come``
    count from then on and those ``gone`` no longer do. Where it is no clause, ``words`` say what.
    """

    words: Label
    clause: str | None = None
    outcome: str = ""
    come: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    @property
    def says(self) -> Label:
        """All of it in a line, records by their ids."""
        if self.clause is None:
            return self.words
        zh, en = f"{self.clause} {self.words.zh}", f"{self.clause} {self.words.en}"
        if self.come:
            few = self.come[:3]
            zh, en = f"{zh}：計入 {'、'.join(few)}", f"{en}: {', '.join(few)} now counts"
        if self.gone:
            few = self.gone[:3]
            zh, en = f"{zh}：{'、'.join(few)} 不再計入", f"{en}: {', '.join(few)} no longer counts"
        turn = TURNS[self.outcome]
        return Label(f"{zh}（{turn.zh}）", f"{en} ({turn.en})")


@dataclass(frozen=True, slots=True)
class Changes:
    """The course of an outcome; ``turns[i]`` is what ends ``spells[i]``."""

    spells: tuple[Spell, ...]
    turns: tuple[tuple[Turned, ...], ...]

    @property
    def causes(self) -> tuple[tuple[Label, ...], ...]:
        """The same in words."""
        return tuple(tuple(one.says for one in turned) for turned in self.turns)


@dataclass(frozen=True, slots=True)
class Standing:
    """The outcome on a day, and the spell in which the goal holds (see ``Answer``)."""

    outcome: str
    earliest: datetime.date | None = None
    until: datetime.date | None = None


def standing(
    regulation: Regulation,
    question: str,
    dossier: Dossier,
    *,
    on: datetime.date,
    readings: Mapping[str, str] | None = None,
    about: str | None = None,
) -> Standing:
    """An answer without its reasons: quick enough for a page of many. Raises as ``ask`` does."""
    chosen = checked_readings(regulation, readings or {})
    check_about(dossier, about)
    edition_in_force(regulation, on)
    asked = regulation.question(question)
    course = Course(regulation, prepare(regulation, asked, chosen), dossier, about)
    spell = None if asked.goal is None else course.spell_of(asked.goal, on)
    if spell is None:
        return Standing(course.outcome(on))
    return Standing(course.outcome(on), spell.first, spell.last)


def changes(
    regulation: Regulation,
    question: str,
    dossier: Dossier,
    *,
    readings: Mapping[str, str] | None = None,
    about: str | None = None,
) -> Changes:
    """From which day until which day each outcome holds, and why it ends. Raises as ``ask``."""
    chosen = checked_readings(regulation, readings or {})
    prepared = prepare(regulation, regulation.question(question), chosen)
    spells = Course(regulation, prepared, dossier, about).spells()

    def answer_on(day: datetime.date) -> Answer | None:
        try:
            return ask(
                regulation,
                question,
                dossier,
                on=day,
                readings=chosen,
                about=about,
                detail=Detail.REASONS,
            )
        except NotInForce:
            return None

    turns = []
    for spell in spells[:-1]:
        assert spell.last is not None
        after = spell.last + datetime.timedelta(days=1)
        turns.append(_turned(answer_on(spell.last), answer_on(after)))
    return Changes(spells, tuple(turns))


def _turned(before: Answer | None, after: Answer | None) -> tuple[Turned, ...]:
    """The innermost clauses whose outcome differs, and the records that came or went."""
    if before is None or after is None:
        return (Turned(Label("法規開始施行", "the text comes into force")),)
    if before.edition != after.edition:
        edition = after.edition
        return (Turned(Label(f"改依版本 {edition}", f"edition {edition} applies from here")),)
    old: dict[str | None, Reason] = {r.clause: r for r in before.walk() if r.clause is not None}
    found = []
    for new in after.walk():
        was = old.get(new.clause)
        if was is None or was.outcome == new.outcome or _has_turned_child(new, old):
            continue
        found.append(_turn(was, new))
    return tuple(found)


def _has_turned_child(new: Reason, old: Mapping[str | None, Reason]) -> bool:
    return any(
        child is not new and child.clause in old and old[child.clause].outcome != child.outcome
        for child in new.walk()
        if child.clause is not None
    )


def _turn(was: Reason, new: Reason) -> Turned:
    before, after = _records(was), _records(new)
    come = tuple(fact for fact in after if fact not in before)
    gone = tuple(fact for fact in before if fact not in after)
    return Turned(new.says, new.clause, new.outcome, come, gone)


TURNS = {
    "met": Label("變為符合", "now met"),
    "not_met": Label("變為不符合", "no longer met"),
    "unknown": Label("變為未定", "now open"),
    "waived": Label("變為免附", "now waived"),
    "counted": Label("數額改變", "amount changed"),
}
"""What it is called that a clause comes to this."""


def _records(reason: Reason) -> list[str]:
    return [fact for part in reason.walk() for fact in part.counted]
