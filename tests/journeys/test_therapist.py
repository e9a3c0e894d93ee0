"""
A respiratory therapist claims credit for a paper: one yearly case, its fee, its cut-off, a decision
within four weeks, and the credit in her standing as the society found it.
"""

import datetime
import re
from collections.abc import Callable
from typing import Any

import pytest
from cast import goes, seated
from deeds import (
    asks,
    at_stage,
    begins,
    confirms,
    fills,
    looks_at,
    opens_from_queue,
    pays_by_giro,
    reviews_file_of,
    takes,
)
from playwright.sync_api import expect
from visitors import PASSWORD

from tiaoli.facts.dates import both
from tiaoli.platform import clock
from tiaoli.platform.people.models import Person, Post
from tiaoli.platform.portfolio.models import Record, Tier
from tiaoli.platform.world import making

pytestmark = pytest.mark.django_db(transaction=True)
REGULATION, CASE = "呼吸治療師繼續教育課程", "個人積分申請"
FILED, CUT_OFF = datetime.date(2025, 2, 20), datetime.date(2025, 2, 28)
REVIEWED, REPLY_DUE = datetime.date(2025, 3, 3), datetime.date(2025, 3, 28)
ON_FILE: tuple[tuple[str, dict[str, str]], ...] = (
    ("licence_cycle", {"from_date": "2020-07-01", "renewal_date": "2026-07-01"}),
    ("membership", {"member_class": "individual", "from_date": "2015-01-01"}),
    ("practice_registration", {
        "start_date": "2015-01-01", "outlying_island": "no", "remote_area": "no",
    }),
    ("credit_entry", {
        "mode": "1", "role": "attendee", "attribute": "professional", "hours": "10",
        "status": "posted", "date": "2024-05-04",
    }),
)  # fmt: skip
"""A member in the middle of her cycle, with a course of 600 minutes: twelve points."""

PAPER = {
    "課程編號": "10.0000/invented.1",
    "實施方式": "論文",
    "身分": "第一作者",
    "課程屬性": "專業課程",
    "論文類型": "原著",
    "具審稿機制": "是",
    "日期": "113/11/05",
}
"""Sixteen points by RRT-4.7.a."""


def therapist() -> Person:
    made = making.person("蘇呼吸", email="su@example.org", password=PASSWORD)
    for kind, values in ON_FILE:
        making.fact(made, kind, values, tier=Tier.VERIFIED)
    return made


def has_credits(su: Any, total: str, *also: str) -> None:
    """The ledger of credits in one's standing: the total counted, and what it rests on."""
    says = asks(su, REGULATION, "積分帳")
    figures = says.locator(".figures")
    expect(figures).to_contain_text("採計總點數")
    expect(figures).to_contain_text(total)
    for words in also:
        expect(says).to_contain_text(words)


def enters_the_paper(su: Any) -> None:
    """In her portfolio, as what she says herself."""
    page = su.page
    goes(page, "我的履歷")
    page.get_by_role("link", name="新增紀錄").click()
    page.get_by_role("link", name="教育積分").first.click()
    fills(page, PAPER)
    su.finds_no_barrier()
    page.get_by_role("button", name="儲存", exact=True).click()
    expect(page.get_by_text("10.0000/invented.1").first).to_be_visible()


def applies(su: Any) -> str:
    """Online, then the documents by post: only members, two hundred dollars a case."""
    page = su.page
    number = begins(su, CASE)
    fills(page, {"項目數": "1", "填妥申請單": "是"})
    expect(page.get_by_text("已儲存")).to_be_visible()
    takes(su, "線上申請")
    looks_at(su, "寄送文件")
    expect(page.get_by_text("費用 200 元（依 RRT-9.FEE-PERSONAL）")).to_be_visible()
    confirms(su, "寄送文件")
    at_stage(page, "已寄出文件")
    return number


def is_queued(office: Any, name: str) -> None:
    """For the cut-off at the end of February: the review opens on that day, and not before."""
    opens_from_queue(office, name)
    takes(office, "列入批次")
    at_stage(office.page, "列入截止批次")
    review = office.page.get_by_role("article").filter(has_text="開始審查")
    expect(review.get_by_text(f"{both(CUT_OFF)} 起才能進行")).to_be_visible()
    expect(review.get_by_role("button", name="開始審查")).to_be_disabled()


def waits_for_the_fee(office: Any, name: str) -> None:
    """The cut-off has gone by; what is lacking is the money."""
    opens_from_queue(office, name)
    review = office.page.get_by_role("article").filter(has_text="開始審查")
    expect(review.get_by_text(re.compile("費用 200 元（.+）還沒有入帳"))).to_be_visible()
    expect(review.get_by_role("button", name="開始審查")).to_be_disabled()


def is_recognised(office: Any, panel: Any, name: str) -> None:
    """Opened, decided within four weeks, and posted: the record that she handed in."""
    opens_from_queue(office, name)
    takes(office, "開始審查")
    reviews_file_of(panel, name)
    expect(panel.page.get_by_text(both(REPLY_DUE)).first).to_be_visible()
    panel.follows(panel.page.get_by_role("link", name="整份申請"))
    takes(panel, "認定", "期刊有審稿，第一作者")
    opens_from_queue(office, name)
    looks_at(office, "入帳")
    told = office.page.get_by_role("group", name="認定申請人已登錄的紀錄")
    told.get_by_label("10.0000/invented.1").check()
    confirms(office, "入帳")
    at_stage(office.page, "已入帳")


def test_a_paper_is_claimed_paid_for_and_counted(visitor: Callable[..., Any]) -> None:
    society = making.society("測試呼吸治療學會", "rrt-ce", "cec-licence", english="Therapists")
    secretariat = seated(society, Post.SECRETARIAT, "林秘書")
    treasurer = seated(society, Post.TREASURER, "錢會計")
    reviewer = seated(society, Post.REVIEWER, "吳審查")
    person = therapist()
    su, office, desk, panel = visitor(), visitor(), visitor(), visitor()
    with clock.standing_at(FILED):
        su.logs_in("su@example.org")
        has_credits(su, "12 分")
        enters_the_paper(su)
        number = applies(su)
        office.logs_in(secretariat)
        is_queued(office, "蘇呼吸")
    with clock.standing_at(REVIEWED):
        waits_for_the_fee(office, "蘇呼吸")
        desk.logs_in(treasurer)
        pays_by_giro(su, "蘇呼吸", desk, number, 200, FILED)
        panel.logs_in(reviewer)
        is_recognised(office, panel, "蘇呼吸")
        goes(su.page, "我的申請")
        su.page.get_by_role("link", name=number).click()
        takes(su, "確認入帳")
        at_stage(su.page, "已確認入帳")
        has_credits(su, "28 分", "RRT-4.7.a", "所依據的最弱佐證：已向來源查證")
    paper = Record.objects.get(person=person, values__source_id="10.0000/invented.1")
    assert (paper.tier, paper.verified_by) == (Tier.VERIFIED, society)
    assert (paper.values["status"], paper.values["date"]) == ("posted", "2024-11-05")
