"""
Section 5: the matrix. Five abilities for each level; every cell of the level must be met.

One name per cell, in the order of the columns.
"""

from __future__ import annotations

from tiaoli.regulations.rt_ladder import terms
from tiaoli.regulations.rt_ladder.papers import (
    PAPER_TYPES,
    papers,
    publication,
    rt4_papers,
    rt4_patents,
    two_papers,
)
from tiaoli.regulations.rt_ladder.terms import (
    attestation,
    attested,
    distributed,
    field_certificate,
    jct_certification,
    listed_duty,
    qa_qualification,
    quality_activity,
    quality_or_safety_training,
    recent,
    running,
    teacher_certification,
    training,
)
from tiaoli.rules import (
    AS_OF,
    SATISFIED,
    Rule,
    all_of,
    any_of,
    any_record,
    clause,
    count,
    each_from_a_different_event,
    hours,
    judged,
    no,
    reading,
    records,
    related,
    sum_of,
    union,
)

# RT1

_basic = training.where(training.type.is_("basic_radiology"))
_three_topics = all_of(
    *(
        any_record(_basic.where(training.topics.includes(topic)))
        for topic in ("technique", "radiation_protection", "safe_operation")
    )
)
rt1_professional = clause(
    "RTL-5.RT1.PROF",
    reading(
        "rtl.rt1.pgy1_covers_matrix",
        pgy1_covers_topics=_three_topics | any_record(training.where(training.type.is_("pgy1"))),
        topics_must_be_shown=_three_topics,
    ),
)

rt1_clinical = all_of(
    clause("RTL-5.RT1.CLIN.a", any_record(training.where(training.type.is_("basic_clinical")))),
    clause(
        "RTL-5.RT1.CLIN.b",
        any_of(
            attested("independent"),
            all_of(
                no(attestation.where(attestation.scope.is_("operate_supervised"))),
                judged(
                    "RTL-5.RT1.CLIN.b",
                    "是否能獨立操作放射設備",
                    "operates equipment independently",
                    who=("主管", "supervisor"),
                ),
            ),
        ),
    ),
)

rt1_academic = all_of(
    clause("RTL-5.RT1.ACAD.a", any_record(terms.oral_report)),
    clause(
        "RTL-5.RT1.ACAD.b",
        each_from_a_different_event(terms.oral_report, terms.discussion, event="event"),
    ),
)

rt1_teaching = clause("RTL-5.RT1.TEACH", SATISFIED)
rt1_admin = clause("RTL-5.RT1.ADMIN", SATISFIED)

# RT2

_pgy_as_proof = reading(
    "rtl.rt2.pgy",
    pgy2_or_full_completion=training.type.is_in("advanced_clinical", "pgy2", "pgy_completion"),
    any_pgy_certificate=training.type.is_in("advanced_clinical", "pgy1", "pgy2", "pgy_completion"),
)
rt2_quality_training = clause(
    "RTL-5.RT2.PROF.b",
    any_record(
        training.where(
            any_of(
                training.type.is_in("quality_control", "care_quality"),
                training.topics.includes("care_quality"),
                training.topics.includes("image_quality"),
            )
        )
    ),
)
rt2_professional = all_of(
    clause("RTL-5.RT2.PROF.a", any_record(training.where(_pgy_as_proof))), rt2_quality_training
)

rt2_clinical = clause(
    "RTL-5.RT2.CLIN",
    any_of(
        listed_duty("RT2", "performs"),
        judged("RTL-5.RT2.CLIN", "是否從事進階臨床工作", "performs advanced clinical work"),
    ),
)

rt2_academic = all_of(
    clause("RTL-5.RT2.ACAD.a", any_record(terms.case_report)),
    clause(
        "RTL-5.RT2.ACAD.b",
        reading(
            "rtl.rt2.intlconf.window",
            three_years=any_record(
                terms.international_conference.where(recent(terms.conference_day, 3))
            ),
            none=any_record(terms.international_conference),
        ),
    ),
)

_teaching_courses = training.where(
    training.type.is_("faculty_development"), training.category.is_("teaching")
)
rt2_teaching = clause(
    "RTL-5.RT2.TEACH",
    any_of(
        reading(
            "rtl.training.hours_aggregate",
            sum=sum_of(training.hours, _teaching_courses).at_least(hours(4)),
            single_certificate=any_record(_teaching_courses.where(training.hours >= hours(4))),
        ),
        any_record(
            teacher_certification.where(teacher_certification.issuer_type.is_("institution"))
        ),
    ),
)

_meeting = records("meeting_attendance")
rt2_admin = any_of(
    clause(
        "RTL-5.RT2.ADMIN.a",
        sum_of(
            training.hours, quality_or_safety_training.where(recent(training.end_date, 3))
        ).at_least(hours(4)),
    ),
    clause(
        "RTL-5.RT2.ADMIN.b",
        any_record(
            _meeting.where(_meeting.type.is_("unit_quality"), distributed(_meeting.date, 3))
        ),
    ),
)

# RT3

rt3_professional = clause(
    "RTL-5.RT3.PROF", any_record(field_certificate) | any_record(qa_qualification)
)

rt3_clinical = clause(
    "RTL-5.RT3.CLIN",
    any_of(
        all_of(listed_duty("RT3", "performs"), attested("supervise_interns")),
        judged(
            "RTL-5.RT3.CLIN",
            "是否執行進階專業工作並能指導實習學生",
            "performs advanced professional work and can supervise interns",
        ),
    ),
)

rt3_academic = clause("RTL-5.RT3.ACAD", any_record(papers(5, *PAPER_TYPES)))

_teaching = records("teaching_activity")
_supervised = _teaching.where(
    _teaching.type.is_("oral_report_supervision"), ~_teaching.learner_type.is_("other")
)
_jct_in_date = clause(
    "RTL-5.RT3.TEACH.a",
    any_record(
        jct_certification.where(
            teacher_certification.issue_date <= AS_OF, teacher_certification.expiry_date >= AS_OF
        )
    ),
)
_supervision = clause(
    "RTL-5.RT3.TEACH.b",
    reading(
        "rtl.window.three_years_wording",
        same_as_lookback=any_record(_supervised.where(recent(_teaching.date, 3))),
        any_three_year_span=any_record(_supervised),
    ),
)
_lesson_plan = clause(
    "RTL-5.RT3.TEACH.c",
    any_record(_teaching.where(_teaching.type.is_("lesson_plan"), distributed(_teaching.date, 3))),
)
rt3_teaching = reading(
    "rtl.rt3.teach.precedence",
    cert_and_any=_jct_in_date & any_of(_supervision, _lesson_plan),
    left_to_right=any_of(all_of(_jct_in_date, _supervision), _lesson_plan),
)

_role = records("administrative_role")
rt3_admin = any_of(
    clause(
        "RTL-5.RT3.ADMIN.a",
        sum_of(
            training.hours, quality_or_safety_training.where(recent(training.end_date, 3))
        ).at_least(hours(8)),
    ),
    clause(
        "RTL-5.RT3.ADMIN.b",
        any_record(quality_activity.where(distributed(running(quality_activity.end_date), 3))),
    ),
    clause(
        "RTL-5.RT3.ADMIN.c",
        any_record(
            _role.where(
                _role.type.is_("accreditation_lead"), distributed(running(_role.end_date), 3)
            )
        ),
    ),
)

# RT4

_renewal_of_one_on_file = related(field_certificate, (training.renews, training.certificate_number))
_certificates = field_certificate.where(~_renewal_of_one_on_file)
rt4_professional = clause(
    "RTL-5.RT4.PROF",
    reading(
        "rtl.rt4.prof.any_two",
        union_distinct=count(
            union(_certificates, qa_qualification),
            distinct=("certificate_number", "equipment_type"),
        ).at_least(2),
        one_of_each=any_record(_certificates) & any_record(qa_qualification),
    ),
)

rt4_clinical = clause(
    "RTL-5.RT4.CLIN",
    any_of(
        all_of(
            any_of(listed_duty("RT4", "directs"), attested("direct_advanced_work")),
            attested("guide_pgy_or_new_staff"),
        ),
        judged(
            "RTL-5.RT4.CLIN",
            "是否指導進階工作並能指導PGY或新進放射師",
            "directs advanced work and can guide PGY trainees or new staff",
        ),
    ),
)

_peer_reviewed_journal = any_record(
    rt4_papers.where(publication.type.is_("journal_article"), publication.peer_reviewed.is_(True))
)
_journal_or_patent = _peer_reviewed_journal | any_record(rt4_patents)
rt4_academic = all_of(
    clause("RTL-5.RT4.ACAD.a", two_papers),
    clause(
        "RTL-5.RT4.ACAD.b",
        reading(
            "rtl.rt4.journal_or_patent",
            both=_journal_or_patent,
            matrix_only=_journal_or_patent,
            journal_only=_peer_reviewed_journal,
        ),
    ),
)

_service = records("service_role")
_invited = reading(
    "rtl.rt4.invited",
    lecture_only=any_of(
        _service.type.is_("teaching_lecture") & _service.invited.is_(True),
        _service.type.is_in("chair", "judge", "forum_moderator"),
    ),
    all_four=_service.invited.is_(True),
)
rt4_teaching = clause(
    "RTL-5.RT4.TEACH", any_record(_service.where(_invited, recent(_service.date, 5)))
)

_project = records("project")
rt4_admin = any_of(
    clause(
        "RTL-5.RT4.ADMIN.a",
        any_record(
            quality_activity.where(
                quality_activity.role.is_("leader"),
                recent(running(quality_activity.end_date), 5),
            )
        ),
    ),
    clause(
        "RTL-5.RT4.ADMIN.b",
        count(
            quality_activity.where(recent(running(quality_activity.end_date), 5)),
            distinct="activity_id",
        ).at_least(2),
    ),
    clause(
        "RTL-5.RT4.ADMIN.c",
        any_record(
            _project.where(
                _project.profession_related.is_(True), distributed(running(_project.end_date), 5)
            )
        ),
    ),
)


def _cells(*cells: Rule) -> Rule:
    """RTL-5.0: all five columns."""
    return clause("RTL-5.0", all_of(*cells))


CELLS = {
    "RT1": _cells(rt1_professional, rt1_clinical, rt1_academic, rt1_teaching, rt1_admin),
    "RT2": _cells(rt2_professional, rt2_clinical, rt2_academic, rt2_teaching, rt2_admin),
    "RT3": _cells(rt3_professional, rt3_clinical, rt3_academic, rt3_teaching, rt3_admin),
    "RT4": _cells(rt4_professional, rt4_clinical, rt4_academic, rt4_teaching, rt4_admin),
}
