"""
The application date: the day from which everything that a file asks is reckoned.

A question asked for a day is asked as of a file posted on that day; a reading may reckon from the
day on which that same file was received, or with which its form is dated.
"""

from __future__ import annotations

from tiaoli.rules import ASKED_ON, Value, day_clause, latest, or_else, reading, records, the

application = records("application")
file = the(application, application.posted_date)


def application_date(domain: str) -> Value:
    """The reference date of a question on ``domain``."""
    posted_today = latest(
        application.where(
            application.domains.includes(domain), application.posted_date.same_as(ASKED_ON)
        ),
        application.posted_date,
    )
    return reading(
        "iri.art8.date",
        postmark=ASKED_ON,
        received=or_else(posted_today.received_date, ASKED_ON),
        form_date=or_else(posted_today.form_date, ASKED_ON),
    )


filed_on = day_clause(
    "IRI-8.3b",
    reading(
        "iri.art8.date",
        postmark=file.posted_date,
        received=file.received_date,
        form_date=file.form_date,
    ),
)
"""The application date of the file in hand."""
