"""A supervisor outside, without an account, confirms records by a link that works once."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from cast import PASSWORD, goes
from django.core import mail
from django.core.cache import cache
from playwright.sync_api import Page, expect

from tiaoli.platform.portfolio.models import Record, Tier
from tiaoli.platform.world import making

pytestmark = pytest.mark.django_db(transaction=True)
SUPERVISOR = "chang@example.com"


def mailed_link() -> str:
    """Where the letter to the supervisor leads: the path alone."""
    (letter,) = [one for one in mail.outbox if one.to == [SUPERVISOR]]
    found = re.search(r"/attest/[^/\s]+/", letter.body)
    assert found is not None
    return found[0]


def fills_in(answer: Page) -> None:
    """One record is so, the other cannot be confirmed; and who says it."""
    for patient, says in (("P-01", "屬實，我確認"), ("P-02", "不能確認")):
        one = answer.get_by_role("main").locator("section").filter(has_text=patient)
        one.get_by_label(says).check()
    answer.get_by_label("說明（選填）").last.fill("那天我不在")
    answer.get_by_label("姓名", exact=True).fill("張督導")
    answer.get_by_label("職稱與單位").fill("放射科主任")
    answer.get_by_label(re.compile("^我聲明我就是")).check()


def test_a_supervisor_confirms_one_record_and_not_another(visitor: Callable[..., Any]) -> None:
    cache.clear()
    lin = making.person("林介入", email="lin@example.org", password=PASSWORD)
    for patient, day in (("P-01", "2026-03-02"), ("P-02", "2026-03-09"), ("P-03", "2026-03-16")):
        making.fact(lin, "case_log", {"patient": patient, "procedure_date": day, "lesions": 1})

    asking = visitor()
    page = asking.logs_in("lin@example.org")
    goes(page, "我的履歷")
    page.get_by_role("link", name="請人查證").click()
    page.get_by_role("link", name="邀請一位督導者").click()
    records = page.get_by_role("group", name="要請他確認的紀錄")
    for patient in ("P-01", "P-02"):
        records.get_by_label(re.compile(patient)).check()
    page.get_by_label("姓名", exact=True).fill("張督導")
    page.get_by_label("電子郵件").fill(SUPERVISOR)
    asking.finds_no_barrier()
    page.get_by_role("button", name="寄出邀請").click()
    expect(page.get_by_text("等待回覆")).to_be_visible()
    asking.finds_no_barrier()

    link = mailed_link()
    outside = visitor(360)
    answer = outside.opens(link)
    expect(answer.get_by_role("heading", level=1)).to_contain_text("林介入")
    expect(answer.get_by_role("main")).not_to_contain_text("P-03")
    assert answer.evaluate("document.documentElement.scrollWidth") <= 360
    outside.finds_no_barrier()
    outside.expects(422)
    answer.get_by_role("button", name="簽署並送出").click()
    expect(answer.get_by_role("alert")).to_be_visible()  # nothing is signed by an empty form
    elsewhere = visitor()
    late = elsewhere.opens(link)  # opened while it was good, sent when it is not
    fills_in(answer)
    fills_in(late)
    answer.get_by_role("button", name="簽署並送出").click()
    expect(answer.get_by_role("heading", level=1, name="查證連結")).to_be_visible()
    outside.finds_no_barrier()

    elsewhere.expects(410)
    late.get_by_role("button", name="簽署並送出").click()
    expect(late.get_by_text("已經用過")).to_be_visible()
    again = visitor()
    again.expects(410)
    closed = again.opens(link)
    expect(closed.get_by_text("已經用過")).to_be_visible()
    expect(closed.get_by_role("button", name="簽署並送出")).to_have_count(0)

    page.reload()
    expect(page.get_by_text("張督導（放射科主任）").first).to_be_visible()
    expect(page.get_by_text("「那天我不在」")).to_be_visible()
    page.get_by_role("link", name=re.compile("P-01")).click()
    expect(page.get_by_role("main")).to_contain_text(Tier.VERIFIED.label.zh)
    asking.finds_no_barrier()
    tiers = {one.values["patient"]: one.tier for one in Record.objects.filter(person=lin)}
    assert tiers == {"P-01": Tier.VERIFIED, "P-02": Tier.CLAIMED, "P-03": Tier.CLAIMED}
