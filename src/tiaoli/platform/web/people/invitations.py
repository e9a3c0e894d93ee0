"""Inviting people, and what whoever follows the link sees."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tiaoli.facts.kinds import Label
from tiaoli.platform import clock
from tiaoli.platform.people import invitations as letters
from tiaoli.platform.people.models import Invitation, Person, Post
from tiaoli.platform.people.permissions import serving
from tiaoli.platform.web.guard import anyone, page
from tiaoli.platform.web.people import forms
from tiaoli.platform.web.people.accounts import INVITED
from tiaoli.platform.web.people.asking import taken, tell
from tiaoli.platform.web.people.guards import enters_people, own_invitation
from tiaoli.platform.web.people.paging import page_of


@require_http_methods(["GET", "POST"])
@page(enters_people)
def invitations(request: HttpRequest) -> HttpResponse:
    """Open and past invitations of the house, and a form for a new one."""
    person = _person(request)
    roles = [(p.value, p.label) for p in Post] if _administers(request) else [_practitioner()]
    form = forms.InviteForm(
        request.POST or None,
        lang=request.lang,
        roles=[_practitioner()] if person else roles,
        initial={"role": Post.PRACTITIONER.value},
    )
    if request.method == "POST":
        token = letters.new_token()
        house = request.actor.organisation
        made = taken(
            form,
            lambda: letters.invite(
                request.actor, house, **form.cleaned_data, token=token, person=person
            ),
        )
        if made is not None:
            _send(request, made, token)
            return redirect("invitations")
    found = request.actor.organisation.invitations.select_related(
        "invited_by", "accepted_by", "person"
    ).order_by("-sent", "-pk")
    context = {"form": form, "found": page_of(request, found), "person": person,
               "now": clock.now()}  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return render(request, "people/invitations.html", context, status=status)


def _administers(request: HttpRequest) -> bool:
    return bool(request.actor.role == Post.ADMINISTRATOR)


def _practitioner() -> tuple[str, Label]:
    return Post.PRACTITIONER.value, Post.PRACTITIONER.label


def _person(request: HttpRequest) -> Person | None:
    """Whose file the invitation is to be linked with: one who serves in this house."""
    asked = request.POST.get("person") or request.GET.get("person") or ""
    if not asked.isdecimal():
        return None
    held = serving(request.actor.organisation).filter(person=int(asked), person__account=None)
    return get_object_or_404(Person, pk__in=held.values("person"))


@require_POST
@page(own_invitation)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The link is dead from now on."""
    letters.withdraw(request.actor, get_object_or_404(Invitation, pk=pk))
    tell(request, Label("已撤回。", "Withdrawn."))
    return redirect("invitations")


@require_POST
@page(own_invitation)
def resend(request: HttpRequest, pk: int) -> HttpResponse:
    """A new link by mail; the one before is dead."""
    token = letters.new_token()
    made = letters.renew(request.actor, get_object_or_404(Invitation, pk=pk), token=token)
    _send(request, made, token)
    return redirect("invitations")


def _send(request: HttpRequest, made: Invitation, token: str) -> None:
    address = settings.PUBLIC_URL + reverse("invitation", kwargs={"token": token})
    if not letters.send(made, address):
        says = Label(
            "邀請已建立，但信沒有寄出；系統會自動再試，也可以稍後按「重寄」。",
            "The invitation is made, but the mail did not leave: it is tried again by itself, and "
            "you may send it again.",
        )
        tell(request, says, level=messages.WARNING)
        return
    tell(request, Label(f"已寄給 {made.email}。", f"Sent to {made.email}."))


@never_cache
@require_http_methods(["GET", "POST"])
@page(anyone)
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What a link leads to: accept, log in or sign up first, or why it no longer works."""
    found = letters.found_by(token)
    gone = _UNKNOWN if found is None else letters.state_of(found)
    mine = (
        found is not None
        and request.user.is_authenticated
        and (found.accepted_by_id == request.user.pk)
    )
    if gone is not None or found is None:
        request.session.pop(INVITED, None)
        return render(
            request, "people/invitation_gone.html", {"why": gone, "mine": mine}, status=410
        )
    problem = None
    if not request.user.is_authenticated:
        request.session[INVITED] = token
    if request.method == "POST":
        form = forms.WordsForm(request.POST, lang=request.lang)
        if not request.user.is_authenticated:
            return redirect(f"{reverse('account_login')}?next={request.path}")
        if taken(form, lambda: letters.accept(request.actor, found)) is not None:
            request.session.pop(INVITED, None)
            house = found.organisation
            tell(request, Label(f"您已加入{house.label.zh}。", f"You joined {house.label.en}."))
            return redirect("home")
        problem = form.non_field_errors()
    context = {"found": found, "post": Post.of(found.role).label, "problem": problem,
               "address": _hidden(found.email)}  # fmt: skip
    return render(request, "people/invitation.html", context, status=409 if problem else 200)


_UNKNOWN = Label(
    "這個連結不完整，或已換成新的一封；請用最近一封信裡的連結。",
    "This link is not complete, or was replaced: use the one in the latest mail.",
)


def _hidden(email: str) -> str:
    """``w…@example.org``: enough for whom it was sent to."""
    name, _, house = email.partition("@")
    return f"{name[:1]}…@{house}"
