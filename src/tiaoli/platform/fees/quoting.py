"""
What a regulation charges for a step. TO BE REPLACED by the fees app's own module of this name.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from tiaoli.answers import Detail, ask
from tiaoli.answers.answer import Quantity
from tiaoli.facts.dossier import Dossier
from tiaoli.facts.kinds import Label
from tiaoli.rules import FigureOf, Regulation


@dataclass(frozen=True, slots=True)
class Quote:
    """``amount`` in TWD; None where the text states none: it is never charged then."""

    question: str
    amount: Decimal | None
    clauses: tuple[str, ...]
    says: Label


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
    """``given`` fills ``{attribute}`` in the name of the question."""
    name = re.sub(r"\{(\w+)\}", lambda found: given.get(found[1], ""), figure.question)
    answer = ask(
        regulation, name, dossier, on=on, readings=readings, about=about, detail=Detail.REASONS
    )
    asked = next(f for f in regulation.question(name).figures if figure.figure in (None, f.name))
    shown = answer.value.get(asked.name)
    if not isinstance(shown, Quantity) or shown.at_least != shown.at_most:
        says = Label(
            f"沒有規定{asked.label.zh}，不收費。",
            f"{asked.label.en}: not stated; nothing is charged.",
        )
        return Quote(name, None, answer.decided_by, says)
    amount = Decimal(shown.at_least)
    by = "、".join(answer.decided_by)
    says = Label(
        f"{asked.label.zh} {amount} 元（依 {by}）", f"{asked.label.en}: TWD {amount} ({by})"
    )
    return Quote(name, amount, answer.decided_by, says)
