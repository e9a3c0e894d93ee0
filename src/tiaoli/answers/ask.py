"""
Read this file first: how an answer is made.

1. The question is prepared under the chosen readings (``prepared``).
2. The case is the dossier on the day of asking (``case``).
3. Each band of the question is explained against it, clause by clause (``explain``, which takes
   every truth from ``meaning``); the first band that is met, or open, gives the outcome.
4. The same outcome is worked out on the days on which it may change (``timeline``), and under every
   other reading of the text (``sensitivity``).
5. All of it is hashed (``fingerprint``), so that it can be replayed.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from enum import Enum
from functools import lru_cache
from operator import is_

from tiaoli.answers.answer import Answer, Flagged, Flip, Missing, Quantity, Reason, Shown, deciding
from tiaoli.answers.case import Case
from tiaoli.answers.compiled import compiled
from tiaoli.answers.explain import (
    OUTCOMES,
    Finding,
    Reader,
    explain,
    explain_amount,
    explain_day,
    in_order,
)
from tiaoli.answers.fingerprint import fingerprint
from tiaoli.answers.meaning import amount
from tiaoli.answers.missing import missing_amounts, missing_in
from tiaoli.answers.prepared import Prepared, figure_value, prepare
from tiaoli.answers.refusals import check_about, checked_readings, edition_in_force
from tiaoli.answers.timeline import Course
from tiaoli.facts.dossier import Dossier, Fact, Tier
from tiaoli.facts.kinds import NONE, Label
from tiaoli.facts.vocabulary import find
from tiaoli.rules.amounts import AmountNode
from tiaoli.rules.expressions import Value
from tiaoli.rules.question import COMPUTED, NOT_STATED
from tiaoli.rules.regulation import Edition, Regulation


class Detail(Enum):
    """How much of an answer is wanted; more takes longer."""

    REASONS = "reasons"  # outcome, reasons, missing, evidence
    FULL = "full"  # and earliest, until, sensitivity, fingerprint


def ask(
    regulation: Regulation,
    question: str,
    dossier: Dossier,
    *,
    on: datetime.date,
    readings: Mapping[str, str] | None = None,
    about: str | None = None,
    detail: Detail = Detail.FULL,
) -> Answer:
    """
    Answer ``question`` for the subject of ``dossier`` on the day ``on``.

    Raises UnknownName for a question, key or reading the regulation does not have, NotInForce for a
    day on which it is not in force, UnknownRecord where ``about`` names no record.
    """
    chosen = checked_readings(regulation, readings or {})
    check_about(dossier, about)
    prepared = prepare(regulation, regulation.question(question), chosen)
    edition = edition_in_force(regulation, on)
    case = prepared.case(_in_order_of_time(dossier), on, about)
    if edition.in_hand:
        answer = _answered(regulation, prepared, case, edition)
    else:
        answer = _text_not_in_hand(regulation, prepared, case, edition)
    return answer if detail is Detail.REASONS else _in_full(regulation, prepared, answer, case)


def outcome(
    regulation: Regulation,
    question: str,
    dossier: Dossier,
    *,
    on: datetime.date,
    readings: Mapping[str, str] | None = None,
    about: str | None = None,
) -> str:
    """The outcome alone, by the quick reading. Raises as ``ask`` does."""
    chosen = checked_readings(regulation, readings or {})
    check_about(dossier, about)
    prepared = prepare(regulation, regulation.question(question), chosen)
    if not edition_in_force(regulation, on).in_hand:
        return prepared.question.undecided
    return prepared.outcome(prepared.case(dossier, on, about))


def clause_met(
    regulation: Regulation,
    question: str,
    clause: str,
    dossier: Dossier,
    *,
    on: datetime.date,
    readings: Mapping[str, str] | None = None,
    about: str | None = None,
) -> bool | None:
    """Whether a clause is met as ``question`` asks it, whatever the outcome. Raises as ``ask``."""
    chosen = checked_readings(regulation, readings or {})
    check_about(dossier, about)
    prepared = prepare(regulation, regulation.question(question), chosen)
    return prepared.clause_met(clause, prepared.case(dossier, on, about))


@lru_cache(maxsize=64)
def _in_order_of_time(dossier: Dossier) -> Dossier:
    """The same answer, word for word, in whatever order the facts were told."""
    facts = sorted(dossier.facts, key=_happened)
    if all(map(is_, facts, dossier.facts)):
        return dossier
    return replace(dossier, facts=tuple(facts))


def _happened(fact: Fact) -> tuple[datetime.date, str]:
    day = fact.values.get(find(fact.kind).happens or "")
    return (day if isinstance(day, datetime.date) else datetime.date.max), fact.id


def _blank(regulation: Regulation, prepared: Prepared, case: Case, edition: Edition) -> Answer:
    return Answer(
        regulation=regulation.id,
        edition=edition.id,
        question=prepared.question.id,
        subject=case.dossier.subject.id,
        on=case.asked_on,
        about=case.about,
        outcome=prepared.question.undecided,
        interpretations=prepared.readings,
    )


def _text_not_in_hand(
    regulation: Regulation, prepared: Prepared, case: Case, edition: Edition
) -> Answer:
    says = Label(
        f"{edition.label.zh}的條文不在手上，無法判斷",
        f"the text of {edition.label.en} is not in hand, so nothing can be decided by it",
    )
    reason = Reason(edition.clause, "unknown", says)
    return replace(_blank(regulation, prepared, case, edition), reasons=(reason,))


def _answered(regulation: Regulation, prepared: Prepared, case: Case, edition: Edition) -> Answer:
    blank = _blank(regulation, prepared, case, edition)
    if prepared.question.about is not None and not prepared.is_about(case):
        return replace(blank, missing=(_no_record(prepared.question.about),))
    if case.undated:
        return replace(blank, missing=tuple(missing_in(prepared.question.as_of, case)))
    says, order = _clauses_of(regulation)
    reader = Reader(case, says)
    outcome, findings = _bands(prepared, reader)
    values, figure_reasons, figure_missing = _figures(prepared, reader)
    told = _told(findings, figure_reasons)
    missing = [m for finding in findings for m in finding.missing]
    decided_by = dict.fromkeys(_decided_by(findings, figure_reasons))
    return replace(
        blank,
        outcome=outcome or _figures_outcome(prepared, case),
        decided_by=tuple(sorted(decided_by, key=order.__getitem__)),
        flags=_flags(prepared, case),
        value=values,
        partly=_partly_known(prepared, case),
        reasons=in_order(told, order),
        missing=tuple(dict.fromkeys([*missing, *figure_missing])),
        evidence=_weakest(told, case.dossier, OUTCOMES[findings[-1].truth] if findings else ""),
    )


def _decided_by(findings: list[Finding], figures: list[Reason]) -> list[str]:
    """
    The clauses of the band that was met, or open. Where none was met, or the one that was cites
    nothing, those on which the bands before it failed.
    """
    last = findings[-1].truth if findings else False
    found = [] if last is False else deciding(findings[-1].parts, OUTCOMES[last])
    if not found:
        found = [c for finding in findings for c in deciding(finding.parts, OUTCOMES[False])]
    return [*found, *deciding(figures, OUTCOMES[True]), *deciding(figures, "counted")]


def _told(findings: list[Finding], figures: list[Reason]) -> tuple[Reason, ...]:
    """
    The reasons of the bands, then those of the figures. The band tried last tells a clause that
    several share, unless it tells it only as the reverse of something.
    """
    if len(findings) == 1 and not figures:
        return tuple(findings[0].parts)
    last_first = findings[::-1]
    last_first.sort(key=lambda finding: all(part.clause is None for part in finding.parts))
    reasons = [part for finding in last_first for part in finding.parts]
    return tuple(_once([*reasons, *figures]))


@lru_cache(maxsize=64)
def _clauses_of(regulation: Regulation) -> tuple[Mapping[str, Label], Mapping[str, int]]:
    """The clauses in words, and their order in the text."""
    says = {clause.id: clause.says for clause in regulation.clauses.values()}
    return says, {clause_id: index for index, clause_id in enumerate(says)}


def _no_record(kind: str) -> Missing:
    label = find(kind).label
    asks = Label(f"一筆{label.zh}紀錄", f"a record of kind {kind} ({label.en.lower()})")
    return Missing("records", asks, kind=kind)


def _bands(prepared: Prepared, reader: Reader) -> tuple[str, list[Finding]]:
    question = prepared.question
    findings = []
    for band in question.bands:
        finding = explain(band.rule, reader)
        findings.append(finding)
        if finding.truth is None:
            return question.undecided, findings
        if finding.truth:
            return band.outcome, findings
    return ("" if question.otherwise == COMPUTED else question.otherwise), findings


def _flags(prepared: Prepared, case: Case) -> tuple[Flagged, ...]:
    return tuple(
        Flagged(flag.id, flag.label)
        for flag in prepared.question.flags
        if compiled(flag.rule)(case)
    )


def _figures_outcome(prepared: Prepared, case: Case) -> str:
    found = [figure_value(figure.value, case) for figure in prepared.question.figures]
    if any(one is None for one in found):
        return prepared.question.undecided
    return NOT_STATED if any(one is NONE for one in found) else COMPUTED


def _figures(
    prepared: Prepared, reader: Reader
) -> tuple[dict[str, Shown], list[Reason], list[Missing]]:
    values: dict[str, Shown] = {}
    reasons: list[Reason] = []
    missing: list[Missing] = []
    for figure in prepared.question.figures:
        values[figure.name] = _shown_figure(figure.value, reader.case)
        if isinstance(figure.value, AmountNode):
            _, parts, counted, not_counted = explain_amount(figure.value, reader)
            if counted or not_counted:
                have = values[figure.name]
                parts = [
                    Reason(None, "counted", figure.label, have, None, None, counted, not_counted),
                    *parts,
                ]
            reasons += parts
            missing += missing_amounts(figure.value, reader.open_case)
        else:
            reasons += explain_day(figure.value, reader)
            if figure_value(figure.value, reader.case) is None:
                missing += missing_in(figure.value, reader.open_case)
    return values, reasons, missing


def _shown_figure(node: Value, case: Case) -> Shown:
    found = figure_value(node, case)
    if found is NONE or found is None:
        return None
    if isinstance(found, datetime.date):
        return found
    return Quantity(found, found, node.unit)  # type: ignore[arg-type]  # an exact number here


def _partly_known(prepared: Prepared, case: Case) -> dict[str, Shown]:
    """Of each amount that is not exactly known, what it is at least and at most."""
    found: dict[str, Shown] = {}
    for figure in prepared.question.figures:
        if isinstance(figure.value, AmountNode):
            reach = amount(figure.value, case)
            if reach is not None and reach.exact is None and (reach.low or reach.high is not None):
                found[figure.name] = Quantity(reach.low, reach.high, figure.value.unit)
    return found


def _once(reasons: list[Reason]) -> list[Reason]:
    """Bands share clauses; each is told once, and an amount once for the records in it."""
    seen: set[tuple[str, tuple[str, ...]]] = set()
    kept = []
    for reason in reasons:
        mine = {
            (r.clause, r.counted if r.outcome == "counted" else ())
            for r in reason.walk()
            if r.clause is not None
        }
        if not mine or not mine <= seen:
            kept.append(reason)
        seen |= mine
    return kept


def _weakest(reasons: tuple[Reason, ...], dossier: Dossier, by: str) -> Tier | None:
    """The weakest tier among the facts that count in the clauses on which the outcome turns."""
    found = [dossier.by_id[fact] for fact in _relied_on(reasons, by) if fact in dossier.by_id]
    return min((fact.tier for fact in found), default=None)


def _relied_on(reasons: tuple[Reason, ...], by: str) -> set[str]:
    used: set[str] = set()
    for reason in reasons:
        if reason.outcome in ("met", "counted", by):
            used.update(reason.counted)
        if reason.children:
            used |= _relied_on(reason.children, by)
    return used


def _in_full(regulation: Regulation, prepared: Prepared, answer: Answer, case: Case) -> Answer:
    earliest = until = None
    if prepared.question.goal is not None:
        course = Course(regulation, prepared, case.dossier, case.about)
        spell = course.spell_of(prepared.question.goal, case.asked_on)
        if spell is not None:
            earliest, until = spell.first, spell.last
    return replace(
        answer,
        earliest=earliest,
        until=until,
        sensitivity=sensitivity(regulation, answer, case),
        fingerprint=fingerprint(
            regulation,
            answer.question,
            case.dossier,
            on=case.asked_on,
            readings=answer.interpretations,
            about=case.about,
        ),
    )


def sensitivity(regulation: Regulation, answer: Answer, case: Case) -> tuple[Flip, ...]:
    """
    Every single reading, other than those used, under which the answer would be another. Of a
    summary, none are worked out: they are told by the questions that it brings together.
    """
    question = regulation.question(answer.question)
    edition = regulation.edition_on(case.asked_on)
    if edition is None or not edition.in_hand or question.summary:
        return ()
    flips = []
    for key, used in answer.interpretations.items():
        for option in regulation.interpretations[key].option_names:
            if option == used:
                continue
            other = prepare(regulation, question, {**answer.interpretations, key: option})
            other_case = other.case(case.dossier, case.asked_on, case.about)
            found = other.outcome(other_case)
            values = _values(other, other_case)
            if found != answer.outcome or values != answer.value:
                flips.append(Flip(key, option, found, values))
    return tuple(flips)


def _values(prepared: Prepared, case: Case) -> dict[str, Shown]:
    if case.undated or (prepared.question.about is not None and not prepared.is_about(case)):
        return {}
    return {figure.name: _shown_figure(figure.value, case) for figure in prepared.question.figures}
