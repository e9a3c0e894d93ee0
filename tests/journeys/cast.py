"""Who takes part in the journeys: societies, a hospital, officers, and what people hold already."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Locator, Page, expect
from visitors import PASSWORD

from tiaoli.platform import clock
from tiaoli.platform.audit.actions import Actor
from tiaoli.platform.certificates import issuing
from tiaoli.platform.certificates.models import Certificate
from tiaoli.platform.people.models import Organisation, Person, Post
from tiaoli.platform.portfolio.models import Tier
from tiaoli.platform.world import making

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
DAY = datetime.date(2026, 6, 30)


def ladder_society() -> Organisation:
    """The society that runs the ladder of radiographers."""
    return making.society("測試放射學會", "rt-ladder", english="Society of Radiography")


def seated(house: Organisation, post: Post, name: str) -> str:
    """An officer of a house who can log in: their address."""
    email = f"{post.value.replace('_', '-')}@example.org"
    making.officer(house, post, email, name, PASSWORD)
    return email


def radiographer(
    name: str, email: str, *, without: tuple[str, ...] = (), employer: Organisation | None = None
) -> Person:
    """Somebody with the facts of ``examples/wang-rt3.yaml``, less those named ``without``."""
    made = making.person(
        name, born=datetime.date(1990, 5, 12), employer=employer, email=email, password=PASSWORD
    )
    dossier = yaml.safe_load((EXAMPLES / "wang-rt3.yaml").read_text(encoding="utf-8"))
    kept = [fact for fact in dossier["facts"] if fact["id"] not in without]
    assert len(kept) == len(dossier["facts"]) - len(without)
    making.facts(made, {"facts": kept})
    return made


def goes(page: Page, entry: str) -> None:
    """By the main menu."""
    entry_of_menu = page.get_by_role("navigation", name="主選單").get_by_role("link", name=entry)
    with page.expect_navigation():
        entry_of_menu.click()


def row_of_rt3(page: Page) -> Locator:
    """Where RT3 stands on the page of standings."""
    link = page.get_by_role("link", name=re.compile("^RT3 資格"))
    return page.get_by_role("listitem").filter(has=link)


def rt3_is(page: Page, outcome: str) -> None:
    """The outcome of RT3, word for word, on the page of standings."""
    expect(row_of_rt3(page).get_by_text(outcome, exact=True)).to_be_visible()


def certified(
    whose: Person,
    issuer: Organisation,
    regulation: str,
    kind: str,
    values: Mapping[str, Any],
    *,
    until: datetime.date,
) -> Certificate:
    """What somebody has held since before, from the day on which it was issued ``until``."""
    first = datetime.date.fromisoformat(values["issue_date"])
    with clock.standing_at(first):
        record = making.fact(whose, kind, values, tier=Tier.VERIFIED)
        desk = Actor(by=str(issuer), organisation=issuer, role=Post.SECRETARIAT, via="task")
        issued: Certificate = issuing.issue(
            desk,
            record,
            regulation=regulation,
            procedure="initial",
            issuer=issuer,
            decision={"clauses": [], "on": first.isoformat()},
            first=first,
            last=until,
        )
    return issued
