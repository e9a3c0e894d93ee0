"""The files behind an application: those of its documents, and of the facts that were handed in."""

from __future__ import annotations

import hashlib
from typing import Any, Final

from django.db.models import Q

from tiaoli.facts.kinds import Label
from tiaoli.platform import clock
from tiaoli.platform.applications.dossiers import latest_snapshot
from tiaoli.platform.applications.models import Application
from tiaoli.platform.audit.actions import Actor, Refused
from tiaoli.platform.portfolio.models import EvidenceFile

LARGEST: Final = 10 * 1024 * 1024
"""Bytes of one file."""

_SIGNS: Final = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
)
"""What a file begins with, whatever it is called."""


def keep(by: Actor, application: Application, upload: Any) -> EvidenceFile:
    """
    The upload as evidence of the applicant's; the same file twice is one. Raises Refused for what
    is no PDF, JPEG or PNG, and for what is too large.
    """
    if upload.size > LARGEST:
        most = LARGEST // 1024 // 1024
        raise Refused(
            Label(f"檔案太大，上限 {most} MB。", f"The file is too large: at most {most} MB.")
        )
    content = upload.read()
    sort = next((name for sign, name in _SIGNS if content.startswith(sign)), None)
    if sort is None:
        raise Refused(
            Label(
                "只收 PDF、JPEG、PNG 檔；這個檔案不是。",
                "Only PDF, JPEG and PNG files are taken; this is none of them.",
            )
        )
    digest = hashlib.sha256(content).hexdigest()
    there = EvidenceFile.objects.filter(
        person=application.person, sha256=digest, removed=None
    ).first()
    if there is not None:
        return there
    upload.seek(0)
    return EvidenceFile.objects.create(
        person=application.person,
        file=upload,
        name=upload.name[:200],
        content_type=sort,
        size=upload.size,
        sha256=digest,
        uploaded_by=by.account,
        uploaded=clock.now(),
    )


def evidence_of(application: Application) -> Any:
    """The files of the application's documents, and of the facts in its snapshot."""
    snapshot = latest_snapshot(application)
    facts = [] if snapshot is None else [fact["id"] for fact in snapshot.dossier["facts"]]
    documents = application.documents.exclude(evidence=None).values("evidence")
    of_facts = Q(records__fact__in=facts, records__person=application.person_id)
    files = EvidenceFile.objects.filter(person=application.person_id)
    return files.filter(of_facts | Q(pk__in=documents)).distinct()
