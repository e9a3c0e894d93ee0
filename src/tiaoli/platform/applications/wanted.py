"""
What somebody has to fill in of a record: what rules read, and no step writes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from tiaoli.facts import vocabulary
from tiaoli.facts.kinds import Attribute, Type
from tiaoli.platform.applications.dossiers import DOCUMENTS
from tiaoli.regulations import catalogue
from tiaoli.rules import Procedure, Regulation
from tiaoli.rules.procedure import questions_named
from tiaoli.rules.reads import attributes_read


def asked_by(procedure: Procedure) -> Iterator[str]:
    """The questions of a procedure: guards, figures, and what is shown."""
    for step in procedure.transitions:
        yield from (guard.question for guard in step.guards)
        fees = (step.fee, step.once_paid)
        for figure in (step.deadline, step.opens, *fees, step.begins, step.lasts):
            if figure is not None:
                yield from questions_named(figure.question, step.output)
        for name in step.shows:
            yield from questions_named(name, procedure.file)


@lru_cache(maxsize=512)
def _read_in(regulation: Regulation, procedure: Procedure) -> frozenset[tuple[str, str]]:
    asked = dict.fromkeys(asked_by(procedure))
    named = {
        (procedure.file.kind, name[1:-1])
        for step in procedure.transitions
        for name in step.shows
        if procedure.file is not None and name.startswith("{")
    }
    questions = (attributes_read(regulation.question(name)) for name in asked)
    return frozenset[tuple[str, str]]().union(named, _handed_on(procedure), *questions)


def _handed_on(procedure: Procedure) -> set[tuple[str, str]]:
    """What the file says that is written in a record which a step leaves behind."""
    if procedure.file is None:
        return set()
    own = vocabulary.find(procedure.file.kind).attributes
    left = [vocabulary.find(s.output.kind).attributes for s in procedure.transitions if s.output]
    return {
        (procedure.file.kind, name)
        for name, attribute in own.items()
        for attributes in left
        if attribute.options
        and name in attributes
        and attributes[name].options == attribute.options
    }


@cache
def _read_at_all() -> frozenset[tuple[str, str]]:
    """What any regulation reads."""
    found = (
        attributes_read(question)
        for name in catalogue.ids()
        for question in catalogue.find(name).questions.values()
    )
    return frozenset[tuple[str, str]]().union(*found)


@lru_cache(maxsize=512)
def written_by_steps(procedure: Procedure) -> frozenset[str]:
    """The attributes of the file that are not filled in by hand."""
    said = {name for name, _ in procedure.file.says} if procedure.file else set()
    dated = {name for step in procedure.transitions for name in step.dates}
    added = {name for step in procedure.transitions for name, _ in step.adds}
    return frozenset(said | dated | added | {DOCUMENTS})


@lru_cache(maxsize=64)
def _dated_in(regulation: Regulation) -> frozenset[str]:
    """The days that steps of some procedure of the regulation write."""
    return frozenset(
        name for p in regulation.procedures for step in p.transitions for name in step.dates
    )


@lru_cache(maxsize=512)
def to_fill_in(regulation: Regulation, procedure: Procedure) -> tuple[Attribute, ...]:
    """
    The form of a file, in the order of its kind: what the questions of the procedure read, and the
    texts that no rule reads at all (a reason, a name). What other procedures ask is left out.
    """
    assert procedure.file is not None, "only procedures with a file are run"
    written = written_by_steps(procedure) | _dated_in(regulation)
    asked, others = _parted(regulation, procedure, procedure.file.kind, written)
    texts = (Type.TEXT, Type.TEXTS)
    read = _read_at_all()
    return (
        *asked,
        *(a for a in others if a.type in texts and (procedure.file.kind, a.name) not in read),
    )


def to_fill_in_of(
    regulation: Regulation, procedure: Procedure, kind: str, written: Iterable[str]
) -> tuple[tuple[Attribute, ...], tuple[Attribute, ...]]:
    """What is left to say of a record that a step leaves behind: what rules read, and the rest."""
    return _parted(regulation, procedure, kind, frozenset(written))


def _parted(
    regulation: Regulation, procedure: Procedure, kind: str, written: frozenset[str]
) -> tuple[tuple[Attribute, ...], tuple[Attribute, ...]]:
    own = _read_in(regulation, procedure)
    left = [a for name, a in vocabulary.find(kind).attributes.items() if name not in written]
    asked = tuple(a for a in left if (kind, a.name) in own)
    return asked, tuple(a for a in left if a not in asked)
