"""What its holder sees of a certificate, and a copy of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from tiaoli.facts.kinds import Label
from tiaoli.platform import clock
from tiaoli.platform.audit.actions import Actor
from tiaoli.platform.certificates.actions import NOT_TO_COPY, copy, may_copy
from tiaoli.platform.certificates.models import Certificate
from tiaoli.platform.certificates.standing import with_standing
from tiaoli.platform.web.certificates.shown import worded
from tiaoli.platform.web.fees.shown import paged
from tiaoli.platform.web.guard import a_person, page


@page(a_person)
def my_certificates(request: HttpRequest) -> HttpResponse:
    """What I hold, and the copies of it."""
    mine = (
        Certificate.objects.filter(person=request.user.person)
        .select_related("issuer", "replaced_by")
        .prefetch_related("copies")
    )
    rows = with_standing(mine, clock.today()).order_by("-issued", "-pk")
    shown = worded(paged(request, rows, 20))
    return render(request, "certificates/my_certificates.html", {"certificates": shown})


def copies_it(actor: Actor, token: str, **_: Any) -> Label | None:
    """The holder and the issuer."""
    found = Certificate.objects.select_related("issuer", "person").filter(token=token).first()
    return None if found is not None and may_copy(actor, found) is None else NOT_TO_COPY


@require_POST
@page(copies_it)
def copy_certificate(request: HttpRequest, token: str) -> HttpResponse:
    """A copy as PDF, for the holder or the issuer; each is listed."""
    found = get_object_or_404(Certificate.objects.select_related("issuer", "person"), token=token)
    made = copy(request.actor, found, language=request.POST.get("language", "zh"))
    response = HttpResponse(made.content, content_type="application/pdf")
    name = f"{found.number}-{made.number}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
