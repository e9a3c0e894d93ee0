"""Section 2: who may teach. One ground is enough, except where gender credits are applied for."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.regulations.rrt_ce.course import last_case
from tiaoli.rules import (
    NEVER,
    SATISFIED,
    Records,
    Rule,
    all_of,
    any_of,
    any_record,
    between,
    clause,
    date_of,
    every,
    judged,
    latest,
    or_else,
    qualifies,
    reading,
    records,
    related,
    the,
)
from tiaoli.rules.records import One

session = records("course_session")
lecturer = records("lecturer_profile")
_PANEL = ("審核委員", "reviewing committee member")
_KEY = "rrt.lecturer.gender"

Profile = One | Records
"""One lecturer, or the lecturer in hand among several."""


def _ruled(clause_id: str, claimed: Rule, zh: str, en: str) -> Rule:
    """A ground that only a person can find to be there, once it is claimed."""
    return clause(clause_id, all_of(claimed, judged(clause_id, zh, en, who=_PANEL)))


def _on_the_list(who: Profile, taught: One) -> Rule:
    return any_of(
        clause("RRT-2.6.a", who.moe_list_checked <= taught.date),
        clause("RRT-2.6.b", who.ey_list_checked <= taught.date),
        clause(
            "RRT-2.6.c",
            between(who.past_gender_lecture, date_of(2018, 8, 1), date_of(2023, 8, 31)),
        ),
    )


def _other_ground(who: Profile, taught: One) -> Rule:
    valid_on = reading(
        "rrt.lecturer.validity_date",
        session_date=taught.date,
        application_date=last_case.filed_date,
    )
    return any_of(
        clause(
            "RRT-2.1",
            all_of(
                who.therapist_certificate.is_given(),
                between(valid_on, who.teacher_from, or_else(who.teacher_to, valid_on)),
            ),
        ),
        clause(
            "RRT-2.2",
            all_of(
                who.moe_rank.is_in(
                    "lecturer", "assistant_professor", "associate_professor", "professor"
                ),
                who.moe_certificate.is_given(),
            ),
        ),
        clause("RRT-2.3", who.specialist_certificate.is_given()),
        _ruled(
            "RRT-2.4",
            all_of(who.grounds.includes("other_field"), who.field.is_given()),
            "其領域之學經歷是否與呼吸治療師的標準相當",
            "whether education and experience in that field match the standard for therapists",
        ),
        _ruled(
            "RRT-2.5",
            all_of(
                who.grounds.includes("authority_post"),
                who.agency.is_given(),
                who.post.is_given(),
            ),
            "現任或曾任的職務是否相關",
            "whether the post held now or before is a relevant one",
        ),
        _ruled(
            "RRT-2.7",
            who.grounds.includes("expertise"),
            "是否認可其特殊專長",
            "whether the special expertise is accepted",
        ),
    )


def _qualified(who: Profile, taught: One) -> Rule:
    listed, other = _on_the_list(who, taught), _other_ground(who, taught)
    on_gender = taught.topics.includes("gender")
    for_gender = all_of(
        listed, reading(_KEY, necessary_and_sufficient=SATISFIED, necessary_only=other)
    )
    for_others = any_of(other, reading(_KEY, necessary_and_sufficient=listed, necessary_only=NEVER))
    return clause("RRT-2.0", any_of(all_of(on_gender, for_gender), all_of(~on_gender, for_others)))


# Whose grounds are looked at

asked_about = the(session, session.date)
_this_session = session.where(
    session.date.same_as(asked_about.date),
    session.start.same_as(asked_about.start),
    any_of(session.title.is_absent(), session.title.same_as(asked_about.title)),
)


def _teaching_in(sessions: Records) -> Rule:
    teaching = lecturer.where(related(sessions, (lecturer.name, session.lecturers)))
    return clause(
        "RRT-2.0", all_of(any_record(teaching), every(teaching, _qualified(lecturer, asked_about)))
    )


of_a_session = qualifies(
    "lecturers",
    Label("授課者資格（一堂課）", "Lecturers of a session"),
    Label(
        "這堂課的授課者是否都符合資格",
        "whether every lecturer of this session is qualified to teach it",
    ),
    reading(
        "rrt.lecturer.granularity",
        session=_teaching_in(_this_session),
        whole_case=_teaching_in(session),
    ),
    about="course_session",
)
one_lecturer = qualifies(
    "lecturer",
    Label("授課者資格（一人）", "Qualification of a lecturer"),
    Label(
        "這位授課者能否講授卷宗裡的這堂課",
        "whether this lecturer may teach the session of the dossier",
    ),
    _qualified(the(lecturer, lecturer.teacher_from), latest(session, session.date)),
    about="lecturer_profile",
)

QUESTIONS = (one_lecturer, of_a_session)
