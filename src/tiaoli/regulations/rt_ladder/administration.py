"""Sections 3 and 6 to 8: by which way a file goes, who decides, when, for what fee, and moving."""

from __future__ import annotations

from tiaoli.facts.kinds import Label, Unit
from tiaoli.regulations.rt_ladder.terms import LEVELS
from tiaoli.rules import (
    AS_OF,
    NEVER,
    AmountNode,
    Band,
    Figure,
    Question,
    Records,
    Rule,
    Value,
    all_of,
    amount_clause,
    amount_table,
    any_of,
    any_record,
    clause,
    computes,
    day_clause,
    days,
    deadline,
    judged,
    not_stated,
    or_else,
    reading,
    records,
    related,
    the,
    twd,
    workdays_after,
)

application = records("application")
file = the(application, application.drafted_date)

_in_house = file.route.is_("institution")
_to_society = file.route.is_in("society_individual", "institution_then_society")

# Section 3: the way of a file


def _passed_first_review() -> Rule:
    review = records("institution_review").whenever()
    sent = or_else(file.society_submission_date, AS_OF)
    return any_of(
        *(
            all_of(
                file.level.is_(level),
                any_record(
                    review.where(
                        review.level.is_(level), review.result.is_("passed"), review.date <= sent
                    )
                ),
            )
            for level in LEVELS[2:]
        )
    )


_route_allowed = any_of(
    clause("RTL-3.1a", file.level.is_in("RT1", "RT2") & _in_house),
    clause("RTL-3.1b", file.level.is_in("RT1", "RT2") & file.route.is_("society_individual")),
    clause(
        "RTL-3.2a",
        all_of(
            file.level.is_in("RT3", "RT4"),
            file.route.is_("institution_then_society"),
            _passed_first_review(),
        ),
    ),
)

route = Question(
    id="route",
    label=Label("送審途徑", "Route"),
    asks=Label("這件申請可否循此途徑送審", "whether the file may take this way"),
    bands=(Band("accepted", _route_allowed),),
    otherwise="refused",
    about="application",
)

decider = Question(
    id="decider",
    label=Label("審查者", "Who decides"),
    asks=Label("決定是否由有權的人作成", "whether the decision was made by those who may"),
    bands=(
        Band("undecided", file.decision_date.is_absent()),
        Band(
            "accepted",
            any_of(
                clause("RTL-3.1a", _in_house & file.decided_by.is_("institution_reviewer")),
                clause("RTL-6.1", _to_society & file.decided_by.is_("committee_member")),
            ),
        ),
    ),
    otherwise="refused",
    about="application",
)

# Section 3.2 and the silence on validity: the certificate

_review = records("society_review")


def _society_passed(*levels: str) -> Rule:
    return any_of(
        *(
            file.level.is_(level)
            & any_record(_review.where(_review.level.is_(level), _review.result.is_("passed")))
            for level in levels
        )
    )


_rt3_or_rt4_passed = clause("RTL-3.2b", _society_passed("RT3", "RT4"))

certificate = Question(
    id="certificate",
    label=Label("層級證明", "Certificate"),
    asks=Label("通過後是否發給證明", "whether a certificate is issued on passing"),
    bands=(
        Band(
            "issued",
            any_of(
                clause("RTL-3.2c", _rt3_or_rt4_passed),
                reading(
                    "rtl.rt12.society_certificate",
                    result_letter=NEVER,
                    certificate=clause("RTL-3.1b", _society_passed("RT1", "RT2")),
                ),
            ),
        ),
        Band("result_letter", clause("RTL-3.1b", _society_passed("RT1", "RT2"))),
    ),
    otherwise="not_issued",
    about="application",
)

# Section 6: how long the review takes

_due = day_clause(
    "RTL-6.2",
    reading(
        "rtl.review.days",
        calendar_from_complete_receipt=deadline(file.society_complete_date, days(30)),
        working=workdays_after(file.society_complete_date, 30),
    ),
)

review_due = Question(
    id="review-due",
    label=Label("審查期限", "Review due date"),
    asks=Label("學會應於何日前完成審查，是否逾期", "by when the society decides, and whether late"),
    bands=(
        Band("not_started", file.society_complete_date.is_absent()),
        Band("overdue", clause("RTL-6.2", or_else(file.decision_date, AS_OF) > _due)),
    ),
    otherwise="on_time",
    figures=(Figure("due", Label("應完成日", "Due"), _due),),
    about="application",
)

# Section 7: what the review costs

_membership = records("membership").whenever()
_fee_day = reading(
    "rtl.fee.membership_date",
    submission=or_else(file.society_submission_date, AS_OF),
    payment=or_else(file.payment_date, AS_OF),
)
_member = any_record(
    _membership.where(
        _membership.from_date <= _fee_day,
        _membership.to_date.is_absent() | (_membership.to_date >= _fee_day),
    )
)
_in_house_fee: AmountNode = reading(
    "rtl.fee.in_house",
    zero=twd(0),
    not_stated=not_stated("院內審查的費用", "what a hospital asks for its review", Unit.TWD),
)
_fee = amount_table(
    (_in_house, amount_clause("RTL-7.1", _in_house_fee)),
    (_to_society & _member, amount_clause("RTL-7.1", twd(1000))),
    otherwise=amount_clause("RTL-7.2", twd(2000)),
)

review_fee = computes(
    "review-fee",
    Label("審查費", "Review fee"),
    Label("這件申請的審查費多少", "what the review of this file costs"),
    Figure("fee", Label("審查費", "Fee"), _fee),
    about="application",
)

# Section 8: moving to another hospital

_move = records("move").whenever()
move = the(_move)
_grade_day = reading(
    "rtl.mobility.grade_on", move=move.date, recognition=or_else(move.recognition_date, AS_OF)
)
_institution = records("institution").whenever()


def _hospital(code: Value) -> Records:
    """The institution with the grade that it had on the day that matters."""
    return _institution.where(
        _institution.code.same_as(code),
        _institution.from_date.is_absent() | (_institution.from_date <= _grade_day),
        _institution.to_date.is_absent() | (_institution.to_date >= _grade_day),
    )


_grade = _institution.accreditation_grade
_same_grade = any_record(
    _hospital(move.from_institution).where(
        related(_hospital(move.to_institution), (_grade, _grade))
    )
)

recognition = Question(
    id="recognition",
    label=Label("流動後的認定", "Recognition after a move"),
    asks=Label("換到新機構後原層級是否被承認", "whether the level is recognised after a move"),
    bands=(
        Band(
            "recognised",
            reading(
                "rtl.mobility.same_grade",
                recognisable_on_confirmation=NEVER,
                automatic=clause("RTL-8.1", _same_grade),
            ),
        ),
        Band("not_recognised", move.receiving_decision.is_("refused")),
        Band("recognised_at_other_level", move.receiving_decision.is_("other_level")),
        Band("recognised", move.receiving_decision.is_("confirmed")),
        Band(
            "recognised",
            clause(
                "RTL-8.2",
                all_of(
                    ~_same_grade,
                    judged(
                        "RTL-8.2",
                        "不同等級醫院間如何認定",
                        "how a level is recognised between hospitals of different grades",
                        who=("接收機構", "receiving institution"),
                    ),
                ),
            ),
        ),
        Band("recognisable", clause("RTL-8.1", _same_grade)),
    ),
    otherwise="not_recognised",
    undecided="needs_review",
    about="move",
)

# What the text does not say


def silent(id: str, zh: str, en: str, unit: Unit = Unit.ONE) -> Question:
    """A question that a person asks and the text does not answer."""
    nothing = amount_clause("RTL-X.silent", not_stated(zh, en, unit))
    return computes(id, Label(zh, en), Label(zh, en), Figure("value", Label(zh, en), nothing))


SILENT = (
    silent("certificate-validity", "證明的效期", "validity of the certificate", Unit.YEAR),
    silent("renewal", "換證", "renewal of the certificate"),
    silent("revocation", "撤銷與廢止", "revocation of a level"),
    silent("appeal", "申復", "appeal against a decision"),
    silent("resubmission", "再次送審的間隔", "interval before filing again"),
    silent("refund", "退費", "refund of the review fee", Unit.TWD),
    silent("retention", "文件保存年限", "how long files are kept", Unit.YEAR),
    silent("commencement", "施行日與過渡規定", "commencement and transition"),
)

QUESTIONS = (route, decider, review_due, review_fee, certificate, recognition, *SILENT)
