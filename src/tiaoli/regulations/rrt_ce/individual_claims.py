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
_row_3 = clause(
    "RRT-4.3.CH",
    any_of(
        all_of(claim.mode.is_("3"), _is_abroad, _abroad),
        all_of(claim.mode.is_("3"), ~_is_abroad, _in_taiwan),
    ),
)
_row_2 = clause("RRT-4.2.CH", all_of(claim.mode.is_("2"), _afterwards))
_own_work = any_of(
    clause("RRT-4.7.CH", claim.mode.is_("7")),
    clause("RRT-4.8.CH", claim.mode.is_("8")),
    clause("RRT-4.9.CH", claim.mode.is_("9")),
    clause("RRT-4.10.CH", claim.mode.is_("10")),
    clause("RRT-4.11.CH", claim.mode.is_("11")),
    clause("RRT-4.12.CH", claim.mode.is_("12")),
)

individual_claim = Question(
    id="claim",
    label=Label("個人能否申請", "Individual claim"),
    asks=Label(
        "這項活動的積分能否由個人申請", "whether an individual may claim credit for this activity"
    ),
    bands=(
        Band("not_applicable", clause("RRT-4.CH", claim.mode.is_in("14", "15"))),
        Band("needs_review", clause("RRT-4.CH", claim.mode.is_("13"))),
        Band("accepted", any_of(_row_2, _row_3, _own_work)),
    ),
    otherwise="refused",
    undecided="needs_review",
    about="credit_entry",
)

QUESTIONS = (individual_claim,)
