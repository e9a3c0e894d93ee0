"""What a certificate is called, even when the vocabulary or the catalogue has moved on."""

from __future__ import annotations

from tiaoli.facts import vocabulary
from tiaoli.facts.kinds import Label
from tiaoli.facts.vocabulary import UnknownKind
from tiaoli.regulations import catalogue
from tiaoli.regulations.catalogue import UnknownRegulation


def kind_label(kind: str) -> Label:
    """Of a kind of fact; its bare name where the vocabulary no longer has it."""
    try:
        return vocabulary.find(kind).label
    except UnknownKind:
        return Label(kind, kind)


def regulation_title(regulation: str) -> Label:
    """Of a regulation; its bare name where the catalogue no longer has it."""
    try:
        return catalogue.find(regulation).title
    except UnknownRegulation:
        return Label(regulation, regulation)
