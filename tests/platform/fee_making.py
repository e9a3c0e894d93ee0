"""Notices, statements and those who handle them, for the tests of fees."""

import io
from decimal import Decimal
from typing import Any

import openpyxl
from acting import DAY

from tiaoli.facts.kinds import Label
from tiaoli.platform.audit.actions import THE_DAY, Actor
from tiaoli.platform.fees.actions import issue_notice
from tiaoli.platform.fees.matching import fingerprint, matches
from tiaoli.platform.fees.models import Notice, Statement, StatementDraft
from tiaoli.platform.fees.posting import lines_of, post, read_in
from tiaoli.platform.fees.quoting import Quote
from tiaoli.platform.people.models import Organisation, Person, Post
from tiaoli.platform.people.seats import actor_of, seats_of
from tiaoli.platform.world import making

HEADER = "案號,金額,入帳日期,付款人"


def treasurer(society: Organisation, email: str = "t@example.org") -> Actor:
    account = making.officer(society, Post.TREASURER, email, "錢會計", "a-long-password")
    return actor_of(account, seats_of(account, DAY)[0])


def quoted(amount: str | None, question: str = "review-fee") -> Quote:
    return Quote(
        question,
        None if amount is None else Decimal(amount),
        ("RTL-7.1",),
        Label("審查費", "Review fee"),
    )


def notice(
    payer: Person, payee: Organisation, case: str, amount: str = "1000", **named: Any
) -> Notice:
    given: dict[str, Any] = {"regulation": "rt-ladder", "due": None}
    question = named.pop("question", "review-fee")
    return issue_notice(
        THE_DAY, quoted(amount, question), payer=payer, payee=payee, case=case, **(given | named)
    )


def csv(*rows: str, header: str = HEADER) -> bytes:
    return "\ufeff".encode() + "\r\n".join([header, *rows]).encode()


def xlsx(*rows: tuple[Any, ...]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    raw = io.BytesIO()
    book.save(raw)
    return raw.getvalue()


def draft(by: Actor, raw: bytes, name: str = "giro.csv") -> StatementDraft:
    return read_in(by, by.organisation, name=name, raw=raw)


def shown(one: StatementDraft) -> str:
    return fingerprint(matches(one.organisation, lines_of(one)))


def posted(by: Actor, raw: bytes, name: str = "giro.csv") -> Statement:
    one = draft(by, raw, name)
    return post(by, one, shown=shown(one))
