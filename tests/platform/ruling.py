"""Readings of the ladder: one key with two of them, who holds it, and whom it turns."""

import datetime

from filing import told_in

from tiaoli.platform.people.models import Mandate, Person
from tiaoli.platform.world import making

KEY, OTHER, DEFAULT = "rtl.levels.cumulative", "all_lower", "own_level_only"


def radiographer(name: str, *without: str) -> Person:
    """Somebody with all that the third level asks for, ``without`` some kinds of it."""
    made = making.person(name, born=datetime.date(1990, 5, 12), email=f"{name}@example.org")
    facts = [fact for fact in told_in("wang-rt3")["facts"] if fact["kind"] not in without]
    making.facts(made, {"facts": facts})
    return made


def mandate() -> Mandate:
    return Mandate.objects.get(regulation="rt-ladder")
