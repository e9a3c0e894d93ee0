"""Forms in two languages: fields that say what they want, and what is wrong, in words."""

from __future__ import annotations

from collections.abc import Container
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict

from tiaoli.facts.kinds import Label
from tiaoli.facts.numbers import number_of


class SaidForm(forms.Form):
    """A form in a language; the label of each field is a ``Label``, its help too."""

    def __init__(self, *given: Any, lang: str, **named: Any) -> None:
        super().__init__(*given, **named, use_required_attribute=False)
        self.lang = lang
        for field in self.fields.values():
            field.label = said(field.label, lang)
            field.help_text = said(field.help_text, lang)
            missing = Label("這一欄必填。", "This is needed.")
            field.error_messages["required"] = said(missing, lang)

    def clean_of(self, wrong: Label) -> ValidationError:
        """What is wrong, in the language of the form."""
        return ValidationError(said(wrong, self.lang))


class ClauseForm(SaidForm):
    """A form that may name a clause of a regulation; the template lists them as ``clauses``."""

    clause = forms.CharField(
        required=False,
        max_length=80,
        label=Label("依據條次", "Clause"),
        help_text=Label(
            "法規沒有規定時留空。", "Left empty where the regulation says nothing of it."
        ),
        widget=forms.TextInput(attrs={"list": "clauses", "autocomplete": "off"}),
    )

    def __init__(self, *given: Any, clauses: Container[str], **named: Any) -> None:
        super().__init__(*given, **named)
        self.clauses = clauses

    def clean_clause(self) -> str:
        clause: str = self.cleaned_data["clause"].strip()
        if clause and clause not in self.clauses:
            raise self.clean_of(
                Label(f"這部法規沒有條次「{clause}」。", f"The regulation has no clause {clause}.")
            )
        return clause


def said(words: Any, lang: str) -> str:
    """A Label in a language; a text as it is."""
    return words.in_(lang) if isinstance(words, Label) else str(words or "")


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, even where all of it is empty; None where the form was only asked for."""
    return request.POST if request.method == "POST" else None


class AmountField(forms.CharField):
    """An amount of TWD above nothing, with or without commas."""

    def to_python(self, value: Any) -> Decimal | None:
        written = super().to_python(value)
        if not written:
            return None
        amount = number_of(written.replace(",", "").replace("，", ""))
        if amount is None or amount <= 0 or amount != round(amount, 2):
            raise ValidationError(
                f"要填大於零的金額，例如 1,000；這裡是「{written}」。 / "
                f'An amount above zero such as 1,000; found "{written}".'
            )
        return amount
