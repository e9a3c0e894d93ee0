"""Everything that is no day: options, words, amounts, ids of other records."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

import numpy as np

from tiaoli.facts.kinds import Attribute, Type
from tiaoli.population.invented.days import days
from tiaoli.population.invented.rows import Cells, Draw, Rows

__all__ = [
    "adding_up",
    "in_turn",
    "keys",
    "mostly",
    "names",
    "numbered",
    "one_of",
    "options",
    "several",
    "sometimes",
    "usual",
]

_ANY_OPTION: Final = 0.06
"""The share of rows in which any option may stand, also one that the recipe does not name."""

_DANGLING: Final = "nobody"


def options(**weights: int) -> Draw:
    """One of these options by weight, and now and then any other, save in firm rows."""

    def draw(rows: Rows, attribute: Attribute, random: np.random.Generator) -> Cells:
        return Cells(_choose(attribute, weights, rows, random))

    return draw


def _choose(
    attribute: Attribute, weights: dict[str, int], rows: Rows, random: np.random.Generator
) -> Any:
    names, count = attribute.option_names, rows.total
    if unknown := weights.keys() - set(names):
        raise ValueError(f"{attribute.name}: {sorted(unknown)}")
    tickets = np.array([names.index(name) for name, n in weights.items() for _ in range(n)])
    anything = random.integers(0, len(names), count)
    if len(tickets) == 0:
        return anything
    chosen = tickets[random.integers(0, len(tickets), count)]
    stray = (random.random(count) < _ANY_OPTION) & ~rows.firm
    return np.where(stray, anything, chosen)


def one_of(*values: str | int | bool | Decimal) -> Draw:
    """One of these values; one that stands twice comes twice as often."""

    def draw(rows: Rows, attribute: Attribute, random: np.random.Generator) -> Cells:
        chosen = random.integers(0, len(values), rows.total)
        if attribute.type is Type.CHOICE:
            weights = {str(value): values.count(value) for value in values}
            return Cells(_choose(attribute, weights, rows, random))
        if attribute.type in (Type.TEXT, Type.REFERENCE):
            return Cells(chosen, pool=tuple(str(value) for value in values))
        return Cells(np.array([_number(attribute, value) for value in values])[chosen])

    return draw


def _number(attribute: Attribute, value: str | int | bool | Decimal) -> int:
    return int(Decimal(value) * 10**6) if attribute.type is Type.NUMBER else int(value)


def in_turn(*values: str) -> Draw:
    """These values, or all options, one after another, so that who has as many has each of them."""

    def draw(rows: Rows, attribute: Attribute, random: np.random.Generator) -> Cells:
        pool = values or attribute.option_names
        begins = random.integers(0, len(pool), len(rows.counts))
        turn = (rows.place + begins[rows.owner]) % len(pool)
        if attribute.type is not Type.CHOICE:
            return Cells(turn, pool=pool)
        return Cells(np.array([attribute.option_names.index(value) for value in pool])[turn])

    return draw


def mostly(share: float = 0.9) -> Draw:
    """Yes, in this share of the rows; firm ones say what most say."""

    def draw(rows: Rows, _attribute: Attribute, random: np.random.Generator) -> Cells:
        yes = random.random(rows.total) < share
        return Cells(np.where(rows.firm & (share != 0.5), share > 0.5, yes).astype(np.int64))

    return draw


def adding_up(*totals: str | int) -> Draw:
    """Parts that add up, for each subject, to one of ``totals``: just at a threshold, or below."""

    def draw(rows: Rows, attribute: Attribute, random: np.random.Generator) -> Cells:
        whole = np.array([_number(attribute, total) for total in totals])
        mine = whole[random.integers(0, len(whole), len(rows.counts))][rows.owner]
        step = 10**5 if attribute.type is Type.NUMBER else 1
        share, rest = np.divmod(mine // step, rows.counts[rows.owner])
        return Cells((share + (rows.place < rest)) * step)

    return draw


def keys(prefix: str, different: int) -> Draw:
    """A key that several records of a subject may share: the same event, session or work."""

    def draw(rows: Rows, _attribute: Attribute, random: np.random.Generator) -> Cells:
        pool = tuple(f"{prefix}-{n}" for n in range(1, different + 1))
        return Cells(random.integers(0, different, rows.total), pool=pool)

    return draw


def numbered(prefix: str) -> Draw:
    """The first is called ``prefix-1``, the second ``prefix-2`` …"""

    def draw(rows: Rows, _attribute: Attribute, _random: np.random.Generator) -> Cells:
        return Cells(rows.place, pool=_numbered(prefix, rows.counts))

    return draw


def names(sort: str, prefix: str = "", *, amiss: float = 0.02) -> Draw:
    """
    The id (or, with a ``prefix``, the name) of one of the subject's records of an earlier sort;
    where it has none, and in a share ``amiss``, the id of nobody.
    """

    def draw(rows: Rows, _attribute: Attribute, random: np.random.Generator) -> Cells:
        there = rows.earlier[sort]
        pool = (*_numbered(prefix or sort, there), _DANGLING)
        mine = there[rows.owner]
        chosen = random.integers(0, np.maximum(mine, 1))
        nobody = (random.random(rows.total) < amiss) | (mine == 0)
        return Cells(np.where(nobody, len(pool) - 1, chosen), pool=pool)

    return draw


def _numbered(prefix: str, counts: Any) -> tuple[str, ...]:
    return tuple(f"{prefix}-{n}" for n in range(1, int(counts.max(initial=0)) + 1))


def several(*words: str, share: float = 0.7) -> Draw:
    """Each of these words, or of all options, in this share of the rows; mostly all of them."""

    def draw(rows: Rows, attribute: Attribute, random: np.random.Generator) -> Cells:
        pool = words or attribute.option_names
        there = random.random((rows.total, len(pool))) < share
        there |= rows.firm[:, None] & (share > 0.5)
        return Cells(np.nonzero(there)[1], pool=tuple(pool), lengths=there.sum(axis=1))

    return draw


def sometimes(share: float, draw: Draw) -> Draw:
    """Left out, save in this share of the rows."""

    def drawn(rows: Rows, attribute: Attribute, random: np.random.Generator) -> Cells:
        cells = draw(rows, attribute, random)
        left_out = random.random(rows.total) >= share
        if share > 0.5:
            left_out &= ~rows.firm
        return Cells(cells.values, cells.pool, cells.lengths, left_out)

    return drawn


def usual(attribute: Attribute) -> Draw:
    """How values of its type come, where a recipe says nothing particular."""
    plain: dict[Type, Draw] = {
        Type.TEXT: keys(attribute.name, 6),
        Type.TEXTS: several("甲", "乙", "丙", share=0.5),
        Type.WHOLE: one_of(0, 1, 1, 2, 3, 5),
        Type.NUMBER: one_of(0, "0.5", 1, 2, 3, 5),
        Type.DURATION: one_of(0, 50, 59, 60, 120, 240),
        Type.YES_NO: mostly(),
        Type.DAY: days(),
        Type.CHOICE: options(),
        Type.CHOICES: several(),
    }
    return plain[attribute.type]
