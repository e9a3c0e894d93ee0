"""
The catalogue: every regulation there is, by its id.

Those in this folder are listed here; others join through the entry point ``tiaoli.regulations``.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.metadata import entry_points

from tiaoli.facts.names import nearest
from tiaoli.rules import Regulation

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


def ids() -> tuple[str, ...]:
    """The ids of all regulations, ours first."""
    others = sorted(point.name for point in entry_points(group="tiaoli.regulations"))
    return (*_FOLDERS, *(name for name in others if name not in _FOLDERS))


@cache
def find(regulation_id: str) -> Regulation:
    """The regulation with this id. Raises UnknownRegulation, naming the nearest."""
    if folder := _FOLDERS.get(regulation_id):
        found: Regulation = import_module(f"tiaoli.regulations.{folder}").REGULATION
        return found
    for point in entry_points(group="tiaoli.regulations"):
        if point.name == regulation_id:
            regulation: Regulation = point.load()
            return regulation
    hint = nearest(regulation_id, ids())
    raise UnknownRegulation(
        f"沒有編號「{regulation_id}」的法規。{hint.zh} / "
        f"There is no regulation {regulation_id!r}. {hint.en}"
    )


def folder_of(regulation_id: str) -> str | None:
    """The package that holds a regulation of this repository, with its cases."""
    folder = _FOLDERS.get(regulation_id)
    return None if folder is None else f"tiaoli.regulations.{folder}"
