"""Article 7: six years, renewal in the last half year with 36 hours, and after expiry."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.regulations.radiation_operator.bar import is_free
from tiaoli.regulations.radiation_operator.certificates import (
    any_withdrawn,
    every_original,
    expires_on,
    has_expired,
    is_held,
    issued_on,
)
from tiaoli.regulations.radiation_operator.dates import (
    application,
    application_date,
    file_of,
    filed_on,
    files,
    first_day_back,
    in_last_six_years,
    six_years_from,
)
from tiaoli.regulations.radiation_operator.hours import counted, entry, since
from tiaoli.regulations.radiation_operator.qualifications import exam, passes
from tiaoli.rules import (
    AS_OF,
    ASKED_ON,
    NEVER,
    SATISFIED,
    Band,
    Figure,
    Question,
    Value,
    all_of,
    amount_clause,
    any_of,
    any_record,
    clause,
    day_clause,
    days_after,
    falls_on_saturday,
    hours,
    months,
    presumed,
    reading,
    workday_on_or_after,
)

# Paragraph 1: the window, and the hours of the term

opens_on: Value = first_day_back(expires_on, months(6))
closes_on: Value = reading(
    "rad.filing.roll", next_business_day=workday_on_or_after(expires_on), none=expires_on
)
_after_monday_morning = all_of(
    expires_on < AS_OF,
    falls_on_saturday(expires_on),
    presumed(
        any_record(files("renewal").where(application.filed_in_the_afternoon.is_(True))),
        False,
        "未註明者視為上午送件",
        "taken as handed in during the morning unless it is said",
    ),
)
_open = clause(
    "RAD-7.1b",
    all_of(opens_on <= AS_OF, closes_on >= AS_OF, ~_after_monday_morning),
)
_of_the_term = counted(since(issued_on))
_enough = clause("RAD-7.1c", _of_the_term.at_least(hours(36)))
_too_late = any_of(closes_on < AS_OF, _after_monday_morning)
_AS_OF = application_date("renewal")

renewal = Question(
    id="renewal",
    label=Label("期滿前換發", "Renewal before expiry"),
    asks=Label("是否可以換發輻射安全證書", "whether the certificate may be renewed"),
    bands=(
        Band("eligible", all_of(is_held, _open, _enough)),
        Band("no_certificate", ~is_held),
        Band("lapsed", _too_late),
    ),
    otherwise="not_yet",
    undecided="needs_review",
    goal="eligible",
    as_of=_AS_OF,
)

window = Question(
    id="renewal-window",
    label=Label("換發期間", "Renewal window"),
    asks=Label("何時可以申請換發", "when renewal may be applied for"),
    bands=(
        Band("open", all_of(is_held, _open)),
        Band("no_certificate", ~is_held),
        Band("too_early", opens_on > AS_OF),
    ),
    otherwise="lapsed",
    undecided="needs_review",
    figures=(
        Figure("opens", Label("可申請首日", "Opens"), day_clause("RAD-7.1b", opens_on)),
        Figure("expiry", Label("效期末日", "Last valid day"), expires_on),
        Figure("closes", Label("可申請末日", "Last day to file"), closes_on),
    ),
    as_of=_AS_OF,
)

renewal_hours = Question(
    id="renewal-hours",
    label=Label("換發時數", "Renewal hours"),
    asks=Label(
        "證書效期內累計多少小時（門檻 36 小時）",
        "how many hours count in the term of the certificate (of 36)",
    ),
    bands=(Band("no_certificate", ~is_held),),
    figures=(Figure("hours", Label("時數", "Hours"), amount_clause("RAD-7.1c", _of_the_term)),),
    as_of=_AS_OF,
)

_first_day_of_new_term = reading(
    "rad.s7.new_term_start", day_after_old_expiry=days_after(expires_on, 1), issue_date=ASKED_ON
)
new_term = Question(
    id="new-term",
    label=Label("換發後的效期", "Term after renewal"),
    asks=Label(
        "換發後的六年自哪一天起、到哪一天止，以查詢日核發計",
        "from which day until which day the six years after renewal run, "
        "if the new certificate is issued on the day of asking",
    ),
    bands=(Band("no_certificate", ~is_held),),
    figures=(
        Figure(
            "first",
            Label("首日", "First day"),
            day_clause("RAD-7.1a", _first_day_of_new_term),
        ),
        Figure(
            "last",
            Label("末日", "Last valid day"),
            six_years_from(_first_day_of_new_term),
        ),
    ),
)

expiry = Question(
    id="expiry",
    label=Label("證書效期", "Validity of the certificate"),
    asks=Label(
        "輻射安全證書有效到哪一天", "until which day the radiation safety certificate is valid"
    ),
    bands=(Band("no_certificate", ~is_held),),
    figures=(Figure("expiry", Label("效期末日", "Last valid day"), expires_on),),
)

# Between expiry and the new certificate

_filed_in_time = all_of(
    has_expired,
    any_record(files("renewal")),
    filed_on(file_of("renewal")) >= opens_on,
    filed_on(file_of("renewal")) <= closes_on,
)
awaits_renewal = reading(
    "rad.s7.gap_authority",
    not_authorised=NEVER,
    authorised_if_filed_in_time=clause("RAD-7.1b", _filed_in_time),
)

# Paragraph 2: after expiry

_withdrawn = any_withdrawn(every_original)
_must_begin_anew = reading("rad.s9.after_bar", new_application_art4=_withdrawn, art7_2=NEVER)
_has_lapsed = any_of(has_expired, _withdrawn)
_retested = reading(
    "rad.s7.late_exam",
    not_required=SATISFIED,
    required=any_record(passes.where(exam.date > expires_on)),
)
_of_six_years = counted(in_last_six_years(entry.date))

reapplication = Question(
    id="expired-reapplication",
    label=Label("逾期後重新申請", "Application after expiry"),
    asks=Label(
        "證書逾期後是否可以重新申請核發",
        "whether a certificate may be issued again after expiry",
    ),
    bands=(
        Band(
            "eligible",
            all_of(
                is_free,
                ~_must_begin_anew,
                _has_lapsed,
                clause("RAD-7.2", all_of(_of_six_years.at_least(hours(36)), _retested)),
            ),
        ),
        Band("barred", ~is_free),
        Band("initial_application", _must_begin_anew),
        Band("no_certificate", ~any_of(is_held, _withdrawn)),
        Band("still_valid", ~_has_lapsed),
    ),
    otherwise="not_yet",
    undecided="needs_review",
    goal="eligible",
    figures=(
        Figure(
            "hours",
            Label("最近六年時數", "Hours in six years"),
            amount_clause("RAD-7.2", _of_six_years),
        ),
    ),
    as_of=application_date("expired"),
)

QUESTIONS = (renewal, window, renewal_hours, new_term, expiry, reapplication)
