"""
An answer about an application, as every page shows answers (``web.answers``).

    {% load answering %}
    {% explained answer inquiry as shown %}{% include "answers/brief.html" with answer=shown %}
    {% explained_reason one inquiry as reason %}{% include "answers/reason.html" %}
    {% outcome_of answer inquiry %}            the outcome alone, with its mark
    {{ point.fact|called_in:inquiry|words:lang }}    which record is meant
"""

from __future__ import annotations

from typing import Any

from django import template

from tiaoli.answers import Answer, Reason
from tiaoli.answers.naming import fact_called
from tiaoli.facts.kinds import Label
from tiaoli.platform.applications.inquiry import Inquiry
from tiaoli.platform.web import answers
from tiaoli.platform.web.answers import AnswerShown, Links, ReasonShown, clause_address

register = template.Library()


@register.simple_tag
def explained(answer: Answer, inquiry: Inquiry) -> AnswerShown:
    """Every part of an answer in words; clauses lead to the rule room."""
    return answers.show(answer, inquiry.regulation, inquiry.dossier, _links(inquiry))


@register.simple_tag
def explained_reason(reason: Reason, inquiry: Inquiry) -> ReasonShown:
    """One clause of an answer in words."""
    return answers.show_reason(reason, inquiry.regulation, inquiry.dossier, _links(inquiry))


def _links(inquiry: Inquiry) -> Links:
    return Links(clause=clause_address(inquiry.regulation.id))


@register.inclusion_tag("answers/chip.html", takes_context=True)
def outcome_of(context: Any, answer: Answer, inquiry: Inquiry) -> dict[str, Any]:
    """The chip of an outcome, by what its question works towards."""
    goal = inquiry.regulation.question(answer.question).goal
    return {"chip": answers.chip(answer.outcome, goal), "lang": context.get("lang", "zh")}


@register.filter
def called_in(fact_id: str, inquiry: Inquiry) -> Label:
    """What a fact is called; its id where it is not among the facts that are asked about."""
    return fact_called(fact_id, inquiry.dossier)
