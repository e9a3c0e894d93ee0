"""The page that tells what was measured, and which of the aims are met."""

from __future__ import annotations

import math
import os
import platform
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import peers
from contest import ROUNDS, Line

_ROOT = Path(__file__).parents[2]
_PAGE = _ROOT / "docs" / "explanation" / "performance.md"
KERNEL = "tiaoli, kernel, 1 thread"
Lines = Mapping[str, Line]
Aim = tuple[str, str, bool]
"""What is aimed at, what was found, and whether that is met."""


@dataclass
class Measured:
    """Everything of one run of the command, by question and number of people."""

    lines: dict[tuple[str, int], dict[str, Line]] = field(default_factory=dict)
    facts: dict[tuple[str, int], float] = field(default_factory=dict)
    what_if: dict[int, Line] = field(default_factory=dict)

    def sizes(self, question: str) -> list[int]:
        return sorted(size for asked, size in self.lines if asked == question)

    def questions(self) -> list[str]:
        return list(dict.fromkeys(question for question, _ in self.lines))


def table(lines: Lines) -> str:
    """One question and one number of people, as Markdown."""
    rows = [
        "| | 秒 s | × kernel | 峰值記憶體 MB peak | 讀入 MB read | 倍 × | 比對 compared |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    base = lines[KERNEL].median if KERNEL in lines else math.nan
    for label, line in lines.items():
        read = line.ready["read"]
        rows.append(
            f"| {label} | {line.median:.4f} | {line.median / base:.2f} | {line.memory / 1e6:.0f} | "
            f"{read / 1e6:.0f} | {line.memory / read:.1f} | {line.compared:,} |"
        )
    return "\n".join(rows)


def write(measured: Measured) -> None:
    _PAGE.parent.mkdir(parents=True, exist_ok=True)
    _PAGE.write_text("\n".join(_page(measured)) + "\n", encoding="utf-8")
    print(f"{_PAGE.relative_to(_ROOT)} written")


def _page(measured: Measured) -> Iterator[str]:
    yield from _HEAD
    yield f"- {_commit()}, {date.today().isoformat()}"
    yield f"- {_machine()}"
    yield f"- {_versions()}"
    yield ""
    yield from ("## 目標 Aims", "")
    yield from ("| 目標 aim | 測得 measured | 達成 met |", "|---|---|---|")
    for aim, found, met in _aims(measured):
        yield f"| {aim} | {found} | {'**是 yes**' if met else '**否 no**'} |"
    for question in measured.questions():
        yield from ("", f"## {_TITLES[question]}", "")
        for size in measured.sizes(question):
            facts = measured.facts[question, size]
            yield f"### {size:,} 人 people（平均 {facts:.1f} 筆事實 facts each）"
            yield from ("", table(measured.lines[question, size]), "")
        yield from _growth_table(measured, question)
        yield from _cold_table(measured.lines[question, measured.sizes(question)[-1]])
    yield from _what_if_table(measured)
    yield from _tail()


_TITLES = {
    "RT3": "rt-ladder RT3：結果與每條的真假 outcome and a truth for each clause",
    "credits": "rrt-ce credits：六年積分與上限 six years of credits under caps",
}
_HEAD = (
    "<!-- make bench-population writes this page; do not change it by hand. -->",
    "# 母體計算的速度 How fast a population is worked out",
    "",
    "兩個問題，對虛構的母體各問一次。計時之前，所有程式的答案都先比對相等：結果、每條的真假",
    "（含未知）、金額的確定值與可能值。各輪由各程式輪流執行，數字是"
    f"{ROUNDS}輪的中位數，比值取自同一次執行。",
    "",
    "Two questions, asked of invented populations. Before anything is timed all answers are held",
    "equal: outcome, a truth for each clause (unknown included), what is certain and what is",
    "possible of each amount. Rounds go from one program to the next; a figure is the median of",
    f"{ROUNDS}, ratios are of the same run.",
    "",
)
_NOTES = (
    (
        "手寫程式都處理未知值，並給出每條的真假，與引擎相同。C 以 gcc -O2 -march=native 編譯，"
        "單執行緒。",
        "Hand-written code takes unknown values into account and gives a truth for each clause, as "
        "the engines do. C is compiled with gcc -O2 -march=native and uses one thread.",
    ),
    (
        "OpenFisca 的公式就是手寫的 NumPy，經由它的變數與輸入；差別是引擎本身的代價。",
        "OpenFisca's formulas are the hand-written NumPy, through its variables and inputs; what "
        "it takes more is the cost of the engine.",
    ),
    (
        "zen 沒有未知值，也沒有理由：只比對所有事實都已知的人的結果；合併期間與時間窗事先算好，"
        "不計時。它不能表達依序分配的上限，因此沒有積分一題；最多一萬人。",
        "zen has no unknown values and gives no reasons: outcomes are compared for the people of "
        "whom all is known. Windows and merged periods are worked out beforehand and not timed. It "
        "cannot say how a cap is shared out in turn, so it has no credits; at most 10,000 people.",
    ),
    (
        "峰值記憶體是子行程曾占用的最多記憶體，減去載入程式庫之後的值，含資料與編碼；「讀入」是交給它的表"
        "或欄位。",
        "Peak memory is the most that a subprocess has held less that after its imports, encoding "
        "included; read: the tables or columns that it is given.",
    ),
    (
        "tiaoli 與 DuckDB 的輸入是表；C、NumPy、Polars、OpenFisca、zen 的輸入是已編碼的數字欄位。"
        "編碼的時間列在冷啟動。",
        "tiaoli and DuckDB are given tables; C, NumPy, Polars, OpenFisca and zen columns of "
        "numbers, encoded already. What encoding takes is told under cold start.",
    ),
    (
        "「tiaoli, SQL」的時間含寫出查詢（write）；手寫的查詢已經寫好。",
        "The time of tiaoli's SQL includes the writing of the query (write); by hand it stands "
        "written.",
    ),
    (
        "Spark 與 PostgreSQL 未量測。",
        "Spark and PostgreSQL are not measured.",
    ),
)


def _tail() -> Iterator[str]:
    yield from ("", "## 如何讀 How to read this", "")
    for zh, en in _NOTES:
        yield f"- {zh}"
        yield f"  {en}"


# The aims


def _aims(measured: Measured) -> Iterator[Aim]:
    for question in measured.questions():
        size = measured.sizes(question)[-1]
        lines = measured.lines[question, size]
        yield from _ratios(question, size, lines)
        yield from _peers(question, measured)
        exponent = growth(measured, question, KERNEL)
        if exponent is not None:
            says = f"成長指數 ≤ 1.05 growth exponent（{question}）"
            yield says, f"{exponent:.3f}", exponent <= 1.05
        line = lines[KERNEL]
        over = line.memory / line.ready["read"]
        says = f"記憶體 ≤ 2 × 讀入 memory（{question}，{size:,}）"
        yield says, f"{over:.2f} ×", over <= 2
    if measured.what_if:
        size = max(measured.what_if)
        line, plain = measured.what_if[size], measured.lines["RT3", size][KERNEL].median
        compiled = int(line.ready["parts"]["compiled"])
        says = f"what-if 在一次計算的時間內，不編譯 in one pass, no compilation（{size:,}）"
        ratio = line.median / plain
        found = f"{ratio:.2f} ×，編譯 compilations {compiled}"
        yield says, found, ratio <= 1.1 and compiled == 0


def _ratios(question: str, size: int, lines: Lines) -> Iterator[Aim]:
    where = f"（{question}，{size:,}）"
    for threads in ("1 thread", "2 threads"):
        ratio = _ratio(lines, f"Polars by hand, {threads}", f"tiaoli, kernel, {threads}")
        says = f"kernel 快於手寫 faster than Polars by hand, {threads}{where}"
        yield says, _times(ratio), ratio > 1
    c = _ratio(lines, KERNEL, "C by hand")
    yield f"kernel ≤ 1.5 × 手寫 C by hand{where}", _times(c), c <= 1.5
    yield f"kernel ≤ 3 × 手寫 C by hand{where}", _times(c), c <= 3
    for threads in ("1 thread", "2 threads"):
        ratio = _ratio(
            lines, f"tiaoli, SQL on DuckDB, {threads}", f"SQL by hand on DuckDB, {threads}"
        )
        yield f"DuckDB ≤ 1.5 × 手寫 SQL by hand, {threads}{where}", _times(ratio), ratio <= 1.5


def _ratio(lines: Lines, one: str, other: str) -> float:
    """How many times as long ``one`` takes; not a number where one of them could not be run."""
    if one not in lines or other not in lines:
        return math.nan
    return lines[one].median / lines[other].median


def _times(ratio: float) -> str:
    return "無法執行 could not be run" if math.isnan(ratio) else f"{ratio:.2f} ×"


_TIMES = {("OpenFisca", "RT3"): 5, ("OpenFisca", "credits"): 10, ("zen-engine, batch", "RT3"): 100}


def _peers(question: str, measured: Measured) -> Iterator[Aim]:
    """At the greatest number of people that the peer was asked about."""
    for (label, asked), wanted in _TIMES.items():
        sizes = [s for s in measured.sizes(question) if label in measured.lines[question, s]]
        if asked != question or not sizes:
            continue
        lines = measured.lines[question, sizes[-1]]
        ratio = lines[label].median / lines[KERNEL].median
        says = f"kernel ≥ {wanted} × 快於 as fast as {label}（{question}，{sizes[-1]:,}）"
        yield says, f"{ratio:.1f} ×", ratio >= wanted


def growth(measured: Measured, question: str, label: str) -> float | None:
    """The slope of the logarithms of seconds over people; None with fewer than two sizes."""
    points = [
        (math.log(size), math.log(measured.lines[question, size][label].median))
        for size in measured.sizes(question)
        if label in measured.lines[question, size]
    ]
    if len(points) < 2:
        return None
    x, y = (sum(axis) / len(points) for axis in zip(*points, strict=True))
    return sum((a - x) * (b - y) for a, b in points) / sum((a - x) ** 2 for a, _ in points)


# Further tables


def _growth_table(measured: Measured, question: str) -> Iterator[str]:
    yield from ("成長指數 growth exponent:", "")
    yield from ("| | 指數 exponent |", "|---|---:|")
    for label in measured.lines[question, measured.sizes(question)[0]]:
        exponent = growth(measured, question, label)
        yield f"| {label} | {'—' if exponent is None else f'{exponent:.3f}'} |"
    yield ""


_PARTS = ("load", "encode", "plan", "model", "write", "compile")


def _cold_table(lines: Lines) -> Iterator[str]:
    """What comes before the first answer, of those that were asked about most people."""
    yield from ("冷啟動，秒 cold start, seconds:", "")
    yield f"| | import | {' | '.join(_PARTS)} |"
    yield f"|---|---:|{'---:|' * len(_PARTS)}"
    seen = set()
    for label, line in lines.items():
        if line.who.process in seen:
            continue
        seen.add(line.who.process)
        parts = line.ready["parts"]
        told = " | ".join(f"{parts[name]:.3f}" if name in parts else "" for name in _PARTS)
        yield f"| {label} | {line.ready['import']:.3f} | {told} |"
    yield ""


def _what_if_table(measured: Measured) -> Iterator[str]:
    if not measured.what_if:
        return
    yield from ("", "## What-if：RTL-5.RT3.ADMIN.a.hours 改為 12", "")
    yield from (
        "| 人 people | 一次計算 one pass s | 改數字並計算 changed and worked out s | "
        "其中規劃 of that planning s | 編譯次數 compilations |",
        "|---:|---:|---:|---:|---:|",
    )
    for size, line in sorted(measured.what_if.items()):
        plain, parts = measured.lines["RT3", size][KERNEL].median, line.ready["parts"]
        yield (
            f"| {size:,} | {plain:.4f} | {line.median:.4f} | {parts['what-if plan']:.4f} | "
            f"{int(parts['compiled'])} |"
        )
    yield ""


# Where it was measured


def _commit() -> str:
    def git(*words: str) -> str:
        done = subprocess.run(
            ["git", *words], cwd=_ROOT, capture_output=True, text=True, check=True
        )
        return done.stdout.strip()

    changed = git("status", "--porcelain", "--", "src", "benchmarks")
    beside = "（有未提交的變更 with uncommitted changes）" if changed else ""
    return f"commit {git('rev-parse', '--short=12', 'HEAD')}{beside}"


def _machine() -> str:
    """Cores, memory and the family of the processor; nothing by which the machine is known."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} 核 cores, {memory:.0f} GiB, {_processor()}, {platform.system()}"


def _processor() -> str:
    told = {}
    path = Path("/proc/cpuinfo")
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            name, _, value = line.partition(":")
            told.setdefault(name.strip(), value.strip())
    if "vendor_id" not in told:
        return platform.machine()
    return f"{platform.machine()}, {told['vendor_id']} family {told['cpu family']}"


def _versions() -> str:
    from importlib.metadata import version

    ours = [f"{name} {version(name)}" for name in ("numpy", "pyarrow", "duckdb")]
    theirs = [f"{name} {peers.pinned(name)}" for name in ("polars", "OpenFisca-Core", "zen-engine")]
    return f"Python {platform.python_version()}, " + ", ".join([*ours, *theirs])
