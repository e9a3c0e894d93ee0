"""
How anything on the platform is changed: by an action, which pages, tasks and links share.

    @action("applications.withdraw", Label("撤回", "withdraw"), allowed=may_withdraw)
    def withdraw(by: Actor, application: Application, *, reason: str) -> Told:
        ...
        return Told(application, application.person, {"from": "draft"}, {"reason": reason})

Permission, change and event are one transaction: all of it is there, or nothing. A refusal says
why, in words that a person can read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

import pghistory
from django.db import models, transaction

from tiaoli.facts.kinds import Label
from tiaoli.platform.audit import chain
from tiaoli.platform.audit.models import Event

P = ParamSpec("P")
T = TypeVar("T", bound=models.Model)
ACTIONS: dict[str, Label] = {}
"""Every action by its name, with what the trail calls it."""


@dataclass(frozen=True, slots=True)
class Actor:
    """
    Who acts: an account, and the seat (an organisation and a role there) it acts from, or nobody.

    ``by`` is the name shown; ``deputy_for`` the account whose seat is taken for a while; ``via`` is
    ``page``, ``task``, ``link`` or ``api``.
    """

    account: Any = None
    by: str = ""
    organisation: Any = None
    role: str = ""
    deputy_for: Any = None
    via: str = "page"


THE_DAY = Actor(by="期日屆至 the day itself", via="task")
"""Nobody: what happens by itself."""


class Refused(Exception):
    """What was asked is not done. ``says`` tells what was asked, why not, and what to do."""

    def __init__(self, says: Label) -> None:
        super().__init__(f"{says.zh} / {says.en}")
        self.says = says


class NotAllowed(Refused):
    """Whoever asks may not."""


class OutOfDate(Refused):
    """Somebody else was quicker: what was shown is no longer so."""


@dataclass(frozen=True, slots=True)
class Told(Generic[T]):
    """What an action did: to ``thing``, about ``person``, and what the trail keeps of it."""

    thing: T
    person: Any = None
    data: Mapping[str, Any] = field(default_factory=dict)
    personal: Mapping[str, Any] = field(default_factory=dict)


Permission = Callable[[Actor, Any], Label | None]
"""None where ``actor`` may do it to the thing; otherwise why not, in words."""

Change = Callable[Concatenate[Actor, Any, P], Told[T]]


def action(
    name: str, label: Label, *, allowed: Permission
) -> Callable[[Change[P, T]], Callable[Concatenate[Actor, Any, P], T]]:
    """An action of a function ``(by, thing, …) -> Told``. Raises ValueError for a name twice."""
    if name in ACTIONS:
        raise ValueError(f"two actions are called {name}")
    ACTIONS[name] = label

    def made(change: Change[P, T]) -> Callable[Concatenate[Actor, Any, P], T]:
        @wraps(change)
        def act(by: Actor, thing: Any, *given: P.args, **named: P.kwargs) -> T:
            with transaction.atomic(), pghistory.context() as rows:
                if (why_not := allowed(by, thing)) is not None:
                    raise NotAllowed(why_not)
                told = change(by, thing, *given, **named)
                event = _record(name, by, told)
                chain.tie(event, rows)
                return told.thing

        return act  # type: ignore[return-value]  # the names of its first two are lost

    return made


def anybody(_by: Actor, _thing: Any) -> Label | None:
    """Whoever reaches the action may take it; its own code sees to the rest."""
    return None


def _record(name: str, by: Actor, told: Told[Any]) -> Event:
    return chain.append(
        personal={"by": by.by, **told.personal},
        action=name,
        actor=None if by.account is None else by.account.pk,
        seat=by.role,
        deputy_for=None if by.deputy_for is None else by.deputy_for.pk,
        via=by.via,
        thing=f"{told.thing._meta.label_lower}:{told.thing.pk}",
        person=None if told.person is None else told.person.pk,
        organisation=None if by.organisation is None else by.organisation.pk,
        data=dict(told.data),
    )
