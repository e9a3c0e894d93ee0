"""Every procedure that a person opens is walked to every end that it has, by the shortest way."""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from filing import House, base, certificate_of, documented, example, opened, own, pay, step

from tiaoli.platform import clock
from tiaoli.platform.applications import by_itself, declared
from tiaoli.platform.applications.actions import Blocked
from tiaoli.platform.applications.drafting import answer_point
from tiaoli.platform.applications.left import PointTold
from tiaoli.platform.applications.models import Application
from tiaoli.platform.audit.actions import Actor, Refused
from tiaoli.platform.fees.models import Notice
from tiaoli.platform.people.models import Person, Post
from tiaoli.platform.portfolio.models import Record
from tiaoli.platform.world import making
from tiaoli.rules import Procedure, Seat, Transition

pytestmark = pytest.mark.django_db

LADDER, IR, RAD, RRT = "rt-ladder", "ir-instructor", "radiation-operator", "rrt-ce"
DAY = datetime.date(2026, 6, 30)


class Ready:
    """A day and a dossier on which a procedure can be walked; ``facts`` on top of ``base``."""

    def __init__(self, day: tuple[int, int, int], who: str, *facts: Any, **typed: Any) -> None:
        self.day, self.who, self.facts, self.typed = datetime.date(*day), who, facts, typed


def _grades(first: str, second: str) -> list[tuple[str, dict[str, str]]]:
    return [
        ("institution", {"code": code, "accreditation_grade": grade})
        for code, grade in (("A", first), ("B", second))
    ]


_SAME, _OTHER = _grades("regional", "regional"), _grades("regional", "medical_centre")
_MOVED = {"from_institution": "A", "to_institution": "B"}
_CASE = {"items": 1, "form": "yes"}
_EARLIER = ("personal_case", {
    "items": 1, "form": "yes", "online_date": "2025-01-10", "postmark_date": "2025-01-10",
    "reply_date": "2025-02-20",
})  # fmt: skip
_LONG_AGO = ("personal_case", {"items": 1, "form": "yes", "reply_date": "2024-06-01"})


def _held(domain: str) -> tuple[str, dict[str, str]]:
    values = {"domain": domain, "issue_date": "2021-06-01", "status": "valid"}
    return "domain_certificate", values


_SEALED = {"guidance_date": DAY.isoformat()}

READY: dict[tuple[str, str], list[Ready]] = {
    (LADDER, "in-house"): [Ready((2026, 6, 30), "chen-rt1-leap-day", level="RT1")],
    (LADDER, "individual-to-society"): [Ready((2026, 6, 30), "chen-rt1-leap-day", level="RT1")],
    (LADDER, "institution-then-society"): [Ready((2026, 6, 30), "wang-rt3", level="RT3")],
    (LADDER, "mobility"): [
        Ready((2026, 6, 30), "", *_SAME, **_MOVED),
        Ready((2026, 6, 30), "", *_OTHER, **_MOVED),
    ],
    (IR, "initial"): [Ready((2026, 6, 30), "dialysis-100", domains=["4"])],
    **{
        (IR, f"renewal-{d}"): [
            Ready((2027, 1, 10), "", _held(d), ("credit_entry", {
                "points": 250, "interventional": "yes", "domain": d,
                "accrediting_body": "radiology_society", "date": "2024-03-01",
            })),
            Ready((2027, 6, 1), "", _held(d)),
        ]
        for d in "123456"
    },
    (IR, "lifetime"): [Ready((2026, 6, 30), "holder", domains=["3"])],
    (IR, "replacement"): [Ready((2026, 6, 30), "holder", domains=["3"])],
    (IR, "teaching"): [Ready((2026, 6, 30), "", domain="3")],
    (RAD, "initial"): [Ready((2026, 3, 2), "qualified")],
    (RAD, "renewal"): [Ready((2026, 2, 20), "renewer"), Ready((2026, 4, 1), "renewer")],
    (RAD, "expired-reapplication"): [Ready((2026, 6, 1), "renewer")],
    (RAD, "replacement"): [Ready((2025, 11, 3), "renewer", cause="lost")],
    (RAD, "exchange"): [Ready((2025, 11, 3), "renewer", cause="changed")],
    (RAD, "conversion"): [Ready((2010, 1, 31), "old", posted_date="2005-01-20")],
    (RRT, "individual-case"): [
        Ready((2025, 2, 28), "therapist", **_CASE),
        Ready((2025, 2, 28), "therapist", _EARLIER, **_CASE),
    ],
    (RRT, "re-review"): [
        Ready((2025, 3, 3), "therapist", _EARLIER),
        Ready((2025, 3, 3), "therapist", _LONG_AGO),
    ],
}  # fmt: skip

ENDS = [
    pytest.param(
        regulation.id, procedure, state.id, id=f"{regulation.id}:{procedure.id}:{state.id}"
    )
    for regulation, procedure in declared.for_persons()
    if (regulation.id, procedure.id) in READY
    for state in procedure.states
    if state.final
]


def test_every_procedure_for_persons_of_these_regulations_is_walked() -> None:
    known = {(r.id, p.id) for r, p in declared.for_persons() if r.id in (LADDER, IR, RAD, RRT)}
    assert known == set(READY)


class Walk:
    """Somebody with a dossier, and a house that knows them, on the way to one end."""

    def __init__(self, house: House, procedure: Procedure, ready: Ready) -> None:
        self.house, self.procedure, self.ready = house, procedure, ready
        self.person = house.person("申請人")
        self.other = house.person("對方")
        _tell(self.person, house.regulation.id, ready)

    def opened(self) -> Application:
        named = declared.named_roles(self.procedure)
        who: dict[str, Any] = (
            {"role": "trainee", "others": {"instructor": self.other}} if named else {}
        )
        return opened(
            self.person, self.house.regulation, self.procedure.id, self.ready.typed,
            about=self._about(), **who,
        )  # fmt: skip

    def _about(self) -> Any:
        held = Record.objects.filter(
            person=self.person, kind__in=("domain_certificate", "radiation_certificate")
        ).first()
        regulation = self.house.regulation.id
        return held and certificate_of(self.person, held, self.house.society, regulation)

    def take(self, application: Application, wanted: Transition) -> Application:
        by = self._actor(wanted)
        if wanted.by.seat is Seat.NOBODY:
            by_itself.run(clock.today())
            application.refresh_from_db()
            return application
        if wanted.by.seat is Seat.PARTY:
            documented(by, application, *wanted.documents)
        if wanted.by.seat is Seat.PARTY or wanted.once_paid is not None:
            for notice in Notice.objects.filter(case=application.number, state="due"):
                pay(notice)
            application.refresh_from_db()
            if application.state not in wanted.source:
                return application
            for point in application.points.filter(answered=None):
                answer_point(by, point, answer="已補")
        return step(by, application, wanted.id, **self._given(wanted))

    def _given(self, wanted: Transition) -> dict[str, Any]:
        if declared.returns(self.procedure, wanted):
            return {"points": (PointTold("請補"),)}
        if wanted.output is None:
            return {}
        there = Record.objects.filter(person=self.person, kind=wanted.output.kind).first()
        if there is not None and wanted.by.seat is Seat.PARTY:
            return {"on_file": there.fact}
        copies = self.procedure.id in ("replacement", "exchange")
        return {"values": _SEALED | ({"replaces": "A-1"} if copies else {})}

    def _actor(self, wanted: Transition) -> Actor:
        match wanted.by.seat:
            case Seat.PARTY:
                return own(self.person)
            case Seat.OTHER_PERSON:
                return own(self.person if wanted.by.id == "trainee" else self.other)
            case Seat.EMPLOYER:
                return self.house.acts(Post.EDUCATION_OFFICE)
            case Seat.PANEL:
                return self.house.acts(Post.REVIEWER)
        return self.house.acts(Post.SECRETARIAT)


def _tell(person: Person, regulation: str, ready: Ready) -> None:
    if "-" in ready.who and regulation == LADDER:
        example(person, ready.who)
    elif ready.who:
        base(person, regulation.replace("-", "_"), ready.who)
    for kind, values in ready.facts:
        making.fact(person, kind, values)
    if ready.typed.get("domains") == ["3"]:
        person.date_of_birth = datetime.date(1960, 3, 5)
        person.save()


def ways(procedure: Procedure, end: str) -> Iterator[list[Transition]]:
    """Every way from the first state to an end that passes no state twice, the shortest first."""
    found: list[list[Transition]] = [[]]
    while found:
        longer = []
        for way in found:
            at = way[-1].leads_from("") if way else procedure.initial.id
            if at == end:
                yield way
                continue
            been = {procedure.initial.id, *(s.target for s in way)}
            longer += [
                [*way, s]
                for s in procedure.from_state(at)
                if s.target is not None and s.target not in been
            ]
        found = longer


def walked(walk: Walk, way: list[Transition]) -> Application | None:
    """The file at the end of the way; None where something in the dossier is in the way."""
    try:
        with transaction.atomic():
            application = walk.opened()
            for wanted in way:
                if application.state in wanted.source:
                    application = walk.take(application, wanted)
    except (Blocked, Refused):
        return None
    return application


@pytest.mark.parametrize(("regulation", "procedure", "end"), ENDS)
def test_it_is_walked_to_this_end(regulation: str, procedure: Procedure, end: str) -> None:
    house = House(regulation, authority=regulation == RAD)
    for number, ready in enumerate(READY[regulation, procedure.id]):
        with clock.standing_at(ready.day):
            walk = Walk(_named(house, number), procedure, ready)
            for way in ways(procedure, end):
                with transaction.atomic():
                    application = walked(walk, way)
                    if application is not None and application.state == end:
                        assert application.final
                        assert application.turn == ""
                        assert application.closed is not None
                        return
                    transaction.set_rollback(True)
    pytest.fail(f"no way to {end}")


def _named(house: House, number: int) -> House:
    """The same house for another applicant: accounts have addresses of their own."""
    house.person = lambda name, **given: House.person(house, f"{name}{number}", **given)
    return house
