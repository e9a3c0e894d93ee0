"""The app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "tiaoli.platform.web"
    label = "web"
    verbose_name = "頁面 pages"
