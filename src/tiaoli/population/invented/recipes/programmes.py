"""
Training programmes: residents year by year, teachers, machines, cases, meetings, reviews.

Invented, shares and all. A programme has up to a few residents and some hundreds of records; what
is told of a resident names one of them, and now and then nobody.
"""

from __future__ import annotations

from tiaoli.population.invented.days import after, days, spells
from tiaoli.population.invented.draws import (
    in_turn,
    keys,
    mostly,
    names,
    numbered,
    one_of,
    options,
    several,
    sometimes,
)
from tiaoli.population.invented.modelled import Model
from tiaoli.population.invented.recipe import Recipe, rulings, some, the_subject

_RESIDENT = names("resident", "住院醫師")
_TEACHER = names("teacher", "教師")
_SPELL = spells("from_date", "to_date")

PROGRAMMES = Recipe(
    the_subject(
        "programme",
        lead_institution=one_of("H-1", "H-1", "H-2"),
        training_start=days(1, ahead=3),
        plan_adopted_date=sometimes(0.9, days(4)),
        elects_deemed_status=sometimes(0.5, mostly(0.5)),
        recognised_since=sometimes(0.8, days(10)),
        previous_visit_date=sometimes(0.8, days(4)),
        previous_recommendations=sometimes(0.7, several("甲", "乙", "丙", share=0.4)),
        responses=sometimes(0.7, several("甲", "乙", "丙", share=0.5)),
        passport_attainment=one_of("79.9", 80, "89.9", 90, 100),
        new_applicant=mostly(0.1),
        standard_effective_from=sometimes(0.5, days(1)),
        told="plan_document passport passport_assessment_field passport_feedback_field "
        "assessment_form assessment_schedule files_by_level ability_goals "
        "teaching_ability_content ethics_taught_on_cases",
    ),
    (
        some(
            "resident", "resident", (0, 1, 2, 4), name=numbered("住院醫師"), start_date=days(4),
            completion_date=sometimes(0.4, after("start_date", 36, 48)), full_time=mostly(0.95),
            other_appointments=sometimes(0.1, several("門診", "急診", share=0.6)),
            mentor=sometimes(0.9, keys("教師", 3)), individual_file=mostly(0.95),
            completion_summary_date=sometimes(0.4, after("start_date", 36, 48)),
            independence_certified=mostly(0.8), tasks_done=several(share=0.8),
            difficulties=sometimes(0.2, options(recorded=3)),
        ),
        some(
            "teacher", "faculty_member", (1, 2, 3, 4), _SPELL, name=numbered("教師"),
            specialty=options(nuclear_medicine=9), specialist_date=days(20, least=4),
            specialist_valid_to=sometimes(0.8, days(1, ahead=36)), full_time=mostly(0.9),
            attending_since=days(20, least=4), teacher_qualification=sometimes(0.9, options(jct=2)),
            teacher_valid_to=sometimes(0.8, days(1, ahead=36)),
            development_hours_required=one_of(240, 240, 480), development_required=mostly(0.9),
            development_hours_done=one_of(239, 240, 241, 480, 600),
            moe_rank=sometimes(0.5, options()), teaching_experience=mostly(0.9),
            mentor_of=sometimes(0.8, several("住院醫師-1", "住院醫師-2", share=0.5)),
        ),
        some(
            "director", "programme_director", (1, 1, 1, 1), appointed_date=days(6),
            to_date=sometimes(0.1, days(1)), faculty=names("teacher"),
            duties_explained=several(share=0.9), knows_warning_signs=mostly(0.9),
        ),
        some(
            "head", "teaching_head", (1, 1, 1, 1), _SPELL, specialty=options(nuclear_medicine=9),
            specialist_date=days(20, least=4),
            specialist_valid_to=sometimes(0.8, days(1, ahead=36)),
        ),
        some(
            "staff", "support_staff", (1, 3, 4, 5), _SPELL, type=in_turn(),
            told="full_time helps_teach teaching_records",
        ),
        some("nurse", "nurse", (1, 1, 1, 2), _SPELL, told="qualified"),
        some(
            "operator", "device_operator", (1, 2, 3, 3), _SPELL, told="qualified",
            assigned_devices=several("gamma-1", "pet-1", share=0.6),
        ),
        some(
            "house", "institution", (1, 1, 2, 2), spells("from_date", "to_date", back=10),
            name=numbered("H"), part=options(lead=3, partner=1), teaching_hospital=mostly(),
            teaching_from=sometimes(0.9, days(8)), teaching_to=sometimes(0.4, days(1, ahead=24)),
            residency_criterion=options(met=9), facility_designation=options(both=9),
        ),
        some(
            "partner", "partner_agreement", (0, 1, 1, 1), partner=one_of("H-2", "H-2", "H-3"),
            signed_date=days(5), valid_to=sometimes(0.7, after("signed_date", 12, 36, 60)),
            services=several(share=0.6), share=0.6,
            told="training_policy_stated delegated_plan qualification_document "
            "meets_recognition_criteria meets_joint_training_rules partner_meets_all_conditions",
        ),
        some(
            "machine", "equipment", (2, 4, 5, 6), name=numbered("gamma"), type=in_turn(),
            in_service_from=days(12), in_service_to=sometimes(0.1, days(1)),
            institution=one_of("H-1", "H-1", "H-2"),
            maintenance_interval=sometimes(0.9, one_of(1, 3, 6, 12)),
        ),
        some(
            "check", "equipment_check", (4, 12, 20, 30), equipment=names("machine"),
            type=options(maintenance=2, calibration=1), date=days(4), told="report",
        ),
        some(
            "service", "medical_service", (2, 4, 5, 5),
            spells("operating_from", "operating_to", back=6), service=in_turn(),
            provided_by=options(department=6, hospital=1, partner=2), continuous=mostly(0.95),
            provider=sometimes(0.4, one_of("H-1", "H-2")),
        ),
        some(
            "outage", "service_outage", (0, 1, 1, 1), service=options(), start_date=days(2),
            end_date=sometimes(0.8, after("start_date", 0, 1, 3)), share=0.3,
        ),
        some("ria", "ria_laboratory", (1, 2, 3, 4), institution=one_of("H-1", "H-1", "H-2"),
             year=one_of(2022, 2023, 2024, 2025), tests=one_of(0, 4999, 5000, 5001, 20000)),
        some(
            "cyclotron", "cyclotron_record", (0, 1, 1, 2),
            spells("operating_from", "operating_to", back=6),
            resident=sometimes(0.7, _RESIDENT), experience_date=sometimes(0.7, days(3)),
        ),
        some(
            "rooms", "facility", (1, 1, 1, 1),
            desk=options(near=6, same_floor=2), locker=options(dedicated=6, shared=1),
            pc=options(dedicated=6, shared=1), orientation_education=options(complete=6),
            told="seat office near_work_area network books discussion_room research_tools "
            "research_space protection_items counselling_unit duty_room beds_or_substitute "
            "biosafety radiation_monitoring",
        ),
        some(
            "case", "passport_entry", (10, 60, 120, 240), resident=_RESIDENT, date=days(4),
            type=options(case=12, report_writing=6, image_reading=6),
            also=sometimes(0.2, several(share=0.2)), category=sometimes(0.9, options()),
            also_categories=sometimes(0.1, several(share=0.2)),
            case_count=one_of(1, 1, 1, 2, 10, 50),
            signed_date=sometimes(0.95, after("date", 0, 1, 3)), told="assessment feedback",
        ),
        some(
            "lesson", "course_attendance", (4, 12, 24, 40), resident=_RESIDENT, date=days(4),
            topic=in_turn(), also=sometimes(0.2, several(share=0.15)),
        ),
        some(
            "meeting", "conference", (12, 40, 80, 120),
            type=options(case=4, journal=4, research=2, joint=2, multi_department=2, monthly=1),
            date=days(4), abroad=mostly(0.1), residents_taken=sometimes(0.5, mostly(0.7)),
            minutes=mostly(0.95), main_speaker=sometimes(0.8, keys("教師", 4)),
            attendees=sometimes(
                0.9,
                several("住院醫師-1", "住院醫師-2", "住院醫師-3", "教師-1", "教師-2", share=0.7),
            ),
        ),
        some(
            "turn", "rotation", (2, 6, 10, 16), resident=sometimes(0.9, _RESIDENT),
            institution=one_of("H-1", "H-1", "H-2"), area=in_turn(), start_date=days(4),
            months=one_of("0.5", 1, 2, 3, 6), status=options(planned=2, actual=3),
            end_date=after("start_date", 1, 2, 3),
        ),
        some(
            "appraisal", "evaluation", (2, 8, 12, 20), resident=_RESIDENT, date=days(4),
            assessor_roles=several(share=0.7), competencies=several(share=0.8),
            discussed_date=sometimes(0.9, after("date", 0, 1)), viewed_by_resident=mostly(0.95),
            promotion_date=sometimes(0.5, after("date", 1, 3)), stored=mostly(0.95),
        ),
        some(
            "progress", "progress_review", (1, 4, 8, 12), resident=_RESIDENT, date=days(4),
            told="director_signed cases_reviewed learning_reviewed progress_adjusted",
        ),
        some(
            "interview", "interview_record", (1, 4, 8, 12), resident=_RESIDENT, date=days(4),
            told="by_director director_signed feedback aspects",
        ),
        some(
            "exam", "scheduled_assessment", (1, 4, 8, 12), resident=_RESIDENT,
            due_date=sometimes(0.95, days(4)), held_date=sometimes(0.9, after("due_date", 0, 1)),
            told="recorded",
        ),
        some(
            "roster", "duty_roster", (0, 1, 2, 3), resident=_RESIDENT, start_date=days(3),
            end_date=after("start_date", 0, off=(6, 27, 27, 27, 27, 27, 27, 28)),
            type=options(total=9, duty=1, regular=1),
            hours=one_of(9600, 12000, 16000, 18000, 19199, 19200, 19200, 19201),
            longest_duty=one_of(720, 1440, 1440, 1500, 1679, 1680, 1680, 1681),
            rest_days=one_of(3, 4, 4, 4, 4, 5, 6, 8),
            leave_taken=one_of(0, "0.5", 1, 7), leave_policy=mostly(),
        ),
        some(
            "school", "health_education_session", (1, 4, 8, 12), resident=_RESIDENT, date=days(4),
            told="record feedback",
        ),
        some("harm", "radiation_injury_training", (1, 2, 3, 6), resident=_RESIDENT, date=days(4)),
        some(
            "report", "image_report", (4, 20, 40, 60), date=days(4),
            drafter=sometimes(0.9, _RESIDENT),
            told="signed_by_specialist review_record feedback",
        ),
        some(
            "therapy", "radionuclide_therapy", (1, 4, 8, 12), date=days(4),
            specialist_team=mostly(), combined_interventional=mostly(0.4),
        ),
        some(
            "teaching-review", "faculty_evaluation", (1, 4, 6, 8), teacher=_TEACHER, date=days(4),
            group_hours=one_of(59, 60, 120), told="satisfaction_survey talks_with_director "
            "used_in_rewards stored",
        ),
        some("prize", "award", (0, 1, 1, 2), teacher=_TEACHER, date=days(4)),
        some(
            "paper", "publication", (0, 2, 4, 8),
            type=options(journal_article=4, conference_poster=2, conference_oral=2),
            article_type=options(full_article=4, case_report=3, review=1),
            author_role=options(first=3, corresponding=3, co_author=1),
            author=sometimes(0.9, keys("教師", 4)), guided_resident=sometimes(0.4, _RESIDENT),
            journal_type=options(), publication_date=days(5),
            acceptance_date=sometimes(0.5, after("publication_date", -6, -1, 0)),
        ),
        some(
            "shown", "presentation", (0, 1, 3, 6), type=options(oral=3, poster=3),
            person=sometimes(0.9, _RESIDENT), guided_by=sometimes(0.8, _TEACHER), date=days(4),
            society_annual_meeting=mostly(0.6), monthly_meeting=sometimes(0.4, mostly(0.7)),
            presenter=options(presenter=6),
        ),
        some(
            "shelf", "teaching_material", (2, 8, 12, 16), type=in_turn(),
            year=one_of(2023, 2024, 2025),
            count=one_of(0, 1, 5, 9, 10, 11, 50), publication_date=sometimes(0.7, days(6)),
            subject_area=sometimes(0.6, options()), system=sometimes(0.6, options()),
        ),
        some("examined", "exam_result", (0, 1, 2, 3), year=one_of(2021, 2022, 2023, 2024, 2025),
             told="passed"),
        some("minutes", "committee_minutes", (1, 2, 4, 6), date=days(3),
             told="radiation_protection minutes"),
        some("complaint", "complaint", (0, 1, 1, 1), channel=options(), filed_date=days(3),
             handled=options(), share=0.4),
        some("ethics", "ethics_event", (0, 1, 1, 1), date=days(3), handling=options(), share=0.4),
        some("event", "serious_event", (0, 1, 1, 1), date=days(3), handled=options(), share=0.3),
        some("survey", "survey", (0, 1, 2, 2), by=options(), date=days(3)),
        some("reward", "incentive_rule", (0, 1, 1, 2), scope=in_turn(), adopted_date=days(5)),
        some(
            "policy", "supervision_policy", (1, 1, 1, 1), adopted_date=sometimes(0.9, days(5)),
            told="written_norm explained carried_out records complaint_channel duty_hour_channel "
            "promotion follow_up faculty_training review_mechanism",
        ),
        some("ability", "graded_ability", (1, 3, 4, 4), year=in_turn(),
             told="observable_behaviour"),
        some("milestone", "milestone_framework", (1, 4, 6, 6), competency=in_turn(),
             sub_competencies=sometimes(0.9, several("甲", "乙", share=0.8)), adopted_date=days(4)),
        some("change", "programme_change", (0, 1, 1, 1), date=days(1),
             report_date=sometimes(0.8, after("date", 1, 3)), share=0.4),
        some(
            "certificate", "radiation_certificate", (0, 1, 2, 3), type=options(radiation_safety=4),
            holder=sometimes(0.9, _TEACHER), issue_date=days(6),
            valid_from=sometimes(0.5, after("issue_date", 0)),
            expiry_date=sometimes(0.7, after("issue_date", 72)), status=options(valid=8),
        ),
        some("weight", "item_weight", (0, 2, 4, 4), item=in_turn(), weight=one_of("0.5", 1, 4, 100),
             from_date=sometimes(0.5, days(2)), share=0.3),
        some(
            "mark", "surveyor_score", (9, 18, 27, 27), surveyor=keys("委員", 2), item=in_turn(),
            score=one_of(1, 2, 3, 4, 4, 5), explanation=sometimes(0.8, keys("說明", 3)),
            evidence_links=sometimes(0.6, several("甲", "乙", share=0.6)),
            submitted_date=sometimes(0.9, days(1)),
        ),
        some(
            "agreed", "consensus_score", (5, 14, 27, 27), item=in_turn(),
            score=one_of(1, 2, 3, 4, 4, 5), explanation=sometimes(0.8, keys("說明", 3)),
            agreed_date=sometimes(0.9, days(1)),
        ),
        some("explained", "norm_explanation", (0, 1, 2, 2), item=in_turn(), date=days(1),
             told="accepted", share=0.3),
        rulings(
            "NM-2.1.C", "NM-2.1.H1", "NM-2.1.L3", "NM-2.1.L4", "NM-2.2.C", "NM-2.2.H", "NM-2.2.L3",
            "NM-2.2.L4", "NM-2.2.L5", "NM-4.1.H", "NM-4.1.L5", "NM-4.2a.H", "NM-4.2a.L3",
            "NM-4.2a.L5", "NM-4.3.H1", "NM-4.3.H2", "NM-4.3.L4.a", "NM-4.3.L4.b", "NM-4.3.L4.c",
            "NM-5.1.1.H", "NM-5.1.2.1.H", "NM-5.1.2.1.L3", "NM-5.1.2.1.L4", "NM-5.1.2.2.H",
            "NM-5.1.2.2.L3", "NM-5.2.1.L3", "NM-5.2.2.H", "NM-6.1.L5", "NM-6.2.H", "NM-6.2.L3",
            "NM-6.2.L5", "NM-6.3.H", "NM-6.3.L5", "NM-6.4.L3", "NM-7.1.1.H", "NM-7.1.2.H",
            "NM-7.1.2.L5", "NM-7.1.3.H", "NM-7.1.3.L4", "NM-7.2.H", "NM-9.1.B", "NM-9.1.H",
            "NM-9.2.C", "NM-9.2.H1", "NM-9.3.H1", share=0.9,
        ),
    ),
    Model(
        "model_programme.toml", share=0.6,
        instead={
            "judgement": ("decision", "not_met"), "consensus_score": ("score", 2),
            "exam_result": ("passed", False),
        },
    ),
)  # fmt: skip
