"""Which application an address names, and who may open it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest

from tiaoli.facts.kinds import Label
from tiaoli.platform.applications.models import Application
from tiaoli.platform.applications.seeing import NOT_SEEN, is_named, is_party, may_look
from tiaoli.platform.audit.actions import Actor


def application_at(number: str) -> Application:
    """With all that a page shows of it. Raises Http404 for a number that nothing has."""
    found = application_called(number)
    if found is None:
        raise Http404
    return found


def application_called(number: str) -> Application | None:
    """With all that a page shows of it; None for a number that nothing has."""
    return (
        Application.objects.select_related("person__account", "employer", "office", "about__record")
        .prefetch_related("parties__person", "steps")
        .filter(number=number)
        .first()
    )


def version_shown(request: HttpRequest, field: str = "version") -> int:
    """The version that a form was made from; 0, which nothing has, for what is no number."""
    try:
        return int(request.POST.get(field, ""))
    except ValueError:
        return 0


def sees_it(actor: Actor, number: str, **address: Any) -> Label | None:
    """The applicant, those named, and the houses that the file has come to."""
    if actor.account is None:
        return Label("請先登入。", "Log in first.")
    application = application_called(number)
    return NOT_SEEN if application is None else may_look(actor, application)


def files_it(actor: Actor, number: str, **address: Any) -> Label | None:
    """Whoever filed it, or is named in it."""
    if actor.account is None:
        return Label("請先登入。", "Log in first.")
    application = application_called(number)
    if application is None:
        return NOT_SEEN
    if is_party(actor, application) or is_named(actor, application):
        return None
    theirs = Label("這一頁是給申請人的。", "This page is for whoever filed the application.")
    return may_look(actor, application) or theirs
