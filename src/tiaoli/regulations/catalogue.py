"""
The catalogue: every regulation there is, by its id.

Those in this folder are listed here; others join through the entry point ``tiaoli.regulations``,
named by the id of the regulation that it leads to.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec

from tiaoli.facts.names import nearest
from tiaoli.rules import BrokenRegulation, Regulation

_FOLDERS = {
    "rt-ladder": "rt_ladder",
    "ir-instructor": "ir_instructor",
    "radiation-operator": "radiation_operator",
    "rrt-ce": "rrt_ce",
    "cec-licence": "cec_licence",
    "nm-program": "nm_program",
}


class UnknownRegulation(LookupError):
    """No regulation has this id."""


@cache
def _elsewhere() -> Mapping[str, EntryPoint]:
    """
    Entry points by the id that they promise; read once, for whoever installs one starts anew.

    Raises ValueError where two regulations go by one id.
    """
    found: dict[str, EntryPoint] = {}
    for point in sorted(entry_points(group="tiaoli.regulations"), key=lambda one: one.name):
        there = found.get(point.name)
        if point.name in _FOLDERS or there not in (None, point):
            raise ValueError(
                f"兩部法規都叫 {point.name}，其一在 {point.value}。請改其中一個的編號。 / "
                f"Two regulations are called {point.name}, one of them in {point.value}. "
                "Give one of them another id."
            )
        found[point.name] = point
    return found


def ids() -> tuple[str, ...]:
    """The ids of all regulations, ours first."""
    return (*_FOLDERS, *_elsewhere())


@cache
def find(regulation_id: str) -> Regulation:
    """
    The regulation with this id. Raises UnknownRegulation, naming the nearest, and BrokenRegulation
    where an entry point leads to something else than the regulation that it names.
    """
    if folder := _FOLDERS.get(regulation_id):
        found: Regulation = import_module(f"tiaoli.regulations.{folder}").REGULATION
        return found
    if point := _elsewhere().get(regulation_id):
        return _loaded(point)
    hint = nearest(regulation_id, ids())
    raise UnknownRegulation(
        f"沒有編號「{regulation_id}」的法規。{hint.zh} / "
        f"There is no regulation {regulation_id!r}. {hint.en}"
    )


def _loaded(point: EntryPoint) -> Regulation:
    found = point.load()
    if not isinstance(found, Regulation) or found.id != point.name:
        what = f"「{found.id}」" if isinstance(found, Regulation) else type(found).__name__
        what_en = repr(found.id) if isinstance(found, Regulation) else type(found).__name__
        raise BrokenRegulation(
            f"entry point「{point.name}」指向 {point.value}，那裡是 {what}；"
            "名稱要與法規的編號相同。 / "
            f"The entry point {point.name!r} leads to {point.value}, which is {what_en}; "
            "its name has to be the id of the regulation."
        )
    return found


def folder_of(regulation_id: str) -> str | None:
    """
    The package that a regulation is written in, with its cases; None where there is none of this
    id, or where it is written in a module that is in no package.
    """
    if folder := _FOLDERS.get(regulation_id):
        return f"tiaoli.regulations.{folder}"
    point = _elsewhere().get(regulation_id)
    spec = None if point is None else find_spec(point.module)
    return None if spec is None else spec.parent or None
