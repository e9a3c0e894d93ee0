"""What anybody may see, without an account: a certificate by its token or number, registers."""

from __future__ import annotations

import datetime
import hashlib
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render

from tiaoli.facts.kinds import Label
from tiaoli.platform import clock
from tiaoli.platform.certificates.models import Certificate, Copy, Issuer
from tiaoli.platform.certificates.standing import with_standing
from tiaoli.platform.fees.statements import normal_case
from tiaoli.platform.web.certificates.limits import TOO_OFTEN, too_often
from tiaoli.platform.web.certificates.shown import public, worded
from tiaoli.platform.web.days import day_typed
from tiaoli.platform.web.fees.shown import paged
from tiaoli.platform.web.guard import anyone, page

_MOST_BYTES = 5 * 1024 * 1024
_ROWS = Certificate.objects.select_related("issuer", "replaced_by")


@page(anyone)
def verify(request: HttpRequest) -> HttpResponse:
    """Look a certificate up by its number, or by a file of it."""
    number, file = normal_case(request.GET.get("number", "")), request.FILES.get("file")
    context: dict[str, Any] = {"number": request.GET.get("number", ""), "asked": bool(number)}
    if not number and file is None:
        context["registers"] = Issuer.objects.filter(public_register=True).select_related(
            "organisation"
        )
        return render(request, "certificates/verify.html", context)
    if too_often(request):
        context["wrong"] = TOO_OFTEN
        return render(request, "certificates/verify.html", context, status=429)
    found = _of_file(file) if file is not None else _ROWS.filter(number=number).first()
    if found is not None:
        return redirect("certificate", token=found.token)
    context["wrong"] = _NO_FILE if file is not None else _no_number(number)
    return render(request, "certificates/verify.html", context, status=404)


_NO_FILE = Label(
    "這個檔案不是這裡製作的證明，或已被改動過。請改以證明字號查詢。",
    "This file was not made here, or was changed since. Look the certificate up by its number.",
)


def _no_number(number: str) -> Label:
    return Label(
        f"沒有字號「{number}」的證明。請核對字號（含英文字母與連字號）。",
        f"There is no certificate {number}. Check the number, with its letters and hyphens.",
    )


def _of_file(file: Any) -> Certificate | None:
    if file.size > _MOST_BYTES:
        return None
    sha256 = hashlib.sha256(file.read()).hexdigest()
    copy = Copy.objects.filter(sha256=sha256).select_related("certificate").first()
    return None if copy is None else copy.certificate


@page(anyone)
def certificate(request: HttpRequest, token: str) -> HttpResponse:
    """How a certificate stands today, or on a past day (``?on=``)."""
    found = get_object_or_404(_ROWS, token=token)
    on, wrong = _day(request)
    shown = public(found, on)
    context = {
        "shown": shown,
        "one": found,
        "wrong": wrong,
        "on": request.GET.get("on", ""),
        "past": on != clock.today(),
    }
    response = render(request, "certificates/certificate.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


@page(anyone)
def certificate_json(request: HttpRequest, token: str) -> HttpResponse:
    """The same for a machine."""
    found = get_object_or_404(_ROWS, token=token)
    on, wrong = _day(request)
    if wrong is not None:
        return JsonResponse({"error": {"zh": wrong.zh, "en": wrong.en}}, status=400)
    answer = JsonResponse(public(found, on).to_json(), json_dumps_params={"ensure_ascii": False})
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _day(request: HttpRequest) -> tuple[datetime.date, Label | None]:
    """The day that is asked about; today, and what is wrong, where it cannot be read."""
    today = clock.today()
    day, wrong = day_typed(request.GET.get("on", ""))
    if day is None:
        return today, wrong
    if day > today:
        return today, Label(
            "只能查今天或過去的日期。", "Only today or a day in the past can be asked about."
        )
    return day, None


@page(anyone)
def public_register(request: HttpRequest, pk: int) -> HttpResponse:
    """What an organisation has issued, where it keeps a public register."""
    setting = get_object_or_404(
        Issuer.objects.select_related("organisation"), organisation=pk, public_register=True
    )
    asked = normal_case(request.GET.get("number", ""))
    rows = Certificate.objects.filter(issuer=pk)
    if asked:
        rows = rows.filter(number__startswith=asked)
    rows = with_standing(rows, clock.today()).order_by("-issued", "-pk")
    context = {
        "organisation": setting.organisation,
        "certificates": worded(paged(request, rows, 50)),
        "number": request.GET.get("number", ""),
    }
    return render(request, "certificates/public_register.html", context)
