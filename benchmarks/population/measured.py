"""
One contestant in a process of its own: made ready, run when told, its memory read. Only the
standard library, for it also runs in the peers' environment.

A line of JSON on standard input asks, a line of JSON on standard output answers.
"""

from __future__ import annotations

import gc
import json
import resource
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any, Protocol


class Contestant(Protocol):
    """``read``: the bytes of the columns that it reads, once it is ready."""

    read: int
    parts: dict[str, float]

    def run(self, threads: int) -> Any: ...

    def answers(self, found: Any) -> dict[str, Any]: ...


Maker = Callable[[str, Path], Contestant]
"""Makes a contestant ready for a question and the folder of its people."""


def peak() -> int:
    """
    The most memory that this process has held so far, in bytes, and those that it has started and
    that still run (Spark is one). Where the system tells it, of what it was since it was started:
    ``getrusage`` counts what its parent held as well.
    """
    if Path("/proc/self/status").exists():
        return sum(_held(process) for process in _and_started("self"))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _held(process: str) -> int:
    for line in Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    return 0


def _and_started(process: str) -> Iterator[str]:
    yield process
    for of in Path(f"/proc/{process}/task").glob("*/children"):
        for child in of.read_text(encoding="utf-8").split():
            yield from _and_started(child)


@contextmanager
def timed(parts: dict[str, float], name: str) -> Iterator[None]:
    start = perf_counter()
    yield
    parts[name] = parts.get(name, 0.0) + perf_counter() - start


def serve(imports: Mapping[str, Callable[[], Maker]]) -> None:
    """``imports`` by the name of the contestant: import what it needs and give its maker."""
    setup = json.loads(sys.stdin.readline())
    start = perf_counter()
    make = imports[setup["contestant"]]()
    imported, before = perf_counter() - start, peak()
    contestant = make(setup["question"], Path(setup["folder"]))
    _tell({"import": imported, "parts": contestant.parts, "read": contestant.read})
    for line in sys.stdin:
        asked = json.loads(line)
        gc.collect()
        start = perf_counter()
        found = contestant.run(asked["threads"])
        told = {"seconds": perf_counter() - start, "memory": peak() - before}
        if path := asked.get("answers"):
            _save(contestant.answers(found), path)
        del found
        _tell(told)


def _save(answers: dict[str, Any], path: str) -> None:
    import numpy as np

    np.savez(path, **answers)


def _tell(message: dict[str, Any]) -> None:
    print(json.dumps(message), flush=True)
