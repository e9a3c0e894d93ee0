"""A supervisor outside confirms records through a link that works once."""

import datetime
import re
from typing import Any

import keeping
import pytest
from acting import logged_in
from django.core import mail
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.test import Client

from tiaoli.facts.dates import both
from tiaoli.platform import clock
from tiaoli.platform.audit import chain
from tiaoli.platform.audit.actions import Actor, NotAllowed, OutOfDate, Refused
from tiaoli.platform.audit.models import Event
from tiaoli.platform.people.models import Person
from tiaoli.platform.portfolio import actions, attesting
from tiaoli.platform.portfolio.attesting import Standing
from tiaoli.platform.portfolio.history import history_of
from tiaoli.platform.portfolio.models import Attestation, AttestedRecord, Record, Tier
from tiaoli.platform.world import making

pytestmark = pytest.mark.django_db
LINK = "https://example.org/attest/{token}/"


def lin() -> tuple[Person, Actor, list[Record]]:
    cache.clear()
    person, by = keeping.lin(number="A123456789")
    made = [
        actions.add(by, person, kind="case_log", values={"patient": name, "lesions": 1})
        for name in ("P1", "P2")
    ]
    return person, by, made


def asked(by: Actor, person: Person, records: list[Record], **more: str) -> Attestation:
    given = {"supervisor": "張督導", "email": "chang@example.com", "link": LINK, **more}
    return attesting.ask(by, person, records=[r.pk for r in records], **given)


def token() -> str:
    found = re.search(r"/attest/([^/\s]+)/", mail.outbox[-1].body)
    assert found is not None
    return found[1]


def answered(attestation: Attestation, says: dict[int, tuple[int, bool, str]]) -> Attestation:
    return attesting.answer(
        attesting.outside("張督導"),
        attestation,
        says=says,
        name="張督導",
        role="放射科主任",
        is_me=True,
    )


def test_a_letter_goes_out_with_a_link_and_only_its_digest_is_kept(
    django_capture_on_commit_callbacks: Any,
) -> None:
    person, by, records = lin()
    with django_capture_on_commit_callbacks(execute=True):
        made = asked(by, person, records)
    (letter,) = mail.outbox
    assert letter.to == ["chang@example.com"]
    assert "A123456789" not in letter.body
    assert Attestation.objects.get().token_digest == attesting.digest(token())
    assert Attestation.objects.get().sent is not None
    assert attesting.by_token(token()) == attesting.Found(Standing.OPEN, made)
    assert token() not in str(Event.objects.values_list("data", "personal"))


def test_a_letter_that_does_not_go_out_is_told_and_can_be_sent_again(
    django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, by, records = lin()

    def fails(*_: object) -> None:
        raise ConnectionRefusedError("no mail server")

    with monkeypatch.context() as broken:
        broken.setattr(EmailMessage, "send", fails)
        with django_capture_on_commit_callbacks(execute=True):
            made = asked(by, person, records)
    client = logged_in(person.account)
    assert "信還沒有寄出" in client.get("/portfolio/attestations/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        attesting.send_again(by, made, link=LINK)
    assert "信還沒有寄出" not in client.get("/portfolio/attestations/").content.decode()
    assert attesting.by_token(token()).standing == Standing.OPEN


def test_what_is_confirmed_is_verified_in_the_name_that_was_typed() -> None:
    person, by, (first, second) = lin()
    made = asked(by, person, [first, second])
    answered(made, {first.pk: (1, True, ""), second.pk: (1, False, "不記得")})
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.tier, first.verified_name) == (Tier.VERIFIED, "張督導（放射科主任）")
    assert (second.tier, AttestedRecord.objects.get(record=second).remark) == (
        Tier.CLAIMED,
        "不記得",
    )
    event = Event.objects.get(action="portfolio.attest")
    assert (event.actor, event.via) == (None, "link")
    assert "張督導（放射科主任）聲明" in event.personal["statement"]
    assert "其中 1 筆" in event.personal["statement"]
    assert history_of(first)[0].by == "張督導（放射科主任）"
    assert chain.verify()[1] == []


def test_a_link_works_once() -> None:
    person, by, (first, _) = lin()
    made = asked(by, person, [first])
    answered(made, {first.pk: (1, True, "")})
    with pytest.raises(Refused, match="已經用過"):
        answered(made, {first.pk: (2, False, "")})
    assert AttestedRecord.objects.count() == 1
    with pytest.raises(Refused):
        attesting.withdraw(by, made)
    with pytest.raises(Refused):
        attesting.send_again(by, made, link=LINK)


@pytest.mark.parametrize(
    ("hours", "standing"), [(14 * 24 - 25, Standing.OPEN), (14 * 24 + 25, Standing.EXPIRED)]
)
def test_a_link_lasts_fourteen_days(hours: int, standing: str) -> None:
    person, by, (first, _) = lin()
    made = asked(by, person, [first])
    with clock.standing_at(clock.today() + datetime.timedelta(hours=hours)):
        assert attesting.standing_of(made) == standing
        if standing == Standing.EXPIRED:
            with pytest.raises(Refused, match="過期"):
                answered(made, {first.pk: (1, True, "")})
            assert attesting.standing_of(attesting.send_again(by, made, link=LINK)) == Standing.OPEN


def test_a_link_sent_again_replaces_the_one_before(
    django_capture_on_commit_callbacks: Any,
) -> None:
    person, by, (first, _) = lin()
    with django_capture_on_commit_callbacks(execute=True):
        made = asked(by, person, [first])
    old = token()
    with django_capture_on_commit_callbacks(execute=True):
        attesting.send_again(by, made, link=LINK)
    assert attesting.by_token(old).standing == Standing.REPLACED
    assert attesting.by_token(token()).standing == Standing.OPEN
    attesting.withdraw(by, made)
    assert attesting.by_token(token()).standing == Standing.WITHDRAWN
    assert attesting.by_token("nothing").standing == Standing.UNKNOWN


def test_a_record_changed_meanwhile_is_not_confirmed_unseen() -> None:
    person, by, (first, second) = lin()
    made = asked(by, person, [first, second])
    actions.change(by, second, version=1, values={"patient": "P3"})
    with pytest.raises(OutOfDate):
        answered(made, {first.pk: (1, True, ""), second.pk: (1, True, "")})
    first.refresh_from_db()
    assert (first.tier, AttestedRecord.objects.count()) == (Tier.CLAIMED, 0)
    answered(made, {first.pk: (1, True, ""), second.pk: (2, True, "")})


def test_every_record_wants_an_answer_a_name_and_the_statement() -> None:
    person, by, (first, second) = lin()
    made = asked(by, person, [first, second])
    with pytest.raises(Refused, match="每一筆"):
        answered(made, {first.pk: (1, True, "")})
    says = {first.pk: (1, True, ""), second.pk: (1, True, "")}
    for name, role, is_me in (("", "主任", True), ("張", " ", True), ("張", "主任", False)):
        with pytest.raises(Refused):
            attesting.answer(
                attesting.outside(name), made, says=says, name=name, role=role, is_me=is_me
            )


def test_a_record_taken_out_is_no_longer_asked_about() -> None:
    person, by, (first, second) = lin()
    made = asked(by, person, [first, second])
    actions.take_out(by, second, version=1, because="誤植")
    answered(made, {first.pk: (1, True, "")})
    assert AttestedRecord.objects.count() == 1


def test_whom_one_cannot_ask() -> None:
    person, by, records = lin()
    other = making.person("王", email="w@example.org")
    theirs = actions.add(Actor(other.account), other, kind="case_log", values={"patient": "x"})
    for wrong in (
        {"supervisor": " "},
        {"email": "no address"},
        {"email": "LIN@example.org"},
    ):
        with pytest.raises(Refused):
            asked(by, person, records, **wrong)
    for nothing in ([], [theirs]):
        with pytest.raises(Refused, match="1–100"):
            asked(by, person, nothing)
    with pytest.raises(NotAllowed):
        asked(Actor(other.account), person, records)
    made = asked(by, person, records)
    with pytest.raises(NotAllowed):
        attesting.answer(by, made, says={}, name="林", role="x", is_me=True)
    with pytest.raises(NotAllowed):
        attesting.withdraw(Actor(other.account), made)


def test_letters_are_limited_to_so_many_a_day() -> None:
    person, by, records = lin()
    made = [asked(by, person, records) for _ in range(attesting.MOST_A_DAY - 1)]
    attesting.send_again(by, made[0], link=LINK)
    with pytest.raises(Refused, match="一天"):
        asked(by, person, records)
    with pytest.raises(Refused, match="一天"):
        attesting.send_again(by, made[1], link=LINK)
    with clock.standing_at(clock.today() + datetime.timedelta(days=2)):
        asked(by, person, records)


# --- The page of the link ----------------------------------------------------------------


def opened(django_capture: Any) -> tuple[str, Record, Record]:
    person, by, (first, second) = lin()
    with django_capture(execute=True):
        asked(by, person, [first, second], message="麻煩您了")
    return f"/attest/{token()}/", first, second


def test_the_page_shows_name_and_records_and_no_number(
    django_capture_on_commit_callbacks: Any,
) -> None:
    address, _, _ = opened(django_capture_on_commit_callbacks)
    page = Client().get(address)
    text = page.content.decode()
    assert page.status_code == 200
    assert all(word in text for word in ("林介入", "P1", "P2", "麻煩您了"))
    assert "A123456789" not in text
    assert "A12****789" not in text
    assert page["X-Robots-Tag"] == "noindex"


def test_the_page_is_answered_without_an_account_and_then_closed(
    django_capture_on_commit_callbacks: Any,
) -> None:
    address, first, second = opened(django_capture_on_commit_callbacks)
    form = {
        f"confirm-{first.pk}": "yes",
        f"version-{first.pk}": "1",
        f"version-{second.pk}": "1",
        f"remark-{second.pk}": "沒有看到",
        "name": "張督導",
        "role": "主任",
    }
    refused = Client().post(address, form)
    assert refused.status_code == 422
    assert "沒有看到" in refused.content.decode()
    form |= {f"confirm-{second.pk}": "no", "is_me": "on"}
    assert "謝謝您" in Client().post(address, form).content.decode()
    again = Client().post(address, form)
    assert (again.status_code, AttestedRecord.objects.count()) == (410, 2)
    assert Record.objects.get(pk=first.pk).tier == Tier.VERIFIED


def test_a_link_that_was_used_says_so_gently_and_stores_nothing_twice(
    django_capture_on_commit_callbacks: Any,
) -> None:
    address, first, second = opened(django_capture_on_commit_callbacks)
    made = Attestation.objects.get()
    answered(made, {first.pk: (1, True, ""), second.pk: (1, True, "")})
    events = Event.objects.count()
    form = {f"confirm-{pk}": "no" for pk in (first.pk, second.pk)}
    form |= {f"version-{pk}": "2" for pk in (first.pk, second.pk)}
    late = Client().post(address, {**form, "name": "別人", "role": "主任", "is_me": "on"})
    text = late.content.decode()
    assert late.status_code == 410
    for says in ("這個連結已經用過", "林介入", "張督導", "沒有儲存", "再寄一份邀請"):
        assert says in text
    assert both(clock.today()) in text
    assert (AttestedRecord.objects.count(), Event.objects.count()) == (2, events)
    assert set(Record.objects.values_list("tier", flat=True)) == {Tier.VERIFIED}
    looked = Client().get(address)
    assert looked.status_code == 410
    assert "沒有儲存" not in looked.content.decode()
    english = Client().get(address, {"lang": "en"}).content.decode()
    assert "This link has been used" in english


def test_whoever_is_slower_by_a_moment_is_told_the_same(
    django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The link is open when the page looks, and answered when the answer is to be stored."""
    address, first, second = opened(django_capture_on_commit_callbacks)
    made = Attestation.objects.get()
    found = attesting.by_token(address.split("/")[2])
    answered(made, {first.pk: (1, True, ""), second.pk: (1, True, "")})
    real, seen = attesting.by_token, []

    def stale_at_first(token: str) -> attesting.Found:
        seen.append(token)
        return found if len(seen) == 1 else real(token)

    monkeypatch.setattr(attesting, "by_token", stale_at_first)
    late = Client().post(address, {"name": "別人", "role": "主任", "is_me": "on"})
    assert (late.status_code, len(seen)) == (410, 2)
    assert "這個連結已經用過" in late.content.decode()
    assert AttestedRecord.objects.count() == 2


def test_links_that_open_nothing_say_so_kindly(django_capture_on_commit_callbacks: Any) -> None:
    address, first, _ = opened(django_capture_on_commit_callbacks)
    assert Client().get("/attest/guess/").status_code == 404
    attesting.withdraw(Actor(first.person.account), Attestation.objects.get())
    page = Client().get(address)
    assert page.status_code == 410
    assert "不需要再做任何事" in page.content.decode()


def test_guessing_is_slowed_down() -> None:
    cache.clear()
    client = Client()
    seen = [client.get(f"/attest/{n}/").status_code for n in range(61)]
    assert seen == [404] * 60 + [429]
    cache.clear()


def test_asking_from_the_page(django_capture_on_commit_callbacks: Any) -> None:
    person, _by, (first, _) = lin()
    client = logged_in(person.account)
    form = {"record": [str(first.pk)], "supervisor": "張督導", "email": "chang@example"}
    wrong = client.post("/portfolio/attestations/ask/", form)
    assert wrong.status_code == 422
    assert 'value="張督導"' in wrong.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        right = client.post("/portfolio/attestations/ask/", {**form, "email": "c@example.com"})
    assert right.status_code == 302
    page = client.get("/portfolio/attestations/").content.decode()
    assert "張督導" in page
    assert Client().get(f"/attest/{token()}/").status_code == 200
    stranger = logged_in(making.person("王", email="w@example.org").account)
    number = Attestation.objects.get().pk
    for what in ("again", "withdraw"):
        address = f"/portfolio/attestations/{number}/{what}/"
        assert stranger.post(address).status_code == 403
        assert client.post(address).status_code == 302
