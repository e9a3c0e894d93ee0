"""The invented world: a case in every state of every procedure, whatever day it is made on."""

import datetime
import os
import sys
from collections import Counter
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from random import Random
from types import ModuleType

import pytest
from acting import logged_in
from django.test import Client, TestCase

from tiaoli.facts.calendar import WorkCalendar
from tiaoli.platform import clock
from tiaoli.platform.applications import by_itself, declared
from tiaoli.platform.applications.models import Application, StepTaken
from tiaoli.platform.audit import chain
from tiaoli.platform.audit.models import Event
from tiaoli.platform.certificates.models import Certificate
from tiaoli.platform.people.models import Account, Organisation, Person
from tiaoli.platform.portfolio.dossiers import dossier_of
from tiaoli.platform.world import cases, settling
from tiaoli.platform.world.cast import CROWDS, PASSWORD, Crowd
from tiaoli.platform.world.situations import parts, situations
from tiaoli.platform.world.timetable import days_up_to, last_month_end
from tiaoli.platform.world.walking import Stuck
from tiaoli.rules import Seat
from tiaoli.rules.procedure import VALID_FROM

ROOT = Path(__file__).parents[2]
HEAVY = bool(os.environ.get("TIAOLI_HEAVY"))
A_FEW = tuple(Crowd(crowd.recipe, 4, crowd.seed, crowd.unit) for crowd in CROWDS)
DAY = datetime.date(2026, 10, 1)
"""The day after a cut-off: what waits for one has a single day to go on."""
AWKWARD = [
    datetime.date(2027, 2, 28),
    datetime.date(2027, 3, 1),
    datetime.date(2028, 2, 29),
    datetime.date(2029, 2, 18),
    datetime.date(2031, 12, 31),
]
"""A cut-off on a Sunday and the day after it, a leap day, days within the lunar new year."""


def _known() -> dict[tuple[str, str, str], bool]:
    """Every state of every procedure that somebody of this world may file, and if it is final."""
    return {
        (regulation.id, procedure.id, state.id): state.final
        for regulation, procedure in declared.for_persons()
        for state in procedure.states
    }


def _there() -> Counter[tuple[str, str, str]]:
    return Counter(Application.objects.values_list("regulation", "procedure", "state"))


def pictures() -> ModuleType:
    """What ``make screenshots`` takes."""
    spec = spec_from_file_location("pictures", ROOT / "screenshots" / "pages.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules["pictures"] = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class World(TestCase):
    """
    One with few people beside those who have a case. It is made once, and all that is said of it is
    one test: however tests are shared out among processes, no second one makes another.
    """

    brought: cases.Brought

    @classmethod
    def setUpTestData(cls) -> None:
        with clock.standing_at(DAY):
            cls.brought = settling.settle(lambda _: None, A_FEW)

    def test_all_that_is_said_of_it(self) -> None:
        said = [name for name in vars(World) if name.startswith("said_")]
        assert len(said) > 8
        for name in said:
            with self.subTest(name):
                getattr(self, name)()

    def said_there_is_a_case_in_every_state(self) -> None:
        assert self.brought.missing == ()
        assert set(_there()) == set(_known())
        assert self.brought.cases == Application.objects.count() == len(_known())

    def said_a_case_that_has_ended_is_final_and_no_other_one(self) -> None:
        final = {
            (a.regulation, a.procedure, a.state): a.final and a.turn == "" and a.closed is not None
            for a in Application.objects.all()
        }
        assert final == _known()

    def said_a_night_changes_nothing(self) -> None:
        assert by_itself.run(DAY) == 0

    def said_nothing_is_ahead_of_today_and_houses_work_on_working_days(self) -> None:
        steps = StepTaken.objects.select_related("application")
        assert steps.count() > 300
        houses = {Seat.EMPLOYER.value, Seat.OFFICE.value, Seat.PANEL.value}
        calendar, rested = WorkCalendar(), []
        for taken in steps:
            _, procedure = declared.of(taken.application)
            seat = declared.step_in(procedure, taken.step).by.seat
            at = taken.at.astimezone(clock.TAIPEI)
            assert at.date() == taken.day < DAY
            if seat.value in houses:
                assert 8 <= at.hour <= 18
                rested += [] if calendar.is_workday(taken.day) else [taken]
        assert rested == []

    def said_the_trail_is_written_in_the_order_of_time_and_holds(self) -> None:
        moments = list(Event.objects.order_by("number").values_list("at", flat=True))
        assert len(moments) > 1_000
        assert moments == sorted(moments)
        count, broken = chain.verify()
        assert (count, broken) == (len(moments), [])

    def said_every_portfolio_can_be_read(self) -> None:
        for person in Person.objects.all():
            assert dossier_of(person).subject.id == person.subject

    def said_people_have_different_names_and_everybody_the_same_password(self) -> None:
        people = Person.objects.count()
        assert Person.objects.values("name").distinct().count() == people
        assert Account.objects.order_by("?")[0].check_password(PASSWORD)
        assert Organisation.objects.count() == 9

    def said_every_picture_of_the_documents_has_something_to_show(self) -> None:
        with clock.standing_at(DAY):
            for shot in pictures().shots():
                who = Account.objects.filter(email=shot.who).first()
                client = Client() if who is None else logged_in(who)
                assert client.get(shot.path).status_code == 200, shot.name

    def said_certificates_of_before_begin_on_the_day_that_they_name_or_were_issued(self) -> None:
        kept = Certificate.objects.filter(decision__kept=True).select_related("record")
        assert kept.count() > 40
        named = {one: one.record.values.get(VALID_FROM) for one in kept}
        assert all(str(one.first) == (day or str(one.issued)) for one, day in named.items())
        assert any(named.values())

    def said_the_officers_and_somebody_with_something_to_do_can_log_in(self) -> None:
        logins = settling.logins()
        assert len(logins) == len(set(logins.values()))
        accounts = Account.objects.in_bulk(list(logins), field_name="email")
        assert accounts.keys() == logins.keys()
        first = accounts[next(iter(logins))].person
        assert first.applications.filter(final=False, turn="party").exists()


@pytest.mark.skipif(not HEAVY, reason="half a minute for each day: make test-heavy")
@pytest.mark.django_db
@pytest.mark.parametrize("day", AWKWARD)
def test_it_can_be_made_on_any_day(day: datetime.date) -> None:
    with clock.standing_at(day):
        brought = settling.settle(lambda _: None, ())
        assert brought.missing == ()
        assert set(_there()) == set(_known())
        assert by_itself.run(day) == 0


def test_what_gets_stuck_is_told_with_the_reason() -> None:
    class Never:
        def go_on(self, at: datetime.datetime) -> None:
            raise Stuck(f"{at.date()}: 不行 / it cannot be")

    never = Never()
    at = datetime.datetime(2026, 9, 1, 9, tzinfo=clock.TAIPEI)
    assert cases._done_in_order([(at, never)], print) == {
        id(never): "2026-09-01: 不行 / it cannot be"
    }


def test_every_situation_is_one_of_the_catalogue() -> None:
    known = {(r.id, p.id): {s.id for s in p.states} for r, p in declared.for_persons()}
    for one in situations():
        for procedure in one.procedures:
            assert one.states <= known[one.regulation, procedure]
    used = {name for one in situations() for name in (one.part, *one.others.values())}
    assert used == set(parts())


@pytest.mark.parametrize(
    ("today", "end"),
    [
        ((2026, 9, 30), (2026, 2, 28)),
        ((2026, 10, 1), (2026, 9, 30)),
        ((2027, 1, 1), (2026, 9, 30)),
        ((2028, 3, 1), (2028, 2, 29)),
        ((2028, 2, 29), (2027, 9, 30)),
    ],
)
def test_the_last_cut_off(today: tuple[int, int, int], end: tuple[int, int, int]) -> None:
    assert last_month_end(datetime.date(*today), (2, 9)) == datetime.date(*end)


def test_days_lead_up_to_yesterday_in_order() -> None:
    for seed in range(200):
        draw = Random(seed)
        today = datetime.date(2026, 1, 1) + datetime.timedelta(days=seed * 3)
        batch = (2, last_month_end(today, (2, 9))) if seed % 2 else None
        days = days_up_to(today, 5, draw, ended=bool(seed % 3), batch=batch)
        assert len(days) == 6
        assert days == sorted(days)
        assert days[-1] < today
        if batch is not None:
            assert days[2] < batch[1] <= days[3]
