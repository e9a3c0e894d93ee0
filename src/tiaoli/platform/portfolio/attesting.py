"""
Somebody outside, without an account, confirms records through a link that works once.

    attestation = ask(by, person, records=…, supervisor=…, email=…, link="https://…/{token}")
    found = by_token(token)         what the link opens, or why it opens nothing any more
    answer(outside(name), attestation, says={pk: (version, True, "")}, name=…, role=…)

The token is mailed and kept only as its digest. What is confirmed is verified in the name that the
supervisor typed; the statement that they signed stays with the answer and in the trail.
"""

from __future__ import annotations

import datetime
import hashlib
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from tiaoli.facts.dates import both
from tiaoli.facts.kinds import Label
from tiaoli.platform import clock
from tiaoli.platform.audit.actions import Actor, OutOfDate, Refused, Told, action
from tiaoli.platform.people.mails import Letter, drop, hand_over, name_of
from tiaoli.platform.people.models import Person
from tiaoli.platform.portfolio.models import Attestation, AttestedRecord, Record, Tier
from tiaoli.platform.portfolio.permissions import is_own, may_change

LASTS: Final = datetime.timedelta(days=14)
MOST_A_DAY: Final = 20
"""Letters that a person may have sent in a day, those sent again too."""
MOST_RECORDS: Final = 100
_WHAT: Final = Label("查證邀請", "request to attest")


class Standing:
    """What a link is: open, or why not any more."""

    OPEN = "open"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    REPLACED = "replaced"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Found:
    """What a token opens. ``attestation`` is None where there is none of it."""

    standing: str
    attestation: Attestation | None = None


def _may(by: Actor, attestation: Attestation) -> Label | None:
    return may_change(by, attestation.person)


@action(
    "portfolio.ask_attestation", Label("邀請查證", "ask somebody to attest"), allowed=may_change
)
def ask(
    by: Actor,
    person: Person,
    *,
    records: Collection[int],
    supervisor: str,
    email: str,
    link: str,
    message: str = "",
) -> Told[Attestation]:
    """
    A letter with a link (``link`` has ``{token}`` in it) to a supervisor. Raises Refused where it
    names nobody, no record, the person's own address, or too many were sent today.
    """
    locked = Person.objects.select_for_update().get(pk=person.pk)
    supervisor, email = supervisor.strip(), email.strip()
    _check(locked, supervisor, email)
    chosen = list(locked.records.filter(pk__in=list(records), removed=None)[: MOST_RECORDS + 1])
    if not 1 <= len(chosen) <= MOST_RECORDS:
        says = f"1–{MOST_RECORDS}"
        raise Refused(Label(f"請選 {says} 筆紀錄。", f"Choose {says} records."))
    _not_too_many(locked)
    token, now = secrets.token_urlsafe(32), clock.now()
    made = Attestation.objects.create(
        person=locked,
        supervisor=supervisor[:100],
        email=email,
        message=message.strip()[:1000],
        token_digest=digest(token),
        asked=now,
        expires=now + LASTS,
    )
    made.records.set(chosen)
    _post(made, token, link)
    told = {"records": [record.pk for record in chosen]}
    return Told(made, person, told, {"supervisor": supervisor, "email": email})


def _check(person: Person, supervisor: str, email: str) -> None:
    if not supervisor:
        raise Refused(Label("請填寫督導者的姓名。", "Name the supervisor."))
    try:
        validate_email(email)
    except ValidationError:
        says = Label("電子郵件地址不正確，請檢查。", "That is no e-mail address; check it.")
        raise Refused(says) from None
    if person.account is not None and person.account.email.lower() == email.lower():
        says = Label("不能寄給自己；要由督導者本人確認。", "It cannot be sent to yourself.")
        raise Refused(says)


def _not_too_many(person: Person) -> None:
    since = clock.now() - datetime.timedelta(days=1)
    sent = person.attestations.filter(asked__gte=since).values_list("sendings", flat=True)
    if sum(sent) >= MOST_A_DAY:
        raise Refused(
            Label(
                f"一天最多寄 {MOST_A_DAY} 封查證邀請，請明天再寄。",
                f"{MOST_A_DAY} letters a day is the most; send this one tomorrow.",
            )
        )


@action("portfolio.ask_again", Label("重寄查證邀請", "send the link again"), allowed=_may)
def send_again(by: Actor, attestation: Attestation, *, link: str) -> Told[Attestation]:
    """A new link, for another 14 days; the one before opens nothing any more."""
    Person.objects.select_for_update().get(pk=attestation.person_id)
    locked = _locked(attestation)
    _unanswered(locked)
    _not_too_many(locked.person)
    token = secrets.token_urlsafe(32)
    locked.replaced = [*locked.replaced, locked.token_digest]
    locked.token_digest, locked.sent = digest(token), None
    locked.sendings += 1
    locked.expires = clock.now() + LASTS
    locked.save()
    _post(locked, token, link)
    return Told(locked, locked.person, {"sendings": locked.sendings})


@action("portfolio.withdraw_attestation", Label("撤回查證邀請", "withdraw the link"), allowed=_may)
def withdraw(by: Actor, attestation: Attestation) -> Told[Attestation]:
    """The link opens nothing any more. A second time changes nothing."""
    locked = _locked(attestation)
    if locked.withdrawn is None:
        _unanswered(locked)
        locked.withdrawn = clock.now()
        locked.save(update_fields=["withdrawn"])
        drop(name_of(locked))
    return Told(locked, locked.person)


def outside(name: str) -> Actor:
    """Whoever answers through a link: no account, the name that they typed."""
    return Actor(by=name.strip()[:200], via="link")


def _may_answer(by: Actor, attestation: Attestation) -> Label | None:
    if by.account is not None and is_own(by, attestation.person):
        return Label("不能自己查證自己的紀錄。", "Nobody attests their own records.")
    return None


@action("portfolio.attest", Label("外部督導者查證", "attested from outside"), allowed=_may_answer)
def answer(
    by: Actor,
    attestation: Attestation,
    *,
    says: Mapping[int, tuple[int, bool, str]],
    name: str,
    role: str,
    is_me: bool,
) -> Told[Attestation]:
    """
    ``says`` has, for each record shown, its version, whether it is confirmed, and a remark. Raises
    Refused where the link is no longer open, and OutOfDate where a record was changed meanwhile.
    """
    locked = _locked(attestation)
    if (standing := standing_of(locked)) != Standing.OPEN:
        raise Refused(words_of(standing))
    name, role = name.strip()[:100], role.strip()[:100]
    if not name or not role:
        raise Refused(Label("請填寫您的姓名與職稱。", "Type your name and your role."))
    if not is_me:
        raise Refused(Label("請勾選聲明。", "Tick the statement."))
    records = list(
        locked.records.select_for_update(of=("self",)).filter(removed=None).order_by("pk")
    )
    if any(record.pk not in says for record in records):
        raise Refused(Label("請對每一筆表示意見。", "Say of each record whether it is so."))
    confirmed = [
        _say(locked, record, *says[record.pk], by=f"{name}（{role}）") for record in records
    ]
    locked.answered, locked.answered_by = clock.now(), f"{name}（{role}）"
    locked.supervisor_role = role
    locked.statement = statement(locked.person, name, role, sum(confirmed), len(records))
    locked.save()
    told = {str(r.pk): yes for r, yes in zip(records, confirmed, strict=True)}
    signed = {"name": name, "role": role, "email": locked.email, "statement": locked.statement}
    return Told(locked, locked.person, {"confirmed": told}, signed)


def _say(
    attestation: Attestation, record: Record, version: int, yes: bool, remark: str, *, by: str
) -> bool:
    if record.version != version:
        raise OutOfDate(
            Label(
                "本人在您閱讀時更動了其中一筆紀錄。請重新整理，看過現在的內容再確認。",
                "One of the records was changed while you read. Reload the page, look at what it "
                "says now, and answer then.",
            )
        )
    AttestedRecord.objects.create(
        attestation=attestation,
        record=record,
        confirmed=yes,
        version=version,
        remark=remark.strip()[:300],
    )
    if yes and record.tier != Tier.VERIFIED:
        record.tier, record.verified_name = Tier.VERIFIED, by[:200]
        record.verified = clock.now()
        record.keep_change()
    return yes


def statement(person: Person, name: str, role: str, confirmed: int, of: int) -> str:
    """What the supervisor signs, in both languages."""
    day = clock.today()
    return (
        f"本人 {name}（{role}）聲明：我就是受邀的督導者，已閱讀 {person.name} 的 {of} 筆紀錄，"
        f"確認其中 {confirmed} 筆屬實。{both(day)} / I, {name} ({role}), am the supervisor who was "
        f"asked. I have read {of} records of {person.name} and confirm {confirmed} of them. "
        f"{both(day, 'en')}"
    )


# --- Links -------------------------------------------------------------------------------


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def by_token(token: str) -> Found:
    """The attestation that a link opens, or what became of it."""
    made = digest(token)
    attestation = Attestation.objects.select_related("person").filter(token_digest=made).first()
    if attestation is not None:
        return Found(standing_of(attestation), attestation)
    newer = Attestation.objects.select_related("person").filter(replaced__contains=[made]).first()
    return Found(Standing.UNKNOWN if newer is None else Standing.REPLACED, newer)


def standing_of(attestation: Attestation) -> str:
    """What the link of an attestation is now."""
    if attestation.answered is not None:
        return Standing.ANSWERED
    if attestation.withdrawn is not None:
        return Standing.WITHDRAWN
    return Standing.EXPIRED if attestation.expires <= clock.now() else Standing.OPEN


_WORDS: Final = {
    Standing.OPEN: Label("等待督導者確認。", "The supervisor is waited for."),
    Standing.ANSWERED: Label(
        "這個連結已經用過，回覆我們早已收到，謝謝您。連結只能用一次。",
        "This link has been used, and the answer has arrived: thank you. A link works once.",
    ),
    Standing.WITHDRAWN: Label(
        "邀請您的人已經撤回這份邀請，您不需要再做任何事。",
        "Whoever asked you has withdrawn the request. There is nothing left for you to do.",
    ),
    Standing.EXPIRED: Label(
        "這個連結已過期（效期 14 天）。若仍願意確認，請邀請您的人重新寄一封。",
        "This link has expired (it lasts 14 days). If you still wish to answer, ask for another.",
    ),
    Standing.REPLACED: Label(
        "這個連結已由較新的一封信取代，請打開最近收到的那一封。",
        "A newer letter has replaced this link. Open the one that you received last.",
    ),
    Standing.UNKNOWN: Label(
        "這不是有效的連結。請確認網址完整，或請邀請您的人重新寄一封。",
        "This is no valid link. Check that the address is complete, or ask for another letter.",
    ),
}


def words_of(standing: str) -> Label:
    """What a link's standing is called, for whoever opens it."""
    return _WORDS[standing]


def _locked(attestation: Attestation) -> Attestation:
    found: Attestation = (
        Attestation.objects.select_for_update(of=("self",))
        .select_related("person")
        .get(pk=attestation.pk)
    )
    return found


def _unanswered(attestation: Attestation) -> None:
    if attestation.answered is not None:
        raise Refused(Label("督導者已經回覆了。", "The supervisor has answered already."))
    if attestation.withdrawn is not None:
        raise Refused(Label("這份邀請已經撤回。", "This request was withdrawn."))


def _post(attestation: Attestation, token: str, link: str) -> None:
    """Once the change is there to stay, the letter; ``sent`` stays empty until it has left."""
    transaction.on_commit(partial(_send, attestation.pk, token, link))


def _send(pk: int, token: str, link: str) -> None:
    attestation = Attestation.objects.select_related("person").get(pk=pk)
    letter = Letter(attestation.email, *_letter(attestation, link.format(token=token)))
    house = attestation.person.employer_on(clock.today())
    if hand_over(attestation, letter, what=_WHAT, house=house):
        Attestation.objects.filter(pk=pk).update(sent=clock.now())


def mail_arrived(sender: Any, about: str, **more: Any) -> None:
    """A letter that the server did not take at first has left."""
    table, _, key = about.partition(":")
    if table == Attestation._meta.label_lower:
        Attestation.objects.filter(pk=key).update(sent=clock.now())


def _letter(attestation: Attestation, link: str) -> tuple[str, str]:
    person, until = attestation.person, attestation.expires.astimezone(clock.TAIPEI).date()
    count = attestation.records.count()
    own = f"\n{person.name}：{attestation.message}\n" if attestation.message else ""
    body = (
        f"{attestation.supervisor} 您好：\n\n"
        f"{person.name} 請您確認 {count} 筆執業或學習紀錄。不需要帳號，請打開：\n\n{link}\n"
        f"{own}\n連結只能用一次，{both(until)} 前有效。若您不認識此人，請不要理會這封信。\n\n"
        f"---\n\n{person.name} asks you to confirm {count} records of practice or study. You need "
        f"no account: open the link above. It works once, until {both(until, 'en')}. "
        "If you do not know this person, ignore this letter.\n"
    )
    subject = " ".join(f"請確認 {person.name} 的紀錄 / Please confirm records".split())
    return subject, body
