"""Articles 8, 11 and 12: replacement and exchange, documents, days; and what is not stated."""

from __future__ import annotations

from tiaoli.facts.kinds import Label, Unit
from tiaoli.regulations.radiation_operator.certificates import (
    expires_on,
    has_expired,
    is_held,
)
from tiaoli.regulations.radiation_operator.dates import (
    application,
    application_date,
    file_of,
    filed_on,
)
from tiaoli.rules import (
    AS_OF,
    Band,
    Figure,
    Question,
    Rule,
    all_of,
    amount_clause,
    any_of,
    clause,
    computes,
    date_of,
    day_clause,
    days_after,
    not_stated,
    reading,
    the,
)

# Article 8: a copy, or changed items, within the term

_ORIGINAL_EXPIRY = Figure(
    "expiry",
    Label("效期末日（同原證書）", "Last valid day, as the original"),
    day_clause("RAD-8.3", expires_on),
)
_lost = file_of("reissue")
_changed = file_of("exchange")


def _within_term(clause_id: str, cause: Rule) -> tuple[Band, ...]:
    return (
        Band("eligible", clause(clause_id, all_of(expires_on >= AS_OF, cause))),
        Band("no_certificate", ~is_held),
        Band("lapsed", clause(clause_id, has_expired)),
    )


replacement = Question(
    id="replacement",
    label=Label("遺失或毀損補發", "Replacement of a lost or damaged certificate"),
    asks=Label(
        "遺失或毀損的證書是否可以補發", "whether a lost or damaged certificate may be replaced"
    ),
    bands=_within_term("RAD-8.1", _lost.cause.is_in("lost", "damaged")),
    otherwise="not_yet",
    undecided="needs_review",
    goal="eligible",
    figures=(_ORIGINAL_EXPIRY,),
    as_of=application_date("reissue"),
    about="application",
)

exchange = Question(
    id="exchange",
    label=Label("變更登載事項換發", "Exchange for changed items"),
    asks=Label(
        "登載事項變更是否可以換發", "whether a certificate with changed items may be exchanged"
    ),
    bands=_within_term(
        "RAD-8.2",
        all_of(_changed.cause.is_("changed"), _changed.documents.includes("change_proof")),
    ),
    otherwise="not_yet",
    undecided="needs_review",
    goal="eligible",
    figures=(_ORIGINAL_EXPIRY,),
    as_of=application_date("exchange"),
    about="application",
)

# Documents and the day of filing

file = the(application, application.filed_date)


def _lacking(clause_id: str, type_: str, *documents: str) -> Rule:
    return clause(clause_id, all_of(file.type.is_(type_), ~file.documents.includes(*documents)))


documents = Question(
    id="documents",
    label=Label("申請文件", "Documents of an application"),
    asks=Label("申請文件是否齊備", "whether the documents of the application are complete"),
    bands=(
        Band(
            "incomplete",
            any_of(
                _lacking(
                    "RAD-4.1.A",
                    "initial",
                    "application_form",
                    "qualification_proof",
                    "exam_result",
                ),
                _lacking("RAD-4.3b", "foreign", "foreign_proof"),
                _lacking("RAD-7.1d", "renewal", "application_form", "hours_proof"),
                _lacking("RAD-7.2", "expired", "application_form", "hours_proof"),
                _lacking("RAD-8.1", "reissue", "application_form", "proof_copies"),
                _lacking("RAD-8.2", "exchange", "application_form", "change_proof"),
                _lacking("RAD-10.1d", "conversion", "application_form", "original"),
            ),
        ),
    ),
    otherwise="complete",
    undecided="needs_review",
    about="application",
)

filing_date = Question(
    id="filing-date",
    label=Label("申請日", "Filing date"),
    asks=Label("這件申請的申請日是哪一天", "which day is the filing date of this application"),
    bands=(Band("undated", filed_on(file).is_absent()),),
    figures=(Figure("date", Label("申請日", "Filing date"), filed_on(file)),),
    about="application",
)

# Article 12

_PROMULGATED = date_of(2009, 4, 17)

effect = computes(
    "effect",
    Label("施行日", "Effective date"),
    Label("現行條文自哪一天施行", "from which day the text in force has effect"),
    Figure(
        "first",
        Label("施行日", "Effective from"),
        day_clause(
            "RAD-12",
            reading("rad.s12.effect", third_day=days_after(_PROMULGATED, 2), same_day=_PROMULGATED),
        ),
    ),
)

# What the text does not say


def _silent(id: str, zh: str, en: str, unit: Unit = Unit.ONE) -> Question:
    nothing = amount_clause("RAD-X.silent", not_stated(zh, en, unit))
    return computes(id, Label(zh, en), Label(zh, en), Figure("value", Label(zh, en), nothing))


SILENT = (
    _silent("fee", "規費", "the fee", Unit.TWD),
    _silent("processing-time", "審查期限", "the time for a decision", Unit.DAY),
    _silent("exam-validity", "測驗成績的效期", "how long a passed test counts", Unit.YEAR),
    _silent("proof-validity", "訓練證明的效期", "how long proof of training counts", Unit.YEAR),
)

QUESTIONS = (replacement, exchange, documents, filing_date, effect, *SILENT)
