"""The app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "tiaoli.platform.audit"
    label = "audit"
    verbose_name = "軌跡 trail"
