"""Article 4: who is issued a certificate, and foreign operators within a contract."""

from __future__ import annotations

from tiaoli.facts.kinds import Label, Unit
from tiaoli.regulations.radiation_operator.bar import is_free
from tiaoli.regulations.radiation_operator.dates import ACT, application_date
from tiaoli.rules import (
    AS_OF,
    NEVER,
    SATISFIED,
    Amount,
    Band,
    Question,
    Records,
    Rule,
    Value,
    all_of,
    any_of,
    any_record,
    clause,
    earliest,
    judged,
    latest,
    presumed,
    reading,
    records,
    sum_of,
)

qualification = records("qualification")
proved = qualification.where(qualification.proof.is_(True))

# Items 1 to 3

_trained = proved.where(
    qualification.type.is_("certificate_training"),
    qualification.provider_type.is_("approved_business"),
)
_not_a_substitute = any_record(proved.where(qualification.type.is_("certificate_training")))
by_training = clause(
    "RAD-4.1.1",
    all_of(clause("RAD-4.2", _not_a_substitute), any_record(_trained)),
)

_foreign = presumed(
    qualification.foreign.is_(True),
    False,
    "未註明國外者視為國內學校",
    "taken as a domestic school unless it is said to be foreign",
)
credits_earned = proved.where(
    qualification.type.is_("credits"),
    any_of(
        qualification.institution_type.is_("university"),
        reading(
            "rad.s4.credits_institution",
            university_only=NEVER,
            includes_junior_college=qualification.institution_type.is_("junior_college"),
        ),
    ),
    any_of(~_foreign, clause("RAD-4.1.2b", qualification.moe_recognised.is_(True))),
)


def has_credits(number: int) -> Rule:
    enough = Amount(number, Unit.CREDIT)
    return sum_of(qualification.credits, credits_earned).at_least(enough)


by_credits = clause("RAD-4.1.2a", has_credits(4))

_pre_act = proved.where(
    qualification.type.is_("pre_act_course"),
    qualification.provider_type.is_("authority_recognised"),
    qualification.end_date < ACT,
)
by_pre_act_course = clause("RAD-4.1.3", any_record(_pre_act))

# The test

exam = records("exam")
passes = exam.where(
    exam.result.is_("passed"), any_of(exam.type.is_absent(), exam.type.is_("operator"))
)
has_passed = any_record(passes)


def _passed_since(day: Value) -> Rule:
    return any_record(passes.where(exam.date >= day))


def _then(limb: Rule, day: Value) -> Rule:
    return all_of(limb, _passed_since(day))


_passed_after_proof = any_of(
    _then(by_training, earliest(_trained).end_date),
    _then(by_credits, latest(credits_earned).end_date),
    _then(by_pre_act_course, earliest(_pre_act).end_date),
)
_tested = clause(
    "RAD-4.1.T",
    all_of(
        has_passed,
        reading("rad.s4.sequence", all_by_application=SATISFIED, strict=_passed_after_proof),
    ),
)
may_be_certified = clause(
    "RAD-4.1.0", all_of(any_of(by_training, by_credits, by_pre_act_course), _tested)
)

initial = Question(
    id="certificate",
    label=Label("初次申請輻射安全證書", "Initial certificate"),
    asks=Label(
        "是否可以領得輻射安全證書", "whether the radiation safety certificate may be issued"
    ),
    bands=(Band("eligible", all_of(is_free, may_be_certified)), Band("barred", ~is_free)),
    otherwise="not_yet",
    undecided="needs_review",
    goal="eligible",
    as_of=application_date("initial"),
)

# Paragraph 3: foreigners within a contract

approval = records("foreign_approval")
_commercial = any_of(
    approval.contract_type.is_in("contract_for_work", "sale", "technical_cooperation"),
    reading(
        "rad.s4.foreign_contract",
        commercial_contracts=all_of(
            approval.contract_type.is_in("employment", "other"),
            judged(
                "RAD-4.3a",
                "這種契約是否屬承攬、買賣、技術合作一類",
                "whether such a contract is like those named",
                who=("主管機關", "authority"),
            ),
        ),
        any_contract=SATISFIED,
    ),
)
_approved = approval.where(approval.filed_by_facility_operator.is_(True), approval.proof.is_(True))
_under_contract = _approved.where(
    any_of(approval.start_date.is_absent(), approval.start_date <= AS_OF),
    any_of(approval.end_date.is_absent(), approval.end_date >= AS_OF),
)


def _by_validity(within_contract: Rule, by_letter: Rule) -> Rule:
    return reading(
        "rad.s4.foreign_validity",
        contract_term_and_scope=within_contract,
        approval_letter=by_letter,
    )


def _some(of: Records) -> Rule:
    return any_record(of)


def foreign_approved(within_scope: Rule) -> Rule:
    """Approved, and on the day within the contract and its scope."""
    commercial = _by_validity(
        _some(_under_contract.where(_commercial)), _some(_approved.where(_commercial))
    )
    approved = _by_validity(all_of(_some(_under_contract), within_scope), _some(_approved))
    return all_of(clause("RAD-4.3b", approved), clause("RAD-4.3a", commercial))


foreign = Question(
    id="foreign-operator",
    label=Label("外國人的核准", "Approval of a foreign operator"),
    asks=Label(
        "履約的外國人是否已獲准操作",
        "whether a foreigner within a contract has approval to operate",
    ),
    bands=(Band("authorised", foreign_approved(SATISFIED)),),
    otherwise="not_authorised",
    undecided="needs_review",
    goal="authorised",
)

QUESTIONS = (initial, foreign)
