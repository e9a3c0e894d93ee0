"""The app."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PeopleConfig(AppConfig):
    name = "tiaoli.platform.people"
    label = "people"
    verbose_name = "人員與機構 people"

    def ready(self) -> None:
        """What each app holds about people."""
        autodiscover_modules("about_people")
