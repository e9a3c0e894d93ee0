"""Somebody who keeps a portfolio, for the tests of what is entered into it."""

from typing import Any

from tiaoli.platform.audit.actions import Actor
from tiaoli.platform.people.models import Person
from tiaoli.platform.world import making


def lin(email: str = "lin@example.org", **more: Any) -> tuple[Person, Actor]:
    person = making.person("林介入", email=email, **more)
    return person, Actor(person.account, "林介入")
