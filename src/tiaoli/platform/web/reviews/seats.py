"""Who opens the pages of reviews."""

from __future__ import annotations

from typing import Any

from tiaoli.facts.kinds import Label
from tiaoli.platform.applications.seeing import NOT_SEEN, is_named, is_party, may_look
from tiaoli.platform.audit.actions import Actor
from tiaoli.platform.people.seats import POSTS_OF
from tiaoli.platform.reviews.actions import MANAGE
from tiaoli.platform.web.applications.seen import application_called
from tiaoli.platform.web.guard import seated

sits_in_review = seated(*sorted(frozenset[str]().union(*POSTS_OF.values())))
from_the_house = seated(*MANAGE)


def reviews_it(actor: Actor, number: str, **address: Any) -> Label | None:
    """Whoever may look at the file from a seat of a house, and is no party to it."""
    if (why_not := sits_in_review(actor)) is not None:
        return why_not
    application = application_called(number)
    if application is None:
        return NOT_SEEN
    if is_party(actor, application) or is_named(actor, application):
        return Label("這是您自己的案件。", "This is your own file.")
    return may_look(actor, application)
