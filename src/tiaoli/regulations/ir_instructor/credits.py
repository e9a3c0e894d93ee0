"""
Article 5: the points that renew a certificate, earned in its six years.

Points of interventional courses count as they are; articles, talks, presentations and meetings
abroad stand in for them by a schedule.
"""

from __future__ import annotations

from functools import cache

from tiaoli.regulations.ir_instructor.certificate import expires_on, issued_on
from tiaoli.rules import (
    AS_OF,
    SATISFIED,
    AmountNode,
    Records,
    Rule,
    all_of,
    amount_clause,
    amount_table,
    any_of,
    between,
    capped,
    clause,
    count,
    points,
    presumed,
    reading,
    records,
    related,
    sum_of,
    times,
    total,
)

NEEDED = points(200)

credit_entry = records("credit_entry").whenever()
publication = records("publication").whenever()
talk = records("talk").whenever()
presentation = records("presentation").whenever()
attendance = records("meeting_attendance").whenever()


def _earned(of: Records, domain: str) -> Records:
    """Those of the six years of this domain's certificate."""
    happens = of.kind.happens
    assert happens is not None
    day = getattr(of, happens)
    return of.where(
        clause("IRI-4.2", between(day, issued_on(domain), expires_on(domain))),
        reading("iri.art5.measure_at", application_date=day <= AS_OF, expiry=SATISFIED),
        reading("iri.art5.domain", any_interventional=SATISFIED, same_domain=of.domain.is_(domain)),
        reading(
            "iri.art5.shared_across_domains",
            shared=SATISFIED,
            consumed=of.used_for.is_absent() | of.used_for.is_(domain),
        ),
    )


def _courses(domain: str) -> AmountNode:
    entries = _earned(credit_entry, domain).where(
        credit_entry.interventional.is_(True),
        credit_entry.accrediting_body.is_("radiology_society"),
    )
    return amount_clause("IRI-5.0b", sum_of(credit_entry.points, entries))


# Items 1 and 2: articles

_LEADING = publication.author_role.is_in("first", "co_first", "corresponding")
_OTHER_AUTHOR = publication.author_role.is_in("second", "co_author")

_ARTICLES: tuple[tuple[str, str, str, Rule, int], ...] = (
    ("IRI-5.1a", "sci", "full_article", _LEADING, 40),
    ("IRI-5.1b", "sci", "full_article", _OTHER_AUTHOR, 15),
    ("IRI-5.1c", "sci", "case_report", _LEADING, 20),
    ("IRI-5.1d", "sci", "case_report", _OTHER_AUTHOR, 8),
    ("IRI-5.2a", "non_sci", "full_article", _LEADING, 20),
    ("IRI-5.2b", "non_sci", "full_article", _OTHER_AUTHOR, 10),
    ("IRI-5.2c", "non_sci", "case_report", _LEADING, 10),
    ("IRI-5.2d", "non_sci", "case_report", _OTHER_AUTHOR, 5),
)
"""Clause, indexing, type of article, author, points for each."""


def _named_articles(domain: str) -> tuple[AmountNode, ...]:
    earned = _earned(publication, domain)
    return tuple(
        _each(
            clause_id,
            number,
            earned.where(
                publication.indexed.is_(indexed), publication.article_type.is_(type_), author
            ),
            distinct="work_id",
        )
        for clause_id, indexed, type_, author, number in _ARTICLES
    )


def _articles_of_other_types(domain: str) -> AmountNode:
    """A review, a letter, an image: scored as what a person has ruled it to be."""
    others = _earned(publication, domain).where(
        publication.article_type.is_in("review", "interesting_image", "letter", "other")
    )
    schedule = amount_table(
        *(
            (
                all_of(
                    publication.indexed.is_(indexed), author, publication.credited_as.is_(type_)
                ),
                amount_clause(clause_id, points(number)),
            )
            for clause_id, indexed, type_, author, number in _ARTICLES
        ),
        otherwise=points(0),
    )
    return reading(
        "iri.art5.other_article_types", needs_review=sum_of(schedule, others), zero=points(0)
    )


def _each(
    clause_id: str, number: int, of: Records, *, distinct: str = "", within: str = ""
) -> AmountNode:
    """So many points for each of the records."""
    how_many = count(of, distinct=distinct or (), within=within)
    return amount_clause(clause_id, times(points(number), how_many))


# Item 3: talks and presentations


def _talks(domain: str, country: str) -> Records:
    return _earned(talk, domain).where(
        clause("IRI-5.3.0", talk.ir_topic.is_(True) & talk.invited.is_(True)),
        talk.role.is_in("lecturer", "chair"),
        talk.country.is_(country),
    )


def _talk_points(clause_id: str, number: int, domain: str, country: str) -> AmountNode:
    """Talks on different topics at one meeting are several; the same talk twice is one."""
    of = _talks(domain, country)
    return reading(
        "iri.art5.same_event",
        max_one_credit=_each(clause_id, number, of, distinct="topic", within="meeting"),
        additive=_each(clause_id, number, of),
    )


_pending_poster = presumed(
    presentation.poster_accepted.is_(True),
    False,
    "紙本壁報待認定，認定前不計",
    "a paper poster waits for a ruling and is not counted before it",
)
_oral_or_e_poster = any_of(
    presentation.type.is_in("oral", "e_poster"),
    all_of(
        presentation.type.is_("poster"),
        reading("iri.art5.poster", not_counted_pending=_pending_poster, as_eposter=SATISFIED),
    ),
)


def _presentations(domain: str, country: str) -> Records:
    invited = reading(
        "iri.art5.invited", lecturer_chair_only=SATISFIED, all=presentation.invited.is_(True)
    )
    return _earned(presentation, domain).where(
        clause("IRI-5.3.0", presentation.ir_topic.is_(True) & invited),
        _oral_or_e_poster,
        presentation.country.is_(country),
    )


# Item 4: meetings abroad


def _meetings(domain: str) -> AmountNode:
    attended = _earned(attendance, domain).where(
        attendance.type.is_("interventional"),
        attendance.country.is_("abroad"),
        attendance.certificate.is_(True),
    )
    scored_there = any_of(
        related(_talks(domain, "abroad"), (attendance.meeting, talk.meeting)),
        related(_presentations(domain, "abroad"), (attendance.meeting, presentation.meeting)),
    )
    unscored = attended.where(
        reading("iri.art5.same_event", max_one_credit=~scored_there, additive=SATISFIED)
    )
    return _each("IRI-5.4", 15, unscored, distinct="meeting")


def _substitutes(domain: str) -> AmountNode:
    listed = total(
        *_named_articles(domain),
        _articles_of_other_types(domain),
        _talk_points("IRI-5.3a", 40, domain, "abroad"),
        _talk_points("IRI-5.3b", 20, domain, "domestic"),
        _each("IRI-5.3c", 25, _presentations(domain, "abroad")),
        _each("IRI-5.3d", 15, _presentations(domain, "domestic")),
        _meetings(domain),
    )
    return amount_clause(
        "IRI-5.0c", reading("iri.art5.cap", none=listed, half=capped(listed, points(100)))
    )


@cache
def points_of(domain: str) -> AmountNode:
    """All points that count for the renewal of ``domain``."""
    return total(_courses(domain), _substitutes(domain))


def enough_points(domain: str) -> Rule:
    return clause("IRI-5.0a", points_of(domain).at_least(NEEDED))


def points_figure(domain: str) -> AmountNode:
    return amount_clause("IRI-5.0a", points_of(domain))
