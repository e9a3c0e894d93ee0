"""Who takes part, and how all of them are run in turn on the same people."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import peers
from names import NAMES

_HERE = Path(__file__).parent
ROUNDS = 5


@dataclass(frozen=True)
class Who:
    """
    A contestant: ``side`` is its process, ``label`` its line in the tables. ``most``: no more
    people than that. ``only``: the question that it can answer. ``settled``: it knows no unknown
    values, and gives the outcome alone.
    """

    side: str
    label: str
    threads: int = 1
    peer: bool = False
    most: int = 10**9
    only: str = ""
    settled: bool = False

    @property
    def process(self) -> tuple[str, str]:
        """Those that set their threads as they run share a process; Polars does not."""
        return self.side, str(self.threads) if self.side == "polars" else ""


CONTESTANTS = (
    Who("kernel", "tiaoli, kernel, 1 thread"),
    Who("kernel", "tiaoli, kernel, 2 threads", 2),
    Who("reading", "tiaoli, SQL on DuckDB, 1 thread"),
    Who("reading", "tiaoli, SQL on DuckDB, 2 threads", 2),
    Who("c", "C by hand"),
    Who("numpy", "NumPy by hand"),
    Who("polars", "Polars by hand, 1 thread", peer=True),
    Who("polars", "Polars by hand, 2 threads", 2, peer=True),
    Who("sql", "SQL by hand on DuckDB, 1 thread"),
    Who("sql", "SQL by hand on DuckDB, 2 threads", 2),
    Who("openfisca", "OpenFisca", peer=True),
    Who("zen", "zen-engine, batch", 1, True, 10_000, "RT3", True),
)


@dataclass
class Line:
    """What came of one contestant: seconds of each round, and what its process told of itself."""

    who: Who
    seconds: list[float] = field(default_factory=list)
    ready: dict[str, Any] = field(default_factory=dict)
    memory: int = 0
    compared: int = 0

    @property
    def median(self) -> float:
        return median(self.seconds)


class Differ(AssertionError):
    """Two contestants answer differently; nothing is timed."""


def held(question: str, size: int, folder: Path, labels: Sequence[str] = ()) -> dict[str, Line]:
    """
    Everybody's lines by label: made ready one after another, held equal, timed in turn. Who cannot
    be made ready has no line. Raises Differ.
    """
    here = [
        who
        for who in CONTESTANTS
        if size <= who.most
        and who.only in ("", question)
        and (not labels or any(name in who.label for name in labels))
    ]
    with ExitStack() as stack:
        processes = _all_ready(here, question, folder, stack)
        ready = [who for who in here if processes[who.process] is not None]
        lines = {who.label: Line(who, ready=processes[who.process][1]) for who in ready}
        for line in lines.values():
            line.memory = _told(processes, line)["memory"]
        _hold_equal(question, folder, lines, processes)
        for _ in range(ROUNDS):
            for line in lines.values():
                line.seconds.append(_told(processes, line)["seconds"])
    return lines


def _all_ready(here: Sequence[Who], question: str, folder: Path, stack: ExitStack) -> Any:
    """A process for each, and what it told when it was ready; None for one that cannot be run."""
    processes: dict[tuple[str, str], Any] = {}
    for who in here:
        if who.process in processes:
            continue
        print(f"    {who.label} …", flush=True)
        process = stack.enter_context(_started(who))
        setup = {"contestant": who.side, "question": question, "folder": str(folder)}
        try:
            processes[who.process] = (process, peers.tell(process, setup))
        except RuntimeError:
            print(f"    {who.label} cannot be run: see above", flush=True)
            processes[who.process] = None
    return processes


def _told(processes: Any, line: Line) -> dict[str, Any]:
    found: dict[str, Any] = peers.tell(
        processes[line.who.process][0], {"threads": line.who.threads}
    )
    return found


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
    script = str(_HERE / "our_side.py")
    pipe = subprocess.PIPE
    settings = os.environ | {"TIAOLI_CACHE": cache}
    command = [sys.executable, script]
    return subprocess.Popen(command, env=settings, stdin=pipe, stdout=pipe, text=True)


def _hold_equal(question: str, folder: Path, lines: dict[str, Line], processes: Any) -> None:
    """All say the same of everybody; the first line is what the others are held to."""
    settled = np.load(folder / "settled.npz")["settled"]
    expected: dict[str, Any] = {}
    for line in lines.values():
        found = _answers(processes[line.who.process][0], line.who.threads)
        if not expected:
            expected, line.compared = found, len(settled)
            continue
        line.compared = int(settled.sum()) if line.who.settled else len(settled)
        for name in ["outcome"] if line.who.settled else NAMES[question]:
            where = settled if line.who.settled else slice(None)
            _same(name, found, expected, where, line.who.label)


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


def _answers(process: Any, threads: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/answers.npz"
        peers.tell(process, {"threads": threads, "answers": path})
        with np.load(path) as found:
            return dict(found)


def what_if(folder: Path) -> Line:
    """RT3 with another number in the text, beside the same question as it stands."""
    line = Line(Who("what-if", "what-if"))
    with _started(line.who) as process:
        setup = {"contestant": "what-if", "question": "RT3", "folder": str(folder)}
        line.ready = peers.tell(process, setup)
        line.seconds = [peers.tell(process, {"threads": 1})["seconds"] for _ in range(ROUNDS)]
    return line
