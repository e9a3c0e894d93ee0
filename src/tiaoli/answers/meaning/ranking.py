"""What a ranking means: known only where everybody's total and priority are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from tiaoli.answers.case import Case
from tiaoli.answers.meaning.days import picked
from tiaoli.answers.meaning.lookup import (
    Exact,
    Range,
    Row,
    Truth,
    amount,
    is_open,
    means,
    members,
)
from tiaoli.facts.dossier import Fact
from tiaoli.rules.ranking import Contest, InCycle, Rank, RankingMethod, Tied


class Entrant(NamedTuple):
    fact: str
    total: Exact
    priority: Exact


@means(Rank)
def _rank(node: Rank, case: Case, _row: Row | None) -> Range | None:
    mine, all_of_them = picked(node.whose, case), entrants(node.contest, case)
    if mine is None or all_of_them is None:
        return Range(1, None)
    found = places(all_of_them, node.contest.width.value, node.method)
    place = found.get(mine.id) if isinstance(mine, Fact) else None
    return None if place is None else Range(place, place)


@means(InCycle)
def _in_cycle(rule: InCycle, case: Case, _row: Row | None) -> Truth:
    mine, all_of_them = picked(rule.whose, case), entrants(rule.contest, case)
    if mine is None or all_of_them is None:
        return None
    ahead = _all_ahead(all_of_them, rule.contest.width.value)
    return isinstance(mine, Fact) and mine.id in ahead.get(mine.id, ())


@means(Tied)
def _tied(rule: Tied, case: Case, _row: Row | None) -> Truth:
    mine, all_of_them = picked(rule.whose, case), entrants(rule.contest, case)
    if mine is None or all_of_them is None:
        return None
    own = [one for one in all_of_them if isinstance(mine, Fact) and one.fact == mine.id]
    return any(one.fact != me.fact and one[1:] == me[1:] for me in own for one in all_of_them)


def entrants(among: Contest, case: Case) -> list[Entrant] | None:
    """Those who are ranked; None where it is not known who they are, or what they have."""
    if is_open(among.records, case):
        return None
    found = []
    for fact, truth in members(among.records, case):
        if truth is False:
            continue
        total, priority = (
            amount(value, case, fact.values) for value in (among.total, among.priority)
        )
        have = (total.exact if total else None, priority.exact if priority else None)
        if truth is None or have[0] is None or have[1] is None:
            return None
        found.append(Entrant(fact.id, have[0], have[1]))
    return found


def places(of: Sequence[Entrant], width: Exact, method: RankingMethod) -> Mapping[str, int]:
    """The place of each, by its id; equals share the best."""
    if method is RankingMethod.PAIRWISE:
        return _pairwise(of, width)
    ordered = _in_bands(of, width, _BANDS[method])
    first: dict[tuple[Exact, Exact], int] = {}
    return {
        one.fact: first.setdefault((one.total, one.priority), number)
        for number, one in enumerate(ordered, 1)
    }


def _in_bands(
    of: Sequence[Entrant], width: Exact, belongs: Callable[[list[Entrant], Entrant, Exact], bool]
) -> list[Entrant]:
    bands: list[list[Entrant]] = []
    for one in sorted(of, key=lambda one: one.total, reverse=True):
        if bands and belongs(bands[-1], one, width):
            bands[-1].append(one)
        else:
            bands.append([one])
    return [
        one
        for band in bands
        for one in sorted(band, key=lambda one: (one.priority, one.total), reverse=True)
    ]


def _near_the_first(band: list[Entrant], one: Entrant, width: Exact) -> bool:
    return band[0].total - one.total <= width


def _near_the_last(band: list[Entrant], one: Entrant, width: Exact) -> bool:
    return band[-1].total - one.total <= width


_BANDS: Mapping[RankingMethod, Callable[[list[Entrant], Entrant, Exact], bool]] = {
    RankingMethod.ANCHORED_BAND: _near_the_first,
    RankingMethod.CHAINED: _near_the_last,
}


def _pairwise(of: Sequence[Entrant], width: Exact) -> Mapping[str, int]:
    """One comes after those ahead of it, unless it is ahead of them too, in a circle."""
    ahead = _all_ahead(of, width)
    return {me: 1 + sum(me not in ahead[other] for other in others) for me, others in ahead.items()}


def _all_ahead(of: Sequence[Entrant], width: Exact) -> dict[str, set[str]]:
    """Who comes before each, at once or by way of others."""
    ahead = {me.fact: {one.fact for one in of if _comes_before(one, me, width)} for me in of}
    while True:
        further = {me: others.union(*(ahead[o] for o in others)) for me, others in ahead.items()}
        if further == ahead:
            return ahead
        ahead = further


def _comes_before(one: Entrant, other: Entrant, width: Exact) -> bool:
    if -width <= one.total - other.total <= width and one.priority != other.priority:
        return one.priority > other.priority
    return one.total > other.total
