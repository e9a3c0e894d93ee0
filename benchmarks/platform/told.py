"""What was measured of pages, printed in full, and as a page of the documentation."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from statistics import median

import origin
from walked import MOST_ROWS, TIMED_FEW, Measured, Page

_PAGE = origin.ROOT / "docs" / "explanation" / "platform-performance.md"
_SLOWEST = 15


def printed(measured: Measured) -> None:
    """Every page, the slowest first."""
    base = _base(measured)
    sizes = "/".join(f"{people:,}" for people in measured.people)
    print(
        f"查詢 queries ({sizes}) · 列 rows · ms · × {base:,} 人 people · 最慢的查詢 slowest query"
    )
    for page in _slowest(measured):
        queries = "/".join(str(page.queries(people)) for people in measured.people)
        statement, seconds = max(
            (one.slowest for one in page.costs[measured.people[-1]]), key=lambda one: one[1]
        )
        print(
            f"{queries:>14} {page.rows:>6} {1000 * _seconds(measured, page):>8.1f} "
            f"{_ratio(measured, page):>6.1f}  {page.door.says}"
            f"{' · file' if page.file else ''}\n{'':>24}{1000 * seconds:.1f} ms {statement[:150]}"
        )
    for name, by in measured.work.items():
        print(f"{name}: " + ", ".join(f"{n:,}: {s:.1f} s" for n, s in by.items()))
    for page, fault in measured.faults():
        print(f"!! {page.door.says}: {fault}")


def write(measured: Measured) -> None:
    _PAGE.parent.mkdir(parents=True, exist_ok=True)
    _PAGE.write_text("\n".join(_page(measured)) + "\n", encoding="utf-8")
    print(f"{_PAGE.relative_to(origin.ROOT)} written")


def _base(measured: Measured) -> int:
    return TIMED_FEW if TIMED_FEW in measured.people else measured.people[0]


def _seconds(measured: Measured, page: Page) -> float:
    return page.seconds(measured.people[-1])


def _ratio(measured: Measured, page: Page) -> float:
    return _seconds(measured, page) / page.seconds(_base(measured))


def _slowest(measured: Measured) -> list[Page]:
    return sorted(measured.pages, key=lambda page: -_seconds(measured, page))


def _page(measured: Measured) -> Iterator[str]:
    people, base = measured.people[-1], _base(measured)
    shown = [page for page in measured.pages if not page.file]
    files = [page for page in measured.pages if page.file]
    yield "<!-- make bench-platform writes this page; do not change it by hand. -->"
    yield from ("# 平台有多快 How fast the platform is", "")
    yield (
        f"虛構的 {people:,} 人、{measured.records:,} 筆紀錄，放進自己的 PostgreSQL；每一頁，由每個"
        f"可以開它的人各開一次（清單另開最後一頁與各種搜尋）。時間是 {measured.rounds} 次的中位數，"
        f"比值取自同一次執行：{people:,} 人時對 {base:,} 人時。"
    )
    yield ""
    yield (
        f"{people:,} invented people with {measured.records:,} records, in a PostgreSQL of their "
        "own; every page is asked for by each who may open it (lists also for their last page and "
        f"for what they search). Times are the median of {measured.rounds}, ratios are of the same "
        f"run: with {people:,} people against {base:,}."
    )
    yield from ("", f"- {origin.made_now()}", f"- {origin.machine()}")
    yield f"- Python {platform.python_version()}, PostgreSQL {_postgres()}"
    yield from ("", "| | |", "|---|---:|")
    yield f"| 頁 × 人 pages × people | {len(shown):,} |"
    grew = sum(page.fault().startswith("查詢") for page in shown)
    few = "、".join(f"{n:,}" for n in measured.people if n >= base)
    yield f"| 查詢數隨人數增加的 whose queries grow（{few}） | {grew} |"
    yield f"| 一頁最多幾次查詢 most queries of a page | {max(p.queries(people) for p in shown)} |"
    most = max(page.rows for page in shown)
    yield f"| 一次查詢最多取幾列 most rows of a query（≤ {MOST_ROWS:,}） | {most:,} |"
    times = sorted(_seconds(measured, page) for page in shown)
    yield f"| 中位 median | {1000 * median(times):.0f} ms |"
    yield f"| 95% | {1000 * times[int(0.95 * (len(times) - 1))]:.0f} ms |"
    yield f"| 最慢 slowest | {1000 * times[-1]:.0f} ms |"
    yield from ("", f"## 最慢的 {_SLOWEST} 頁 The slowest {_SLOWEST}", "")
    yield from _table(measured, _each_once([p for p in _slowest(measured) if not p.file]))
    if files:
        yield from ("", "## 匯出的檔案 Files to keep", "")
        yield (
            "檔案有多長，就讀多久；分批讀，不整個放進記憶體。 "
            "As long as what is in them; read in parts."
        )
        yield ""
        yield from _table(measured, _each_once([p for p in _slowest(measured) if p.file]))
    yield from ("", "## 在背景算的 What is done in the background", "")
    yield f"| | {base:,} 人 people, s | {people:,} 人 people, s |"
    yield "|---|---:|---:|"
    for name, by in measured.work.items():
        yield f"| {name} | {by.get(base, 0):.1f} | {by[people]:.1f} |"


def _each_once(pages: list[Page]) -> list[Page]:
    """Of each address the slowest."""
    found: dict[str, Page] = {}
    for page in pages:
        found.setdefault(page.door.address.name, page)
    return list(found.values())[:_SLOWEST]


def _table(measured: Measured, pages: list[Page]) -> Iterator[str]:
    people = measured.people
    yield (
        "| 頁 page | 誰 who | 查詢 queries（" + " / ".join(f"{n:,}" for n in people)
        + "） | 最多列 rows | ms | × |"
    )  # fmt: skip
    yield "|---|---|---:|---:|---:|---:|"
    for page in pages:
        queries = " / ".join(str(page.queries(n)) for n in people)
        _, _, asked = page.door.url.partition("?")
        name = f"`{page.door.address.name}`" + (f" `?{asked}`" if asked else "")
        yield (
            f"| {name} | {page.door.who} | {queries} | {page.rows:,} | "
            f"{1000 * _seconds(measured, page):.0f} | {_ratio(measured, page):.1f} |"
        )


def _postgres() -> str:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return str(cursor.fetchone()[0])
