"""
Makes ``lin-case-log.csv``: an invented interventional case log as a hospital system exports it.

Chinese headings, ROC dates without separators, UTF-8 with BOM, one row per procedure. Seeded, so
that it is the same every time: ``python examples/make_case_log.py``.
"""

from __future__ import annotations

import csv
import datetime
import random
from pathlib import Path

OUT = Path(__file__).with_name("lin-case-log.csv")
HEADINGS = (
    "流水號",
    "檢查單號",
    "病人代號",
    "治療日期",
    "術式",
    "血管",
    "適應症",
    "角色",
    "主刀醫師",
)

# procedure as the hospital writes it, vessel, indication, how many rows as primary operator
MIX = (
    ("PTCD", "", "其他", 120),
    ("PCN", "", "其他", 90),
    ("CT切片", "", "腫瘤", 150),
    ("膿瘍引流", "", "其他", 70),
    ("神經阻斷", "", "疼痛", 25),
    ("TACE-lipiodol", "內臟動脈", "腫瘤", 140),
    ("DEB-TACE", "內臟動脈", "腫瘤", 48),
    ("止血栓塞", "內臟動脈", "出血", 76),
    ("UAE", "其他動脈", "子宮肌瘤", 22),
    ("PAE", "其他動脈", "攝護腺", 12),
    ("BRTO", "靜脈", "靜脈瘤", 9),
    ("膝關節疼痛栓塞", "四肢動脈", "疼痛", 8),
    ("洗腎通路PTA", "洗腎通路", "其他", 74),
    ("周邊動脈PTA", "四肢動脈", "其他", 14),
    ("TIPS", "靜脈", "靜脈瘤", 6),
    ("IVC filter", "靜脈", "其他", 14),
    ("膽道支架", "", "其他", 58),
    ("RFA", "", "腫瘤", 66),
    ("微波消融", "", "腫瘤", 41),
    ("診斷血管攝影", "內臟動脈", "其他", 96),
)
ASSISTED = (("止血栓塞", "內臟動脈", "出血", 18), ("TACE-lipiodol", "內臟動脈", "腫瘤", 40))
FIRST, LAST = datetime.date(2019, 7, 1), datetime.date(2026, 5, 20)


def roc(day: datetime.date) -> str:
    return f"{day.year - 1911:03d}{day:%m%d}"


def rows(chance: random.Random) -> list[tuple[str, ...]]:
    days = (LAST - FIRST).days
    found = []
    for mix, role in ((MIX, "主治"), (ASSISTED, "指導")):
        for procedure, vessel, indication, number in mix:
            for _ in range(number):
                day = FIRST + datetime.timedelta(days=chance.randrange(days))
                found.append((day, procedure, vessel, indication, role))
    found.sort()
    return [
        (
            f"{number:05d}",
            f"IR{roc(day)}-{number % 7 + 1:02d}-{number:05d}",
            f"P{chance.randrange(10**6):06d}",
            roc(day),
            procedure,
            vessel,
            indication,
            role,
            "林介入（虛構）",
        )
        for number, (day, procedure, vessel, indication, role) in enumerate(found, 1)
    ]


def same_session(listed: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Some drainages get a stent in the same session: two procedures, two domains."""
    more = [
        (row[0] + "S", *row[1:4], "膽道支架", "", "其他", *row[7:])
        for row in listed
        if row[4] == "PTCD"
    ][::3]
    return sorted([*listed, *more], key=lambda row: row[0])


def main() -> None:
    listed = same_session(rows(random.Random(110_05_14)))
    with OUT.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        writer.writerows(listed)


if __name__ == "__main__":
    main()
