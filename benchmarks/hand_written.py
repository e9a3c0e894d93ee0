"""
RT3 under the default readings, as a Python programmer would write it by hand for speed.

Facts are plain: ``{kind: [record, ...]}`` with ``datetime.date`` days and ``None`` where there is
nothing. It tells the outcome and nothing else: it cites no clause, knows no other reading, takes
every value as known, and does not look for the recorded judgement of a person. Conditions that
others already imply (a paper of any author, JCT certification of any date) are not asked twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

Record = Mapping[str, Any]
Facts = Mapping[str, Sequence[Record]]

_DAY = timedelta(days=1)
_MOHW_FOUNDED = date(2013, 7, 23)
_EIGHT_HOURS = 480  # minutes
_CONFERENCE = frozenset({"conference_oral", "conference_poster"})
_FIRST_OR_CORRESPONDING = frozenset({"first", "co_first", "corresponding"})
_ISSUERS = frozenset({"professional_society", "teaching_hospital", "school"})
_DOCUMENTS = frozenset({"training_certificate", "pass_certificate"})
_QUALITY = frozenset({"care_quality", "patient_safety"})


def rt3(facts: Facts, on: date) -> str:
    """The outcome on the day ``on``."""
    if not _licensed(facts, on):
        return "ineligible"
    if not (
        _reviewed(facts, on)
        and _stands_below(facts, on)
        and _worked_three_years(facts, on)
        and _published(facts, on)
        and _professional(facts, on)
        and _teaches(facts, on)
        and _administers(facts, on)
    ):
        return "not_yet"
    if _practising(facts, on) and _advanced_work(facts, on):
        return "eligible"
    return "needs_review"


def years_before(day: date, years: int) -> date:
    """The same day ``years`` earlier; 28 February for a 29th that is not there."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def years_complete(start: date, years: int) -> date:
    """The first day on which ``years`` from ``start`` are complete."""
    try:
        return start.replace(year=start.year + years)
    except ValueError:
        return date(start.year + years, 3, 1)


def _licensed(facts: Facts, on: date) -> bool:
    for licence in facts.get("licence", ()):
        if licence["profession"] != "radiographer" or licence["issue_date"] > on:
            continue
        issuer = licence["issuer"]
        if issuer == "mohw" or (issuer == "doh" and licence["issue_date"] < _MOHW_FOUNDED):
            revoked = licence["revoked_date"]
            if revoked is None or revoked > on:
                return True
    return False


def _practising(facts: Facts, on: date) -> bool:
    for one in facts.get("practice_registration", ()):
        if one["start_date"] <= on and ((end := one["end_date"]) is None or end >= on):
            return True
    return False


def _reviewed(facts: Facts, on: date) -> bool:
    for review in facts.get("institution_review", ()):
        if review["level"] == "RT3" and review["result"] == "passed" and review["date"] <= on:
            return True
    return False


def _stands_below(facts: Facts, on: date) -> bool:
    """RT2 is held, and a year has passed since the last level."""
    holds_rt2 = False
    last = None
    for award in facts.get("level_award", ()):
        day = award["approval_date"]
        if day <= on:
            holds_rt2 = holds_rt2 or award["level"] == "RT2"
            if last is None or day > last:
                last = day
    return holds_rt2 and last is not None and years_complete(last, 1) <= on


def _worked_three_years(facts: Facts, on: date) -> bool:
    blocks = service_blocks(facts, on)
    if len(blocks) == 1:
        first, last = blocks[0]
        return years_complete(first, 3) <= last + _DAY
    return sum((last - first).days + 1 for first, last in blocks) >= 3 * 365


def service_blocks(facts: Facts, on: date) -> list[tuple[date, date]]:
    """Unbroken service before ``on``, after the first licence and the first registration."""
    since = _first_allowed(facts, on)
    yesterday = on - _DAY
    periods = []
    for one in facts.get("clinical_service", ()):
        first, last = max(one["start_date"], since), one["end_date"]
        if last is None or last > yesterday:
            last = yesterday
        if first <= last:
            periods.append((first, last))
    if len(periods) < 2:
        return periods
    return _merged(sorted(periods))


def _first_allowed(facts: Facts, on: date) -> date:
    licensed = registered = date.max
    for licence in facts.get("licence", ()):
        if licence["profession"] == "radiographer" and licence["issue_date"] < licensed:
            licensed = licence["issue_date"]
    for one in facts.get("practice_registration", ()):
        registered = min(registered, one["start_date"])
    if registered > on:  # nobody is kept out by a registration that is not there
        return licensed
    return max(licensed, registered)


def _merged(periods: list[tuple[date, date]]) -> list[tuple[date, date]]:
    blocks: list[tuple[date, date]] = []
    for first, last in periods:
        if blocks and first <= blocks[-1][1] + _DAY:
            blocks[-1] = (blocks[-1][0], max(blocks[-1][1], last))
        else:
            blocks.append((first, last))
    return blocks


def _published(facts: Facts, on: date) -> bool:
    start = years_before(on, 5)
    for paper in facts.get("publication", ()):
        if (
            start <= paper["publication_date"] <= on
            and paper["author_role"] in _FIRST_OR_CORRESPONDING
            and (
                (kind := paper["type"]) in _CONFERENCE
                or (kind == "journal_article" and paper["peer_reviewed"])
            )
        ):
            return True
    return False


def _professional(facts: Facts, on: date) -> bool:
    for course in facts.get("training", ()):
        if (
            course["type"] == "advanced_field"
            and course["issuer_type"] in _ISSUERS
            and course["document_type"] in _DOCUMENTS
            and course["end_date"] <= on
        ):
            return True
    return any(one["issue_date"] <= on for one in facts.get("qa_qualification", ()))


def _advanced_work(facts: Facts, on: date) -> bool:
    return _guides_interns(facts, on) and any(
        duty["role"] == "performs"
        and duty["start_date"] <= on
        and (duty["end_date"] is None or duty["end_date"] >= on)
        and _listed(facts, duty, on)
        for duty in facts.get("clinical_duty", ())
    )


def _guides_interns(facts: Facts, on: date) -> bool:
    for one in facts.get("competency_attestation", ()):
        if one["scope"] == "supervise_interns" and one["date"] <= on:
            return True
    return False


def _listed(facts: Facts, duty: Record, on: date) -> bool:
    for one in facts.get("institution_duty_list", ()):
        if (
            one["owner"] == "institution"
            and one["institution"] == duty["institution"]
            and duty["item"] in one["items"]
            and one["from_date"] <= on
            and ((end := one["to_date"]) is None or end >= on)
        ):
            return True
    return False


def _teaches(facts: Facts, on: date) -> bool:
    return _certified(facts, on) and _has_taught(facts, on)


def _certified(facts: Facts, on: date) -> bool:
    for one in facts.get("teacher_certification", ()):
        if one["issuer_type"] == "jct" and one["issue_date"] <= on <= one["expiry_date"]:
            return True
    return False


def _has_taught(facts: Facts, on: date) -> bool:
    start = years_before(on, 3)
    for activity in facts.get("teaching_activity", ()):
        if start <= activity["date"] <= on:
            kind = activity["type"]
            if kind == "lesson_plan" or (
                kind == "oral_report_supervision" and activity["learner_type"] != "other"
            ):
                return True
    return False


def _administers(facts: Facts, on: date) -> bool:
    start = years_before(on, 3)
    minutes = 0
    for course in facts.get("training", ()):
        if start <= course["end_date"] <= on and (
            course["type"] in _QUALITY or not _QUALITY.isdisjoint(course["topics"] or ())
        ):
            minutes += course["hours"]
    return (
        minutes >= _EIGHT_HOURS
        or any(_reaches_into(one, start, on) for one in facts.get("quality_activity", ()))
        or any(
            one["type"] == "accreditation_lead" and _reaches_into(one, start, on)
            for one in facts.get("administrative_role", ())
        )
    )


def _reaches_into(record: Record, start: date, on: date) -> bool:
    """Begun, and not over before the window."""
    end = record["end_date"]
    return record["start_date"] <= on and (end is None or end >= start)
