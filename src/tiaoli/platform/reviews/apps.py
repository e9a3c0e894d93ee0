"""The app."""

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "tiaoli.platform.reviews"
    label = "reviews"
    verbose_name = "審查 reviews"
