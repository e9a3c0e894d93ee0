"""
What an event keeps, and each value before and after it, in words: days in both calendars, options
by their labels, what a key points to by its name, facts by the vocabulary.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import models

from tiaoli.facts import vocabulary
from tiaoli.facts.dates import both
from tiaoli.facts.kinds import Label
from tiaoli.platform import clock
from tiaoli.platform.applications.declared import procedure_in
from tiaoli.platform.applications.models import Application
from tiaoli.platform.certificates.models import Certificate
from tiaoli.platform.choices import Choice
from tiaoli.platform.people.grades import HospitalGrade
from tiaoli.platform.people.models import Account, Membership, Organisation, Person, Post
from tiaoli.platform.portfolio.models import Record
from tiaoli.platform.portfolio.wording import kind_label, label_of, value_words
from tiaoli.platform.reviews.models import Finding
from tiaoli.platform.web.trail.names import name_label
from tiaoli.regulations import catalogue
from tiaoli.rules import Procedure, Regulation, Seat

Status, Verdict = Certificate.Status, Finding.Verdict
HIDDEN: Final = frozenset({"sealed_number", "number_index", "password", "token_digest", "token"})
"""Of these it is said that they changed, and not how."""
NOTHING: Final = Label("", "")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_SEATS: Final = {
    Seat.PARTY: Label("申請人", "the applicant"),
    Seat.EMPLOYER: Label("服務機構", "the institution"),
    Seat.OFFICE: Label("受理單位", "the office"),
    Seat.PANEL: Label("審查者", "the panel"),
    Seat.OTHER_PERSON: Label("案件所列的人", "somebody whom the file names"),
    Seat.NOBODY: Label("期日屆至", "the day itself"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One value before and after; ``hidden``: what they are is not shown."""

    name: str
    field: Label
    before: Label
    after: Label
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """A column of a row that changed: what it said, and the row as it is after."""

    field: Any
    before: Any
    after: Any
    row: Any


def differences(fields: Iterable[Any], before: Any, after: Any) -> Iterator[Difference]:
    """The columns in which two versions of a row differ; of the first, those that say something."""
    for field in fields:
        old = None if before is None else getattr(before, field.attname)
        new = getattr(after, field.attname)
        if old != new and not (before is None and new in (None, "", [], {})):
            yield Difference(field, old, new, after)


def changes(model: type[models.Model], found: Sequence[Difference]) -> list[tuple[Change, ...]]:
    """Each of them in words; what keys point to is looked up once for each table."""
    names = _called(model, found)
    return [tuple(_change(model, one, names)) for one in found]


Called = Mapping[tuple[type[models.Model], Any], Label]


def _called(model: type[models.Model], found: Iterable[Difference]) -> Called:
    wanted: dict[type[models.Model], set[Any]] = {}
    for one in found:
        if (to := _points_to(model, one.field)) is not None:
            wanted.setdefault(to, set()).update({one.before, one.after} - {None})
    return {
        (to, key): _name_of(thing)
        for to, keys in wanted.items()
        for key, thing in to._default_manager.in_bulk(keys).items()
    }


def _points_to(model: type[models.Model], field: Any) -> Any:
    own = model._meta.get_field(field.name)
    return own.related_model if own.is_relation else None


def _name_of(thing: Any) -> Label:
    match thing:
        case Organisation():
            return thing.label
        case Record():
            label = kind_label(thing.kind)
            return Label(f"{label.zh} {thing.fact}", f"{label.en} {thing.fact}")
        case Membership():
            return thing.label
        case Account() | Person():
            return Label(str(thing), str(thing))
    number = str(getattr(thing, "number", thing.pk))
    return Label(number, number)


def _change(model: type[models.Model], one: Difference, names: Called) -> Iterator[Change]:
    name = one.field.name
    if name in HIDDEN:
        yield Change(name, name_label(name), NOTHING, NOTHING, hidden=True)
        return
    if (kind := _kind_of(model, name, one.row)) is not None:
        yield from _of_a_fact(kind, one)
        return
    before, after = (_value(model, one, value, names) for value in (one.before, one.after))
    yield Change(name, name_label(name), before, after)


def _kind_of(model: type[models.Model], name: str, row: Any) -> str | None:
    """The kind of fact whose attributes a column holds."""
    if model is Record and name == "values":
        return str(row.kind)
    if model is Application and name in ("file", "typed"):
        procedure = _procedure(row.regulation, row.procedure)
        return "" if procedure is None or procedure.file is None else procedure.file.kind
    return None


def _of_a_fact(kind: str, one: Difference) -> Iterator[Change]:
    """Each attribute that differs, by the label of the vocabulary."""
    declared = vocabulary.KINDS.get(kind)
    attributes = {} if declared is None else declared.attributes
    was, says = one.before or {}, one.after or {}
    names = [*(name for name in attributes if name in was or name in says)]
    names += sorted({*was, *says} - {*names})
    for name in names:
        if was.get(name, NOTHING) != says.get(name, NOTHING):
            attribute = attributes.get(name)
            before, after = (
                value_words(attribute, values[name]) if name in values else NOTHING
                for values in (was, says)
            )
            yield Change(name, label_of(attribute, name), before, after)


def _value(model: type[models.Model], one: Difference, value: Any, names: Called) -> Label:
    if value in (None, ""):
        return NOTHING
    if (to := _points_to(model, one.field)) is not None:
        return names.get((to, value), Label(f"#{value}", f"#{value}"))
    if (choice := _choice(model._meta.get_field(one.field.name), value)) is not None:
        return choice
    context = {name: getattr(one.row, name, None) for name in ("regulation", "procedure", "kind")}
    return words_of(one.field.name, value, context)


def _choice(field: Any, value: Any) -> Label | None:
    """The label of a word of a ``Choice``."""
    if not field.choices:
        return None
    pairs = list(field.choices)
    of = next((one for one in Choice.__subclasses__() if one.pairs() == pairs), None)
    return None if of is None or value not in set(of) else of.of(value).label


def told(data: Mapping[str, Any], context: Mapping[str, Any]) -> list[tuple[Label, Label]]:
    """What an event keeps, but for what says nothing; ``context`` names regulation, procedure."""
    known = {**context, **data}
    return [
        (name_label(name), words_of(name, value, known))
        for name, value in data.items()
        if value not in (None, "", [], {})
    ]


def words_of(name: str, value: Any, context: Mapping[str, Any]) -> Label:
    """
    A value by the name that it has. ``context`` says of which regulation, procedure and kind it is,
    where it is of one.
    """
    match value:
        case bool():
            return Label("是", "yes") if value else Label("否", "no")
        case datetime.datetime():
            local = value.astimezone(clock.TAIPEI)
            day, hour = local.date(), f"{local:%H:%M}"
            return Label(f"{both(day)} {hour}", f"{both(day, 'en')} {hour}")
        case datetime.date():
            return Label(both(value), both(value, "en"))
        case list() | tuple():
            return _listed(name, value, context)
        case Mapping():
            return _mapped(name, value, context)
        case str() if _DAY.fullmatch(value):
            day = datetime.date.fromisoformat(value)
            return Label(both(day), both(day, "en"))
        case str():
            return _named(name, value, context)
    return Label(str(value), str(value))


def _listed(name: str, value: Iterable[Any], context: Mapping[str, Any]) -> Label:
    items = list(value)
    if name == "records":
        return Label(f"{len(items)} 筆", f"{len(items)}")
    if name == "changed":
        kind = vocabulary.KINDS.get(str(context.get("kind") or _kind_in(context)))
        own = {} if kind is None else kind.attributes
        told = [own[one].label if one in own else name_label(str(one)) for one in items]
    else:
        told = [words_of("", one, context) for one in items]
    return Label("、".join(one.zh for one in told), ", ".join(one.en for one in told))


def _kind_in(context: Mapping[str, Any]) -> str:
    procedure = _procedure(context.get("regulation"), context.get("procedure"))
    return "" if procedure is None or procedure.file is None else procedure.file.kind


def _mapped(name: str, value: Mapping[Any, Any], context: Mapping[str, Any]) -> Label:
    if name == "confirmed":
        yes = sum(bool(one) for one in value.values())
        no = len(value) - yes
        return Label(f"屬實 {yes} 筆，不能確認 {no} 筆", f"{yes} confirmed, {no} not")
    if {*value} == {"zh", "en"}:
        return Label(str(value["zh"]), str(value["en"]))
    parts = [
        (name_label(str(key)), words_of(str(key), one, context))
        for key, one in value.items()
        if one not in (None, "", [], {})
    ]
    return Label(
        "；".join(f"{label.zh}：{says.zh}" for label, says in parts),
        "; ".join(f"{label.en}: {says.en}" for label, says in parts),
    )


def _named(name: str, value: str, context: Mapping[str, Any]) -> Label:
    """A word that stands for something: a regulation, a state, a post."""
    found = None
    match name:
        case "regulation":
            regulation = _regulation(value)
            found = None if regulation is None else regulation.title
        case "procedure":
            procedure = _procedure(context.get("regulation"), value)
            found = None if procedure is None else procedure.label
        case "state" | "from" | "to" | "step":
            found = _in_procedure(name, value, context)
        case "question" | "key" | "reading":
            found = _in_regulation(name, value, context)
        case "kind":
            found = kind_label(value)
        case "role":
            found = Post.of(value).label if value in set(Post) else None
        case "status":
            found = Status.of(value).label if value in set(Status) else None
        case "verdict":
            found = Verdict.of(value).label if value in set(Verdict) else None
        case "grade":
            found = HospitalGrade.of(value).label if value in set(HospitalGrade) else None
        case "turn":
            found = next((label for seat, label in _SEATS.items() if seat.value == value), None)
        case "option":
            found = _document(value, context)
    return Label(value, value) if found is None else found


def _in_procedure(name: str, value: str, context: Mapping[str, Any]) -> Label | None:
    procedure = _procedure(context.get("regulation"), context.get("procedure"))
    if procedure is None:
        return None
    things: Iterable[Any] = procedure.transitions if name == "step" else procedure.states
    return next((one.label for one in things if one.id == value), None)


def _in_regulation(name: str, value: str, context: Mapping[str, Any]) -> Label | None:
    regulation = _regulation(context.get("regulation"))
    if regulation is None:
        return None
    if name == "question":
        return regulation.questions[value].label if value in regulation.questions else None
    key = regulation.interpretations.get(value if name == "key" else str(context.get("key")))
    if key is None:
        return None
    if name == "key":
        return Label(f"{value}（{key.question.zh}）", f"{value} ({key.question.en})")
    return key.label(value) if value in key.option_names else None


def _document(value: str, context: Mapping[str, Any]) -> Label | None:
    kind = vocabulary.KINDS.get(_kind_in(context))
    attribute = None if kind is None else kind.attributes.get("documents")
    return None if attribute is None else attribute.option_label(value)


def _regulation(name: Any) -> Regulation | None:
    try:
        return catalogue.find(str(name)) if name else None
    except catalogue.UnknownRegulation:  # a text that is not here any more
        return None


def _procedure(regulation: Any, name: Any) -> Procedure | None:
    found = _regulation(regulation)
    try:
        return None if found is None else procedure_in(found, str(name))
    except LookupError:
        return None
