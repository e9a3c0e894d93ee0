"""What is filled in to change a certificate, and to set how an organisation issues."""

from __future__ import annotations

from typing import Any

from django import forms

from tiaoli.facts.kinds import Label
from tiaoli.platform.certificates.models import Issuer
from tiaoli.platform.web.days import FORMS, DayField
from tiaoli.platform.web.fees.fields import ClauseForm, SaidForm


class ChangeForm(ClauseForm):
    """``dated`` where a day is to be given from which the change holds."""

    first = DayField(label=Label("自哪一天起", "From which day on"), help_text=FORMS)
    reason = forms.CharField(
        label=Label("理由", "Reason"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 3})
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *given: Any, dated: bool, **named: Any) -> None:
        super().__init__(*given, **named)
        if not dated:
            del self.fields["first"]


class IssuerForm(SaidForm):
    prefix = forms.CharField(
        max_length=12,
        label=Label("證明字號的字頭", "Prefix of numbers"),
        help_text=Label(
            "大寫英文字母與數字，例如 TSRT；只影響之後發的證明。",
            "Capital letters and digits, such as TSRT; for certificates issued from now on.",
        ),
        validators=Issuer._meta.get_field("prefix").validators,
    )
    public_register = forms.BooleanField(
        required=False,
        label=Label("公開名冊（姓名遮蔽）", "Public register (with masked names)"),
    )
