"""Interpretation keys on a page: readings, the default and why, and what was chosen when."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tiaoli.answers.clauses import clauses_told
from tiaoli.facts.kinds import Label
from tiaoli.platform.people.models import Interpretation as Choice
from tiaoli.platform.people.models import Organisation
from tiaoli.platform.people.readings import history
from tiaoli.platform.people.seats import readings_of, runs
from tiaoli.platform.web.rules.clauses import both, has_all
from tiaoli.rules import Interpretation, Regulation


@dataclass(frozen=True, slots=True)
class OptionShown:
    name: str
    says: Label
    default: bool
    now: bool


@dataclass(frozen=True, slots=True)
class ChoiceShown:
    """One choice as the public sees it: the reading, from when, why, by which organisation."""

    reading: Label
    first: datetime.date
    chosen: datetime.datetime
    organisation: Label
    reason: str
    ahead: bool


@dataclass(frozen=True, slots=True)
class KeyShown:
    """``dropped`` is the reading that was chosen, where the text has it no longer."""

    key: Interpretation
    options: tuple[OptionShown, ...]
    clauses: tuple[str, ...]
    choices: tuple[ChoiceShown, ...]
    chosen: bool
    dropped: str | None = None


@dataclass(frozen=True, slots=True)
class Keys:
    """
    All keys of a regulation on a day, and who runs it; ``gone`` are what was chosen of keys that
    the text has no longer, by key.
    """

    organisation: Organisation | None
    keys: tuple[KeyShown, ...]
    gone: Mapping[str, ChoiceShown] = field(default_factory=dict)


def keys_of(regulation: Regulation, day: datetime.date) -> Keys:
    """Every key with its readings, in three queries."""
    organisation = runs(regulation.id, day)
    now = readings_of(regulation.id, day)
    made: dict[str, list[Choice]] = {}
    if organisation is not None:
        for choice in history(organisation.pk, regulation.id).select_related("organisation"):
            made.setdefault(choice.key, []).append(choice)
    clauses: dict[str, list[str]] = {}
    for clause, told in clauses_told(regulation).items():
        for key in told.keys:
            clauses.setdefault(key, []).append(clause)
    shown = (
        _key(one, now, clauses.get(name, ()), made.get(name, ()), day)
        for name, one in regulation.interpretations.items()
    )
    gone = {
        name: _choice(None, choices[0], day)
        for name, choices in made.items()
        if name not in regulation.interpretations
    }
    return Keys(organisation, tuple(shown), gone)


def _key(
    key: Interpretation,
    now: Mapping[str, str],
    clauses: Sequence[str],
    made: Sequence[Choice],
    day: datetime.date,
) -> KeyShown:
    used = now.get(key.key, key.default)
    options = (
        OptionShown(one.name, one.says, one.name == key.default, one.name == used)
        for one in key.options
    )
    choices = tuple(_choice(key, one, day) for one in made)
    dropped = _dropped(key, made, day)
    return KeyShown(key, tuple(options), tuple(clauses), choices, key.key in now, dropped)


def _choice(key: Interpretation | None, made: Choice, day: datetime.date) -> ChoiceShown:
    if key is not None and made.reading in key.option_names:
        reading = key.label(made.reading)
    else:  # the text no longer has it
        reading = Label(made.reading, made.reading)
    return ChoiceShown(
        reading,
        made.first,
        made.chosen,
        made.organisation.label,
        made.reason,
        made.first > day,
    )


def _dropped(key: Interpretation, made: Sequence[Choice], day: datetime.date) -> str | None:
    """What would be in effect on a day, if the text still had it."""
    begun = [one for one in made if one.first <= day]
    latest = max(begun, key=lambda one: (one.first, one.pk), default=None)
    if latest is None or latest.reading in key.option_names:
        return None
    return str(latest.reading)


def found_by(keys: Sequence[KeyShown], words: str) -> list[KeyShown]:
    """The keys in which all ``words`` stand, in either language."""
    wanted = words.casefold().split()
    return [one for one in keys if has_all(_texts(one), wanted)]


def _texts(one: KeyShown) -> Iterator[str]:
    key = one.key
    yield key.key
    yield key.ledger
    for label in (key.place, key.question, key.because):
        yield from both(label)
    for option in key.options:
        yield from both(option.says)
    yield from one.clauses
