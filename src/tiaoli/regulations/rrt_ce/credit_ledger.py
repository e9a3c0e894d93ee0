"""
What a person's activities count together, in the order in which the text has it worked out:
minutes, rate, factor, cap, and the parent regulation's limit on quality, ethics and law.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from tiaoli.facts.kinds import Label
from tiaoli.regulations.rrt_ce.caps import CAPS, MODE_CAPS, ONCE
from tiaoli.regulations.rrt_ce.credit_terms import (
    before_the_cycle,
    entry,
    in_cycle,
    standing,
)
from tiaoli.regulations.rrt_ce.credits import SAME_COURSE, raw_points
from tiaoli.regulations.rrt_ce.multipliers import factor
from tiaoli.rules import (
    NEVER,
    TENTH,
    AmountNode,
    Cap,
    Figure,
    Question,
    Rule,
    all_of,
    capped,
    excess,
    ledger,
    number_of,
    points,
    reading,
    total,
)

PROFESSIONAL = entry.attribute.is_("professional")
SUPPORTING = entry.attribute.is_in("quality", "ethics", "law")
_MOST_SUPPORTING = points(24)
"""Of quality, ethics and law together no more counts in six years (the parent regulation)."""

_goes_first = reading("rrt.cap.allocation", chronological=NEVER, best_for_holder=PROFESSIONAL)
_ONE = number_of(1)


def _of(within: Rule, times_: AmountNode, caps: tuple[Cap, ...], **rounded: Any) -> AmountNode:
    def by(cap_first: bool) -> AmountNode:
        return ledger(
            standing,
            raw_points(),
            day=entry.date,
            factor=times_,
            caps=caps,
            once=ONCE,
            cap_first=cap_first,
            first=_goes_first,
            within=within,
            **rounded,
        )

    return reading("rrt.cap.order", multiply_then_cap=by(False), cap_then_multiply=by(True))


def _reckoned(within: Rule, caps: tuple[Cap, ...] = CAPS) -> AmountNode:
    """
    What is multiplied is truncated to tenths, if at all, as the minutes of an activity are: for a
    course at once, or for each session by itself. A cap that comes first binds the raw amounts.
    """
    return reading(
        "rrt.multiplier.rounding",
        exact=_of(within, factor, caps),
        tenth_floor=reading(
            "rrt.credit.aggregation",
            per_case_attribute_role=_of(within, factor, caps, step=TENTH, pooled=SAME_COURSE),
            per_session=_of(within, factor, caps, step=TENTH),
        ),
    )


@cache
def _supporting() -> AmountNode:
    multiplied = _reckoned(all_of(in_cycle, SUPPORTING))
    return reading(
        "rrt.multiplier.on_attribute_minimum",
        multiplied_counts=multiplied,
        raw=_of(all_of(in_cycle, SUPPORTING), _ONE, CAPS),
    )


@cache
def _professional() -> AmountNode:
    return _reckoned(all_of(in_cycle, PROFESSIONAL))


def _carried_over() -> Iterator[AmountNode]:
    """What the cycle before left over of each mode, as far as its cap still has room."""
    for _, mode, most in MODE_CAPS:
        of = entry.mode.is_(mode)
        left_over = excess(_reckoned(all_of(before_the_cycle, of), ()), points(most))
        now = _reckoned(all_of(in_cycle, of))
        yield excess(capped(total(now, left_over), points(most)), now)


@cache
def _all_credits() -> AmountNode:
    counted = total(_professional(), capped(_supporting(), _MOST_SUPPORTING))
    return reading(
        "rrt.cap.overflow",
        lost_at_cycle_end=counted,
        carry=total(counted, *_carried_over()),
    )


credits_ = Question(
    id="credits",
    label=Label("積分帳", "Credit ledger"),
    asks=Label(
        "執照週期內各項活動採計多少積分，哪些不計、為什麼",
        "what each activity of the licence cycle counts, and why any part of it does not",
    ),
    undecided="needs_review",
    figures=(
        Figure("total", Label("採計總點數", "Total counted"), _all_credits()),
        Figure("professional", Label("專業課程", "Professional"), _professional()),
        Figure(
            "quality_ethics_law",
            Label("品質、倫理、法規", "Quality, ethics and law"),
            _supporting(),
        ),
    ),
)


def _attribute(name: str) -> AmountNode:
    return _reckoned(all_of(in_cycle, entry.attribute.is_(name)))


by_attribute = Question(
    id="credits-by-attribute",
    label=Label("各屬性積分", "Credits by attribute"),
    asks=Label(
        "執照週期內品質、倫理、法規各採計多少積分",
        "what counts in the licence cycle for quality, for ethics and for law",
    ),
    undecided="needs_review",
    figures=(
        Figure("quality", Label("專業品質", "Quality"), _attribute("quality")),
        Figure("ethics", Label("專業倫理", "Ethics"), _attribute("ethics")),
        Figure("law", Label("專業相關法規", "Law"), _attribute("law")),
    ),
)

QUESTIONS = (credits_, by_attribute)
