"""A mail that the server does not take is kept, tried again later and later, and shown."""

import datetime
import smtplib
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from concurrently import at_once
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client
from reminding import ready

from tiaoli.platform import clock
from tiaoli.platform.audit.actions import Actor, NotAllowed
from tiaoli.platform.audit.models import Event
from tiaoli.platform.people import mails
from tiaoli.platform.people.forgetting import forget
from tiaoli.platform.people.models import Account, Invitation, Organisation, Post, UnsentMail
from tiaoli.platform.people.seats import actor_of, seats_of
from tiaoli.platform.portfolio import attesting
from tiaoli.platform.portfolio.models import Attestation
from tiaoli.platform.reminders import digests
from tiaoli.platform.reminders.models import Digest
from tiaoli.platform.world import making

DAY = datetime.date(2026, 6, 30)
LINK = "https://example.org/attest/{token}/"
REFUSED = smtplib.SMTPRecipientsRefused({"new@example.org": (550, b"no such user")})


@pytest.fixture(autouse=True)
def today(settings: Any) -> None:
    settings.TIAOLI_TODAY = DAY


@pytest.fixture
def house(db: Any) -> Organisation:
    return making.hospital("山海醫院", "regional")


@pytest.fixture
def admin(house: Organisation) -> Account:
    return making.officer(house, Post.ADMINISTRATOR, "admin@example.org", "管理者")


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[OSError | None], None]]:
    """What the mail server answers from now on: an error, or that it takes everything."""
    real = EmailMessage.send

    def answers(error: OSError | None) -> None:
        def send(self: EmailMessage, *given: Any, **named: Any) -> Any:
            if error is not None:
                raise error
            return real(self, *given, **named)

        monkeypatch.setattr(EmailMessage, "send", send)

    yield answers
    answers(None)


def logged_in(account: Account) -> Client:
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def invited(admin: Account) -> Client:
    client = logged_in(admin)
    client.post("/invitations/", {"email": "new@example.org", "role": Post.REVIEWER})
    return client


def acting(account: Account) -> Actor:
    return actor_of(account, seats_of(account, clock.today())[0])


@pytest.mark.django_db
def test_it_is_kept_sealed_with_why_and_when(house: Any, admin: Any, server: Any) -> None:
    server(REFUSED)
    invited(admin)
    (kept,) = UnsentMail.objects.all()
    assert (kept.about, kept.organisation) == (
        f"people.invitation:{Invitation.objects.get().pk}",
        house,
    )
    assert (kept.attempts, kept.sent, kept.tried) == (1, None, kept.made)
    assert "拒絕這個收件地址" in kept.problem["zh"]
    assert kept.shown == "n…@example.org"
    for column in ("letter", "about", "what", "problem", "shown"):
        assert "new@example.org" not in str(getattr(kept, column))
        assert "/invitation/" not in str(getattr(kept, column))
    assert mail.outbox == []


@pytest.mark.django_db
def test_it_is_tried_again_later_and_later_and_then_no_more(admin: Any, server: Any) -> None:
    server(TimeoutError())
    invited(admin)
    kept = UnsentMail.objects.get()
    waits = []
    while kept.again is not None:
        waits.append(kept.again - kept.tried)
        assert mails.send_due(kept.again - datetime.timedelta(seconds=1)) == 0
        assert UnsentMail.objects.get().attempts == kept.attempts
        assert mails.send_due(kept.again) == 0
        kept.refresh_from_db()
    assert tuple(waits) == mails.AGAIN_AFTER
    assert kept.attempts == len(mails.AGAIN_AFTER) + 1
    assert kept.sent is None
    assert mails.send_due(kept.tried + datetime.timedelta(days=99)) == 0


@pytest.mark.django_db
def test_the_same_letter_leaves_once_the_server_is_back(admin: Any, server: Any) -> None:
    server(ConnectionRefusedError())
    client = invited(admin)
    server(None)
    later = UnsentMail.objects.get().again
    assert (mails.send_due(later), mails.send_due(later)) == (1, 0)
    (letter,) = mail.outbox
    assert letter.to == ["new@example.org"]
    link = letter.body.split("/invitation/")[1].split("/")[0]
    assert Client().get(f"/invitation/{link}/").status_code == 200
    kept = UnsentMail.objects.get()
    assert (kept.letter, kept.again, kept.attempts) == ("", None, 2)
    assert "後來寄出的" in client.get("/unsent-mails/").content.decode()


@pytest.mark.django_db
def test_a_newer_letter_takes_its_place_and_a_withdrawn_one_is_not_sent(
    admin: Any, server: Any
) -> None:
    server(ConnectionRefusedError())
    client = invited(admin)
    made = Invitation.objects.get()
    client.post(f"/invitations/{made.pk}/resend")
    assert UnsentMail.objects.count() == 1
    server(None)
    client.post(f"/invitations/{made.pk}/resend")
    assert (UnsentMail.objects.count(), len(mail.outbox)) == (0, 1)
    server(ConnectionRefusedError())
    client.post(f"/invitations/{made.pk}/resend")
    client.post(f"/invitations/{made.pk}/withdraw")
    assert not UnsentMail.objects.exists()


# The page


@pytest.mark.django_db
def test_the_desk_sees_them_and_tries_again(house: Any, admin: Any, server: Any) -> None:
    server(REFUSED)
    client = invited(admin)
    kept = UnsentMail.objects.get()
    shown = client.get("/unsent-mails/").content.decode()
    for says in ("邀請信", "n…@example.org", "拒絕這個收件地址", "1 次", "重寄"):
        assert says in shown
    assert "refuses the address" in client.get("/unsent-mails/?lang=en").content.decode()
    client.get("/unsent-mails/?lang=zh")
    again = client.post(f"/unsent-mails/{kept.pk}/again", {"seen": "1"}, follow=True)
    assert "還是沒有寄出：郵件主機拒絕這個收件地址" in again.content.decode()
    assert UnsentMail.objects.get().attempts == 2
    stale = client.post(f"/unsent-mails/{kept.pk}/again", {"seen": "1"})
    assert (stale.status_code, UnsentMail.objects.get().attempts) == (409, 2)
    server(None)
    done = client.post(f"/unsent-mails/{kept.pk}/again", {"seen": "2"}, follow=True)
    assert "已寄出" in done.content.decode()
    assert len(mail.outbox) == 1
    twice = client.post(f"/unsent-mails/{kept.pk}/again", {"seen": "3"})
    assert (twice.status_code, len(mail.outbox)) == (409, 1)
    events = Event.objects.filter(action="people.send_mail_again").order_by("number")
    assert [event.data["left"] for event in events] == [False, True]
    assert "new@example.org" not in str(list(events.values_list("data", "personal")))


@pytest.mark.django_db
def test_an_empty_page_says_what_will_stand_there(admin: Any) -> None:
    shown = logged_in(admin).get("/unsent-mails/").content.decode()
    assert "沒有未寄出的信" in shown


@pytest.mark.django_db
def test_nobody_else_sees_or_sends_them(house: Any, admin: Any, server: Any) -> None:
    server(REFUSED)
    invited(admin)
    kept = UnsentMail.objects.get()
    other = making.hospital("別院", "district")
    outsider = making.officer(other, Post.ADMINISTRATOR, "o@example.org")
    auditor = making.officer(house, Post.AUDITOR, "audit@example.org")
    assert "n…@example.org" not in logged_in(outsider).get("/unsent-mails/").content.decode()
    assert logged_in(auditor).get("/unsent-mails/").status_code == 403
    for account in (outsider, auditor):
        again = logged_in(account).post(f"/unsent-mails/{kept.pk}/again", {"seen": "1"})
        assert again.status_code == 403
        with pytest.raises(NotAllowed):
            mails.send_again(acting(account), kept, seen=1)
    society = making.society("學會")
    secretariat = making.officer(society, Post.SECRETARIAT, "sec@example.org")
    assert logged_in(secretariat).get("/unsent-mails/").status_code == 200
    assert UnsentMail.objects.get().attempts == 1


@pytest.mark.django_db
def test_the_page_costs_the_same_for_many(
    house: Any, admin: Any, django_assert_max_num_queries: Any
) -> None:
    client = logged_in(admin)

    def more(first: int, last: int) -> None:
        for number in range(first, last):
            mails.keep(f"people.x:{number}", TimeoutError(), what=attesting.words_of("open"),
                       to=f"{number}@example.org", house=house)  # fmt: skip

    more(0, 3)
    client.get("/unsent-mails/")
    with django_assert_max_num_queries(14) as few:
        client.get("/unsent-mails/")
    more(3, 63)
    with django_assert_max_num_queries(len(few.captured_queries)):
        assert "共 63 筆" in client.get("/unsent-mails/").content.decode()


# What is sent from elsewhere


@pytest.mark.django_db
def test_a_request_to_attest_that_left_after_all_is_sent(
    house: Any, server: Any, django_capture_on_commit_callbacks: Any
) -> None:
    person = making.person("林介入", email="lin@example.org", employer=house)
    record = making.fact(person, "case_log", {"patient": "P1"})
    server(ConnectionRefusedError())
    with django_capture_on_commit_callbacks(execute=True):
        made = attesting.ask(
            Actor(person.account), person, records=[record.pk], supervisor="張督導",
            email="chang@example.com", link=LINK,
        )  # fmt: skip
    kept = UnsentMail.objects.get()
    assert (kept.organisation, kept.shown) == (house, "c…@example.com")
    assert Attestation.objects.get().sent is None
    server(None)
    assert mails.send_due(kept.again) == 1
    assert Attestation.objects.get().sent is not None
    token = mail.outbox[0].body.split("/attest/")[1].split("/")[0]
    assert attesting.by_token(token).attestation == made
    forget(Actor(person.account), person)
    assert not UnsentMail.objects.exists()


@pytest.mark.django_db
def test_a_digest_is_made_anew_when_it_is_tried_again(house: Any, server: Any) -> None:
    wang = making.person("王小明", email="wang@example.org", employer=house)
    ready(wang)
    server(TimeoutError())
    with pytest.raises(digests.NotAllSent):
        digests.send_all(DAY)
    kept = UnsentMail.objects.get()
    assert (kept.organisation, kept.letter, kept.attempts) == (house, "", 1)
    assert "沒有回應" in kept.problem["zh"]
    ready(wang, "三")
    server(None)
    assert mails.send_due(kept.again) == 1
    assert "事情三" in mail.outbox[0].body
    assert Digest.objects.count() == 1
    kept.refresh_from_db()
    assert kept.sent is not None


@pytest.mark.django_db
def test_a_digest_that_left_by_its_own_task_is_no_longer_waiting(house: Any, server: Any) -> None:
    wang = making.person("王小明", email="wang@example.org", employer=house)
    ready(wang)
    server(TimeoutError())
    with pytest.raises(digests.NotAllSent):
        digests.send_all(DAY)
    server(None)
    assert digests.send_all(DAY) == 1
    kept = UnsentMail.objects.get()
    assert kept.sent is not None
    assert (mails.send_due(kept.tried + datetime.timedelta(days=9)), len(mail.outbox)) == (0, 1)


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_it_once(server: Any) -> None:
    house = making.hospital("山海醫院", "regional")
    invited(making.officer(house, Post.ADMINISTRATOR, "admin@example.org"))
    mail.outbox.clear()
    server(ConnectionRefusedError())
    made = Invitation.objects.get()
    logged_in(Account.objects.get(email="admin@example.org")).post(f"/invitations/{made.pk}/resend")
    server(None)
    again = UnsentMail.objects.get().again
    counts = at_once(lambda: mails.send_due(again), lambda: mails.send_due(again))
    assert (sorted(counts), len(mail.outbox)) == ([0, 1], 1)


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (smtplib.SMTPAuthenticationError(535, b"no"), "帳號或密碼"),
        (smtplib.SMTPSenderRefused(550, b"no", "x@example.org"), "寄件地址"),
        (smtplib.SMTPDataError(554, b"spam"), "554"),
        (smtplib.SMTPServerDisconnected("gone"), "連不上"),
        (TimeoutError(), "沒有回應"),
        (OSError("name or service not known"), "連不上"),
    ],
)
def test_why_is_said_in_words(error: OSError, says: str) -> None:
    label = mails.words_of(error)
    assert says in label.zh
    assert label.en.isascii()
