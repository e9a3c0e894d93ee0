"""The days on which the text turns, and how it counts from them."""

from __future__ import annotations

from tiaoli.rules import (
    ASKED_ON,
    Period,
    Records,
    Rule,
    Value,
    any_of,
    any_record,
    date_of,
    days_after,
    deadline,
    last_day_of,
    look_back,
    lookback,
    or_else,
    reading,
    records,
    the,
    years,
)
from tiaoli.rules.records import One

ACT = date_of(2003, 2, 1)
"""The Ionizing Radiation Protection Act comes into force."""

application = records("application")
_UNDECIDED = any_of(application.decision_date.is_absent(), application.decision_date > ASKED_ON)


def files(*types: str) -> Records:
    """Files of these types that were not yet decided on the day of asking; others are history."""
    return application.where(application.type.is_in(*types), _UNDECIDED)


def file_of(*types: str) -> One:
    return the(files(*types), application.filed_date)


def filed_on(file: One) -> Value:
    """The postmark of registered mail, else the day on which it was handed in."""
    return or_else(file.posted_date, or_else(file.filed_date, file.received_date))


def application_date(*types: str) -> Value:
    """The reference date: that of the file in hand, or the day of asking where there is none."""
    return or_else(filed_on(file_of(*types)), ASKED_ON)


def has_filed(*types: str) -> Rule:
    return any_record(files(*types))


def six_years_from(first: Value) -> Value:
    """The last of six years that begin on ``first``."""
    return reading(
        "rad.date.validity_end",
        printed_else_anniversary_minus_1=last_day_of(first, years(6)),
        anniversary=deadline(first, years(6)),
    )


def last_valid_day(first: Value, printed: Value) -> Value:
    """Six years; the date printed on the certificate prevails."""
    return or_else(printed, six_years_from(first))


def first_day_back(day: Value, period: Period) -> Value:
    """The first day of a window that looks back from ``day``."""
    start = look_back(day, period)
    return reading("rad.date.window_edge", inclusive=start, exclusive=days_after(start, 1))


def in_last_six_years(day: Value) -> Rule:
    return reading(
        "rad.date.window_edge",
        inclusive=lookback(day, years(6)),
        exclusive=lookback(day, years(6), edge_inside=False),
    )


def last_day_to_keep(event: Value, number: int) -> Value:
    """The last day of the years for which records are kept."""
    return reading(
        "rad.retention.first_day",
        excluded=deadline(event, years(number)),
        counted=last_day_of(event, years(number)),
    )
