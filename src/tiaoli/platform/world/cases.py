"""
Cases in every state of every procedure that a person files, on days that lead up to today.

Nothing is written past the platform: a case is opened, filled in, documented, taken from step to
step and paid by the actions that pages use, each by somebody who sits where the step is taken. Who
has the facts that a case needs is found by trying; a state for which nobody does is told, not made.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from django.db import transaction
from django.db.models import Count

from tiaoli.facts.kinds import Attribute, Type
from tiaoli.facts.reading import DossierError
from tiaoli.platform import clock
from tiaoli.platform.applications import declared
from tiaoli.platform.applications.actions import take, take_by_itself
from tiaoli.platform.applications.drafting import add_document, open_application
from tiaoli.platform.applications.inquiry import Inquiry
from tiaoli.platform.applications.leaving import leaving_of
from tiaoli.platform.applications.left import Given, PointTold
from tiaoli.platform.applications.models import Application
from tiaoli.platform.applications.wanted import to_fill_in
from tiaoli.platform.audit.actions import THE_DAY, Actor, Refused
from tiaoli.platform.certificates.models import Certificate
from tiaoli.platform.fees import posting
from tiaoli.platform.fees.matching import fingerprint, matches
from tiaoli.platform.fees.models import Notice
from tiaoli.platform.people.models import Membership, Organisation, Person, Post, holding
from tiaoli.platform.people.seats import POSTS_OF, SeatHeld, actor_of
from tiaoli.platform.world.cast import CROWDS
from tiaoli.rules import Procedure, Regulation, Seat, Transition

Tell = Callable[[str], None]
_PEOPLE_TRIED: Final = 24
_TRIED_FURTHER: Final = 8
"""For a state beyond the first step: the first of them have come as far as that."""
_FORMS_TRIED: Final = 8
_WITH_EVERY_FORM: Final = 6
"""So many people are tried with every form; the others with those that have served."""
_DAYS_BETWEEN: Final = 4


@dataclass(frozen=True, slots=True)
class Brought:
    """How many cases there are now, and the states (regulation, procedure, state) without one."""

    cases: int
    missing: tuple[tuple[str, str, str], ...]


@dataclass(slots=True)
class _Known:
    """For a procedure, who came furthest so far, and with which form: tried first."""

    people: list[Person]
    forms: list[dict[str, Any]] = field(default_factory=list)


def bring_about(tell: Tell) -> Brought:
    """One case in every state that somebody in the world has the facts for."""
    made, missing = 0, []
    for regulation, procedure in declared.for_persons():
        known = _Known(_candidates(regulation, procedure))
        before, out_of_reach = made, set[str]()
        for state, path in _paths(procedure).items():
            on_the_way = {step.leads_from(step.source[0]) for step in path[:-1]}
            if not on_the_way & out_of_reach and _made(regulation, procedure, path, known):
                made += 1
            else:
                out_of_reach.add(state)
                missing.append((regulation.id, procedure.id, state))
        tell(f"    {regulation.id} · {procedure.label.zh} {procedure.label.en}: {made - before}")
    return Brought(made, tuple(missing))


def _paths(procedure: Procedure) -> dict[str, tuple[Transition, ...]]:
    """The shortest way from the first state to each."""
    found: dict[str, tuple[Transition, ...]] = {procedure.initial.id: ()}
    ahead = [procedure.initial.id]
    while ahead:
        state = ahead.pop(0)
        for step in procedure.from_state(state):
            target = step.leads_from(state)
            if target not in found:
                found[target] = (*found[state], step)
                ahead.append(target)
    return found


def _candidates(regulation: Regulation, procedure: Procedure) -> list[Person]:
    """
    People of the crowd that the regulation is about, those with the fewest facts first: a case is
    quickly made for them. Where the procedure begins with something held, those who hold it.
    """
    crowds = [crowd.recipe for crowd in CROWDS if crowd.recipe == regulation.id]
    people = Person.objects.filter(account__isnull=False).select_related("account")
    if crowds:
        people = people.filter(subject__startswith=f"{crowds[0]}-")
    if procedure.initial.id != "draft":
        holders = people.filter(certificates__regulation=regulation.id).distinct()
        people = holders if holders.exists() else people
    return list(people.annotate(told=Count("records")).order_by("told", "pk"))


def _made(
    regulation: Regulation, procedure: Procedure, path: Sequence[Transition], known: _Known
) -> bool:
    most = _PEOPLE_TRIED if len(path) < 2 else _TRIED_FURTHER
    for number, person in enumerate(islice(list(known.people), most)):
        forms = _forms(regulation, procedure)
        tried = _FORMS_TRIED if number < _WITH_EVERY_FORM else 1
        for typed in [*known.forms[:2], *islice(forms, tried)]:
            if _walked(regulation, procedure, person, path, typed):
                _remember(known, person, typed)
                return True
    return False


def _remember(known: _Known, person: Person, typed: dict[str, Any]) -> None:
    """Cases spread over people: who has one goes to the end; the form is tried first again."""
    known.people.remove(person)
    known.people.insert(min(_TRIED_FURTHER - 1, len(known.people)), person)
    if typed in known.forms:
        known.forms.remove(typed)
    known.forms.insert(0, typed)


def _walked(
    regulation: Regulation,
    procedure: Procedure,
    person: Person,
    path: Sequence[Transition],
    typed: Mapping[str, Any],
) -> bool:
    """The case as far as its state, or nothing of it at all."""
    day = clock.today() - datetime.timedelta(days=_DAYS_BETWEEN * len(path))
    try:
        with transaction.atomic():
            with clock.standing_at(day):
                application = _opened(regulation, procedure, person, typed)
            for step in path:
                day += datetime.timedelta(days=_DAYS_BETWEEN)
                with clock.standing_at(day):
                    _take(application, step, day)
    except (Refused, DossierError, _Nobody):
        return False
    return True


class _Nobody(Exception):
    """Nobody sits where a step is taken."""


def _opened(
    regulation: Regulation, procedure: Procedure, person: Person, typed: Mapping[str, Any]
) -> Application:
    roles = declared.named_roles(procedure)
    others = Person.objects.filter(account__isnull=False).exclude(pk=person.pk)
    return open_application(
        actor_of(person.account, None),
        person,
        regulation=regulation,
        procedure=procedure,
        about=_certificate_about(regulation, procedure, person),
        role=roles[-1].id if roles else None,
        others={role.id: other for role, other in zip(roles[:-1], others, strict=False)},
        typed=dict(typed),
    )


def _certificate_about(
    regulation: Regulation, procedure: Procedure, person: Person
) -> Certificate | None:
    """What the person holds, where the procedure begins with something held."""
    if procedure.initial.id == "draft":
        return None
    return (
        Certificate.objects.filter(
            person=person, regulation=regulation.id, status=Certificate.Status.VALID
        )
        .order_by("-issued")
        .first()
    )


def _take(application: Application, step: Transition, day: datetime.date) -> None:
    application.refresh_from_db()
    if step.by.seat is Seat.NOBODY:
        take_by_itself(THE_DAY, application, step=step, on=day)
        return
    by = _sitting_for(application, step, day)
    if step.by.seat is Seat.PARTY:
        _document(by, application, step)
        _pay(application, day)
        application.refresh_from_db()
        if application.state == step.target:
            return  # the payment was all that it waited for
    take(by, application, step=step.id, version=application.version,
         given=_given(application, step, day))  # fmt: skip


def _document(by: Actor, application: Application, step: Transition) -> None:
    for option in step.documents:
        add_document(by, application, option=option, note="掛號郵寄 by registered post")
        application.refresh_from_db()


def _pay(application: Application, day: datetime.date) -> None:
    """What is due, by a statement as a treasurer imports it."""
    for notice in Notice.objects.filter(case=application.number, state=Notice.State.DUE):
        treasurer = _officer(notice.payee, frozenset({Post.TREASURER.value}), day)
        told = f"案號,金額,日期,繳款人\n{notice.case},{notice.amount},{day},{notice.payer.name}\n"
        draft = posting.read_in(
            treasurer, notice.payee, name=f"{notice.number}.csv", raw=told.encode("utf-8-sig")
        )
        found = matches(notice.payee, posting.lines_of(draft))
        posting.post(treasurer, draft, shown=fingerprint(found))


def _sitting_for(application: Application, step: Transition, day: datetime.date) -> Actor:
    match step.by.seat:
        case Seat.PARTY:
            return actor_of(application.person.account, None)
        case Seat.OTHER_PERSON:
            party = application.parties.filter(role=step.by.id).first()
            if party is None or party.person.account is None:
                raise _Nobody
            return actor_of(party.person.account, None)
        case Seat.EMPLOYER:
            house = application.employer
        case _:
            house = application.office
    if house is None:
        raise _Nobody
    return _officer(house, POSTS_OF[step.by.seat], day)


def _officer(house: Organisation, posts: frozenset[str], day: datetime.date) -> Actor:
    held = (
        Membership.objects.filter(holding(day), organisation=house, role__in=posts)
        .select_related("account", "organisation")
        .exclude(account=None)
        .order_by("pk")
        .first()
    )
    if held is None:
        raise _Nobody
    return actor_of(held.account, SeatHeld(house, held.role))


def _given(application: Application, step: Transition, day: datetime.date) -> Given:
    """What the step asks of whoever takes it, made up."""
    _, procedure = declared.of(application)
    points: tuple[PointTold, ...] = ()
    if declared.returns(procedure, step):
        points = (PointTold("請補上清楚的影本。 A clearer copy, please."),)
    leaves = leaving_of(Inquiry(application, day), step)
    values: dict[str, Any] = {}
    if leaves is not None:
        values = {a.name: value for a in leaves.asked if (value := _made_up(a, day)) is not None}
    return Given(remark="", values={**values, **(leaves.defaults if leaves else {})}, points=points)


def _made_up(attribute: Attribute, day: datetime.date) -> Any:
    match attribute.type:
        case Type.DAY:
            return day.isoformat()
        case Type.CHOICE:
            return attribute.option_names[0]
        case Type.CHOICES:
            return list(attribute.option_names[:1])
        case Type.YES_NO:
            return "yes"
        case Type.WHOLE | Type.NUMBER:
            return "1"
        case Type.DURATION:
            return "36"
        case Type.TEXT:
            return "虛構"
    return None


def _forms(regulation: Regulation, procedure: Procedure) -> Iterator[dict[str, Any]]:
    """Ways to fill in the file: each option of its first choices, the rest made up."""
    asked = to_fill_in(regulation, procedure)
    day = clock.today()
    base = {a.name: value for a in asked if (value := _made_up(a, day)) is not None}
    choices = [a for a in asked if a.type in (Type.CHOICE, Type.CHOICES)]
    yield base
    for attribute in choices:
        for option in attribute.option_names[1:]:
            several = attribute.type is Type.CHOICES
            yield base | {attribute.name: [option] if several else option}
