"""Addresses of the pages, area by area; each area adds its entries to the menu."""

from django.urls import include, path

AREAS = (
    "home",
    "applications",
    "reviews",
    "fees",
    "certificates",
    "reminders",
)

urlpatterns = [path("", include(f"tiaoli.platform.web.{area}.urls")) for area in AREAS]
