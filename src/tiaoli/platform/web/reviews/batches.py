"""Several files at once: what would happen to each, then the count typed, then what was done."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from tiaoli.facts.kinds import Label
from tiaoli.platform.applications.models import Application
from tiaoli.platform.audit.actions import Refused
from tiaoli.platform.reviews import batch
from tiaoli.platform.web.applications.seen import version_shown
from tiaoli.platform.web.guard import page
from tiaoli.platform.web.reviews.seats import sits_in_review


@require_POST
@page(sits_in_review)
def several(request: HttpRequest) -> HttpResponse:
    """First a preview; with the count typed in, it is done, file by file."""
    numbers = request.POST.getlist("number")[: batch.AT_MOST]
    step = request.POST.get("step", "")
    refused = None
    if "confirmed" in request.POST:
        versions = {
            number: version_shown(request, f"version-{number}")
            for number in request.POST.getlist("go")[: batch.AT_MOST]
        }
        try:
            done = batch.decide(
                request.actor,
                step,
                versions,
                confirmed=request.POST["confirmed"],
                remark=request.POST.get("remark", ""),
            )
        except Refused as refusal:
            refused, numbers = refusal.says, list(versions)
        else:
            return render(request, "reviews/done.html", {"done": done})
    files = (
        Application.objects.filter(number__in=numbers)
        .select_related("person", "employer", "office", "about__record")
        .prefetch_related("parties", "steps")
        .order_by("number")
    )
    prospects = batch.preview(request.actor, files, step, asked=numbers)
    if not numbers or not step:
        refused = refused or Label("請勾選案件並選一個步驟。", "Tick files and choose a step.")
    context = {
        "prospects": prospects,
        "ready": [one for one in prospects if one.may],
        "blocked": sum(not one.may for one in prospects),
        "step": step,
        "label": next((one.step.label for one in prospects if one.step), None),
        "refused": refused,
        "remark": request.POST.get("remark", ""),
    }
    return render(request, "reviews/batch.html", context, status=200 if refused is None else 422)
