"""Contenders in the order of their totals."""

from __future__ import annotations

from hypothesis import strategies as st

from strategies.plain import ORDERS
from strategies.sets import sets
from tiaoli.rules import (
    RankingMethod,
    contest,
    earliest,
    in_cycle,
    latest,
    number_of,
    points,
    rank,
    records,
    the,
    tied,
)

_contender = records("contender")
_contests = st.builds(
    lambda of, width: contest(
        of, total=_contender.total, priority=_contender.self_trained, width=points(width)
    ),
    sets("contender"),
    st.sampled_from([0, 1, "1.5"]),
)
_whose = st.sampled_from([way(_contender).programme for way in (the, latest, earliest)])

ranking_rules = st.one_of(
    st.builds(
        lambda op, among, whose, method, n: op(rank(among, whose, method), number_of(n)),
        st.sampled_from(ORDERS),
        _contests,
        _whose,
        st.sampled_from(RankingMethod),
        st.integers(1, 3),
    ),
    st.builds(in_cycle, _contests, _whose),
    st.builds(tied, _contests, _whose),
)
