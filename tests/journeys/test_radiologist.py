"""
An interventional radiologist: a case log of a thousand rows with two to repair, one domain granted
of two, and its renewal five years and seven months later.
"""

import datetime
import io
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from cast import goes, seated
from deeds import (
    adds_documents,
    asks,
    at_stage,
    begins,
    certificates_on,
    confirms,
    looks_at,
    opens_from_queue,
    reviews_file_of,
    takes,
    verifies,
)
from openpyxl import Workbook, load_workbook
from playwright.sync_api import expect
from visitors import PASSWORD

from tiaoli.facts.dates import both
from tiaoli.platform import clock
from tiaoli.platform.fees.models import Notice
from tiaoli.platform.people.models import Person, Post
from tiaoli.platform.portfolio.models import ImportBatch, Record, Tier
from tiaoli.platform.world import making

pytestmark = pytest.mark.django_db(transaction=True)
REGULATION = "影像導引介入性治療分項專長指導老師認證辦法"
DOCUMENTS = ("申請表", "審查紀錄表", "證明文件影本")
GRANTED, LAST = datetime.date(2026, 6, 30), datetime.date(2032, 6, 29)
OPENS = datetime.date(2031, 12, 29)
LATER = datetime.date(2032, 1, 30)
"""Five years and seven months after the certificate: the last half year has begun."""
NEW_TERM, NEW_LAST = datetime.date(2032, 6, 30), datetime.date(2038, 6, 29)

ROWS, ABLATIONS = 1_000, 180
"""So many ablations are exactly what domain 6 asks for; the others are of domain 4."""
WRONG_DAY, WRONG_WORD = "115/02/30", "RFA燒灼"
REJECTED = "S00107"
NO_IMAGE = "沒有消融前後的影像紀錄"


def cases() -> Iterator[dict[str, str]]:
    """A thousand cases; a row of ablations has a day that there is not, another an own word."""
    for number in range(ROWS):
        ablated = number < ABLATIONS
        day = datetime.date(2024, 1, 3) + datetime.timedelta(days=number % 700)
        yield {
            "檢查單號": f"S{number + 1:05}",
            "病人代號": f"P{number % 640:04}",
            "治療日期": f"{day.year - 1911}/{day:%m/%d}",
            "術式": "射頻消融" if ablated else "血管氣球擴張",
            "血管": "" if ablated else "洗腎通路",
            "術者角色": "主治術者",
        }


def filled_in(template: bytes) -> bytes:
    """The template that the import page offers, with the cases in it."""
    book: Workbook = load_workbook(io.BytesIO(template))
    sheet = book.active
    assert sheet is not None
    columns = {cell.value: cell.column for cell in sheet[1]}
    for row, case in enumerate(cases(), 2):
        if row == 5:
            case["治療日期"] = WRONG_DAY
        if row == 90:
            case["術式"] = WRONG_WORD
        for title, text in case.items():
            sheet.cell(row, columns[title], text)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def imports_the_log(lin: Any) -> None:
    """The template downloaded, filled in and uploaded; two rows repaired in place; confirmed."""
    page = lin.page
    goes(page, "我的履歷")
    lin.follows(page.get_by_role("link", name="匯入"))
    offered = page.locator("form").filter(has_text="下載範本")
    offered.get_by_label("紀錄種類").select_option(label="個案")
    with page.expect_download() as download:
        offered.get_by_role("button", name="下載 XLSX").click()
    raw = filled_in(download.value.path().read_bytes())
    page.get_by_label("檔案", exact=True).set_input_files(
        {"name": "個案.xlsx", "mimeType": "application/octet-stream", "buffer": raw}
    )
    page.get_by_role("button", name="上傳並預覽").click()
    expect(page.get_by_role("heading", level=1, name="欄位對應")).to_be_visible()
    lin.finds_no_barrier()
    page.get_by_role("button", name="看預覽").click()

    counts = page.locator("#counts")
    expect(counts).to_contain_text("確認後會匯入 998 筆（檔案共 1000 列）")
    expect(page.get_by_role("link", name="待修正 2")).to_be_visible()
    expect(page.get_by_text(f"沒有「{WRONG_DAY}」這一天").first).to_be_visible()
    lin.finds_no_barrier()
    page.locator("#row-5").get_by_label("治療日期").fill("115/02/28")
    page.locator("#row-5").get_by_role("button", name="儲存這一列").click()
    expect(counts).to_contain_text("確認後會匯入 999 筆")
    page.locator("#row-90").get_by_label("術式", exact=True).select_option(label="射頻消融")
    page.locator("#row-90").get_by_role("button", name="儲存這一列").click()
    expect(counts).to_contain_text("確認後會匯入 1000 筆")
    lin.finds_no_barrier()
    assert Record.objects.filter(kind="case_log").count() == 0  # nothing before it is confirmed
    page.get_by_role("button", name="確認匯入 1000 筆").click()
    expect(page.get_by_text("已匯入 1000 筆。")).to_be_visible()
    lin.finds_no_barrier()


def radiologist() -> Person:
    """A specialist since 2012, who has practised ever since."""
    made = making.person(
        "林介入", born=datetime.date(1980, 3, 5), email="lin@example.org", password=PASSWORD
    )
    specialist = {
        "specialty": "diagnostic_radiology", "issue_date": "2012-01-01", "status": "valid",
    }  # fmt: skip
    making.fact(made, "specialist_certificate", specialist, tier=Tier.VERIFIED)
    practice = {"institution": "H1", "start_date": "2012-01-01"}
    making.fact(made, "ir_practice", practice, tier=Tier.VERIFIED)
    return made


def applies_for_two(lin: Any) -> str:
    """Domains 4 and 6 in one file, by post and free of charge."""
    page = lin.page
    number = begins(lin, "初次認證")
    domains = page.get_by_role("group", name="領域")
    for domain in ("領域4", "領域6"):
        domains.get_by_label(domain).check()
    expect(page.get_by_text("已儲存")).to_be_visible()
    adds_documents(page, *DOCUMENTS)
    takes(lin, "郵寄申請")
    at_stage(page, "已郵寄送件")
    return number


def rejects_a_case(panel: Any) -> None:
    """One ablation without images: domain 6 is one short, and the page says so by its clause."""
    page = panel.page
    reviews_file_of(panel, "林介入")
    leafing = page.get_by_role("navigation", name=re.compile("^這一條的紀錄")).last
    leafing.get_by_label("找這一條的紀錄").fill(REJECTED)
    with page.expect_navigation():
        leafing.get_by_role("button", name="找").click()
    fact = page.locator(".fact").filter(has_text=REJECTED).first
    fact.get_by_text("表示意見").click()
    fact.get_by_label("理由（不採認、待釐清必填）").fill(NO_IMAGE)
    fact.get_by_role("button", name="不採認").click()
    expect(page.get_by_text(NO_IMAGE).first).to_be_visible()
    expect(page.get_by_text("部分領域符合").first).to_be_visible()
    panel.finds_no_barrier()


def grants_one(office: Any, panel: Any) -> None:
    """The panel passes domain 4 alone; the secretariat announces it and issues the certificate."""
    opens_from_queue(office, "林介入")
    takes(office, "文件齊備")
    rejects_a_case(panel)
    panel.follows(panel.page.get_by_role("link", name="整份申請"))
    looks_at(panel, "通過")
    domains = panel.page.get_by_role("group", name="領域")
    expect(domains.get_by_label("領域4")).to_be_checked()
    domains.get_by_label("領域6").uncheck()
    confirms(panel, "通過")
    opens_from_queue(office, "林介入")
    takes(office, "公告")
    looks_at(office, "核發證明")
    expect(office.page.get_by_role("group", name="領域").get_by_label("領域6")).to_have_count(0)
    confirms(office, "核發證明")
    at_stage(office.page, "已認證")


def is_told_of_the_window(lin: Any) -> None:
    """The last half year has begun: from when until when, by which clause; and what is lacking."""
    says = asks(lin, REGULATION, "領域4換證期間")
    expect(says.get_by_text("得申請").first).to_be_visible()
    expect(says.get_by_text("IRI-4.1").first).to_be_visible()
    for day in (OPENS, LAST):
        expect(says.get_by_text(both(day)).first).to_be_visible()
    says = asks(lin, REGULATION, "領域4換證")
    expect(says.get_by_text("尚未符合").first).to_be_visible()
    expect(says.get_by_text("IRI-5.0a").first).to_be_visible()


def applies_for_renewal(lin: Any, person: Person, certificate: str) -> str:
    """Blocked with 160 points; with one SCI article more it is handed in."""
    page = lin.page
    number = begins(lin, "領域4換證", about=certificate)
    adds_documents(page, *DOCUMENTS)
    step = page.get_by_role("article").filter(has_text="郵寄申請")
    expect(step.get_by_text(re.compile(r"領域4換證：尚未符合（.*IRI-5\.0a"))).to_be_visible()
    expect(step.get_by_role("button", name="郵寄申請")).to_be_disabled()
    making.fact(person, "publication", {
        "title": "洗腎通路的再狹窄（虛構）", "indexed": "sci", "article_type": "full_article",
        "author_role": "first", "publication_date": "2031-02-01",
    })  # fmt: skip
    page.reload()
    expect(step.get_by_text("不收費")).to_be_visible()
    takes(lin, "郵寄申請")
    at_stage(page, "已郵寄送件")
    return number


def renews(office: Any, panel: Any) -> None:
    """Looked at beside its points, passed, announced, and issued for the six years that follow."""
    opens_from_queue(office, "林介入")
    takes(office, "文件齊備")
    reviews_file_of(panel, "林介入")
    expect(panel.page.get_by_text("IRI-5.1a").first).to_be_attached()
    panel.follows(panel.page.get_by_role("link", name="整份申請"))
    takes(panel, "通過", "積分足夠")
    opens_from_queue(office, "林介入")
    takes(office, "公告")
    looks_at(office, "核發證明")
    expect(office.page.get_by_text(both(NEW_TERM))).to_be_visible()
    confirms(office, "核發證明")
    at_stage(office.page, "已換證")


def test_a_thousand_cases_one_domain_of_two_and_its_renewal(visitor: Callable[..., Any]) -> None:
    society = making.society("測試介入放射學會", "ir-instructor", english="Interventional Society")
    secretariat = seated(society, Post.SECRETARIAT, "林秘書")
    reviewer = seated(society, Post.REVIEWER, "吳審查")
    person = radiologist()
    lin, office, panel, public = visitor(), visitor(), visitor(), visitor(360)
    with clock.standing_at(GRANTED):
        lin.logs_in("lin@example.org")
        imports_the_log(lin)
        applies_for_two(lin)
        office.logs_in(secretariat)
        panel.logs_in(reviewer)
        grants_one(office, panel)
        (first,) = certificates_on(lin.page)
        held = lin.page.get_by_role("main")
        expect(held).to_contain_text("領域4")
        expect(held).not_to_contain_text("領域6")
        expect(held).to_contain_text(f"{both(GRANTED)} — {both(LAST)}")
        lin.finds_no_barrier()
    making.fact(person, "credit_entry", {
        "points": "160", "interventional": "yes", "accrediting_body": "radiology_society",
        "date": "2029-05-20",
    })  # fmt: skip
    with clock.standing_at(LATER):
        is_told_of_the_window(lin)
        applies_for_renewal(lin, person, first)
        renews(office, panel)
        renewed, old = certificates_on(lin.page)
        assert old == first
        expect(lin.page.get_by_role("main")).to_contain_text(f"{both(NEW_TERM)} — {both(NEW_LAST)}")
        lin.finds_no_barrier()
        verifies(public, old)
        expect(public.page.get_by_text("這張證明有效。")).to_be_visible()
    with clock.standing_at(NEW_TERM):
        verifies(public, renewed)
        expect(public.page.get_by_text("這張證明有效。")).to_be_visible()
        expect(public.page.get_by_role("main")).not_to_contain_text("林介入")
    assert Notice.objects.count() == 0  # certification is free, and no fee of renewal is stated
    assert ImportBatch.objects.get().imported == ROWS
