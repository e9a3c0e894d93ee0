"""
What each word of the algebra means for one case: the reference that every other reading must equal.

Small and plain on purpose: one function per node, no caching, no shortcuts that need explaining.
``True`` is met, ``False`` not met, ``None`` unknown. A value is ``None`` where it is not known and
``NONE`` where there is none. An amount is a ``Range``: what is certain, and what is possible.
"""

from tiaoli.answers.meaning.amounts import Conflict, minutes_between
from tiaoli.answers.meaning.days import MOVEMENTS, counts_on, move, picked, referred
from tiaoli.answers.meaning.ledgers import LedgerRow, ledger_lines, step_of
from tiaoli.answers.meaning.lookup import (
    Exact,
    Range,
    Row,
    Truth,
    all_truths,
    amount,
    amount_known,
    any_truth,
    compare_ranges,
    compare_values,
    has_happened,
    holds,
    members,
    negated,
    plain,
    value,
)
from tiaoli.answers.meaning.ranking import entrants, places
from tiaoli.answers.meaning.truths import service_spans, spans_among
from tiaoli.answers.meaning.turns import periods_taken

__all__ = [
    "MOVEMENTS",
    "Conflict",
    "Exact",
    "LedgerRow",
    "Range",
    "Row",
    "Truth",
    "all_truths",
    "amount",
    "amount_known",
    "any_truth",
    "compare_ranges",
    "compare_values",
    "counts_on",
    "entrants",
    "has_happened",
    "holds",
    "ledger_lines",
    "members",
    "minutes_between",
    "move",
    "negated",
    "periods_taken",
    "picked",
    "places",
    "plain",
    "referred",
    "service_spans",
    "spans_among",
    "step_of",
    "value",
]
