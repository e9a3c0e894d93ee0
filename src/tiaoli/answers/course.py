"""What ends each stretch of an outcome: the clauses that turn on the day it changes."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from tiaoli.answers.answer import Answer, Reason
from tiaoli.answers.ask import Detail, ask
from tiaoli.answers.prepared import prepare
from tiaoli.answers.refusals import NotInForce, checked_readings
from tiaoli.answers.timeline import Course, Spell
from tiaoli.facts.dossier import Dossier
from tiaoli.facts.kinds import Label
from tiaoli.rules.regulation import Regulation


@dataclass(frozen=True, slots=True)
class Changes:
    """The course of an outcome; ``causes[i]`` is what ends ``spells[i]``."""

    spells: tuple[Spell, ...]
    causes: tuple[tuple[Label, ...], ...]


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

    causes = []
    for spell in spells[:-1]:
        assert spell.last is not None
        after = spell.last + datetime.timedelta(days=1)
        causes.append(_turned(answer_on(spell.last), answer_on(after)))
    return Changes(spells, tuple(causes))


def _turned(before: Answer | None, after: Answer | None) -> tuple[Label, ...]:
    """The innermost clauses whose outcome differs, and the records that came or went."""
    if before is None or after is None:
        return (Label("法規開始施行", "the text comes into force"),)
    if before.edition != after.edition:
        return (Label(f"改依版本 {after.edition}", f"edition {after.edition} applies from here"),)
    old: dict[str | None, Reason] = {r.clause: r for r in before.walk() if r.clause is not None}
    found = []
    for new in after.walk():
        was = old.get(new.clause)
        if was is None or was.outcome == new.outcome or _has_turned_child(new, old):
            continue
        found.append(_says(was, new))
    return tuple(found)


def _has_turned_child(new: Reason, old: Mapping[str | None, Reason]) -> bool:
    return any(
        child is not new and child.clause in old and old[child.clause].outcome != child.outcome
        for child in new.walk()
        if child.clause is not None
    )


def _says(was: Reason, new: Reason) -> Label:
    before, after = _records(was), _records(new)
    gone = [fact for fact in before if fact not in after]
    come = [fact for fact in after if fact not in before]
    zh, en = f"{new.clause} {new.says.zh}", f"{new.clause} {new.says.en}"
    if come:
        zh, en = f"{zh}：計入 {'、'.join(come[:3])}", f"{en}: {', '.join(come[:3])} now counts"
    if gone:
        zh, en = (
            f"{zh}：{'、'.join(gone[:3])} 不再計入",
            f"{en}: {', '.join(gone[:3])} no longer counts",
        )
    return Label(f"{zh}（{_TURNS[new.outcome].zh}）", f"{en} ({_TURNS[new.outcome].en})")


_TURNS = {
    "met": Label("變為符合", "now met"),
    "not_met": Label("變為不符合", "no longer met"),
    "unknown": Label("變為未定", "now open"),
    "waived": Label("變為免附", "now waived"),
    "counted": Label("數額改變", "amount changed"),
}


def _records(reason: Reason) -> list[str]:
    return [fact for part in reason.walk() for fact in part.counted]
