"""What is owed, by the clause that says so; what came in; receipts and refunds. Amounts in TWD."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q

from tiaoli.platform.choices import Choice
from tiaoli.platform.fees.numbering import Counter
from tiaoli.platform.people.models import Account, Organisation, Person


class Series(Choice):
    """What is numbered, for each payee and year."""

    NOTICE = "notice", "繳費通知", "payment notice"
    RECEIPT = "receipt", "收據", "receipt"


class PaperCounter(Counter):
    """The last notice, and the last receipt, of a payee in a year."""

    payee = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    series = models.CharField(max_length=10, choices=Series.pairs())

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("payee", "series", "year"), name="one_paper_counter"),
        )


@pghistory.track()
class Notice(models.Model):
    """
    A payment notice. ``amount`` is what the regulation quotes; where it states none, there is no
    notice, and nothing is charged. ``case`` is the number by which a payment is recognised.
    """

    class State(Choice):
        DUE = "due", "待繳", "due"
        PAID = "paid", "已繳", "paid"
        CANCELLED = "cancelled", "已取消", "cancelled"
        REFUNDED = "refunded", "已退費", "refunded"

    number = models.CharField(max_length=30, unique=True)
    case = models.CharField(max_length=30, db_index=True)
    payer = models.ForeignKey(Person, models.PROTECT, related_name="notices")
    payee = models.ForeignKey(Organisation, models.PROTECT, related_name="notices")
    regulation = models.CharField(max_length=80)
    question = models.CharField(max_length=80)
    clauses = models.JSONField(default=list)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    issued = models.DateField()
    due = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=State.pairs(), default=State.DUE)
    paid = models.DateField(null=True, blank=True)
    cancelled_because = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=("payee", "state", "due")),
            models.Index(fields=("state", "due")),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("payee", "case", "question"),
                condition=Q(state__in=("due", "paid")),
                name="a_case_pays_once",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="something_is_owed"),
        )

    def __str__(self) -> str:
        return self.number


class StatementDraft(models.Model):
    """
    A giro statement that was read and not posted yet: nothing of it counts until it is confirmed.

    ``rows``      ``{"line", "case", "amount", "received", "payer"}`` of each line that was read
    ``problems``  ``{"line", "zh", "en"}`` of each that was not
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    rows = models.JSONField()
    problems = models.JSONField(default=list)
    made_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    made = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("organisation", "sha256"), name="a_draft_once"),
        )


class Statement(models.Model):
    """A giro statement as it was imported."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="statements")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    imported_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    imported = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("organisation", "sha256"), name="a_statement_once"),
        )


class Payment(models.Model):
    """
    One line of a statement, and what it was matched with.

    Counts towards its notice where it is exact (by itself, or together with others), partial, or
    was settled with a notice; ``matching.COUNTED`` says which those are.
    """

    class Match(Choice):
        EXACT = "exact", "相符", "exact"
        PARTIAL = "partial", "不足", "partial"
        WRONG_AMOUNT = "wrong_amount", "金額不符", "wrong amount"
        UNKNOWN = "unknown", "查無案號", "unknown number"
        DUPLICATE = "duplicate", "疑似重複入帳", "seen before"
        SETTLED = "settled", "已另行處理", "settled by hand"

    statement = models.ForeignKey(Statement, models.PROTECT, related_name="payments")
    line = models.PositiveIntegerField()
    case = models.CharField(max_length=60)
    payer = models.CharField(max_length=100, blank=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    received = models.DateField()
    match = models.CharField(max_length=14, choices=Match.pairs())
    notice = models.ForeignKey(
        Notice, models.PROTECT, null=True, blank=True, related_name="payments"
    )
    settled_because = models.CharField(max_length=300, blank=True)
    settled_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    settled = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("statement", "line"), name="a_line_once"),)
        indexes = (models.Index(fields=("received", "case")),)


class Receipt(models.Model):
    """``amount`` is what came in, which may be more than was owed."""

    notice = models.OneToOneField(Notice, models.PROTECT, related_name="receipt")
    number = models.CharField(max_length=30, unique=True)
    issued = models.DateField()
    amount = models.DecimalField(max_digits=12, decimal_places=2)


class Refund(models.Model):
    """Money given back: a decision by a named person, with its reason and clause."""

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="refunds")
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    reason = models.TextField()
    clause = models.CharField(max_length=80, blank=True)
    decided_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    decided = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(amount__gt=0), name="something_comes_back"),
        )
