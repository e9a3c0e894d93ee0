"""A certificate after it was issued: suspended, reinstated, revoked, replaced, printed."""

import hashlib
from typing import Any

import pytest
from acting import DAY
from certificate_making import ONE, TO, change, domain, issued, office, seat
from concurrently import at_once

from tiaoli.platform.audit import chain
from tiaoli.platform.audit.actions import THE_DAY, Actor, NotAllowed, OutOfDate, Refused
from tiaoli.platform.certificates import printing, shown_in_record
from tiaoli.platform.certificates.actions import (
    begin,
    copy,
    due_to_begin,
    keep_setting,
    reinstate,
    replace,
    revoke,
    suspend,
)
from tiaoli.platform.certificates.masking import masked
from tiaoli.platform.certificates.models import Certificate, Copy, StatusChange
from tiaoli.platform.certificates.printing import MissingGlyph
from tiaoli.platform.certificates.standing import Standing, standing_on, with_standing
from tiaoli.platform.people.models import Organisation, Person, Post
from tiaoli.platform.portfolio.models import Record
from tiaoli.platform.world import making

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]


@pytest.fixture
def desk(society: Organisation) -> Actor:
    return office(society)


@pytest.fixture
def one(desk: Actor, wang: Person) -> Certificate:
    return issued(desk, domain(wang), first=DAY - 100 * ONE)


def standings(one: Certificate, *days: int) -> list[str]:
    """By the changes, and by the query: they are the same."""
    found = []
    for number in days:
        day = DAY + number * ONE
        by_query = with_standing(Certificate.objects.filter(pk=one.pk), day).get().standing
        assert by_query == standing_on(Certificate.objects.get(pk=one.pk), day)
        found.append(str(by_query))
    return found


def test_suspended_and_reinstated(desk: Actor, one: Certificate) -> None:
    suspend(desk, one, change(DAY - 10 * ONE))
    reinstate(desk, one, change(DAY - 2 * ONE, seen=2))
    assert standings(one, -101, -100, -11, -10, -3, -2, 0) == [
        "not_yet", "valid", "valid", "suspended", "suspended", "valid", "valid",
    ]  # fmt: skip


def test_expired_is_a_matter_of_days_and_suspension_does_not_outlast_it(
    desk: Actor, one: Certificate
) -> None:
    left = (TO - DAY).days
    assert standings(one, left, left + 1) == ["valid", "expired"]
    suspend(desk, one, change())
    assert standings(one, left, left + 1) == ["suspended", "expired"]


def test_revoked_is_for_good_and_can_begin_in_the_past(desk: Actor, one: Certificate) -> None:
    successor = issued(desk, domain(one.person), first=TO + ONE, last=TO + 900 * ONE, replaces=one)
    revoke(desk, one, change(DAY - 50 * ONE, seen=2))
    left = (TO - DAY).days
    assert standings(one, -51, -50, 0, left, left + 1) == [
        "valid", "revoked", "revoked", "revoked", "revoked",
    ]  # fmt: skip
    one.refresh_from_db()
    assert (one.status, successor.status) == ("revoked", "valid")
    for act in (suspend, reinstate, revoke):
        with pytest.raises(Refused):
            act(desk, one, change(seen=3))


@pytest.mark.parametrize("act", [suspend, reinstate, revoke])
def test_a_change_says_why_and_is_within_the_life_of_the_certificate(
    desk: Actor, one: Certificate, act: Any
) -> None:
    if act is reinstate:
        suspend(desk, one, change(DAY - 5 * ONE))
    seen = one.changes.count()
    for wrong in (change(seen=seen, reason=" "), change(DAY - 101 * ONE, seen=seen)):
        with pytest.raises(Refused):
            act(desk, one, wrong)
    assert one.changes.count() == seen


def test_a_stale_form_is_refused(desk: Actor, one: Certificate) -> None:
    suspend(desk, one, change())
    with pytest.raises(OutOfDate):
        suspend(desk, one, change())
    assert one.changes.count() == 2


def test_a_change_may_begin_later_and_then_does_by_itself(
    desk: Actor, one: Certificate, settings: Any
) -> None:
    suspend(desk, one, change(DAY + 3 * ONE))
    one.refresh_from_db()
    assert one.status == "valid"
    assert due_to_begin(DAY) == []
    settings.TIAOLI_TODAY = DAY + 3 * ONE
    for due in due_to_begin(settings.TIAOLI_TODAY):
        begin(THE_DAY, due)
    one.refresh_from_db()
    assert one.status == "suspended"
    with pytest.raises(NotAllowed):
        begin(desk, one)


# Who may


def test_only_the_issuer_and_revoking_is_for_its_chair(
    society: Organisation, desk: Actor, one: Certificate
) -> None:
    other = office(making.society("另一學會"), "o@example.org")
    treasurer = seat(society, Post.TREASURER)
    holder = Actor(one.person.account)
    for stranger in (other, treasurer, holder, Actor()):
        for act in (suspend, reinstate, revoke):
            with pytest.raises(NotAllowed):
                act(stranger, one, change())
    chair = seat(society, Post.CHAIR, "c@example.org")
    with pytest.raises(NotAllowed, match="chair"):
        revoke(desk, one, change())
    assert revoke(chair, one, change()).status == "revoked"


def test_an_issuer_without_a_chair_revokes_by_its_desk(desk: Actor, one: Certificate) -> None:
    assert revoke(desk, one, change()).status == "revoked"


# What the record says


def test_the_record_says_what_its_kind_has_words_for(desk: Actor) -> None:
    person = making.person("林")
    record = making.fact(
        person, "radiation_certificate",
        {"type": "radiation_safety", "issue_date": DAY.isoformat(), "status": "valid"},
    )  # fmt: skip
    made = issued(desk, record, regulation="radiation-operator")
    revoke(desk, made, change())
    record.refresh_from_db()
    assert record.values["status"] == "revoked"
    assert record.values["number"] == made.number
    assert record.version > 1


def test_a_kind_without_such_words_is_left_as_it_is(desk: Actor) -> None:
    record = making.fact(
        making.person("林"), "level_award",
        {"level": "RT2", "approval_date": DAY.isoformat(), "awarding_body": "society"},
    )  # fmt: skip
    made = issued(desk, record, regulation="rt-ladder", last=None)
    record.refresh_from_db()
    before = dict(record.values)
    assert before["certificate_number"] == made.number
    revoke(desk, made, change())
    record.refresh_from_db()
    assert record.values == before


def test_the_day_of_revocation_is_written_where_the_kind_has_one() -> None:
    assert shown_in_record.said_on_change("licence", "revoked", DAY) == {
        "revoked_date": DAY.isoformat()
    }


def test_reinstating_puts_back_what_the_record_said_before(desk: Actor) -> None:
    record = domain(making.person("林"), status="lifetime")
    made = issued(desk, record, last=None)
    suspend(desk, made, change())
    reinstate(desk, made, change(seen=2))
    record.refresh_from_db()
    assert record.values["status"] == "lifetime"


# Another in its place


def test_replaced_in_the_name_of_today(desk: Actor, one: Certificate) -> None:
    one.person.name = "王大明"
    one.person.save()
    new = replace(desk, one, reason="更名", clause="", seen=1)
    one.refresh_from_db()
    assert (new.name, new.last, new.first) == ("王大明", one.last, DAY)
    assert standings(one, -1, 0) == ["valid", "replaced"]
    assert (one.replaced_by, one.record.values["status"]) == (new, "replaced")
    assert new.record.values["number"] == new.number
    assert Record.objects.filter(person=one.person).count() == 2
    with pytest.raises(OutOfDate):
        replace(desk, one, reason="更名", clause="", seen=1)


@pytest.mark.django_db(transaction=True)
def test_two_decide_at_once_and_one_is_told_so() -> None:
    society = making.society("影像學會", "ir-instructor")
    desk, chair = office(society), seat(society, Post.CHAIR)
    one = issued(desk, domain(making.person("王")), first=DAY - 9 * ONE)
    found = at_once(lambda: suspend(desk, one, change()), lambda: revoke(chair, one, change()))
    assert sorted(type(made).__name__ for made in found) == ["Certificate", "OutOfDate"]
    assert StatusChange.objects.count() == 2
    assert chain.verify()[1] == []


# On paper


def test_every_copy_is_listed_with_the_hash_of_its_bytes(desk: Actor, one: Certificate) -> None:
    holder = Actor(one.person.account)
    first, second = (copy(by, one, language="zh") for by in (holder, desk))
    english = copy(holder, one, language="en")
    assert [c.number for c in Copy.objects.order_by("pk")] == [1, 2, 3]
    assert hashlib.sha256(first.content).hexdigest() == Copy.objects.get(number=1).sha256
    assert len({made.sha256 for made in (first, second, english)}) == 3
    assert first.content.startswith(b"%PDF-")
    assert b"pdfaid" in first.content


def test_the_same_copy_is_the_same_bytes(one: Certificate) -> None:
    made = [printing.printed(one, copy=1, made=DAY, language="zh") for _ in range(2)]
    assert made[0] == made[1]


@pytest.mark.parametrize("name", ["王𠮷祥", "谷拉斯‧馬亨亨 Kulas‧Mahengheng", "Lâm Thị Ánh", "한"])
def test_a_name_is_printed_whole_or_refused(one: Certificate, name: str) -> None:
    one.name = name
    refusal = None
    try:
        printed = printing.printed(one, copy=1, made=DAY, language="zh")
    except MissingGlyph as missing:  # this machine may lack the fonts of the one beside it
        printed, refusal = b"", missing
    assert printed.startswith(b"%PDF-") or any(f"「{c}」" in refusal.says.zh for c in name)


def test_a_character_that_no_font_has_is_refused_and_leaves_no_copy(
    desk: Actor, one: Certificate
) -> None:
    Certificate.objects.update(name="王\U000e1234明")
    with pytest.raises(MissingGlyph, match="U\\+E1234"):
        copy(desk, one, language="zh")
    assert not Copy.objects.exists()


def test_with_the_fonts_of_the_wheel_alone_a_rare_name_is_refused(
    one: Certificate, monkeypatch: Any, tmp_path: Any
) -> None:
    monkeypatch.setattr(printing, "_MACHINE_FONTS", tmp_path / "none")
    printing._fonts.cache_clear()
    one.name = "王𠮷祥"
    try:
        with pytest.raises(MissingGlyph, match="𠮷"):
            printing.printed(one, copy=1, made=DAY, language="zh")
        one.name = "谷拉斯‧馬亨亨 Kulas‧Mahengheng"
        assert printing.printed(one, copy=1, made=DAY, language="zh")
    finally:
        printing._fonts.cache_clear()


def test_what_does_not_hold_is_not_printed_and_strangers_print_nothing(
    desk: Actor, one: Certificate
) -> None:
    with pytest.raises(NotAllowed):
        copy(Actor(making.account("x@example.org")), one, language="zh")
    with pytest.raises(Refused):
        copy(desk, one, language="fr")
    suspend(desk, one, change())
    with pytest.raises(Refused):
        copy(desk, one, language="zh")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("王小明", "王○明"), ("王明", "王○"), ("歐陽小明", "歐○○明"), ("王𠮷祥", "王○祥"),
        ("Mayaw‧Kilang", "M○○‧K○○"), ("Anna Maria Lin", "A○○ M○○ L○○"), ("王", "王"), ("", ""),
        ("谷拉斯‧馬亨亨", "谷○○‧馬○○"),
    ],
)  # fmt: skip
def test_a_name_is_masked(name: str, shown: str) -> None:
    assert masked(name) == shown


def test_a_prefix_belongs_to_one(society: Organisation, desk: Actor) -> None:
    other = office(making.society("另一學會"), "o@example.org")
    keep_setting(desk, society, prefix="YI", public_register=True)
    keep_setting(desk, society, prefix="YI", public_register=False)
    with pytest.raises(Refused):
        keep_setting(other, other.organisation, prefix="YI", public_register=False)
    with pytest.raises(NotAllowed):
        keep_setting(other, society, prefix="XX", public_register=True)
    assert Standing.VALID.sentence.zh
