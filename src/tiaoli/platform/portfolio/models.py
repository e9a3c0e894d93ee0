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

from tiaoli.platform import clock
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
    entry = models.CharField(max_length=40, null=True, blank=True)  # the form that it came from

    class Meta:
        indexes = (
            models.Index(fields=("person", "kind", "happens")),
            models.Index(
                fields=("kind", "person"), condition=Q(removed=None), name="who_has_a_kind"
            ),
        )
        constraints = (
            models.UniqueConstraint(fields=("person", "fact"), name="one_fact_one_id"),
            models.UniqueConstraint(fields=("person", "entry"), name="one_form_one_record"),
        )

    def keep_change(self) -> None:
        """Save what was changed now: a form that shows the version before is out of date."""
        self.changed = clock.now()
        self.version += 1
        self.save()


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

    ``replaced``  digests of links that were sent before this one
    ``sent``      when the mail was handed over; empty where that has not worked yet
    ``answered_by``, ``statement``  who answered, as they typed it, and what they signed
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="attestations")
    records = models.ManyToManyField(Record, related_name="attestations")
    supervisor = models.CharField(max_length=100)
    supervisor_role = models.CharField(max_length=100, blank=True)
    email = models.EmailField()
    message = models.TextField(blank=True)
    token_digest = models.CharField(max_length=64, unique=True)
    replaced = models.JSONField(default=list)
    asked = models.DateTimeField()
    sent = models.DateTimeField(null=True, blank=True)
    sendings = models.PositiveIntegerField(default=1)
    expires = models.DateTimeField()
    answered = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=200, blank=True)
    statement = models.TextField(blank=True)
    withdrawn = models.DateTimeField(null=True, blank=True)


class AttestedRecord(models.Model):
    """What the supervisor said of one record."""

    attestation = models.ForeignKey(Attestation, models.CASCADE, related_name="says")
    record = models.ForeignKey(Record, models.CASCADE, related_name="+")
    confirmed = models.BooleanField()
    version = models.PositiveIntegerField(default=1)  # of the record, as it was shown
    remark = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("attestation", "record"), name="attested_once"),
        )


class ImportBatch(models.Model):
    """
    A file on its way in: nothing of it is in the portfolio until it is confirmed.

    ``header``     the columns of the file, in order, each under a name of its own
    ``columns``    attribute -> header
    ``constants``  attribute -> what all rows say
    ``words``      attribute -> {text in the file -> what it stands for}
    ``asks``       attributes that a file of this sort cannot give, asked of the person
    ``evidence``   the file itself, where it is kept as evidence of its records
    ``told``       what is to be said of the file as a whole
    """

    class State(Choice):
        READY = "ready", "待確認", "to be confirmed"
        IMPORTED = "imported", "已匯入", "imported"
        DISCARDED = "discarded", "已捨棄", "discarded"

    person = models.ForeignKey(Person, models.CASCADE, related_name="imports")
    kind = models.CharField(max_length=80)
    source = models.CharField(max_length=20, choices=Source.pairs(), default=Source.IMPORT)
    name = models.CharField(max_length=200)
    file = models.FileField(upload_to="imports/%Y/%m/")
    sheet = models.CharField(max_length=100, blank=True)
    sheets = models.JSONField(default=list)
    state = models.CharField(max_length=12, choices=State.pairs(), default=State.READY)
    header = models.JSONField(default=list)
    columns = models.JSONField(default=dict)
    constants = models.JSONField(default=dict)
    words = models.JSONField(default=dict)
    asks = models.JSONField(default=list)
    evidence = models.ForeignKey(
        EvidenceFile, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    keep_file = models.BooleanField(default=False)
    told = models.JSONField(default=list)
    made_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    made = models.DateTimeField()
    finished = models.DateTimeField(null=True, blank=True)
    imported = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)


class ImportRow(models.Model):
    """
    One row: what was in the file, what it was read as, and what is wrong with it.

    ``cells``     header -> text as found or as repaired; ``{"zh", "en"}`` of a cell that the file
                  itself calls faulty
    ``problems``  ``{"attribute", "header", "zh", "en"}``
    ``digest``    of the kind and values: two rows that say the same have the same
    ``repeats``   the number of an earlier row that says the same
    ``anyway``    it is imported although it says the same as another
    """

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    cells = models.JSONField()
    values = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    digest = models.CharField(max_length=64, blank=True)
    repeats = models.PositiveIntegerField(null=True, blank=True)
    duplicate_of = models.ForeignKey(Record, models.SET_NULL, null=True, related_name="+")
    skip = models.BooleanField(default=False)
    anyway = models.BooleanField(default=False)
    repaired = models.BooleanField(default=False)

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("batch", "number"), name="a_row_once"),)


class Comparison(models.Model):
    """
    Two readings, or a changed number, over everybody whom a regulation concerns: asked by its rule
    maker, worked out in the background, and kept with its day.

    ``before``, ``after``  ``{"readings", "changes"}`` of each side
    ``kinds``   ``{"among", "read"}``: who is concerned has a record of a kind ``among`` these; the
                question reads those
    ``digest``  of all that is asked; what is asked again while it is on its way is the same
    ``begun``   when a worker took it up, for the last time
    ``found``   what came of it, as ``comparing.told`` writes it; ``problem`` ``{"zh", "en"}``: why
                nothing did
    """

    class State(Choice):
        ASKED = "asked", "計算中", "on its way"
        MADE = "made", "已完成", "done"
        FAILED = "failed", "沒有算成", "failed"

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="comparisons")
    regulation = models.CharField(max_length=80)
    question = models.CharField(max_length=80)
    day = models.DateField()
    before = models.JSONField()
    after = models.JSONField()
    kinds = models.JSONField()
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=6, choices=State.pairs(), default=State.ASKED)
    asked_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    asked = models.DateTimeField()
    begun = models.DateTimeField(null=True)
    made = models.DateTimeField(null=True)
    found = models.JSONField(default=dict)
    problem = models.JSONField(default=dict)

    class Meta:
        indexes = (models.Index(fields=("organisation", "regulation", "-id")),)
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "digest"), condition=Q(state="asked"),
                name="a_comparison_at_a_time",
            ),
        )  # fmt: skip
