"""
What an individual may claim: section 4, first column, against the documents of the appendix.

Whoever attended a recognised symposium is posted from its roster; one that nobody had recognised
beforehand may be claimed afterwards, once.
"""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.rules import (
    NEVER,
    SATISFIED,
    Band,
    Question,
    all_of,
    any_of,
    clause,
    judged,
    reading,
    records,
    the,
    told_if_met,
)

entry = records("credit_entry")
claim = the(entry)

_unrecognised = any_of(
    claim.prior_recognition.is_in("late", "never"),
    all_of(
        claim.prior_recognition.is_("rejected"),
        reading("rrt.posthoc.refused_course", deny_if_rejected_on_merit=NEVER, allow=SATISFIED),
    ),
)
_symposium = claim.mode.is_in("2", "3")
_attended = claim.role.is_("attendee")
_afterwards = clause("RRT-D.11", all_of(_symposium, _attended, _unrecognised))

# Abroad

_LISTED = ("aarc", "amme", "cross_strait")
_is_abroad = claim.meeting.is_in(*_LISTED, "amee", "other_abroad")
_is_listed = any_of(
    claim.meeting.is_in(*_LISTED),
    all_of(
        claim.meeting.is_("amee"),
        reading(
            "rrt.foreign.whitelist",
            printed_code=judged(
                "RRT-D.3.IND.FOREIGN",
                "AMEE 是否即名單所稱的 AMME",
                "whether AMEE is what the list calls AMME",
                who=("學會", "society"),
            ),
            amme_means_amee=SATISFIED,
        ),
    ),
)
_abroad = any_of(
    clause("RRT-D.3.IND.FOREIGN", _is_listed),
    reading("rrt.foreign.post_hoc", closed_too=NEVER, individual_table_only=_afterwards),
)

# In Taiwan

_in_taiwan = any_of(
    claim.role.is_in(
        *("first_author", "co_first_author", "corresponding_author", "second_author"),
        *("other_author", "special_speaker", "speaker"),
    ),
    _afterwards,
    all_of(
        _attended,
        claim.prior_recognition.is_("recognised"),
        reading("rrt.mode3.individual_attendee", only_via_d11=NEVER, allowed=SATISFIED),
    ),
)
_row_3 = claim.mode.is_("3")
_refused = any_of(
    clause("RRT-D.11", all_of(claim.mode.is_in("1", "4"), _unrecognised)),
    clause("RRT-4.1.CH", claim.mode.is_("1")),
    clause("RRT-4.4.CH", claim.mode.is_("4")),
    clause("RRT-4.CH", claim.mode.is_in("5", "6")),
    clause("RRT-4.2.CH", all_of(claim.mode.is_("2"), ~_afterwards)),
    clause(
        "RRT-4.3.CH",
        clause("RRT-D.3.IND.FOREIGN", all_of(_row_3, _is_abroad, ~_abroad)),
    ),
    clause("RRT-4.3.CH", clause("RRT-D.11", all_of(_row_3, ~_is_abroad, ~_in_taiwan))),
)
_OWN_WORK = ("7", "8", "9", "10", "11", "12")
_accepted = any_of(
    told_if_met(clause("RRT-D.3.IND.FOREIGN", all_of(_row_3, _is_abroad))),
    told_if_met(clause("RRT-4.3.CH", all_of(_row_3, ~_is_abroad))),
    told_if_met(_afterwards),
    *(told_if_met(clause(f"RRT-4.{mode}.CH", claim.mode.is_(mode))) for mode in _OWN_WORK),
)

individual_claim = Question(
    id="claim",
    label=Label("個人能否申請", "Individual claim"),
    asks=Label(
        "這項活動的積分能否由個人申請", "whether an individual may claim credit for this activity"
    ),
    bands=(
        Band("not_applicable", told_if_met(clause("RRT-4.CH", claim.mode.is_in("14", "15")))),
        Band("needs_review", told_if_met(clause("RRT-4.CH", claim.mode.is_("13")))),
        Band("refused", told_if_met(_refused)),
        Band("accepted", _accepted),
    ),
    otherwise="not_creditable",
    undecided="needs_review",
    about="credit_entry",
)

QUESTIONS = (individual_claim,)
