"""The front page, the choice of a language and of a seat."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from tiaoli.platform.web.acting import SEAT
from tiaoli.platform.web.guard import anyone, logged_in, page
from tiaoli.platform.web.home.attention import waiting_for
from tiaoli.regulations import catalogue


@page(anyone)
def home(request: HttpRequest) -> HttpResponse:
    """What is waited for from whoever asks; for the public, what this place is."""
    if not request.user.is_authenticated:
        regulations = [catalogue.find(name) for name in catalogue.ids()]
        return render(request, "home/public.html", {"regulations": regulations})
    return render(request, "home/home.html", {"waiting": waiting_for(request)})


@require_POST
@page(logged_in)
def take_seat(request: HttpRequest) -> HttpResponse:
    """Act from another seat from now on."""
    request.session[SEAT] = request.POST.get("seat", "")
    onward = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(onward, allowed_hosts={request.get_host()})
    return redirect(onward if safe else "/")
