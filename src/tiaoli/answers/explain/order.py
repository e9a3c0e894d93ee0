"""Reasons in the order of the text."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from tiaoli.answers.answer import Reason


def in_order(reasons: tuple[Reason, ...], order: Mapping[str, int]) -> tuple[Reason, ...]:
    """Reasons in the order of the text, wherever all of a group cite a clause."""
    if _stand_in_order(reasons, order):
        return reasons
    listed = [r._replace(children=in_order(r.children, order)) for r in reasons]
    if all(reason.clause is not None for reason in listed):
        listed.sort(key=lambda reason: order[reason.clause or ""])
    return tuple(listed)


def _stand_in_order(reasons: tuple[Reason, ...], order: Mapping[str, int]) -> bool:
    for reason in reasons:
        if reason.children and not _stand_in_order(reason.children, order):
            return False
    places = [order[reason.clause] for reason in reasons if reason.clause is not None]
    return len(places) < len(reasons) or all(a <= b for a, b in pairwise(places))
