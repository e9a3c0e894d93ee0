"""The app."""

from django.apps import AppConfig


class PortfolioConfig(AppConfig):
    name = "tiaoli.platform.portfolio"
    label = "portfolio"
    verbose_name = "履歷 portfolio"
