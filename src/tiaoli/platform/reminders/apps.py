"""The app."""

from django.apps import AppConfig


class RemindersConfig(AppConfig):
    name = "tiaoli.platform.reminders"
    label = "reminders"
    verbose_name = "提醒 reminders"

    def ready(self) -> None:
        """A digest that was not taken is made anew when it is tried again."""
        from tiaoli.platform.people.mails import REMADE
        from tiaoli.platform.reminders import digests

        REMADE[digests.TABLE] = digests.once_more
