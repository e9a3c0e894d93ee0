"""Chapter 5(1)3 and the appendix: what a course case has to hold, by the mode of the course."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.regulations.rrt_ce.course import (
    course,
    course_session,
    decision,
    is_network,
    lecturer,
    sessions,
)
from tiaoli.rules import (
    NEVER,
    Band,
    Figure,
    Question,
    Rule,
    all_of,
    amount_clause,
    any_of,
    any_record,
    clause,
    count,
    every,
    reading,
    the,
    told_if_met,
)

ORGANISERS = (
    "college",
    "medical_society",
    "learned_society",
    "professional_association",
    "association",
    "occupational_union",
    "industrial_union",
    "enterprise_union",
    "foundation",
    "teaching_hospital",
    "competent_authority",
    "government_agency",
)

organiser = Question(
    id="organiser",
    label=Label("開課單位資格", "Organiser"),
    asks=Label(
        "這個單位能否申請開課認可", "whether this body may apply for recognition of a course"
    ),
    bands=(Band("accepted", clause("RRT-4.1.ORG", course.organiser_type.is_in(*ORGANISERS))),),
    otherwise="refused",
    about="course_case",
)

# The form

_by_net = course.channel.is_("online")
_online = clause("RRT-5.1.3.1.a", _by_net)
_both_systems = clause("RRT-5.1.1.DUAL", course.cec_reference.is_given())
_course_facts = clause(
    "RRT-5.1.3.1.b",
    all_of(
        course.title.is_given(),
        course.venue.is_given(),
        course.first_activity_date.is_given(),
        any_record(sessions),
        every(sessions, course_session.start < course_session.end),
    ),
)
_lecturers = clause(
    "RRT-5.1.3.1.c",
    all_of(
        any_record(lecturer),
        every(lecturer, all_of(lecturer.education.is_given(), lecturer.experience.is_given())),
    ),
)
_abstracts = clause("RRT-5.1.3.1.d", every(sessions, course_session.abstract.is_(True)))

_has_own_number = any_of(
    ~lecturer.medical_personnel.is_(True),
    lecturer.specialist_certificate.is_given(),
    all_of(lecturer.therapist_certificate.is_given(), lecturer.teacher_to.is_given()),
    lecturer.grounds.includes("other_field"),
)
"""A specialty number, or what stands for it where the profession has no specialties."""

_online_form = all_of(course.documents.includes("online_form"), every(lecturer, _has_own_number))
_timetable = course.documents.includes("timetable")


def _of_mode(mode: str, form: str, timetable: str) -> Rule:
    asked = all_of(clause(form, _online_form), clause(timetable, _timetable))
    return any_of(~course.mode.is_in(*_MODES[mode]), asked)


_MODES = {"1": ("1", "5"), "2": ("2",), "3": ("3",), "4": ("4",)}
_quiz = any_of(~is_network, clause("RRT-D.1.3", course.documents.includes("quiz")))
_documents = clause(
    "RRT-5.1.3.4",
    all_of(
        _of_mode("1", "RRT-D.1.1", "RRT-D.1.2"),
        _of_mode("2", "RRT-D.2.1", "RRT-D.2.2"),
        _of_mode("3", "RRT-D.3.ORG.1", "RRT-D.3.ORG.2"),
        _of_mode("4", "RRT-D.4.1", "RRT-D.4.2"),
        _quiz,
    ),
)

course_data = Question(
    id="course-data",
    label=Label("課程資料與文件", "Course data and documents"),
    asks=Label(
        "這件開課申請的資料與文件是否齊備",
        "whether the data and documents of this course case are complete",
    ),
    bands=(
        Band("refused", told_if_met(clause("RRT-5.1.3.1.a", ~_by_net))),
        Band(
            "complete",
            all_of(_online, _both_systems, _course_facts, _lecturers, _abstracts, _documents),
        ),
    ),
    otherwise="incomplete",
    about="course_case",
)

# International symposia: a label that nothing else depends on

_taiwan = ("台灣", "臺灣", "Taiwan")
_affiliated = lecturer.where(lecturer.country.is_given())
_countries = amount_clause(
    "RRT-5.1.3.3",
    reading(
        "rrt.intl_symposium.country",
        affiliation_with_taiwan=count(_affiliated, distinct="country"),
        affiliation_without_taiwan=count(
            _affiliated.where(~lecturer.country.is_in(*_taiwan)), distinct="country"
        ),
        nationality=count(lecturer.where(lecturer.nationality.is_given()), distinct="nationality"),
    ),
)
_international = clause("RRT-5.1.3.3", _countries.at_least(3))
_EFFECT = "rrt.intl_symposium.effect"
_as_mode_2 = reading(_EFFECT, none=NEVER, mode_2=_international, mode_3=NEVER)
_as_mode_3 = reading(_EFFECT, none=NEVER, mode_2=NEVER, mode_3=_international)
international = Question(
    id="international",
    label=Label("國際研討會", "International symposium"),
    asks=Label(
        "這場研討會是否稱為國際性，有無別的效果",
        "whether this symposium is called international, and whether anything follows",
    ),
    bands=(
        Band("counts_as_mode_2", told_if_met(_as_mode_2)),
        Band("counts_as_mode_3", told_if_met(_as_mode_3)),
        Band("international", _international),
    ),
    otherwise="not_international",
    figures=(Figure("countries", Label("國家數", "Countries"), _countries),),
    about="course_case",
)

# What was decided

verdict = the(decision)
_publishable = Question(
    id="publication",
    label=Label("公告內容", "Publication of a decision"),
    asks=Label("這項審定結果可否公告", "whether this decision may be published"),
    bands=(
        Band(
            "publishable",
            clause(
                "RRT-5.1.2.REASON",
                any_of(
                    verdict.verdict.is_("passed"),
                    all_of(verdict.verdict.is_("failed"), verdict.reason.is_given()),
                ),
            ),
        ),
    ),
    otherwise="blocked",
    about="decision",
)

_manual_credit = Question(
    id="credit-entry",
    label=Label("點數由系統計算", "Credit computed by the system"),
    asks=Label("能否由人直接填入點數", "whether a number of credits may be typed in by hand"),
    bands=(
        Band(
            "accepted",
            clause(
                "RRT-5.1.3.2.c",
                all_of(verdict.reason.is_given(), verdict.reviewers.is_given()),
            ),
        ),
    ),
    otherwise="refused",
    about="decision",
)

QUESTIONS = (organiser, course_data, international, _publishable, _manual_credit)
