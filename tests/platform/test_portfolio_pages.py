"""Pages of the portfolio: forms of every kind, lists that cost the same, who may open what."""

import datetime
import re

import pytest
from acting import logged_in
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tiaoli.facts.kinds import Type
from tiaoli.facts.vocabulary import KINDS
from tiaoli.platform.audit.actions import Actor
from tiaoli.platform.people.models import Membership, Person, Post
from tiaoli.platform.portfolio import actions
from tiaoli.platform.portfolio.dossiers import checked_values
from tiaoli.platform.portfolio.models import ImportBatch, IncompleteKind, Record, Tier
from tiaoli.platform.web.portfolio.fields import as_written, fields_of, filled_from, posted
from tiaoli.platform.world import making

pytestmark = pytest.mark.django_db
CASE = {"procedure_date": "2026-06-01", "procedure": "biopsy", "patient": "P1"}


def lin(**more: object) -> tuple[Person, Client]:
    person = making.person("林介入", email="lin@example.org", **more)
    return person, logged_in(person.account)


def logged(person: Person, times: int, **more: str) -> list[Record]:
    return [
        making.fact(person, "case_log", {**CASE, "patient": f"P{n}", **more}) for n in range(times)
    ]


# --- Forms -------------------------------------------------------------------------------

EXAMPLES = {
    Type.TEXT: "文字",
    Type.TEXTS: "甲\n乙",
    Type.WHOLE: "3",
    Type.NUMBER: "3.5",
    Type.DURATION: "90",
    Type.YES_NO: "no",
    Type.DAY: "115/06/30",
    Type.MOMENT: "115/06/30 14:30",
    Type.REFERENCE: "",
}


@pytest.mark.parametrize("name", sorted(k.name for k in KINDS.values() if not k.subject))
def test_the_form_of_every_kind_says_again_what_it_was_told(name: str) -> None:
    kind = KINDS[name]
    data = QueryDict(mutable=True)
    for attribute in kind.attributes.values():
        if attribute.options:
            data[attribute.name] = attribute.options[-1].name
        else:
            text = EXAMPLES[attribute.type]
            starts = attribute.name == kind.happens
            data[attribute.name] = "115/01/01" if starts else text
        if attribute.type is Type.DURATION:
            data[f"{attribute.name}.unit"] = "min"
    values = checked_values(name, as_written(kind, posted(kind, data)))
    again = as_written(kind, filled_from(values, kind))
    assert checked_values(name, again) == values
    fields = fields_of(kind, filled_from(values, kind))
    assert [field.name for field in fields] == list(kind.attributes)
    for field in fields:
        chosen = [one for one in field.offered if one.chosen]
        assert len(chosen) == 1 or field.look not in ("radio", "select")


@pytest.mark.parametrize("name", ["case_log", "training", "credit_entry", "facility_notice"])
def test_a_form_is_opened(name: str) -> None:
    _, client = lin()
    for lang in ("zh", "en"):
        assert client.get(f"/portfolio/add/{name}/?lang={lang}").status_code == 200


def test_errors_stand_beside_their_field_and_what_was_typed_is_kept() -> None:
    _, client = lin()
    form = {"procedure_date": "115/02/30", "patient": "P<1>", "lesions": "三", "entry": "e1"}
    page = client.post("/portfolio/add/case_log/", form)
    text = page.content.decode()
    assert page.status_code == 422
    assert all(kept in text for kept in ('value="115/02/30"', 'value="P&lt;1&gt;"', 'value="e1"'))
    part = text[text.index('id="field-procedure_date-help"') :][:600]
    assert "沒有「115/02/30」這一天" in part
    assert Record.objects.count() == 0


def test_three_truths_are_three_answers() -> None:
    person, client = lin()
    for n, answer in enumerate(("yes", "no", "")):
        form = {"date": "115/06/01", "professional": answer, "professional.shown": "1", "entry": n}
        client.post("/portfolio/add/presentation/", form)
    said = [r.values.get("professional") for r in person.records.order_by("pk")]
    assert said == [True, False, None]


def test_optional_means_none_and_can_be_said_to_be_unknown() -> None:
    field = {f.name: f for f in fields_of(KINDS["presentation"], {})}["venue"]
    assert [(o.value, o.label.en) for o in field.offered] == [
        ("inside", "inside"),
        ("outside", "outside"),
        ("", "none"),
        ("不明", "not known"),
    ]
    assert field.empty is not None
    assert "選填" in field.empty.zh


def test_a_form_sent_twice_makes_one_record_and_save_and_add_comes_back() -> None:
    person, client = lin()
    form = {**CASE, "entry": "one"}
    for _ in range(2):
        assert client.post("/portfolio/add/case_log/", form).status_code == 302
    assert person.records.count() == 1
    onward = client.post("/portfolio/add/case_log/", {**form, "entry": "two", "again": "1"})
    assert onward["Location"] == "/portfolio/add/case_log/"


def test_kinds_that_no_person_records_have_no_form() -> None:
    _, client = lin()
    for name in ("practitioner", "nothing"):
        assert client.get(f"/portfolio/add/{name}/").status_code == 404


def test_a_verified_record_says_what_is_lost_before_it_is_saved() -> None:
    person, client = lin()
    record = making.fact(person, "case_log", CASE, tier=Tier.VERIFIED)
    address = f"/portfolio/records/{record.pk}/change/"
    assert "查證就失效" in client.get(address).content.decode()
    form = {**CASE, "patient": "P2", "version": "1"}
    refused = client.post(address, form)
    assert (refused.status_code, 'value="P2"' in refused.content.decode()) == (409, True)
    assert client.post(address, {**form, "gives_up": "on"}).status_code == 302
    assert Record.objects.get().tier == Tier.CLAIMED
    stale = client.post(address, {**form, "patient": "P3"})
    assert (stale.status_code, "被更動過" in stale.content.decode()) == (409, True)


def test_what_a_procedure_left_has_buttons_that_say_why_not() -> None:
    person, client = lin()
    record = making.fact(person, "case_log", CASE)
    Record.objects.update(source="procedure")
    page = client.get(f"/portfolio/records/{record.pk}/").content.decode()
    assert "程序的結果" in page
    assert "disabled" in page
    assert client.get(f"/portfolio/records/{record.pk}/change/").status_code == 409


def test_taking_out_asks_for_a_reason() -> None:
    person, client = lin()
    record = making.fact(person, "case_log", CASE)
    address = f"/portfolio/records/{record.pk}/take-out/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"version": "1", "because": ""}).status_code == 409
    assert client.post(address, {"version": "1", "because": "重複"}).status_code == 302
    assert person.records.get().removed is not None
    assert "重複" in client.get(f"/portfolio/records/{record.pk}/").content.decode()
    assert "已移除" in client.get("/portfolio/?out=1").content.decode()


def test_a_kind_is_said_to_be_incomplete_on_the_page() -> None:
    _, client = lin()
    for says, count in (("1", 1), ("1", 1), ("0", 0)):
        client.post("/portfolio/incomplete/", {"kind": "training", "incomplete": says})
        assert IncompleteKind.objects.count() == count


# --- Lists -------------------------------------------------------------------------------


def test_the_list_is_filtered_counted_and_in_pages() -> None:
    person, client = lin()
    logged(person, 30)
    making.fact(person, "training", {"end_date": "2024-01-01"}, tier=Tier.VERIFIED)
    first = client.get("/portfolio/").content.decode()
    assert "第 1 頁，共 2 頁，31 筆" in first
    for query, count in (
        ("year=2024", 1),
        ("kind=case_log", 25),
        ("tier=verified", 1),
        ("year=x&page=9", 6),
    ):
        page = client.get(f"/portfolio/?{query}").content.decode()
        assert len(re.findall(r'href="/portfolio/records/\d+/"', page)) == count


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def test_pages_cost_the_same_with_three_rows_and_with_sixty() -> None:
    hospital = making.hospital("醫院", "medical_center")
    person, client = lin(employer=hospital)
    edu = logged_in(making.officer(hospital, Post.EDUCATION_OFFICE, "edu@example.org"))
    batch = imported(client, 3)
    logged(person, 3)
    mine = ["/portfolio/", "/portfolio/add/", "/quick/case_log/", "/portfolio/attestations/ask/",
            "/portfolio/import/", f"/portfolio/import/{batch}/?which=all"]  # fmt: skip
    theirs = ["/staff-records/", "/staff-records/?all=1", f"/staff-records/{person.pk}/"]
    few = [queries(client, a) for a in mine] + [queries(edu, a) for a in theirs]
    logged(person, 57)
    for n in range(20):
        logged(making.person(f"同事{n}", employer=hospital), 2)
    for n in range(8):
        imported(client, 60, name=f"{n}.csv")
    mine[-1] = f"/portfolio/import/{imported(client, 60)}/?which=all"
    many = [queries(client, a) for a in mine] + [queries(edu, a) for a in theirs]
    assert many == few
    assert max(many) <= 20


def imported(client: Client, rows: int, name: str = "a.csv") -> int:
    text = "病人代號,治療日期,術式\n" + "".join(f"X{n},115/06/01,切片\n" for n in range(rows))
    upload = SimpleUploadedFile(name, text.encode())
    assert client.post("/portfolio/import/", {"file": upload}).status_code == 302
    return ImportBatch.objects.latest("pk").pk


# --- Quick entry -------------------------------------------------------------------------


def test_quick_entry_stays_counts_and_keeps_what_repeats() -> None:
    person, client = lin()
    form = {"procedure": "biopsy", "operator_role": "primary", "institution": "H", "patient": "P1"}
    today = datetime.datetime.now(making.clock.TAIPEI).date().isoformat()
    for n, patient in enumerate(("P1", "P2")):
        done = client.post(
            "/quick/case_log/",
            {**form, "procedure_date": today, "patient": patient, "entry": f"q{n}"},
        )
        assert done["Location"] == f"/quick/case_log/?saved=q{n}"
    page = client.get("/quick/case_log/?saved=q1").content.decode()
    assert "今天已登錄 2 筆" in page
    assert f'value="{today}"' in page
    assert '<option value="biopsy" selected>' in page
    assert 'name="institution" value="H"' in page
    assert 'name="patient" value=""' in page
    again = client.post("/quick/case_log/", {**form, "entry": "q1"})
    assert (again.status_code, person.records.count()) == (302, 2)


def test_quick_entry_keeps_what_was_typed_where_it_is_wrong() -> None:
    _, client = lin()
    page = client.post("/quick/case_log/", {"procedure_date": "x", "patient": "P7", "entry": "q"})
    assert (page.status_code, 'value="P7"' in page.content.decode()) == (422, True)


# --- Verification, one after another -----------------------------------------------------


def test_an_office_verifies_one_record_after_another() -> None:
    hospital = making.hospital("醫院", "medical_center")
    person, _ = lin(employer=hospital)
    edu = logged_in(making.officer(hospital, Post.EDUCATION_OFFICE, "edu@example.org"))
    first, second = logged(person, 2)
    assert "林介入" in edu.get("/staff-records/?q=林").content.decode()
    address = f"/staff-records/verify/{first.pk}/"
    onward = edu.post(address, {"version": "1"})
    assert onward["Location"] == f"/staff-records/verify/{second.pk}/"
    assert edu.post(address, {"version": "1"}).status_code == 302
    last = edu.post(onward["Location"], {"version": "1"})
    assert last["Location"] == f"/staff-records/{person.pk}/"
    assert set(person.records.values_list("tier", "version")) == {("verified", 2)}
    edu.post(f"{address}withdraw/", {"version": "2", "because": "日期有誤"})
    assert Record.objects.get(pk=first.pk).tier == Tier.CLAIMED


def test_a_record_changed_meanwhile_is_not_verified_unseen() -> None:
    hospital = making.hospital("醫院", "medical_center")
    person, _ = lin(employer=hospital)
    edu = logged_in(making.officer(hospital, Post.EDUCATION_OFFICE, "edu@example.org"))
    (record,) = logged(person, 1)
    actions.change(Actor(person.account), record, version=1, values={**CASE, "patient": "改"})
    page = edu.post(f"/staff-records/verify/{record.pk}/", {"version": "1"}, follow=True)
    assert "被更動過" in page.content.decode()
    assert Record.objects.get().tier == Tier.CLAIMED


def test_of_those_who_left_only_their_time_is_shown() -> None:
    hospital = making.hospital("醫院", "medical_center")
    person, _ = lin()
    Membership.objects.create(
        organisation=hospital,
        person=person,
        role=Post.PRACTITIONER,
        first=datetime.date(2020, 1, 1),
        last=datetime.date(2020, 12, 31),
    )
    edu = logged_in(making.officer(hospital, Post.EDUCATION_OFFICE, "edu@example.org"))
    (then,) = logged(person, 1, procedure_date="2020-06-01", session_id="THEN")
    (later,) = logged(person, 1, procedure_date="2021-06-01", session_id="LATER")
    page = edu.get(f"/staff-records/{person.pk}/").content.decode()
    assert ("THEN" in page, "LATER" in page) == (True, False)
    assert "個案 (1)" in page
    assert "林介入" not in edu.get("/staff-records/").content.decode()
    assert "林介入" in edu.get("/staff-records/?all=1").content.decode()
    assert edu.get(f"/staff-records/verify/{then.pk}/").status_code == 200
    assert edu.get(f"/staff-records/verify/{later.pk}/").status_code == 403


# --- Who may open what -------------------------------------------------------------------


def test_nobody_opens_what_is_not_theirs() -> None:
    hospital, other = (making.hospital(name, "medical_center") for name in ("甲", "乙"))
    person, mine = lin(employer=hospital)
    batch = imported(mine, 1)
    (record,) = logged(person, 1)
    stranger = logged_in(making.person("王", email="w@example.org").account)
    outsider = logged_in(making.officer(other, Post.EDUCATION_OFFICE, "o@example.org"))
    reviewer = logged_in(making.officer(hospital, Post.REVIEWER, "r@example.org"))
    own = [f"/portfolio/records/{record.pk}/", f"/portfolio/records/{record.pk}/change/",
           f"/portfolio/records/{record.pk}/take-out/", f"/portfolio/import/{batch}/",
           f"/portfolio/import/{batch}/columns/", f"/portfolio/import/{batch}/faults/"]  # fmt: skip
    offices = [f"/staff-records/{person.pk}/", f"/staff-records/verify/{record.pk}/"]
    for address in own + offices:
        for client in (stranger, outsider, reviewer):
            assert client.get(address).status_code == 403, address
        assert Client().get(address).status_code == 302
    for address in offices:
        assert mine.get(address).status_code == 403
    posts = [f"/portfolio/records/{record.pk}/files/", f"/portfolio/import/{batch}/words/",
             f"/portfolio/import/{batch}/rows/", f"/portfolio/import/{batch}/rows/2/",
             f"/portfolio/import/{batch}/confirm/",
             f"/portfolio/import/{batch}/discard/"]  # fmt: skip
    for address in posts:
        assert stranger.post(address).status_code == 403
        assert mine.get(address).status_code == 405
    assert logged_in(making.account("x@example.org")).get("/portfolio/").status_code == 403


def test_empty_pages_say_what_will_appear() -> None:
    hospital = making.hospital("醫院", "medical_center")
    _, client = lin()
    for address, says in (
        ("/portfolio/", "這裡會出現您的紀錄"),
        ("/portfolio/attestations/", "會出現在這裡"),
        ("/portfolio/import/", "還沒有上傳過檔案"),
    ):
        assert says in client.get(address).content.decode()
    edu = logged_in(making.officer(hospital, Post.EDUCATION_OFFICE, "edu@example.org"))
    assert "會列在這裡" in edu.get("/staff-records/").content.decode()
