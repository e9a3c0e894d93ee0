"""A fact in a few words, by which a person knows which record is meant."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from tiaoli.answers.wording import shown_value
from tiaoli.facts.dossier import Dossier, Fact
from tiaoli.facts.kinds import NONE, Label, Type
from tiaoli.facts.vocabulary import find

_MOST_LETTERS = 40


@dataclass(frozen=True, slots=True)
class FactShown:
    """``url`` is None where there is nothing to open; ``tier`` how well it is evidenced."""

    id: str
    words: Label
    url: str | None
    tier: Label | None = None


def fact_words(fact: Fact) -> Label:
    """``論文（第一作者，某某期刊，2024-05-01）``: its kind, a choice, a text, its day."""
    kind = find(fact.kind)
    zh, en = [], []
    for sorts in ((Type.CHOICE,), (Type.TEXT,)):
        for name, attribute in kind.attributes.items():
            value = fact.values.get(name)
            if attribute.type in sorts and value is not None and value is not NONE:
                words = shown_value(attribute, value)
                zh.append(_short(words.zh))
                en.append(_short(words.en))
                break
    day = fact.values.get(kind.happens or "")
    if isinstance(day, datetime.date):
        zh.append(day.isoformat())
        en.append(day.isoformat())
    if not zh:
        return kind.label
    return Label(f"{kind.label.zh}（{'，'.join(zh)}）", f"{kind.label.en} ({', '.join(en)})")


def fact_label(fact_id: str, dossier: Dossier) -> Label:
    """The words of a fact of a dossier; the id itself where the dossier does not have it."""
    fact = dossier.find(fact_id)
    return Label(fact_id, fact_id) if fact is None else fact_words(fact)


def _short(text: str) -> str:
    return text if len(text) <= _MOST_LETTERS else f"{text[: _MOST_LETTERS - 1]}…"
