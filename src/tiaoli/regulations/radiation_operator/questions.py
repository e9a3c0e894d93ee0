"""What may be asked: operating, the certificate and its renewal, training, the rest."""

from __future__ import annotations

from tiaoli.regulations.radiation_operator import (
    administration,
    bar,
    operate,
    qualifications,
    renewal,
    retention,
    substitute,
    trainees,
    transition,
)

QUESTIONS = (
    *operate.QUESTIONS,
    *qualifications.QUESTIONS,
    *trainees.QUESTIONS,
    *substitute.QUESTIONS,
    *retention.QUESTIONS,
    *renewal.QUESTIONS,
    *bar.QUESTIONS,
    *transition.QUESTIONS,
    *administration.QUESTIONS,
)
