"""What is owed, by the clause that says so; what came in; receipts and refunds. Amounts in TWD."""

from __future__ import annotations

import pghistory
from django.db import models

from tiaoli.platform.choices import Choice
from tiaoli.platform.people.models import Account, Organisation, Person


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
    """One line of a statement, and what it was matched with."""

    class Match(Choice):
        EXACT = "exact", "相符", "exact"
        PARTIAL = "partial", "不足", "partial"
        WRONG_AMOUNT = "wrong_amount", "金額不符", "wrong amount"
        UNKNOWN = "unknown", "查無案號", "unknown number"
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

    class Meta:
        constraints = (models.UniqueConstraint(fields=("statement", "line"), name="a_line_once"),)


class Receipt(models.Model):
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
