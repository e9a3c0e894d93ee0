"""What may be asked about course cases: filing, fees, attendance, sanctions, papers, retention."""

from __future__ import annotations

from tiaoli.regulations.rrt_ce import (
    attendance,
    changes,
    claims,
    course_data,
    deadlines,
    fees,
    filing,
    governance,
    online,
    oversight,
    payments,
    personal_fees,
    sanctions,
)

QUESTIONS = (
    *filing.QUESTIONS,
    *deadlines.QUESTIONS,
    *course_data.QUESTIONS,
    *online.QUESTIONS,
    *fees.QUESTIONS,
    *personal_fees.QUESTIONS,
    *payments.QUESTIONS,
    *attendance.QUESTIONS,
    *changes.QUESTIONS,
    *oversight.QUESTIONS,
    *sanctions.QUESTIONS,
    *claims.QUESTIONS,
    *governance.QUESTIONS,
)
