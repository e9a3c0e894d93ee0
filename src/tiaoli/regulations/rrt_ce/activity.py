"""Section 4, the table: which row an activity falls in, and who may apply for it."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.regulations.rrt_ce.course import course
from tiaoli.regulations.rrt_ce.course_data import ORGANISERS
from tiaoli.rules import (
    NEVER,
    SATISFIED,
    Band,
    Question,
    Rule,
    all_of,
    any_of,
    any_record,
    between,
    clause,
    count,
    length_of,
    or_else,
    reading,
    records,
    told_if_met,
)

host = records("organiser")
lecturer = records("lecturer_profile")

# Which row

_papers_invited = all_of(course.call_for_papers.is_(True), course.paper_review.is_(True))
_international = count(lecturer.where(lecturer.country.is_given()), distinct="country").at_least(3)
_EFFECT = "rrt.intl_symposium.effect"
_network = clause("RRT-4.R2.a", all_of(course.delivery.is_("async"), course.pre_recorded.is_(True)))
_own_symposium = any_of(
    clause("RRT-4.2.SCOPE", all_of(course.own_profession.is_(True), _papers_invited)),
    reading(_EFFECT, none=NEVER, mode_2=_international, mode_3=NEVER),
)
_related_symposium = any_of(
    clause(
        "RRT-4.3.SCOPE",
        all_of(
            course.organiser_type.is_in(
                "medical_society", "learned_society", "professional_association", "association"
            ),
            _papers_invited,
        ),
    ),
    reading(_EFFECT, none=NEVER, mode_2=NEVER, mode_3=_international),
)
_accredited = any_record(
    host.where(
        host.type.is_in("teaching_hospital", "hospital"),
        between(
            course.first_activity_date,
            host.accreditation_from,
            or_else(host.accreditation_to, course.first_activity_date),
        ),
    )
)
_several_professions = length_of(course.professions).at_least(2)
_team_or_lecture = clause(
    "RRT-4.4.SCOPE",
    all_of(
        any_of(_accredited, course.organiser_type.is_("competent_authority")),
        any_of(
            all_of(course.activity_type.is_("team_discussion"), _several_professions),
            all_of(
                course.activity_type.is_("topical_lecture"),
                reading(
                    "rrt.mode4.cross_professional",
                    lecture_too=_several_professions,
                    team_discussion_only=SATISFIED,
                ),
            ),
        ),
    ),
)
_course = all_of(
    clause("RRT-4.1.ORG", course.organiser_type.is_in(*ORGANISERS)),
    clause("RRT-4.1.SCOPE", course.profession_related.is_(True)),
)

which_row = Question(
    id="activity-mode",
    label=Label("實施方式的歸類", "Row of the table"),
    asks=Label("這項活動屬於表列哪一種實施方式", "which row of the table this activity falls in"),
    bands=(
        Band("mode_5", told_if_met(_network)),
        Band("mode_2", told_if_met(_own_symposium)),
        Band("mode_3", told_if_met(_related_symposium)),
        Band("mode_4", told_if_met(_team_or_lecture)),
        Band("mode_1", told_if_met(_course)),
        Band("not_creditable", clause("RRT-4.0", SATISFIED)),
    ),
    undecided="needs_review",
    about="course_case",
)

# Who applies

_organisation = course.applicant_type.is_("organisation")
_individual = course.applicant_type.is_("individual")
_BY_ORGANISATIONS = ("1", "2", "4")
_BY_INDIVIDUALS = ("7", "8", "9", "10", "11", "12")
_correspondence_closed = reading(
    "rrt.mode6.channel",
    closed_until_confirmed=course.mode.is_("6"),
    organisation=all_of(course.mode.is_("6"), _individual),
)


def _by(applicant: Rule, modes: tuple[str, ...]) -> tuple[Rule, ...]:
    return tuple(
        told_if_met(clause(f"RRT-4.{mode}.CH", all_of(course.mode.is_(mode), applicant)))
        for mode in modes
    )


_refused = any_of(
    *_by(_individual, _BY_ORGANISATIONS),
    *_by(_organisation, _BY_INDIVIDUALS),
    told_if_met(clause("RRT-4.CH", all_of(course.mode.is_("5"), _individual))),
    told_if_met(clause("RRT-4.CH", _correspondence_closed)),
)
_accepted = any_of(
    *_by(_organisation, _BY_ORGANISATIONS),
    *_by(SATISFIED, ("3",)),
    *_by(_individual, _BY_INDIVIDUALS),
    told_if_met(clause("RRT-4.CH", all_of(course.mode.is_in("5", "6"), _organisation))),
)

channel = Question(
    id="channel",
    label=Label("申請管道", "Who may apply"),
    asks=Label(
        "這種實施方式能否由這類申請者提出",
        "whether this sort of applicant may apply for this row of the table",
    ),
    bands=(
        Band("not_applicable", told_if_met(clause("RRT-4.CH", course.mode.is_in("14", "15")))),
        Band("needs_review", told_if_met(clause("RRT-4.CH", course.mode.is_("13")))),
        Band("refused", told_if_met(_refused)),
        Band("accepted", _accepted),
    ),
    otherwise="not_creditable",
    about="course_case",
)

QUESTIONS = (which_row, channel)
