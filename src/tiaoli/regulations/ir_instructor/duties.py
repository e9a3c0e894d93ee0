"""Article 3: what an instructor owes a trainee: to be observed, to guide, to sign and seal."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.regulations.ir_instructor.certificate import domain_certificate, last_valid_day
from tiaoli.rules import (
    Band,
    Question,
    Rule,
    Value,
    all_of,
    any_of,
    any_record,
    clause,
    or_else,
    presumed,
    reading,
    records,
    the,
)

request = the(records("observation_request"))
_observation = records("observation")
_guided = any_record(
    _observation.where(
        _observation.trainee.same_as(request.trainee),
        _observation.observation_date >= request.request_date,
        _observation.guided.is_("yes"),
    )
)

observation = Question(
    id="observation",
    label=Label("觀察病例的義務", "Duty to be observed"),
    asks=Label(
        "學員觀察病例的申請是否已獲接受並給予指導",
        "whether a trainee's request was accepted and guidance given",
    ),
    bands=(
        Band("fulfilled", clause("IRI-3.2", _guided)),
        Band(
            "declined",
            presumed(
                clause("IRI-3.1", request.response.is_("declined")),
                False,
                "尚未回覆者不視為婉拒",
                "a request without an answer is not taken as declined",
            ),
        ),
    ),
    otherwise="pending",
    about="observation_request",
)

signed = the(records("case_report_signature"))


def _certified_on(day: Value) -> Rule:
    """The instructor held a certificate of the report's domain that was valid on ``day``."""
    for_life = presumed(
        domain_certificate.status.is_("lifetime"),
        False,
        "未註明終身者視為有期限",
        "taken to expire unless it is said to be for life",
    )
    first = or_else(domain_certificate.valid_from, domain_certificate.issue_date)
    last = last_valid_day(first, domain_certificate.expiry_date)
    return any_record(
        domain_certificate.where(
            domain_certificate.domain.same_as(signed.domain),
            domain_certificate.issue_date <= day,
            any_of(for_life, day <= last),
        )
    )


signature = Question(
    id="signature",
    label=Label("個案報告簽章", "Signature on a case report"),
    asks=Label("這個簽章是否有效", "whether this signature is valid"),
    bands=(
        Band(
            "valid",
            clause(
                "IRI-3.3",
                all_of(
                    signed.guidance_date <= signed.signature_date,
                    reading(
                        "iri.art3.signature_validity",
                        on_signature_date=_certified_on(signed.signature_date),
                        on_guidance_date=_certified_on(signed.guidance_date),
                        both=all_of(
                            _certified_on(signed.guidance_date),
                            _certified_on(signed.signature_date),
                        ),
                    ),
                ),
            ),
        ),
    ),
    otherwise="not_valid",
    about="case_report_signature",
)

QUESTIONS = (observation, signature)
