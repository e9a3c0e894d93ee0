"""What is about to happen, told to whom it concerns; a calendar that only its owner reads."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tiaoli.facts.kinds import Label
from tiaoli.platform.choices import Choice
from tiaoli.platform.people.models import Account, Person


class Sort(Choice):
    """What it is about."""

    TURN = "turn", "輪到您", "your turn"
    OVERDUE = "overdue", "已逾期", "overdue"
    FEE = "fee", "繳費", "payment"
    CERTIFICATE = "certificate", "證明到期", "certificate"
    OPENS = "opens", "即將符合", "opens"
    LEAVES = "leaves", "即將失去", "about to leave"


class Reminder(models.Model):
    """
    One thing to tell one account. ``key`` keeps it from being told twice; ``sent`` is when the
    digest went out in which it was told.

    ``about``  what it is about, the same for all reminders of one thing: an entry of the calendar
    ``day``    when that is
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="reminders")
    key = models.CharField(max_length=200)
    about = models.CharField(max_length=160)
    sort = models.CharField(max_length=30, choices=Sort.pairs())
    day = models.DateField()
    zh = models.TextField()
    en = models.TextField()
    link = models.CharField(max_length=200, blank=True)
    made = models.DateTimeField()
    sent = models.DateTimeField(null=True, blank=True)
    read = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("account", "key"), name="told_once"),)
        indexes = (
            models.Index(fields=("account", "sent", "day")),
            models.Index(fields=("account", "-made", "-id")),
            models.Index(fields=("account",), condition=Q(sent=None), name="not_sent_yet"),
        )

    @property
    def says(self) -> Label:
        """In words."""
        return Label(self.zh, self.en)


class Outlook(models.Model):
    """
    When somebody's standing was last looked at ahead, and when it is to be looked at again although
    nothing was added to their records.
    """

    person = models.OneToOneField(Person, models.CASCADE, related_name="outlook")
    looked = models.DateTimeField()
    again = models.DateField(db_index=True)


class Digest(models.Model):
    """A mail that went out, so that it can be sent again."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="digests")
    day = models.DateField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    sent = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("account", "day"), name="one_a_day"),)


class CalendarFeed(models.Model):
    """A private address of an iCalendar feed; kept as the digest of its token."""

    account = models.OneToOneField(Account, models.CASCADE, related_name="calendar")
    token_digest = models.CharField(max_length=64, unique=True)
    made = models.DateTimeField()
    revoked = models.DateTimeField(null=True, blank=True)
