"""
Operators of radiation sources: certificates and grounds for them, what is operated, renewal.

Invented, shares and all. Every subject is about to operate one or two sources, of which some are
just at the limits that the text sets.
"""

from __future__ import annotations

from tiaoli.population.invented.days import after, days, moments, spells
from tiaoli.population.invented.draws import (
    adding_up,
    keys,
    mostly,
    names,
    numbered,
    one_of,
    options,
    several,
    sometimes,
)
from tiaoli.population.invented.recipe import Recipe, rulings, some, the_subject

_PLACE = options(university=2, junior_college=1, hospital=4, training_body=2, facility=1)

OPERATORS = Recipe(
    the_subject("practitioner", date_of_birth=days(66)),
    (
        some(
            "source", "radiation_source", (1, 1, 2, 2),
            type=options(accelerator=3, x_ray=4, cabinet_x_ray=2, radioactive_material=3),
            sealed=mostly(0.6), category=one_of(1, 2, 3, 4, 5),
            activity=one_of("0.5", 1, 100, 999, 1000, 1001, 1000000),
            exempt_quantity=one_of(1, 10, 100), ratio=one_of("0.5", "0.999999", 1, "1.000001", 2),
            dose_rate=one_of("0.5", "0.999", 1, 5, "5.1"),
            nominal_kv=one_of(30, 125, 149, 150, 151, 300),
            particle_kev=one_of(20, 29, 30, 31, 6000), mobile=mostly(0.3),
            fixed_shielding=mostly(0.7), regulation_class=options(permit=1, registration=2),
            in_device_component=mostly(0.3), designated=mostly(0.1),
        ),
        some(
            "operation", "operation", (1, 1, 2, 3), source=names("source"), told="within_scope",
            date=sometimes(0.8, days(1)),
        ),
        some(
            "certificate", "radiation_certificate", (0, 1, 1, 2),
            type=options(radiation_safety=6, protection_officer=1, protection_specialist=1),
            number=numbered("A"), issue_date=days(8),
            valid_from=sometimes(0.5, after("issue_date", 0)),
            expiry_date=sometimes(0.7, after("issue_date", 72, off=(-2, -1, -1, 0))),
            status=options(valid=8, expired=1, revoked=1, rescinded=1, replaced=1),
            replaces=sometimes(0.2, keys("A", 3)), converted=sometimes(0.2, mostly(0.5)),
        ),
        some(
            "expiring", "radiation_certificate", (0, 1, 1, 1), type=options(radiation_safety=9),
            number=numbered("B"), issue_date=days(6, least=5),
            expiry_date=sometimes(0.7, after("issue_date", 72, off=(-2, -1, -1, 0))),
            status=options(valid=9), share=0.3,
        ),
        some(
            "licence", "licence", (0, 1, 1, 1),
            type=options(
                radiology_specialist=2, nuclear_medicine_specialist=2, radiographer_practice=4,
                radiation_protection_personnel=2, operator=2,
            ),
            told="specialty", issue_date=days(8), valid_from=sometimes(0.5, after("issue_date", 0)),
            valid_to=sometimes(0.5, after("issue_date", 60, 72)),
            operator_basis=sometimes(0.5, options()), revoked_date=sometimes(0.05, days(2)),
            share=0.4,
        ),
        some(
            "notice", "facility_notice", (0, 1, 1, 1), filing_date=days(3, ahead=1),
            filed_at=moments("filing_date"), fields=several(share=0.9),
            training_start=after("filing_date", 0, off=(5, 6, 7, 8)),
            starts_at=moments("training_start"),
            training_end=sometimes(0.7, after("training_start", 0, off=(0, 1, 2))),
            records_destroyed_date=sometimes(0.1, days(1)),
        ),
        some(
            "qualified", "qualification", (1, 1, 1, 2),
            type=options(certificate_training=4, substitute_training=3, credits=1),
            provider_type=options(approved_business=4, facility_operator=2, school=1),
            institution_type=_PLACE, foreign=mostly(0.1), moe_recognised=mostly(0.7),
            credits=one_of(1, "1.9", 2, 3), end_date=days(6), proof=mostly(0.9),
            notice=sometimes(0.4, names("notice")),
        ),
        some(
            "exam", "exam", (0, 1, 1, 2), type=options(operator=6, other=1), date=days(4),
            result=options(passed=4, failed=1),
        ),
        some(
            "credit", "credit_entry", (0, 2, 4, 6), points=one_of(0, 1, 2, "4.5", 6),
            source=options(approved_training=4, academic_activity=3, employer_training=3),
            activity=options(attended=6, lectured=2, taught_university=1, university_credits=1),
            hours=adding_up(1440, 2159, 2160, 2161, 4320, 8640),
            academic_credits=one_of(0, 1, 2, 3),
            date=days(7), session_id=sometimes(0.9, keys("S", 5)),
            academic_year=one_of("112", "113", "114"),
        ),
        some(
            "trainee", "trainee", (1, 0, 0, 0), spells("start_date", "end_date", back=1),
            category=options(), institution_type=_PLACE, approved_curriculum=mostly(0.8),
            approval_from=sometimes(0.5, days(2)),
            approval_to=sometimes(0.5, after("approval_from", 6, 12, 24)),
        ),
        some(
            "lecture", "lecture", (2, 1, 1, 0), date=days(1), hours=one_of(60, 179, 180, 181),
            planner_qualified=mostly(0.9), qualified_by=options(), institution_type=_PLACE,
            approved_curriculum=mostly(0.8),
            attendees=sometimes(0.8, several("甲", "乙", share=0.8)),
            instructor=sometimes(0.9, keys("講師", 3)), course=sometimes(0.9, keys("課程", 4)),
            place=sometimes(0.9, one_of("一樓", "二樓")), destroyed_date=sometimes(0.1, days(1)),
        ),
        some(
            "watch", "supervision", (2, 0, 0, 0), qualified=mostly(0.9), qualified_by=options(),
            type=options(guidance=3, direct=2), source=sometimes(0.5, names("source")),
            date=days(1),
        ),
        some(
            "foreigner", "foreign_approval", (0, 0, 1, 1),
            spells("start_date", "end_date", back=1), approval_date=days(1),
            contract_type=options(), filed_by_facility_operator=mostly(), proof=mostly(), share=0.2,
        ),
        some(
            "old", "old_credential", (0, 0, 1, 1), type=options(), date=days(30),
            original_held=mostly(), share=0.3,
        ),
        some(
            "sanction", "sanction", (0, 1, 1, 1),
            type=options(revocation=2, rescission=2, warning=1),
            ground=options(false_documents=2, lending=2, offence=2, serious=1),
            final_conviction=mostly(0.4), decision_date=sometimes(0.9, days(4)),
            service_date=sometimes(0.8, after("decision_date", 0, 1)), share=0.15,
        ),
        some(
            "application", "application", (0, 1, 1, 1),
            type=options(initial=3, renewal=3, reissue=1, conversion=1, expired=1),
            filed_date=sometimes(0.8, days(1)), posted_date=sometimes(0.5, after("filed_date", 0)),
            received_date=sometimes(0.8, after("filed_date", 0, 1)),
            filed_in_the_afternoon=mostly(0.3),
            decision_date=sometimes(0.4, after("filed_date", 1, 3)), documents=several(share=0.8),
            cause=sometimes(0.5, options()),
        ),
        rulings("RAD-3.1.3b", "RAD-4.3a", "RAD-6.2a", "RAD-9.1.0", "RAD-9.1.4"),
    ),
)  # fmt: skip
