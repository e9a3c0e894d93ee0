"""Files to a browser: always as an attachment, never guessed at, never run."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from tiaoli.platform.portfolio.models import EvidenceFile
from tiaoli.platform.web.sending import FileSent


def sent(file: EvidenceFile) -> HttpResponse:
    """
    The file as an attachment. With ``settings.TIAOLI_ACCEL`` (an internal address of the web
    server in front, such as ``/files/``) the server in front sends it.
    """
    inside = settings.TIAOLI_ACCEL
    response: Any
    if inside:
        response = HttpResponse(content_type=file.content_type)
        response["X-Accel-Redirect"] = f"{inside.rstrip('/')}/{quote(file.file.name)}"
    else:
        response = FileSent(file.file.open("rb"), content_type=file.content_type)
    return _guarded(response, file.name)


def table(raw: bytes, name: str) -> HttpResponse:
    """A spreadsheet made here, as an attachment."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _guarded(HttpResponse(raw, content_type=kind), name)


def _guarded(response: Any, name: str) -> HttpResponse:
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    found: HttpResponse = response
    return found
