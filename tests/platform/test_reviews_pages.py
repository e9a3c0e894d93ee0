"""The pages of reviews: the queue, one file, several at once, how the house reviews."""

import pytest
from acting import logged_in
from django.db import connection
from django.test.utils import CaptureQueriesContext
from filing import House, example, opened, own, sitting, step, submitted, text, under_review

from tiaoli.platform import clock
from tiaoli.platform.applications.inquiry import Inquiry
from tiaoli.platform.people.models import Post
from tiaoli.platform.reviews.beside import Beside, Leafed, beside
from tiaoli.platform.reviews.models import Assignment, Conflict, Custom, Finding, Judgement
from tiaoli.platform.world import making

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]


def test_an_empty_queue_says_what_will_appear(ladder: House) -> None:
    assert "依期限與等待時間列在這裡" in text(sitting(ladder, Post.REVIEWER).get("/reviews/"))


def test_the_queue_is_filtered(ladder: House) -> None:
    application = submitted(ladder, "甲")
    hospital = sitting(ladder, Post.EDUCATION_OFFICE)
    assert application.number in text(hospital.get("/reviews/"))
    way = "rt-ladder/institution-then-society"
    assert application.number in text(hospital.get(f"/reviews/?procedure={way}"))
    for nothing in ("state=fee_due", "overdue=1", "mine=1", "procedure=rt-ladder/in-house"):
        assert "沒有符合條件的案件" in text(hospital.get(f"/reviews/?{nothing}"))


def test_who_opens_the_queue(ladder: House) -> None:
    application = submitted(ladder, "甲")
    for client in (logged_in(application.person.account), sitting(ladder, Post.SECRETARIAT)):
        assert client.get(f"/reviews/{application.number}/").status_code == 403
    assert logged_in(application.person.account).get("/reviews/").status_code == 403
    assert sitting(ladder, Post.REVIEWER).get("/how-we-review/").status_code == 403


def test_each_clause_stands_beside_its_evidence(ladder: House) -> None:
    application = submitted(ladder, "甲")
    hospital = sitting(ladder, Post.EDUCATION_OFFICE)
    address = f"/reviews/{application.number}/"
    shown = text(hospital.get(address))
    for word in ("RTL-4A.RT3.PUB", "壁報2021", "第一作者", "採認", "不採認", "步驟"):
        assert word in shown
    english = text(sitting(ladder, Post.EDUCATION_OFFICE).get(f"{address}?lang=en"))
    assert "Accept" in english
    form = {"fact": "教案", "verdict": "rejected"}
    told = text(hospital.post(f"{address}facts", form, follow=True))
    assert "都要說明理由" in told
    hospital.post(f"{address}facts", {**form, "reason": "看不清楚"})
    assert Finding.objects.get().verdict == "rejected"
    shown = text(hospital.get(address))
    assert "審查不採認的事實" in shown
    assert "看不清楚" in shown


def test_the_facts_of_a_clause_are_leafed_through_and_found(
    ladder: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tiaoli.platform.reviews.beside.A_PART", 2)
    application = submitted(ladder, "甲")
    inquiry = Inquiry(application, clock.today())
    whole = max((c for q in beside(inquiry) for c in q.clauses), key=lambda c: c.all)
    shown: list[str] = []
    for part in range(1, whole.parts + 1):
        leaf = leaf_at(inquiry, Leafed(whole.place, part))
        shown += [fact.id for fact in (*leaf.counted, *leaf.left_out)]
    assert len(set(shown)) == len(shown) == whole.all
    for part in (0, -3, 10**6):
        assert 1 <= leaf_at(inquiry, Leafed(whole.place, part)).part <= whole.parts
    sought = (*whole.counted, *whole.left_out)[-1]
    leaf = leaf_at(inquiry, Leafed(whole.place, 1, sought.words.zh))
    assert sought.id in [fact.id for fact in (*leaf.counted, *leaf.left_out)]
    assert leaf.found < whole.all

    hospital = sitting(ladder, Post.EDUCATION_OFFICE)
    address = f"/reviews/{application.number}/"
    for wrong in ("x", "-1", "9" * 40, "²"):
        assert hospital.get(f"{address}?place={whole.place}&part={wrong}").status_code == 200
    assert "第 1／" in text(hospital.get(address))
    word = {"fact": shown[-1], "verdict": "accepted", "place": whole.place, "part": whole.parts}
    back = hospital.post(f"{address}facts", word)
    assert back.url == f"{address}?place={whole.place}&part={whole.parts}#{whole.place}"


def leaf_at(inquiry: Inquiry, leafed: Leafed) -> Beside:
    clauses = (one for question in beside(inquiry, leafed) for one in question.clauses)
    return next(one for one in clauses if one.place == leafed.place)


def test_a_ruling_a_proposal_and_a_conflict_are_sent(ladder: House) -> None:
    application = under_review(ladder, "甲")
    office, panel = sitting(ladder, Post.SECRETARIAT), sitting(ladder, Post.REVIEWER)
    address = f"/reviews/{application.number}/"
    reviewer = ladder.accounts[Post.REVIEWER]
    assert "手上 0 件" in text(office.get(address))
    office.post(f"{address}reviewers", {"reviewer": reviewer.pk})
    assert Assignment.objects.get().reviewer == reviewer
    assert "我的意見" in text(panel.get(address))
    panel.post(f"{address}proposal", {"step": "pass", "reason": "資料齊全", "after": ""})
    assert Assignment.objects.get().proposal == "pass"
    clause = "RTL-6.1"
    panel.post(f"{address}clauses", {"clause": clause, "met": "met", "reason": "可"})
    assert Judgement.objects.get().met is True
    panel.post(f"{address}conflict", {"because": "姻親"})
    assert Conflict.objects.get().person == application.person
    assert "須迴避" in text(office.get(address))
    assert "已聲明迴避：姻親" in text(panel.get(address))


def test_the_next_file_follows(ladder: House) -> None:
    first, second = submitted(ladder, "甲"), submitted(ladder, "乙")
    hospital = sitting(ladder, Post.EDUCATION_OFFICE)
    answer = hospital.post(f"/reviews/{first.number}/skip")
    assert answer["Location"] == f"/reviews/{second.number}/"
    shown = text(hospital.get(f"/reviews/{first.number}/"))
    assert f"steps/endorse/?next=/reviews/{second.number}/" in shown
    done = hospital.post(
        f"/applications/{first.number}/steps/endorse/",
        {"version": first.version, "next": f"/reviews/{second.number}/"},
    )
    assert done["Location"] == f"/reviews/{second.number}/"
    elsewhere = hospital.post(
        f"/applications/{second.number}/steps/endorse/",
        {"version": second.version, "next": "https://elsewhere.example/"},
    )
    assert elsewhere["Location"] == f"/applications/{second.number}/"


def test_several_are_previewed_then_confirmed_by_their_count(ladder: House) -> None:
    first, second = submitted(ladder, "甲"), submitted(ladder, "乙")
    hospital = sitting(ladder, Post.EDUCATION_OFFICE)
    ticked = {"number": [first.number, second.number], "step": "endorse"}
    assert hospital.post("/reviews/several/", {}).status_code == 422
    preview = text(hospital.post("/reviews/several/", ticked))
    assert "預覽：2 件可以，0 件不行" in preview
    first.refresh_from_db()
    assert first.state == "institution_review"
    go = {
        "go": [first.number, second.number],
        f"version-{first.number}": first.version,
        f"version-{second.number}": second.version,
        "step": "endorse",
    }
    wrong = hospital.post("/reviews/several/", {**go, "confirmed": "3"})
    assert wrong.status_code == 422
    done = text(hospital.post("/reviews/several/", {**go, "confirmed": "2"}))
    assert done.count("完成") == 2
    first.refresh_from_db()
    assert first.state == "endorsed"


def test_a_number_guessed_tells_another_house_nothing(ladder: House) -> None:
    application = submitted(ladder, "甲乙丙")
    ticked = {"number": [application.number, "2026-999999"], "step": "endorse"}
    shown = text(sitting(House("rrt-ce"), Post.REVIEWER).post("/reviews/several/", ticked))
    assert application.number in shown
    assert "甲乙丙" not in shown
    assert shown.count("沒有這件申請") == 2  # one that is there, one that is not: told alike


def test_an_account_that_is_not_of_the_panel_is_not_named(ladder: House) -> None:
    application = under_review(ladder, "甲")
    stranger = making.account("hidden@elsewhere.example", "某某人")
    office = sitting(ladder, Post.SECRETARIAT)
    told = office.post(
        f"/reviews/{application.number}/reviewers", {"reviewer": stranger.pk}, follow=True
    )
    assert "不是本會的審查委員" in text(told)
    assert "某某人" not in text(told)


def test_the_house_sets_how_it_reviews(ladder: House) -> None:
    office = sitting(ladder, Post.SECRETARIAT)
    assert "先有幾位的意見" in text(office.get("/how-we-review/"))
    form = {"procedure": "rt-ladder/institution-then-society", "reviewers": "2", "chair": "1"}
    office.post("/how-we-review/", form)
    custom = Custom.objects.get()
    assert (custom.reviewers, custom.chair) == (2, True)
    assert office.post("/how-we-review/", {**form, "reviewers": "x"}).status_code == 409


def test_the_queue_page_asks_as_much_for_many_as_for_few(ladder: House) -> None:
    hospital = sitting(ladder, Post.EDUCATION_OFFICE)

    def asked(names: str) -> int:
        for name in names:
            submitted(ladder, name)
        hospital.get("/reviews/")
        with CaptureQueriesContext(connection) as seen:
            assert hospital.get("/reviews/").status_code == 200
        return len(seen)

    assert asked("甲乙丙") == asked("丁戊己庚")


def test_a_file_with_many_facts_asks_as_much_as_one_with_few(ladder: House) -> None:
    few, many = submitted(ladder, "甲"), ladder.person("乙")
    example(many, "wang-rt3")
    for day in range(1, 29):
        for month in (1, 2):
            given = {"date": f"2026-0{month}-{day:02}", "result": "passed"}
            making.fact(many, "exam", given)
    application = opened(many, ladder.regulation, "institution-then-society", {"level": "RT3"})
    full = step(own(many), application, "submit")
    hospital = sitting(ladder, Post.EDUCATION_OFFICE)

    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert hospital.get(address).status_code == 200
        return len(seen)

    for page in ("/reviews/{}/", "/applications/{}/", "/applications/{}/steps/endorse/"):
        asked(page.format(few.number))
        assert asked(page.format(full.number)) == asked(page.format(few.number)) < 150
