"""All that concerns a person on one page: each question in words, from when until when."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tiaoli.answers import NotInForce
from tiaoli.answers.course import standing
from tiaoli.answers.naming import fact_words
from tiaoli.answers.telling import spell_words
from tiaoli.facts.dossier import Dossier, Fact
from tiaoli.facts.kinds import Label
from tiaoli.facts.vocabulary import find
from tiaoli.platform.people.models import Organisation
from tiaoli.platform.portfolio.concern import goals
from tiaoli.platform.web.answers import Chip, chip
from tiaoli.platform.web.standing.own import asking
from tiaoli.rules import Question, Regulation

_MOST_RECORDS = 5
_MOST_OPEN = 4


@dataclass(frozen=True, slots=True)
class Row:
    """Where one question stands; ``about`` the record that is asked about, where there is one."""

    question: str
    label: Label
    chip: Chip
    sentence: Label
    about: str | None = None
    about_words: Label | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """
    One regulation. ``rows`` first, ``further`` folded away; ``sentence`` says it all in one;
    ``none_of`` are questions about records of kinds that the person has none of.
    """

    regulation: str
    title: Label
    organisation: Organisation | None
    chosen: int
    sentence: Label
    rows: tuple[Row, ...]
    further: tuple[Row, ...]
    none_of: tuple[tuple[Label, Label], ...]
    refused: Label | None = None


def cards(
    regulations: Sequence[Regulation], dossier: Dossier, day: datetime.date
) -> Iterator[Card]:
    """Each regulation, on a day, as the organisation that runs it reads the text."""
    for regulation in regulations:
        yield _card(regulation, dossier, day)


def _card(regulation: Regulation, dossier: Dossier, day: datetime.date) -> Card:
    asked = asking(regulation.id, day)
    mine = goals(regulation)
    rows: list[Row] = []
    refused = None
    try:
        rows = [
            row
            for question in mine
            for row in _rows(regulation, question, dossier, day, asked.readings)
        ]
    except NotInForce:
        refused = Label("這一天還沒有施行中的條文。", "No text is in force on this day.")
    rows.sort(key=lambda row: _ORDER[row.chip.tone])
    shown = [row for row in rows if row.chip.tone != "bad"]
    shown += [row for row in rows if row.chip.tone == "bad"][: max(0, _MOST_OPEN - len(shown))]
    none_of = [(q.label, find(q.about).label) for q in mine if q.about and not dossier.of(q.about)]
    return Card(
        regulation.id,
        regulation.title,
        asked.organisation,
        len(asked.readings),
        _sentence(rows),
        tuple(shown),
        tuple(rows[len(shown) :]),
        tuple(none_of),
        refused,
    )


_ORDER = {"good": 0, "open": 1, "bad": 2}


def _rows(
    regulation: Regulation,
    question: Question,
    dossier: Dossier,
    day: datetime.date,
    readings: Mapping[str, str],
) -> Iterator[Row]:
    about: Sequence[Fact | None] = [None]
    if question.about is not None:
        about = dossier.of(question.about)[-_MOST_RECORDS:]
    for fact in about:
        record = None if fact is None else fact.id
        found = standing(regulation, question.id, dossier, on=day, readings=readings, about=record)
        yield Row(
            question.id,
            question.label,
            chip(found.outcome, question.goal),
            spell_words(found.outcome, question.goal or "", found.earliest, found.until),
            record,
            None if fact is None else fact_words(fact),
        )


def _sentence(rows: Sequence[Row]) -> Label:
    good = [row for row in rows if row.chip.tone == "good"]
    still_open = sum(row.chip.tone == "open" for row in rows)
    if not rows:
        return Label("目前沒有可以判斷的項目。", "There is nothing to say yet.")
    if not good:
        zh, en = f"{len(rows)} 項都還沒有達成", f"None of {len(rows)} is reached yet"
    else:
        names = [row.label for row in good[:3]]
        more = len(good) - len(names)
        zh = "已達成：" + "、".join(name.zh for name in names)
        zh += f"等 {len(good)} 項" if more else ""
        en = "Reached: " + ", ".join(name.en for name in names)
        en += f" and {more} more" if more else ""
    if still_open:
        zh, en = f"{zh}；{still_open} 項待人審查或資料不足", f"{en}; {still_open} still open"
    return Label(f"{zh}。", f"{en}.")
