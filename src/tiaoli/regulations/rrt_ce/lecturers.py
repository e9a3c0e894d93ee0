"""Section 2: who may teach. One ground is enough, except where gender credits are applied for."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.regulations.rrt_ce.course import course
from tiaoli.rules import (
    NEVER,
    Question,
    Rule,
    all_of,
    any_of,
    any_record,
    between,
    clause,
    date_of,
    every,
    judged,
    or_else,
    qualifies,
    reading,
    records,
    related,
    the,
    years,
)
from tiaoli.rules.moments import last_day_of

session = records("course_session")
lecturer = records("lecturer_profile")
asked_about = the(session, session.date)

_taught_on = reading(
    "rrt.lecturer.validity_date",
    session_date=asked_about.date,
    application_date=course.filed_date,
)

# The grounds

_far = last_day_of(asked_about.date, years(50))
therapist = clause(
    "RRT-2.1",
    all_of(
        lecturer.therapist_certificate.is_given(),
        lecturer.teacher_from.is_given(),
        between(_taught_on, lecturer.teacher_from, or_else(lecturer.teacher_to, _far)),
    ),
)
ministry = clause(
    "RRT-2.2",
    all_of(
        lecturer.moe_rank.is_in(
            "lecturer", "assistant_professor", "associate_professor", "professor"
        ),
        lecturer.moe_certificate.is_given(),
    ),
)
specialist = clause("RRT-2.3", lecturer.specialist_certificate.is_given())
_PANEL = ("審核委員", "reviewing committee member")
other_field = clause(
    "RRT-2.4",
    all_of(
        lecturer.grounds.includes("other_field"),
        lecturer.field.is_given(),
        judged(
            "RRT-2.4",
            "其領域之學經歷是否與呼吸治療師的標準相當",
            "whether education and experience in that field match the standard for therapists",
            who=_PANEL,
        ),
    ),
)
authority = clause(
    "RRT-2.5",
    all_of(
        lecturer.grounds.includes("authority_post"),
        lecturer.agency.is_given(),
        lecturer.post.is_given(),
        judged(
            "RRT-2.5",
            "現任或曾任的職務是否相關",
            "whether the post held now or before is a relevant one",
            who=_PANEL,
        ),
    ),
)
expertise = clause(
    "RRT-2.7",
    all_of(
        lecturer.grounds.includes("expertise"),
        judged(
            "RRT-2.7",
            "是否認可其特殊專長",
            "whether the special expertise is accepted",
            who=_PANEL,
        ),
    ),
)
gender_list = any_of(
    clause("RRT-2.6.a", lecturer.moe_list_checked <= asked_about.date),
    clause("RRT-2.6.b", lecturer.ey_list_checked <= asked_about.date),
    clause(
        "RRT-2.6.c",
        between(lecturer.past_gender_lecture, date_of(2018, 8, 1), date_of(2023, 8, 31)),
    ),
)

_other_ground = any_of(therapist, ministry, specialist, other_field, authority, expertise)
_on_gender = asked_about.topics.includes("gender")
_KEY = "rrt.lecturer.gender"
_qualified = clause(
    "RRT-2.0",
    any_of(
        all_of(
            _on_gender,
            gender_list,
            reading(
                _KEY,
                necessary_and_sufficient=any_of(_other_ground, gender_list),
                necessary_only=_other_ground,
            ),
        ),
        all_of(
            ~_on_gender,
            any_of(
                _other_ground,
                reading(_KEY, necessary_and_sufficient=gender_list, necessary_only=NEVER),
            ),
        ),
    ),
)

# Whose grounds are looked at

_this_session = session.where(
    session.date.same_as(asked_about.date),
    session.start.same_as(asked_about.start),
    any_of(session.title.is_absent(), session.title.same_as(asked_about.title)),
)


def _teaches(in_: Rule) -> Rule:
    return every(lecturer.where(in_), _qualified)


_named = any_record(session.where(session.lecturers.is_given()))

lecturers_qualified = all_of(
    any_record(lecturer),
    _named,
    reading(
        "rrt.lecturer.granularity",
        session=_teaches(related(_this_session, (lecturer.name, session.lecturers))),
        whole_case=_teaches(related(session, (lecturer.name, session.lecturers))),
    ),
)

lecturers: Question = qualifies(
    "lecturers",
    Label("授課者資格", "Lecturers of a session"),
    Label(
        "這堂課的授課者是否都符合資格",
        "whether every lecturer of this session is qualified to teach it",
    ),
    lecturers_qualified,
    about="course_session",
)

QUESTIONS = (lecturers,)
