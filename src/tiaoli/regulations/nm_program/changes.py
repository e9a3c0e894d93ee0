"""5.1, statement: what changes in a programme is reported to the society in writing."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.rules import (
    AS_OF,
    Band,
    Figure,
    Flag,
    Question,
    all_of,
    clause,
    days_after,
    named,
    records,
    the,
)

change = records("programme_change")
_mine = the(change)

_REMINDER = 30
_reminder_day = days_after(_mine.date, _REMINDER)
_reported = clause(
    "NM-5.1.H",
    named("已書面報告學會", "reported to the society in writing", _mine.report_date <= AS_OF),
)

change_report = Question(
    id="change-report",
    label=Label("變動報備", "report of a change"),
    asks=Label(
        "計畫的變動是否已書面報告學會", "whether a change was reported to the society in writing"
    ),
    bands=(Band("reported", _reported),),
    otherwise="not_reported",
    about="programme_change",
    figures=(Figure("reminder", Label("提醒日", "reminder"), _reminder_day),),
    flags=(
        Flag(
            "warning",
            Label("未報告只是警示，不影響任何等級", "a warning only: no level turns on it"),
            ~_reported,
        ),
        Flag(
            "reminder",
            Label(
                "變動已滿30日仍未報告（提醒，條文無期限）",
                "30 days and not reported (a reminder: the text sets no time limit)",
            ),
            all_of(~_reported, _reminder_day < AS_OF),
        ),
    ),
)

QUESTIONS = (change_report,)
