"""Whoever sits before a browser in these tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Error, Locator, Page

ASSETS: Final = Path(__file__).parent.parent.parent / "var" / "assets"
PASSWORD: Final = "a-password-for-journeys"
RULES: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Visitor:
    """
    Somebody before a browser. What the console complains of fails the test at its end, save
    answers of a status that the test means to get (``expects``).
    """

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.complaints: list[str] = []
        self.expected: list[str] = []
        page.on("console", lambda m: self.complaints.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def expects(self, status: int) -> None:
        """One answer of this status is meant: a form sent back, say."""
        self.expected.append(f"the server responded with a status of {status}")

    def unexpected(self) -> list[str]:
        """What the console complained of, less what was meant; and what was meant and not got."""
        left = list(self.expected)
        found = []
        for complaint in self.complaints:
            meant = next((one for one in left if one in complaint), None)
            if meant is None:
                found.append(complaint)
            else:
                left.remove(meant)
        return found + [f"did not come: {one}" for one in left]

    def opens(self, path: str) -> Page:
        self.page.goto(self.address + path)
        return self.page

    def logs_in(self, email: str) -> Page:
        self.opens("/accounts/login/")
        self.page.fill("#id_login", email)
        self.page.fill("#id_password", PASSWORD)
        return self.follows(self.page.locator("main form button[type=submit]"))

    def follows(self, link: Locator) -> Page:
        """The page that a link leads to, once it is there in place of the one before."""
        with self.page.expect_navigation():
            link.click()
        return self.page

    def finds_no_barrier(self) -> None:
        """axe-core: WCAG 2.2 AA and best practice, on the page as it stands."""
        barriers = self.barriers()
        assert barriers == [], "\n".join(barriers)

    def barriers(self) -> list[str]:
        """What axe finds, in words."""
        try:
            found = self._looked_over()
        except Error:  # the page went while it was looked over: then the one that has come
            found = self._looked_over()
        return [
            f"{one['id']}: {one['help']} — {node['html'][:200]}"
            for one in found["violations"]
            for node in one["nodes"]
        ]

    def _looked_over(self) -> Any:
        """What axe finds on the page that stands there once it is loaded."""
        self.page.wait_for_load_state()
        self.page.evaluate((ASSETS / "axe.min.js").read_text(encoding="utf-8"))
        runs = "rules => axe.run({runOnly: {type: 'tag', values: rules}})"
        return self.page.evaluate(runs, RULES)
