"""The page that tells what was measured, and which of the aims are met."""

from __future__ import annotations

import math
import platform
from collections.abc import Iterator

import origin
import peers
from aims import KERNEL, REASONS, UNEXPLAINED, Aim, aims, growth
from contest import LONGEST, ROUNDS
from measurements import Cell, Lines, Measured
from written_in_sql import MEMORY

_PAGE = origin.ROOT / "docs" / "explanation" / "performance.md"


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
    print(f"{_PAGE.relative_to(origin.ROOT)} written")


def _page(measured: Measured) -> Iterator[str]:
    yield from _HEAD
    yield from (f"- {made}" for made in _made(measured))
    yield f"- {origin.machine()}"
    yield f"- {_versions()}"
    yield ""
    yield from _aims_table(list(aims(measured)))
    for question in measured.questions():
        yield from ("", f"## {_TITLES[question]}", "")
        for size in measured.sizes(question):
            yield from _cell(measured.cells[question, size])
        yield from _growth_table(measured, question)
        yield from _cold_table(measured, question)
    yield from _what_if_table(measured)
    yield from _tail()


def _made(measured: Measured) -> Iterator[str]:
    """From which commit: once where it is the same for all, else beside what came of it."""
    found: dict[str, list[str]] = {}
    for (question, size), cell in measured.cells.items():
        found.setdefault(cell.made, []).append(f"{question} {size:,}")
    for made, of in found.items():
        yield made if len(found) == 1 else f"{made}：{'、'.join(of)}"


def _aims_table(found: list[Aim]) -> Iterator[str]:
    yield from ("## 目標 Aims", "")
    yield from ("| 目標 aim | 何處 where | 測得 measured | 達成 met |", "|---|---|---:|---|")
    for aim in found:
        yield f"| {aim.says} | {aim.where} | {aim.found} | {_MET[aim.met]} |"
    missed = dict.fromkeys(aim.about for aim in found if aim.met is False)
    if missed:
        yield from ("", "未達成的原因 Why some are not met:", "")
    for about in missed:
        zh, en = REASONS.get(about, UNEXPLAINED)
        yield from (f"- {about}：{zh}", f"  {en}")


_MET = {True: "**是 yes**", False: "**否 no**", None: "未量測 not measured"}


def _cell(cell: Cell) -> Iterator[str]:
    yield f"### {cell.size:,} 人 people（平均 {cell.facts:.1f} 筆事實 facts each）"
    yield from ("", table(cell.lines), "")
    if cell.left_out:
        yield from (f"- {label}：{why}" for label, why in cell.left_out.items())
        yield ""


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
        f"一次超過 {LONGEST:.0f} 秒的不計時，只比對答案；表下有列。",
        f"Who takes more than {LONGEST:.0f} seconds for one pass is held equal but not timed, and "
        "named below the table.",
    ),
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
        "計時之前，事實已在引擎裡：DuckDB 是它自己的表，Spark 是 Parquet 檔（每次計算都讀檔）。"
        "Java 與 session 的啟動列在冷啟動（session）。"
        "同一份手寫 SQL 由 sqlglot 譯成 Spark 的寫法。",
        "The facts are in the engine before anything is timed: tables of DuckDB's own, Parquet "
        "files for Spark (which are read each time). The start of Java and of the session is told "
        "under cold start (session). The hand-written SQL is one text; sqlglot puts it into the "
        "words of Spark.",
    ),
    (
        "輪流執行的分成三組，以免記憶體不足：kernel、C、NumPy、Polars、OpenFisca、zen；DuckDB；"
        "Spark。除了與 zen 的每人比值和 what-if，目標的比值都在同一組、同一次執行內。",
        "Those that take turns are in three heats, so that there is memory enough: kernel, C, "
        "NumPy, Polars, OpenFisca and zen; DuckDB; Spark. Ratios of aims are within one heat of "
        "one run, save those per person with zen and of what-if.",
    ),
    (
        f"DuckDB 的兩方各以 {MEMORY} 為限，超過就寫到磁碟。",
        f"Each of the two on DuckDB may take {MEMORY} of memory; beyond it, it writes to disk.",
    ),
    (
        "Spark 的峰值記憶體含 Java；它占多少主要由所給的堆積上限（4 GB）決定。",
        "The peak memory of Spark includes Java; it depends mostly on the heap that it is given "
        "(4 GB).",
    ),
    (
        "PostgreSQL 未量測：手寫 SQL 用到它沒有的聚合（max_by），要另寫一份。",
        "PostgreSQL is not measured: the hand-written SQL has aggregates (max_by) that it lacks, "
        "and would have to be written again.",
    ),
)


def _tail() -> Iterator[str]:
    yield from ("", "## 如何讀 How to read this", "")
    for zh, en in _NOTES:
        yield f"- {zh}"
        yield f"  {en}"


# Further tables


def _growth_table(measured: Measured, question: str) -> Iterator[str]:
    yield from ("成長指數 growth exponent:", "")
    yield from ("| | 指數 exponent |", "|---|---:|")
    for label in measured.lines(question, measured.sizes(question)[0]):
        exponent = growth(measured, question, label)
        yield f"| {label} | {'—' if exponent is None else f'{exponent:.3f}'} |"
    yield ""


_PARTS = ("session", "load", "encode", "plan", "model", "write", "compile")


def _cold_table(measured: Measured, question: str) -> Iterator[str]:
    """What comes before the first answer, of each where it was asked of most people."""
    yield from ("冷啟動，秒 cold start, seconds:", "")
    yield f"| | 人 people | import | {' | '.join(_PARTS)} |"
    yield f"|---|---:|---:|{'---:|' * len(_PARTS)}"
    largest = {
        line.process: (size, line)
        for size in measured.sizes(question)
        for line in reversed(measured.lines(question, size).values())
    }
    for size, line in largest.values():
        parts = line.ready["parts"]
        told = " | ".join(f"{parts[name]:.3f}" if name in parts else "" for name in _PARTS)
        yield f"| {line.label} | {size:,} | {line.ready['import']:.3f} | {told} |"
    yield ""


def _what_if_table(measured: Measured) -> Iterator[str]:
    asked = {size: cell for (_, size), cell in measured.cells.items() if cell.what_if}
    if not asked:
        return
    yield from ("", "## What-if：RTL-5.RT3.ADMIN.a.hours 改為 12", "")
    yield from (
        "| 人 people | 一次計算 one pass s | 改數字並計算 changed and worked out s | "
        "其中規劃 of that planning s | 編譯次數 compilations |",
        "|---:|---:|---:|---:|---:|",
    )
    for size, cell in sorted(asked.items()):
        line = cell.what_if
        assert line is not None
        plain, parts = cell.lines[KERNEL].median, line.ready["parts"]
        yield (
            f"| {size:,} | {plain:.4f} | {line.median:.4f} | {parts['what-if plan']:.4f} | "
            f"{int(parts['compiled'])} |"
        )
    yield ""


# Where it was measured


def _versions() -> str:
    from importlib.metadata import version

    ours = [f"{name} {version(name)}" for name in ("numpy", "pyarrow", "duckdb", "pyspark")]
    theirs = [f"{name} {peers.pinned(name)}" for name in ("polars", "OpenFisca-Core", "zen-engine")]
    return f"Python {platform.python_version()}, " + ", ".join([*ours, *theirs])
