"""The app."""

from django.apps import AppConfig


class WorldConfig(AppConfig):
    name = "tiaoli.platform.world"
    label = "world"
    verbose_name = "虛構世界 invented world"
