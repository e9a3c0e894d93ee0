"""The app."""

from django.apps import AppConfig


class PortfolioConfig(AppConfig):
    name = "tiaoli.platform.portfolio"
    label = "portfolio"
    verbose_name = "履歷 portfolio"

    def ready(self) -> None:
        """A letter that left after all is told to whoever asked for it."""
        from tiaoli.platform.people.mails import arrived
        from tiaoli.platform.portfolio.attesting import mail_arrived

        arrived.connect(mail_arrived, dispatch_uid="portfolio.mail_arrived")
