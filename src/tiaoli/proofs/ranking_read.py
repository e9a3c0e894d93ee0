"""
Ranking, left open: a place is some number from 1, a tie or a circle may be there or not.

Wider than the rule, and counted as such; what is found with it is confirmed by the reference.
"""

from __future__ import annotations

import z3

from tiaoli.proofs.reading import AMOUNTS, RULES, Reading, Row
from tiaoli.proofs.symbols import Quantity, Truth
from tiaoli.rules.ranking import InCycle, Rank, Tied

_WHY = "who comes first in a ranking"


def _rank(reading: Reading, _node: Rank, _row: Row | None) -> Quantity:
    place = reading.world.fresh(_WHY, z3.IntSort())
    reading.world.constraints.append(place >= 1)
    return Quantity(place)


def _open(reading: Reading, _rule: InCycle | Tied, _row: Row | None) -> Truth:
    return reading.world.fresh(_WHY, z3.BoolSort())


AMOUNTS[Rank] = _rank
RULES.update({InCycle: _open, Tied: _open})
