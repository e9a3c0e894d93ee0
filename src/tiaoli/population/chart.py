"""A waterfall as a picture: one bar for each condition, in the order of the text (SVG)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from tiaoli.facts.kinds import Label
from tiaoli.population.summary import Fall, Waterfall

__all__ = ["svg"]

_WIDTH, _NAMES, _NUMBERS, _ROW, _TOP = 1080, 420, 190, 30, 64
_FONT = "'Noto Sans TC', 'Noto Sans CJK TC', 'PingFang TC', 'Microsoft JhengHei', sans-serif"
_LEFT, _STOPPED, _OPEN, _TEXT, _FAINT = "#2f6f8f", "#c8553d", "#e0b04a", "#1d2430", "#6b7280"
_LEGEND = (
    (_LEFT, Label("通過此條件", "goes on")),
    (_OPEN, Label("尚無資料可判斷", "not known")),
    (_STOPPED, Label("止於此條件", "stopped here")),
)

Says = Callable[[Fall], Label]


@dataclass(frozen=True, slots=True)
class _Bar:
    name: str
    detail: str
    parts: tuple[tuple[str, int], ...]


def svg(waterfall: Waterfall, title: Label, says: Says, *, lang: str = "zh") -> str:
    """The picture as text. ``says`` names a condition; numbers are subjects."""
    bars = [_bar(fall, says(fall).in_(lang), lang) for fall in waterfall.falls]
    bars.append(_last(waterfall, lang))
    height = _TOP + _ROW * len(bars) + 48
    root = ET.Element(
        "svg",
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_WIDTH} {height}",
        width=str(_WIDTH),
        height=str(height),
        role="img",
        style=f"font-family: {_FONT}; background: #ffffff",
    )
    ET.SubElement(root, "title").text = title.in_(lang)
    _text(root, (16, 30), title.in_(lang), size=17, weight="600")
    most = max(waterfall.subjects, 1)
    for number, bar in enumerate(bars):
        _draw(root, bar, _TOP + _ROW * number, most)
    _legend(root, height - 20, lang)
    return ET.tostring(root, encoding="unicode")


def _bar(fall: Fall, name: str, lang: str) -> _Bar:
    goes_on = fall.before - fall.stopped - fall.open
    detail = f"−{fall.stopped:,}"
    if fall.open:
        detail += f"（不明 {fall.open:,}）" if lang == "zh" else f" ({fall.open:,} not known)"
    parts = ((_LEFT, goes_on), (_OPEN, fall.open), (_STOPPED, fall.stopped))
    return _Bar(name, detail, parts)


def _last(waterfall: Waterfall, lang: str) -> _Bar:
    name = {"zh": "全部條件都符合", "en": "meets every condition"}[lang]
    detail = f"{waterfall.passed:,}"
    if waterfall.open:
        detail += f"（不明 {waterfall.open:,}）" if lang == "zh" else f" (+{waterfall.open:,} open)"
    return _Bar(name, detail, ((_LEFT, waterfall.passed), (_OPEN, waterfall.open)))


def _draw(root: ET.Element, bar: _Bar, top: int, most: int) -> None:
    _text(root, (_NAMES - 10, top + 19), _short(bar.name), anchor="end", full=bar.name)
    room = _WIDTH - _NAMES - _NUMBERS
    left = float(_NAMES)
    for colour, number in bar.parts:
        width = room * number / most
        if number:
            ET.SubElement(
                root,
                "rect",
                x=f"{left:.1f}",
                y=str(top + 5),
                width=f"{max(width, 1):.1f}",
                height=str(_ROW - 10),
                fill=colour,
            )
        left += width
    _text(root, (round(left) + 8, top + 19), bar.detail, fill=_FAINT)


def _legend(root: ET.Element, top: int, lang: str) -> None:
    left = _NAMES
    for colour, label in _LEGEND:
        ET.SubElement(
            root, "rect", x=str(left), y=str(top - 10), width="12", height="12", fill=colour
        )
        _text(root, (left + 18, top), label.in_(lang), fill=_FAINT)
        left += 170


def _text(
    root: ET.Element,
    at: tuple[int, int],
    words: str,
    *,
    size: int = 13,
    weight: str = "400",
    anchor: str = "start",
    fill: str = _TEXT,
    full: str = "",
) -> None:
    element = ET.SubElement(
        root,
        "text",
        {"x": str(at[0]), "y": str(at[1]), "font-size": str(size), "font-weight": weight},
        fill=fill,
    )
    element.set("text-anchor", anchor)
    element.text = words
    if full and full != words:
        ET.SubElement(element, "title").text = full


_MOST = 58


def _short(name: str) -> str:
    """So much of a name as fits; a Chinese character takes the room of two letters."""
    room = 0
    for at, letter in enumerate(name):
        room += 2 if ord(letter) > 0x2E7F else 1
        if room > _MOST:
            return name[: at - 1] + "…"
    return name
