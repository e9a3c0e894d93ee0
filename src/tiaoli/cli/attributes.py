"""An attribute of a kind, as a row of a list: its name, what it is, how it is written."""

from __future__ import annotations

from tiaoli.cli.inputs import Screen
from tiaoli.facts.kinds import Absent, Attribute, Label, Type

_LEFT_OUT = Label("；不寫＝無", "; left out = none")

_WRITTEN: dict[Type, Label] = {
    Type.TEXT: Label("文字", "text"),
    Type.TEXTS: Label("多個文字", "texts"),
    Type.WHOLE: Label("整數", "whole number"),
    Type.NUMBER: Label("數字", "number"),
    Type.DURATION: Label("時數，如 3.5 或 50 分", "hours, as 3.5 or 50 min"),
    Type.YES_NO: Label("是／否", "yes or no"),
    Type.DAY: Label("日期，如 115/06/30 或 2026-06-30", "a day, as 2026-06-30 or 115/06/30"),
    Type.MOMENT: Label("日期與時間", "a day and time"),
    Type.REFERENCE: Label("另一筆紀錄的 id", "the id of another fact"),
}


def attribute_row(one: Attribute, screen: Screen) -> tuple[str, str, str]:
    """An attribute for a list: its name, what it is, how it is written."""
    if one.options:
        written = "、".join(f"{o.name}（{screen.say(o.label)}）" for o in one.options)
    else:
        written = screen.say(_WRITTEN[one.type])
    unit = screen.say(one.unit.label) if one.type is not Type.DURATION else ""
    left_out = screen.say(_LEFT_OUT) if one.absent is Absent.NONE else ""
    return one.name, screen.say(one.label), f"{written} {unit}".strip() + left_out
