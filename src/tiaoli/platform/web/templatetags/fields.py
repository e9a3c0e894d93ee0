"""
Fields of forms with the classes of Tabler, and with what is wrong tied to the control.

    {% include "web/field.html" %}      with ``field`` in the context; the filters are built in
"""

from __future__ import annotations

from typing import Any

from django import forms, template
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def control(field: Any) -> SafeString:
    """The widget of a bound field."""
    widget = field.field.widget
    described = [f"{field.id_for_label}_helptext"] if field.help_text else []
    described += [f"{field.id_for_label}_error{n}" for n, _ in enumerate(field.errors, 1)]
    attributes = {"class": f"{widget.attrs.get('class', '')} {_class_of(widget)}".strip()}
    if described:
        attributes["aria-describedby"] = " ".join(described)
    if field.errors:
        attributes["aria-invalid"] = "true"
        attributes["class"] += " is-invalid"
    return field.as_widget(attrs=attributes)


@register.filter
def is_checkbox(field: Any) -> bool:
    """One box to tick; its label stands after it."""
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def is_group(field: Any) -> bool:
    """Several boxes or buttons under one heading."""
    return isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)


def _class_of(widget: Any) -> str:
    match widget:
        case forms.CheckboxInput() | forms.RadioSelect() | forms.CheckboxSelectMultiple():
            return "form-check-input"
        case forms.Select():
            return "form-select"
        case forms.HiddenInput():
            return ""
    return "form-control"
