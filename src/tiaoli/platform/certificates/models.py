"""What was issued. A certificate carries its own decision, and outlives its application."""

from __future__ import annotations

import pghistory
from django.core.validators import RegexValidator
from django.db import models

from tiaoli.platform.choices import Choice
from tiaoli.platform.fees.numbering import Counter
from tiaoli.platform.people.models import Account, Organisation, Person
from tiaoli.platform.portfolio.models import Record


@pghistory.track()
class Issuer(models.Model):
    """
    How an organisation issues: ``prefix`` begins its numbers, and with ``public_register`` anybody
    may look through what it has issued. Without one, the prefix is ``T`` and the organisation's id.
    """

    organisation = models.OneToOneField(Organisation, models.CASCADE, related_name="issuing")
    prefix = models.CharField(
        max_length=12,
        unique=True,
        validators=[RegexValidator(r"\A(?!T\d+\Z)[A-Z][A-Z0-9]{0,11}\Z")],
    )
    public_register = models.BooleanField(default=False)


class CertificateCounter(Counter):
    """The last certificate that an issuer numbered in a year."""

    issuer = models.ForeignKey(Organisation, models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("issuer", "year"), name="one_certificate_counter"),
        )


@pghistory.track()
class Certificate(models.Model):
    """
    ``status``    as of the last change that has come into effect; ``standing`` says what holds on
                  a day, for lapse is a matter of days and a change may begin later
    ``scope``     what it says, attribute by attribute; ``text`` where it may name somebody
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
    scope = models.JSONField(default=list)  # [{"label": {zh, en}, "value": {zh, en}, "text": bool}]
    issued = models.DateField()
    first = models.DateField()
    last = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=12, choices=Status.pairs(), default=Status.VALID)
    replaced_by = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces"
    )
    decision = models.JSONField()

    class Meta:
        indexes = (
            models.Index(fields=("regulation", "status", "last")),
            models.Index(fields=("issuer", "-issued", "-id")),
            models.Index(fields=("status", "last")),
        )

    def __str__(self) -> str:
        return self.number


class StatusChange(models.Model):
    """
    From which day a certificate has another status, why, and who said so.

    ``applied`` once its day has come; ``before`` what the record said until then, so that to
    reinstate is to put it back.
    """

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="changes")
    status = models.CharField(max_length=12, choices=Certificate.Status.pairs())
    first = models.DateField()
    reason = models.TextField()
    clause = models.CharField(max_length=80, blank=True)
    decided_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    decided = models.DateTimeField()
    applied = models.DateTimeField(null=True, blank=True)
    before = models.JSONField(default=dict)

    class Meta:
        ordering = ("first", "pk")
        indexes = (models.Index(fields=("applied", "first")),)


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
