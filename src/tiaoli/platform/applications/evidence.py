"""The files behind an application: those of its documents, and of the facts that were handed in."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from tiaoli.platform.applications.dossiers import latest_snapshot
from tiaoli.platform.applications.models import Application
from tiaoli.platform.audit.actions import Actor
from tiaoli.platform.portfolio import evidence
from tiaoli.platform.portfolio.contents import content_of
from tiaoli.platform.portfolio.models import EvidenceFile


def keep(by: Actor, application: Application, upload: Any) -> EvidenceFile:
    """
    The upload as evidence of the applicant's; the same file twice is one. Raises Refused for what
    is not taken, in words.
    """
    raw = evidence.read_upload(upload)
    content = content_of(raw, upload.name)
    return evidence.keep(by, application.person, name=upload.name, raw=raw, content=content)


def evidence_of(application: Application) -> Any:
    """The files of the application's documents, and of the facts in its snapshot."""
    snapshot = latest_snapshot(application)
    facts = [] if snapshot is None else [fact["id"] for fact in snapshot.dossier["facts"]]
    documents = application.documents.exclude(evidence=None).values("evidence")
    of_facts = Q(records__fact__in=facts, records__person=application.person_id)
    files = EvidenceFile.objects.filter(person=application.person_id)
    return files.filter(of_facts | Q(pk__in=documents)).distinct()
