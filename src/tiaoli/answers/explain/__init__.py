"""
The explained reading: every clause with what it has and needs, what counts and what does not.

A settled branch asks for nothing: what is missing is collected only where the truth is open, that
is, unknown once nothing is taken for granted.
"""

from tiaoli.answers.explain import joins, requirements, turns
from tiaoli.answers.explain.amounts import explain_amount, explain_day
from tiaoli.answers.explain.order import in_order
from tiaoli.answers.explain.reader import ALL, ANY, OUTCOMES, Finding, Reader, explain

TOLD_BY = (joins, requirements, turns)
"""The files that say how each rule is told; importing them fills the table of ``reader``."""

__all__ = [
    "ALL",
    "ANY",
    "OUTCOMES",
    "Finding",
    "Reader",
    "explain",
    "explain_amount",
    "explain_day",
    "in_order",
]
