"""Remarks 1 and 2 and chapter 5(1)3(7), (8): synchronous and network courses."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.regulations.rrt_ce.course import course, course_session, sessions
from tiaoli.regulations.rrt_ce.course_data import ORGANISERS
from tiaoli.regulations.rrt_ce.fees import too_short
from tiaoli.rules import (
    NEVER,
    Band,
    Question,
    all_of,
    any_of,
    clause,
    deadline,
    last_day_of,
    length_of,
    months,
    no,
    reading,
    told_if_met,
)

# Live over the net

_live = course.live_teaching.is_(True)
_taught_live = clause("RRT-4.R1.a", clause("RRT-5.1.3.7.a", _live))
_scope = reading(
    "rrt.sync.scope",
    all_with_conditions=course.mode.is_in("1", "2", "3", "4"),
    mode1_and_mode4_lecture_only=any_of(
        course.mode.is_("1"),
        all_of(course.mode.is_("4"), course.activity_type.is_("topical_lecture")),
    ),
)
_in_scope = clause("RRT-4.R1.a", _scope)
_signs = clause(
    "RRT-4.R1.b",
    clause(
        "RRT-5.1.3.7.b",
        all_of(course.online_sign_in.is_(True), course.online_sign_out.is_(True)),
    ),
)
_checked = clause("RRT-4.R1.c", clause("RRT-5.1.3.7.b", course.presence_check.is_(True)))
_assessed = clause(
    "RRT-4.R1.d",
    clause(
        "RRT-5.1.3.7.c",
        reading(
            "rrt.sync.assessment_methods",
            one_is_enough=length_of(course.assessment_methods).at_least(1),
            two_or_more=length_of(course.assessment_methods).at_least(2),
        ),
    ),
)

synchronous = Question(
    id="synchronous-course",
    label=Label("線上同步課程", "Synchronous online course"),
    asks=Label("這門課能否以線上同步方式辦理", "whether this course may be held live over the net"),
    bands=(
        Band("not_applicable", told_if_met(~course.delivery.is_in("sync", "hybrid"))),
        Band("refused", told_if_met(clause("RRT-4.R1.a", ~_scope))),
        Band("not_synchronous", told_if_met(clause("RRT-4.R1.a", ~_live))),
        Band("accepted", all_of(_in_scope, _taught_live, _signs, _checked, _assessed)),
    ),
    otherwise="incomplete",
    about="course_case",
)

# Recorded beforehand

_before = course.pre_recorded.is_(True)
_recorded = clause("RRT-4.R2.a", clause("RRT-5.1.3.8.a", _before))
_unclear = clause(
    "RRT-5.1.3.8.b",
    all_of(course.pre_recorded.is_(False), course.video_conference.is_(False)),
)
_eligible_host = course.host_organiser_type.is_in(*ORGANISERS)
_hosted = clause("RRT-4.R2.b", _eligible_host)
_at_any_time = course.any_time.is_(True)
_any_time = clause("RRT-4.R2.c", clause("RRT-5.1.3.8.a", _at_any_time))
_open_to_network = all_of(
    course.applicant_type.is_("organisation"),
    no(sessions.where(course_session.attribute.is_("professional"))),
)
_open_attributes = clause("RRT-5.1.3.8.c", _open_to_network)
_titled = clause("RRT-5.1.3.8.d", course.title.contains("網路課程"))
_quiz = clause(
    "RRT-4.R2.d",
    clause("RRT-5.1.3.8.f", clause("RRT-D.1.3", course.documents.includes("quiz"))),
)
_long_enough = clause("RRT-9.FEE-MIN50", ~too_short)
_window = clause(
    "RRT-5.1.3.8.e",
    course.close_date
    <= reading(
        "rrt.period.month_arithmetic",
        open_day_counted=last_day_of(course.open_date, months(1)),
        day_after=deadline(course.open_date, months(1)),
    ),
)


_KEY = "rrt.network.non_videoconf_live"
_for_a_person = reading(_KEY, human=_unclear, network=NEVER, sync=NEVER)
_counts_as_live = reading(_KEY, human=NEVER, network=NEVER, sync=_unclear)
_counts_as_network = reading(_KEY, human=NEVER, network=_unclear, sync=NEVER)

_any_time_or_live = any_of(all_of(_recorded, _any_time), _counts_as_network)

network = Question(
    id="network-course",
    label=Label("網路課程", "Network course"),
    asks=Label("這門課能否以網路課程受理", "whether this course is accepted as a network course"),
    bands=(
        Band("needs_review", told_if_met(_for_a_person)),
        Band("synchronous", told_if_met(_counts_as_live)),
        Band(
            "not_network",
            told_if_met(
                any_of(
                    clause("RRT-4.R2.a", all_of(~_counts_as_network, ~_before)),
                    clause("RRT-4.R2.c", all_of(~_counts_as_network, ~_at_any_time)),
                )
            ),
        ),
        Band(
            "refused",
            told_if_met(
                any_of(
                    clause("RRT-4.R2.b", ~_eligible_host),
                    clause("RRT-5.1.3.8.c", ~_open_to_network),
                    clause("RRT-9.FEE-MIN50", too_short),
                )
            ),
        ),
        Band(
            "accepted",
            all_of(
                _hosted, _any_time_or_live, _open_attributes, _long_enough, _titled, _quiz, _window
            ),
        ),
    ),
    otherwise="incomplete",
    about="course_case",
)

QUESTIONS = (synchronous, network)
