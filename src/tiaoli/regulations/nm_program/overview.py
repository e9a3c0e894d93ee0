"""
All 27 items at a glance: the level suggested for each, and whether scores like these would pass.

Advice, as each suggestion is: the surveyors' scores are what ``passing`` asks about.
"""

from __future__ import annotations

from tiaoli.facts.kinds import Label
from tiaoli.regulations.nm_program import (
    academic,
    evaluation,
    faculty,
    purpose,
    residents,
    resources,
    training,
)
from tiaoli.regulations.nm_program.passing import standard
from tiaoli.regulations.nm_program.scores import ITEMS, NEVER_TWO, WHITELIST, named_item
from tiaoli.regulations.nm_program.suggestion import GAP, OVERLAP, level_of
from tiaoli.rules import (
    AmountNode,
    Band,
    Figure,
    Flag,
    Question,
    all_of,
    how_many,
    number_of,
    told_if_met,
)

_CHAPTERS = (purpose, residents, faculty, training, academic, resources, evaluation)
_OF_ITEM = {question.id: question for chapter in _CHAPTERS for question in chapter.QUESTIONS}
_COUNTED = {item: level_of(_OF_ITEM[item], left_out=number_of(0)) for item in ITEMS}
"""What is not assessed is neither low nor high, and no reason to doubt the rest."""


def _between(low: int, high: int, items: tuple[str, ...] = ITEMS) -> AmountNode:
    """For how many of the items a level from ``low`` to ``high`` is suggested."""
    found = {
        item: all_of(_COUNTED[item].at_least(low), _COUNTED[item].at_most(high)) for item in items
    }
    return how_many(*(told_if_met(named_item(item, rule)) for item, rule in found.items()))


_ones, _twos = _between(1, 1), _between(2, 2, WHITELIST)
_others_below_3 = _between(1, 2, NEVER_TWO)

levels = Question(
    id="levels",
    label=Label("27項建議等級", "the levels suggested for the 27 items"),
    asks=Label(
        "27項各建議幾級；評分若與建議相同，是否達最低及格標準（不含必要條件）",
        "the level suggested for each of the 27 items; whether scores like these would meet the "
        "minimum standard (prerequisites aside)",
    ),
    bands=(
        Band(
            "at_standard",
            standard(
                ones=_ones, twos=_twos, others_below_3=_others_below_3, below_3=_between(1, 2)
            ),
        ),
    ),
    otherwise="below_standard",
    undecided="cannot_suggest",
    figures=(
        *(Figure(item, _OF_ITEM[item].label, level_of(_OF_ITEM[item])) for item in ITEMS),
        Figure("ones", Label("建議1級的項數，應為0", "items at 1, none allowed"), _ones),
        Figure(
            "twos",
            Label(
                "可得2分的九項中建議2級的項數，至多5（沒有住院醫師者0）",
                "of the nine, items at 2, five at most (none without residents)",
            ),
            _twos,
        ),
        Figure(
            "others_below_3",
            Label("其他項目未達3級的項數，應為0", "other items below 3, none allowed"),
            _others_below_3,
        ),
    ),
    flags=tuple(
        Flag(
            f"{item}-{flag.id}",
            Label(f"{item} {flag.label.zh}", f"{item} {flag.label.en}"),
            flag.rule,
        )
        for item in ITEMS
        for flag in _OF_ITEM[item].flags
        if flag.label in (GAP, OVERLAP)
    ),
    summary=True,
)

QUESTIONS = (levels,)
