"""A file on its way through a procedure, the facts it was decided on, and every step it took."""

from __future__ import annotations

import pghistory
from django.db import models

from tiaoli.platform.certificates.models import Certificate
from tiaoli.platform.fees.models import Notice
from tiaoli.platform.people.models import Account, Organisation, Person
from tiaoli.platform.portfolio.models import Record


@pghistory.track()
class Application(models.Model):
    """
    ``number``      the case number, by which letters and payments name it
    ``state``       a state of the declared procedure
    ``file``        the record that travels, as plain data of the vocabulary (``Procedure.file``)
    ``employer``    the institution in which the person served when it was filed
    ``office``      the society or authority that runs the procedure; none where the file never goes
                    there
    ``about``       the credential that it is about: one to be renewed or replaced
    ``typed``       what was typed into the form of a draft and cannot be read yet, by attribute
    ``turn``        the seat (``tiaoli.rules.Seat``) that is waited for, for queues
    ``turn_since``, ``due``   since when, and by when, where the regulation states a deadline
    ``version``     raised by every step: a form that shows an older one is refused
    """

    number = models.CharField(max_length=30, unique=True)
    regulation = models.CharField(max_length=80)
    procedure = models.CharField(max_length=80)
    person = models.ForeignKey(Person, models.PROTECT, related_name="applications")
    employer = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="staff_applications"
    )
    office = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="applications"
    )
    about = models.ForeignKey(
        Certificate, models.PROTECT, null=True, blank=True, related_name="applications"
    )
    state = models.CharField(max_length=60)
    final = models.BooleanField(default=False)
    turn = models.CharField(max_length=20, blank=True)
    turn_since = models.DateField()
    due = models.DateField(null=True, blank=True)
    file = models.JSONField(default=dict)
    typed = models.JSONField(default=dict)
    opened = models.DateTimeField()
    opened_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    saved = models.DateTimeField()
    submitted = models.DateTimeField(null=True, blank=True)
    closed = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = (
            models.Index(fields=("office", "turn", "due")),
            models.Index(fields=("employer", "turn", "due")),
            models.Index(fields=("regulation", "procedure", "state")),
        )


class Series(models.Model):
    """The last case number that was given out in a year; its row is locked to give out the next."""

    year = models.PositiveSmallIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)


class Party(models.Model):
    """Who sits where a procedure asks for a person that the file names: a teacher, a trainee."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="parties")
    role = models.CharField(max_length=60)
    person = models.ForeignKey(Person, models.PROTECT, related_name="named_in")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("application", "role"), name="one_person_a_role"),
        )


class Snapshot(models.Model):
    """
    The facts as they were when a file was handed in (again), and never changed after.

    ``dossier`` is plain data; ``fingerprint`` that of the facts.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="snapshots")
    taken = models.DateTimeField()
    day = models.DateField()
    dossier = models.JSONField()
    readings = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=80)

    class Meta:
        ordering = ("pk",)


class StepTaken(models.Model):
    """One step of the procedure, as it was taken."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="steps")
    step = models.CharField(max_length=60)
    source = models.CharField(max_length=60)
    target = models.CharField(max_length=60)
    at = models.DateTimeField()
    day = models.DateField()
    by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=200)
    seat = models.CharField(max_length=60, blank=True)
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, related_name="+")
    remark = models.TextField(blank=True)
    answers = models.JSONField(default=dict)  # question -> outcome of each guard
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, null=True, related_name="steps")
    notice = models.ForeignKey(Notice, models.PROTECT, null=True, related_name="steps")
    event = models.BigIntegerField(null=True)

    class Meta:
        ordering = ("pk",)


class LeftRecord(models.Model):
    """What a step left behind: a record of the person's, its last day, its certificate."""

    step = models.ForeignKey(StepTaken, models.PROTECT, related_name="left")
    record = models.ForeignKey(Record, models.PROTECT, related_name="left_by")
    last = models.DateField(null=True)
    certificate = models.ForeignKey(Certificate, models.PROTECT, null=True, related_name="+")


class Point(models.Model):
    """
    One thing to put right in a file that was returned, and what was said to it. ``settled`` when
    the file was handed in again with an answer.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="points")
    step = models.ForeignKey(StepTaken, models.PROTECT, related_name="points")
    clause = models.CharField(max_length=80, blank=True)
    fact = models.CharField(max_length=80, blank=True)
    says = models.TextField()
    answer = models.TextField(blank=True)
    answered = models.DateTimeField(null=True, blank=True)
    settled = models.DateTimeField(null=True, blank=True)


class Document(models.Model):
    """
    A document of the file (an option of its ``documents``), with the file that was handed in, or a
    note of how it was sent; ``refused`` where the office could not take it as what it should be.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="documents")
    option = models.CharField(max_length=60)
    evidence = models.ForeignKey(
        "portfolio.EvidenceFile", models.PROTECT, null=True, related_name="+"
    )
    note = models.CharField(max_length=200, blank=True)
    added = models.DateTimeField()
    removed = models.DateTimeField(null=True, blank=True)
    refused = models.DateTimeField(null=True, blank=True)
    refused_because = models.CharField(max_length=300, blank=True)
