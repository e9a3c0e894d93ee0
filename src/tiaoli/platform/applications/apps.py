"""The app."""

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "tiaoli.platform.applications"
    label = "applications"
    verbose_name = "申請 applications"

    def ready(self) -> None:
        """A payment that is booked moves the file that waited for it."""
        from tiaoli.platform.applications.by_itself import notice_was_paid
        from tiaoli.platform.fees.signals import notice_paid

        notice_paid.connect(notice_was_paid, dispatch_uid="applications.notice_was_paid")
