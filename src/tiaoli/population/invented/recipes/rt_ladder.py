"""
Radiographers on a ladder of four levels: licences, service, training, papers, applications.

Invented, shares and all. Who has come far has held a level for years, serves without a break, and
has most of what the next level asks for, at the edge of its windows as often as not.
"""

from __future__ import annotations

from tiaoli.population.invented.days import after, days, spells
from tiaoli.population.invented.draws import (
    keys,
    mostly,
    names,
    one_of,
    options,
    several,
    sometimes,
)
from tiaoli.population.invented.recipe import Recipe, rulings, some, the_subject

LADDER = Recipe(
    the_subject("practitioner", date_of_birth=days(70), told="nationality"),
    (
        some(
            "licence",
            "licence",
            (1, 1, 1, 1),
            exact=True,
            profession=options(radiographer=12, associate_radiographer=2),
            issuer=options(mohw=9, doh=1),
            issue_date=days(15),
            revoked_date=sometimes(0.04, days(3)),
        ),
        some("post", "practice_registration", (1, 1, 1, 2), spells("start_date", "end_date")),
        some("service", "clinical_service", (1, 2, 2, 3), spells("start_date", "end_date")),
        some("member", "membership", (0, 1, 1, 1), spells("from_date", "to_date")),
        some(
            "award-RT1", "level_award", (0, 1, 1, 1), level=options(RT1=1),
            approval_date=days(10, least=1)
        ),
        some(
            "award-RT2", "level_award", (0, 0, 1, 1), level=options(RT2=1),
            approval_date=days(6, least=1)
        ),
        some(
            "award-RT3", "level_award", (0, 0, 0, 1), level=options(RT3=4, RT4=1),
            approval_date=days(5, least=1), share=0.6,
        ),
        some(
            "basic", "training", (1, 1, 1, 1), type=options(basic_radiology=6, pgy1=2),
            topics=several("technique", "radiation_protection", "safe_operation", share=0.85),
            hours=one_of(16, 1199, 1200, 2399, 2400), end_date=days(12), told="document_type",
        ),
        some(
            "clinical", "training", (0, 1, 1, 1),
            type=options(basic_clinical=7, pgy1=1), hours=one_of(2400, 4799, 4800, 4801),
            topics=several(share=0.4), end_date=days(12),
        ),
        some(
            "advanced", "training", (0, 1, 1, 2),
            type=options(advanced_clinical=4, pgy2=1, pgy_completion=1),
            hours=one_of(1199, 1200, 1201, 1799, 1800), end_date=days(6),
        ),
        some(
            "field", "training", (0, 0, 1, 2), type=options(advanced_field=6),
            hours=one_of(1799, 1800, 1801), end_date=days(6),
            issuer_type=options(professional_society=3, teaching_hospital=2),
            document_type=options(training_certificate=3, pass_certificate=3),
            certificate_number=sometimes(0.9, keys("F", 4)), told="field",
            expiry_date=sometimes(0.3, days(2, ahead=12)), renews=sometimes(0.2, keys("F", 4)),
        ),
        some(
            "quality-course", "training", (0, 1, 1, 2),
            type=options(quality_control=3, care_quality=2), topics=several(share=0.4),
            hours=one_of(60, 119, 120, 239, 240, 241), end_date=days(4),
        ),
        some(
            "safety-course", "training", (0, 1, 1, 2), type=options(patient_safety=6),
            hours=one_of(60, 239, 240, 241, 479, 480), end_date=days(4),
        ),
        some(
            "teacher-course", "training", (0, 1, 1, 2), type=options(faculty_development=6),
            category=options(teaching=5, research=2, other=1),
            hours=one_of(60, 239, 240, 241, 480), end_date=days(4),
        ),
        some(
            "independent", "competency_attestation", (1, 1, 1, 1),
            scope=options(independent=6, operate=1, operate_supervised=1), date=days(8),
        ),
        some(
            "guides", "competency_attestation", (0, 0, 1, 2),
            scope=options(supervise_interns=3, guide_pgy_or_new_staff=3, direct_advanced_work=1),
            date=days(8),
        ),
        some(
            "duty", "clinical_duty", (0, 1, 1, 2), spells("start_date", "end_date", back=8),
            institution=keys("H", 2), item=one_of("心臟磁振造影", "介入攝影", "乳房攝影", "骨密"),
            role=options(performs=3, directs=2),
        ),
        some(
            "list", "institution_duty_list", (1, 1, 1, 2), spells("from_date", "to_date"),
            owner=options(institution=4, society=1), institution=keys("H", 2),
            items=several("心臟磁振造影", "介入攝影", "乳房攝影", share=0.6),
        ),
        some(
            "report", "presentation", (0, 1, 1, 2), type=options(oral_report=6, oral=1),
            presenter=options(presenter=6, attendee=1), patient_case=mostly(0.4), date=days(6),
            event=sometimes(0.9, keys("E", 3)), told="professional",
        ),
        some(
            "case", "presentation", (0, 1, 1, 2), type=options(case_report=6, poster=1),
            presenter=options(presenter=6, attendee=1), patient_case=mostly(0.8), date=days(6),
            event=sometimes(0.9, keys("E", 3)), told="professional",
        ),
        some(
            "discussion", "case_discussion", (0, 1, 2, 3), date=days(5),
            event=sometimes(0.9, keys("E", 3)),
        ),
        some(
            "congress", "conference_attendance", (0, 1, 1, 2), international=mostly(0.6),
            country=options(domestic=3, abroad=1), first_day=days(4),
            last_day=after("first_day", 0, off=(0, 1, 2)),
        ),
        some(
            "meeting", "meeting_attendance", (0, 1, 2, 3),
            type=options(unit_quality=5, other=1), date=days(4),
        ),
        some(
            "paper", "publication", (0, 0, 1, 3), work_id=sometimes(0.8, keys("W", 4)),
            type=options(journal_article=3, conference_poster=3, conference_oral=2, proceedings=1),
            author_role=options(first=4, corresponding=2, co_first=1, second=1),
            peer_reviewed=mostly(0.6), publication_date=days(6),
            acceptance_date=sometimes(0.4, after("publication_date", -6, -1, 0)),
        ),
        some("patent", "patent", (0, 0, 0, 1), grant_date=days(8), share=0.1),
        some(
            "teaching", "teaching_activity", (0, 1, 1, 2),
            type=options(oral_report_supervision=2, lesson_plan=1),
            learner_type=options(intern=4, colleague=1), date=days(4),
        ),
        some(
            "role", "service_role", (0, 0, 1, 2),
            type=options(teaching_lecture=4, chair=1, judge=1), told="invited", date=days(4),
        ),
        some(
            "teacher", "teacher_certification", (0, 0, 1, 1),
            issuer_type=options(jct=4, institution=2), issue_date=days(6),
            expiry_date=after("issue_date", 36, 60, 72),
        ),
        some("qa", "qa_qualification", (0, 0, 0, 1), issue_date=days(8), told="equipment_type"),
        some(
            "quality", "quality_activity", (0, 0, 1, 2), spells("start_date", "end_date", back=5),
            role=options(leader=2, participant=1), told="activity_id",
        ),
        some(
            "project", "project", (0, 0, 0, 1), spells("start_date", "end_date", back=5),
            told="profession_related",
        ),
        some(
            "office", "administrative_role", (0, 0, 0, 1), spells("start_date", "end_date", back=6),
            type=options(accreditation_lead=3, other=1),
        ),
        some(
            "house", "institution", (1, 1, 1, 1), spells("from_date", "to_date"),
            code=keys("H", 2), told="accreditation_grade",
        ),
        some(
            "review", "institution_review", (0, 0, 1, 2), level=options(RT3=3, RT4=3),
            result=options(passed=5, failed=1), date=days(1),
        ),
        some(
            "second-review", "society_review", (0, 0, 0, 1), level=options(RT3=1, RT4=2),
            result=options(passed=4, failed=1), date=days(1),
        ),
        some(
            "application", "application", (0, 1, 1, 1),
            level=options(RT1=2, RT2=2, RT3=2, RT4=1), route=options(),
            drafted_date=sometimes(0.8, days(1)),
            institution_received_date=sometimes(0.8, after("drafted_date", 0, 1)),
            society_submission_date=sometimes(0.5, after("drafted_date", 1, 3)),
            society_complete_date=sometimes(0.5, after("drafted_date", 1, 3, 6)),
            payment_date=sometimes(0.5, after("drafted_date", 1)),
            decision_date=sometimes(0.4, after("drafted_date", 1, 3, 6)),
            decided_by=options(), type=options(initial=3),
        ),
        some(
            "move", "move", (0, 0, 0, 1), from_institution=keys("H", 2),
            to_institution=keys("H", 3), date=days(2),
            recognition_date=sometimes(0.6, after("date", 1, 3, 6)),
            receiving_decision=sometimes(0.8, options(confirmed=3, other_level=1, refused=1)),
            share=0.4,
        ),
        rulings(
            "RTL-2.2", "RTL-4B.RT1.EQUIP", "RTL-5.RT1.CLIN.b", "RTL-5.RT2.CLIN",
            "RTL-5.RT3.CLIN", "RTL-5.RT4.CLIN", "RTL-8.2",
            about=sometimes(0.1, names("application")),
        ),
    ),
)  # fmt: skip
