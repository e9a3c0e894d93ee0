"""The trail: sealed, never rewritten, and shredded without a break."""

import pytest
from django.db import DatabaseError, connection, transaction

from tiaoli.facts.kinds import Label
from tiaoli.platform.audit import chain
from tiaoli.platform.audit.actions import (
    ACTIONS,
    Actor,
    NotAllowed,
    Told,
    action,
    anybody,
)
from tiaoli.platform.audit.models import GENESIS, Event
from tiaoli.platform.people.models import Organisation

pytestmark = pytest.mark.django_db

NOBODY = Actor(by="王小明", via="task")


def named(name: str) -> Organisation:
    return Organisation(kind="society", name=name)


def _founded(by: Actor, thing: Organisation, *, words: str = "") -> Told[Organisation]:
    thing.save()
    return Told(thing, data={"words": words}, personal={"who": "王小明"})


FOUND = ACTIONS.pop("tests.found", None) or action(
    "tests.found", Label("設立", "found"), allowed=anybody
)(_founded)


def test_an_event_is_sealed_with_the_one_before() -> None:
    for number in range(3):
        FOUND(NOBODY, named(f"第{number}學會"))
    first, second, third = Event.objects.order_by("number")
    assert first.previous == GENESIS
    assert (second.previous, third.previous) == (first.hash, second.hash)
    assert chain.verify() == (3, [])


def never(by: Actor, thing: Organisation) -> Label:
    return Label("不", "no")


def test_what_is_refused_leaves_neither_a_change_nor_an_event() -> None:
    refuses = action("tests.refused", Label("拒", "refuse"), allowed=never)
    with pytest.raises(NotAllowed, match="no"):
        refuses(_founded)(NOBODY, named("學會"))
    assert (Organisation.objects.count(), Event.objects.count()) == (0, 0)
    del ACTIONS["tests.refused"]


def test_what_fails_half_way_leaves_nothing() -> None:
    def fails(by: Actor, thing: Organisation) -> Told[Organisation]:
        thing.save()
        raise RuntimeError("half way")

    broken = action("tests.broken", Label("壞", "break"), allowed=anybody)(fails)
    with pytest.raises(RuntimeError):
        broken(NOBODY, named("學會"))
    assert (Organisation.objects.count(), Event.objects.count()) == (0, 0)
    del ACTIONS["tests.broken"]


@pytest.mark.parametrize("change", [{"data": {"words": "別的"}}, {"action": "tests.other"}])
def test_an_event_is_not_rewritten(change: dict[str, object]) -> None:
    FOUND(NOBODY, named("學會"))
    with pytest.raises(DatabaseError, match="not rewritten"), transaction.atomic():
        Event.objects.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Event.objects.all().delete()


def test_what_is_personal_can_be_shredded_and_the_chain_stays_whole() -> None:
    for number in range(3):
        FOUND(NOBODY, named(f"第{number}學會"))
    assert chain.shred(Event.objects.filter(number=2)) == 1
    assert Event.objects.get(number=2).personal is None
    assert Event.objects.get(number=1).personal["who"] == "王小明"
    assert chain.verify() == (3, [])


@pytest.mark.parametrize(
    ("behind", "says"),
    [
        ("""UPDATE audit_event SET data = '{"words": "改"}' WHERE number = 2""", "words"),
        ("""UPDATE audit_event SET personal = '{"who": "別人"}' WHERE number = 2""", "personal"),
        ("DELETE FROM audit_event WHERE number = 1", "missing"),
    ],
)
def test_a_change_behind_the_triggers_is_found(behind: str, says: str) -> None:
    for number in range(3):
        FOUND(NOBODY, named(f"第{number}學會"), words="原文")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER USER")
        cursor.execute(behind)
        cursor.execute("ALTER TABLE audit_event ENABLE TRIGGER USER")
    _, (fault,) = chain.verify()
    assert fault.number == 2
    assert says in fault.says.en
