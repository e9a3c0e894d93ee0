"""
What a question reads of records: their kinds, and which attributes, under whatever reading.
"""

from __future__ import annotations

from functools import lru_cache

from tiaoli.facts.kinds import Kind
from tiaoli.facts.vocabulary import KINDS
from tiaoli.rules.expressions import AttributeOf
from tiaoli.rules.question import Question
from tiaoli.rules.records import Picked


@lru_cache(maxsize=4096)
def kinds_read(question: Question) -> frozenset[str]:
    """
    The kinds of record on which a question turns, with the kind that it is about. Rows of a kind
    of their own, as some rules make them, are no records and are left out.
    """
    named = {value.name for node in question.walk() for value in node.contents()
             if isinstance(value, Kind) and value.name in KINDS}  # fmt: skip
    return frozenset(named | {question.about} if question.about else named)


@lru_cache(maxsize=4096)
def attributes_read(question: Question) -> frozenset[tuple[str, str]]:
    """Kind and attribute of everything that a question reads."""
    found = set()
    for node in question.walk():
        match node:
            case AttributeOf(kind=kind, attribute=attribute):
                found.add((kind.name, attribute.name))
            case Picked(records=records, attribute=attribute):
                found.add((records.kind.name, attribute.name))
    return frozenset(found)
