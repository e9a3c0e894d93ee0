"""Timing of one call at a time. Only the standard library, for it also runs beside the peers."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from statistics import median, quantiles
from time import perf_counter_ns

_FEWEST = 50


def sample(call: Callable[[], object], seconds: float) -> list[float]:
    """Microseconds of each call, for about ``seconds``; the collector runs as it always does."""
    for _ in range(_FEWEST):
        call()
    gc.collect()
    taken: list[float] = []
    end = perf_counter_ns() + int(seconds * 1e9)
    while len(taken) < _FEWEST or perf_counter_ns() < end:
        start = perf_counter_ns()
        call()
        taken.append((perf_counter_ns() - start) / 1000)
    return taken


def summary(taken: Sequence[float]) -> dict[str, float]:
    """The median and the 99th percentile."""
    return {"median": median(taken), "p99": quantiles(taken, n=100)[98]}
