"""What is worked out for a whole house in the background."""

from __future__ import annotations

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from tiaoli.platform import clock
from tiaoli.platform.people.models import Organisation, Outlook
from tiaoli.platform.portfolio import outlook


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
