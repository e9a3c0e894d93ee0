"""A rule maker tries another reading on everybody, sees who gains and loses, and chooses it."""

import datetime
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from cast import DAY, goes, ladder_society, radiographer, rt3_is, seated
from playwright.sync_api import Page, expect

from tiaoli.platform import clock
from tiaoli.platform.applications.actions import Given, take
from tiaoli.platform.applications.drafting import open_application
from tiaoli.platform.people.models import Interpretation, Person, Post
from tiaoli.platform.people.seats import actor_of
from tiaoli.platform.portfolio.models import Comparison
from tiaoli.platform.portfolio.tasks import compare as work_out
from tiaoli.platform.world import making
from tiaoli.regulations import catalogue

pytestmark = pytest.mark.django_db(transaction=True)
KEY, OTHER = "rtl.levels.cumulative", "all_lower"
FROM = datetime.date(2026, 8, 1)
REASON = "各階能力應逐階累積，經理事會議決"


@pytest.fixture(autouse=True)
def _on_the_day() -> Iterator[None]:
    with clock.standing_at(DAY):
        yield


def applies(person: Person) -> None:
    """Somebody hands a file in, so that the society knows them by name."""
    ladder = catalogue.find("rt-ladder")
    way = next(one for one in ladder.procedures if one.id == "institution-then-society")
    by = actor_of(person.account, None)
    file = open_application(
        by, person, regulation=ladder, procedure=way, typed={"level": "RT3"}, about=None
    )
    take(by, file, step="submit", version=file.version, given=Given())


def test_a_reading_is_tried_on_the_members_and_chosen(visitor: Callable[..., Any]) -> None:
    society = ladder_society()
    hospital = making.hospital("測試區域醫院", "regional")
    known = radiographer("王小明", "wang@example.org", employer=hospital)
    radiographer("外面的人", "outside@example.org")
    radiographer("李缺", "li@example.org", without=("壁報2021",))
    applies(known)
    rules = seated(society, Post.RULE_MAKER, "李法規")
    wang = visitor()
    wang.logs_in("wang@example.org")
    goes(wang.page, "我的資格")
    rt3_is(wang.page, "符合資格")

    maker = visitor()
    page = maker.logs_in(rules)
    goes(page, "條文室")
    maker.follows(page.get_by_role("link", name="醫事放射師專業進階制度").first)
    maker.follows(page.get_by_role("link", name="試算修改").first)
    maker.finds_no_barrier()
    page.get_by_label("問題").select_option("RT3 資格")
    page.get_by_label("改用哪個讀法").select_option(f"{KEY}={OTHER}")
    page.get_by_role("button", name="試算").click()
    expect(page.get_by_role("status")).to_contain_text("已排入")
    maker.finds_no_barrier()
    work_out(Comparison.objects.get().pk)  # as a worker would; the page looks for it by itself
    expect(page.get_by_role("heading", name="3 人中，1 人不變；得 0 人，失 2 人")).to_be_visible()
    turn = page.get_by_role("table", name="誰改變，在哪一條").get_by_role("row").nth(1)
    for words in ("符合資格", "尚未符合", "RTL-4A.RT1.ORAL", "王小明"):
        expect(turn).to_contain_text(words)
    expect(page.get_by_role("main")).not_to_contain_text("外面的人")
    beside_the_table(page)
    maker.finds_no_barrier()

    page.get_by_role("link", name="選用這個讀法").click()
    expect(page.get_by_role("radio", checked=True)).to_have_value(OTHER)
    page.get_by_label("從哪一天起").fill("115/08/01")
    maker.expects(400)
    page.get_by_role("button", name="選用並公開").click()
    expect(page.get_by_text("請寫明理由")).to_be_visible()
    expect(page.get_by_label("從哪一天起")).to_have_value("115/08/01")
    page.get_by_label("理由（會公開）").fill(REASON)
    maker.finds_no_barrier()
    page.get_by_role("button", name="選用並公開").click()
    expect(page.get_by_text("已選用，並公開於條文室。")).to_be_visible()
    (chosen,) = Interpretation.objects.all()
    assert (chosen.key, chosen.reading, chosen.first) == (KEY, OTHER, FROM)

    public = visitor().opens("/rules/rt-ladder/keys?show=chosen")
    for words in ("2026-08-01", "尚未開始", REASON):
        expect(public.get_by_role("main")).to_contain_text(words)
    wang.page.reload()
    rt3_is(wang.page, "符合資格")
    with clock.standing_at(FROM):
        wang.page.reload()
        rt3_is(wang.page, "尚未符合")


def beside_the_table(page: Page) -> None:
    """Two pictures with words of their own, and their numbers as a table below."""
    pictures = page.get_by_role("region", name="圖").get_by_role("img")
    expect(pictures).to_have_count(2)
    for number in range(2):
        assert pictures.nth(number).evaluate("one => one.complete && one.naturalWidth > 0")
        assert "數字列在下表" in (pictures.nth(number).get_attribute("alt") or "")
    numbers = page.get_by_role("table").last
    last = numbers.get_by_role("row").last
    expect(last.get_by_role("rowheader")).to_have_text("全部符合")
    assert last.get_by_role("cell").all_inner_texts() == ["2", "", "0", "0", "", "0"]
