"""The app."""

from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    name = "tiaoli.platform.certificates"
    label = "certificates"
    verbose_name = "證明 certificates"
