"""What a fact is called in an answer: a few words by which a person knows which record is meant."""

from __future__ import annotations

import datetime

from tiaoli.answers.in_words import shown_value
from tiaoli.facts.dates import both
from tiaoli.facts.dossier import Dossier, Fact
from tiaoli.facts.kinds import NONE, Label, Type
from tiaoli.facts.vocabulary import find

_MOST_LETTERS = 40


def fact_words(fact: Fact) -> Label:
    """``論文：第一作者，某某期刊，民國113年5月1日（2024-05-01）``: a choice, a text, its day."""
    kind = find(fact.kind)
    zh, en = [], []
    for sort in (Type.CHOICE, Type.TEXT):
        for name, attribute in kind.attributes.items():
            value = fact.values.get(name)
            if attribute.type is sort and value is not None and value is not NONE:
                words = shown_value(attribute, value)
                zh.append(_short(words.zh))
                en.append(_short(words.en))
                break
    day = fact.values.get(kind.happens or "")
    if isinstance(day, datetime.date):
        zh.append(both(day))
        en.append(both(day, "en"))
    if not zh:
        return kind.label
    return Label(f"{kind.label.zh}：{'，'.join(zh)}", f"{kind.label.en}: {', '.join(en)}")


def fact_called(fact_id: str, dossier: Dossier) -> Label:
    """The words of a fact of a dossier; the id itself where the dossier does not have it."""
    fact = dossier.find(fact_id)
    return Label(fact_id, fact_id) if fact is None else fact_words(fact)


def _short(text: str) -> str:
    return text if len(text) <= _MOST_LETTERS else f"{text[: _MOST_LETTERS - 1]}…"
