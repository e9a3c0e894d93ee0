"""
Articles 5 to 8, 13 and 20: the credits of a licence cycle, renewal, and registration after a gap.

Credits are taken as they were posted; how many an activity is worth is for the body that posts it.
The outcomes are advice: the local health authority decides.
"""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.rules import (
    AS_OF,
    Band,
    Figure,
    Question,
    Records,
    Rule,
    Value,
    all_of,
    amount_clause,
    any_of,
    any_record,
    between,
    capped,
    clause,
    completed,
    date_of,
    day_clause,
    days_after,
    earliest,
    later_of,
    latest,
    look_back,
    lookback,
    months,
    points,
    qualifies,
    records,
    sum_of,
    total,
    years,
)

entry = records("credit_entry")
licence_cycle = records("licence_cycle")
licence = records("licence")
cycle = latest(licence_cycle)

_renewal: Value = day_clause("P-11.date", cycle.renewal_date)

# What counts

_countable = entry.where(
    ~entry.status.is_in("void", "reversed", "not_counted"),
    clause("P-07", any_of(entry.disciplinary.is_absent(), entry.disciplinary.is_(False))),
)
_of_the_cycle = _countable.where(
    between(entry.date, cycle.from_date, days_after(cycle.renewal_date, -1))
)
_supporting = _of_the_cycle.where(entry.attribute.is_in("quality", "ethics", "law"))
_professional = _of_the_cycle.where(entry.attribute.is_("professional"))

professional = sum_of(entry.points, _professional)
supporting = sum_of(entry.points, _supporting)
counted = total(professional, amount_clause("P-03.most", capped(supporting, points(24))))


def _on(topic: str) -> Records:
    return _supporting.where(entry.topics.includes(topic), entry.points > points(0))


ready: Rule = all_of(
    any_record(licence_cycle),
    clause("P-02.total", counted.at_least(points(120))),
    clause("P-03.least", supporting.at_least(points(12))),
    clause("P-03.infection", any_record(_on("infection_control"))),
    clause("P-03.gender", any_record(_on("gender"))),
)

readiness = qualifies(
    "readiness",
    Label("執照更新之積分", "Credits for renewal"),
    Label(
        "本週期的繼續教育積分是否足以更新執業執照",
        "whether the credits of this cycle suffice to renew the practice licence",
    ),
    ready,
    figures=(
        Figure("total", Label("採計總點數", "Total"), counted),
        Figure("professional", Label("專業課程", "Professional"), professional),
        Figure(
            "quality_ethics_law",
            Label("品質、倫理、法規", "Quality, ethics and law"),
            supporting,
        ),
    ),
)

# When renewal is filed

_opens = day_clause("P-11.window", look_back(_renewal, months(6)))

window = Question(
    id="renewal-window",
    label=Label("執照更新期間", "Renewal window"),
    asks=Label("何時可以辦理執業執照更新", "when the practice licence may be renewed"),
    bands=(
        Band("too_early", clause("P-11.window", _opens > AS_OF)),
        Band("open", clause("P-11.date", _renewal >= AS_OF)),
    ),
    otherwise="overdue",
    figures=(
        Figure("opens", Label("可辦理首日", "Opens"), _opens),
        Figure("renewal", Label("應更新日", "Renewal date"), _renewal),
    ),
)

# Registration late, or after a gap

_certificate = licence.where(
    licence.profession.is_("respiratory_therapist"),
    licence.type.is_("professional_certificate"),
)
_since = later_of(earliest(_certificate).issue_date, date_of(2003, 5, 13))
_year_before = _countable.where(lookback(entry.date, years(1)))

registration = qualifies(
    "registration",
    Label("首次或歇業後執業登記", "Registration late or after a gap"),
    Label(
        "逾五年始登記，或歇業逾兩年後登記，所附的繼續教育證明是否足夠",
        "whether the proof of continuing education suffices to register late or after a gap",
    ),
    all_of(
        any_record(_certificate),
        any_of(
            clause("P-05.first", completed(_since, years(5)) > AS_OF),
            clause("P-05.sixth", sum_of(entry.points, _year_before).at_least(points(20))),
        ),
    ),
)

QUESTIONS = (readiness, window, registration)
