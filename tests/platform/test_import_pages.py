"""The pages of an import: upload, columns, words, repair in place, confirmation."""

import pytest
from acting import logged_in
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tiaoli.platform.people.models import Person
from tiaoli.platform.portfolio.models import ImportBatch, Record
from tiaoli.platform.world import making

pytestmark = pytest.mark.django_db
TEXT = "檢查單號,治療日期,術式\nS1,115/06/01,切片\nS2,115/02/30,CT切片\nS1,115/06/01,切片\n"


def lin() -> tuple[Person, Client]:
    person = making.person("林介入", email="lin@example.org")
    return person, logged_in(person.account)


def uploaded(client: Client, text: str = TEXT, name: str = "個案.csv") -> str:
    sent = client.post("/portfolio/import/", {"file": SimpleUploadedFile(name, text.encode())})
    assert sent.status_code == 302, sent.content.decode()
    return f"/portfolio/import/{ImportBatch.objects.latest('pk').pk}/"


def test_from_upload_to_portfolio() -> None:
    person, client = lin()
    address = uploaded(client)
    assert "檢查單號" in client.get(f"{address}columns/").content.decode()
    arranged = client.post(
        f"{address}columns/",
        {
            "kind": "case_log",
            "column-session_id": "檢查單號",
            "column-procedure_date": "治療日期",
            "column-procedure": "術式",
            "constant-institution": "H-CENTRE",
        },
    )
    assert arranged["Location"] == address
    preview = client.get(address).content.decode()
    assert "確認後會匯入 1 筆（檔案共 3 列）" in preview
    assert "沒有「115/02/30」這一天" in preview
    assert 'name="cell-治療日期" value="115/02/30"' in preview
    assert '<optgroup label="可能是"><option value="biopsy">切片' in preview
    words = {"word-procedure": ["CT切片"], "means-procedure": ["biopsy"]}
    assert client.post(f"{address}words/", words).status_code == 302
    fixed = client.post(f"{address}rows/3/", {"do": "repair", "cell-治療日期": "115/02/28"})
    assert fixed["Location"] == f"{address}?"
    assert "與第 2 列相同" in client.get(f"{address}?which=duplicates").content.decode()
    version = ImportBatch.objects.get().version
    for _ in range(2):
        done = client.post(f"{address}confirm/", {"version": version}, follow=True)
    assert "已匯入 2 筆" in done.content.decode()
    assert [r.values["institution"] for r in person.records.all()] == ["H-CENTRE"] * 2


def test_a_row_is_repaired_in_place_by_htmx() -> None:
    _, client = lin()
    address = uploaded(client)
    part = client.post(
        f"{address}rows/3/",
        {"do": "repair", "cell-治療日期": "115/02/28", "cell-術式": "切片"},
        headers={"HX-Request": "true"},
    ).content.decode()
    assert part.lstrip().startswith('<article class="card card-body mb-3 row-card" id="row-3">')
    assert 'id="counts" hx-swap-oob="true"' in part
    assert "<html" not in part


def test_a_good_row_can_be_edited_too() -> None:
    _, client = lin()
    address = uploaded(client)
    assert 'name="cell-檢查單號" value="S1"' in client.get(f"{address}?row=2").content.decode()
    client.post(f"{address}rows/2/", {"cell-檢查單號": "S9"})
    assert ImportBatch.objects.get().rows.get(number=2).values["session_id"] == "S9"


def test_rows_are_skipped_taken_and_imported_anyway() -> None:
    person, client = lin()
    address = uploaded(client)
    client.post(f"{address}rows/", {"do": "skip"})
    client.post(f"{address}rows/4/", {"do": "anyway"})
    assert "確認後會匯入 2 筆" in client.get(address).content.decode()
    client.post(f"{address}rows/3/", {"do": "take"})
    client.post(f"{address}rows/2/", {"do": "skip"})
    assert "確認後會匯入 1 筆" in client.get(address).content.decode()
    client.post(f"{address}confirm/", {"version": "1"})
    assert person.records.count() == 1


def test_a_stale_preview_is_told_and_nothing_is_imported() -> None:
    _, client = lin()
    address = uploaded(client)
    client.post(f"{address}columns/", {"kind": "case_log", "column-session_id": "檢查單號"})
    told = client.post(f"{address}confirm/", {"version": "1"}, follow=True).content.decode()
    assert "改過" in told
    assert Record.objects.count() == 0


def test_an_upload_that_cannot_be_read_is_told_on_its_page() -> None:
    _, client = lin()
    for name, raw, says in (
        ("a.csv", b"<html></html>", "網頁"),
        ("a.csv", "甲,乙\n1,2\n".encode(), "看不出"),
        ("a.xlsx", b"PK\x03\x04broken", "損壞"),
        ("a.csv", b"", "空的檔案"),
    ):
        page = client.post("/portfolio/import/", {"file": SimpleUploadedFile(name, raw)})
        assert (page.status_code, says in page.content.decode()) == (422, True)
    assert client.post("/portfolio/import/", {}).status_code == 422
    assert ImportBatch.objects.count() == 0


def test_another_kind_guesses_its_columns_anew() -> None:
    _, client = lin()
    address = uploaded(client)
    onward = client.post(f"{address}columns/", {"kind": "training", "look": "1"})
    assert onward["Location"] == f"{address}columns/"
    assert ImportBatch.objects.get().kind == "training"
    assert client.get(onward["Location"]).status_code == 200


def test_papers_are_asked_for_what_a_bibliography_cannot_say() -> None:
    person, client = lin()
    text = "TY  - JOUR\nTI  - A paper on arteries\nAU  - Lin, C.\nPY  - 2024\nER  - \n"
    address = uploaded(client, text, "papers.ris")
    page = client.get(address).content.decode()
    assert all(
        f'name="cell-{name}"' in page for name in ("author_role", "indexed", "publication_date")
    )
    assert "Lin, C." in page
    cells = {"cell-author_role": "first", "cell-publication_date": "113/05/01"}
    client.post(f"{address}rows/1/", {"do": "repair", **cells})
    client.post(f"{address}confirm/", {"version": "1"})
    assert person.records.get().values == {
        "title": "A paper on arteries",
        "type": "journal_article",
        "author_role": "first",
        "publication_date": "2024-05-01",
    }


def test_templates_and_rows_to_repair_are_downloaded() -> None:
    _, client = lin()
    for address in (f"{uploaded(client)}faults/", "/portfolio/import/template/?kind=case_log"):
        response = client.get(address)
        assert response.content.startswith(b"PK")
        assert response["Content-Disposition"].startswith("attachment")
    assert client.get("/portfolio/import/template/?kind=nothing").status_code == 404


def test_what_is_discarded_says_so() -> None:
    _, client = lin()
    address = uploaded(client)
    assert "沒有匯入" in client.post(f"{address}discard/", follow=True).content.decode()
    assert client.post(f"{address}confirm/", {"version": "1"}).status_code == 409
    assert "已捨棄" in client.get(address).content.decode()
