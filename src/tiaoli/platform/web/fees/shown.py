"""What pages of fees show beside the rows: clauses in words, pages of a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

from tiaoli.facts.kinds import Label
from tiaoli.platform.fees.models import Notice
from tiaoli.regulations import catalogue
from tiaoli.regulations.catalogue import UnknownRegulation
from tiaoli.rules import Regulation
from tiaoli.rules.regulation import Clause


@dataclass(frozen=True, slots=True)
class Basis:
    """On what a notice rests: the regulation, what is paid for, its clauses."""

    title: Label
    what: Label
    clauses: tuple[Clause, ...]


def basis_of(notice: Notice) -> Basis:
    """In the words of the catalogue; the bare names where a regulation is no longer in it."""
    regulation = regulation_of(notice.regulation)
    if regulation is None:
        bare = Label(notice.regulation, notice.regulation)
        return Basis(bare, Label(notice.question, notice.question), ())
    question = regulation.questions.get(notice.question)
    what = Label(notice.question, notice.question) if question is None else question.label
    known = regulation.clauses
    return Basis(regulation.title, what, tuple(known[c] for c in notice.clauses if c in known))


def regulation_of(name: str) -> Regulation | None:
    """None where it is no longer in the catalogue."""
    try:
        return catalogue.find(name)
    except UnknownRegulation:
        return None


def paged(request: HttpRequest, rows: Any, each: int = 25) -> Page:
    """The page of a list that the address asks for; the last where there are not so many."""
    return Paginator(rows, each).get_page(request.GET.get("page"))
