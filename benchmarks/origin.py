"""Where and of what something was measured, as pages of measurements tell it."""

from __future__ import annotations

import os
import platform
import subprocess
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parents[1]


def made_now() -> str:
    """The commit and the day of what is measured now."""

    def git(*words: str) -> str:
        done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    changed = git("status", "--porcelain", "--", "src", "benchmarks")
    beside = "（有未提交的變更 with uncommitted changes）" if changed else ""
    commit = git("rev-parse", "--short=12", "HEAD")
    return f"commit {commit}{beside}, {date.today().isoformat()}"


def machine() -> str:
    """Cores, memory and the family of the processor; nothing by which the machine is known."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} 核 cores, {memory:.0f} GiB, {_processor()}, {platform.system()}"


def _processor() -> str:
    told: dict[str, str] = {}
    path = Path("/proc/cpuinfo")
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            name, _, value = line.partition(":")
            told.setdefault(name.strip(), value.strip())
    if "vendor_id" not in told:
        return platform.machine()
    return f"{platform.machine()}, {told['vendor_id']} family {told['cpu family']}"
