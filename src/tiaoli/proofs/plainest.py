"""
The same witness with nothing in it that does not matter: what may as well be unknown is left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tiaoli.facts.dossier import Dossier, Fact
from tiaoli.facts.kinds import NONE

Dossiers = tuple[Dossier, ...]


def plainest(states: Dossiers, shows: Callable[[Dossiers], bool]) -> Dossiers:
    """``states`` with as few facts and attributes as still show it, to the reference reading."""
    for fact_id in sorted({fact.id for state in states for fact in state.facts}):
        states = _if_it_shows(states, tuple(_without(s, fact_id) for s in states), shows)
    for fact_id in sorted({fact.id for state in states for fact in (*state.facts, state.subject)}):
        for name in _told_in(states, fact_id):
            states = _if_it_shows(states, tuple(_unsaid(s, fact_id, name) for s in states), shows)
    return states


def _if_it_shows(states: Dossiers, fewer: Dossiers, shows: Callable[[Dossiers], bool]) -> Dossiers:
    return fewer if shows(fewer) else states


def _without(state: Dossier, fact_id: str) -> Dossier:
    return replace(state, facts=tuple(fact for fact in state.facts if fact.id != fact_id))


def _told_in(states: Dossiers, fact_id: str) -> list[str]:
    facts = [fact for state in states if (fact := state.find(fact_id)) is not None]
    return [n for n in facts[0].values if any(f.values[n] not in (None, NONE) for f in facts)]


def _unsaid(state: Dossier, fact_id: str, name: str) -> Dossier:
    def told(fact: Fact) -> Fact:
        return replace(fact, values={**fact.values, name: None}) if fact.id == fact_id else fact

    return replace(state, subject=told(state.subject), facts=tuple(map(told, state.facts)))
