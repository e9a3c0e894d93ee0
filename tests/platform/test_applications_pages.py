"""The pages of an application: what stands on them, what they keep, who is let in."""

import pytest
from acting import logged_in
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from filing import House, opened, own, sitting, step, text

from tiaoli.platform.applications.left import PointTold
from tiaoli.platform.applications.models import Application
from tiaoli.platform.people.models import Post
from tiaoli.platform.portfolio.models import EvidenceFile

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]


@pytest.fixture(autouse=True)
def _files_of_its_own(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        },
    }


def begun(client: Client, procedure: str = "institution-then-society") -> Application:
    answer = client.post(f"/applications/new/rt-ladder/{procedure}/", follow=True)
    assert answer.status_code == 200
    return Application.objects.latest("pk")


def test_an_empty_list_says_what_will_appear(person) -> None:
    answer = logged_in(person.account).get("/applications/")
    assert "您還沒有申請" in text(answer)
    english = text(logged_in(person.account).get("/applications/?lang=en"))
    assert "You have no applications yet" in english


def test_every_procedure_for_persons_can_be_chosen(person) -> None:
    answer = text(logged_in(person.account).get("/applications/new/"))
    assert "RT3、RT4 院初審、學會複審" in answer
    assert "無人受理" in answer  # nobody runs the other regulations here


def test_a_draft_saves_itself_and_a_field_says_what_is_wrong(person) -> None:
    client = logged_in(person.account)
    application = begun(client)
    address = f"/applications/{application.number}/save"
    form = {"shown": ["level", "drafted_date"], "level": "RT3", "drafted_date": "2026-02-30"}
    answer = client.post(address, {**form, "version": 1}, headers={"HX-Request": "true"})
    assert "已儲存" in text(answer)
    assert '<section id="steps"' in text(answer)  # what can be done by now
    assert 'name="version" value="2"' in text(answer)
    assert "f-drafted_date-problem" in text(answer)
    stale = client.post(
        address, {**form, "version": 1, "level": "RT4"}, headers={"HX-Request": "true"}
    )
    assert "重新載入" in text(stale)
    later = logged_in(person.account)  # another session: what was typed is there
    shown = text(later.get(f"/applications/{application.number}/"))
    assert 'value="2026-02-30"' in shown
    again = client.post(address, {**form, "version": 2}, headers={"HX-Request": "true"})
    assert 'name="version" value="2"' in text(again)  # nothing changed, nothing written


def test_without_a_session_one_is_asked_to_log_in_and_nothing_is_lost(person) -> None:
    client = logged_in(person.account)
    application = begun(client)
    save = f"/applications/{application.number}/save"
    client.post(save, {"shown": "level", "level": "RT3", "version": 1})
    answer = Client().post(save, {"shown": "level", "level": "RT4", "version": 2})
    assert answer.status_code == 302
    assert "/accounts/login" in answer["Location"]
    application.refresh_from_db()
    assert application.file["level"] == "RT3"


def test_an_option_that_leads_nowhere_is_disabled_with_its_clause(person) -> None:
    client = logged_in(person.account)
    application = begun(client, "in-house")
    shown = text(client.get(f"/applications/{application.number}/"))
    assert '<option value="RT3" disabled>第三階：目前不會受理（RTL-3.1a' in shown
    assert '<option value="RT1">' in shown


def test_a_step_is_looked_at_then_taken_once(person, ladder: House) -> None:
    client = logged_in(person.account)
    application = opened(person, ladder.regulation, "institution-then-society", {"level": "RT3"})
    address = f"/applications/{application.number}/steps/submit/"
    looked = text(client.get(address))
    assert "會發生什麼" in looked
    assert "院內初審" in looked
    for _ in range(2):
        answer = client.post(address, {"version": 1}, follow=True)
        assert answer.status_code == 200
    assert "不會重複進行" in text(answer)
    assert application.steps.count() == 1
    shown = text(client.get(f"/applications/{application.number}/"))
    assert "輪到rt-ladder 醫院（服務機構）" in shown
    assert "條文沒有規定期限" in shown


def test_a_stale_step_is_told_clearly(person, ladder: House) -> None:
    application = opened(person, ladder.regulation, "institution-then-society", {"level": "RT3"})
    application = step(own(person), application, "submit")
    hospital = sitting(ladder, Post.EDUCATION_OFFICE)
    address = f"/applications/{application.number}/steps/close/"
    assert hospital.get(address).status_code == 200
    step(own(person), application, "withdraw")
    answer = hospital.post(address, {"version": application.version})
    assert answer.status_code == 409
    assert "有人先一步" in text(answer)


def test_what_blocks_is_shown_and_the_button_disabled(person, ladder: House) -> None:
    application = opened(person, ladder.regulation, "individual-to-society", {"level": "RT3"})
    shown = text(logged_in(person.account).get(f"/applications/{application.number}/"))
    assert "送審途徑：不受理（RTL-3.1a" in shown
    assert "還缺文件：" in shown
    assert '<button class="btn" disabled>' in shown
    answer = logged_in(person.account).post(
        f"/applications/{application.number}/steps/submit/", {"version": application.version}
    )
    assert answer.status_code == 409


def test_a_document_is_uploaded_looked_at_and_not_by_strangers(person, ladder: House) -> None:
    client = logged_in(person.account)
    application = opened(person, ladder.regulation, "individual-to-society", {"level": "RT1"})
    address = f"/applications/{application.number}/documents"
    wrong = SimpleUploadedFile("x.pdf", b"<html>", content_type="application/pdf")
    told = text(client.post(address, {"option": "proof_copies", "file": wrong}, follow=True))
    assert "網頁" in told
    pdf = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n%%EOF\n"
    right = SimpleUploadedFile("proof.pdf", pdf, content_type="text/html")
    client.post(address, {"option": "proof_copies", "file": right})
    evidence = EvidenceFile.objects.get()
    assert evidence.content_type == "application/pdf"
    got = client.get(f"/applications/{application.number}/files/{evidence.pk}")
    assert got["Content-Disposition"].startswith("attachment")
    assert b"".join(got.streaming_content) == pdf
    stranger = logged_in(ladder.person("別人").account)
    assert (
        stranger.get(f"/applications/{application.number}/files/{evidence.pk}").status_code == 403
    )
    document = application.documents.get()
    client.post(f"/applications/{application.number}/documents/{document.pk}/remove")
    document.refresh_from_db()
    assert document.removed is not None


def test_points_are_given_answered_and_the_difference_shown(person, ladder: House) -> None:
    application = opened(person, ladder.regulation, "institution-then-society", {"level": "RT3"})
    application = step(own(person), application, "submit")
    hospital, client = sitting(ladder, Post.EDUCATION_OFFICE), logged_in(person.account)
    address = f"/applications/{application.number}"
    empty = hospital.post(f"{address}/steps/ask_for_more/", {"version": application.version})
    assert "至少一點" in text(empty)
    hospital.post(
        f"{address}/steps/ask_for_more/",
        {
            "version": application.version,
            "says-0": "教案日期？",
            "fact-0": "教案",
            "clause-0": "RTL-5.N2",
        },
    )
    point = application.points.get()
    assert (point.fact, point.clause) == ("教案", "RTL-5.N2")
    assert "教案日期？" in text(client.get(f"{address}/"))
    client.post(f"{address}/points/{point.pk}", {"answer": "已改"})
    record = person.records.get(fact="教案")
    record.values = {**record.values, "date": "2024-10-10"}
    record.save()
    step(own(person), application, "complete")
    shown = text(client.get(f"{address}/difference/"))
    assert "2020-10-10" in shown
    assert "2024-10-10" in shown
    assert "修改" in shown


def test_the_letter_stands_in_both_languages(person, ladder: House) -> None:
    application = opened(person, ladder.regulation, "institution-then-society", {"level": "RT3"})
    step(own(person), application, "submit")
    step(ladder.acts(Post.EDUCATION_OFFICE), application, "close", remark="服務年資不足")
    shown = text(logged_in(person.account).get(f"/applications/{application.number}/letter/"))
    for word in ("初審未通過", "close", "RTL-3.2a", "服務年資不足", 'lang="en"'):
        assert word in shown


def test_who_is_let_in(person, ladder: House) -> None:
    application = opened(person, ladder.regulation, "institution-then-society", {"level": "RT3"})
    address = f"/applications/{application.number}/"
    other = House("ir-instructor")
    assert Client().get(address).status_code == 302
    for client in (
        logged_in(ladder.person("別人").account),
        sitting(ladder, Post.EDUCATION_OFFICE),  # a draft is nobody else's
        sitting(ladder, Post.SECRETARIAT),
        sitting(other, Post.SECRETARIAT),
    ):
        for path in ("", "steps/submit/", "difference/", "letter/"):
            assert client.get(address + path).status_code == 403
        assert client.post(f"{address}save", {"version": 1}).status_code == 403
    step(own(person), application, "submit")
    assert sitting(ladder, Post.EDUCATION_OFFICE).get(address).status_code == 200
    assert sitting(ladder, Post.SECRETARIAT).get(address).status_code == 403
    assert logged_in(person.account).get("/applications/none/").status_code == 403


def test_a_teacher_is_named_by_the_address_of_the_account(ladder: House) -> None:
    house = House("ir-instructor")
    trainee, teacher = house.person("學員"), house.person("老師")
    client = logged_in(trainee.account)
    address = "/applications/new/ir-instructor/teaching/"
    assert "您在這件案子裡是" in text(client.get(address))
    form = {"role": "trainee", "shown": ["domain", "request_date"], "domain": "3"}
    unknown = client.post(address, {**form, "person-instructor": "nobody@x.org"})
    assert unknown.status_code == 422
    assert "nobody@x.org" in text(unknown)
    lacking = client.post(address, {"role": "trainee", "person-instructor": teacher.account.email})
    assert "請先填好" in text(lacking)
    client.post(address, {**form, "person-instructor": teacher.account.email})
    application = Application.objects.get()
    shown = text(logged_in(teacher.account).get(f"/applications/{application.number}/"))
    assert "接受" in shown
    assert "輪到指導老師 老師" in shown


def test_the_list_asks_as_much_for_many_as_for_few(person, ladder: House) -> None:
    client = logged_in(person.account)

    def asked(more: int) -> int:
        for _ in range(more):
            opened(person, ladder.regulation, "institution-then-society", {"level": "RT3"})
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/applications/").status_code == 200
        return len(seen)

    assert asked(3) == asked(12)


def test_a_returned_file_names_its_points(person, ladder: House) -> None:
    application = opened(person, ladder.regulation, "institution-then-society", {"level": "RT3"})
    step(own(person), application, "submit")
    step(ladder.acts(Post.EDUCATION_OFFICE), application, "ask_for_more", points=(PointTold("補"),))
    shown = text(logged_in(person.account).get(f"/applications/{application.number}/"))
    assert "還有 1 點補正事項沒有回答" in shown
