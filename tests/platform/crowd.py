"""
Many people around those of ``guard_world``, and everything that lists of theirs are made of: for
``test_page_costs`` and ``benchmarks/platform``. Nobody in it exists.

Half of them have handed a file in to the society, every twentieth serves in the hospital, and the
person whose things are asked for has ``OWN`` of everything at most.
"""

from __future__ import annotations

import datetime
import hashlib
import random
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, cycle, islice, zip_longest
from typing import Any

from crowd_copied import copy
from crowd_own import grow_own
from django.db import connection, transaction
from guard_files import REGULATION, TO_THE_PANEL
from guard_world import World

from tiaoli.facts.dossier import Dossier
from tiaoli.facts.writing import write_dossier
from tiaoli.platform import clock
from tiaoli.platform.applications import declared
from tiaoli.platform.applications.models import Application, StepTaken
from tiaoli.platform.audit.models import Event
from tiaoli.platform.certificates.models import Certificate, StatusChange
from tiaoli.platform.fees.models import Notice, Payment, Receipt, Statement
from tiaoli.platform.people.models import (
    Account,
    Coming,
    Membership,
    Organisation,
    Outlook,
    Person,
    Post,
)
from tiaoli.platform.portfolio.dossiers import day_of
from tiaoli.platform.portfolio.models import Record, Source, Tier
from tiaoli.platform.reminders.models import Reminder, Sort
from tiaoli.platform.reviews.models import Assignment
from tiaoli.platform.world import making
from tiaoli.population.invented import people as invented
from tiaoli.regulations import catalogue
from tiaoli.rules import State

RECIPES = ("rt-ladder", "ir-instructor", "radiation-operator", "rrt-ce")
AT_ONCE, OWN, EACH, ONE_BY_ONE = 2_000, 300, 20, 3_000
TURNS = ("panel", "office", "employer", "party", "other_person", "nobody", "")
FAMILY, GIVEN = "陳林黃張李王吳劉蔡楊許鄭謝洪郭", "怡雅淑家冠俊志建宜佳詩承柏品宗欣心子思宇"
UNITS = ("放射診斷科", "放射腫瘤科", "核醫科", "呼吸治療室", "心導管室", "")


def days(number: int) -> datetime.timedelta:
    return datetime.timedelta(days=number)


class Crowd:
    """Grows; what is there stays as it is."""

    def __init__(self, world: World, one_by_one: int = ONE_BY_ONE) -> None:
        """From twice ``one_by_one`` people on, those there are by then are copied."""
        self.world, self.one_by_one = world, one_by_one
        self.people = self.own = 0
        self.hospitals: list[Organisation] = []
        self.procedure = declared.procedure_in(catalogue.find(REGULATION), TO_THE_PANEL)
        self.outlook = Outlook.objects.create(
            organisation=world.hospital, asked=clock.now(), made=clock.now(), day=clock.today()
        )

    def grow(self, to: int) -> None:
        """Until there are ``to`` people beside those of the world: once copied, no more."""
        times = max(1, to // self.one_by_one)
        one_by_one = -(-to // times)
        while self.people < one_by_one:
            with transaction.atomic():
                self._arrive(min(AT_ONCE, one_by_one - self.people))
        if times > 1:
            copy(times - 1)
            self.people = one_by_one * times
        own = min(to, OWN)
        with transaction.atomic():
            grow_own(self.world, self.own, own)
            self._files([self.world.person] * (own - self.own), own=True)
        self.own = max(self.own, own)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # what autovacuum does in time, and not within a transaction

    def _arrive(self, number: int) -> None:
        first = self.people
        if len(self.hospitals) <= first // 400:
            name = f"第{len(self.hospitals) + 1}醫院"
            self.hospitals.append(making.hospital(name, "district"))
        told = list(dossiers(number, first))
        persons = _persons(first, number)
        _employ(persons, [self.world.hospital if n < 3 or n % 20 == 0 else self.hospitals[-1]
                          for n in range(number)])  # fmt: skip
        Record.objects.bulk_create(
            (record for one in zip(persons, told, strict=True) for record in _records(*one)),
            batch_size=2_000,
        )
        self._files(persons[::2])
        Coming.objects.bulk_create(
            Coming(outlook=self.outlook, person=person, regulation=REGULATION, question="RT3",
                   sort=Coming.Sort.BECOMES, within=90)
            for person in persons[::20]
        )  # fmt: skip
        self.people += number

    def _files(self, persons: Sequence[Person], *, own: bool = False) -> None:
        """Each hands a file in: steps, events, a notice, what came in, a certificate."""
        if not persons:
            return
        files = self._applications(persons, "P" if own else "A")
        self._assignments(files)
        _events(self.world, files)
        _money(self.world, files)
        _certificates(self.world, persons)

    def _applications(self, persons: Sequence[Person], mark: str) -> list[Application]:
        today, now = clock.today(), clock.now()
        known = Application.objects.count()
        states = cycle(sorted(self.procedure.states, key=self._turn))
        made = []
        for number, (person, state) in enumerate(zip(persons, states, strict=False)):
            turn = declared.turn_of(self.procedure, state.id)
            made.append(
                Application(
                    number=f"{mark}-{known + number:07}", regulation=REGULATION,
                    procedure=TO_THE_PANEL, person=person, employer=self.world.hospital
                    if number < len(self.procedure.states) or number % 10 == 0
                    else self.hospitals[-1], office=self.world.society,
                    state=state.id, final=state.final, turn=turn.seat.value if turn else "",
                    turn_since=today - days(number % 90), opened=now, saved=now, submitted=now,
                    due=None if number % 3 == 2 else today + days(number % 60 - 20),
                    file={"level": "RT3"},
                )
            )  # fmt: skip
        files = Application.objects.bulk_create(made, batch_size=1_000)
        source, target = self.procedure.states[0].id, self.procedure.states[1].id
        StepTaken.objects.bulk_create(
            (
                StepTaken(application=file, step="submit", source=source, target=target, at=now,
                          day=today - days(back), by_name="x", organisation=self.world.society)
                for file in files for back in (20, 5)
            ),
            batch_size=2_000,
        )  # fmt: skip
        return files

    def _turn(self, state: State) -> int:
        """The panel's first, so that the first few files are in somebody's queue."""
        turn = declared.turn_of(self.procedure, state.id)
        return TURNS.index(turn.seat.value if turn else "")

    def _assignments(self, files: Sequence[Application]) -> None:
        reviewer = self.world.posts[self.world.society.pk, Post.REVIEWER]
        Assignment.objects.bulk_create(
            Assignment(application=file, state=file.state, reviewer=reviewer, assigned=clock.now())
            for file in files if file.turn == "panel"
        )  # fmt: skip


def dossiers(number: int, seed: int) -> Iterator[Dossier]:
    """So many, a quarter of each recipe."""
    each = -(-number // len(RECIPES))
    made = [
        dossier
        for recipe in RECIPES
        for dossier in invented(recipe, each, seed, clock.today()).to_dossiers()
    ]
    return islice(made, number)


def _persons(first: int, number: int) -> list[Person]:
    """Every tenth can log in, and is told three things."""
    draw = random.Random(first)
    accounts = Account.objects.bulk_create(
        Account(email=f"crowd-{n}@people.example", name=f"c{n}", password="!")
        for n in range(first, first + number, 10)
    )
    by_number = dict(zip(range(first, first + number, 10), accounts, strict=True))
    persons = Person.objects.bulk_create(
        Person(
            subject=f"c{n:07}", account=by_number.get(n),
            number_shown=f"A1{n % 10}****{n % 1000:03}",
            name=draw.choice(FAMILY) + draw.choice(GIVEN) + draw.choice(GIVEN),
            date_of_birth=datetime.date(1960 + n % 40, 1 + n % 12, 1 + n % 28),
            number_index=hashlib.sha256(f"{n}".encode()).hexdigest(),
        )
        for n in range(first, first + number)
    )  # fmt: skip
    now, today = clock.now(), clock.today()
    Reminder.objects.bulk_create(
        Reminder(account=account, key=f"k{n}", about=f"k{n}", sort=Sort.TURN, day=today, zh="事情",
                 en="matter", made=now)
        for account in accounts for n in range(3)
    )  # fmt: skip
    return persons


def _employ(persons: Sequence[Person], houses: Sequence[Organisation]) -> None:
    Membership.objects.bulk_create(
        (
            Membership(organisation=house, person=person, role=Post.PRACTITIONER, unit=unit,
                       first=making.LONG_AGO)
            for person, house, unit in zip(persons, houses, cycle(UNITS), strict=False)
        ),
        batch_size=2_000,
    )  # fmt: skip


def _records(person: Person, dossier: Dossier) -> Iterator[Record]:
    now = clock.now()
    for told in _some(write_dossier(dossier)["facts"]):
        values = {n: v for n, v in told.items() if n not in ("id", "kind", "evidence")}
        yield Record(
            person=person, fact=told["id"], kind=told["kind"], values=values,
            tier=Tier.of(told["evidence"]), source=Source.IMPORT, entered=now, changed=now,
            happens=day_of(told["kind"], values),
        )  # fmt: skip


def _some(facts: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """At most ``EACH``, of every kind in turn: a person may have hundreds of one."""
    kinds: dict[str, list[Mapping[str, Any]]] = {}
    for told in facts:
        kinds.setdefault(told["kind"], []).append(told)
    in_turn = chain.from_iterable(zip_longest(*kinds.values()))
    return list(islice((told for told in in_turn if told is not None), EACH))


def _events(world: World, files: Sequence[Application]) -> None:
    """Two of each file; their hashes hold nothing together."""
    last = Event.objects.order_by("-number").values_list("number", flat=True).first() or 0
    account, now = world.posts[world.society.pk, Post.SECRETARIAT], clock.now()
    label = Application._meta.label_lower
    houses = (world.society, world.hospital)
    acts = list(zip(("applications.take", "reviews.assign"), houses, strict=True))
    told = ((file, action, house) for file in files for action, house in acts)
    Event.objects.bulk_create(
        (
            Event(number=number, at=now, action=action, actor=account.pk, seat="secretariat",
                  via="page", thing=f"{label}:{file.pk}", person=file.person_id,
                  organisation=house.pk, data={}, personal={"by": "某人"}, previous="0" * 64,
                  hash=hashlib.sha256(f"{number}".encode()).hexdigest())
            for number, (file, action, house) in enumerate(told, last + 1)
        ),
        batch_size=2_000,
    )  # fmt: skip


def _money(world: World, files: Sequence[Application]) -> None:
    """A notice for every second file, most of them paid; every tenth line belongs to nobody."""
    today, society = clock.today(), world.society
    states = cycle((Notice.State.DUE, Notice.State.PAID, Notice.State.PAID))
    notices = Notice.objects.bulk_create(
        (
            Notice(number=f"N{file.number}", case=file.number, payer_id=file.person_id,
                   payee=society, regulation=REGULATION, question="review-fee", amount=1000,
                   issued=today - days(30), due=today, state=state)
            for file, state in zip(files[::2], states, strict=False)
        ),
        batch_size=1_000,
    )  # fmt: skip
    paid = [one for one in notices if one.state == Notice.State.PAID]
    Receipt.objects.bulk_create(
        Receipt(notice=one, number=f"R{one.number}", issued=today, amount=1000) for one in paid
    )
    name = f"giro-{Statement.objects.count()}.csv"
    statement = Statement.objects.create(
        organisation=society, name=name, imported=clock.now(),
        sha256=hashlib.sha256(name.encode()).hexdigest(),
    )  # fmt: skip
    match = Payment.Match
    Payment.objects.bulk_create(
        Payment(statement=statement, line=line, case=one.case, amount=1000, received=today,
                match=match.UNKNOWN if line % 10 == 0 else match.EXACT,
                notice=None if line % 10 == 0 else one)
        for line, one in enumerate(paid, 1)
    )  # fmt: skip


def _certificates(world: World, persons: Sequence[Person]) -> None:
    """For two of three; some end soon."""
    today, now = clock.today(), clock.now()
    known = Certificate.objects.count()
    holders = [person for number, person in enumerate(persons) if number % 3]
    records = Record.objects.bulk_create(
        (
            Record(person=person, fact=f"award-{known + n}", kind="level_award", entered=now,
                   values={"level": "RT1"}, tier=Tier.VERIFIED, changed=now, happens=today)
            for n, person in enumerate(holders)
        ),
        batch_size=1_000,
    )  # fmt: skip
    made = Certificate.objects.bulk_create(
        (
            Certificate(number=f"SOC-{known + n:07}", token=f"{known + n:030}", person=person,
                        issuer=world.society, regulation=REGULATION, procedure=TO_THE_PANEL,
                        kind="level_award", record=record, name=person.name,
                        issued=today - days(n % 700), first=today - days(n % 700),
                        last=today + days(n % 1000 - 10), decision={})
            for n, (person, record) in enumerate(zip(holders, records, strict=True))
        ),
        batch_size=1_000,
    )  # fmt: skip
    StatusChange.objects.bulk_create(
        (
            StatusChange(certificate=one, status=Certificate.Status.VALID, first=one.first,
                         reason="x", decided=now, applied=now)
            for one in made
        ),
        batch_size=2_000,
    )  # fmt: skip
