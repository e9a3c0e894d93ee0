"""
The dossier of the benchmark, and the variants on which all engines must agree before any is timed.

Every variant says what the text requires of it; nothing here is copied from an engine's answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from tiaoli.facts.dossier import Dossier, Fact
from tiaoli.facts.kinds import NONE
from tiaoli.facts.values import absent_value
from tiaoli.facts.vocabulary import find
from tiaoli.intake import load

EXAMPLE = Path(__file__).parents[1] / "examples" / "wang-rt3.yaml"
DAY = date(2026, 6, 30)
SIZE = 20


@dataclass(frozen=True, slots=True)
class Variant:
    """One dossier, the day of asking, and the outcome that the text gives it."""

    name: str
    dossier: Dossier
    expected: str
    on: date = DAY


def base() -> Dossier:
    """The example of 20 facts. Raises where somebody has changed how many it has."""
    dossier = load(EXAMPLE)
    if len(dossier.facts) != SIZE:
        raise ValueError(f"{EXAMPLE.name} has {len(dossier.facts)} facts; the benchmark wants 20")
    return dossier


def changed(dossier: Dossier, fact_id: str, **values: Any) -> Dossier:
    """``dossier`` with other values in one record."""
    if dossier.find(fact_id) is None:
        raise LookupError(f"the example has no record {fact_id}")
    facts = tuple(
        replace(fact, values={**fact.values, **values}) if fact.id == fact_id else fact
        for fact in dossier.facts
    )
    return Dossier(dossier.subject, facts)


def without(dossier: Dossier, *fact_ids: str) -> Dossier:
    kept = tuple(fact for fact in dossier.facts if fact.id not in fact_ids)
    if len(kept) + len(fact_ids) != len(dossier.facts):
        raise LookupError(f"the example lacks one of {fact_ids}")
    return Dossier(dossier.subject, kept)


def plus(dossier: Dossier, kind: str, **values: Any) -> Dossier:
    """``dossier`` with one more record; attributes not named are as if left out."""
    absent = {name: absent_value(one) for name, one in find(kind).attributes.items()}
    if unknown := set(values) - set(absent):
        raise LookupError(f"{kind} has no {unknown}")
    return dossier.with_facts(Fact(f"more-{kind}", kind, {**absent, **values}))


def plain(dossier: Dossier) -> dict[str, list[dict[str, Any]]]:
    """The facts as plain dictionaries by kind; ``None`` where there is no value."""
    facts: dict[str, list[dict[str, Any]]] = {}
    for fact in dossier.facts:
        record = {k: None if v is NONE else v for k, v in fact.values.items()}
        facts.setdefault(fact.kind, []).append(record)
    return facts


def variants() -> list[Variant]:
    """The base dossier first, then one thing changed in each."""
    it = base()
    return [
        Variant("as it stands", it, "eligible"),
        *_standing(it),
        *_service(it),
        *_papers(it),
        *_professional_and_clinical(it),
        *_teaching(it),
        *_administration(it),
        *_other_days(it),
    ]


def _standing(it: Dossier) -> Iterator[Variant]:
    def licence(name: str, expected: str, **values: Any) -> Variant:
        return Variant(name, changed(it, "證書", **values), expected)

    def review(name: str, expected: str, **values: Any) -> Variant:
        return Variant(name, changed(it, "院內初審", **values), expected)

    yield licence("associate radiographer", "ineligible", profession="associate_radiographer")
    yield licence("licence revoked on the day", "ineligible", revoked_date=DAY)
    yield licence("licence revoked tomorrow", "eligible", revoked_date=date(2026, 7, 1))
    yield licence("licence of the abolished department", "ineligible", issuer="doh")
    old = {"issuer": "doh", "issue_date": date(2010, 5, 1)}
    yield licence("licence of the department in its time", "eligible", **old)
    ended = changed(it, "執業登記", end_date=date(2026, 6, 29))
    yield Variant("registration ended yesterday", ended, "needs_review")
    ends = changed(it, "執業登記", end_date=DAY)
    yield Variant("registration ends today", ends, "eligible")
    yield Variant("no first review", without(it, "院內初審"), "not_yet")
    yield review("first review failed", "not_yet", result="failed")
    yield review("first review tomorrow", "not_yet", date=date(2026, 7, 1))
    yield review("first review today", "eligible", date=DAY)
    yield Variant("RT2 not held", without(it, "RT2"), "not_yet")
    recent = changed(it, "RT2", approval_date=date(2025, 7, 1))
    yield Variant("RT2 a day short of a year ago", recent, "not_yet")
    a_year = changed(it, "RT2", approval_date=date(2025, 6, 30))
    yield Variant("RT2 a year ago", a_year, "eligible")


def _service(it: Dossier) -> Iterator[Variant]:
    def since(day: date) -> Dossier:
        return changed(it, "服務年資", start_date=day)

    def broken(again: date) -> Dossier:
        """731 days, and then from ``again`` on."""
        first = changed(it, "服務年資", end_date=date(2017, 8, 31))
        return plus(first, "clinical_service", institution="H-REGION", start_date=again)

    yield Variant("three years of service but a day", since(date(2023, 7, 1)), "not_yet")
    yield Variant("three years of service", since(date(2023, 6, 30)), "eligible")
    yield Variant("broken service, 1,094 days", broken(date(2025, 7, 2)), "not_yet")
    yield Variant("broken service, 1,095 days", broken(date(2025, 7, 1)), "eligible")
    late = changed(it, "證書", issue_date=date(2023, 7, 1))
    yield Variant("service before the licence", late, "not_yet")


def _papers(it: Dossier) -> Iterator[Variant]:
    def poster(name: str, expected: str, **values: Any) -> Variant:
        return Variant(name, changed(it, "壁報2021", **values), expected)

    def article(name: str, expected: str, **values: Any) -> Variant:
        only = without(it, "壁報2021")
        return Variant(name, changed(only, "第二作者論文", **values), expected)

    yield poster("poster on the first day of the window", "eligible", publication_date=_ago(5))
    out = date(2021, 6, 29)
    yield poster("poster a day before the window", "not_yet", publication_date=out)
    tomorrow = date(2026, 7, 1)
    yield poster("poster tomorrow", "not_yet", publication_date=tomorrow)
    yield poster("second author only", "not_yet", author_role="second")
    yield poster("shared first author", "eligible", author_role="co_first")
    yield article("no paper but a second author's", "not_yet")
    yield article("corresponding author, reviewed", "eligible", author_role="corresponding")
    unreviewed = {"author_role": "corresponding", "peer_reviewed": False}
    yield article("corresponding author, not reviewed", "not_yet", **unreviewed)


def _professional_and_clinical(it: Dossier) -> Iterator[Variant]:
    vendor_only = without(it, "心臟CT進階證明")
    yield Variant("certificate of a vendor only", vendor_only, "not_yet")
    qualified = plus(
        vendor_only, "qa_qualification", equipment_type="ct", issue_date=date(2024, 1, 1)
    )
    yield Variant("quality assurance qualification instead", qualified, "eligible")
    yield Variant("no attestation for interns", without(it, "帶實習生"), "needs_review")
    elsewhere = changed(it, "院內清單", institution="H-OTHER")
    yield Variant("list of another institution", elsewhere, "needs_review")
    unlisted = changed(it, "進階業務", item="一般攝影")
    yield Variant("work that is not on the list", unlisted, "needs_review")
    over = changed(it, "進階業務", end_date=date(2026, 6, 29))
    yield Variant("advanced work ended yesterday", over, "needs_review")
    both = changed(unlisted, "醫品課程", hours=180)
    yield Variant("not on the list, and 7.5 hours", both, "not_yet")


def _teaching(it: Dossier) -> Iterator[Variant]:
    def jct(name: str, expected: str, **values: Any) -> Variant:
        return Variant(name, changed(it, "醫策會師資", **values), expected)

    def supervision(name: str, expected: str, **values: Any) -> Variant:
        return Variant(name, changed(it, "指導報告", **values), expected)

    yield jct("JCT expired yesterday", "not_yet", expiry_date=date(2026, 6, 29))
    yield jct("JCT expires today", "eligible", expiry_date=DAY)
    yield jct("teacher of the institution only", "not_yet", issuer_type="institution")
    yield supervision("supervision before the window", "not_yet", date=date(2023, 6, 29))
    yield supervision("supervision of others", "not_yet", learner_type="other")
    plan = changed(without(it, "指導報告"), "教案", date=date(2025, 12, 1))
    yield Variant("lesson plan instead of supervision", plan, "eligible")


def _administration(it: Dossier) -> Iterator[Variant]:
    short = changed(it, "醫品課程", hours=180)

    def lead(end: object) -> Dossier:
        start = date(2020, 1, 1)
        kind = {"type": "accreditation_lead", "start_date": start, "end_date": end}
        return plus(short, "administrative_role", **kind)

    yield Variant("7.5 hours", short, "not_yet")
    out = changed(it, "醫品課程", end_date=date(2023, 6, 29))
    yield Variant("course a day before the window", out, "not_yet")
    edge = changed(it, "醫品課程", end_date=_ago(3))
    yield Variant("course on the first day of the window", edge, "eligible")
    topics = changed(it, "醫品課程", type="advanced_clinical", topics=("image_quality",))
    yield Variant("course on another topic", topics, "not_yet")
    topics = changed(it, "醫品課程", type="advanced_clinical", topics=("care_quality",))
    yield Variant("course that covers the topic", topics, "eligible")
    circle = changed(short, "品管圈", end_date=NONE)
    yield Variant("7.5 hours, quality circle going on", circle, "eligible")
    yield Variant("7.5 hours, accreditation lead", lead(NONE), "eligible")
    yield Variant("7.5 hours, lead before the window", lead(date(2023, 6, 29)), "not_yet")


def _other_days(it: Dossier) -> Iterator[Variant]:
    yield Variant("last day of the poster", it, "eligible", date(2026, 9, 18))
    yield Variant("the day after", it, "not_yet", date(2026, 9, 19))
    leap = changed(it, "壁報2021", publication_date=date(2023, 2, 28))
    leap = changed(leap, "指導報告", date=date(2025, 2, 28))
    leap = changed(leap, "病安課程一", end_date=date(2025, 2, 28))
    yield Variant("windows of a leap day", leap, "eligible", date(2028, 2, 29))
    missed = changed(leap, "壁報2021", publication_date=date(2023, 2, 27))
    yield Variant("a day before the window of a leap day", missed, "not_yet", date(2028, 2, 29))


def _ago(years: int) -> date:
    return DAY.replace(year=DAY.year - years)
