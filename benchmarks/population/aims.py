"""What is aimed at, whether that is met, and why not where it is not."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from measurements import Lines, Measured

KERNEL = "tiaoli, kernel, 1 thread"
_KERNELS = (KERNEL, "tiaoli, kernel, 2 threads")
_LARGE = 100_000
"""From so many people on, aims are told at each size; with none so large, at the largest."""


@dataclass(frozen=True)
class Aim:
    """
    ``about``: by what it is looked up why it is not met; ``found`` in words. ``met`` is None where
    it was not measured.
    """

    about: str
    says: str
    where: str
    found: str
    met: bool | None


def aims(measured: Measured) -> Iterator[Aim]:
    for question in measured.questions():
        sizes = measured.sizes(question)
        for size in [size for size in sizes if size >= _LARGE] or sizes[-1:]:
            where = f"{question}，{size:,}"
            yield from _by_hand(measured.lines(question, size), where)
            yield from _peers(measured, question, size, where)
            yield from _memory(measured.lines(question, size), where)
            yield from _what_if(measured, question, size, where)
        yield from _growth(measured, question)


def _by_hand(lines: Lines, where: str) -> Iterator[Aim]:
    for kernel, threads in zip(_KERNELS, ("1 thread", "2 threads"), strict=True):
        polars = f"Polars by hand, {threads}"
        says = f"{_short(kernel)} 快於 faster than {polars}"
        yield from _at_least("Polars", says, where, _ratio(lines, polars, kernel), 1)
    for most in (1.5, 3):
        says = f"{_short(KERNEL)} ≤ {most:g} × C by hand"
        yield from _at_most("C", says, where, _ratio(lines, KERNEL, "C by hand"), most)
    for engine, threads in (
        ("DuckDB", "1 thread"),
        ("DuckDB", "2 threads"),
        ("Spark", "2 threads"),
    ):
        ours, theirs = (f"{of} on {engine}, {threads}" for of in ("tiaoli, SQL", "SQL by hand"))
        says = f"SQL on {engine} ≤ 1.5 × SQL by hand, {threads}"
        yield from _at_most(engine, says, where, _ratio(lines, ours, theirs), 1.5)


_TIMES = {("OpenFisca", "RT3"): 5, ("OpenFisca", "credits"): 10}
_ZEN, _ZEN_TIMES = "zen-engine, batch", 100


def _peers(measured: Measured, question: str, size: int, where: str) -> Iterator[Aim]:
    """The peers' aims are set for two cores; what one thread comes to is told beside it."""
    lines = measured.lines(question, size)
    for (label, asked), wanted in _TIMES.items():
        for kernel in _KERNELS if asked == question else ():
            says = f"{_short(kernel)} ≥ {wanted} × 快於 as fast as {label}{_aimed(kernel)}"
            yield from _at_least(label, says, where, _ratio(lines, label, kernel), wanted)
    zen = _largest(measured, question, _ZEN)
    if zen is None:
        return
    theirs = measured.lines(question, zen)[_ZEN].median / zen
    for kernel in _KERNELS:
        says = (
            f"{_short(kernel)} ≥ {_ZEN_TIMES} × 快於 as fast as {_ZEN}（每人 per person，"
            f"zen {zen:,} 人 people）{_aimed(kernel)}"
        )
        ratio = theirs / (lines[kernel].median / size) if kernel in lines else None
        yield from _at_least("zen", says, where, ratio, _ZEN_TIMES)


def _aimed(kernel: str) -> str:
    return "（目標訂在兩核 the aim is for 2 cores）" if kernel != KERNEL else ""


def _largest(measured: Measured, question: str, label: str) -> int | None:
    there = [s for s in measured.sizes(question) if label in measured.lines(question, s)]
    return there[-1] if there else None


def _memory(lines: Lines, where: str) -> Iterator[Aim]:
    if line := lines.get(KERNEL):
        says = "kernel 峰值記憶體 peak memory ≤ 2 × 讀入的欄位 columns read"
        yield from _at_most("memory", says, where, line.memory / line.ready["read"], 2)


def _what_if(measured: Measured, question: str, size: int, where: str) -> Iterator[Aim]:
    line = measured.cells[question, size].what_if
    if line is None:
        return
    ratio = line.median / measured.lines(question, size)[KERNEL].median
    compiled = int(line.ready["parts"]["compiled"])
    says = "what-if 在一次計算的時間內（加一成） in the time of one pass (and a tenth)"
    yield from _at_most("what-if", says, where, ratio, 1.1)
    yield Aim("compilation", "what-if 不編譯 compiles nothing", where, str(compiled), compiled == 0)


def _growth(measured: Measured, question: str) -> Iterator[Aim]:
    exponent = growth(measured, question, KERNEL)
    if exponent is not None:
        sizes = measured.sizes(question)
        where = f"{question}，{sizes[0]:,}–{sizes[-1]:,}"
        says = "kernel 成長指數 growth exponent ≤ 1.05"
        yield Aim("growth", says, where, f"{exponent:.3f}", exponent <= 1.05)


def growth(measured: Measured, question: str, label: str) -> float | None:
    """The slope of the logarithms of seconds over people; None with fewer than two sizes."""
    points = [
        (math.log(size), math.log(measured.lines(question, size)[label].median))
        for size in measured.sizes(question)
        if label in measured.lines(question, size)
    ]
    if len(points) < 2:
        return None
    x, y = (sum(axis) / len(points) for axis in zip(*points, strict=True))
    return sum((a - x) * (b - y) for a, b in points) / sum((a - x) ** 2 for a, _ in points)


def _short(label: str) -> str:
    return label.removeprefix("tiaoli, ")


def _ratio(lines: Lines, one: str, other: str) -> float | None:
    """How many times as long ``one`` takes; None where one of them was not asked."""
    if one not in lines or other not in lines:
        return None
    return lines[one].median / lines[other].median


def _at_most(about: str, says: str, where: str, ratio: float | None, most: float) -> Iterator[Aim]:
    yield Aim(about, says, where, _times(ratio), None if ratio is None else ratio <= most)


def _at_least(
    about: str, says: str, where: str, ratio: float | None, least: float
) -> Iterator[Aim]:
    yield Aim(about, says, where, _times(ratio), None if ratio is None else ratio >= least)


def _times(ratio: float | None) -> str:
    return "—" if ratio is None else f"{ratio:.2f} ×"


UNEXPLAINED = ("原因還沒有查明。", "Why has not been looked into yet.")
REASONS = {
    "C": (
        "手寫的 C 只為這一題寫，以 -march=native 編譯；kernel 的程式不綁處理器，"
        "天數與數字由表帶入，所以改數字不必編譯。",
        "The C by hand is written for this question alone and compiled with -march=native; the "
        "kernel's program is tied to no processor and takes days and numbers from tables, so that "
        "another number compiles nothing.",
    ),
    "zen": (
        "合併期間與時間窗替 zen 事先算好、不計時，kernel 的時間包含這些。",
        "Merged periods and windows are worked out for zen beforehand and not timed; in the "
        "kernel's time they are.",
    ),
    "what-if": (
        "改數字要重新規劃題目（見 what-if 表的規劃秒數），這段時間與人數無關，人少時占大半。",
        "Another number means planning the question again (told in the table of what-if); that "
        "takes as long for few people as for many, and with few it is most of the time.",
    ),
    "memory": (
        "峰值含讀入的表與編碼後的欄位，兩份同時在記憶體裡。",
        "The peak holds the tables as they came and the encoded columns, both at once.",
    ),
    "DuckDB": (
        "由規則產生的查詢把每條的成立與可能各成一欄，也寫出查詢本身；手寫的每種紀錄只彙總一次。",
        "The query made from the rules has a column for what is met and one for what is possible, "
        "and its writing is in the time; by hand each kind of record is aggregated once.",
    ),
    "Spark": (
        "由規則產生的查詢分步執行，每步一個暫存結果；手寫的是一個查詢。",
        "The query made from the rules is worked out in steps, each with a table of its own; by "
        "hand it is one query.",
    ),
    "OpenFisca": (
        "它的公式就是手寫的 NumPy，每欄一次，本來就快；比值受限於手寫 NumPy 與 kernel 的差距。",
        "Its formulas are the hand-written NumPy, a column at a time, and fast by themselves: the "
        "ratio can be no greater than hand-written NumPy over the kernel and a little.",
    ),
}
"""Why an aim is not met, by what it is about; shown only where it is not."""
