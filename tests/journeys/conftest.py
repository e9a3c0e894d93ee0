"""
A real browser before a real server and a real PostgreSQL; the clock is a parameter.

The browser is Debian's Chromium, or the one that ``TIAOLI_CHROMIUM`` names, or Playwright's own.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

_VAR = Path(__file__).parent.parent.parent / "var"
os.environ.setdefault("TIAOLI_VAR", str(Path(tempfile.gettempdir()) / "tiaoli-tests"))
os.environ.setdefault("TIAOLI_ASSETS", str(_VAR / "assets"))
os.environ["TIAOLI_DEBUG"] = "1"
os.environ["DJANGO_SETTINGS_MODULE"] = "tiaoli.platform.settings"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps a loop running in this thread

from tiaoli.platform.web import assets

assets.install(_VAR, print)

import django

django.setup()

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, sync_playwright

settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick, for tests
settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD = "a-password-for-journeys"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = os.environ.get("TIAOLI_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


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
        self.page.click("main form button[type=submit]")
        self.page.wait_for_load_state()
        return self.page

    def finds_no_barrier(self) -> None:
        """axe-core: WCAG 2.2 AA and best practice, on the page as it stands."""
        self.page.evaluate((_VAR / "assets" / "axe.min.js").read_text(encoding="utf-8"))
        rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
        found: Any = self.page.evaluate(
            "rules => axe.run({runOnly: {type: 'tag', values: rules}})", rules
        )
        barriers = [
            f"{one['id']}: {one['help']} — {node['html'][:200]}"
            for one in found["violations"]
            for node in one["nodes"]
        ]
        assert barriers == [], "\n".join(barriers)


@pytest.fixture
def visitor(browser: Browser, live_server: Any) -> Iterator[Callable[..., Visitor]]:
    """Makes visitors, each in a browser of their own; ``width`` in pixels."""
    contexts, made = [], []

    def make(width: int = 1280, **options: Any) -> Visitor:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, bypass_csp=False, **options
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        made.append(Visitor(context.new_page(), live_server.url))
        return made[-1]

    yield make
    for context in contexts:
        context.close()
    assert [complaint for one in made for complaint in one.unexpected()] == []
