"""Article 3, paragraph 4: how long the records of a lecture are kept, and by whom."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.regulations.radiation_operator.dates import last_day_to_keep
from tiaoli.rules import (
    AS_OF,
    NEVER,
    SATISFIED,
    Band,
    Figure,
    Question,
    all_of,
    any_of,
    clause,
    day_clause,
    reading,
    records,
    the,
)

held = the(records("lecture").whenever())

_at_school = held.institution_type.is_in("university", "junior_college", "secondary_school")
_by_curriculum = all_of(_at_school, held.approved_curriculum.is_(True))
_obliged = any_of(
    ~_at_school,
    reading("rad.s3.retention_university", facility_if_licensed_source=SATISFIED, no_duty=NEVER),
)
_on_duty = all_of(clause("RAD-3.4b", ~_by_curriculum), _obliged)
_complete = all_of(
    held.course.is_given(),
    held.instructor.is_given(),
    held.place.is_given(),
    held.attendees.is_given(),
)
_until = last_day_to_keep(held.date, 3)

lecture_retention = Question(
    id="lecture-retention",
    label=Label("講習資料的保存", "Retention of lecture records"),
    asks=Label(
        "講習資料要保存到哪一天，內容是否齊全",
        "until which day the records of a lecture must be kept, and whether they are complete",
    ),
    bands=(
        Band("breach", all_of(_on_duty, clause("RAD-3.4c", held.destroyed_date <= _until))),
        Band("no_duty", ~_on_duty),
        Band("may_destroy", clause("RAD-3.4c", _until < AS_OF)),
        Band("incomplete", clause("RAD-3.4c", ~_complete)),
    ),
    otherwise="must_keep",
    undecided="needs_review",
    figures=(
        Figure("until", Label("保存末日", "Last day to keep"), day_clause("RAD-3.4c", _until)),
    ),
    about="lecture",
)

QUESTIONS = (lecture_retention,)
