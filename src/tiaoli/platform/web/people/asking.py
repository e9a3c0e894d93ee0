"""How a form of these pages meets an action: what it refuses stands beside what was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest

from tiaoli.facts.kinds import Label
from tiaoli.platform.audit.actions import NotAllowed, Refused
from tiaoli.platform.people.identity import WrongNumber
from tiaoli.platform.people.persons import NumberTaken
from tiaoli.platform.web.people.forms import WordsForm


def taken(form: WordsForm, act: Callable[[], Any], *, number: str = "number") -> Any | None:
    """
    What ``act`` gives, or None where the form or the action says no: the form then holds why.

    Raises NotAllowed, which is a page of its own.
    """
    if not form.is_valid():
        return None
    try:
        return act()
    except NotAllowed:
        raise
    except (NumberTaken, WrongNumber) as wrong:
        form.refuse(wrong.says, number if number in form.fields else None)
    except Refused as refusal:
        form.refuse(refusal.says)
    return None


def tell(request: HttpRequest, says: Label, *, level: int = messages.SUCCESS) -> None:
    """A message at the head of the next page."""
    messages.add_message(request, level, says.in_(request.lang))
