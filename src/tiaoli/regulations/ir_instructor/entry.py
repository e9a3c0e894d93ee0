"""
Article 1: the two ways in. Item 1 asks for a certificate and eight years, item 2 for talks or
articles in the one specialty applied for.
"""

from __future__ import annotations

from functools import cache

from tiaoli.regulations.ir_instructor.domains import DOMAINS, enough_cases
from tiaoli.regulations.ir_instructor.filing import application
from tiaoli.rules import (
    AS_OF,
    SATISFIED,
    Records,
    Rule,
    Value,
    all_of,
    any_of,
    any_record,
    clause,
    completed,
    count,
    earliest,
    lookback,
    no,
    or_else,
    reading,
    records,
    served,
    waived_by,
    years,
)

# Item 1: a specialist who has practised for eight years

specialist = records("specialist_certificate")
practice = records("ir_practice")

_certificate = specialist.where(
    reading(
        "iri.art1.specialty",
        diagnostic_radiology=specialist.specialty.is_in("radiology", "diagnostic_radiology"),
        any_radiology_family=specialist.specialty.is_in(
            "radiology", "diagnostic_radiology", "radiation_oncology", "nuclear_medicine"
        ),
    ),
    specialist.status.is_("valid"),
)
_certified_on = earliest(_certificate).issue_date

holds_specialist_certificate = clause("IRI-1.1a", any_record(_certificate))

_practised_since = clause(
    "IRI-1.1b",
    any_record(
        practice.where(practice.end_date.is_absent() | (practice.end_date >= _certified_on))
    ),
)


def _eight_years(first_day_counts: bool) -> Rule:
    served_since = served(practice, 8, since=_certified_on, first_day_counts=first_day_counts)
    since_certificate = (
        completed(_certified_on, years(8), first_day_counts=first_day_counts) <= AS_OF
    )
    return reading(
        "iri.art1.years.basis",
        practice_after_certificate=clause("IRI-1.1b", served_since),
        years_since_certificate=all_of(_practised_since, since_certificate),
    )


eight_years = clause(
    "IRI-1.1c",
    reading("iri.years.first_day", counted=_eight_years(True), excluded=_eight_years(False)),
)

item_1 = all_of(holds_specialist_certificate, eight_years)

# Item 2: what takes the place of the case numbers of article 2


def _in_time(day: Value) -> Rule:
    return reading("iri.art1.route2.window", none=day <= AS_OF, six_years=lookback(day, years(6)))


talk = records("talk")

_talks = talk.where(
    clause("IRI-1.2.1b", talk.interventional_meeting.is_(True)),
    clause("IRI-1.2.0b", talk.documented.is_(True)),
    _in_time(talk.date),
)


def _appearances(domain: str) -> Records:
    """Talks given on the specialty, and its sessions chaired by invitation."""
    in_domain = talk.domain.is_(domain)
    chaired = reading(
        "iri.art1.talk.chair_domain", domain_required=in_domain, any_ir_session=SATISFIED
    )
    role = any_of(
        talk.role.is_("lecturer") & in_domain,
        all_of(talk.role.is_("chair"), talk.invited.is_(True), chaired),
    )
    return _talks.where(clause("IRI-1.2.1c", role))


def _three(of: Records) -> Rule:
    return reading(
        "iri.art1.talk.unit",
        per_session=count(of, distinct="session", within="meeting").at_least(3),
        per_meeting=count(of, distinct="meeting").at_least(3),
    )


def _three_talks(domain: str) -> Rule:
    appearances = _appearances(domain)
    lectures = _talks.where(talk.role.is_("lecturer"))
    return clause(
        "IRI-1.2.1a",
        reading(
            "iri.art1.talk.reading",
            three_appearances_either_role=_three(appearances),
            three_talks_plus_role=all_of(_three(lectures), any_record(appearances)),
        ),
    )


publication = records("publication").whenever()

_made_public = reading(
    "iri.art1.pubdate",
    published=publication.publication_date,
    accepted=or_else(publication.acceptance_date, publication.publication_date),
)


def _articles(domain: str) -> Records:
    on_topic = reading(
        "iri.art1.sci.topic",
        domain=publication.domain.is_(domain),
        interventional=publication.interventional.is_(True) | publication.domain.is_in(*DOMAINS),
        any=SATISFIED,
    )
    return publication.where(
        publication.indexed.is_("sci"),
        clause("IRI-1.2.2b", publication.author_role.is_in("first", "co_first", "corresponding")),
        on_topic,
        _in_time(_made_public),
    )


def _two_articles(domain: str) -> Rule:
    return clause(
        "IRI-1.2.2c",
        clause("IRI-1.2.2a", count(_articles(domain), distinct="work_id").at_least(2)),
    )


def _one_specialty_in_file(domain: str) -> Rule:
    """No file lists another domain beside ``domain``."""
    others = (application.domains.includes(other) for other in DOMAINS if other != domain)
    return no(
        application.where(
            application.type.is_("initial"), application.domains.includes(domain), any_of(*others)
        )
    )


@cache
def item_2(domain: str) -> Rule:
    """Talks or articles enough; the two are not added up."""
    enough = any_of(_three_talks(domain), _two_articles(domain))
    return clause(
        "IRI-1.2.0",
        reading(
            "iri.art1.route2.multi",
            each_domain_with_own_evidence=enough,
            one_domain_only=all_of(enough, _one_specialty_in_file(domain)),
        ),
    )


@cache
def may_be_certified(domain: str) -> Rule:
    """Articles 1 and 2 together, for one domain."""
    by_item_1 = all_of(item_1, enough_cases(domain))
    return clause(
        "IRI-1.0",
        reading(
            "iri.art1.route2",
            independent=any_of(by_item_1, item_2(domain)),
            waiver_only=all_of(item_1, waived_by(enough_cases(domain), item_2(domain))),
            specialist_no_years=any_of(
                by_item_1, all_of(holds_specialist_certificate, item_2(domain))
            ),
        ),
    )
