"""An organisation as its administrator sees it: posts over time, grades, what it runs."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from tiaoli.facts.kinds import Label
from tiaoli.platform import clock
from tiaoli.platform.people import posts
from tiaoli.platform.people.grades import HospitalGrade
from tiaoli.platform.people.models import (
    Membership,
    Organisation,
    OrganisationKind,
    Post,
    holding,
)
from tiaoli.platform.web.guard import page, seated
from tiaoli.platform.web.people import forms
from tiaoli.platform.web.people.asking import taken, tell
from tiaoli.platform.web.people.guards import own_member
from tiaoli.platform.web.people.paging import kept, page_of
from tiaoli.regulations import catalogue

administrator = seated(Post.ADMINISTRATOR)


@page(administrator)
def organisation(request: HttpRequest) -> HttpResponse:
    """The organisation of the seat."""
    return _shown(request, forms.GradeForm(lang=request.lang, initial={"first": clock.today()}))


@require_POST
@page(administrator)
def set_grade(request: HttpRequest) -> HttpResponse:
    """A grade from a day on."""
    form = forms.GradeForm(request.POST, lang=request.lang)
    house = request.actor.organisation
    if taken(form, lambda: posts.set_grade(request.actor, house, **form.cleaned_data)) is None:
        return _shown(request, form, status=422)
    tell(request, Label("已登錄等級。", "The grade is on file."))
    return redirect("organisation")


def _shown(request: HttpRequest, form: forms.GradeForm, status: int = 200) -> HttpResponse:
    house: Organisation = request.actor.organisation
    found = _members(request, house)
    mandates = [
        (catalogue.find(mandate.regulation).title, mandate)
        for mandate in house.mandates.order_by("regulation")
    ]
    context = {
        "house": house,
        "is_hospital": house.kind == OrganisationKind.HOSPITAL,
        "grades": [(HospitalGrade.of(held.grade).label, held) for held in house.grades.all()],
        "mandates": mandates,
        "members": page_of(request, found),
        "rest": kept(request),
        "posts": [(post.value, post.label) for post in Post],
        "chosen": request.GET,
        "form": form,
    }
    return render(request, "people/organisation.html", context, status=status)


def _members(request: HttpRequest, house: Organisation) -> QuerySet[Membership]:
    found = house.memberships.select_related("person", "account").order_by(
        "role", "unit", "-first", "pk"
    )
    when = request.GET.get("when", "now")
    if when == "now":
        found = found.filter(holding(clock.today()))
    elif when == "ended":
        found = found.filter(last__lt=clock.today())
    if role := request.GET.get("role"):
        found = found.filter(role=role)
    if words := request.GET.get("q", "").strip():
        found = found.filter(
            Q(person__name__icontains=words)
            | Q(account__name__icontains=words)
            | Q(account__email__icontains=words)
            | Q(unit__icontains=words)
        )
    return found


@require_http_methods(["GET", "POST"])
@page(own_member)
def member(request: HttpRequest, pk: int) -> HttpResponse:
    """One post: end it, or add a further one for whoever holds it."""
    found = get_object_or_404(
        Membership.objects.select_related("organisation", "person", "account"), pk=pk
    )
    ending = request.method == "POST" and request.POST.get("do") == "end"
    adding = request.method == "POST" and request.POST.get("do") == "add"
    today = {"last": clock.today(), "first": clock.today()}
    end = forms.EndForm(request.POST if ending else None, lang=request.lang, initial=today)
    add = forms.PostForm(
        request.POST if adding else None, lang=request.lang, initial=today, prefix=None
    )
    done: Any = None
    if ending:
        done = taken(end, lambda: posts.end_post(request.actor, found, **end.cleaned_data))
    elif adding:
        done = taken(add, lambda: posts.add_post(request.actor, found, **add.cleaned_data))
    if done is not None:
        tell(request, Label("已登錄。", "It is on file."))
        return redirect("member", pk=done.pk)
    all_posts = Membership.objects.filter(
        organisation=found.organisation, person=found.person, account=found.account
    )
    context = {
        "held": found,
        "all_posts": all_posts.order_by("-first", "pk")[:100],
        "end": end,
        "add": add,
        "deputies": found.deputies.select_related("account").order_by("-first")[:50],
    }
    status = 422 if ending or adding else 200
    return render(request, "people/member.html", context, status=status)
