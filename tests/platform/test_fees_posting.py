"""What comes in and what is given back: each once, and never more than that."""

import datetime
from decimal import Decimal
from typing import Any

import pytest
from acting import DAY
from concurrently import at_once
from dying import ended
from fee_making import csv, draft, notice, posted, shown, treasurer, xlsx

from tiaoli.facts.problems import DossierError
from tiaoli.platform.audit import chain
from tiaoli.platform.audit.actions import THE_DAY, Actor, NotAllowed, OutOfDate, Refused
from tiaoli.platform.fees.actions import cancel_notice, refund, refundable
from tiaoli.platform.fees.models import Notice, Payment, Receipt, Statement
from tiaoli.platform.fees.posting import discard, post, read_in, settle
from tiaoli.platform.fees.signals import notice_paid
from tiaoli.platform.people.models import Organisation, Person, Post
from tiaoli.platform.people.seats import actor_of, seats_of
from tiaoli.platform.world import making

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]


# Statements read


@pytest.mark.parametrize(
    "raw",
    [
        csv("RT-1,\"1,000\",115/06/29,王小明"),
        csv("rt-1 ,NT$1000,2026-06-29,王小明", header="Case number,Amount,Date,Payer"),
        "案號,金額,日期\r\nＲＴ－１,1000元,1150629".encode("cp950"),
        csv("RT-1\t1000\t115/06/29\t王", header="通訊欄\t存入金額\t交易日期\t存款人"),
    ],
)  # fmt: skip
def test_statements_are_read_as_banks_write_them(
    by: Actor, payee: Organisation, payer: Person, raw: bytes
) -> None:
    notice(payer, payee, "RT-1")
    posted(by, raw)
    (line,) = Payment.objects.all()
    assert (line.match, line.received) == ("exact", datetime.date(2026, 6, 29))


def test_a_workbook_with_titles_above_and_a_total_below(
    by: Actor, payee: Organisation, payer: Person
) -> None:
    notice(payer, payee, "RT-1")
    raw = xlsx(
        ("劃撥帳戶對帳單",), (), ("入帳日", "案號", "金額"),
        (datetime.datetime(2026, 6, 29), "RT-1", 1000), ("合計", None, 1000),
    )  # fmt: skip
    one = draft(by, raw, "giro.xlsx")
    assert [row["line"] for row in one.rows] == [4]
    assert [problem["line"] for problem in one.problems] == [5]
    post(by, one, shown=shown(one))
    assert Notice.objects.get().state == "paid"


@pytest.mark.parametrize(
    ("raw", "name", "says"),
    [
        (b"x", "giro.pdf", "csv"),
        (csv(header="甲,乙"), "giro.csv", "表頭"),
        (csv(), "giro.csv", "沒有資料"),
        (b"not a workbook", "giro.xlsx", "XLSX"),
        (b"\xff\xfe\xfa\x00\x81", "giro.csv", "utf-16"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(by: Actor, raw: bytes, name: str, says: str) -> None:
    with pytest.raises(DossierError, match=says):
        draft(by, raw, name)


@pytest.mark.parametrize("amount", ["", "-5", "0", "abc", "1.234"])
def test_an_amount_that_is_none_is_told_and_not_posted(by: Actor, amount: str) -> None:
    one = draft(by, csv(f"RT-1,{amount},115/06/29,王", "RT-2,5,115/06/29,王"))
    assert [problem["line"] for problem in one.problems] == [2]
    assert len(one.rows) == 1


# Matching and posting


def test_exact_partial_too_much_and_unknown(by: Actor, payee: Organisation, payer: Person) -> None:
    for case in ("RT-1", "RT-2", "RT-3"):
        notice(payer, payee, case)
    posted(
        by,
        csv(
            "RT-1,1000,115/06/29,王",
            "RT-2,400,115/06/29,王",
            "RT-3,1500,115/06/29,王",
            "RT-9,1000,115/06/29,王",
            ",70,115/06/29,某人",
        ),
    )
    assert list(Payment.objects.order_by("line").values_list("match", flat=True)) == [
        "exact", "partial", "wrong_amount", "unknown", "unknown",
    ]  # fmt: skip
    states = dict(Notice.objects.values_list("case", "state"))
    assert states == {"RT-1": "paid", "RT-2": "due", "RT-3": "due"}
    assert Receipt.objects.get().number == f"R{payee.pk}-115-00001"


def test_lines_for_one_notice_add_up_in_one_file_and_over_several(
    by: Actor, payee: Organisation, payer: Person
) -> None:
    notice(payer, payee, "RT-1")
    notice(payer, payee, "RT-2")
    posted(by, csv("RT-1,300,115/06/28,王", "RT-1,700,115/06/29,王", "RT-2,300,115/06/28,王"))
    posted(by, csv("RT-2,700,115/06/30,王"), "july.csv")
    assert set(Payment.objects.values_list("match", flat=True)) == {"exact"}
    assert set(Notice.objects.values_list("state", flat=True)) == {"paid"}
    assert Notice.objects.get(case="RT-2").paid == datetime.date(2026, 6, 30)


def test_two_notices_of_one_case_are_told_apart_by_the_amount(
    by: Actor, payee: Organisation, payer: Person
) -> None:
    notice(payer, payee, "RT-1", "1000")
    second = notice(payer, payee, "RT-1", "200", question="fee")
    posted(by, csv("RT-1,200,115/06/29,王"))
    assert Notice.objects.get(state="paid") == second


def test_a_payment_may_name_the_notice_instead_of_the_case(
    by: Actor, payee: Organisation, payer: Person
) -> None:
    one = notice(payer, payee, "RT-1")
    posted(by, csv(f"{one.number},1000,115/06/29,王"))
    assert Notice.objects.get().state == "paid"


def test_what_is_paid_twice_is_left_to_the_treasurer(
    by: Actor, payee: Organisation, payer: Person
) -> None:
    notice(payer, payee, "RT-1")
    posted(by, csv("RT-1,1000,115/06/29,王", "RT-1,1000,115/06/30,王"))
    assert list(Payment.objects.order_by("line").values_list("match", flat=True)) == [
        "exact", "wrong_amount",
    ]  # fmt: skip
    assert Receipt.objects.count() == 1


def test_a_notice_of_another_society_is_not_found(by: Actor, payer: Person) -> None:
    notice(payer, making.society("另一學會"), "RT-1")
    posted(by, csv("RT-1,1000,115/06/29,王"))
    assert Payment.objects.get().match == "unknown"


def test_the_same_file_is_refused_and_the_same_line_in_another_file_is_not_counted(
    by: Actor, payee: Organisation, payer: Person
) -> None:
    notice(payer, payee, "RT-1")
    raw = csv("RT-1,300,115/06/29,王")
    posted(by, raw)
    with pytest.raises(Refused, match="匯入過"):
        draft(by, raw)
    posted(by, csv("RT-1,300,115/06/29,王", "RT-1,400,115/06/30,王"), "again.csv")
    assert list(Payment.objects.order_by("pk").values_list("match", flat=True)) == [
        "partial", "duplicate", "partial",
    ]  # fmt: skip


def test_a_draft_is_posted_once(by: Actor, payee: Organisation, payer: Person) -> None:
    notice(payer, payee, "RT-1")
    one = draft(by, csv("RT-1,1000,115/06/29,王"))
    mark = shown(one)
    post(by, one, shown=mark)
    with pytest.raises(OutOfDate):
        post(by, one, shown=mark)
    with pytest.raises(OutOfDate):
        discard(by, one)
    assert (Payment.objects.count(), Receipt.objects.count()) == (1, 1)


def test_what_is_posted_is_what_was_shown(by: Actor, payee: Organisation, payer: Person) -> None:
    notice(payer, payee, "RT-1")
    one = draft(by, csv("RT-1,1000,115/06/29,王"))
    mark = shown(one)
    posted(by, csv("RT-1,400,115/06/28,王"), "other.csv")
    with pytest.raises(OutOfDate, match="重新查看"):
        post(by, one, shown=mark)
    assert Payment.objects.count() == 1


def test_discarded_nothing_is_left(by: Actor) -> None:
    one = draft(by, csv("RT-1,1000,115/06/29,王"))
    discard(by, one)
    assert not Payment.objects.exists()
    draft(by, csv("RT-1,1000,115/06/29,王"))


@pytest.mark.parametrize("post_", [Post.SECRETARIAT, Post.CHAIR, Post.AUDITOR])
def test_only_the_treasurer_of_the_payee(payee: Organisation, post_: Post) -> None:
    other = treasurer(making.society("另一學會"), "o@example.org")
    account = making.officer(payee, post_, "s@example.org")
    for stranger in (other, actor_of(account, seats_of(account, DAY)[0])):
        with pytest.raises(NotAllowed):
            read_in(stranger, payee, name="giro.csv", raw=csv("RT-1,1,115/06/29,王"))


# Settled by hand


def line(match: str) -> Payment:
    return Payment.objects.select_related("statement__organisation").get(match=match)


def test_too_much_is_settled_and_the_surplus_given_back(
    by: Actor, payee: Organisation, payer: Person
) -> None:
    one = notice(payer, payee, "RT-1")
    posted(by, csv("RT-1,1500,115/06/29,王"))
    settle(by, line("wrong_amount"), notice=one, reason="多繳，餘額退還")
    one.refresh_from_db()
    assert (one.state, one.receipt.amount) == ("paid", 1500)
    refund(by, one, amount=Decimal(500), reason="溢繳", clause="", seen=Decimal(1500))
    one.refresh_from_db()
    assert (one.state, refundable(one)) == ("paid", 1000)


def test_an_unknown_line_is_settled_once(by: Actor, payee: Organisation, payer: Person) -> None:
    one = notice(payer, payee, "RT-1")
    posted(by, csv("RT-9,1000,115/06/29,王"))
    found = line("unknown")
    settle(by, found, notice=one, reason="案號寫錯")
    assert Notice.objects.get().state == "paid"
    with pytest.raises(OutOfDate):
        settle(by, found, notice=None, reason="再一次")


def test_money_of_another_matter_counts_towards_nothing(
    by: Actor, payee: Organisation, payer: Person
) -> None:
    notice(payer, payee, "RT-1")
    posted(by, csv("RT-1,400,115/06/29,王"))
    settle(by, line("partial"), notice=None, reason="退回付款人")
    posted(by, csv("RT-1,600,115/06/30,王"), "later.csv")
    assert Notice.objects.get().state == "due"


def test_settling_needs_a_reason_and_a_notice_that_is_due(
    by: Actor, payee: Organisation, payer: Person
) -> None:
    paid = notice(payer, payee, "RT-1")
    elsewhere = notice(payer, making.society("另一學會"), "RT-1")
    posted(by, csv("RT-1,1000,115/06/29,王", "RT-9,10,115/06/29,王"))
    for target in (paid, elsewhere):
        with pytest.raises(Refused):
            settle(by, line("unknown"), notice=target, reason="理由")
    with pytest.raises(Refused, match="理由"):
        settle(by, line("unknown"), notice=None, reason="  ")


# Given back


@pytest.mark.parametrize("amount", ["0", "-1", "1001"])
def test_a_refund_is_above_nothing_and_at_most_what_was_paid(
    by: Actor, payee: Organisation, payer: Person, amount: str
) -> None:
    one = notice(payer, payee, "RT-1")
    posted(by, csv("RT-1,1000,115/06/29,王"))
    with pytest.raises(Refused):
        refund(by, one, amount=Decimal(amount), reason="理由", clause="", seen=Decimal(1000))


def test_a_refund_is_taken_once(by: Actor, payee: Organisation, payer: Person) -> None:
    one = notice(payer, payee, "RT-1")
    posted(by, csv("RT-1,1000,115/06/29,王"))
    refund(by, one, amount=Decimal(600), reason="撤回", clause="RTL-7.1", seen=Decimal(1000))
    with pytest.raises(OutOfDate):
        refund(by, one, amount=Decimal(600), reason="撤回", clause="", seen=Decimal(1000))
    refund(by, one, amount=Decimal(400), reason="撤回", clause="", seen=Decimal(400))
    assert Notice.objects.get().state == "refunded"
    with pytest.raises(NotAllowed):
        refund(THE_DAY, one, amount=Decimal(1), reason="x", clause="", seen=Decimal(0))


def test_a_paid_notice_is_not_cancelled(by: Actor, payee: Organisation, payer: Person) -> None:
    one = notice(payer, payee, "RT-1")
    posted(by, csv("RT-1,400,115/06/29,王"))
    with pytest.raises(Refused):
        cancel_notice(by, one, reason="撤回")


# At once


@pytest.mark.django_db(transaction=True)
def test_two_treasurers_at_once_pay_a_notice_once(payee: Organisation, payer: Person) -> None:
    heard: list[Notice] = []

    def hear(notice: Notice, **_: Any) -> None:
        heard.append(notice)

    notice_paid.connect(hear)
    first, second = treasurer(payee), treasurer(payee, "u@example.org")
    one = notice(payer, payee, "RT-1")
    drafts = [
        draft(first, csv("RT-1,1000,115/06/29,王"), "a.csv"),
        draft(second, csv("RT-1,1000,115/06/28,王"), "b.csv"),
    ]
    marks = [shown(made) for made in drafts]
    found = at_once(
        lambda: post(first, drafts[0], shown=marks[0]),
        lambda: post(second, drafts[1], shown=marks[1]),
    )
    notice_paid.disconnect(hear)
    assert sorted(type(one).__name__ for one in found) == ["OutOfDate", "Statement"]
    assert (Statement.objects.count(), Receipt.objects.count()) == (1, 1)
    assert heard == [one]
    assert chain.verify()[1] == []


@pytest.mark.django_db(transaction=True)
def test_a_double_submit_posts_once(by: Actor, payee: Organisation, payer: Person) -> None:
    notice(payer, payee, "RT-1")
    one = draft(by, csv("RT-1,1000,115/06/29,王"))
    mark = shown(one)
    found = at_once(*[lambda: post(by, one, shown=mark)] * 3)
    assert sorted(type(one).__name__ for one in found) == ["OutOfDate", "OutOfDate", "Statement"]
    assert Payment.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_receiver_that_fails_leaves_the_payment_as_it_is(
    by: Actor, payee: Organisation, payer: Person, caplog: Any
) -> None:
    def fails(**_: Any) -> None:
        raise RuntimeError("somebody else's mistake")

    notice_paid.connect(fails)
    notice(payer, payee, "RT-1")
    posted(by, csv("RT-1,1000,115/06/29,王"))
    notice_paid.disconnect(fails)
    assert Notice.objects.get().state == "paid"
    assert "somebody else's mistake" in caplog.text


KILLED = """
import os, sys
from tiaoli.platform.audit.actions import Actor
from tiaoli.platform.fees import posting
from tiaoli.platform.fees.models import StatementDraft
from tiaoli.platform.people.models import Account
by = Actor(Account.objects.get(), "t", StatementDraft.objects.get().organisation, "treasurer")
posting.next_number = lambda *_, **__: os._exit(9)
posting.post(by, StatementDraft.objects.get(), shown=sys.argv[1])
"""


@pytest.mark.django_db(transaction=True)
def test_a_server_killed_while_it_posts_leaves_nothing_half_done(
    by: Actor, payee: Organisation, payer: Person
) -> None:
    notice(payer, payee, "RT-1")
    one = draft(by, csv("RT-1,1000,115/06/29,王"))
    assert ended(KILLED, shown(one)) == 9
    assert not Payment.objects.exists()
    assert Notice.objects.get().state == "due"
    post(by, one, shown=shown(one))
    assert (Payment.objects.count(), Receipt.objects.count()) == (1, 1)
