"""What could not be worked out, and for whom."""

from __future__ import annotations

import ctypes
import datetime
from collections.abc import Sequence
from typing import Final

from tiaoli.facts.kinds import Label
from tiaoli.population import given
from tiaoli.population.plan import Plan
from tiaoli.population.terms import Moving, Term

__all__ = ["KernelTrouble", "Trouble", "told"]


class Trouble(ctypes.Structure):
    """As ``support.c`` has it."""

    _fields_ = (
        ("what", ctypes.c_int64),
        ("subject", ctypes.c_int64),
        ("where", ctypes.c_int64),
        ("value", ctypes.c_int64),
        ("turn", ctypes.c_int64),
    )


class KernelTrouble(ArithmeticError):
    """Something that cannot be worked out for a subject; no result is given of anybody."""

    def __init__(self, subject: str, says: Label) -> None:
        self.subject = subject
        self.says = says
        super().__init__(
            f"「{subject}」無法計算：{says.zh} / "
            f"Nothing can be worked out for {subject!r}: {says.en}"
        )


_MOVED: Final = 1
_LATER: Final = 2
_TOO_GREAT: Final = 3
_NO_DIVISOR: Final = 4
_BACKWARDS: Final = 5
_MEMORY: Final = 6

_SAYS: Final = {
    _TOO_GREAT: Label(
        "數字大到無法精確計算，請檢查紀錄中的數字。",
        "a number is too great to be exact; look at the numbers in the records.",
    ),
    _NO_DIVISOR: Label("規則要除以零。", "the rule divides by nothing."),
    _MEMORY: Label(
        "記憶體不足，請減少執行緒或分批計算。",
        "there is not enough memory; use fewer threads, or fewer subjects at a time.",
    ),
}


def told(trouble: Trouble, watched: Sequence[Term], plan: Plan) -> Label:
    """What went wrong, in words."""
    if trouble.what == _MOVED:
        return _not_moved(trouble, plan.now(watched[trouble.where].data))
    if trouble.what == _LATER:
        return _beyond(_day(trouble))
    if trouble.what == _BACKWARDS:
        return _backwards(_day(trouble))
    return _SAYS[trouble.what]


def _day(trouble: Trouble) -> datetime.date:
    return datetime.date.fromordinal(max(1, trouble.value))


def _beyond(day: datetime.date) -> Label:
    return Label(
        f"由 {day} 起算的日期超出 9999 年，請檢查紀錄中的日期與日數。",
        f"a day counted from {day} is beyond the year 9999; "
        "look at the days and numbers of days in the records.",
    )


def _backwards(day: datetime.date) -> Label:
    return Label(
        f"自 {day} 開始的期間在開始前就結束，請對調起訖日。",
        f"a span from {day} ends before it starts; swap its days.",
    )


def _not_moved(trouble: Trouble, moving: Moving) -> Label:
    """The function that answers use says why."""
    day = _day(trouble)
    try:
        if given.has_turns(moving):
            given.nth_of(moving)(day, trouble.turn)
        else:
            given.movement_of(moving)(day)
    except (ValueError, OverflowError) as problem:
        why = str(problem)
    else:
        why = f"{day}"
    return Label(
        f"由 {day} 推算的日期無法得出（{why}），請檢查紀錄中的日期。",
        f"no day can be counted from {day} ({why}); look at the days in the records.",
    )
