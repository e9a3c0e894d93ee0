"""
What a regulation charges for a step, asked of the regulation itself.

What the text does not state is never charged: a quote without an amount says so in words, and no
notice is made of it (``actions.issue_notice`` refuses).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from tiaoli.answers import ask
from tiaoli.answers.answer import Answer, Quantity
from tiaoli.answers.ask import Detail
from tiaoli.facts.dossier import Dossier
from tiaoli.facts.kinds import Label, Unit
from tiaoli.rules import FigureOf, Regulation
from tiaoli.rules.question import NOT_STATED, Figure

_NAMED: Final = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Quote:
    """
    ``amount``   in TWD; None where the text states none, or where it is not known yet
    ``clauses``  those on which the amount turns, in the order of the text
    ``says``     the whole of it in words
    """

    question: str
    amount: Decimal | None
    clauses: tuple[str, ...]
    says: Label

    @property
    def charged(self) -> bool:
        """Whether there is anything to pay."""
        return self.amount is not None and self.amount > 0


def quote(
    regulation: Regulation,
    figure: FigureOf,
    dossier: Dossier,
    *,
    about: str | None,
    on: datetime.date,
    readings: Mapping[str, str],
    given: Mapping[str, str],
) -> Quote | None:
    """
    The amount that ``figure`` gives for the record ``about`` on a day.

    ``given`` fills ``{attribute}`` in the name of the question. None where the figure does not
    apply: no text is in force on that day, or the dossier has no record of the kind that the
    question is about. Raises UnknownName and UnknownRecord as ``ask`` does.
    """
    if lacking := [name for name in _NAMED.findall(figure.question) if name not in given]:
        return _not_known_yet(figure.question, lacking)
    name = _NAMED.sub(lambda found: given[found[1]], figure.question)
    question = regulation.question(name)
    if regulation.edition_on(on) is None or not _applies(question.about, dossier, about):
        return None
    answer = ask(
        regulation,
        name,
        dossier,
        on=on,
        readings=readings,
        about=about if question.about is not None else None,
        detail=Detail.REASONS,
    )
    asked = next(f for f in question.figures if figure.figure in (None, f.name))
    amount = _amount(answer, asked)
    return Quote(name, amount, answer.decided_by, _words(regulation, answer, asked, amount))


def _applies(kind: str | None, dossier: Dossier, about: str | None) -> bool:
    if kind is None:
        return True
    facts = dossier.of(kind)
    return bool(facts) if about is None else any(fact.id == about for fact in facts)


def _amount(answer: Answer, asked: Figure) -> Decimal | None:
    shown = answer.value.get(asked.name)
    if not isinstance(shown, Quantity) or shown.unit is not Unit.TWD:
        return None
    return Decimal(shown.at_least) if shown.at_least == shown.at_most else None


def _words(regulation: Regulation, answer: Answer, asked: Figure, amount: Decimal | None) -> Label:
    by_zh, by_en = "、".join(answer.decided_by), ", ".join(answer.decided_by)
    if amount is not None:
        zh, en = (f"（依 {by_zh}）", f" (by {by_en})") if by_zh else ("", "")
        shown = format(amount.normalize(), ",f")
        return Label(f"{asked.label.zh} {shown} 元{zh}", f"{asked.label.en}: TWD {shown}{en}")
    title = regulation.title
    if answer.outcome == NOT_STATED or not answer.missing:
        return Label(
            f"「{title.zh}」沒有規定{asked.label.zh}，不收費。",
            f"{title.en} states no {asked.label.en.lower()}; nothing is charged.",
        )
    asks = answer.missing[0].asks
    return Label(
        f"{asked.label.zh}還不能確定：缺{asks.zh}。在確定之前不收費。",
        f"{asked.label.en} is not known yet: {asks.en} is missing. Nothing is charged until then.",
    )


def _not_known_yet(question: str, lacking: list[str]) -> Quote:
    names_zh, names_en = "、".join(lacking), ", ".join(lacking)
    says = Label(
        f"費用還不能確定：案件還沒有 {names_zh}。在確定之前不收費。",
        f"The fee is not known yet: the file does not give {names_en}. "
        "Nothing is charged until then.",
    )
    return Quote(question, None, (), says)
