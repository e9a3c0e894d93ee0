"""
What people do on the pages in more than one journey. Pages are looked over for barriers as they
stand after a deed; as they stand before one, in ``test_every_page``.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping

from cast import goes
from playwright.sync_api import Locator, Page, expect
from visitors import Visitor

BY_POST = "掛號郵寄"
REMARK = "說明（案件的各方都看得到）"


def begins(visitor: Visitor, procedure: str, about: str = "") -> str:
    """A file of ``procedure``, about the certificate of that number: the number of the file."""
    page = visitor.page
    goes(page, "我的申請")
    visitor.follows(page.get_by_role("link", name="提出新申請"))
    visitor.follows(page.get_by_role("link", name=re.compile(f"：{re.escape(procedure)}$")))
    if about:
        held = page.get_by_label("關於哪一張證明")
        held.select_option(value=held.locator("option", has_text=about).get_attribute("value"))
    page.get_by_role("button", name="開始").click()
    expect(page.get_by_role("heading", name="經過")).to_be_visible()
    visitor.finds_no_barrier()
    return re.search(r"applications/([^/]+)/", page.url)[1]


def adds_documents(page: Page, *documents: str) -> None:
    """Each by a note that it comes by post."""
    for document in documents:
        wanted = page.locator("#documents").get_by_role("listitem").filter(has_text=document)
        wanted.get_by_label("或註明如何送達").fill(BY_POST)
        wanted.get_by_role("button", name="附上").click()
        expect(wanted.get_by_text("已附")).to_be_visible()


def fills(page: Page, said: Mapping[str, str]) -> None:
    """Fields by what they are called: an option of a choice by its words, else a text."""
    for label, text in said.items():
        group = page.get_by_role("group", name=label, exact=True)
        if group.count():
            group.get_by_label(text, exact=True).check()
            continue
        field = page.get_by_label(label, exact=True)
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(label=text)
        else:
            field.fill(text)


def takes(visitor: Visitor, step: str, remark: str = "") -> None:
    """A step of the file that stands on the page: looked at first, then taken."""
    looks_at(visitor, step)
    if remark:
        visitor.page.get_by_label(REMARK).fill(remark)
    confirms(visitor, step)


def looks_at(visitor: Visitor, step: str) -> None:
    """The page that says what a step would do."""
    page = visitor.page
    page.get_by_role("link", name=step, exact=True).click()
    expect(page.get_by_role("heading", level=1, name=step)).to_be_visible()
    expect(page.get_by_role("heading", name="會發生什麼")).to_be_visible()
    visitor.finds_no_barrier()


def confirms(visitor: Visitor, step: str) -> None:
    """The step that stands on the page is taken."""
    page = visitor.page
    page.get_by_role("button", name=step, exact=True).click()
    expect(page.get_by_role("heading", name="經過")).to_be_visible()
    expect(page.get_by_text(step, exact=True).first).to_be_visible()
    visitor.finds_no_barrier()


def at_stage(page: Page, stage: str) -> None:
    """The last of the stages that the file has come through."""
    stages = page.get_by_role("list", name="經過的階段").get_by_role("listitem")
    expect(stages.last).to_contain_text(stage)


def reviews_file_of(visitor: Visitor, name: str) -> None:
    """The file of somebody that waits to be reviewed, beside its clauses."""
    goes(visitor.page, "待審")
    visitor.follows(visitor.page.get_by_role("rowheader").get_by_role("link", name=name))
    visitor.finds_no_barrier()


def opens_from_queue(visitor: Visitor, name: str) -> None:
    """The same file, and then as a whole."""
    reviews_file_of(visitor, name)
    visitor.follows(visitor.page.get_by_role("link", name="整份申請"))


def pays_by_giro(
    payer: Visitor, name: str, desk: Visitor, case: str, amount: int, day: datetime.date
) -> None:
    """
    The bank's statement read in at the ``desk``, looked at and posted; the payer has a receipt.
    """
    goes(payer.page, "繳費")
    expect(payer.page.get_by_text("待繳", exact=True).first).to_be_visible()
    page = desk.page
    goes(page, "規費")
    page.get_by_role("link", name="匯入對帳檔").click()
    written = f"{day.year - 1911}/{day:%m/%d}"
    rows = f"案號,金額,入帳日期,付款人\r\n{case},{amount},{written},{name}\r\n"
    page.get_by_label("對帳檔（CSV 或 XLSX）").set_input_files(
        {"name": "giro.csv", "mimeType": "text/csv", "buffer": rows.encode("utf-8-sig")}
    )
    page.get_by_role("button", name="讀入並預覽").click()
    expect(page.get_by_text("1 張通知繳清並開立收據")).to_be_visible()
    desk.finds_no_barrier()
    page.get_by_role("button", name="確認入帳").click()
    expect(page.get_by_role("heading", level=1, name="giro.csv")).to_be_visible()
    payer.page.reload()
    expect(payer.page.get_by_text("已繳", exact=True)).to_be_visible()
    payer.finds_no_barrier()
    notice = payer.page.get_by_role("row").filter(has_text="已繳")
    notice.get_by_role("link").last.click()
    expect(payer.page.get_by_role("heading", level=1)).to_contain_text("收據")
    expect(payer.page.get_by_role("main")).to_contain_text(f"{amount:,}")


def verifies(public: Visitor, certificate: str) -> None:
    """By the number alone, without an account."""
    page = public.opens("/")
    goes(page, "查驗證明")
    page.get_by_label("證明字號").fill(certificate)
    page.get_by_role("button", name="查驗").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(certificate)
    public.finds_no_barrier()


def asks(visitor: Visitor, regulation: str, question: str) -> Locator:
    """A question of a regulation, from one's own standing or from another of its questions."""
    page = visitor.page
    above = page.locator("a.page-pretitle").filter(has_text=regulation)
    if above.count():
        visitor.follows(above)
    else:
        goes(page, "我的資格")
        visitor.follows(page.get_by_role("main").get_by_role("link", name=regulation).first)
    expect(page.get_by_role("heading", level=1, name=regulation)).to_be_visible()
    further = page.get_by_text(re.compile(r"^其他 \d+ 項$"))
    if further.count():
        further.click()
    page.get_by_role("link", name=question, exact=True).click()
    expect(page.get_by_role("heading", level=1, name=question)).to_be_visible()
    visitor.finds_no_barrier()
    return page.get_by_role("main")


def certificates_on(page: Page) -> list[str]:
    """The numbers of the certificates on the page of those who hold them, newest first."""
    goes(page, "我的證明")
    expect(page.get_by_role("heading", level=1, name="我的證明")).to_be_visible()
    found = re.findall(r"T\d+-\d+-\d+", page.get_by_role("main").inner_text())
    return list(dict.fromkeys(found))
