"""The app."""

from django.apps import AppConfig


class FeesConfig(AppConfig):
    name = "tiaoli.platform.fees"
    label = "fees"
    verbose_name = "規費 fees"
