"""People of the worked cases with something about them changed: dropped, moved, forgotten."""

from __future__ import annotations

import datetime
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from hypothesis import strategies as st
from strategies.dossiers import in_order
from strategies.known import Place, with_value

from tiaoli.answers import Answer, Detail, ask, outcome
from tiaoli.facts.dossier import Dossier, Fact
from tiaoli.facts.kinds import NONE, Attribute, Type
from tiaoli.facts.reading import write_dossier
from tiaoli.facts.vocabulary import find
from tiaoli.regulations import catalogue
from tiaoli.regulations.cases import WorkedCase, cases
from tiaoli.rules import Regulation


@dataclass(frozen=True)
class Asked:
    """Everything that is asked with; ``ask`` and ``outcome`` take it as it stands."""

    regulation: Regulation
    question: str
    dossier: Dossier
    on: datetime.date
    readings: Mapping[str, str]
    about: str | None

    def answer(self, detail: Detail = Detail.FULL) -> Answer:
        return ask(
            self.regulation,
            self.question,
            self.dossier,
            on=self.on,
            readings=self.readings,
            about=self.about,
            detail=detail,
        )

    def outcome(self) -> str:
        return outcome(
            self.regulation,
            self.question,
            self.dossier,
            on=self.on,
            readings=self.readings,
            about=self.about,
        )

    def with_dossier(self, dossier: Dossier) -> Asked:
        return replace(self, dossier=dossier)

    def with_readings(self, readings: Mapping[str, str]) -> Asked:
        return replace(self, readings=readings)

    def __repr__(self) -> str:
        told = ", ".join(f"{key}={value}" for key, value in self.readings.items())
        about = f" about {self.about}" if self.about else ""
        facts = write_dossier(self.dossier)["facts"]
        return f"{self.question} on {self.on}{about}, readings {told or 'by default'}: {facts}"

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        """Without the regulation, which is long, and the same in every example."""
        printer.text(repr(self))


MOST_FACTS = 1000 if os.environ.get("TIAOLI_HEAVY") else 40
"""Case logs of hundreds of rows are left to the heavy run; the worked cases cover them too."""


def _worked(regulation_id: str) -> list[WorkedCase]:
    folder = catalogue.folder_of(regulation_id)
    listed = () if folder is None else cases(folder)
    return [case for case in listed if len(case.told["facts"]) <= MOST_FACTS]


def asked_in(regulation_id: str, case: WorkedCase) -> Asked:
    regulation = catalogue.find(regulation_id)
    return Asked(regulation, case.question, case.dossier, case.on, case.readings, case.about)


def _has_a_goal(regulation_id: str, case: WorkedCase) -> bool:
    return catalogue.find(regulation_id).question(case.question).goal is not None


WORKED = {regulation_id: _worked(regulation_id) for regulation_id in catalogue.ids()}
WITH_A_GOAL = {
    regulation_id: [c for c in listed if _has_a_goal(regulation_id, c)]
    for regulation_id, listed in WORKED.items()
}
REGULATIONS = [regulation_id for regulation_id, listed in WORKED.items() if listed]

_SHIFTS = [-1500, -366, -365, -30, -1, 1, 30, 365, 366]


def _is_whole(fact: Fact) -> bool:
    return in_order(find(fact.kind), dict(fact.values)) == fact.values


def worked(regulation_id: str, *, goal: bool = False) -> st.SearchStrategy[Asked]:
    """A worked case as it stands; with ``goal``, one whose question has something to reach."""
    listed = (WITH_A_GOAL if goal else WORKED)[regulation_id]
    return st.sampled_from(listed).map(lambda case: asked_in(regulation_id, case))


@st.composite
def perturbed(draw: st.DrawFn, regulation_id: str, *, goal: bool = False) -> Asked:
    """
    A worked case with up to four things changed, asked about on another day or reading; with
    ``goal``, one whose question has something to reach.
    """
    asked = draw(worked(regulation_id, goal=goal))
    facts = list(asked.dossier.facts)
    for _ in range(draw(st.integers(0, 4))):
        if not facts:
            break
        number = draw(st.integers(0, len(facts) - 1))
        changed = _changed(draw, facts[number])
        if changed is not None and _is_whole(changed):
            facts[number] = changed
        elif changed is None and facts[number].id != asked.about:
            del facts[number]
    kept = frozenset(fact.id for fact in facts)
    whole = tuple(_naming_only(kept, fact) for fact in facts)
    dossier = Dossier(asked.dossier.subject, whole, asked.dossier.incomplete)
    on = asked.on + datetime.timedelta(days=draw(st.sampled_from([0, 0, *_SHIFTS])))
    if asked.regulation.edition_on(on) is None:
        on = asked.on
    return replace(asked, dossier=dossier, on=on, readings=draw(_readings_of(asked)))


def _naming_only(kept: frozenset[str], fact: Fact) -> Fact:
    """A reference to a record that was dropped is no longer known."""
    attributes = find(fact.kind).attributes
    values = {
        name: None
        if attributes[name].type is Type.REFERENCE and isinstance(value, str) and value not in kept
        else value
        for name, value in fact.values.items()
    }
    return fact if values == fact.values else replace(fact, values=values)


def _changed(draw: st.DrawFn, fact: Fact) -> Fact | None:
    if fact.kind == "judgement":
        return None
    if draw(st.integers(0, 5)) == 0:
        return None
    told = sorted(name for name, value in fact.values.items() if value is not None)
    if not told:
        return None
    attribute = find(fact.kind).attributes[draw(st.sampled_from(told))]
    value = draw(_other_values(attribute, fact.values[attribute.name]))
    return replace(fact, values={**fact.values, attribute.name: value})


def _other_values(attribute: Attribute, value: Any) -> st.SearchStrategy[Any]:
    unknown = st.none()
    if isinstance(value, datetime.date):
        moved = [value + datetime.timedelta(days=shift) for shift in _SHIFTS]
        return st.one_of(unknown, st.sampled_from(moved))
    if attribute.type is Type.CHOICE:
        return st.one_of(unknown, st.sampled_from(attribute.option_names))
    return unknown


def _readings_of(asked: Asked) -> st.SearchStrategy[dict[str, str]]:
    """Now and then a reading or two other than those of the case."""
    keys = [i for i in asked.regulation.interpretations.values() if not i.is_convention]
    if not keys:
        return st.just(dict(asked.readings))
    one = st.sampled_from(keys).flatmap(
        lambda key: st.tuples(st.just(key.key), st.sampled_from(key.option_names))
    )
    other = st.lists(one, max_size=2).map(lambda some: {**asked.readings, **dict(some)})
    return st.one_of(st.just(dict(asked.readings)), other)


# --- What somebody may say of an attribute ------------------------------------------------


def possible_values(attribute: Attribute, dossier: Dossier, on: datetime.date) -> list[Any]:
    """
    Values of every sort that a rule could tell apart: each option, none, days long ago, about now
    and far ahead, nothing and a great deal, and every text that the dossier has.
    """
    texts = sorted({text for fact in dossier.facts for text in _texts_in(fact)})
    match attribute.type:
        case Type.CHOICE:
            return [NONE, *attribute.option_names]
        case Type.CHOICES:
            return [NONE, (), attribute.option_names]
        case Type.YES_NO:
            return [NONE, True, False]
        case Type.DAY:
            return [NONE, *_days_about(dossier, on)]
        case Type.MOMENT:
            noon = datetime.time(12, 0)
            return [NONE, *(datetime.datetime.combine(d, noon) for d in _days_about(dossier, on))]
        case Type.TEXTS:
            return [NONE, tuple(texts)]
        case Type.TEXT:
            return [NONE, "something else", *texts]
    return [NONE, 0, 10**6]


def _texts_in(fact: Fact) -> list[str]:
    found = [v if isinstance(v, tuple) else (v,) for v in fact.values.values()]
    return [text for some in found for text in some if isinstance(text, str)]


def _days_about(dossier: Dossier, on: datetime.date) -> list[datetime.date]:
    told = {v for f in dossier.facts for v in f.values.values() if type(v) is datetime.date}
    about = {day + datetime.timedelta(days=shift) for day in (*told, on) for shift in (-1, 0, 1)}
    return sorted({datetime.date(1990, 1, 1), datetime.date(2090, 1, 1)} | about)


def every_blank(dossier: Dossier) -> list[Place]:
    """
    All that is not known, apart from rulings, which are none before they are complete, and
    references, which name a record that there is.
    """
    return [
        (fact.id, name)
        for fact in dossier.facts
        for name, attribute in find(fact.kind).attributes.items()
        if fact.values[name] is None
        and fact.kind != "judgement"
        and attribute.type is not Type.REFERENCE
    ]


def attribute_at(dossier: Dossier, place: Place) -> Attribute:
    fact = dossier.find(place[0])
    assert fact is not None
    return find(fact.kind).attributes[place[1]]


@st.composite
def told(draw: st.DrawFn, asked: Asked, places: list[Place]) -> Asked:
    """The same, with these attributes told in some way."""
    dossier = asked.dossier
    for place in places:
        attribute = attribute_at(dossier, place)
        value = draw(st.sampled_from(possible_values(attribute, asked.dossier, asked.on)))
        more = with_value(dossier, place, value)
        dossier = more if all(map(_is_whole, more.facts)) else dossier
    return asked.with_dossier(dossier)
