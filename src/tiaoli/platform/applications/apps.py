"""The app."""

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "tiaoli.platform.applications"
    label = "applications"
    verbose_name = "申請 applications"
