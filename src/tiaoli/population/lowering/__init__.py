"""
What each node of a rule comes to as terms. Read ``lookup`` first; the nodes are beside it.

This is where the algebra is given its meaning for populations, once for every engine. Tests hold
it equal to ``answers.meaning``.
"""

from tiaoli.population.lowering import amounts, days, ledgers, truths, turns
from tiaoli.population.lowering.lookup import (
    Bounds,
    Lowering,
    NoColumns,
    Scope,
    Truth,
    Val,
    lowered_nodes,
)

__all__ = ["Bounds", "Lowering", "NoColumns", "Scope", "Truth", "Val", "lowered_nodes"]

_FILLED = (amounts, days, ledgers, truths, turns)
"""The files that say what each node comes to; importing them fills the table of ``lookup``."""
