"""
``make bench-population``: two questions asked of 10,000, 100,000 and 1,000,000 invented people, by
tiaoli's engines, by hand-written code and by other engines.

All must give the same answers before any is timed. Rounds go from one to the next, so that a busy
machine slows all of them alike; a figure is the median of five. Writes
``docs/explanation/performance.md`` unless told ``--no-page``.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

_HERE = Path(__file__).parent
sys.path.insert(1, str(_HERE.parent))

import contest
import page
import peers
from questions import QUESTIONS


def main() -> int:
    given = _arguments()
    for package in ("zen-engine", "polars", "OpenFisca-Core"):
        peers.require(package)
    measured = page.Measured()
    with tempfile.TemporaryDirectory() as kept:
        for question in given.questions:
            for size in given.sizes:
                folder = Path(given.keep or kept) / f"{question}-{size}"
                print(f"{question}, {size:,} people", flush=True)
                _prepare(question, size, folder)
                told = json.loads((folder / "done.json").read_text())
                measured.facts[question, size] = told["facts"] / max(1, told["subjects"])
                lines = contest.held(question, size, folder, given.only)
                measured.lines[question, size] = lines
                if question == "RT3" and not given.only:
                    measured.what_if[size] = contest.what_if(folder)
                print(page.table(lines), flush=True)
    if not given.no_page:
        page.write(measured)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=_sizes, default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--questions", type=_questions, default=list(QUESTIONS))
    parser.add_argument("--only", type=lambda t: t.split(","), default=[], help="parts of labels")
    parser.add_argument("--keep", help="a folder to keep the invented people in")
    parser.add_argument("--no-page", action="store_true")
    given = parser.parse_args()
    if given.only and not given.no_page:
        parser.error("a page is written of everybody; with --only say --no-page")
    return given


def _sizes(text: str) -> list[int]:
    return sorted(int(one.replace("_", "")) for one in text.split(","))


def _questions(text: str) -> list[str]:
    wanted = text.split(",")
    if unknown := set(wanted) - QUESTIONS.keys():
        raise argparse.ArgumentTypeError(f"{sorted(unknown)}: choose from {list(QUESTIONS)}")
    return wanted


def _prepare(question: str, size: int, folder: Path) -> None:
    """In a process of its own, so that what it took is given back."""
    script = str(_HERE / "data.py")
    subprocess.run([sys.executable, script, question, str(size), str(folder)], check=True)


if __name__ == "__main__":
    sys.exit(main())
