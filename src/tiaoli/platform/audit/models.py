"""
The trail: one row for each decision and change of state, each sealed with the one before.

``hash`` is taken of the row's own words, of the digest of its personal part, and of the ``hash``
before. The personal part itself may be shredded: its digest, made with a salt that is shredded
with it, stays in the chain and says nothing. Triggers refuse any other change, and any deletion.
"""

from __future__ import annotations

import pgtrigger
from django.db import models

GENESIS = "0" * 64


class Event(models.Model):
    """
    ``action``   the name of the action function, such as ``applications.submit``
    ``actor``    the account; empty where nobody acts: the day itself, an outside supervisor
    ``seat``     the organisation and role in whose name it was done; ``deputy_for`` whom
    ``thing``    what it was done to: ``applications.application:41``
    ``person``   the person whom it concerns, where there is one
    ``data``     what there is to say of it without saying who anybody is
    ``personal`` what says who somebody is, the name of whoever acted too; empty when shredded
    """

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    action = models.CharField(max_length=80, db_index=True)
    actor = models.BigIntegerField(null=True, db_index=True)
    seat = models.CharField(max_length=200, blank=True)
    deputy_for = models.BigIntegerField(null=True)
    via = models.CharField(max_length=20)
    thing = models.CharField(max_length=120, db_index=True)
    person = models.BigIntegerField(null=True, db_index=True)
    organisation = models.BigIntegerField(null=True, db_index=True)
    data = models.JSONField(default=dict)
    personal = models.JSONField(null=True)
    salt = models.BinaryField(null=True)
    personal_digest = models.CharField(max_length=64, blank=True)
    shredded_at = models.DateTimeField(null=True)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ("number",)
        indexes = (models.Index(fields=("thing", "number")),)
        triggers = (
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="only_shredded",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=(
                    "IF ROW(NEW.number, NEW.at, NEW.action, NEW.actor, NEW.seat,"
                    " NEW.deputy_for, NEW.via, NEW.thing, NEW.person, NEW.organisation, NEW.data,"
                    " NEW.personal_digest, NEW.previous, NEW.hash)"
                    " IS DISTINCT FROM ROW(OLD.number, OLD.at, OLD.action, OLD.actor,"
                    " OLD.seat, OLD.deputy_for, OLD.via, OLD.thing, OLD.person,"
                    " OLD.organisation, OLD.data, OLD.personal_digest, OLD.previous, OLD.hash)"
                    " OR NEW.personal IS NOT NULL OR NEW.salt IS NOT NULL"
                    " OR NEW.shredded_at IS NULL THEN"
                    " RAISE EXCEPTION 'the trail is not rewritten'; END IF; RETURN NEW;"
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.action} {self.thing}"


class Verification(models.Model):
    """
    One look at the chain: every event after ``after`` up to ``upto`` was read, whose hash then was
    ``hash``. The next look may begin there, and finds out if that event is another by then.
    """

    at = models.DateTimeField()
    by = models.BigIntegerField(null=True)
    after = models.BigIntegerField()
    upto = models.BigIntegerField()
    hash = models.CharField(max_length=64)
    faults = models.JSONField(default=list)  # [{"number", "zh", "en"}]

    class Meta:
        ordering = ("pk",)
