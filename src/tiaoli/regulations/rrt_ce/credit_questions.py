"""What may be asked about lecturers, activities, credits and individual cases."""

from __future__ import annotations

from tiaoli.regulations.rrt_ce import (
    activity,
    attended,
    credit_ledger,
    individual_claims,
    lecturers,
    personal,
)

QUESTIONS = (
    *lecturers.QUESTIONS,
    *activity.QUESTIONS,
    *attended.QUESTIONS,
    *credit_ledger.QUESTIONS,
    *individual_claims.QUESTIONS,
    *personal.QUESTIONS,
)
