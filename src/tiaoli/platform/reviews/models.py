"""Who looks at a file, what they find in it, and what they attest that no rule can compute."""

from __future__ import annotations

import pghistory
from django.db import models

from tiaoli.platform.applications.models import Application
from tiaoli.platform.choices import Choice
from tiaoli.platform.people.models import Account, Organisation, Person


@pghistory.track()
class Assignment(models.Model):
    """A reviewer of a file at one of its states; ``withdrawn`` where another took over."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="assignments")
    state = models.CharField(max_length=60)
    reviewer = models.ForeignKey(Account, models.PROTECT, related_name="assignments")
    assigned_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    assigned = models.DateTimeField()
    second = models.BooleanField(default=False)
    withdrawn = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=200, blank=True)
    proposal = models.CharField(max_length=60, blank=True)  # the step that the reviewer proposes
    proposal_reason = models.TextField(blank=True)
    proposed = models.DateTimeField(null=True, blank=True)


class Custom(models.Model):
    """
    How many look at a file, where the text gives no number: a setting of the house.

    ``reviewers``  so many assigned reviewers must have proposed before it is decided
    ``second``     the last of them is the second reviewer, who sees what the first proposed
    ``chair``      the chair decides, not the reviewers
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="customs")
    regulation = models.CharField(max_length=80)
    procedure = models.CharField(max_length=80)
    reviewers = models.PositiveSmallIntegerField(default=0)
    second = models.BooleanField(default=False)
    chair = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "regulation", "procedure"), name="one_custom"
            ),
        )


class Conflict(models.Model):
    """A reviewer who must not look at what concerns a person or an organisation."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="conflicts")
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="+"
    )
    because = models.CharField(max_length=200)
    declared = models.DateTimeField()


@pghistory.track()
class Finding(models.Model):
    """What a reviewer says of one fact of the frozen dossier."""

    class Verdict(Choice):
        ACCEPTED = "accepted", "採認", "accepted"
        QUESTIONED = "questioned", "待釐清", "questioned"
        REJECTED = "rejected", "不採認", "rejected"

    application = models.ForeignKey(Application, models.PROTECT, related_name="findings")
    fact = models.CharField(max_length=80)
    clause = models.CharField(max_length=80, blank=True)
    verdict = models.CharField(max_length=12, choices=Verdict.pairs())
    reason = models.TextField(blank=True)
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    made = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("application", "fact", "by"), name="one_finding_each"),
        )


@pghistory.track()
class Judgement(models.Model):
    """A ruling on a clause that is left to human judgement, by a named person."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="judgements")
    clause = models.CharField(max_length=80)
    met = models.BooleanField(null=True)
    reason = models.TextField()
    by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    made = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("application", "clause"), name="one_ruling_a_clause"),
        )
