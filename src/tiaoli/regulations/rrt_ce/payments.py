"""Chapter 9(5): what a giro slip says, and when a payment is matched to its case."""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.regulations.rrt_ce.course import course_case, payment
from tiaoli.rules import (
    Band,
    Question,
    Rule,
    all_of,
    any_of,
    any_record,
    clause,
    records,
    the,
    told_if_met,
)

slip = the(payment)
personal_case = records("personal_case")

_account = slip.account_matches.is_(True)
_to_the_society = clause("RRT-9.PAY-GIRO", _account)
_any_case = any_of(
    any_record(
        course_case.where(
            any_of(
                course_case.case_number.same_as(slip.memo_case_number),
                course_case.provisional_number.same_as(slip.memo_case_number),
            )
        )
    ),
    any_record(personal_case.where(personal_case.case_number.same_as(slip.memo_case_number))),
)
_names_a_case = clause("RRT-9.PAY-MEMO.2", _any_case)


def _memo() -> Rule:
    return all_of(
        clause("RRT-9.PAY-MEMO.1", slip.memo_purpose.is_given()),
        clause("RRT-9.PAY-MEMO.3", slip.memo_receipt_title.is_given()),
        clause("RRT-9.PAY-MEMO.4", all_of(slip.memo_address.is_given(), slip.memo_zip.is_given())),
        clause("RRT-9.PAY-MEMO.5", slip.memo_recipient.is_given()),
    )


_only_a_stub = clause(
    "RRT-9.PAY-STUB",
    all_of(slip.stub_emailed_date.is_given(), slip.booked_date.is_absent()),
)

matching = Question(
    id="payment",
    label=Label("劃撥對帳", "Matching of a payment"),
    asks=Label("這筆劃撥能否對上案件", "whether this payment is matched to its case"),
    bands=(
        Band(
            "unmatched",
            told_if_met(
                any_of(clause("RRT-9.PAY-GIRO", ~_account), clause("RRT-9.PAY-MEMO.2", ~_any_case))
            ),
        ),
        Band("claimed", told_if_met(_only_a_stub)),
        Band("matched", all_of(_to_the_society, _names_a_case, _memo())),
    ),
    otherwise="incomplete",
    about="payment",
)

QUESTIONS = (matching,)
