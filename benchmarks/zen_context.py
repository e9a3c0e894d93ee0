"""
The same facts in the form that suits zen best; the rule itself is in ``zen_graph.py``.

Fair to the peer: all that is faster outside its expressions is done outside, and not timed.
Days are whole numbers; windows, completed years and unbroken service are worked out here; a day
that is absent is one far away, so that each test is one comparison; a record holds only what the
rule reads. Unknown values are not modelled.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from hand_written import Facts, service_blocks, years_before, years_complete

_FAR = date.max.toordinal()
_READ: Mapping[str, tuple[str, ...]] = {
    "licence": ("profession", "issuer", "issue_date", "revoked_date"),
    "practice_registration": ("start_date", "end_date"),
    "level_award": ("level", "approval_date"),
    "institution_review": ("level", "result", "date"),
    "training": ("type", "topics", "hours", "end_date", "issuer_type", "document_type"),
    "qa_qualification": ("issue_date",),
    "clinical_duty": ("institution", "item", "role", "start_date", "end_date"),
    "institution_duty_list": ("owner", "institution", "items", "from_date", "to_date"),
    "competency_attestation": ("scope", "date"),
    "publication": ("type", "peer_reviewed", "author_role", "publication_date"),
    "teacher_certification": ("issuer_type", "issue_date", "expiry_date"),
    "teaching_activity": ("type", "learner_type", "date"),
    "quality_activity": ("start_date", "end_date"),
    "administrative_role": ("type", "start_date", "end_date"),
}


def context(facts: Facts, on: date) -> dict[str, Any]:
    """What one evaluation is given."""
    made: dict[str, Any] = {
        kind: [{name: _number(name, one[name]) for name in names} for one in facts.get(kind, ())]
        for kind, names in _READ.items()
    }
    for award, read in zip(facts.get("level_award", ()), made["level_award"], strict=True):
        read["a_year_on"] = years_complete(award["approval_date"], 1).toordinal()
    made["service"] = [
        {
            "days": (last - first).days + 1,
            "three_years": (years_complete(first, 3) - first).days,
        }
        for first, last in service_blocks(facts, on)
    ]
    made["on"] = on.toordinal()
    made["three_years_ago"] = years_before(on, 3).toordinal()
    made["five_years_ago"] = years_before(on, 5).toordinal()
    return made


def _number(name: str, value: Any) -> Any:
    if isinstance(value, date):
        return value.toordinal()
    if isinstance(value, tuple):
        return list(value)
    if value is None and name in ("end_date", "to_date", "revoked_date"):
        return _FAR
    return [] if value is None and name == "topics" else value
