"""What is worked out for a whole house in the background."""

from __future__ import annotations

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued


@app.task(name="portfolio.look_ahead")
def look_ahead(organisation: int) -> None:
    """Make the outlook of an organisation; running it twice gives the same."""
    from tiaoli.platform.people.models import Organisation  # noqa: PLC0415  # once Django is ready
    from tiaoli.platform.portfolio import outlook  # noqa: PLC0415

    outlook.make(Organisation.objects.get(pk=organisation))


def enqueue(organisation: int) -> bool:
    """Have it made; False where it is waiting to be made already."""
    task = look_ahead.configure(queueing_lock=f"outlook.{organisation}")
    try:
        with transaction.atomic():
            task.defer(organisation=organisation)
    except AlreadyEnqueued:
        return False
    return True
