"""Who takes part, and how all of them are run in turn on the same people."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import peers
from measurements import Line
from names import NAMES

_HERE = Path(__file__).parent
ROUNDS = 5
_STOPPED = "中途停止（記憶體不足？） stopped on the way (out of memory?)"
LONGEST = 90.0
"""Seconds of the pass that is held equal to others: who takes longer is not timed."""


@dataclass(frozen=True)
class Who:
    """
    A contestant: ``side`` is its process, ``label`` its line in the tables, ``heat`` those with
    whom it takes turns. ``most``: no more people than that. ``only``: the question that it can
    answer. ``settled``: it knows no unknown values, and gives the outcome alone.
    """

    side: str
    label: str
    threads: int = 1
    heat: int = 1
    peer: bool = False
    most: int = 10**9
    only: str = ""
    settled: bool = False

    @property
    def process(self) -> str:
        """Those that set their threads as they run share a process; Polars does not."""
        return f"{self.side} {self.threads}" if self.side == "polars" else self.side


CONTESTANTS = (
    Who("kernel", "tiaoli, kernel, 1 thread"),
    Who("kernel", "tiaoli, kernel, 2 threads", 2),
    Who("c", "C by hand"),
    Who("numpy", "NumPy by hand"),
    Who("polars", "Polars by hand, 1 thread", peer=True),
    Who("polars", "Polars by hand, 2 threads", 2, peer=True),
    Who("openfisca", "OpenFisca", peer=True),
    Who("zen", "zen-engine, batch", peer=True, most=10_000, only="RT3", settled=True),
    Who("reading", "tiaoli, SQL on DuckDB, 1 thread", heat=2),
    Who("reading", "tiaoli, SQL on DuckDB, 2 threads", 2, heat=2),
    Who("sql", "SQL by hand on DuckDB, 1 thread", heat=2),
    Who("sql", "SQL by hand on DuckDB, 2 threads", 2, heat=2),
    Who("spark reading", "tiaoli, SQL on Spark, 2 threads", 2, heat=3, most=100_000),
    Who("spark sql", "SQL by hand on Spark, 2 threads", 2, heat=3, most=100_000),
)
"""Who is measured against whom is in one heat; not all are in one, for memory's sake."""


class Differ(AssertionError):
    """Two contestants answer differently; nothing is timed."""


def held(
    question: str, size: int, folder: Path, labels: Sequence[str] = ()
) -> tuple[dict[str, Line], dict[str, str]]:
    """
    Everybody's lines by label: heat by heat made ready one after another, held equal, timed in
    turn. And by label, why somebody has no line. Raises Differ.
    """
    lines: dict[str, Line] = {}
    left_out: dict[str, str] = {}
    here: list[Who] = []
    for who in CONTESTANTS:
        if size > who.most:
            left_out[who.label] = f"最多 {who.most:,} 人 asked of at most {who.most:,} people"
        elif who.only in ("", question) and (not labels or any(n in who.label for n in labels)):
            here.append(who)
    expected: dict[str, Any] = {}
    for heat in sorted({who.heat for who in here}):
        some = [who for who in here if who.heat == heat]
        lines |= _heat(some, question, folder, expected, left_out)
    return lines, left_out


def _heat(
    some: Sequence[Who],
    question: str,
    folder: Path,
    expected: dict[str, Any],
    left_out: dict[str, str],
) -> dict[str, Line]:
    """The first of all to answer fills ``expected``."""
    lines: dict[str, Line] = {}
    with ExitStack() as stack:
        processes = _all_ready(some, question, folder, stack)
        for who in some:
            process, ready = processes[who.process]
            if process is None:
                left_out[who.label] = "無法執行 could not be run"
                continue
            try:
                found, told = _answers(process, who.threads)
            except peers.Stopped as stopped:
                left_out[who.label] = _STOPPED
                print(f"    {who.label}: {stopped}", flush=True)
                continue
            compared = _hold_equal(question, folder, who, found, expected)
            if (seconds := told["seconds"]) > LONGEST:
                left_out[who.label] = f"一次 {seconds:.0f} 秒，未計時 one pass took {seconds:.0f} s"
                continue
            lines[who.label] = Line(
                who.label, who.process, ready, memory=told["memory"], compared=compared
            )
        for _ in range(ROUNDS):
            for who in [who for who in some if who.label in lines]:
                try:
                    told = peers.tell(processes[who.process][0], {"threads": who.threads})
                except peers.Stopped as stopped:
                    del lines[who.label]
                    left_out[who.label] = _STOPPED
                    print(f"    {who.label}: {stopped}", flush=True)
                else:
                    lines[who.label].seconds.append(told["seconds"])
    return lines


def _all_ready(
    some: Sequence[Who], question: str, folder: Path, stack: ExitStack
) -> dict[str, tuple[Any, dict[str, Any]]]:
    """A process for each, and what it told when it was ready; None for one that cannot be run."""
    processes: dict[str, tuple[Any, dict[str, Any]]] = {}
    for who in some:
        if who.process in processes:
            continue
        print(f"    {who.label} …", flush=True)
        process = stack.enter_context(_started(who))
        setup = {
            "contestant": who.side.split()[-1],
            "question": question,
            "folder": str(folder.absolute()),
        }
        try:
            processes[who.process] = (process, peers.tell(process, setup))
        except peers.Stopped:
            print(f"    {who.label} cannot be run: see above", flush=True)
            processes[who.process] = (None, {})
    return processes


@contextmanager
def _started(who: Who) -> Iterator[Any]:
    """The process of a contestant, with a cache of its own: what it compiles is told."""
    with tempfile.TemporaryDirectory() as cache:
        process = _start(who, cache)
        try:
            yield process
        finally:
            process.kill()
            process.communicate()


def _start(who: Who, cache: str) -> Any:
    if who.peer:
        return peers.start("population/peer_side.py", POLARS_MAX_THREADS=str(who.threads))
    script = str(_HERE / ("spark_side.py" if who.side.startswith("spark") else "our_side.py"))
    pipe = subprocess.PIPE
    settings = os.environ | {"TIAOLI_CACHE": cache}
    command = [sys.executable, script]
    return subprocess.Popen(command, env=settings, stdin=pipe, stdout=pipe, text=True)


def _hold_equal(
    question: str, folder: Path, who: Who, found: dict[str, Any], expected: dict[str, Any]
) -> int:
    """Of how many people the same is said, which is everybody that it can be asked about."""
    settled = np.load(folder / "settled.npz")["settled"]
    if not expected:
        expected |= found
    for name in ["outcome"] if who.settled else NAMES[question]:
        _same(name, found, expected, settled if who.settled else slice(None), who.label)
    return int(settled.sum()) if who.settled else len(settled)


def _same(name: str, found: Any, expected: Any, where: Any, label: str) -> None:
    mine, other = (np.asarray(one[name], dtype=np.int64) for one in (found, expected))
    if name.endswith("_high"):  # means nothing where there is no limit
        limited = np.asarray(expected[name.replace("_high", "_limited")], dtype=bool)
        mine, other = np.where(limited, mine, 0), np.where(limited, other, 0)
    if len(mine) != len(other):
        raise Differ(f"{label}: {len(mine)} answers, not {len(other)}")
    differs = np.flatnonzero((mine != other)[where])
    if len(differs):
        raise Differ(f"{label}: {name} differs for {len(differs)} subjects, as {differs[:5]}")


def _answers(process: Any, threads: int) -> tuple[dict[str, Any], dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/answers.npz"
        told = peers.tell(process, {"threads": threads, "answers": path})
        with np.load(path) as found:
            return dict(found), told


def what_if(folder: Path) -> Line:
    """RT3 with another number in the text: from there to the answer."""
    with _started(Who("what-if", "what-if")) as process:
        setup = {"contestant": "what-if", "question": "RT3", "folder": str(folder.absolute())}
        line = Line("what-if", "what-if", peers.tell(process, setup))
        line.seconds += [peers.tell(process, {"threads": 1})["seconds"] for _ in range(ROUNDS)]
    return line
