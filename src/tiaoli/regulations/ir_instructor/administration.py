"""Articles 7 and 8: who decides and announces, what a file holds, and what it costs."""

from __future__ import annotations

from tiaoli.facts.kinds import Label, Unit
from tiaoli.regulations.ir_instructor.certificate import domain_certificate
from tiaoli.regulations.ir_instructor.domains import DOMAINS
from tiaoli.regulations.ir_instructor.entry import may_be_certified
from tiaoli.regulations.ir_instructor.filing import application, file, filed_on
from tiaoli.rules import (
    ASKED_ON,
    AmountNode,
    Band,
    Figure,
    Question,
    Rule,
    all_of,
    amount_clause,
    amount_table,
    any_of,
    any_record,
    clause,
    computes,
    latest,
    not_stated,
    number_of,
    or_else,
    presumed,
    reading,
    records,
    times,
    total,
    twd,
)

# Article 2: one file for one or several domains, each judged alone

_file_date = reading(
    "iri.art8.date",
    postmark=or_else(file.posted_date, ASKED_ON),
    received=or_else(file.received_date, ASKED_ON),
    form_date=or_else(file.form_date, ASKED_ON),
)


def _all_listed_domains() -> Rule:
    return all_of(
        any_of(*(file.domains.includes(k) for k in DOMAINS)),
        *(any_of(~file.domains.includes(k), may_be_certified(k)) for k in DOMAINS),
    )


def _some_listed_domain() -> Rule:
    return any_of(*(all_of(file.domains.includes(k), may_be_certified(k)) for k in DOMAINS))


filed_domains = Question(
    id="file",
    label=Label("初次申請案", "Initial file"),
    asks=Label(
        "申請案所列的各個領域是否都符合資格", "whether each domain that the file lists qualifies"
    ),
    bands=(
        Band("eligible", clause("IRI-2.0b", _all_listed_domains())),
        Band("partly_eligible", clause("IRI-2.0b", _some_listed_domain())),
    ),
    otherwise="not_yet",
    undecided="needs_review",
    about="application",
    as_of=_file_date,
)

# Article 7: decided by the panel, announced, certified, in this order

panel = records("panel_meeting")
announcement = records("announcement")


def certification(domain: str) -> Question:
    meetings = panel.where(panel.domain.is_(domain))
    passed_on = latest(meetings.where(panel.decision.is_("passed"))).date
    announcements = announcement.where(
        announcement.domains.includes(domain), announcement.date >= passed_on
    )
    announced_on = latest(announcements).date
    passed = clause("IRI-7.1", any_record(meetings.where(panel.decision.is_("passed"))))
    announced = clause("IRI-7.2", any_record(announcements))
    certified = clause(
        "IRI-7.3",
        any_record(
            domain_certificate.where(
                domain_certificate.domain.is_(domain),
                domain_certificate.issue_date >= announced_on,
            )
        ),
    )
    return Question(
        id=f"certification-{domain}",
        label=Label(f"領域{domain}認證進度", f"Certification of domain {domain}"),
        asks=Label(
            f"領域{domain}的認證進行到哪一步",
            f"how far the certification of domain {domain} has come",
        ),
        bands=(
            Band("certified", all_of(passed, announced, certified)),
            Band("announced", all_of(passed, announced)),
            Band("passed", passed),
            Band("not_passed", any_record(meetings)),
        ),
        otherwise="not_decided",
    )


# Article 8, items 1 and 3: what a file holds, and when it counts as filed

documents = Question(
    id="documents",
    label=Label("申請文件", "Documents of a file"),
    asks=Label("申請文件是否齊備", "whether the documents of the file are complete"),
    bands=(
        Band(
            "complete",
            all_of(
                clause("IRI-8.1", file.documents.includes("application_form")),
                clause("IRI-8.3a", file.documents.includes("review_record_form", "proof_copies")),
            ),
        ),
    ),
    otherwise="incomplete",
    about="application",
)

filing_date = Question(
    id="filing-date",
    label=Label("申請日", "Application date"),
    asks=Label("這件申請的申請日是哪一天", "which day is the application date of this file"),
    bands=(Band("undated", filed_on.is_absent()),),
    figures=(Figure("date", Label("申請日", "Application date"), filed_on),),
    about="application",
)

# Article 8, item 2: fees

_initial = application.where(
    application.type.is_("initial"), application.posted_date < file.posted_date
)
_not_the_first = reading(
    "iri.art8.fee.initial_scope",
    each_initial_domain=any_of(
        *(
            all_of(
                file.domains.includes(k),
                any_record(_initial.where(application.domains.includes(k))),
            )
            for k in DOMAINS
        )
    ),
    person_first_only=any_record(_initial),
)


def _domains_listed() -> AmountNode:
    one, none = number_of(1), number_of(0)
    return total(*(amount_table((file.domains.includes(k), one), otherwise=none) for k in DOMAINS))


_certificates = presumed(
    file.certificates.is_given(),
    False,
    "未填張數時依所列領域計",
    "counted by the domains listed where no number is given",
)
_reissue_fee = amount_clause(
    "IRI-8.2b",
    reading(
        "iri.cert.form",
        one_per_domain=amount_table(
            (_certificates, times(twd(200), file.certificates)),
            otherwise=times(twd(200), _domains_listed()),
        ),
        one_listing_domains=twd(200),
    ),
)
_silent_fee = amount_clause(
    "IRI-X.silent", not_stated("這類申請的費用", "the fee of such a file", Unit.TWD)
)

fee = computes(
    "fee",
    Label("費用", "Fee"),
    Label("這件申請要多少費用", "what this file costs"),
    Figure(
        "fee",
        Label("費用", "Fee"),
        amount_table(
            (
                all_of(file.type.is_("initial"), ~_not_the_first),
                amount_clause("IRI-8.2a", twd(0)),
            ),
            (file.type.is_("reissue"), _reissue_fee),
            otherwise=_silent_fee,
        ),
    ),
    about="application",
)

replacement = Question(
    id="replacement",
    label=Label("補發證書", "Replacement certificate"),
    asks=Label(
        "補發要多少費用，日期是否改變",
        "what a replacement costs, and whether it moves the dates",
    ),
    bands=(Band("not_a_replacement", ~file.type.is_("reissue")),),
    otherwise="original_dates",
    figures=(Figure("fee", Label("費用", "Fee"), _reissue_fee),),
    about="application",
)

# What the text does not say


def _silent(id: str, zh: str, en: str, unit: Unit = Unit.ONE) -> Question:
    """A question that a person asks and the text does not answer."""
    nothing = amount_clause("IRI-X.silent", not_stated(zh, en, unit))
    return computes(id, Label(zh, en), Label(zh, en), Figure("value", Label(zh, en), nothing))


SILENT = (
    _silent("late-renewal", "逾期換證的補救", "a remedy for late renewal"),
    _silent("supplement", "補件期限", "the time for a supplement", Unit.DAY),
    _silent("appeal", "申復", "appeal against a decision"),
    _silent("revocation", "撤銷與廢止", "revocation of a certificate"),
    _silent("retention", "紀錄保存年限", "how long records are kept", Unit.YEAR),
    _silent("renewal-fee", "換證費", "the fee for renewal", Unit.TWD),
    _silent("transition", "過渡規定", "transition from the first version"),
    _silent("panel-interval", "審查會議的間隔", "the interval between panel meetings"),
    _silent("observation-reply", "回覆觀察申請的期限", "the time to answer a request", Unit.DAY),
)

QUESTIONS = (
    filed_domains,
    *map(certification, DOMAINS),
    documents,
    filing_date,
    fee,
    replacement,
    *SILENT,
)
