"""
RT3 as a zen decision graph: input, one expression node, output.

Fair to the peer: the conditions are put into one expression, which zen evaluates faster than eight
that refer to each other; options are compared one by one, which is faster for it than a list; the
windows are given (see ``zen_context.py``). As in the hand-written function, unknown values are not
modelled, no clause is cited, and conditions that others imply are not asked twice.
"""

from __future__ import annotations

from typing import Any

_MOHW_FOUNDED = 735072  # 2013-07-23, counted in days as Python does

_LICENSED = f"""
some(licence, #.profession == 'radiographer' and #.issue_date <= on and #.revoked_date > on
  and (#.issuer == 'mohw' or #.issuer == 'doh' and #.issue_date < {_MOHW_FOUNDED}))
"""

_STANDING = """
some(institution_review, #.level == 'RT3' and #.result == 'passed' and #.date <= on)
  and not some(level_award, #.approval_date <= on and #.a_year_on > on)
  and some(level_award, #.level == 'RT2' and #.approval_date <= on)
"""

_SERVICE = """
len(service) == 1
  ? service[0].days >= service[0].three_years
  : sum(map(service, #.days)) >= 1095
"""

_PUBLISHED = """
some(publication, #.publication_date >= five_years_ago and #.publication_date <= on
  and (#.author_role == 'first' or #.author_role == 'co_first' or #.author_role == 'corresponding')
  and (#.type == 'conference_oral' or #.type == 'conference_poster'
    or #.type == 'journal_article' and #.peer_reviewed))
"""

_PROFESSIONAL = """
some(training, #.type == 'advanced_field' and #.end_date <= on
  and (#.issuer_type == 'professional_society' or #.issuer_type == 'teaching_hospital'
    or #.issuer_type == 'school')
  and (#.document_type == 'training_certificate' or #.document_type == 'pass_certificate'))
  or some(qa_qualification, #.issue_date <= on)
"""

_TEACHING = """
some(teacher_certification, #.issuer_type == 'jct'
  and #.issue_date <= on and #.expiry_date >= on)
  and some(teaching_activity, #.date >= three_years_ago and #.date <= on
    and (#.type == 'lesson_plan'
      or #.type == 'oral_report_supervision' and #.learner_type != 'other'))
"""

_ADMINISTRATION = """
sum(map(filter(training, #.end_date >= three_years_ago and #.end_date <= on
    and (#.type == 'care_quality' or #.type == 'patient_safety'
      or 'care_quality' in #.topics or 'patient_safety' in #.topics)), #.hours)) >= 480
  or some(quality_activity, #.start_date <= on and #.end_date >= three_years_ago)
  or some(administrative_role, #.type == 'accreditation_lead'
    and #.start_date <= on and #.end_date >= three_years_ago)
"""

_PRACTISING = """
some(practice_registration, #.start_date <= on and #.end_date >= on)
"""

_ADVANCED_WORK = """
some(competency_attestation, #.scope == 'supervise_interns' and #.date <= on)
  and some(clinical_duty as duty, duty.role == 'performs'
    and duty.start_date <= on and duty.end_date >= on
    and some(institution_duty_list as listed, listed.owner == 'institution'
      and listed.institution == duty.institution and duty.item in listed.items
      and listed.from_date <= on and listed.to_date >= on))
"""

_NOT_YET_UNLESS = (_STANDING, _SERVICE, _PUBLISHED, _PROFESSIONAL, _TEACHING, _ADMINISTRATION)
_NEEDS_REVIEW_UNLESS = (_PRACTISING, _ADVANCED_WORK)


def graph() -> dict[str, Any]:
    """The decision in zen's own JSON format."""
    expression = {"id": "outcome", "key": "outcome", "value": _outcome()}
    return {
        "nodes": [
            {"id": "facts", "name": "facts", "type": "inputNode", "position": _at(0)},
            {
                "id": "rt3",
                "name": "RT3",
                "type": "expressionNode",
                "position": _at(300),
                "content": {"expressions": [expression]},
            },
            {"id": "answer", "name": "answer", "type": "outputNode", "position": _at(600)},
        ],
        "edges": [
            {"id": "e1", "sourceId": "facts", "targetId": "rt3", "type": "edge"},
            {"id": "e2", "sourceId": "rt3", "targetId": "answer", "type": "edge"},
        ],
    }


def _outcome() -> str:
    met, reviewed = _all(_NOT_YET_UNLESS), _all(_NEEDS_REVIEW_UNLESS)
    written = (
        f"not ({_LICENSED}) ? 'ineligible' : not ({met}) ? 'not_yet'"
        f" : ({reviewed}) ? 'eligible' : 'needs_review'"
    )
    return " ".join(written.split())


def _all(conditions: tuple[str, ...]) -> str:
    return " and ".join(f"({condition})" for condition in conditions)


def _at(x: int) -> dict[str, int]:
    return {"x": x, "y": 0}
