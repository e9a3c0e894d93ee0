"""
``make bench-population``: two questions asked of 10,000, 100,000 and 1,000,000 invented people, by
tiaoli's engines, by hand-written code and by other engines.

All must give the same answers before any is timed. Rounds go from one to the next, so that a busy
machine slows all of them alike; a figure is the median of five. What came of one question and
number of people is kept in ``build/bench-population`` as soon as it is there; the page
``docs/explanation/performance.md`` is written of all that is kept there, so that parts can be run
apart and at other times.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

_HERE = Path(__file__).parent
sys.path.insert(1, str(_HERE.parent))

import contest
import origin
import page
import peers
from measurements import Cell, keep, kept
from questions import QUESTIONS

_KEPT = _HERE.parents[1] / "build" / "bench-population"


def main() -> int:
    given = _arguments()
    if not given.page_from:
        _run(given)
    if not given.only:
        page.write(kept(given.page_from or given.results, list(QUESTIONS)))
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=_sizes, default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--questions", type=_questions, default=list(QUESTIONS))
    parser.add_argument(
        "--only", type=lambda t: t.split(","), default=[], help="parts of labels: nothing is kept"
    )
    parser.add_argument("--keep", type=Path, help="a folder to keep the invented people in")
    parser.add_argument("--results", type=Path, default=_KEPT, help="where measurements are kept")
    parser.add_argument("--page-from", type=Path, help="measure nothing; the page of this folder")
    return parser.parse_args()


def _run(given: argparse.Namespace) -> None:
    for package in ("zen-engine", "polars", "OpenFisca-Core"):
        peers.require(package)
    with tempfile.TemporaryDirectory() as temporary:
        for size in given.sizes:
            for question in given.questions:
                started = perf_counter()
                print(f"{question}, {size:,} people", flush=True)
                folder = Path(given.keep or temporary) / f"{question}-{size}"
                cell = _cell(question, size, folder, given.only)
                print(page.table(cell.lines), flush=True)
                print(f"    {perf_counter() - started:.0f} s", flush=True)
                if not given.only:
                    keep(cell, given.results)
                if not given.keep:
                    shutil.rmtree(folder)


def _cell(question: str, size: int, folder: Path, only: list[str]) -> Cell:
    _prepare(question, size, folder)
    told = json.loads((folder / "done.json").read_text())
    facts = told["facts"] / max(1, told["subjects"])
    lines, left_out = contest.held(question, size, folder, only)
    asked = question == "RT3" and not only
    what_if = contest.what_if(folder) if asked else None
    return Cell(question, size, facts, origin.made_now(), lines, left_out, what_if)


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
