"""The app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "tiaoli.platform.people"
    label = "people"
    verbose_name = "人員與機構 people"
