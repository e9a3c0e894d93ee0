"""A person's file: their own page, and that of the offices which they concern."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tiaoli.facts.kinds import Label
from tiaoli.platform import clock
from tiaoli.platform.people import permissions, persons
from tiaoli.platform.people.actions import number_of
from tiaoli.platform.people.forgetting import forget, may_forget, preview
from tiaoli.platform.people.models import Person, Post
from tiaoli.platform.people.persons import FIELDS
from tiaoli.platform.web.guard import logged_in, page
from tiaoli.platform.web.people import forms, guards
from tiaoli.platform.web.people.asking import taken, tell


def _initial(person: Person) -> dict[str, object]:
    return {name: getattr(person, name) for name in FIELDS}


@require_http_methods(["GET", "POST"])
@page(logged_in)
def my_file(request: HttpRequest) -> HttpResponse:
    """One's own file: make it, complete it, enter the number once."""
    person = Person.objects.filter(account=request.user).first()
    initial = {"name": request.user.name} if person is None else _initial(person)
    form = forms.PersonForm(request.POST or None, lang=request.lang, initial=initial)
    if person is not None and person.number_index:
        del form.fields["number"]
    if request.method == "POST" and taken(form, lambda: _keep(request, form, person)) is not None:
        tell(request, Label("已存檔。", "Saved."))
        return redirect("my_file")
    posts = () if person is None else person.memberships.select_related("organisation").order_by(
        "-first"
    )[:50]  # fmt: skip
    context = {
        "person": person,
        "form": form,
        "held": [(Post.of(post.role).label, post) for post in posts],
        "because": forms.BecauseForm(lang=request.lang),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "people/my_file.html", context, status=status)


def _keep(request: HttpRequest, form: forms.PersonForm, person: Person | None) -> Person:
    number = form.cleaned_data.get("number", "")
    if person is None:
        return persons.register(request.actor, request.user, told=form.told(), number=number)
    with transaction.atomic():
        kept = persons.amend(request.actor, person, told=form.told())
        return persons.enter_number(request.actor, kept, number=number) if number else kept


@require_http_methods(["GET", "POST"])
@page(guards.enters_people)
def enter(request: HttpRequest) -> HttpResponse:
    """Somebody who serves in the house and has no account yet."""
    form = forms.EnterForm(
        request.POST or None, lang=request.lang, initial={"first": clock.today()}
    )
    if request.method == "POST":
        house = request.actor.organisation
        made = taken(
            form,
            lambda: persons.enter(
                request.actor,
                house,
                told=form.told(),
                number=form.cleaned_data["number"],
                unit=form.cleaned_data["unit"],
                first=form.cleaned_data["first"],
            ),
        )
        if made is not None:
            tell(request, Label("已登錄。", "They are on file."))
            return redirect("person", person=made.pk)
    context = {"form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "people/enter.html", context, status=status)


@page(guards.sees_person)
def person(request: HttpRequest, person: int) -> HttpResponse:
    """A person, as the offices see them which they concern."""
    return _shown(request, get_object_or_404(Person, pk=person))


@require_http_methods(["GET", "POST"])
@page(guards.corrects)
def correct(request: HttpRequest, person: int) -> HttpResponse:
    """What is wrong is put right, with a reason."""
    found = get_object_or_404(Person, pk=person)
    form = forms.CorrectForm(request.POST or None, lang=request.lang, initial=_initial(found))
    if request.method == "POST":
        made = taken(
            form,
            lambda: persons.correct(
                request.actor,
                found,
                told=form.told(),
                number=form.cleaned_data["number"],
                because=form.cleaned_data["because"],
            ),
        )
        if made is not None:
            tell(request, Label("已更正。", "Corrected."))
            return redirect("person", person=found.pk)
    context = {"person": found, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "people/correct.html", context, status=status)


@never_cache
@require_POST
@page(guards.reads_number)
def number(request: HttpRequest, person: int) -> HttpResponse:
    """The whole number, once, on this page only, and written down."""
    found = get_object_or_404(Person, pk=person)
    form = forms.BecauseForm(request.POST, lang=request.lang)
    read = taken(
        form, lambda: number_of(request.actor, found, because=form.cleaned_data["because"])
    )
    if read is None:
        return _shown(request, found, because=form, status=422)
    context = {
        "person": found,
        "number": read,
        "is_self": permissions.is_self(request.actor, found),
    }
    return render(request, "people/number.html", context)


def _shown(
    request: HttpRequest,
    found: Person,
    because: forms.BecauseForm | None = None,
    status: int = 200,
) -> HttpResponse:
    actor = request.actor
    posts = found.memberships.select_related("organisation").order_by("-first")[:50]
    context = {
        "person": found,
        "held": [(Post.of(post.role).label, post) for post in posts],
        "may_correct": permissions.corrects(actor, found) is None,
        "why_not_number": permissions.reads_number(actor, found),
        "may_invite": permissions.enters_people(actor, actor.organisation) is None
        and found.account_id is None,
        "may_forget": may_forget(actor, found) is None,
        "because": because or forms.BecauseForm(lang=request.lang),
    }
    return render(request, "people/person.html", context, status=status)


@require_http_methods(["GET", "POST"])
@page(guards.forgets)
def forget_person(request: HttpRequest, person: int) -> HttpResponse:
    """What goes, what stays and why; and doing it."""
    found = get_object_or_404(Person, pk=person)
    form = forms.ForgetForm(request.POST or None, lang=request.lang)
    if request.method == "POST":
        done = taken(
            form,
            lambda: forget(request.actor, found, because=form.cleaned_data["because"]),
        )
        if done is not None:
            return render(request, "people/forgotten.html", {"person": done})
    context = {"person": found, "form": form, "preview": preview(found)}
    status = 422 if request.method == "POST" else 200
    return render(request, "people/forget.html", context, status=status)


@page(logged_in)
def second_factor(request: HttpRequest) -> HttpResponse:
    """What to do before acting from a seat with power."""
    return render(request, "people/second_factor.html")
