"""The clauses of a regulation read aloud: who asks for each, what it asks for, on which keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from tiaoli.answers.outline import Line, outline
from tiaoli.rules import KnownFinding, Question, Regulation, keys_of, resolve
from tiaoli.rules.citation import Cited


@dataclass(frozen=True, slots=True)
class ClauseTold:
    """
    ``questions`` that ask for the clause, by their ids; ``outlines`` of what it asks for under the
    default readings; the ``keys`` on which it turns; the known ``findings`` about it.
    """

    questions: tuple[str, ...] = ()
    outlines: tuple[tuple[Line, ...], ...] = ()
    keys: tuple[str, ...] = ()
    findings: tuple[KnownFinding, ...] = ()


@cache
def clauses_told(regulation: Regulation) -> Mapping[str, ClauseTold]:
    """By clause, all of them, in the order of the text."""
    defaults = regulation.default_readings()
    questions: dict[str, dict[str, None]] = {}
    outlines: dict[str, dict[tuple[Line, ...], None]] = {}
    keys: dict[str, set[str]] = {}
    for question in regulation.questions.values():
        if question.summary:
            continue
        for node in _cited_in(question):
            keys.setdefault(node.clause, set()).update(keys_of(node))
        for node in _cited_in(question, defaults):
            questions.setdefault(node.clause, {})[question.id] = None
            outlines.setdefault(node.clause, {})[outline(node)] = None
    return {
        clause: ClauseTold(
            tuple(questions.get(clause, ())),
            tuple(outlines.get(clause, ())),
            tuple(sorted(keys[clause])) if clause in questions else (),
            tuple(known for known in regulation.findings if clause in known.clauses),
        )
        for clause in regulation.clauses
    }


def _cited_in(question: Question, readings: Mapping[str, str] | None = None) -> Iterator[Cited]:
    for node in question.nodes():
        read = node if readings is None else resolve(node, readings)
        yield from (part for part in read.walk() if isinstance(part, Cited))
