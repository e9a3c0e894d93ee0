"""Where the parts of an answer lead: to a record, to a page that adds one, to a clause."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse

from tiaoli.answers.answer import Missing


def nowhere(_: Any) -> str | None:
    """No link: the words stand alone."""
    return None


def address(name: str, *given: Any) -> str | None:
    """The address of a page by its name; None in a house that does not have the page."""
    try:
        return reverse(name, args=given)
    except NoReverseMatch:
        return None


def clause_address(regulation: str) -> Callable[[str], str | None]:
    """Where the rule room shows each clause of a regulation."""
    page = address("rule_clauses", regulation)
    return lambda clause: None if page is None else f"{page}#{clause}"


@dataclass(frozen=True, slots=True)
class Links:
    """
    ``fact``    from the id of a fact to the page of its record
    ``add``     from what is missing to the page on which it can be added
    ``clause``  from the id of a clause to where it can be read
    """

    fact: Callable[[str], str | None] = nowhere
    add: Callable[[Missing], str | None] = nowhere
    clause: Callable[[str], str | None] = nowhere
