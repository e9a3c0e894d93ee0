"""The app."""

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "tiaoli.platform.reviews"
    label = "reviews"
    verbose_name = "審查 reviews"

    def ready(self) -> None:
        """What reviewers find counts in what is asked of a file; the house has rules of its own."""
        from tiaoli.platform.applications.found import HOUSE_RULES, SOURCES
        from tiaoli.platform.reviews.findings import found
        from tiaoli.platform.reviews.house import why_not

        if found not in SOURCES:
            SOURCES.append(found)
            HOUSE_RULES.append(why_not)
