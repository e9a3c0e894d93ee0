"""Days and amounts around which rules turn: leap days, the edges of windows, small numbers."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from hypothesis import strategies as st

from tiaoli.facts.periods import Period, days, look_back, months, years
from tiaoli.rules import (
    Rule,
    Value,
    hours,
    number_of,
)

_ANCHORS = (
    datetime.date(2024, 2, 29),
    datetime.date(2025, 3, 1),
    datetime.date(2023, 12, 31),
    datetime.date(2026, 6, 30),
)

near_the_edge = st.builds(
    lambda anchor, back, off: look_back(anchor, years(back)) + datetime.timedelta(days=off),
    st.sampled_from(_ANCHORS),
    st.integers(0, 4),
    st.integers(-1, 1),
)
"""A leap day or another anchor, some full years earlier, or the day before or after that."""

asking_days = st.one_of(near_the_edge, st.sampled_from(_ANCHORS))

periods = st.sampled_from(
    [years(1), years(2), years(3), months(6), days(30), Period(years=1, months=1, days=1)]
)
some_years = st.integers(1, 3)
some_minutes = st.sampled_from([hours(0), hours(1), hours(2), hours(4)])
some_numbers = st.integers(0, 3).map(number_of)

OPS: tuple[Callable[[Value, Value], Rule], ...] = (
    lambda a, b: a <= b,
    lambda a, b: a >= b,
    lambda a, b: a < b,
    lambda a, b: a > b,
    lambda a, b: a.same_as(b),
)
ORDERS = OPS[:4]
