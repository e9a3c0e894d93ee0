"""
Tasks in the background; the queue is PostgreSQL.

Every day at five in Taipei what comes is looked for, and at six the digests go out. A task that
fails is tried again; one whose worker was killed is given to another worker. Each may run twice
without telling anything twice.
"""

from __future__ import annotations

from typing import Any, Final

from procrastinate import App, RetryStrategy
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

from tiaoli.platform import clock

LOOK_AT: Final = "0 21 * * *"
"""05:00 in Taipei, which keeps no summer time; a schedule is in UTC."""
SEND_AT: Final = "0 22 * * *"
"""06:00 in Taipei."""
_MADE_UP_FOR: Final = 12 * 3600
"""A worker that was down at the hour makes up for it when it is back within so many seconds."""
_STALLED_EVERY: Final = "*/5 * * * *"
_UNSENT_EVERY: Final = "*/5 * * * *"


def ready(app: App) -> None:
    """Where tasks are registered, once Django is set up."""
    app.periodic_defaults["max_delay"] = _MADE_UP_FOR
    again = RetryStrategy(max_attempts=6, wait=60, linear_wait=300)

    @app.task(name="reminders.look_at_people", retry=again)
    def look_at_people(people: list[int]) -> None:
        from tiaoli.platform.reminders import outlook

        outlook.look_at(people, clock.today())

    @app.periodic(cron=LOOK_AT)
    @app.task(name="reminders.look_ahead", retry=again, lock="reminders.look_ahead")
    def look_ahead(timestamp: int = 0) -> None:
        from tiaoli.platform.reminders import nightly, outlook

        nightly.look(clock.today())
        waiting = outlook.waiting(clock.today())
        for start in range(0, len(waiting), outlook.IN_A_TASK):
            look_at_people.defer(people=waiting[start : start + outlook.IN_A_TASK])

    @app.periodic(cron=LOOK_AT)
    @app.task(name="applications.by_itself", retry=again, lock="applications.by_itself")
    def take_steps_of_the_day(timestamp: int = 0) -> None:
        """What happens by itself: a window opens, a term lapses."""
        from tiaoli.platform.applications import by_itself

        by_itself.run(clock.today())

    @app.periodic(cron=SEND_AT)
    @app.task(name="reminders.send_digests", retry=again)
    def send_digests(timestamp: int = 0) -> None:
        from tiaoli.platform.reminders import digests

        digests.send_all(clock.today())

    @app.periodic(cron=_UNSENT_EVERY)
    @app.task(name="people.send_unsent", queueing_lock="people.send_unsent")
    def send_unsent(timestamp: int = 0) -> None:
        """Mails that the server did not take; a failure is kept with the mail, and tried later."""
        from tiaoli.platform.people import mails

        mails.send_due(clock.now())

    @app.periodic(cron=_STALLED_EVERY)
    @app.task(name="reminders.take_over", queueing_lock="reminders.take_over", pass_context=True)
    async def take_over(context: Any, timestamp: int = 0) -> None:
        """What a killed worker was at is done by another."""
        jobs = context.app.job_manager
        for job in await jobs.get_stalled_jobs():
            try:
                await jobs.retry_job(job)
            except UniqueViolation:  # it was asked for again meanwhile: that one does it
                await jobs.finish_job(job, status=Status.ABORTED, delete_job=False)
