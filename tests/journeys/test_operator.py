"""
A radiation operator's certificate: too early, the page says why not and from when; in the window it
is renewed; after its last day another way leads to a new one.
"""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from cast import certified, goes, seated
from deeds import (
    adds_documents,
    asks,
    at_stage,
    begins,
    certificates_on,
    confirms,
    looks_at,
    opens_from_queue,
    takes,
    verifies,
)
from playwright.sync_api import Page, expect
from visitors import PASSWORD

from tiaoli.facts.dates import both
from tiaoli.platform import clock
from tiaoli.platform.applications import by_itself
from tiaoli.platform.certificates.models import Certificate
from tiaoli.platform.fees.models import Notice
from tiaoli.platform.people.models import Organisation, Person, Post
from tiaoli.platform.reminders import nightly
from tiaoli.platform.world import making

pytestmark = pytest.mark.django_db(transaction=True)
REGULATION, RENEWAL = "操作人員管理辦法", "期滿前換發"
ISSUED, LAST = datetime.date(2020, 3, 15), datetime.date(2026, 3, 14)
OPENS, CLOSES = datetime.date(2025, 9, 14), datetime.date(2026, 3, 16)  # the 14th is a Saturday
TOO_EARLY, IN_THE_WINDOW = datetime.date(2025, 8, 1), datetime.date(2025, 10, 20)
NEW_TERM, NEW_LAST = datetime.date(2026, 3, 15), datetime.date(2032, 3, 14)
TRAINED = {
    "source": "approved_training", "hours": "36", "session_id": "S-1", "date": "2024-05-01",
}  # fmt: skip


def operator(name: str, email: str, office: Organisation) -> tuple[Person, Certificate]:
    """The holder of a certificate of six years, with the hours that a renewal asks for."""
    person = making.person(name, email=email, password=PASSWORD)
    making.fact(person, "credit_entry", TRAINED)
    values = {
        "type": "radiation_safety", "issue_date": ISSUED.isoformat(), "status": "valid",
    }  # fmt: skip
    kind = "radiation_certificate"
    return person, certified(person, office, "radiation-operator", kind, values, until=LAST)


def office_of_radiation() -> Organisation:
    return making.society(
        "測試輻射安全署", "radiation-operator", english="Radiation Office", authority=True
    )


def is_told_why_not(visitor: Any, certificate: str) -> str:
    """Why not yet, by which clause, and from when until when; on the file too, which waits."""
    says = asks(visitor, REGULATION, "換發期間")
    expect(says.get_by_text("尚不得申請").first).to_be_visible()
    expect(says.get_by_text("RAD-7.1b").first).to_be_visible()
    for day in (OPENS, LAST, CLOSES):
        expect(says.get_by_text(both(day)).first).to_be_visible()
    says = asks(visitor, REGULATION, RENEWAL)
    expect(says.get_by_text("尚未符合").first).to_be_visible()
    expect(says.get_by_text(f"最早自 {both(OPENS)} 起").first).to_be_visible()

    number = begins(visitor, RENEWAL, about=certificate)
    page = visitor.page
    expect(page.get_by_text("在等日子到，現在不用任何人做什麼。")).to_be_visible()
    waits = page.get_by_role("article").filter(has_text="換發期間開始")
    expect(waits).to_contain_text("RAD-7.1b")
    expect(waits.get_by_text(f"{both(OPENS)} 起才能進行")).to_be_visible()
    expect(page.get_by_role("link", name="提出申請", exact=True)).to_have_count(0)
    return number


def files(visitor: Any, number: str) -> None:
    """The window has opened by itself: documents, and the file is handed in without a fee."""
    page = visitor.page
    goes(page, "我的申請")
    page.get_by_role("link", name=number).click()
    at_stage(page, "可申請換發")
    adds_documents(page, "申請表", "訓練時數證明")
    expect(page.get_by_text("不收費").first).to_be_visible()
    takes(visitor, "提出申請")
    at_stage(page, "已申請")
    assert Notice.objects.count() == 0  # the text states none


def grants(visitor: Any, name: str) -> None:
    """The office looks at what it would issue, from when and until when, and issues it."""
    opens_from_queue(visitor, name)
    looks_at(visitor, "換發證書")
    expect(visitor.page.get_by_text(both(NEW_TERM))).to_be_visible()
    confirms(visitor, "換發證書")
    at_stage(visitor.page, "已換發")
    expect(visitor.page.get_by_text(both(NEW_LAST))).to_be_visible()


def stands(page: Page, certificate: str, how: str) -> None:
    """On the page of those who hold certificates."""
    one = page.get_by_role("region").filter(has_text=certificate)
    expect(one.get_by_text(how, exact=True)).to_be_visible()


def test_renewed_in_the_window_and_told_why_not_before(visitor: Callable[..., Any]) -> None:
    office = office_of_radiation()
    secretariat = seated(office, Post.SECRETARIAT, "林承辦")
    _, held = operator("許操作", "hsu@example.org", office)
    hsu, desk, public = visitor(), visitor(), visitor(360)
    with clock.standing_at(TOO_EARLY):
        hsu.logs_in("hsu@example.org")
        number = is_told_why_not(hsu, held.number)
    with clock.standing_at(IN_THE_WINDOW):
        by_itself.run(clock.today())
        files(hsu, number)
        desk.logs_in(secretariat)
        grants(desk, "許操作")
        renewed, old = certificates_on(hsu.page)
        hsu.finds_no_barrier()
        assert old == held.number
        stands(hsu.page, old, "有效")
        stands(hsu.page, renewed, "尚未生效")
        verifies(public, old)
        expect(public.page.get_by_text("這張證明有效。")).to_be_visible()
        verifies(public, renewed)
        expect(public.page.get_by_text("這張證明尚未生效。")).to_be_visible()
    with clock.standing_at(NEW_TERM):
        nightly.look(clock.today())
        verifies(public, renewed)
        says = public.page.get_by_role("main")
        expect(says.get_by_text("這張證明有效。")).to_be_visible()
        expect(says).to_contain_text(both(NEW_TERM))
        expect(says).to_contain_text(both(NEW_LAST))
        expect(says).not_to_contain_text("許操作")
        verifies(public, old)
        expect(public.page.get_by_text("這張證明已由另一張取代，請看新證。")).to_be_visible()
        public.page.get_by_role("link", name=renewed).click()
        expect(public.page.get_by_role("heading", level=1)).to_contain_text(renewed)


def test_after_its_last_day_the_page_names_the_other_way(visitor: Callable[..., Any]) -> None:
    operator("顏逾期", "yen@example.org", office_of_radiation())
    yen = visitor()
    with clock.standing_at(CLOSES + datetime.timedelta(days=1)):
        yen.logs_in("yen@example.org")
        says = asks(yen, REGULATION, RENEWAL)
        expect(says.get_by_text("已逾有效期間").first).to_be_visible()
        expect(says.get_by_text("RAD-7.1b").first).to_be_visible()
        says = asks(yen, REGULATION, "逾期後重新申請")
        expect(says.get_by_text("符合資格").first).to_be_visible()
        expect(says.get_by_text("RAD-7.2").first).to_be_visible()
