"""
What a house finds while it looks at a file, for the questions that are asked of it.

Whoever reviews adds a source of such findings here (``reviews.apps``); applications know none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from tiaoli.facts.kinds import Label
from tiaoli.platform.audit.actions import Actor
from tiaoli.rules import Transition


@dataclass(frozen=True, slots=True)
class Found:
    """``rejected``: ids of facts that are left out; ``facts``: rulings, as plain data."""

    rejected: frozenset[str] = frozenset()
    facts: tuple[dict[str, Any], ...] = ()


SOURCES: Final[list[Callable[[Any], Found]]] = []
"""Each takes an application."""

HOUSE_RULES: Final[list[Callable[[Actor, Any, Transition], Label | None]]] = []
"""What a house itself asks before a step of its own is taken: None, or why not, in words."""


def found_in(application: Any) -> Found:
    """Everything that was found in an application."""
    all_found = [source(application) for source in SOURCES]
    return Found(
        frozenset[str]().union(*(found.rejected for found in all_found)),
        tuple(fact for found in all_found for fact in found.facts),
    )


def house_refuses(by: Actor, application: Any, step: Transition) -> Label | None:
    """The first reason why the house does not let ``by`` take ``step`` now."""
    reasons = (rule(by, application, step) for rule in HOUSE_RULES)
    return next((why for why in reasons if why is not None), None)
