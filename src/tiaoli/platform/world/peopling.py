"""People with what is known of them: crowds of invented ones, and those whom cases are about."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import cycle
from typing import Any, Final

from allauth.account.models import EmailAddress

from tiaoli.facts import vocabulary
from tiaoli.facts.dossier import Dossier
from tiaoli.facts.kinds import Type
from tiaoli.facts.values import NONE_WORDS
from tiaoli.facts.writing import write_dossier
from tiaoli.platform import clock
from tiaoli.platform.people.identity import read_identity_number
from tiaoli.platform.people.models import Account, Membership, Organisation, Person, Post
from tiaoli.platform.portfolio.dossiers import checked_values, day_of
from tiaoli.platform.portfolio.models import Record, Source, Tier
from tiaoli.platform.world.cases import Plan
from tiaoli.platform.world.cast import CROWDS, Crowd
from tiaoli.platform.world.names import identity_numbers, names
from tiaoli.platform.world.situations import parts
from tiaoli.population.invented import people as invented_people

Plain = Mapping[str, Any]
_SERVED_DAYS: Final = 900
_YOUNGEST: Final = datetime.timedelta(days=24 * 365)


@dataclass(frozen=True, slots=True)
class _Newcomer:
    """Somebody to be: of which regulation, born when, with which facts; where they work."""

    regulation: str
    born: datetime.date | None
    facts: Iterable[Plain]
    employer: str = ""
    who: str = ""


def settle_people(
    crowds: Iterable[Crowd], plans: Iterable[Plan], hospitals: Mapping[str, Organisation]
) -> dict[str, Person]:
    """
    Everybody, with an account, a number, an employer and a portfolio. The people of the plans by
    ``Plan.who``, and by that and the role, those whom a plan's file names.
    """
    coming = [*_of_crowds(crowds), *_of_plans(plans)]
    called = names(len(coming), 1)
    numbers = identity_numbers(len(coming), 2)
    subjects = list(_subjects(one.regulation for one in coming))
    accounts = _accounts(subjects, called)
    people = [_person(*of) for of in zip(coming, subjects, called, numbers, accounts, strict=True)]
    Person.objects.bulk_create(people)
    _employ(coming, people, hospitals)
    Record.objects.bulk_create(
        [
            _record(person, fact)
            for one, person in zip(coming, people, strict=True)
            for fact in one.facts
        ],
        batch_size=2_000,
    )
    return {one.who: person for one, person in zip(coming, people, strict=True) if one.who}


def _subjects(regulations: Iterable[str]) -> Iterator[str]:
    """``rt-ladder-001``, ``rt-ladder-002`` …"""
    counted: Counter[str] = Counter()
    for regulation in regulations:
        counted[regulation] += 1
        yield f"{regulation}-{counted[regulation]:03}"


def _accounts(subjects: Iterable[str], called: Iterable[str]) -> list[Account]:
    """Each with a verified address; their passwords are still to be set."""
    made = Account.objects.bulk_create(
        Account(email=f"{subject}@people.example", name=name)
        for subject, name in zip(subjects, called, strict=True)
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=account, email=account.email, verified=True, primary=True)
        for account in made
    )
    return made


def _of_crowds(crowds: Iterable[Crowd]) -> Iterator[_Newcomer]:
    for crowd in crowds:
        facts = invented_people(crowd.recipe, crowd.number, crowd.seed, clock.today())
        for dossier in facts.to_dossiers():
            born = dossier.subject.values.get("date_of_birth")
            yield _Newcomer(
                crowd.recipe,
                _grown_up(born) if isinstance(born, datetime.date) else None,
                _written(dossier),
            )


def _grown_up(born: datetime.date) -> datetime.date:
    """Recipes make people of any age; here they work."""
    latest = clock.today() - _YOUNGEST
    return born if born <= latest else born - _YOUNGEST


def _written(dossier: Dossier) -> list[Plain]:
    """The facts, without what names a record that is not there: nobody could enter that."""
    facts = write_dossier(dossier)["facts"]
    ids = {dossier.subject.id, *(fact["id"] for fact in facts), *NONE_WORDS}
    return [
        {
            name: value
            for name, value in fact.items()
            if not _is_lost(fact["kind"], name, value, ids)
        }
        for fact in facts
    ]


def _is_lost(kind: str, name: str, value: object, ids: set[str]) -> bool:
    attribute = vocabulary.find(kind).attributes.get(name)
    return attribute is not None and attribute.type is Type.REFERENCE and value not in ids


def _of_plans(plans: Iterable[Plan]) -> Iterator[_Newcomer]:
    seen: set[str] = set()
    for number, plan in enumerate(plans):
        situation = plan.situation
        if plan.who in seen:
            continue
        seen.add(plan.who)
        for role, name in {"": situation.part, **situation.others}.items():
            part = parts()[name]
            yield _Newcomer(
                situation.regulation,
                part.born_on(plan.moved),
                [_read(fact) for fact in part.told(plan.moved, number)],
                situation.employer,
                f"{plan.who}:{role}" if role else plan.who,
            )


def _read(told: Plain) -> Plain:
    """As the form of its kind would read it. Raises DossierError."""
    kept = {name: told[name] for name in _NOT_VALUES}
    values = {name: value for name, value in told.items() if name not in _NOT_VALUES}
    return kept | checked_values(told["kind"], values)


_NOT_VALUES: Final = ("id", "kind", "evidence")


def _person(one: _Newcomer, subject: str, name: str, number: str, account: Account) -> Person:
    person = Person(subject=subject, name=name, date_of_birth=one.born, account=account)
    person.keep_number(read_identity_number(number))
    return person


def _employ(
    coming: Iterable[_Newcomer], people: Iterable[Person], hospitals: Mapping[str, Organisation]
) -> None:
    units = {crowd.recipe: crowd.unit for crowd in CROWDS}
    since = clock.today() - datetime.timedelta(days=_SERVED_DAYS)
    somewhere = cycle(hospitals)
    Membership.objects.bulk_create(
        Membership(
            organisation=hospitals[one.employer or next(somewhere)],
            person=person,
            role=Post.PRACTITIONER,
            first=since,
            unit=units[one.regulation],
        )
        for one, person in zip(coming, people, strict=True)
    )


def _record(person: Person, fact: Plain) -> Record:
    values = {name: value for name, value in fact.items() if name not in _NOT_VALUES}
    happens = day_of(fact["kind"], values)
    entered = _entered(happens)
    return Record(
        person=person,
        fact=fact["id"],
        kind=fact["kind"],
        values=values,
        tier=Tier.of(fact["evidence"]),
        source=Source.IMPORT,
        happens=happens,
        entered_by=person.account,
        entered=entered,
        changed=entered,
        verified=entered if fact["evidence"] == Tier.VERIFIED else None,
    )


def _entered(happens: datetime.date | None) -> datetime.datetime:
    """On the day itself, so far as that has come."""
    now = clock.now()
    if happens is None or happens >= now.date():
        return now
    return datetime.datetime.combine(happens, datetime.time(12), clock.TAIPEI)
