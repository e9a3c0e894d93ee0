"""Which nodes are not read as columns, and why."""

from __future__ import annotations

from collections.abc import Mapping

from tiaoli.facts.kinds import Label
from tiaoli.rules.expressions import Node
from tiaoli.rules.interpretation import AmountByReading, DayByReading, RuleByReading
from tiaoli.rules.ranking import Contest, InCycle, Rank, Tied
from tiaoli.rules.timetables import PerDay

_CHOSEN = Label("讀法須先選定", "a reading is chosen before")
_CONTEST = Label(
    "名次是同一份卷宗裡參加者之間的比較，一次只問一份",
    "a ranking compares those within one dossier, and is asked of one at a time",
)

LEFT_OUT: Mapping[type[Node], Label] = {
    RuleByReading: _CHOSEN,
    DayByReading: _CHOSEN,
    AmountByReading: _CHOSEN,
    Contest: _CONTEST,
    Rank: _CONTEST,
    InCycle: _CONTEST,
    Tied: _CONTEST,
    PerDay: Label(
        "每日議程是一件申請案的內容，一次只問一件",
        "the programme of a day belongs to one filing, and is asked of one at a time",
    ),
}
"""Nodes that a question over many subjects may not have, each with its reason."""
