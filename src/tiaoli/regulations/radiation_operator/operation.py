"""The operation in hand: a person, a source and a moment."""

from __future__ import annotations

from tiaoli.rules import ASKED_ON, follow, or_else, records, the

operation = the(records("operation").whenever())
source = follow(operation.source)

moment = or_else(operation.date, ASKED_ON)
"""The day of the operation; one without a day is asked for the day of asking."""
