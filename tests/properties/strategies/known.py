"""What becomes known: the same dossier, with more of it told."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from strategies.dossiers import TOLD, in_order, values_of
from tiaoli.facts.dossier import Dossier, Fact
from tiaoli.facts.vocabulary import find

Place = tuple[str, str]
"""A fact by its id, and one of its attributes."""


def blank(dossier: Dossier, told: bool = True) -> list[Place]:
    """The attributes that are not known, of those that the generated facts tell."""
    return [
        (fact.id, name)
        for fact in dossier.facts
        for name in (TOLD.get(fact.kind, ()) if told else fact.values)
        if fact.values[name] is None
    ]


def with_value(dossier: Dossier, place: Place, value: Any) -> Dossier:
    """The same dossier with one attribute of one fact told."""
    return _changed(dossier, {place: value})


def _changed(dossier: Dossier, values: dict[Place, Any]) -> Dossier:
    facts = []
    for fact in dossier.facts:
        mine = {name: value for (fact_id, name), value in values.items() if fact_id == fact.id}
        told = {**fact.values, **mine}
        facts.append(replace(fact, values=told) if mine else fact)
    return Dossier(dossier.subject, tuple(facts), dossier.incomplete)


def _is_in_order(fact: Fact) -> bool:
    return in_order(find(fact.kind), dict(fact.values)) == fact.values


def with_values(dossier: Dossier, places: list[Place]) -> st.SearchStrategy[Dossier]:
    """The same dossier with some of its unknown attributes told, in whatever way."""
    kinds = {fact.id: find(fact.kind) for fact in dossier.facts}
    values = {
        place: st.one_of(
            st.none(),
            values_of(kinds[place[0]].attributes[place[1]]),
            values_of(kinds[place[0]].attributes[place[1]]),
        )
        for place in places
    }
    filled = st.fixed_dictionaries(values).map(lambda told: _changed(dossier, told))
    return filled.filter(lambda told: all(map(_is_in_order, told.facts)))
