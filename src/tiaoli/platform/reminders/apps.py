"""The app."""

from django.apps import AppConfig


class RemindersConfig(AppConfig):
    name = "tiaoli.platform.reminders"
    label = "reminders"
    verbose_name = "提醒 reminders"
