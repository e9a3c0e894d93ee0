"""A domain certificate: which one is in hand, from when it counts and until when it is valid."""

from __future__ import annotations

from functools import cache

from tiaoli.rules import (
    AS_OF,
    Rule,
    Value,
    any_of,
    any_record,
    clause,
    day_clause,
    days_after,
    deadline,
    last_day_of,
    latest,
    or_else,
    presumed,
    reading,
    records,
    years,
)
from tiaoli.rules.records import One

domain_certificate = records("domain_certificate")


def certificate(domain: str) -> One:
    """The latest certificate of ``domain``; a replacement is a copy and keeps the dates."""
    return latest(domain_certificate.where(domain_certificate.domain.is_(domain)))


@cache
def is_held(domain: str) -> Rule:
    """A certificate of ``domain`` has been issued, whether or not it is still valid."""
    return clause(
        "IRI-4.2",
        any_record(domain_certificate.where(domain_certificate.domain.is_(domain))),
    )


def last_valid_day(issued: Value, printed: Value) -> Value:
    """Six years from the day of issue; a printed date prevails."""
    return reading(
        "iri.date.validity_end",
        printed_else_anniversary_minus_1=or_else(printed, last_day_of(issued, years(6))),
        anniversary=or_else(printed, deadline(issued, years(6))),
    )


@cache
def issued_on(domain: str) -> Value:
    """The first day of its six years: a renewal that is granted early begins after the old term."""
    return or_else(certificate(domain).valid_from, certificate(domain).issue_date)


@cache
def expires_on(domain: str) -> Value:
    return last_valid_day(issued_on(domain), certificate(domain).expiry_date)


@cache
def is_for_life(domain: str) -> Rule:
    return presumed(
        certificate(domain).status.is_("lifetime"),
        False,
        "未註明終身者視為有期限",
        "taken to expire unless it is said to be for life",
    )


@cache
def is_valid(domain: str) -> Rule:
    """A certificate of ``domain`` is in force on the reference date."""
    return any_of(is_for_life(domain), expires_on(domain) >= AS_OF)


def expiry_figure(domain: str) -> Value:
    return day_clause("IRI-4.3", expires_on(domain))


def next_term(domain: str, issued_anew: Value) -> Value:
    """The first day of the six years after a renewal."""
    return day_clause(
        "IRI-4.3",
        reading(
            "iri.art4.new_term_start",
            day_after_old_expiry=days_after(expires_on(domain), 1),
            new_issue_date=issued_anew,
        ),
    )
