"""Who sits in for one's posts, and for whom one sits in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from tiaoli.facts.kinds import Label
from tiaoli.platform import clock
from tiaoli.platform.people import deputies as terms
from tiaoli.platform.people.models import Account, Deputy, Membership, Post
from tiaoli.platform.web.guard import logged_in, page
from tiaoli.platform.web.people import forms
from tiaoli.platform.web.people.asking import taken, tell
from tiaoli.platform.web.people.guards import own_deputy


@require_http_methods(["GET", "POST"])
@page(logged_in)
def deputies(request: HttpRequest) -> HttpResponse:
    """Name somebody from a day until a day; see and end the terms there are."""
    held = [
        post
        for post in terms.own_posts(request.user, clock.today())
        if post.role != Post.PRACTITIONER
    ]
    form = _form(request, held)
    if request.method == "POST" and taken(form, lambda: _name(request, form, held)) is not None:
        tell(request, Label("已指定代理人。", "The deputy is named."))
        return redirect("deputies")
    named = Deputy.objects.filter(membership__in=held).select_related(
        "account", "membership__organisation"
    )
    mine = Deputy.objects.filter(account=request.user, last__gte=clock.today()).select_related(
        "membership__organisation", "membership__account", "membership__person"
    )
    context = {
        "form": form if held else None,
        "named": named.order_by("-last")[:100],
        "mine": mine.order_by("first")[:100],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "people/deputies.html", context, status=status)


def _form(request: HttpRequest, held: list[Membership]) -> forms.DeputyForm:
    form = forms.DeputyForm(
        request.POST or None, lang=request.lang, initial={"first": clock.today()}
    )
    names = [
        (post.pk, Label(f"{post.organisation.label.zh} · {Post.of(post.role).label.zh}",
                        f"{post.organisation.label.en} · {Post.of(post.role).label.en}"))
        for post in held
    ]  # fmt: skip
    others: dict[int, str] = {}
    for post in {post.organisation_id: post for post in held}.values():
        others |= {a.pk: str(a) for a in terms.colleagues(post, clock.today())}
    form.choose("post", names)
    form.choose("deputy", [(pk, Label(name, name)) for pk, name in others.items()])
    return form


def _name(request: HttpRequest, form: forms.DeputyForm, held: list[Membership]) -> Deputy:
    given = form.cleaned_data
    post = next(post for post in held if str(post.pk) == given["post"])
    account = get_object_or_404(Account, pk=given["deputy"])
    return terms.name_deputy(
        request.actor, post, account=account, first=given["first"], last=given["last"]
    )


@require_POST
@page(own_deputy)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """The term ends now."""
    terms.end_deputy(request.actor, get_object_or_404(Deputy, pk=pk))
    tell(request, Label("代理已結束。", "The term has ended."))
    return redirect("deputies")
