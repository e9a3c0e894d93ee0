"""
Invented populations of any size, for benchmarks and for holding one reading of rules against
another. Nobody in them exists, and their shares say nothing about any profession.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Final

from tiaoli.facts.kinds import Label
from tiaoli.facts.names import nearest
from tiaoli.population.invented.making import made
from tiaoli.population.invented.recipe import Recipe
from tiaoli.population.invented.recipes.ir_instructor import INSTRUCTORS
from tiaoli.population.invented.recipes.programmes import PROGRAMMES
from tiaoli.population.invented.recipes.radiation import OPERATORS
from tiaoli.population.invented.recipes.rt_ladder import LADDER
from tiaoli.population.invented.recipes.therapists import THERAPISTS
from tiaoli.population.tables import Facts

__all__ = ["RECIPES", "NoSuchRecipe", "people"]

RECIPES: Final[Mapping[str, Recipe]] = {
    "rt-ladder": LADDER,
    "ir-instructor": INSTRUCTORS,
    "radiation-operator": OPERATORS,
    "rrt-ce": THERAPISTS,
    "cec-licence": THERAPISTS,
    "nm-program": PROGRAMMES,
}
"""By the id of the regulation that is to have something to say about them."""


class NoSuchRecipe(LookupError):
    """A recipe that nobody has written."""


def people(recipe: str, number: int, seed: int, on: datetime.date) -> Facts:
    """
    ``number`` invented subjects whose days crowd around the windows before ``on``; the same for
    the same seed, on every machine. Raises NoSuchRecipe, naming the nearest.
    """
    if recipe not in RECIPES:
        hint: Label = nearest(recipe, RECIPES)
        raise NoSuchRecipe(
            f"沒有「{recipe}」這種虛構母體。{hint.zh} / There is no recipe {recipe!r}. {hint.en}"
        )
    return made(RECIPES[recipe], number, seed, on)
