"""What is about to happen, told to whom it concerns; a calendar that only its owner reads."""

from __future__ import annotations

from django.db import models

from tiaoli.platform.people.models import Account


class Reminder(models.Model):
    """
    One thing to tell one account. ``key`` keeps it from being told twice; ``sent`` is when the
    digest went out in which it was told.
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="reminders")
    key = models.CharField(max_length=200)
    sort = models.CharField(max_length=30)
    day = models.DateField()
    zh = models.TextField()
    en = models.TextField()
    link = models.CharField(max_length=200, blank=True)
    made = models.DateTimeField()
    sent = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("account", "key"), name="told_once"),)
        indexes = (models.Index(fields=("account", "sent", "day")),)


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
