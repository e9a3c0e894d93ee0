"""What reviewers found, for the questions that are asked of a file: see ``applications.found``."""

from __future__ import annotations

import datetime
from typing import Any, Final

from tiaoli.platform.applications.dossiers import is_open
from tiaoli.platform.applications.found import Found
from tiaoli.platform.applications.models import Application, Snapshot
from tiaoli.platform.clock import TAIPEI
from tiaoli.platform.reviews.models import Finding, Judgement

JUDGEMENT: Final = "judgement"
"""The kind of fact by which a person rules on a clause (``rules.judgement``)."""


def found(application: Application) -> Found:
    """
    The facts that the latest finding rejects, and the rulings made.

    While the file is with the applicant nothing is rejected: it is being put right.
    """
    rulings = tuple(
        _ruling(ruling, application)
        for ruling in application.judgements.exclude(met=None).select_related("by")
    )
    if is_open(application):
        return Found(facts=rulings)
    return Found(rejected_facts(application), rulings)


def latest_findings(application: Application) -> dict[str, Finding]:
    """What was said last of each fact, by whoever said it, and is still about the fact as it is."""
    findings = list(application.findings.select_related("by").order_by("made", "pk"))
    snapshots = list(application.snapshots.order_by("pk")) if findings else []
    return {finding.fact: finding for finding in findings if not _was_put_right(finding, snapshots)}


def _was_put_right(finding: Finding, snapshots: list[Snapshot]) -> bool:
    """The fact was changed after the finding, when the file was handed in again."""
    if not snapshots:
        return False
    seen = [s for s in snapshots if s.taken <= finding.made] or snapshots[:1]
    return _fact(seen[-1], finding.fact) != _fact(snapshots[-1], finding.fact)


def _fact(snapshot: Snapshot, fact: str) -> dict[str, Any] | None:
    return next((one for one in snapshot.dossier["facts"] if one["id"] == fact), None)


def rejected_facts(application: Application) -> frozenset[str]:
    """The facts that do not count because a reviewer said so."""
    latest = latest_findings(application)
    return frozenset(f for f, one in latest.items() if one.verdict == Finding.Verdict.REJECTED)


def _ruling(ruling: Judgement, application: Application) -> dict[str, Any]:
    return {
        "id": f"{JUDGEMENT}:{application.number}:{ruling.pk}",
        "kind": JUDGEMENT,
        "evidence": "verified",
        "clause": ruling.clause,
        "decision": "met" if ruling.met else "not_met",
        "by": str(ruling.by),
        "reason": ruling.reason,
        "date": _reckoned_from(ruling, application).isoformat(),
    }


def _reckoned_from(ruling: Judgement, application: Application) -> datetime.date:
    """
    A ruling is about the file as it was handed in: it stands on every day of the file, the first
    included. When it was made is in the trail.
    """
    days = [
        datetime.date.fromisoformat(str(application.file[name]))
        for name in application.file
        if _is_day(application.file[name])
    ]
    made = ruling.made.astimezone(TAIPEI).date()
    handed_in = application.submitted or ruling.made
    return min([*days, made, handed_in.astimezone(TAIPEI).date()])


def _is_day(value: Any) -> bool:
    try:
        datetime.date.fromisoformat(str(value))
    except ValueError:
        return False
    return True
