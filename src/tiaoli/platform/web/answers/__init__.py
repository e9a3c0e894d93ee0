"""
How an answer is shown, wherever one is: a person's standing, a file, a review, a certificate.

    shown = show(answer, regulation, dossier, Links(fact=…, add=…, clause=…))
    {% include "answers/answer.html" with answer=shown %}

``answers/brief.html`` leaves out readings and fingerprint, ``answers/chip.html`` shows an outcome
alone, ``answers/reasons.html`` the clauses alone. Pages that use them load ``answers/head.html`` in
their ``head`` block.
"""

from tiaoli.platform.web.answers.links import Links, address, clause_address
from tiaoli.platform.web.answers.shown import (
    AnswerShown,
    Chip,
    FactShown,
    ReasonShown,
    chip,
    show,
    show_reason,
)

__all__ = [
    "AnswerShown", "Chip", "FactShown", "Links", "ReasonShown", "address", "chip",
    "clause_address", "show", "show_reason",
]  # fmt: skip
