"""A program run over a population: chunk by chunk, in threads, into one array for each output."""

from __future__ import annotations

import ctypes
import datetime
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np

from tiaoli.population import given
from tiaoli.population.kernel.compiler import library_of
from tiaoli.population.kernel.inputs import given_to
from tiaoli.population.kernel.source import Program, program_of
from tiaoli.population.kernel.troubles import KernelTrouble, Trouble, told
from tiaoli.population.plan import Plan
from tiaoli.population.results import Found
from tiaoli.population.tables import Columns
from tiaoli.population.terms import Sort, Term

__all__ = ["ready", "run"]

_CHUNKS: Final = 8  # for each thread, so that none waits long for another
_LEAST_CHUNK: Final = 512

Tell = Callable[[int, int], None]
"""Told how many subjects are done, and of how many."""


@lru_cache(maxsize=256)
def ready(plan: Plan) -> tuple[Program, Any]:
    """The program of a plan, compiled. Raises NoKernel and NoCompiler."""
    if plan.of is not None:
        return ready(plan.of)
    program = program_of(plan)
    return program, library_of(program.source)


def run(
    plan: Plan,
    columns: Columns,
    on: datetime.date,
    *,
    threads: int | None = None,
    tell: Tell | None = None,
) -> Found:
    """
    The outputs of ``plan`` for every subject (or record asked about) when asked on a day.

    Raises KernelTrouble where something cannot be worked out for somebody, as a day after the last
    day of all; it names the first subject of whom that is so.
    """
    program, entry = ready(plan)
    work = _Work(plan, program, entry, columns, on)
    number = threads or os.cpu_count() or 1
    done = 0
    for count in work.all(number):
        done += count
        if tell is not None:
            tell(done, len(columns))
    work.check()
    return work.found()


@dataclass(eq=False)
class _Chunk:
    first: int
    last: int
    trouble: Trouble


class _Work:
    def __init__(
        self, plan: Plan, program: Program, entry: Any, columns: Columns, on: datetime.date
    ) -> None:
        self.plan, self.program, self.entry = plan, program, entry
        self.columns, self.on = columns, on
        self.input = given_to(program, plan, columns, on)
        self.rows = _asked_rows(plan, columns)
        size = len(columns) if self.rows is None else len(self.rows)
        self.outputs = {term: np.empty(size, dtype=kind) for term, kind in program.outputs}
        outs = [array.ctypes.data for array in self.outputs.values()]
        self.pointers = (ctypes.c_void_p * (len(outs) + 1))(*outs)
        self.chunks: list[_Chunk] = []

    def all(self, threads: int) -> Iterator[int]:
        """Does all chunks; after each, how many subjects it had."""
        size = max(_LEAST_CHUNK, -(-len(self.columns) // (threads * _CHUNKS)))
        starts = range(0, len(self.columns), size)
        self.chunks = [_Chunk(n, min(n + size, len(self.columns)), Trouble()) for n in starts]
        if threads == 1 or len(self.chunks) < 2:
            yield from map(self._one, self.chunks)
            return
        with ThreadPoolExecutor(min(threads, len(self.chunks))) as pool:
            for done in as_completed([pool.submit(self._one, chunk) for chunk in self.chunks]):
                yield done.result()

    def _one(self, chunk: _Chunk) -> int:
        first_row = 0 if self.rows is None or len(self.rows) == 0 else int(self.rows[0])
        self.entry(
            ctypes.addressof(self.input.input),
            ctypes.addressof(self.pointers),
            chunk.first,
            chunk.last,
            first_row,
            ctypes.addressof(chunk.trouble),
        )
        return chunk.last - chunk.first

    def check(self) -> None:
        for chunk in self.chunks:
            if chunk.trouble.what:
                subject = self.columns.subjects[chunk.trouble.subject].as_py()
                raise KernelTrouble(subject, told(chunk.trouble, self.program.watched, self.plan))

    def found(self) -> Found:
        size = len(next(iter(self.outputs.values()), self._subjects()))
        values = dict(self.outputs)
        for term in self.plan.outputs:
            if term not in values:
                values[term] = self._same_for_all(term, size)
        return Found(values, self._subjects(), self.rows)

    def _same_for_all(self, term: Term, size: int) -> Any:
        number, kind = self._fixed(term)
        return np.broadcast_to(np.array(number, dtype=kind), (size,))

    def _fixed(self, term: Term) -> tuple[int, Any]:
        kind = {Sort.BOOL: np.uint8, Sort.DAY: np.int32}.get(term.sort, np.int64)
        if term.op == "const":
            return int(term.data), kind
        if term.sort is Sort.DAY:
            return given.day_of(self.plan.now(term.data), self.on).toordinal(), kind
        return given.number_of(self.plan.now(term.data)), kind

    def _subjects(self) -> Any:
        """By output, the number of the subject."""
        everybody = np.arange(len(self.columns), dtype=np.int64)
        if self.plan.asked is None:
            return everybody
        return np.repeat(everybody, np.diff(self.columns.offsets(self.plan.asked.kind)))


def _asked_rows(plan: Plan, columns: Columns) -> Any | None:
    """The records asked about; those of a population stand one after another."""
    if plan.asked is None:
        return None
    offsets = columns.offsets(plan.asked.kind)
    return np.arange(int(offsets[0]), int(offsets[-1]), dtype=np.int64)
