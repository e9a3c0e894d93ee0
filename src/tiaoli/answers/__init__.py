"""How one question is answered for one subject: the reference reading. Read ``ask.py`` first."""

from tiaoli.answers.answer import Answer, Flip, Missing, NotCounted, Quantity, Reason
from tiaoli.answers.ask import Detail, ask, clause_met, outcome
from tiaoli.answers.refusals import NotInForce, UnknownRecord
from tiaoli.answers.timeline import Course, Spell

__all__ = [
    "Answer",
    "Course",
    "Detail",
    "Flip",
    "Missing",
    "NotCounted",
    "NotInForce",
    "Quantity",
    "Reason",
    "Spell",
    "UnknownRecord",
    "ask",
    "clause_met",
    "outcome",
]
