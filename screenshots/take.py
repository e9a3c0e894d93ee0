"""
Takes the pictures of the documents: ``make screenshots``.

Starts the platform with the invented world in a folder of its own (``build/screenshots``) on a day
that is always the same, logs in as everybody whose pages are shown, and writes ``docs/images``,
each page at the width of a desk and of a phone. Names after the command take only those pictures.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

PROJECT: Final = Path(__file__).resolve().parent.parent
PORT: Final = int(os.environ.get("TIAOLI_PORT", "8123"))
ADDRESS: Final = f"http://localhost:{PORT}"

HOUSE: Final = PROJECT / "build" / "screenshots"
os.environ["TIAOLI_VAR"] = str(HOUSE)
os.environ["TIAOLI_TODAY"] = "2026-06-30"
os.environ["TIAOLI_DEBUG"] = "1"
os.environ["TIAOLI_PUBLIC_URL"] = ADDRESS
os.environ["DJANGO_SETTINGS_MODULE"] = "tiaoli.platform.settings"

from tiaoli.platform import database

HOUSE.mkdir(parents=True, exist_ok=True)
os.environ["DATABASE_URL"] = database.started(HOUSE / "postgres")  # held by us: it stops with us

import django

django.setup()

from pages import Shot, shots
from palette import smaller
from playwright.sync_api import Browser, FloatRect, Page, sync_playwright

from tiaoli.platform.world.cast import PASSWORD

IMAGES: Final = PROJECT / "docs" / "images"
SIZES: Final = {"wide": (1280, 900), "phone": (390, 844)}
MOST_HIGH: Final = 1280
"""So much of a long page is shown, in pixels."""
MOST_BYTES: Final = 2_500_000
"""All pictures together: whoever clones the repository carries them."""
TIMEOUT: Final = 180.0
"""Seconds until the platform answers."""
_SETTLE: Final = ("tiaoli.cli.main", "platform", "demo", "--no-serve")
_SERVE: Final = ("uvicorn", "tiaoli.platform.asgi:application", "--port", str(PORT))


def main(wanted: Sequence[str]) -> int:
    """Take the pictures that are ``wanted``; all of them where none is named."""
    with served():
        chosen = _chosen(wanted)
        IMAGES.mkdir(parents=True, exist_ok=True)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=os.environ.get("TIAOLI_CHROMIUM") or shutil.which("chromium"),
                args=["--no-sandbox", "--disable-gpu", "--font-render-hinting=none"],
            )
            for size in SIZES:
                _take_all(browser, size, chosen)
            browser.close()
    total = sum(path.stat().st_size for path in IMAGES.glob("*.png"))
    print(f"==> {total / 1e6:.2f} MB in {IMAGES.relative_to(PROJECT)}")
    if total > MOST_BYTES:
        print(f"    more than {MOST_BYTES / 1e6:.1f} MB: take fewer, or less of each")
        return 1
    return 0


def _chosen(wanted: Sequence[str]) -> list[Shot]:
    found = shots()
    if unknown := set(wanted) - {shot.name for shot in found}:
        names = ", ".join(shot.name for shot in found)
        raise SystemExit(f"no picture is called {', '.join(sorted(unknown))}; there are {names}")
    return [shot for shot in found if not wanted or shot.name in wanted]


@contextmanager
def served() -> Iterator[None]:
    """
    The platform with the invented world, until the block ends. No worker runs beside it: what tasks
    would do in the meantime would be on some pictures and not on others.
    """
    subprocess.run([sys.executable, "-m", *_SETTLE], cwd=PROJECT, check=True)
    server = subprocess.Popen(
        [sys.executable, "-m", *_SERVE, "--no-access-log", "--lifespan", "off"], cwd=PROJECT
    )
    try:
        _wait_for(server)
        yield
    finally:
        server.terminate()
        server.wait(30)


def _wait_for(server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + TIMEOUT
    while time.monotonic() < until:
        if server.poll() is not None:
            raise SystemExit("the platform stopped; what it said stands above")
        try:
            urllib.request.urlopen(ADDRESS, timeout=5).close()
        except (urllib.error.URLError, OSError):
            time.sleep(1)
        else:
            return
    raise SystemExit(f"the platform did not answer at {ADDRESS} within {TIMEOUT:.0f} seconds")


def _take_all(browser: Browser, size: str, chosen: Sequence[Shot]) -> None:
    width, height = SIZES[size]
    blank = browser.new_page()
    for who in dict.fromkeys(shot.who for shot in chosen):
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="light",
            reduced_motion="reduce",
            locale="zh-TW",
            timezone_id="Asia/Taipei",
        )
        page = context.new_page()
        if who:
            _log_in(page, who)
        for shot in chosen:
            if shot.who == who:
                _take(page, shot, size, blank)
        context.close()
    blank.close()


def _log_in(page: Page, who: str) -> None:
    page.goto(f"{ADDRESS}/accounts/login/")
    page.fill("#id_login", who)
    page.fill("#id_password", PASSWORD)
    page.click("main form button[type=submit]")
    page.wait_for_load_state()
    if "/login" in page.url:
        raise SystemExit(f"{who} could not log in")


def _take(page: Page, shot: Shot, size: str, blank: Page) -> None:
    answer = page.goto(f"{ADDRESS}{shot.path}")
    if answer is None or answer.status != 200:
        raise SystemExit(f"{shot.name}: {shot.path} answered {answer and answer.status}")
    if shot.act is not None:
        shot.act(page)
    page.wait_for_load_state("networkidle")
    whole: int = page.evaluate("document.documentElement.scrollHeight")
    clip: FloatRect = {"x": 0, "y": 0, "width": SIZES[size][0], "height": min(whole, MOST_HIGH)}
    taken = page.screenshot(full_page=True, clip=clip, animations="disabled")
    picture = smaller(taken, blank)
    path = IMAGES / f"{shot.name}-{size}.png"
    path.write_bytes(picture)
    print(f"    {path.name:<28} {len(taken) // 1024:>5} kB, {len(picture) // 1024:>4} kB")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
