"""Addresses of the pages, area by area; each area adds its entries to the menu."""

from django.urls import include, path

AREAS = (
    "home",
    "standing",
    "portfolio",
    "applications",
    "reviews",
    "fees",
    "certificates",
    "reminders",
    "rules",
    "staff",
    "people",
    "trail",
)
"""In the order of the menu."""

urlpatterns = [path("", include(f"tiaoli.platform.web.{area}.urls")) for area in AREAS]
