"""
How strategies find one another: a rule may hold sets, and a set may hold rules.

``told_briefly`` declares a strategy by its name; ``later`` stands for one that is declared in a
file further down.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from hypothesis import strategies as st

_DECLARED: dict[str, Callable[..., st.SearchStrategy[Any]]] = {}


@st.composite
def _drawn(draw: st.DrawFn, make: Callable[..., st.SearchStrategy[Any]], *of: Any) -> Any:
    return draw(make(*of))


def told_briefly(
    make: Callable[..., st.SearchStrategy[Any]],
) -> Callable[..., st.SearchStrategy[Any]]:
    """Made once, and shown by its name: spelled out, a rule's strategy fills a screen or a disk."""
    made = cache(make)

    def named(*of: Any) -> st.SearchStrategy[Any]:
        return _drawn(made, *of)

    _DECLARED[make.__name__] = named
    return named


def later(name: str, *of: Any) -> st.SearchStrategy[Any]:
    """The strategy called ``name``, looked up when it is first drawn from."""
    return st.deferred(lambda: _DECLARED[name](*of))
