"""
What a step leaves behind: a record of the person's, made of what the step says, what the file says,
and what whoever takes the step adds; with its last day, and a certificate where it is a credential.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tiaoli.facts import vocabulary
from tiaoli.facts.kinds import Absent, Attribute, Kind, Label, Type
from tiaoli.facts.values import NONE_WORDS
from tiaoli.platform.applications import declared
from tiaoli.platform.applications.dossiers import DOCUMENTS
from tiaoli.platform.applications.inquiry import Inquiry, Term
from tiaoli.platform.applications.models import Application, LeftRecord
from tiaoli.platform.applications.wanted import to_fill_in_of
from tiaoli.platform.audit.actions import Refused
from tiaoli.platform.portfolio.dossiers import checked_values
from tiaoli.rules import Regulation, Seat, Transition, Written
from tiaoli.rules.procedure import VALID_FROM


@dataclass(frozen=True, slots=True)
class Leaving:
    """
    ``fixed``     attributes that are settled
    ``split``     the attribute that takes one option in each record, where the file has several
    ``options``   those options, of which whoever takes the step chooses
    ``asked``     what rules read and is left to fill in; ``others`` what is left besides
    ``defaults``  what stands in the form to begin with
    ``begins``    from when it has effect, where the text says another day than that of the step
    ``may_be_on_file`` whoever takes the step may have it already; ``may_confirm`` a house may find
                  so what the person has told (``confirming``)
    """

    kind: Kind
    fixed: Mapping[str, Any]
    split: Attribute | None
    options: tuple[str, ...]
    asked: tuple[Attribute, ...]
    others: tuple[Attribute, ...]
    defaults: Mapping[str, Any]
    may_be_on_file: bool
    may_confirm: bool = False
    begins: Term | None = None

    @property
    def to_fill_in(self) -> tuple[Attribute, ...]:
        return self.asked + self.others

    @property
    def lacking(self) -> tuple[Attribute, ...]:
        """What has to be said before the step can be taken by one click."""
        return tuple(
            a for a in self.asked if a.absent is Absent.UNKNOWN and a.name not in self.defaults
        )


def leaving_of(inquiry: Inquiry, step: Transition) -> Leaving | None:
    """What ``step`` would leave behind if it were taken on the day of the inquiry."""
    if step.output is None:
        return None
    kind = vocabulary.find(step.output.kind)
    file = inquiry.values
    fixed = dict(step.output.says)
    original = _original(inquiry.application, kind, copies=not fixed)
    fixed |= _taken(inquiry.application, step.output)
    defaults = {name: v for name, v in (original or {}).items() if name not in fixed}
    split, options = _split(inquiry, kind, fixed)
    for name, attribute in kind.attributes.items():
        if name in fixed or (split is not None and name == split.name):
            continue
        if name in file and name != DOCUMENTS and _same(inquiry, name, attribute):
            fixed[name] = _granted(inquiry, name, file[name])
    if split is not None and not options:
        split = None
    day = kind.happens
    if day is not None and day not in fixed:
        copies = original is not None and not step.output.says
        if step.by.seat is Seat.PARTY or copies:
            defaults.setdefault(day, inquiry.on.isoformat())
        else:
            fixed[day] = inquiry.on.isoformat()
    begins = _begins(inquiry, step, fixed)
    if begins is not None and begins.day is not None:
        fixed[VALID_FROM] = begins.day.isoformat()
    written = {*fixed, *([split.name] if split is not None else [])}
    written |= _of_another_step(inquiry.regulation, step.output)
    asked, others = to_fill_in_of(inquiry.regulation, inquiry.procedure, kind.name, written)
    defaults = {name: value for name, value in defaults.items() if name not in written}
    on_file = step.by.seat is Seat.PARTY
    confirms = step.by.seat in declared.HOUSE and bool(step.output.says) and not kind.credential
    return Leaving(
        kind, fixed, split, options, asked, others, defaults, on_file, confirms, begins
    )  # fmt: skip


def _begins(inquiry: Inquiry, step: Transition, fixed: Mapping[str, Any]) -> Term | None:
    """Asked while the record is not there yet: it would be the last of its kind."""
    term = inquiry.term(step.begins, {**inquiry.values, **fixed}, None)
    return None if term is None or term.day in (None, inquiry.on) else term


def _original(application: Application, kind: Kind, *, copies: bool) -> dict[str, Any] | None:
    """
    The credential that the file is about. A step that writes nothing of its own makes a copy of all
    of it; a new one has the same scope, and days and a number of its own.
    """
    about = application.about
    if about is None or about.kind != kind.name:
        return None
    scope = (Type.CHOICE, Type.CHOICES, Type.TEXTS)
    return {
        name: value
        for name, value in about.record.values.items()
        if copies or kind.attributes[name].type in scope
    }


def _taken(application: Application, output: Written) -> dict[str, Any]:
    """What the credential that the file is about says of itself, and the new one of it."""
    about = application.about
    if about is None or about.kind != output.kind:
        return {}
    said = about.record.values
    return {name: said[of] for name, of in output.takes if said.get(of) not in (None, *NONE_WORDS)}


def _of_another_step(regulation: Regulation, output: Written) -> set[str]:
    """
    What only another step writes in such a record, out of the credential that its file is about: a
    renewal is not offered to say which certificate it is a copy of.
    """
    outputs = (step.output for one in regulation.procedures for step in one.transitions)
    taken = {
        name
        for other in outputs
        if other is not None and other.kind == output.kind
        for name, _ in other.takes
    }
    return taken - {name for name, _ in output.takes}


def _same(inquiry: Inquiry, name: str, attribute: Attribute) -> bool:
    """Whether an attribute of the record is the file's own of that name."""
    written = inquiry.procedure.file
    own = vocabulary.find(written.kind).attributes.get(name) if written else None
    return own is not None and (own.type, own.options) == (attribute.type, attribute.options)


def _split(
    inquiry: Inquiry, kind: Kind, fixed: Mapping[str, Any]
) -> tuple[Attribute | None, tuple[str, ...]]:
    """The choice of the record that the file answers with several of the same options."""
    written = inquiry.procedure.file
    several = [
        (name, own)
        for name, own in (vocabulary.find(written.kind).attributes.items() if written else ())
        if own.type is Type.CHOICES and inquiry.values.get(name)
    ]
    for attribute in kind.attributes.values():
        if attribute.type is not Type.CHOICE or attribute.name in fixed:
            continue
        for name, own in several:
            if own.options == attribute.options:
                chosen = _granted(inquiry, name, inquiry.values[name])
                return attribute, tuple(chosen if isinstance(chosen, list) else [chosen])
    return None, ()


def _granted(inquiry: Inquiry, name: str, value: Any) -> Any:
    """Of several options of the file, those for which an earlier step left a record."""
    if not isinstance(value, list | tuple):
        return value
    written = inquiry.procedure.file
    assert written is not None
    options = vocabulary.find(written.kind).attributes[name].options
    granted = set()
    for left in LeftRecord.objects.filter(step__application=inquiry.application).select_related(
        "record"
    ):
        for other, attribute in vocabulary.find(left.record.kind).attributes.items():
            if attribute.type is Type.CHOICE and attribute.options == options:
                granted.add(left.record.values.get(other))
    kept = [option for option in value if option in granted]
    return kept or list(value)


def records_of(
    leaving: Leaving, given: Mapping[str, Any], options: Sequence[str] | None
) -> list[dict[str, Any]]:
    """
    The values of each record, checked. Raises DossierError where something cannot be read, and
    Refused where of several none was chosen.
    """
    own = {a.name for a in leaving.to_fill_in}
    said = {**leaving.defaults, **{n: v for n, v in given.items() if n in own}}
    said = {name: value for name, value in said.items() if value not in (None, "", [])}
    base = {**said, **leaving.fixed}
    if leaving.split is None:
        return [checked_values(leaving.kind.name, base)]
    chosen = [o for o in leaving.options if options is None or o in options]
    if not chosen:
        raise Refused(
            Label(
                f"請至少選一個{leaving.split.label.zh}。",
                f"Choose at least one {leaving.split.label.en.lower()}.",
            )
        )
    return [checked_values(leaving.kind.name, base | {leaving.split.name: o}) for o in chosen]


def first_day(kind: Kind, values: Mapping[str, Any], on: datetime.date) -> datetime.date:
    """From when a record has effect: the day that it names, else the one on which it happens."""
    written = values.get(VALID_FROM) or values.get(kind.happens or "")
    return datetime.date.fromisoformat(written) if written else on
