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
    "people",
    "staff",
    "trail",
)

urlpatterns = [path("", include(f"tiaoli.platform.web.{area}.urls")) for area in AREAS]
