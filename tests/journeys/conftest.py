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

from visitors import ASSETS, Visitor

os.environ.setdefault("TIAOLI_VAR", str(Path(tempfile.gettempdir()) / "tiaoli-tests"))
os.environ.setdefault("TIAOLI_ASSETS", str(ASSETS))
os.environ["TIAOLI_DEBUG"] = "1"
os.environ["DJANGO_SETTINGS_MODULE"] = "tiaoli.platform.settings"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright keeps a loop running in this thread

from tiaoli.platform.web import assets

assets.install(ASSETS.parent, print)

import django

django.setup()

import pytest
from django.conf import settings
from playwright.sync_api import Browser, expect, sync_playwright

settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick, for tests
settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
settings.STATICFILES_DIRS = [("vendor", ASSETS)]  # they were not there, perhaps, a moment ago
PATIENCE = 30_000  # milliseconds, on a machine that does much else besides
expect.set_options(timeout=PATIENCE / 2)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Closed after each file: while it is open, no test here can run a loop of its own."""
    path = os.environ.get("TIAOLI_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def visitor(browser: Browser, live_server: Any) -> Iterator[Callable[..., Visitor]]:
    """Makes visitors, each in a browser of their own; ``width`` in pixels."""
    contexts, made = [], []

    def make(width: int = 1280, **options: Any) -> Visitor:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, bypass_csp=False, **options
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        made.append(Visitor(context.new_page(), live_server.url))
        return made[-1]

    yield make
    for context in contexts:
        context.close()
    assert [complaint for one in made for complaint in one.unexpected()] == []
