"""
Section 4, the table: what an activity is worth by mode and part, before factor and cap.

Minutes become credit-hours once, and every rate by the hour is a multiple of them.
"""

from __future__ import annotations

from functools import cache

from tiaoli.facts.kinds import Unit
from tiaoli.regulations.rrt_ce.credit_terms import entry
from tiaoli.regulations.rrt_ce.institution_study import institution_study
from tiaoli.rules import (
    HUNDREDTH,
    NEVER,
    SATISFIED,
    TENTH,
    AmountNode,
    Rule,
    Value,
    all_of,
    amount_clause,
    amount_table,
    any_of,
    clause,
    judged,
    minutes,
    month_end_on_or_after,
    months,
    number_of,
    periods_in,
    points,
    portion,
    presumed,
    reading,
    times,
    total,
    years,
)
from tiaoli.rules.amounts import Amount

mode, role = entry.mode, entry.role
SAME_COURSE = (entry.case, entry.attribute, entry.role)
"""Whose minutes are added up before they are divided, and whose credits are rounded as one."""

# Minutes into credit-hours


def _hours(length: Value, unit: Amount, pooled: tuple[Value, ...]) -> AmountNode:
    return reading(
        "rrt.credit.rounding",
        tenth_floor=portion(length, unit, TENTH, pooled=pooled),
        int_floor=portion(length, unit, pooled=pooled),
        exact=portion(length, unit, HUNDREDTH, pooled=pooled),
    )


def credit_hours(length: Value, pooled: tuple[Value, ...] = ()) -> AmountNode:
    """Fifty minutes are one; what they leave over counts in tenths."""
    return amount_clause(
        "RRT-5.1.3.2.d",
        reading(
            "rrt.credit.unit_minutes",
            fifty=_hours(length, minutes(50), pooled),
            sixty=_hours(length, minutes(60), pooled),
        ),
    )


hours_earned = amount_clause(
    "RRT-5.1.3.2.c",
    reading(
        "rrt.credit.aggregation",
        per_case_attribute_role=credit_hours(entry.hours, SAME_COURSE),
        per_session=credit_hours(entry.hours),
    ),
)


def _hourly(clause_id: str, rate: int) -> AmountNode:
    return amount_clause(clause_id, times(points(rate), hours_earned))


def _each(clause_id: str, number: int | str) -> AmountNode:
    return amount_clause(clause_id, points(number))


def _part_and_presence(clause_id: str, part: AmountNode, presence: AmountNode) -> AmountNode:
    """One's own minutes count for the part one takes in them, and not for being there as well."""
    return amount_clause(
        clause_id,
        reading("rrt.roles.same_minutes", highest_role=part, both=total(part, presence)),
    )


# Which row of the table a symposium is scored by

_claimed_afterwards = presumed(
    entry.prior_recognition.is_in("late", "never"),
    False,
    "未註明者視為主辦已事前送審",
    "taken as recognised beforehand unless it says otherwise",
)
_abroad = presumed(
    entry.meeting.is_in("aarc", "amme", "amee", "cross_strait", "other_abroad"),
    False,
    "未註明者視為國內研討會",
    "taken as held in Taiwan unless it says otherwise",
)
_as_mode_2 = any_of(
    all_of(
        mode.is_("2"),
        reading("rrt.posthoc.mode", mode_3=~_claimed_afterwards, by_nature=SATISFIED),
    ),
    all_of(mode.is_("3"), reading("rrt.foreign.mode", mode_3=NEVER, mode_2=_abroad)),
)
_as_mode_3 = any_of(
    all_of(mode.is_("2"), reading("rrt.posthoc.mode", mode_3=_claimed_afterwards, by_nature=NEVER)),
    all_of(mode.is_("3"), reading("rrt.foreign.mode", mode_3=SATISFIED, mode_2=~_abroad)),
)
FIRST = ("first_author",)
OTHERS = ("co_first_author", "corresponding_author", "second_author", "other_author")


def _speech(clause_id: str) -> Rule:
    """A special lecture; any other talk waits until somebody has found it to be one."""
    found = presumed(
        judged(clause_id, "這場演講是否為特別演講", "whether this talk is a special lecture"),
        False,
        "未標示為特別演講，認定前不計",
        "not announced as a special lecture; not counted before a ruling",
    )
    return any_of(
        role.is_("special_speaker"),
        all_of(
            role.is_("speaker"),
            reading("rrt.symposium.speaker", special_only=found, all_speakers=SATISFIED),
        ),
    )


Row = tuple[Rule, AmountNode]


def _symposium(row: str, held: Rule, rates: tuple[int, int, int, int]) -> tuple[Row, ...]:
    attending, first, other, speech = rates
    return (
        (all_of(held, role.is_("attendee")), _hourly(f"RRT-4.{row}.a", attending)),
        (all_of(held, role.is_in(*FIRST)), _each(f"RRT-4.{row}.b", first)),
        (all_of(held, role.is_in(*OTHERS)), _each(f"RRT-4.{row}.c", other)),
        (
            all_of(held, _speech(f"RRT-4.{row}.d")),
            _part_and_presence(
                f"RRT-4.{row}.d", points(speech), times(points(attending), hours_earned)
            ),
        ),
    )


# Rows 1, 4, 5, 6: courses

_AT_ONE_POINT = times(points(1), hours_earned)

_COURSES: tuple[Row, ...] = (
    (all_of(mode.is_("1"), role.is_("attendee")), _hourly("RRT-4.1.a", 1)),
    (
        all_of(mode.is_("1"), role.is_("lecturer")),
        _part_and_presence("RRT-4.1.b", times(points(5), hours_earned), _AT_ONE_POINT),
    ),
    (all_of(mode.is_("4"), role.is_("attendee")), _hourly("RRT-4.4.a", 1)),
    (
        all_of(
            mode.is_("4"), role.is_in("main_presenter", "lecturer", "speaker", "special_speaker")
        ),
        _part_and_presence("RRT-4.4.b", points(3), _AT_ONE_POINT),
    ),
    (
        all_of(mode.is_("5"), clause("RRT-5.1.3.8.f", entry.assessment_passed.is_(True))),
        amount_clause(
            "RRT-4.5.a",
            reading(
                "rrt.mode5.unit",
                per_completed_session=points(1),
                per_50_min=times(points(1), credit_hours(entry.hours)),
            ),
        ),
    ),
    (mode.is_("6"), _each("RRT-4.6.a", 2)),
)

# Row 7: papers

_PRINTED_AS_EQUAL = reading(
    "rrt.mode7.co_first",
    all_co_first=presumed(
        judged(
            "RRT-4.7.a", "並列第一作者是否印明貢獻相同", "whether equal contribution is printed"
        ),
        True,
        "印明貢獻相同者均以第一作者計，另請審核",
        "printed as equal: each counts as first author, for the reviewer to confirm",
    ),
    listed_first_only=NEVER,
)
_LEADING = any_of(
    role.is_in("first_author", "corresponding_author"),
    all_of(role.is_("co_first_author"), _PRINTED_AS_EQUAL),
)
_SECOND = any_of(role.is_("second_author"), all_of(role.is_("co_first_author"), ~_PRINTED_AS_EQUAL))
_reviewed = clause("RRT-4.7.SCOPE", entry.peer_reviewed.is_(True))


def _paper(clause_id: str, author: Rule, whole: int, half: int) -> Row:
    worth = amount_table(
        (entry.article_type.is_("original"), _each(clause_id, whole)),
        (
            entry.article_type.is_("other"),
            amount_clause("RRT-4.7.d", _each(clause_id, half)),
        ),
        otherwise=points(0),
    )
    return all_of(mode.is_("7"), _reviewed, author), worth


_PAPERS = (
    _paper("RRT-4.7.a", _LEADING, 16, 8),
    _paper("RRT-4.7.b", _SECOND, 6, 3),
    _paper("RRT-4.7.c", role.is_("other_author"), 2, 1),
)

# Rows 8 to 13

_relevant = clause("RRT-4.8.SCOPE", clause("RRT-5.2.6.b", entry.related.is_(True)))
_credits_earned = reading("rrt.mode8.credits", passed=entry.passed.is_(True), taken=SATISFIED)

_calendar_years = total(
    number_of(1),
    periods_in(
        month_end_on_or_after(entry.start_date, 12),
        month_end_on_or_after(entry.end_date, 12),
        years(1),
    ),
)
_by_the_month = portion(
    times(points(20), periods_in(entry.start_date, entry.end_date, months(1))),
    points(12),
    HUNDREDTH,
)
_yearly = reading(
    "rrt.yearly.partial",
    prorata_month=times(points(1), _by_the_month),
    completed_years=reading(
        "rrt.yearly.basis",
        anniversary=times(points(20), periods_in(entry.start_date, entry.end_date, years(1))),
        calendar_year=times(points(20), _calendar_years),
    ),
)
_programme = clause(
    "RRT-4.12.SCOPE",
    any_of(
        entry.programme.is_("clinical_personnel"),
        judged(
            "RRT-4.12.SCOPE",
            "呼吸治療師是否適用這項訓練計畫",
            "whether this programme is open to a respiratory therapist",
        ),
    ),
)
_nursing_teacher = clause(
    "RRT-4.13.SCOPE",
    reading(
        "rrt.mode13.rt",
        not_applicable=NEVER,
        allow_if_nursing_teacher=judged(
            "RRT-4.13.SCOPE",
            "是否為大專專任護理教師並附機構證明",
            "whether a full-time nursing teacher, with the institution's certificate",
        ),
    ),
)
_STUDY_AND_PRACTICE: tuple[Row, ...] = (
    (
        all_of(mode.is_("8"), _relevant, _credits_earned),
        amount_clause(
            "RRT-4.8.a",
            times(points(5), portion(entry.academic_credits, Amount(1, Unit.CREDIT), TENTH)),
        ),
    ),
    (mode.is_("9"), _each("RRT-4.9.a", 1)),
    (mode.is_("10"), amount_clause("RRT-4.10.a", _yearly)),
    (mode.is_("11"), institution_study),
    (all_of(mode.is_("12"), _programme), amount_clause("RRT-4.12.a", _yearly)),
    (
        all_of(mode.is_("13"), _nursing_teacher),
        amount_clause("RRT-4.13.a", times(points(2), entry.days)),
    ),
)


@cache
def raw_points() -> AmountNode:
    """What the record in hand is worth by the table; nothing where no row has it."""
    return amount_table(
        *_COURSES,
        *_symposium("2", _as_mode_2, (2, 3, 1, 10)),
        *_symposium("3", _as_mode_3, (1, 2, 1, 3)),
        *_PAPERS,
        *_STUDY_AND_PRACTICE,
        otherwise=amount_clause("RRT-4.0", points(0)),
    )
