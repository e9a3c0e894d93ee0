"""
The facts about a person, as they were told, and what evidences them.

A record holds one fact in the words of the vocabulary (``facts/vocabulary``), written as a dossier
writes it. It is never deleted: one that is taken out stays, with who did so, and the trigger keeps
every version before and after.
"""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q

from tiaoli.platform.choices import Choice
from tiaoli.platform.people.models import Account, Organisation, Person


class Tier(Choice):
    """As ``tiaoli.facts.dossier.Tier``, in the words of a dossier."""

    CLAIMED = "claimed", "自行申報", "claimed"
    DOCUMENTED = "documented", "附有文件", "documented"
    VERIFIED = "verified", "已向來源查證", "verified at the source"


class Source(Choice):
    ENTRY = "entry", "自行輸入", "entered"
    IMPORT = "import", "匯入", "imported"
    PUBLICATIONS = "publications", "書目匯入", "from a bibliography"
    INSTITUTION = "institution", "機構登錄", "entered by an institution"
    PROCEDURE = "procedure", "程序產生", "left by a procedure"


@pghistory.track()
class Record(models.Model):
    """
    One fact. ``fact`` is its id in the dossier, the same for good; ``values`` its attributes, as
    ``facts.writing`` writes them (days ISO, numbers as text), without those that are absent.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="records")
    fact = models.CharField(max_length=80)
    kind = models.CharField(max_length=80)
    values = models.JSONField(default=dict)
    tier = models.CharField(max_length=12, choices=Tier.pairs(), default=Tier.CLAIMED)
    source = models.CharField(max_length=20, choices=Source.pairs(), default=Source.ENTRY)
    happens = models.DateField(null=True, blank=True)  # the day from which it exists, for lists
    entered_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    entered = models.DateTimeField()
    changed = models.DateTimeField()
    verified_by = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    verified_name = models.CharField(max_length=200, blank=True)
    verified = models.DateTimeField(null=True, blank=True)
    removed = models.DateTimeField(null=True, blank=True)
    removed_because = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = (models.Index(fields=("person", "kind", "happens")),)
        constraints = (models.UniqueConstraint(fields=("person", "fact"), name="one_fact_one_id"),)


class EvidenceFile(models.Model):
    """A file that shows something; stored once per person and content."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="files")
    records = models.ManyToManyField(Record, related_name="files", blank=True)
    file = models.FileField(upload_to="evidence/%Y/%m/")
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    uploaded = models.DateTimeField()
    removed = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("person", "sha256"), condition=Q(removed=None), name="a_file_once"
            ),
        )


class IncompleteKind(models.Model):
    """A kind of which further records may exist that the person has not listed yet."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="incomplete_kinds")
    kind = models.CharField(max_length=80)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("person", "kind"), name="said_once"),)


class Attestation(models.Model):
    """
    A one-time link by which somebody outside confirms records; kept as the digest of its token.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="attestations")
    records = models.ManyToManyField(Record, related_name="attestations")
    supervisor = models.CharField(max_length=100)
    supervisor_role = models.CharField(max_length=100, blank=True)
    email = models.EmailField()
    message = models.TextField(blank=True)
    token_digest = models.CharField(max_length=64, unique=True)
    asked = models.DateTimeField()
    expires = models.DateTimeField()
    answered = models.DateTimeField(null=True, blank=True)
    withdrawn = models.DateTimeField(null=True, blank=True)


class AttestedRecord(models.Model):
    """What the supervisor said of one record."""

    attestation = models.ForeignKey(Attestation, models.CASCADE, related_name="says")
    record = models.ForeignKey(Record, models.CASCADE, related_name="+")
    confirmed = models.BooleanField()
    remark = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("attestation", "record"), name="attested_once"),
        )


class ImportBatch(models.Model):
    """A file on its way in: nothing of it is in the portfolio until it is confirmed."""

    class State(Choice):
        READING = "reading", "讀取中", "being read"
        READY = "ready", "待確認", "to be confirmed"
        IMPORTED = "imported", "已匯入", "imported"
        DISCARDED = "discarded", "已捨棄", "discarded"
        FAILED = "failed", "無法讀取", "cannot be read"

    person = models.ForeignKey(Person, models.CASCADE, related_name="imports")
    kind = models.CharField(max_length=80)
    name = models.CharField(max_length=200)
    file = models.FileField(upload_to="imports/%Y/%m/")
    state = models.CharField(max_length=12, choices=State.pairs(), default=State.READING)
    columns = models.JSONField(default=dict)  # attribute -> header
    constants = models.JSONField(default=dict)
    told = models.JSONField(default=list)  # what is wrong with the file as a whole
    made_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    made = models.DateTimeField()
    finished = models.DateTimeField(null=True, blank=True)


class ImportRow(models.Model):
    """One row: what was in the file, what it was read as, and what is wrong with it."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    cells = models.JSONField()  # header -> text as found, or as repaired
    values = models.JSONField(default=dict)
    problems = models.JSONField(default=list)  # {"attribute", "zh", "en"}
    duplicate_of = models.ForeignKey(Record, models.SET_NULL, null=True, related_name="+")
    skip = models.BooleanField(default=False)

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("batch", "number"), name="a_row_once"),)
