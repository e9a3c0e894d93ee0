"""Article 10: old credentials, their conversion in two years, and the brackets after that."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.regulations.radiation_operator.bar import is_free
from tiaoli.regulations.radiation_operator.dates import (
    ACT,
    application_date,
    in_last_six_years,
)
from tiaoli.regulations.radiation_operator.hours import counted, entry, since, training_only
from tiaoli.rules import (
    AS_OF,
    NEVER,
    Band,
    Figure,
    Question,
    Rule,
    Value,
    all_of,
    any_of,
    any_record,
    clause,
    date_of,
    day_clause,
    deadline,
    hours,
    last_day_of,
    reading,
    records,
    workday_on_or_after,
    years,
)

old = records("old_credential")

_licence_day = reading(
    "rad.s10.before_this_regulation",
    before_2003_02_01=old.date < ACT,
    before_2005_02_25=old.date < date_of(2005, 2, 25),
)
_credentials = any_of(
    clause("RAD-10.1a", any_record(old.where(old.type.is_("operating_licence"), _licence_day))),
    clause("RAD-10.1b", any_record(old.where(old.type.is_("non_medical_pass"), old.date < ACT))),
    clause("RAD-10.1c", any_record(old.where(old.type.is_("medical_course"), old.date < ACT))),
)
_original = clause("RAD-10.1d", any_record(old.where(old.original_held.is_(True))))


def _ends(number: int) -> Value:
    """The last day of so many years from the commencement of the Act."""
    return reading(
        "rad.s10.clock",
        first_day_counted=last_day_of(ACT, years(number)),
        excluded=deadline(ACT, years(number)),
    )


def _bracket_ends(number: int) -> Value:
    end = _ends(number)
    return reading("rad.s10.rest_day", not_applied=end, applied=workday_on_or_after(end))


_in_two_years = clause("RAD-10.1.0", _ends(2) >= AS_OF)
_in_four = all_of(_ends(2) < AS_OF, _bracket_ends(4) >= AS_OF)
_in_six = all_of(_bracket_ends(4) < AS_OF, _bracket_ends(6) >= AS_OF)
_after_six = _bracket_ends(6) < AS_OF

_since_act = counted(since(ACT))
_in_six_years = reading(
    "rad.s10.item3_credits",
    credits_count=counted(in_last_six_years(entry.date)),
    hours_only=training_only(in_last_six_years(entry.date)),
)
_late = clause(
    "RAD-10.3.0",
    any_of(
        clause("RAD-10.3.1", all_of(_in_four, _since_act.at_least(hours(12)))),
        clause("RAD-10.3.2", all_of(_in_six, _since_act.at_least(hours(24)))),
        clause("RAD-10.3.3", all_of(_after_six, _in_six_years.at_least(hours(36)))),
    ),
)

conversion = Question(
    id="conversion",
    label=Label("舊證照轉換", "Conversion of an old credential"),
    asks=Label(
        "舊證照是否可以轉換或重新申請輻射安全證書",
        "whether an old credential may be converted, or a certificate applied for with it",
    ),
    bands=(
        Band(
            "eligible",
            all_of(is_free, _credentials, _original, any_of(_in_two_years, _late)),
        ),
        Band("barred", ~is_free),
        Band("no_credential", ~_credentials),
    ),
    otherwise="not_yet",
    undecided="needs_review",
    goal="eligible",
    as_of=application_date("conversion"),
)

brackets = Question(
    id="conversion-brackets",
    label=Label("轉換的期限", "Brackets of conversion"),
    asks=Label("轉換的各級距到哪一天為止", "until which days the brackets of conversion run"),
    figures=(
        Figure(
            "two_years", Label("轉換末日", "Conversion until"), day_clause("RAD-10.1.0", _ends(2))
        ),
        Figure(
            "four_years",
            Label("十二小時級距末日", "12 hours until"),
            day_clause("RAD-10.3.1", _bracket_ends(4)),
        ),
        Figure(
            "six_years",
            Label("二十四小時級距末日", "24 hours until"),
            day_clause("RAD-10.3.2", _bracket_ends(6)),
        ),
    ),
)

operates_under_old_credential: Rule = clause(
    "RAD-10.1.0",
    reading(
        "rad.s10.before_conversion",
        historical_authority=all_of(_credentials, ACT <= AS_OF, _ends(2) >= AS_OF),
        conversion_only=NEVER,
    ),
)

QUESTIONS = (conversion, brackets)
