"""
From "not yet" to a certificate, and to its end: a radiographer's RT3 through every hand.

The radiographer, the hospital, the secretariat, the treasurer, a reviewer, the chair and the public
each sit before a browser of their own; whatever happens, happens on the pages.
"""

import datetime
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from cast import DAY, goes, ladder_society, radiographer, row_of_rt3, rt3_is, seated
from deeds import at_stage, begins, opens_from_queue, pays_by_giro, takes, verifies
from playwright.sync_api import expect

from tiaoli.platform import clock
from tiaoli.platform.people.models import Post
from tiaoli.platform.world import making

pytestmark = pytest.mark.django_db(transaction=True)
PAPER = "壁報2021"
POINT, ANSWER = "教案的日期是哪一天？", "是一百零九年的教案，不用補。"
REASON = "申請資料不實，經查證屬實"
RT3 = "RT3、RT4 院初審、學會複審"


@pytest.fixture(autouse=True)
def _on_the_day() -> Iterator[None]:
    with clock.standing_at(DAY):
        yield


def adds_the_paper(wang: Any) -> None:
    """The poster of which the portfolio knows nothing yet, by the form for publications."""
    page = wang.page
    goes(page, "我的履歷")
    page.get_by_role("link", name="新增").first.click()
    page.get_by_role("link", name="學術論文").first.click()
    page.get_by_label("題目", exact=True).fill("低劑量胸部攝影（虛構）")
    page.get_by_label("研討會壁報").check()
    page.get_by_label("第一作者", exact=True).check()
    page.get_by_role("group", name="同儕審查").get_by_label("否", exact=True).check()
    page.get_by_label("首次公開日").fill("110/09/18")
    wang.finds_no_barrier()
    page.get_by_role("button", name="儲存", exact=True).click()
    expect(page.get_by_text("低劑量胸部攝影（虛構）").first).to_be_visible()


def applies(wang: Any) -> str:
    """For RT3 by the hospital and then the society: the number of the file."""
    page = wang.page
    number = begins(wang, RT3)
    page.get_by_label("層級").select_option("第三階")
    expect(page.get_by_text("已儲存")).to_be_visible()
    wang.finds_no_barrier()
    takes(wang, "送院內初審")
    at_stage(page, "院內初審")
    return number


def answers_the_point(wang: Any, number: str) -> None:
    """What the hospital asked, on the file that is back in one's hands."""
    page = wang.page
    goes(page, "我的申請")
    page.get_by_role("link", name=re.compile(number)).first.click()
    expect(page.get_by_text(POINT)).to_be_visible()
    page.get_by_label("您的回答").fill(ANSWER)
    page.get_by_role("button", name="儲存回答").click()
    expect(page.get_by_text("已回答")).to_be_visible()
    wang.finds_no_barrier()
    takes(wang, "補齊文件")


def revokes(chair: Any, email: str, certificate: str) -> None:
    """For good, with a reason that only the issuer sees."""
    page = chair.logs_in(email)
    goes(page, "發證名冊")
    chair.follows(page.get_by_role("link", name=certificate))
    chair.finds_no_barrier()
    chair.follows(page.get_by_role("link", name="撤銷或廢止"))
    page.get_by_label("自哪一天起").fill("115/06/30")
    page.get_by_label("理由").fill(REASON)
    chair.finds_no_barrier()
    page.get_by_role("button", name="撤銷或廢止").click()
    expect(page.get_by_text(REASON)).to_be_visible()


def endorses(hospital: Any, email: str, wang: Any, number: str) -> None:
    """The hospital returns one point, has its answer, endorses the file and sends it on."""
    page = hospital.logs_in(email)
    opens_from_queue(hospital, "王小明")
    hospital.follows(page.get_by_role("link", name="通知補件"))
    page.get_by_label("第 1 點").fill(POINT)
    page.get_by_label("紀錄").first.select_option("教案")
    hospital.finds_no_barrier()
    page.get_by_role("button", name="通知補件").click()
    expect(page.get_by_role("status").first).to_contain_text("輪到申請人 王小明")

    answers_the_point(wang, number)
    opens_from_queue(hospital, "王小明")
    expect(page.get_by_text(ANSWER)).to_be_visible()
    takes(hospital, "初審通過", "資料齊全")
    takes(hospital, "送學會複審")


def issues(secretary: Any, panel: Any, reviewer: str) -> None:
    """The society, once the fee is there: its panel decides, its secretariat issues."""
    office = secretary.page
    opens_from_queue(secretary, "王小明")
    at_stage(office, "已繳費")
    takes(secretary, "開始審查")
    panel.logs_in(reviewer)
    opens_from_queue(panel, "王小明")
    takes(panel, "審查通過", "符合各款")
    opens_from_queue(secretary, "王小明")
    takes(secretary, "發給證明")
    at_stage(office, "已發證明")


def becomes_eligible(wang: Any) -> None:
    """Not yet, for want of one paper; once it is there, eligible, and by which clauses."""
    page = wang.page
    goes(page, "我的資格")
    rt3_is(page, "尚未符合")
    wang.finds_no_barrier()
    adds_the_paper(wang)
    goes(page, "我的資格")
    rt3_is(page, "符合資格")
    wang.follows(row_of_rt3(page).get_by_role("link"))
    expect(page.get_by_role("main")).to_contain_text("RTL-4A.RT3.PUB")
    wang.finds_no_barrier()


def holds_a_certificate(wang: Any) -> str:
    """Its number, as it stands on the page of those who hold it."""
    goes(wang.page, "我的證明")
    expect(wang.page.get_by_text("有效", exact=True)).to_be_visible()
    wang.finds_no_barrier()
    number = re.search(r"T\d+-115-\d+", wang.page.get_by_role("main").inner_text())
    assert number is not None
    return number[0]


def test_from_not_yet_to_a_certificate_that_is_revoked(visitor: Callable[..., Any]) -> None:
    society = ladder_society()
    hospital = making.hospital("測試區域醫院", "regional", english="Regional Hospital")
    radiographer("王小明", "wang@example.org", without=(PAPER,), employer=hospital)
    education = seated(hospital, Post.EDUCATION_OFFICE, "陳教學")
    secretariat = seated(society, Post.SECRETARIAT, "林秘書")
    treasurer = seated(society, Post.TREASURER, "錢會計")
    reviewer = seated(society, Post.REVIEWER, "吳審查")
    chair = seated(society, Post.CHAIR, "周主委")

    wang = visitor()
    page = wang.logs_in("wang@example.org")
    becomes_eligible(wang)
    number = applies(wang)
    endorses(visitor(), education, wang, number)

    secretary = visitor()
    secretary.logs_in(secretariat)
    opens_from_queue(secretary, "王小明")
    takes(secretary, "收齊，通知繳費")
    desk = visitor()
    desk.logs_in(treasurer)
    pays_by_giro(wang, "王小明", desk, number, 2_000, DAY - datetime.timedelta(days=1))
    issues(secretary, visitor(), reviewer)

    certificate = holds_a_certificate(wang)
    public = visitor(360)
    verifies(public, certificate)
    expect(public.page.get_by_text("這張證明有效。")).to_be_visible()
    expect(public.page.get_by_role("main")).not_to_contain_text("王小明")
    public.finds_no_barrier()

    revokes(visitor(), chair, certificate)
    verifies(public, certificate)
    expect(public.page.get_by_text("這張證明已被撤銷或廢止，無效。")).to_be_visible()
    expect(public.page.get_by_role("main")).not_to_contain_text(REASON)
    public.finds_no_barrier()
    page.reload()
    expect(page.get_by_text("已撤銷或廢止", exact=True)).to_be_visible()
