"""What the treasurer fills in."""

from __future__ import annotations

from django import forms

from tiaoli.facts.kinds import Label
from tiaoli.platform.web.fees.fields import AmountField, ClauseForm, SaidForm

_REASON = Label("理由", "Reason")


def _several(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class StatementForm(SaidForm):
    file = forms.FileField(
        label=Label("對帳檔（CSV 或 XLSX）", "Statement (CSV or XLSX)"),
        help_text=Label(
            "要有案號、金額、入帳日期三欄，付款人可省略；欄名用中文或英文都可以。",
            "With columns for case number, amount and date, in Chinese or English; "
            "the payer may be left out.",
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.xlsm"}),
    )


class SettleForm(SaidForm):
    notice = forms.CharField(
        required=False,
        max_length=60,
        label=Label("算進哪一張繳費通知（號碼或案號）", "Count towards which notice (or case)"),
        help_text=Label(
            "留空表示不算進任何通知，例如已退回付款人。",
            "Left empty, it counts towards none: it was given back, say.",
        ),
    )
    reason = forms.CharField(label=_REASON, max_length=300, widget=_several())


class RefundForm(ClauseForm):
    amount = AmountField(label=Label("退費金額（元）", "Amount (TWD)"))
    reason = forms.CharField(label=_REASON, widget=_several(), max_length=2_000)
    seen = forms.DecimalField(widget=forms.HiddenInput)
