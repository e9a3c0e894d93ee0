"""What is worked out in the background: for a whole house, or for everybody concerned."""

from __future__ import annotations

from contextlib import suppress

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from tiaoli.platform import clock
from tiaoli.platform.audit.actions import Actor
from tiaoli.platform.people.models import Mandate, Organisation, Outlook
from tiaoli.platform.portfolio import comparisons, outlook
from tiaoli.platform.portfolio.models import Comparison


@app.task(name="portfolio.look_ahead")
def look_ahead(organisation: int) -> None:
    """Make the outlook of an organisation; running it twice gives the same."""
    outlook.make(Organisation.objects.get(pk=organisation))


def ask_for_outlook(house: Organisation) -> bool:
    """Have the outlook of a house made; False where it is waiting to be made already."""
    asked = {"asked": clock.now(), "problem": ""}
    Outlook.objects.update_or_create(organisation=house, defaults=asked)
    task = look_ahead.configure(queueing_lock=f"outlook.{house.pk}")
    try:
        with transaction.atomic():
            task.defer(organisation=house.pk)
    except AlreadyEnqueued:
        return False
    return True


@app.task(name="portfolio.compare")
def compare(comparison: int) -> None:
    """Work a comparison out; one that is done is left as it is."""
    comparisons.make(comparison)


@transaction.atomic
def ask_for_comparison(by: Actor, mandate: Mandate, asked: comparisons.Asked) -> Comparison:
    """
    Have a comparison made: the one on its way where it is asked for already. Its task is asked for
    in any case, for the one before may be lost. Raises NotAllowed.
    """
    made = comparisons.ask(by, mandate, asked=asked)
    task = compare.configure(queueing_lock=f"comparison.{made.pk}", lock=f"comparison.{made.pk}")
    with suppress(AlreadyEnqueued), transaction.atomic():
        task.defer(comparison=made.pk)
    return made
