"""Documents of a file: added, taken back, refused; and evidence, shown to whoever may see it."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from tiaoli.platform.applications.drafting import add_document, refuse_document, remove_document
from tiaoli.platform.applications.evidence import evidence_of, keep
from tiaoli.platform.applications.models import Document
from tiaoli.platform.audit.actions import Refused
from tiaoli.platform.web.applications.seen import application_at, files_it, sees_it
from tiaoli.platform.web.guard import page


@require_POST
@page(files_it)
def add(request: HttpRequest, number: str) -> HttpResponse:
    """An upload, or a note of how the document is sent."""
    application = application_at(number)
    upload = request.FILES.get("file")
    try:
        evidence = None if upload is None else keep(request.actor, application, upload)
        add_document(
            request.actor,
            application,
            option=request.POST.get("option", ""),
            evidence=evidence,
            note=request.POST.get("note", ""),
        )
    except Refused as refusal:
        messages.warning(request, refusal.says.in_(request.lang))
    return redirect(f"{_address(number)}#documents")


@require_POST
@page(files_it)
def remove(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Take a document back before it is handed in."""
    document = get_object_or_404(Document, pk=pk, application__number=number)
    remove_document(request.actor, document)
    return redirect(f"{_address(number)}#documents")


@require_POST
@page(sees_it)
def refuse(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """The office cannot take a document as what it should be."""
    document = get_object_or_404(Document, pk=pk, application__number=number)
    refuse_document(request.actor, document, because=request.POST.get("because", ""))
    return redirect(f"{_address(number)}#documents")


@page(sees_it)
def show(request: HttpRequest, number: str, pk: int) -> FileResponse:
    """A file behind a fact or a document of the application, as a download."""
    evidence = evidence_of(application_at(number)).filter(pk=pk).first()
    if evidence is None:
        raise Http404
    return FileResponse(
        evidence.file.open("rb"),
        as_attachment=True,
        filename=evidence.name,
        content_type=evidence.content_type,
    )


def _address(number: str) -> str:
    return f"/applications/{number}/"
