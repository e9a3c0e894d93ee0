"""Pages of fees: what the payer sees, what the treasurer does, and who is kept out."""

import io
from typing import Any

import pytest
from acting import logged_in
from django.test import Client
from fee_making import csv, notice, posted, treasurer

from tiaoli.platform.audit.actions import Actor
from tiaoli.platform.fees.models import Notice, Payment, Refund, Statement, StatementDraft
from tiaoli.platform.people.models import Organisation, Person, Post
from tiaoli.platform.world import making

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]


def read(client: Client, address: str, **asked: Any) -> str:
    response = client.get(address, asked)
    assert response.status_code == 200, address
    return response.content.decode()


def upload(client: Client, raw: bytes, name: str = "giro.csv") -> Any:
    file = io.BytesIO(raw)
    file.name = name
    return client.post("/fees/statements/", {"file": file})


def test_the_notice_shows_case_amount_clause_and_no_deadline_where_none_is_stated(
    payee: Organisation, wang: Person
) -> None:
    one = notice(wang, payee, "RT-1", "2000")
    page = read(logged_in(wang.account), f"/fees/notices/{one.number}/")
    for words in ("RT-1", "2,000", "RTL-7.1", "法規沒有規定期限", "待繳", "審查費"):
        assert words in page
    english = read(logged_in(wang.account), f"/fees/notices/{one.number}/", lang="en")
    assert "states no deadline" in english
    assert "繳款人" not in english
    assert one.number in read(logged_in(wang.account), "/fees/")


def test_a_notice_whose_regulation_is_gone_is_still_shown(
    payee: Organisation, wang: Person
) -> None:
    one = notice(wang, payee, "RT-1", regulation="no-longer-there")
    assert "no-longer-there" in read(logged_in(wang.account), f"/fees/notices/{one.number}/")


def test_from_a_file_to_a_receipt(payee: Organisation, by: Actor, wang: Person) -> None:
    notice(wang, payee, "RT-1")
    client = logged_in(by.account)
    raw = csv("RT-1,1000,115/06/29,王小明", "RT-9,10,115/06/29,某人", "RT-8,x,115/06/29,某人")
    preview = upload(client, raw)
    page = read(client, preview["Location"])
    for words in (
        "2 筆",
        "1,010",
        "1 張通知繳清並開立收據",
        "相符",
        "查無案號",
        "第 4 列",
        "王小明",
    ):
        assert words in page
    assert not Payment.objects.exists()
    mark = page.split('name="shown" value="')[1].split('"')[0]
    done = client.post(f"{preview['Location']}post", {"shown": mark})
    assert done.status_code == 302
    assert "相符" in read(client, done["Location"])
    again = client.post(f"{preview['Location']}post", {"shown": mark})
    assert again.status_code in (403, 404, 409)
    assert Payment.objects.count() == 2
    one = Notice.objects.select_related("receipt").get()
    receipt = read(logged_in(wang.account), f"/fees/receipts/{one.receipt.number}/")
    assert "1,000" in receipt
    assert upload(client, raw).status_code == 422
    assert "1 筆入帳等您處理" in read(client, "/fees/statements/")


def test_what_is_wrong_with_a_file_stands_beside_the_field(by: Actor) -> None:
    response = upload(logged_in(by.account), b"x", "giro.pdf")
    assert response.status_code == 422
    assert "對帳檔要是 .csv 或 .xlsx" in response.content.decode()
    assert logged_in(by.account).post("/fees/statements/", {}).status_code == 422


def test_a_preview_that_is_no_longer_so_is_refused(
    payee: Organisation, by: Actor, wang: Person
) -> None:
    notice(wang, payee, "RT-1")
    client = logged_in(by.account)
    preview = upload(client, csv("RT-1,1000,115/06/29,王"))["Location"]
    mark = read(client, preview).split('name="shown" value="')[1].split('"')[0]
    posted(by, csv("RT-1,400,115/06/28,王"), "other.csv")
    stale = client.post(f"{preview}post", {"shown": mark})
    assert stale.status_code == 409
    assert "重新查看" in stale.content.decode()
    assert Statement.objects.count() == 1
    client.post(f"{preview}discard")
    assert not StatementDraft.objects.exists()


def test_a_line_is_settled_on_its_page(payee: Organisation, by: Actor, wang: Person) -> None:
    one = notice(wang, payee, "RT-1")
    posted(by, csv("RT-l,1000,115/06/29,王"))
    client, line = logged_in(by.account), Payment.objects.get()
    assert "RT-l" in read(client, "/fees/payments/")
    address = f"/fees/payments/{line.pk}/"
    wrong = client.post(address, {"notice": "RT-7", "reason": "寫錯"})
    assert wrong.status_code == 422
    assert "寫錯" in wrong.content.decode()
    assert client.post(address, {"notice": "rt-1", "reason": ""}).status_code == 422
    assert client.post(address, {"notice": "rt-1", "reason": "寫錯"}).status_code == 302
    one.refresh_from_db()
    assert one.state == "paid"
    assert client.post(address, {"notice": "", "reason": "x"}).status_code == 409
    assert client.get(address).status_code == 409


def test_a_refund_on_its_page(payee: Organisation, by: Actor, wang: Person) -> None:
    one = notice(wang, payee, "RT-1")
    posted(by, csv("RT-1,1000,115/06/29,王"))
    client, address = logged_in(by.account), f"/fees/notices/{one.number}/refund"
    assert "1,000" in read(client, address)
    given = {"amount": "1,001", "reason": "撤回", "clause": "RTL-7.1", "seen": "1000"}
    too_much = client.post(address, given)
    assert too_much.status_code == 422
    assert "撤回" in too_much.content.decode()
    assert client.post(address, given | {"amount": "abc"}).status_code == 422
    other = client.post(address, given | {"amount": "600", "clause": "NO-1"})
    assert "沒有條次「NO-1」" in other.content.decode()
    assert client.post(address, given | {"amount": "600"}).status_code == 302
    stale = client.post(address, given | {"amount": "400"})
    assert stale.status_code == 422
    assert "有人先處理了" in stale.content.decode()
    assert [r.amount for r in Refund.objects.all()] == [600]
    assert "撤回" in read(client, f"/fees/notices/{one.number}/")


def test_the_payer_is_not_offered_a_refund(payee: Organisation, by: Actor, wang: Person) -> None:
    one = notice(wang, payee, "RT-1")
    posted(by, csv("RT-1,1000,115/06/29,王"))
    assert "refund" not in read(logged_in(wang.account), f"/fees/notices/{one.number}/")


@pytest.mark.parametrize(
    "who", ["another person", "another treasurer", "a reviewer of the society", "nobody"]
)
def test_who_is_kept_out(payee: Organisation, by: Actor, wang: Person, who: str) -> None:
    one = notice(wang, payee, "RT-1")
    statement = posted(by, csv("RT-1,1000,115/06/29,王", "RT-9,1,115/06/29,王"))
    one.refresh_from_db()
    line = Payment.objects.get(match="unknown")
    client, code = Client(), 302
    if who != "nobody":
        code = 403
        client = logged_in(
            {
                "another person": lambda: making.person("林", email="lin@example.org").account,
                "another treasurer": lambda: (
                    treasurer(making.society("別的學會"), "o@example.org").account
                ),
                "a reviewer of the society": lambda: making.officer(
                    payee, Post.REVIEWER, "r@example.org"
                ),
            }[who]()
        )
    for address in (
        f"/fees/notices/{one.number}/",
        f"/fees/notices/{one.number}/refund",
        f"/fees/receipts/{one.receipt.number}/",
        f"/fees/statements/{statement.pk}/",
        f"/fees/payments/{line.pk}/",
    ):
        assert client.get(address).status_code == code, address
    if who not in ("nobody", "another treasurer"):
        for address in ("/fees/notices/", "/fees/statements/", "/fees/payments/"):
            assert client.get(address).status_code == 403


def test_the_secretariat_looks_and_does_not_post(payee: Organisation, wang: Person) -> None:
    one = notice(wang, payee, "RT-1")
    client = logged_in(making.officer(payee, Post.SECRETARIAT, "s@example.org"))
    assert "RT-1" in read(client, f"/fees/notices/{one.number}/")
    assert client.get("/fees/statements/").status_code == 403


@pytest.mark.parametrize("number", [3, 60])
def test_lists_cost_the_same_however_long(
    payee: Organisation,
    by: Actor,
    wang: Person,
    number: int,
    django_assert_max_num_queries: Any,
) -> None:
    for n in range(number):
        notice(wang, payee, f"RT-{n}")
    lines = [f"RT-{n},{n + 1},115/06/29,王" for n in range(number)]
    statement = posted(by, csv(*lines))
    preview = upload(logged_in(by.account), csv(*(f"X-{n},1,115/06/29,王" for n in range(number))))
    for client, address in (
        (logged_in(by.account), "/fees/notices/?state=all"),
        (logged_in(by.account), "/fees/payments/"),
        (logged_in(by.account), f"/fees/statements/{statement.pk}/"),
        (logged_in(by.account), preview["Location"]),
        (logged_in(wang.account), "/fees/"),
    ):
        with django_assert_max_num_queries(14):
            assert client.get(address).status_code == 200


def test_found_by_state_number_and_name(payee: Organisation, by: Actor, wang: Person) -> None:
    notice(wang, payee, "RT-1")
    notice(making.person("林"), payee, "RT-2")
    posted(by, csv("RT-1,1000,115/06/29,王"))
    client = logged_in(by.account)
    assert "RT-1" not in read(client, "/fees/notices/")
    assert "RT-1" in read(client, "/fees/notices/", state="paid")
    assert "RT-1" in read(client, "/fees/notices/", q="王小明")
    assert "RT-2" not in read(client, "/fees/notices/", q="RT-1")
