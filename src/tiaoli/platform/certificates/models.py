"""What was issued. A certificate carries its own decision, and outlives its application."""

from __future__ import annotations

import pghistory
from django.db import models

from tiaoli.platform.choices import Choice
from tiaoli.platform.people.models import Account, Organisation, Person
from tiaoli.platform.portfolio.models import Record


@pghistory.track()
class Certificate(models.Model):
    """
    ``record``    the fact that it shows: a credential of the vocabulary
    ``last``      the last day on which it holds; empty where the regulation states none
    ``decision``  what was decided, when, by which clauses, under which readings, by whom
    ``token``     by which the public page is found; it says nothing of who holds it
    """

    class Status(Choice):
        VALID = "valid", "有效", "valid"
        SUSPENDED = "suspended", "停止效力", "suspended"
        REVOKED = "revoked", "撤銷或廢止", "revoked"
        REPLACED = "replaced", "已換發", "replaced"

    number = models.CharField(max_length=40, unique=True)
    token = models.CharField(max_length=40, unique=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="certificates")
    issuer = models.ForeignKey(Organisation, models.PROTECT, related_name="certificates")
    regulation = models.CharField(max_length=80)
    procedure = models.CharField(max_length=80)
    kind = models.CharField(max_length=80)
    record = models.OneToOneField(Record, models.PROTECT, related_name="certificate")
    name = models.CharField(max_length=100)
    english_name = models.CharField(max_length=200, blank=True)
    scope = models.JSONField(default=list)  # [{"label": {"zh","en"}, "value": {"zh","en"}}]
    issued = models.DateField()
    first = models.DateField()
    last = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=12, choices=Status.pairs(), default=Status.VALID)
    replaced_by = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces"
    )
    decision = models.JSONField()

    class Meta:
        indexes = (models.Index(fields=("regulation", "status", "last")),)


class StatusChange(models.Model):
    """From which day a certificate has another status, why, and who said so."""

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="changes")
    status = models.CharField(max_length=12, choices=Certificate.Status.pairs())
    first = models.DateField()
    reason = models.TextField()
    clause = models.CharField(max_length=80, blank=True)
    decided_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    decided = models.DateTimeField()

    class Meta:
        ordering = ("first", "pk")


class Copy(models.Model):
    """One paper or file of a certificate that left the house."""

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="copies")
    number = models.PositiveIntegerField()
    made = models.DateTimeField()
    made_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    language = models.CharField(max_length=10)
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("certificate", "number"), name="a_copy_once"),
        )
