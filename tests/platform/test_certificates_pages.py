"""Pages of certificates: what the public sees in each state, and who sees what else."""

import io
from typing import Any

import openpyxl
import pytest
from acting import DAY, logged_in
from certificate_making import ONE, TO, change, domain, issued, office, seat
from django.core.cache import cache
from django.test import Client

from tiaoli.platform.audit.actions import Actor
from tiaoli.platform.certificates.actions import copy, keep_setting, revoke, suspend
from tiaoli.platform.certificates.models import Certificate, Copy
from tiaoli.platform.people.models import Organisation, Person, Post
from tiaoli.platform.web.certificates.limits import A_MINUTE
from tiaoli.platform.world import making

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]
BEGAN = DAY - 100 * ONE


@pytest.fixture(autouse=True)
def _counts_anew() -> None:
    cache.clear()


@pytest.fixture
def desk(society: Organisation) -> Actor:
    return office(society)


@pytest.fixture
def one(desk: Actor, wang: Person) -> Certificate:
    return issued(desk, domain(wang), first=BEGAN)


def seen(one: Certificate, **asked: str) -> str:
    response = Client().get(f"/certificates/{one.token}", asked)
    assert response.status_code == 200
    return response.content.decode()


def made(state: str, desk: Actor, wang: Person) -> Certificate:
    match state:
        case "not_yet":
            return issued(desk, domain(wang), first=DAY + ONE)
        case "expired":
            return issued(desk, domain(wang), first=BEGAN, last=DAY - ONE)
    one = issued(desk, domain(wang), first=BEGAN)
    match state:
        case "suspended":
            suspend(desk, one, change(DAY - ONE))
        case "revoked":
            revoke(desk, one, change(DAY - ONE))
        case "replaced":
            issued(desk, domain(wang), first=DAY, replaces=one)
    return one


SENTENCES = {
    "valid": ("這張證明有效。", "is valid."),
    "not_yet": ("這張證明尚未生效。", "not yet in effect."),
    "expired": ("這張證明已逾期", "has expired"),
    "suspended": ("被停止效力，目前無效", "is suspended"),
    "revoked": ("已被撤銷或廢止，無效", "was revoked"),
    "replaced": ("已由另一張取代", "was replaced"),
}


@pytest.mark.parametrize("state", SENTENCES)
def test_each_state_is_its_own_sentence_in_both_languages_and_for_machines(
    desk: Actor, wang: Person, state: str
) -> None:
    one = made(state, desk, wang)
    zh, en = seen(one), seen(one, lang="en")
    for other, (sentence, _) in SENTENCES.items():
        assert (sentence in zh) == (other == state)
    assert SENTENCES[state][1] in en
    told = Client().get(f"/certificates/{one.token}.json").json()
    assert (told["status"], told["number"]) == (state, one.number)
    if state == "replaced":
        new = Certificate.objects.get(pk=one.pk + 1)
        assert f"/certificates/{new.token}" in zh
        assert told["replaced_by"]["number"] == new.number
    else:
        assert told["replaced_by"] is None


def test_the_public_sees_dates_and_scope_and_nobodys_name(one: Certificate) -> None:
    page = seen(one)
    assert "王○明" in page
    assert "王小明" not in page
    assert "領域3" in page
    assert "民國115年" in page
    assert TO.isoformat() in page
    assert "不說持有人是誰" in page
    told = Client().get(f"/certificates/{one.token}.json").content.decode()
    assert "王小明" not in told
    assert "wang@example.org" not in told


def test_free_text_is_not_public(desk: Actor, wang: Person) -> None:
    record = making.fact(
        wang, "radiation_certificate",
        {"type": "radiation_safety", "issue_date": DAY.isoformat(), "status": "valid",
         "holder": "王小明"},
    )  # fmt: skip
    one = issued(desk, record, regulation="radiation-operator")
    assert any(part["text"] for part in one.scope)
    assert "王小明" not in seen(one)


def test_the_reason_of_a_change_is_not_public(desk: Actor, one: Certificate) -> None:
    revoke(desk, one, change(reason="病歷造假"))
    page = seen(one)
    assert "病歷造假" not in page
    assert "IRI-7.3" in page


@pytest.mark.parametrize(
    ("on", "says"),
    [
        ("2026-06-28", "這張證明有效。"),
        ("115/06/29", "被停止效力"),
        ((BEGAN - ONE).isoformat(), "尚未生效"),
        ("2026-07-01", "只能查今天或過去"),
        ("昨天", "讀不出"),
    ],
)
def test_the_status_on_a_past_day(desk: Actor, one: Certificate, on: str, says: str) -> None:
    suspend(desk, one, change(DAY - ONE))
    assert says in seen(one, on=on)


def test_what_begins_later_is_not_public_yet(desk: Actor, one: Certificate) -> None:
    suspend(desk, one, change(DAY + ONE))
    assert "停止效力" not in seen(one)


def test_it_outlives_its_regulation_and_its_kind(desk: Actor, wang: Person) -> None:
    one = issued(desk, domain(wang), first=BEGAN)
    Certificate.objects.update(regulation="no-longer-there", kind="no_such_kind")
    assert "no-longer-there" in seen(one)
    assert logged_in(desk.account).get("/register/").status_code == 200
    assert logged_in(desk.account).get(f"/register/{one.pk}/revoke").status_code == 200
    pdf = logged_in(wang.account).post(f"/certificates/{one.token}/copy", {"language": "zh"})
    assert pdf.content.startswith(b"%PDF-")
    revoke(desk, one, change())
    assert "已被撤銷" in seen(one)


def test_a_machine_is_told_what_is_wrong_with_its_day(one: Certificate) -> None:
    response = Client().get(f"/certificates/{one.token}.json", {"on": "x"})
    assert response.status_code == 400
    assert response.json()["error"]["en"]


@pytest.mark.parametrize("token", ["x" * 27, "x"])
def test_no_such_token(one: Certificate, token: str) -> None:
    assert Client().get(f"/certificates/{token}").status_code == 404
    assert Client().get(f"/certificates/{token}.json").status_code == 404


def test_found_by_its_number_as_people_write_it(one: Certificate) -> None:
    response = Client().get("/certificates/", {"number": f" {one.number.lower()} "})
    assert response["Location"] == f"/certificates/{one.token}"
    missing = Client().get("/certificates/", {"number": "T9-999-00001"})
    assert missing.status_code == 404
    assert "T9-999-00001" in missing.content.decode()
    assert Client().get("/certificates/").status_code == 200


def test_numbers_are_not_tried_out(one: Certificate) -> None:
    codes = [
        Client().get("/certificates/", {"number": f"T9-{n}"}).status_code
        for n in range(A_MINUTE + 1)
    ]
    assert codes == [404] * A_MINUTE + [429]
    elsewhere = Client(REMOTE_ADDR="10.0.0.9").get("/certificates/", {"number": one.number})
    assert elsewhere.status_code == 302
    assert Client().get(f"/certificates/{one.token}").status_code == 200


def test_a_file_made_here_is_known_and_a_changed_one_is_not(wang: Person, one: Certificate) -> None:
    pdf = copy(Actor(wang.account), one, language="zh").content
    asked = Client().post("/certificates/", {"file": io.BytesIO(pdf)})
    assert asked["Location"] == f"/certificates/{one.token}"
    changed = Client().post("/certificates/", {"file": io.BytesIO(pdf + b" ")})
    assert changed.status_code == 404


# The holder


def test_my_certificates_and_a_copy(wang: Person, one: Certificate) -> None:
    client = logged_in(wang.account)
    assert one.number in client.get("/my/certificates/").content.decode()
    pdf = client.post(f"/certificates/{one.token}/copy", {"language": "en"})
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf["Content-Disposition"] == f'attachment; filename="{one.number}-1.pdf"'
    assert Copy.objects.get().sha256 in client.get("/my/certificates/").content.decode()


def test_others_neither_see_nor_copy(one: Certificate) -> None:
    lin = making.person("林", email="lin@example.org")
    client = logged_in(lin.account)
    assert one.number not in client.get("/my/certificates/").content.decode()
    assert client.post(f"/certificates/{one.token}/copy", {}).status_code == 403
    assert Client().post(f"/certificates/{one.token}/copy", {}).status_code == 302
    assert client.get(f"/certificates/{one.token}/copy").status_code == 405
    assert client.get("/register/").status_code == 403
    assert client.get(f"/register/{one.pk}/").status_code == 403
    assert not Copy.objects.exists()


# The register


def test_the_register_is_filtered_and_exported(desk: Actor, wang: Person) -> None:
    for state in SENTENCES:
        made(state, desk, wang)
    client = logged_in(desk.account)
    assert "共 7 筆" in client.get("/register/").content.decode()
    for state in SENTENCES:
        found = client.get("/register/", {"standing": state}).content.decode()
        assert f"共 {2 if state == 'valid' else 1} 筆" in found
    rows = b"".join(client.get("/register/export.csv?standing=revoked")).decode("utf-8-sig")
    assert len(rows.splitlines()) == 2
    assert "王小明" in rows
    book = openpyxl.load_workbook(io.BytesIO(client.get("/register/export.xlsx").content))
    assert book.active.max_row == 8
    by_name = client.get("/register/", {"q": "王小明"}).content.decode()
    assert "共 7 筆" in by_name


def test_a_cell_is_never_a_formula(desk: Actor, one: Certificate) -> None:
    Certificate.objects.update(name="=HYPERLINK(1)")
    rows = b"".join(logged_in(desk.account).get("/register/export.csv")).decode()
    assert "'=HYPERLINK(1)" in rows


@pytest.mark.parametrize("number", [3, 60])
def test_lists_cost_the_same_however_long(
    desk: Actor, wang: Person, number: int, django_assert_max_num_queries: Any
) -> None:
    keep_setting(desk, desk.organisation, prefix="YI", public_register=True)
    for _ in range(number):
        issued(desk, domain(wang), first=BEGAN)
    pk = desk.organisation.pk
    for client, address, most in (
        (logged_in(desk.account), "/register/", 12),
        (logged_in(wang.account), "/my/certificates/", 12),
        (Client(), f"/registers/{pk}/", 6),
    ):
        with django_assert_max_num_queries(most):
            assert client.get(address).status_code == 200


def test_a_change_by_the_page(desk: Actor, one: Certificate) -> None:
    client = logged_in(desk.account)
    page = client.get(f"/register/{one.pk}/suspend").content.decode()
    assert 'value="2026-06-30"' in page
    wrong = client.post(
        f"/register/{one.pk}/suspend",
        {"first": "115/02/30", "reason": "未繳年費", "clause": "NO-1", "seen": 1},
    )
    shown = wrong.content.decode()
    assert wrong.status_code == 422
    assert "115/02/30" in shown
    assert "未繳年費" in shown
    assert "NO-1" in shown
    right = {"first": "115/06/30", "reason": "未繳年費", "clause": "", "seen": 1}
    assert client.post(f"/register/{one.pk}/suspend", right).status_code == 302
    again = client.post(f"/register/{one.pk}/suspend", right)
    assert again.status_code == 409
    assert one.changes.count() == 2
    assert "未繳年費" in client.get(f"/register/{one.pk}/").content.decode()


def test_replacing_by_the_page_asks_for_no_day(desk: Actor, one: Certificate) -> None:
    client = logged_in(desk.account)
    assert 'name="first"' not in client.get(f"/register/{one.pk}/replace").content.decode()
    client.post(f"/register/{one.pk}/replace", {"reason": "更名", "seen": 1})
    one.refresh_from_db()
    assert one.replaced_by is not None


def test_what_cannot_be_done_is_shown_with_its_reason(
    society: Organisation, desk: Actor, one: Certificate
) -> None:
    seat(society, Post.CHAIR, "c@example.org")
    page = logged_in(desk.account).get(f"/register/{one.pk}/").content.decode()
    assert "不能恢復效力" in page
    assert "由「影像學會」的主任委員決定" in page


@pytest.mark.parametrize("path", ["", "suspend", "revoke", "replace"])
def test_another_society_and_other_posts_are_kept_out(
    society: Organisation, one: Certificate, path: str
) -> None:
    other = office(making.society("另一學會"), "o@example.org")
    treasurer = making.officer(society, Post.TREASURER, "t@example.org")
    for account in (other.account, treasurer):
        assert logged_in(account).get(f"/register/{one.pk}/{path}").status_code == 403
    assert Client().get(f"/register/{one.pk}/{path}").status_code == 302


def test_an_auditor_looks_and_changes_nothing(society: Organisation, one: Certificate) -> None:
    client = logged_in(making.officer(society, Post.AUDITOR, "a@example.org"))
    assert client.get(f"/register/{one.pk}/").status_code == 200
    client.post(
        f"/register/{one.pk}/suspend",
        {"first": "115/06/30", "reason": "x", "clause": "", "seen": 1},
    )
    assert one.changes.count() == 1


def test_a_public_register_only_where_it_is_wanted(desk: Actor, one: Certificate) -> None:
    address = f"/registers/{desk.organisation.pk}/"
    assert Client().get(address).status_code == 404
    saved = logged_in(desk.account).post(
        "/register/settings", {"prefix": "YI", "public_register": "on"}
    )
    assert saved.status_code == 302
    page = Client().get(address).content.decode()
    assert "王○明" in page
    assert "王小明" not in page
    assert address in Client().get("/certificates/").content.decode()
    wrong = logged_in(desk.account).post("/register/settings", {"prefix": "T12"})
    assert wrong.status_code == 422
